"""Dates that are kept, in words: their rows, how they came about, and two versions of what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.clock_steps import Step, StepKind, steps
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.matters import Matter, MatterDate, told_words
from ui.kit.date_rows import CHECK, DONE, LIFTED, left_chip, shown_by
from ui.kit.row_list import Row
from ui.kit.two_versions import Choice
from ui.kit.words import apart

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

CLOSED, SUSPENDED = "Closed", "Limits were suspended"
NOT_GIVEN, KIND_NOT_GIVEN = "Not given", "Not known, or another"
NO_DATES = "No date follows from that."
GONE = "By the rules as they are now this date does not follow any more."
HAPPENING, KIND, LIFTED_BY, CHILD = "happening", "kind", "lifted", "child"
FOR_CHILD, NO_CHILD = "For which child", "None of them alone"
ANOTHER_CHILD = "Another child"
WHAT_LIFTS, NOTHING_LIFTS = "What lifts a limit", "Nothing"
Place = tuple[UUID, str]  # a matter and the code of one of its dates, "" for the matter itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The matters of a call or a person, with what one needs to name them; `names` are those of children, by key.

    `happenings` are in the order they are offered in, `exceptions` the sentences on what lifts a limit, by code.
    """

    matters: tuple[Matter, ...]
    happenings: Mapping[str, Happening]
    exceptions: Mapping[str, str] = field(default_factory=dict)
    today: date
    names: Mapping[UUID, str] = field(default_factory=dict)

    def matter(self, key: object) -> Matter | None:
        """The matter of that key."""
        return next((one for one in self.matters if one.key == key), None)


def read_kept(services: Services, *, call: UUID | None, person: UUID | None, names: Mapping[UUID, str]) -> Kept:
    """Ask for all matters of a call, or the open ones of a person. Touches no widget."""
    dates = services.dates
    matters = dates.of_call(call) if call is not None else dates.of_person(person) if person is not None else ()
    return Kept(
        matters=tuple(one for one in matters if call is not None or one.closed_on is None),
        happenings={one.code: one for one in dates.happenings()},
        exceptions=dates.book().exceptions,
        today=local_day(services.clock()),
        names=names,
    )


def read_steps(services: Services, matter: Matter, clock: str) -> tuple[Step, ...]:
    """How a date came about, by the rules as they are now. Touches no widget."""
    try:
        sheet = services.dates.sheet(matter)
    except Refused as refused:
        return (Step(StepKind.CHECK, refused.sentence),)
    found = [one for one in sheet.dates if one.clock.code == clock]
    if not found:
        return (Step(StepKind.CHECK, GONE),)
    told = steps(found[0], services.dates.book(), sheet.asks)
    kept = next((one.due for one in matter.dates if one.clock == clock), found[0].due)
    if kept == found[0].due:
        return told
    words = f"This date was kept as {long_day(kept)}. By the rules as they are now it is {long_day(found[0].due)}."
    return (Step(StepKind.CHECK, words), *told)


# -- rows --------------------------------------------------------------------------------------------------------------


def kept_rows(kept: Kept) -> list[Row]:
    """What happened, and below it its dates; the key of a row is its `Place`."""
    return [row for matter in kept.matters for row in _rows(matter, kept)]


def _rows(matter: Matter, kept: Kept) -> list[Row]:
    happening = kept.happenings.get(matter.happening)
    closed = matter.closed_on is not None
    name = kept.names.get(matter.child, "") if matter.child else ""
    whose = f"For {apart(name)}." if name else ""
    told = told_words(matter, happening, kept.exceptions).rstrip(".") + "."
    shut = f"{CLOSED} on {long_day(matter.closed_on)}: nothing is expected any more." if matter.closed_on else ""
    none = NO_DATES if not matter.dates else ""
    head = Row(
        key=(matter.key, ""),
        words=told,
        under=" ".join(part for part in (whose, shut, none) if part),
        right=happening.title if happening else matter.happening,
        past=closed,
    )
    return [head, *(_date_row(one, kept.today, closed=closed) for one in matter.dates)]


def _date_row(one: MatterDate, today: date, *, closed: bool) -> Row:
    suspended = f"{SUSPENDED}: look how it came about." if one.suspended else ""
    return Row(
        key=(one.matter, one.clock),
        words=one.title,
        beside=one.owes.label,
        right=long_day(one.due),
        chip=_chip(one, today, closed=closed),
        warning="" if one.certain else CHECK,
        under=" ".join(part for part in (shown_by(one.done), suspended) if part),
        past=closed or one.lifted or bool(one.done),
    )


def _chip(one: MatterDate, today: date, *, closed: bool) -> tuple[str, str]:
    if closed:
        return CLOSED, "neutral"
    if one.lifted:
        return LIFTED, "info"
    return (DONE, "success") if one.done else left_chip(one.due, today)


# -- two versions ------------------------------------------------------------------------------------------------------


def choices_of(before: Matter, theirs: Matter, yours: Matter, kept: Kept) -> list[Choice]:
    """Every day, the kind, and what lifts a limit, where theirs and yours differ."""
    happening = kept.happenings[theirs.happening]
    days = ((fact.name, fact.asks) for fact in happening.facts)
    found = []
    for name, words in ((CHILD, FOR_CHILD), (KIND, "Which kind"), *days, (LIFTED_BY, WHAT_LIFTS)):
        was, their, mine = (_told(matter, name) for matter in (before, theirs, yours))
        if their != mine:
            said = [_told_words(value, name, happening, kept) for value in (was, their, mine)]
            choice = Choice(
                fields=(name,), words=words, before=said[0], theirs=said[1], yours=said[2],
                both_changed=was not in (their, mine), only_you=was == their,
            )  # fmt: skip
            found.append(choice)
    return found


def chosen_matter(theirs: Matter, yours: Matter, mine: Sequence[Choice]) -> Matter:
    """Theirs, with yours in the lines where yours was chosen."""
    names = {name for choice in mine for name in choice.fields}
    facts = {name: day for name, day in theirs.facts.items() if name not in names}
    facts |= {name: day for name, day in yours.facts.items() if name in names}
    child, kind, lifted = (yours if name in names else theirs for name in (CHILD, KIND, LIFTED_BY))
    return replace(theirs, child=child.child, kind=kind.kind, facts=facts, lifted=lifted.lifted)


def _told(matter: Matter, name: str) -> object:
    return getattr(matter, name) if name in (CHILD, KIND, LIFTED_BY) else matter.facts.get(name)


def _told_words(value: object, name: str, happening: Happening, kept: Kept) -> str:
    if isinstance(value, tuple):
        return " ".join(kept.exceptions.get(code, code) for code in value) or NOTHING_LIFTS
    if name == CHILD:
        return kept.names.get(value, ANOTHER_CHILD) if isinstance(value, UUID) else NO_CHILD
    if name == KIND:
        return next((one.title for one in happening.kinds if one.code == value), KIND_NOT_GIVEN)
    return long_day(value) if isinstance(value, date) else NOT_GIVEN
