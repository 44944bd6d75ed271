"""The dates of the law: asked for by what happened or by a rule, explained, and kept in matters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.clock_rules import RuleBook
from ppsdesk.domain.clock_steps import Step, steps
from ppsdesk.domain.clocks import Reckoned, reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import DatesSheet, Happening, all_dates
from ppsdesk.domain.matters import Matter, Moved, OpenDate, with_done
from ppsdesk.domain.rights import Action, Subject, may
from ppsdesk.domain.words import count_of
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.services.reckoning import (
    PROGRAM_BROUGHT,
    RulesInForce,
    amend_matter,
    checked_matter,
    fits_call,
    fits_person,
    keep_matter,
    rules_in_force,
    said_moved,
    up_to_date,
    work_again,
)
from ppsdesk.services.shipped_rules import shipped_book, shipped_happenings
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.DATES})


class DatesDesk:
    """What follows from a day, by the rules and the bank holidays as the service has them; and matters, whose dates are
    kept and worked out again when a fact, a rule or a bank holiday changes."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # -- asking ----------------------------------------------------------------------------------------------------

    def in_force(self) -> RulesInForce:
        """Rules and bank holidays of one moment, with what the service decided about them."""
        with self._storage.reading() as work:
            return rules_in_force(work)

    def book(self) -> RuleBook:
        """Every rule, with what the service decided about it."""
        return self.in_force().book

    def working_days(self) -> WorkingDays:
        """The bank holidays, with those the service added and took out."""
        return self.in_force().days

    def happenings(self) -> tuple[Happening, ...]:
        """What can have happened, in the order it is offered."""
        return shipped_happenings()

    def exceptions(self) -> Mapping[str, str]:
        """The sentences that lift a limit, by code. No database is asked."""
        return shipped_book().exceptions

    def ask(self, happening: str, facts: Mapping[str, date], *, kind: str = "",
            lifted: Collection[str] = ()) -> DatesSheet:  # fmt: skip
        """Everything that follows. `Refused` where a day that is needed is missing or not known."""
        found = next((one for one in self.happenings() if one.code == happening), None)
        if found is None:
            raise Refused(f"Nothing called “{happening[:40]}” can have happened.")
        rules, today = self.in_force(), local_day(self._clock())
        return all_dates(rules.book, found, facts, rules.days, kind=kind, lifted=lifted, today=today)

    def sheet(self, matter: Matter) -> DatesSheet:
        """Everything that follows from a matter by the rules as they are now, to be explained."""
        return self.ask(matter.happening, matter.facts, kind=matter.kind, lifted=matter.lifted)

    def reckon(self, rule: str, facts: Mapping[str, date], *, lifted: Collection[str] = ()) -> tuple[Reckoned, ...]:
        """The dates of one rule. `Refused` for what is not known, or missing."""
        rules = self.in_force()
        return reckon(rules.book, rule, facts, rules.days, lifted)

    def steps(self, found: Reckoned, asks: Mapping[str, str] | None = None) -> tuple[Step, ...]:
        """How a date came about, in words; `asks` are those that ask for its days."""
        return steps(found, self.book(), asks)

    # -- matters ---------------------------------------------------------------------------------------------------

    def keep(self, matter: Matter) -> Done[Matter]:
        """Put a matter on record with its dates. Doing it twice with the same key leaves one.

        Raises `Invalid`, its fields “happening”, “kind”, “lifted” and the names of the days. `Refused` where call or
        person was removed or has the same dates, and `Conflict`, holding the matter as it may be kept, where the call
        is about another child by now.
        """
        checked_matter(matter)
        with self._storage.writing() as work:
            if matter.call is not None:
                fits_call(work, matter)
            elif matter.child is not None:
                fits_person(work, matter, matter.child)
            moved = keep_matter(work, matter, at=self._clock())
            kept = self._seen_today(work.matters.get(matter.key))
            work.commit()
        return Done(kept, TOUCHED, said=f"Dates kept. {said_moved(moved)}" if moved else "Dates kept.")

    def amend(self, matter: Matter) -> Done[Matter]:
        """Change what was told of a matter, or which child of its call it is for; what moved is listed.

        Raises `Invalid` as `keep` does, `Refused` for a child its call is not about, `NotFound`, and `Conflict`,
        holding the matter as it now is, when somebody changed it since its version was read.
        """
        checked_matter(matter)
        return self._amend(matter, "Dates corrected.")

    def close(self, key: UUID, version: int, on: date | None = None) -> Done[Matter]:
        """Nothing is expected of a matter any more, from today or another day on: its dates stay as they are."""
        closed_on = on or local_day(self._clock())
        return self._amend(replace(self.get(key), version=version, closed_on=closed_on), "Dates closed.")

    def reopen(self, key: UUID, version: int) -> Done[Matter]:
        """Undo `close`; the dates are worked out by the rules as they are now, and what moved is listed."""
        return self._amend(replace(self.get(key), version=version, closed_on=None), "Dates opened again.")

    def _amend(self, matter: Matter, said: str) -> Done[Matter]:
        with self._storage.writing() as work:
            moved = amend_matter(work, matter, at=self._clock())
            kept = self._seen_today(work.matters.get(matter.key))
            work.commit()
        return Done(kept, TOUCHED, said=f"{said} {said_moved(moved)}" if moved else said)

    def get(self, key: UUID) -> Matter:
        """One matter, open or closed. Raises `NotFound`."""
        with self._storage.reading() as work:
            return self._seen_today(work.matters.get(key))

    def of_call(self, call: UUID) -> tuple[Matter, ...]:
        """The matters told in a call, in the order they were noted."""
        with self._storage.reading() as work:
            return tuple(map(self._seen_today, work.matters.of_call(call)))

    def of_person(self, person: UUID) -> tuple[Matter, ...]:
        """The matters of a child or young person: open ones first, the newest before the older; nothing of a call that
        was removed."""
        with self._storage.reading() as work:
            return tuple(map(self._seen_today, work.matters.of_person(person)))

    def open_dates(self, first: date, last: date) -> tuple[OpenDate, ...]:
        """What is due on those days across all open matters, soonest first; what is done already is marked as such."""
        with self._storage.reading() as work:
            found = work.matters.open_dates(first, last)
        return tuple(
            replace(one, date=self._seen_today(replace(one.matter, dates=(one.date,))).dates[0]) for one in found
        )

    def _seen_today(self, matter: Matter) -> Matter:
        """With what its days show to be done."""
        happening = next((one for one in self.happenings() if one.code == matter.happening), None)
        return with_done(matter, happening, local_day(self._clock()))

    # -- worked out again ------------------------------------------------------------------------------------------

    def moved(self, *, unseen_only: bool = True) -> tuple[Moved, ...]:
        """The dates that are others than they were, newest first; all of them, or those nobody took note of."""
        with self._storage.reading() as work:
            return work.matter_dates.moved(unseen_only=unseen_only)

    def seen(self, keys: Iterable[UUID]) -> Done[int]:
        """Take note of dates that moved; how many nobody had taken note of before."""
        with self._storage.writing() as work:
            found = work.matter_dates.seen(keys, at=self._clock())
            work.commit()
        return Done(found, TOUCHED, said=f"{count_of(found, 'date')} taken note of.")

    def refresh(self) -> Done[int]:
        """Work all open matters out again where the program brings other rules than they were worked out with; how many
        dates moved.

        Nothing is done, and nothing touched, where they are as they should be or this person may not change dates.
        """
        if not may(self._storage.role, Subject.DATES, Action.CHANGE):
            return Done(0, frozenset())
        with self._storage.reading() as work:
            if up_to_date(work):
                return Done(0, frozenset())
        with self._storage.writing() as work:
            work.matter_dates.while_nobody_works_out()
            if up_to_date(work):
                return Done(0, frozenset())
            moved = work_again(work, because=PROGRAM_BROUGHT, at=self._clock())
            work.commit()
        return Done(moved, TOUCHED if moved else frozenset(), said=said_moved(moved))
