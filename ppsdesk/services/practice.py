"""Filling an empty database with invented calls."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.practice import PracticeCalls
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.domain.words import count_of
from ppsdesk.storage.work import Storage

AT_ONCE = 2_000
MOST_YEARS, MOST_CALLS = 60, 1_000_000


class Practice:
    """Practice data, and the mark that says so for good."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def fill(
        self, *, years: int = 2, calls_per_year: int = 2_600, seed: int = 1, progress: Progress = silent
    ) -> Done[int]:
        """Add `years` times `calls_per_year` invented calls up to today; how many. The same seed makes the same calls.

        Raises `Refused` for a database that holds calls already, or for numbers that make no sense. All or nothing.
        """
        if not 1 <= years <= MOST_YEARS or not 0 <= calls_per_year <= MOST_CALLS:
            raise Refused(
                f"Practice data are from 1 to {MOST_YEARS} years of up to {MOST_CALLS:,} calls a year.",
                hint="Nothing was added.",
            )
        total = years * calls_per_year
        now = self._clock()
        with self._storage.writing() as work:
            if work.calls.any():
                raise Refused(
                    "This database holds calls already, so no practice data were added.",
                    hint="Choose an empty folder with --data-dir.",
                )
            made = PracticeCalls(work.vocabularies.all(), seed)
            added = 0
            progress(0, total)
            for year in range(years, 0, -1):
                last = local_day(now) - timedelta(days=365 * (year - 1))
                calls = made.year(last, calls_per_year, now)
                while part := list(islice(calls, AT_ONCE)):
                    work.calls.add_many(part, recorded_at=now)
                    added += len(part)
                    progress(added, total)
            work.mark_practice()
            work.commit()
        return Done(total, frozenset({Topic.CALLS}), said=f"{count_of(total, 'practice call')} added.")
