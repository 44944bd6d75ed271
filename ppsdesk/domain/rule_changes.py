"""What the service decided about the law as it is shipped: bank holidays added and taken out, rules suspended and
corrected. Each has a reason, and each can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ppsdesk.domain.calendar import long_day, plain_day
from ppsdesk.domain.clock_files import check_book
from ppsdesk.domain.clock_rules import Clock, ClockChange, Limit, RuleBook, changed, read_limit
from ppsdesk.domain.codes import Code
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import unfit
from ppsdesk.domain.working_days import SATURDAY, WorkingDays

NAME_LIMIT, REASON_LIMIT, LAW_LIMIT = 100, 500, 200
EARLIEST = date(1900, 1, 1)


class HolidayOrigin(Code):
    """Where a bank holiday comes from, or what became of it."""

    SHIPPED = "shipped", "Comes with the program"
    ADDED = "added", "Added"
    TAKEN_OUT = "taken_out", "Taken out"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHoliday:
    """A day with the name of its holiday. What is shipped and unchanged has neither key nor reason nor anybody who
    decided it."""

    day: date
    name: str
    origin: HolidayOrigin
    key: UUID | None = None
    version: int = 0
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def words(self) -> str:
        """ "Mon 8 May 2023 Coronation"."""
        return f"{long_day(self.day)} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A decision about a rule, as it is kept. Without countings the rule is suspended, else counted otherwise."""

    key: UUID
    version: int = 0
    change: ClockChange
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def suspends(self) -> bool:
        """Whether it suspends the rule; otherwise it corrects it."""
        return not self.change.counts

    @property
    def words(self) -> str:
        """ "EHC6 suspended from 1 May 2020 to 25 September 2020"."""
        what = "suspended" if self.suspends else "corrected"
        code = f"{self.change.rule} {self.change.part}".rstrip()
        until = f" to {plain_day(self.change.last)}" if self.change.last else ""
        return f"{code} {what} from {plain_day(self.change.first)}{until}"


def with_holidays(shipped: WorkingDays, decided: Iterable[BankHoliday]) -> WorkingDays:
    """The working days with what the service added and took out."""
    known = dict(shipped.holidays)
    for holiday in decided:
        if holiday.origin is HolidayOrigin.TAKEN_OUT:
            known.pop(holiday.day, None)
        else:
            known[holiday.day] = holiday.name
    return replace(shipped, holidays=known)


def holidays_of(year: int, shipped: WorkingDays, decided: Iterable[BankHoliday]) -> tuple[BankHoliday, ...]:
    """Those of a year in the order of their days, with those that were taken out."""
    found = {
        day: BankHoliday(day=day, name=name, origin=HolidayOrigin.SHIPPED)
        for day, name in shipped.holidays.items()
        if day.year == year
    }
    found |= {holiday.day: holiday for holiday in decided if holiday.day.year == year}
    return tuple(found[day] for day in sorted(found))


def check_added(holiday: BankHoliday, days: WorkingDays) -> None:
    """Whether it can be added. Raises `Invalid`, its fields “day”, “name” and “reason”."""
    problems = {**_words(holiday.name, "name", "Name", NAME_LIMIT), **_reason(holiday.reason)}
    if not days.knows(holiday.day):
        problems["day"] = f"Bank holidays are kept for the years {days.first_year} to {days.last_year}."
    elif holiday.day.weekday() >= SATURDAY:
        problems["day"] = f"It is {days.why_not(holiday.day)} anyway: {plain_day(holiday.day)} is no working day."
    elif there := days.holidays.get(holiday.day):
        problems["day"] = f"There is a bank holiday on {plain_day(holiday.day)} already: {there}."
    _raise(problems)


def check_taken_out(holiday: BankHoliday, days: WorkingDays) -> None:
    """Whether it can be taken out. Raises `Invalid`, its fields “day” and “reason”."""
    problems = _reason(holiday.reason)
    if holiday.day not in days.holidays:
        problems["day"] = f"There is no bank holiday on {plain_day(holiday.day)}."
    _raise(problems)


def check_change(change: ClockChange, book: RuleBook) -> None:
    """Whether a rule can be suspended or corrected so. `book` is the one as shipped: corrections do not build on each
    other.

    Raises `Invalid`, its fields “rule”, “part”, “counts”, “first”, “last”, “law” and “reason”.
    """
    problems = {**_reason(change.reason), **_words(change.law, "law", "Law", LAW_LIMIT, needed=False)}
    if change.first < EARLIEST:
        problems["first"] = "That day is too long ago. Check the year."
    if change.last is not None and change.last < change.first:
        problems["last"] = "The last day cannot be before the first."
    problems = _of_rule(change, book) | problems
    if "last" in problems:
        problems.pop("first", None)
    if not problems and change.counts:
        problems |= _of_the_book(change, book)
    _raise(problems)


def _of_rule(change: ClockChange, book: RuleBook) -> dict[str, str]:
    versions = book.versions(change.rule)
    if not versions:
        made_of = next((rule.clocks for rule in book.rules if rule.code == change.rule), ())
        several = f" It is made of {', '.join(made_of)}; choose one of them." if made_of else ""
        return {"rule": f"{change.rule[:40] or 'This'} is no rule that can be changed.{several}"}
    parts = {clock.part for clock in versions}
    if change.part and change.part not in parts:
        return {"part": f"{change.rule} has no part “{change.part[:40]}”."}
    if not change.counts:
        return {}
    meant = [clock for clock in versions if not change.part or clock.part == change.part]
    try:
        limits = tuple(read_limit(line) for line in change.counts)
    except ValueError as unclear:
        return {"counts": str(unclear)}
    touched = [clock for clock in meant if _in_time(clock, change)]
    if not touched:
        return {"first": f"{change.rule} was not law on any of these days."}
    return next((trouble for clock in touched if (trouble := _of_clock(clock, limits))), {})


def _in_time(clock: Clock, change: ClockChange) -> bool:
    begins, ends = max(clock.first or date.min, change.first), min(clock.last or date.max, change.last or date.max)
    return begins <= ends


def _of_clock(clock: Clock, limits: tuple[Limit, ...]) -> dict[str, str]:
    """The same number of countings as before, each from the same day: what is asked of people stays."""
    own = [limit.fact for limit in clock.limits]
    if len(limits) != len(own):
        return {"counts": f"{clock.code} takes {len(own)} countings, not {len(limits)}: one for each of {_and(own)}."}
    for limit, fact in zip(limits, own, strict=True):
        if limit.fact != fact:
            return {"counts": f"{clock.code} counts from “{fact}”, not from “{limit.fact}”."}
    return {}


def _of_the_book(change: ClockChange, book: RuleBook) -> dict[str, str]:
    try:
        check_book(changed(book, (change,)))
    except ValueError as wrong:
        return {"counts": str(wrong)}
    return {}


def _reason(reason: str) -> dict[str, str]:
    return _words(reason, "reason", "Reason", REASON_LIMIT)


def _words(text: str, field: str, label: str, limit: int, *, needed: bool = True) -> dict[str, str]:
    if needed and not text.strip():
        return {field: "Say why: everybody who sees the change will ask." if field == "reason" else f"{label}?"}
    trouble = unfit(label, text, limit)
    return {field: trouble} if trouble else {}


def _and(names: list[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _raise(problems: Mapping[str, str]) -> None:
    if problems:
        raise Invalid(problems)
