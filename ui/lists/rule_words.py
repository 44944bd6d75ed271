"""A rule of the law in words: its line in the list, what is to be known of it, and everything about it, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.clock_rules import Clock, Ending, Pick, Rule, RuleBook, Suspension
from ppsdesk.domain.clock_steps import in_law_words
from ppsdesk.domain.rule_changes import RuleChange
from ui.kit.records import Column
from ui.kit.row_list import Row
from ui.kit.words import apart

CHECK, PRACTICE, SUSPENDED, CORRECTED = "Check this", "Practice, not law", "Suspended", "Corrected"
WAS_SUSPENDED, WILL_BE_SUSPENDED = "Was suspended", "Will be suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule with every version and part of its clocks, what lifted it, and what the service decided about it.

    `lifts` are the sentences of the facts that lift it. `today` says which versions are law now.
    """

    rule: Rule
    clocks: tuple[Clock, ...]
    suspensions: tuple[Suspension, ...] = ()
    decisions: tuple[RuleChange, ...] = ()
    lifts: tuple[str, ...] = ()
    today: date

    @property
    def alone(self) -> bool:
        """Whether it is one clock, which can be suspended and corrected; others are made of several."""
        return self.rule.clocks == (self.rule.code,)

    @property
    def present(self) -> tuple[Clock, ...]:
        """The parts as they are law today; of what is no longer law, or not yet, as they stand last in the book."""
        now = tuple(clock for clock in self.clocks if clock.is_law_on(self.today))
        return now or tuple({clock.code: clock for clock in self.clocks}.values())

    @property
    def parts(self) -> tuple[Clock, ...]:
        """One present clock for each part that has a name."""
        return tuple({clock.part: clock for clock in self.present if clock.part}.values())


def entries(book: RuleBook, changes: Sequence[RuleChange], today: date) -> tuple[RuleEntry, ...]:
    """Every rule of the book, in its order."""
    return tuple(_entry(rule, book, changes, today) for rule in book.rules)


def _entry(rule: Rule, book: RuleBook, changes: Sequence[RuleChange], today: date) -> RuleEntry:
    clocks = book.of(rule)
    lifting = dict.fromkeys(code for clock in clocks for code in clock.lifted_by)
    return RuleEntry(
        rule=rule,
        clocks=clocks,
        suspensions=tuple(one for one in book.suspensions if one.rules & set(rule.clocks)),
        decisions=tuple(one for one in changes if one.change.rule in rule.clocks),
        lifts=tuple(book.exceptions[code] for code in lifting),
        today=today,
    )


def rule_columns() -> tuple[Column[RuleEntry], ...]:
    """Code, title, how it is counted, who owes it, marks, since when, where it is written."""
    return (
        Column("Code", lambda entry: entry.rule.code, width=86),
        Column("Rule", lambda entry: entry.rule.title, least=184),
        Column("Counted", counted_words, width=166),
        Column("Who owes it", owes_words, width=132),
        Column("Marks", lambda _: "", state=marks_chip, width=215),
        Column("In force", in_force_words, width=190),
        Column("Law", law_words, least=200),
    )


def entry_sentence(entry: RuleEntry) -> str:
    """What the rule asks, and its marks, which may be out of sight in a narrow list."""
    return " ".join((_asked(entry), *(f"{mark}." for mark in marks(entry))))


def _asked(entry: RuleEntry) -> str:
    if not entry.alone:
        return f"{entry.rule.code} is made of {', '.join(entry.rule.clocks)}: choose one of them to change it."
    if len(entry.parts) > 1:
        return f"{len(entry.parts)} time limits that begin with one day. All of them stand below."
    return entry.present[0].duty


def counted_words(entry: RuleEntry) -> str:
    """ "6 weeks after start", with those of all parts."""
    return _each(_counting(clock) for clock in entry.present)


def _counting(clock: Clock) -> str:
    """ "the later of 2 months after decision and 1 month after certificate"."""
    limits = [limit.words for limit in clock.limits]
    if len(limits) == 1:
        return limits[0]
    if clock.pick is Pick.IF_KNOWN:
        return f"{limits[0]} if it was known in time, else {limits[1]}"
    return f"{clock.pick.label} of {' and '.join(limits)}"


def owes_words(entry: RuleEntry) -> str:
    """Whose duty, or whose time, it is."""
    return _each(clock.owes.label for clock in entry.present)


def law_words(entry: RuleEntry) -> str:
    """The regulations."""
    return _each(clock.law for clock in entry.present)


