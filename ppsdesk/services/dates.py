"""The dates of the law: asked for by what happened or by a rule, and explained."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.clock_rules import RuleBook
from ppsdesk.domain.clock_steps import Step, steps
from ppsdesk.domain.clocks import Reckoned, reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import DatesSheet, Happening, all_dates
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings
from ppsdesk.storage.work import Storage


class DatesDesk:
    """What follows from a day, by the rules and the bank holidays as the service has them."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def book(self) -> RuleBook:
        """Every rule, with what the service decided about it."""
        return shipped_book()

    def working_days(self) -> WorkingDays:
        """The bank holidays, with those the service added and took out."""
        return shipped_days()

    def happenings(self) -> tuple[Happening, ...]:
        """What can have happened, in the order it is offered."""
        return shipped_happenings()

    def ask(self, happening: str, facts: Mapping[str, date], *, kind: str = "",
            lifted: Collection[str] = ()) -> DatesSheet:  # fmt: skip
        """Everything that follows. `Refused` where a day that is needed is missing or not known."""
        found = next((one for one in self.happenings() if one.code == happening), None)
        if found is None:
            raise Refused(f"Nothing called “{happening[:40]}” can have happened.")
        today = local_day(self._clock())
        return all_dates(self.book(), found, facts, self.working_days(), kind=kind, lifted=lifted, today=today)

    def reckon(self, rule: str, facts: Mapping[str, date], *, lifted: Collection[str] = ()) -> tuple[Reckoned, ...]:
        """The dates of one rule. `Refused` for what is not known, or missing."""
        return reckon(self.book(), rule, facts, self.working_days(), lifted)

    def steps(self, found: Reckoned) -> tuple[Step, ...]:
        """How a date came about, in words."""
        return steps(found, self.book())
