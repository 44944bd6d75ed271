"""Filling an empty database with invented families, their calls, and what those leave to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.practice import PracticeCalls
from ppsdesk.domain.practice_families import PracticeFamilies, PracticeWorld
from ppsdesk.domain.practice_following import attempts_at, non_data_beside, steps_after
from ppsdesk.domain.practice_terms import practice_terms
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.domain.words import count_of
from ppsdesk.storage.work import Storage, UnitOfWork

AT_ONCE = 2_000
MOST_YEARS, MOST_CALLS = 60, 1_000_000
CALLS_A_FAMILY, FEWEST, MOST_FAMILIES = 12, 12, 120
TOUCHED = frozenset({Topic.CALLS, Topic.PEOPLE, Topic.ORGANISATIONS, Topic.STEPS, Topic.NON_DATA, Topic.SCHOOL_TERMS})


class Practice:
    """Practice data, and the mark that says so for good."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def fill(
        self, *, years: int = 2, calls_per_year: int = 2_600, seed: int = 1, progress: Progress = silent
    ) -> Done[int]:
        """Add `years` times `calls_per_year` invented calls up to today, and the families they are of; how many calls.

        The same seed makes the same calls. Raises `Refused` for a database that holds calls or people already, or for
        numbers that make no sense. All or nothing.
        """
        if not 1 <= years <= MOST_YEARS or not 0 <= calls_per_year <= MOST_CALLS:
            raise Refused(
                f"Practice data are from 1 to {MOST_YEARS} years of up to {MOST_CALLS:,} calls a year.",
                hint="Nothing was added.",
            )
        total = years * calls_per_year
        now = self._clock()
        today = local_day(now)
        with self._storage.writing() as work:
            if work.calls.any():
                raise Refused(
                    "This database holds calls already, so no practice data were added.",
                    hint="Choose an empty folder with --data-dir.",
                )
            families = min(max(total // CALLS_A_FAMILY, FEWEST), MOST_FAMILIES)
            world = PracticeFamilies(seed, today).world(families)
            self._put_on_record(work, world)
            if not work.school_terms.all():  # dates somebody entered are theirs
                for term in practice_terms(today - timedelta(days=365 * years), today, seed):
                    work.school_terms.keep(term)
            made = PracticeCalls(work.vocabularies.all(), seed, world)
            added = 0
            progress(0, total)
            for year in range(years, 0, -1):
                last = today - timedelta(days=365 * (year - 1))
                calls = made.year(last, calls_per_year, now)
                while part := list(islice(calls, AT_ONCE)):
                    work.calls.add_many(part, recorded_at=now)
                    for ring in non_data_beside(part, seed + year):
                        work.non_data.add_once(ring)
                    self._leave_to_be_done(work, part)
                    added += len(part)
                    progress(added, total)
            work.mark_practice()
            work.commit()
        return Done(total, TOUCHED, said=f"{count_of(total, 'practice call')} added.")

    def _leave_to_be_done(self, work: UnitOfWork, calls: Sequence[NewCall]) -> None:
        now = self._clock()
        for step in steps_after(calls, local_day(now), work.person):
            work.steps.add_once(step, asked_at=now - timedelta(days=1 + step.key.int % 9))
            for at, result in attempts_at(step, now):
                work.steps.add_attempt(step.key, 1, at=at, by=step.owner, result=result, note="")

    def _put_on_record(self, work: UnitOfWork, world: PracticeWorld) -> None:
        now = self._clock()
        for organisation in world.organisations:
            work.organisations.add_once(organisation)
        for person in world.people:
            work.people.add_once(person, recorded_at=now)
        for relationship in world.relationships:
            work.families.add_relationship(relationship)
        for affiliation in world.affiliations:
            work.families.add_affiliation(affiliation)
        for alert in world.alerts:
            work.families.add_alert(alert)
        for consent in world.consents:
            work.families.add_consent(consent)
        for hidden in world.hidden:
            work.families.keep_hidden_address(hidden)