def in_force_words(entry: RuleEntry) -> str:
    """ "since 1 September 2014", "" for always."""
    return _each(in_law_words(clock.first, clock.last) for clock in entry.present)


def marks(entry: RuleEntry) -> tuple[str, ...]:
    """What is to be known before one relies on it."""
    suspends = [one.change for one in entry.decisions if one.suspends]
    now = any(
        change.first <= entry.today and (change.last is None or change.last >= entry.today) for change in suspends
    )
    later = any(change.first > entry.today for change in suspends)
    found = {
        CHECK: any(not clock.certain for clock in entry.present),
        PRACTICE: any(clock.target for clock in entry.present),
        SUSPENDED: now,
        WILL_BE_SUSPENDED: later and not now,
        WAS_SUSPENDED: bool(suspends) and not (now or later),
        CORRECTED: any(not one.suspends for one in entry.decisions),
    }
    return tuple(words for words, holds in found.items() if holds)


def marks_chip(entry: RuleEntry) -> tuple[str, str] | None:
    """The marks as one chip; what needs care colours it."""
    found = marks(entry)
    if not found:
        return None
    words = ", ".join((found[0], *(mark[0].lower() + mark[1:] for mark in found[1:])))
    if {CHECK, SUSPENDED, WILL_BE_SUSPENDED} & set(found):
        return words, "warning"
    return words, "info" if CORRECTED in found else "neutral"


def entry_rows(entry: RuleEntry) -> list[Row]:
    """Everything: each version of each part, what is law today first; what the service decided, what lifts it, what was
    suspended by law."""
    order = sorted(enumerate(entry.clocks), key=lambda placed: not placed[1].is_law_on(entry.today))
    return [
        *(_version_row(place, clock, entry) for place, clock in order),
        *(_decision_row(one) for one in entry.decisions),
        *(Row(key=words, words=words, right="May be lifted") for words in entry.lifts),
        *_suspension_rows(entry),
    ]


def _version_row(place: int, clock: Clock, entry: RuleEntry) -> Row:
    code = f"{clock.code}: " if clock.code != entry.rule.code else ""
    title = f"{clock.title}. " if clock.title != entry.rule.title else ""
    lines = [
        f"Counted: {_counting(clock)}.",
        "August and 25 December to 1 January are not counted." if clock.skips else "",
        f"A last day without work {clock.ends.label}." if clock.ends is not Ending.STAYS else "",
        "The duty is “as soon as practicable”; the date is only its outer end." if clock.longstop else "",
        f"{PRACTICE if clock.target else 'Law'}: {clock.law}.",
        f"Source: {clock.source}.",
        apart(clock.note),
    ]
    return Row(
        key=place,
        words=f"{code}{title}{clock.duty}",
        beside=clock.owes.label,
        right=_first_capital(in_law_words(clock.first, clock.last)) or "Always",
        under="\n".join(line for line in lines if line),
        warning="" if clock.certain else CHECK,
        past=not clock.is_law_on(entry.today),
    )


def _suspension_rows(entry: RuleEntry) -> Iterator[Row]:
    """Those that come with the program; the service's own stand among its decisions, with who and why."""
    own = {f"{code} suspended" for code in entry.rule.clocks}
    for one in entry.suspensions:
        if one.code not in own:
            yield Row(
                key=one.code,
                words=one.title,
                right=_first_capital(in_law_words(one.first, one.last)),
                chip=(SUSPENDED, "info"),
                under=f"{one.words}\nLaw: {one.law}.\nSource: {one.source}.",
                warning="" if one.certain else CHECK,
            )


def _decision_row(one: RuleChange) -> Row:
    change = one.change
    law = f"Law: {apart(change.law)}." if change.law else ""
    lines = [f"Why: {apart(change.reason)}", law, decided_words(one.decided_by, one)]
    counted = f". Counted: {'; '.join(change.counts)}." if change.counts else "."
    return Row(
        key=one.key,
        words=f"{one.words}{counted}",
        chip=("Our decision", "warning" if one.suspends else "info"),
        under="\n".join(line for line in lines if line),
    )


def decided_words(who: str, one: RuleChange) -> str:
    """ "Decided by Cora on Mon 5 Jan 2026."."""
    by = f" by {apart(who)}" if who else ""
    on = f" on {long_day(local_day(one.decided_at))}" if one.decided_at else ""
    return f"Decided{by}{on}."


def _each(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(one for one in words if one))


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
