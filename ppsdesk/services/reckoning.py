"""Rules and bank holidays as the service has them, and the dates of matters kept by them and worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from ppsdesk import __version__
from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.clock_rules import RuleBook, changed
from ppsdesk.domain.errors import Conflict, Invalid, Refused
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.matters import Matter, check_matter, lifted_words, same_matter
from ppsdesk.domain.reworking import Difference, WorkingOut, differences
from ppsdesk.domain.rule_changes import BankHoliday, RuleChange, with_holidays
from ppsdesk.domain.words import count_of
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings
from ppsdesk.storage.work import UnitOfWork

PROGRAM_BROUGHT = f"The rules that come with the program changed (version {__version__})"


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """Rules and bank holidays of one moment. `stamp` is another for every other content."""

    book: RuleBook
    days: WorkingDays
    stamp: str

    def working_out(self) -> WorkingOut:
        """Works out any number of matters by them."""
        return WorkingOut(self.book, self.days, shipped_happenings())


def rules_in_force(work: UnitOfWork) -> RulesInForce:
    """What is shipped, with what the service decided. Put together once for the same decisions."""
    return _put_together(work.rule_changes.changes(), work.rule_changes.holidays())


@lru_cache(maxsize=4)
def _put_together(changes: tuple[RuleChange, ...], holidays: tuple[BankHoliday, ...]) -> RulesInForce:
    book = changed(shipped_book(), (one.change for one in changes))
    days = with_holidays(shipped_days(), holidays)
    return RulesInForce(book, days, stamp_of((__version__, book, days, shipped_happenings())))


def stamp_of(content: object) -> str:
    """The same for the same content, in any process and at any time."""
    return sha256(repr(_plain(content)).encode()).hexdigest()


def _plain(value: Any) -> object:
    """Without sets and mappings, whose order is nothing to go by."""
    if is_dataclass(value) and not isinstance(value, type):
        return [(one.name, _plain(getattr(value, one.name))) for one in fields(value) if one.compare]
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(one)) for key, one in value.items())
    if isinstance(value, set | frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return str(value)


# -- one matter --------------------------------------------------------------------------------------------------------


def check_matters(matters: Iterable[Matter]) -> None:
    """Whether a call may bring these matters. Raises `Invalid`, its fields named “dates.decision”, “dates.kind”."""
    for matter in matters:
        try:
            checked_matter(matter)
        except Invalid as invalid:
            raise Invalid({f"dates.{field}": words for field, words in invalid.problems.items()}) from None


def checked_matter(matter: Matter) -> Happening:
    """What happened, where the matter can be kept and worked out. Raises `Invalid`."""
    happening = check_matter(matter, shipped_happenings(), shipped_book().exceptions)
    try:
        _shipped().lines(matter.happening, matter.kind, matter.facts, matter.lifted)
    except Refused as refused:
        raise Invalid({next(iter(matter.facts)): refused.sentence}) from None
    return happening


def _shipped() -> WorkingOut:
    return WorkingOut(shipped_book(), shipped_days(), shipped_happenings())


def keep_matter(work: UnitOfWork, matter: Matter, *, at: datetime) -> int:
    """Put a matter on record with its dates, or find that it is there already; how many dates moved.

    Where the answer to an earlier save was lost, what was told since goes into the same one; `Conflict` when somebody
    changed it meanwhile.
    """
    work.matter_dates.while_rules_stay()
    number, added = work.matters.add_once(matter)
    if added:
        _write_dates(work, number, at=at)
        return 0
    there = work.matters.get(matter.key)
    if same_matter(there, matter):
        return 0
    return amend_matter(work, replace(matter, version=matter.version or 1), at=at)


def fits_call(work: UnitOfWork, matter: Matter) -> None:
    """Whether a matter can be kept with its call as that is now; it stays so until the transaction ends."""
    assert matter.call is not None
    number = work.matters.hold_call(matter.call)
    call = work.calls.get(number)
    if call.removed_at is not None:
        who = work.matters.who_changed_call(number)
        raise Refused(f"{who} removed this call meanwhile.", hint="Put the call back to keep dates with it.")
    child = child_of(call.children, matter.child)
    if child != matter.child:
        raise Conflict(
            f"{work.matters.who_changed_call(number)} changed whom this call is about while you had it open.",
            hint="What you typed is still here. Look whom the call is about, then save again.",
            theirs=replace(matter, child=child),
        )
    _not_twice(matter, work.matters.of_call(matter.call), "with this call")


def fits_person(work: UnitOfWork, matter: Matter, child: UUID) -> None:
    """Whether a matter that was told in no call can be kept for a person as they are on record now."""
    if work.people.get(child).removed_at is not None:
        raise Refused("This record was removed meanwhile.", hint="Put the record back to keep dates with it.")
    _not_twice(matter, work.matters.of_person(child), "for this person")


def _not_twice(matter: Matter, there: Iterable[Matter], where: str) -> None:
    """`Refused` where the same was told there before, in whichever call."""
    same = (
        replace(one, key=matter.key, call=matter.call)
        for one in there
        if one.key != matter.key and one.closed_on is None
    )
    if any(same_matter(one, matter) for one in same):
        raise Refused(f"These dates are kept {where} already.", hint="Nothing was kept a second time.")


def child_of(children: Sequence[UUID], wanted: UUID | None) -> UUID | None:
    """Whom dates told in a call are about: the one meant where the call is about them, else the only one there is."""
    only = children[0] if len(children) == 1 else None
    return wanted if wanted in children else only


def amend_matter(work: UnitOfWork, matter: Matter, *, at: datetime) -> int:
    """Change what was told, and list what moved; how many. `Conflict`, `NotFound`."""
    work.matter_dates.while_rules_stay()
    before = work.matters.get(matter.key)
    _still_of_call(work, before, matter)
    number = work.matters.amend(matter)
    if matter.closed_on is not None:
        return 0
    found = _write_dates(work, number, at=at)
    return _note(work, found, because=told_otherwise(before, matter), at=at)


def _still_of_call(work: UnitOfWork, before: Matter, after: Matter) -> None:
    """`Refused` for another child than before that its call is not about."""
    if after.call is None or after.child == before.child:
        return
    children = work.calls.get(work.matters.hold_call(after.call)).children
    if child_of(children, after.child) != after.child:
        raise Refused(
            "The call is not about that child any more.",
            hint="What you typed is still here. Look whom the call is about, then save again.",
        )


def told_otherwise(before: Matter, after: Matter) -> str:
    """What was corrected, in words: “Corrected: Day the council got the request was Thu 3 Sep 2026, is …”."""
    if before.closed_on is not None and after.closed_on is None:
        return "Opened again"
    if before.happening != after.happening:
        return "Corrected: something else happened"
    asks = {fact.name: fact.asks for one in shipped_happenings() if one.code == after.happening for fact in one.facts}
    said = [] if before.kind == after.kind else ["it is of another kind"]
    for name in {**before.facts, **after.facts}:
        was, now = before.facts.get(name), after.facts.get(name)
        if was != now:
            told = [
                f"was {long_day(was)}" if was else "was not known",
                f"is {long_day(now)}" if now else "is not known",
            ]
            said.append(f"{asks.get(name, name)} {', '.join(told)}")
    if before.lifted != after.lifted:
        lifts = lifted_words(after.lifted, shipped_book().exceptions)
        said.append(f"{lifts[:1].lower()}{lifts[1:]}" if lifts else "nothing lifts a limit any more")
    return f"Corrected: {'; '.join(said)}"[:1_000]


def _write_dates(work: UnitOfWork, number: int, *, at: datetime) -> list[Difference]:
    matter = work.matter_dates.one(number)
    lines = rules_in_force(work).working_out().lines(matter.happening, matter.kind, matter.facts, matter.lifted)
    found = list(differences(number, matter.lines, lines))
    work.matter_dates.write(found)
    last = work.matter_dates.worked_out_with()
    if last is not None and last.stamp and is_later(last.program):
        work.matter_dates.note_worked_out("", last.program, at=at)  # it works this one out again
    return found


# -- all open matters --------------------------------------------------------------------------------------------------


def work_again(work: UnitOfWork, *, because: str, at: datetime) -> int:
    """Work out every open matter by the rules as they are now, and list what moved; how many.

    A matter that this version of the program cannot work out keeps the dates it has.
    """
    work.matter_dates.while_nobody_works_out()
    rules = rules_in_force(work)
    working_out = rules.working_out()
    found: list[Difference] = []
    for number, happening, kind, lifted, facts, before in work.matter_dates.open():
        try:
            after = working_out.lines(happening, kind, facts, lifted)
        except Refused:
            continue
        if before != after:
            found.extend(differences(number, before, after))
    work.matter_dates.write(found)
    work.matter_dates.note_worked_out(rules.stamp, __version__, at=at)
    return _note(work, found, because=because, at=at)


def up_to_date(work: UnitOfWork) -> bool:
    """Whether all open matters are worked out with the rules as they are, or by a later version of the program, whose
    rules are better known to it."""
    last = work.matter_dates.worked_out_with()
    return last is not None and (last.stamp == rules_in_force(work).stamp or is_later(last.program))


def is_later(program: str) -> bool:
    """Whether that is a later version of the program than this one."""
    return _numbers(program) > _numbers(__version__)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _note(work: UnitOfWork, found: Iterable[Difference], *, because: str, at: datetime) -> int:
    return work.matter_dates.note_moved((one for one in found if one.moved), because=because, at=at)


def said_moved(number: int) -> str:
    """ "12 dates moved.", "No date moved."."""
    return f"{count_of(number, 'date')} moved." if number else "No date moved."
