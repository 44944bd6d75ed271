"""What the service decides about the law as it is shipped: bank holidays, and rules suspended or corrected.

Every decision works all open matters out again in its own transaction, and lists the dates that moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from ppsdesk.domain.calendar import Clock, plain_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.clock_rules import ClockChange
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.rule_changes import (
    BankHoliday,
    HolidayOrigin,
    RuleChange,
    check_added,
    check_change,
    check_taken_out,
    holidays_of,
)
from ppsdesk.services.reckoning import rules_in_force, said_moved, work_again
from ppsdesk.services.shipped_rules import shipped_book, shipped_days
from ppsdesk.storage.work import Storage, UnitOfWork

T = TypeVar("T")
TOUCHED = frozenset({Topic.RULES, Topic.DATES})


class RulesDesk:
    """The decisions, each with its reason.

    Changes raise `Invalid` with words for each field, `NotFound` for what was taken back meanwhile, and `Conflict`,
    holding it as it now is, for what somebody changed since `version` was read.
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # -- bank holidays ---------------------------------------------------------------------------------------------

    def years(self) -> tuple[int, int]:
        """The first and the last year bank holidays are kept for."""
        return shipped_days().first_year, shipped_days().last_year

    def holidays(self, year: int) -> tuple[BankHoliday, ...]:
        """Those of a year in the order of their days, each with where it comes from; with those that were taken out."""
        with self._storage.reading() as work:
            return holidays_of(year, shipped_days(), work.rule_changes.holidays())

    def add_holiday(self, day: date, name: str, reason: str) -> Done[BankHoliday]:
        """Make a day a bank holiday. Fields: “day”, “name”, “reason”."""
        return self.keep_holiday(
            BankHoliday(key=uuid4(), day=day, name=_plain(name), origin=HolidayOrigin.ADDED, reason=_plain(reason))
        )

    def take_out_holiday(self, day: date, reason: str) -> Done[BankHoliday]:
        """Make a bank holiday an ordinary day; one that the service added is taken back. Fields: “day”, “reason”."""
        name = shipped_days().holidays.get(day, "")
        wanted = BankHoliday(
            key=uuid4(), day=day, name=name, origin=HolidayOrigin.TAKEN_OUT, reason=_plain(reason)
        )  # fmt: skip

        def decide(work: UnitOfWork) -> tuple[BankHoliday, str]:
            there = _decision_about(work, day)
            if there is None or there.key is None or there.origin is HolidayOrigin.TAKEN_OUT:
                return self._keep_holiday(work, wanted)
            return _put_back(work, there.key, there.version)

        return self._decided(decide)

    def keep_holiday(self, holiday: BankHoliday) -> Done[BankHoliday]:
        """Keep a decision about a day, or put one back that was taken back."""
        return self._decided(lambda work: self._keep_holiday(work, holiday))

    def put_back(self, key: UUID, version: int) -> Done[BankHoliday]:
        """Take a decision about a day back. The value is what it was, ready to be kept again."""
        return self._decided(lambda work: _put_back(work, key, version))

    def _keep_holiday(self, work: UnitOfWork, holiday: BankHoliday) -> tuple[BankHoliday, str]:
        _check_holiday(work, holiday)
        what = "added" if holiday.origin is HolidayOrigin.ADDED else "taken out"
        kept = work.rule_changes.keep_holiday(holiday, at=self._clock())
        return kept, f"Bank holiday {what}: {kept.words}"

    # -- rules -----------------------------------------------------------------------------------------------------

    def changes(self) -> tuple[RuleChange, ...]:
        """Every decision about a rule, in the order they count: a later one wins."""
        with self._storage.reading() as work:
            return work.rule_changes.changes()

    def suspend(self, rule: str, first: date, last: date | None, reason: str, law: str = "") -> Done[RuleChange]:
        """Mark a rule as lifted for some days; it changes no date. Fields: “rule”, “first”, “last”, “law”, “reason”."""
        return self.keep_change(_new(ClockChange(rule=rule, first=first, last=last, law=law, reason=reason)))

    def correct(
        self, rule: str, part: str, counts: Sequence[str], *, first: date, last: date | None, law: str, reason: str
    ) -> Done[RuleChange]:
        """Count a rule otherwise where its first day lies from `first` to `last`. `counts` are one line for each of its
        countings, as “6 weeks after start”.

        Fields: “rule”, “part”, “counts”, “first”, “last”, “law”, “reason”.
        """
        if not any(line.strip() for line in counts):
            raise Invalid({"counts": "Write how it is counted, as “6 weeks after start”."})
        lines = tuple(_plain(line) for line in counts)
        change = ClockChange(rule=rule, part=part, first=first, last=last, counts=lines, law=law, reason=reason)
        return self.keep_change(_new(change))

    def keep_change(self, change: RuleChange) -> Done[RuleChange]:
        """Keep a decision about a rule, or put one back that was withdrawn."""
        check_change(change.change, shipped_book())

        def decide(work: UnitOfWork) -> tuple[RuleChange, str]:
            return work.rule_changes.keep_change(change, at=self._clock()), f"Rule {change.words}"

        return self._decided(decide)

    def amend(self, change: RuleChange) -> Done[RuleChange]:
        """Change a decision, as when a suspension gets its last day."""
        check_change(change.change, shipped_book())
        return self._decided(lambda work: (work.rule_changes.amend_change(change), f"Changed: rule {change.words}"))

    def withdraw(self, key: UUID, version: int) -> Done[RuleChange]:
        """Take a decision about a rule back. The value is what it was, ready to be kept again."""

        def decide(work: UnitOfWork) -> tuple[RuleChange, str]:
            gone = work.rule_changes.remove_change(key, version)
            return replace(gone, version=0), f"Withdrawn: rule {gone.words}"

        return self._decided(decide)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _decided(self, decide: Callable[[UnitOfWork], tuple[T, str]]) -> Done[T]:
        """One decision, which says what it is, and all open matters worked out by it."""
        with self._storage.writing() as work:
            work.matter_dates.while_nobody_works_out()
            value, because = decide(work)
            moved = work_again(work, because=because, at=self._clock())
            work.commit()
        return Done(value, TOUCHED, said=f"{because}. {said_moved(moved)}")


def _new(change: ClockChange) -> RuleChange:
    plain = replace(change, law=_plain(change.law), reason=_plain(change.reason))
    return RuleChange(key=uuid4(), change=plain)


def _decision_about(work: UnitOfWork, day: date) -> BankHoliday | None:
    return next((one for one in work.rule_changes.holidays() if one.day == day), None)


def _put_back(work: UnitOfWork, key: UUID, version: int) -> tuple[BankHoliday, str]:
    gone = work.rule_changes.remove_holiday(key, version)
    what = "taken away again" if gone.origin is HolidayOrigin.ADDED else "put back"
    return replace(gone, version=0), f"Bank holiday {what}: {gone.words}"


def _check_holiday(work: UnitOfWork, holiday: BankHoliday) -> None:
    there = _decision_about(work, holiday.day)
    if there is not None and there.key == holiday.key:
        return
    if there is not None and there.origin is HolidayOrigin.TAKEN_OUT:
        words = f"Somebody took {plain_day(holiday.day)} out of the bank holidays. Put it back instead."
        raise Invalid({"day": words})
    days = rules_in_force(work).days
    if holiday.origin is HolidayOrigin.ADDED:
        check_added(holiday, days)
    else:
        check_taken_out(holiday, days)


def _plain(text: str) -> str:
    return " ".join(text.split())
