"""Logging calls, finding them, and putting right what was written down."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.calls import Call, CallFacts, NewCall, checked
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Invalid, Refused
from ppsdesk.domain.history import Change
from ppsdesk.domain.intake import NOTHING_NEW, Intake
from ppsdesk.domain.lists import CallLine, CallOrder
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.words import count_of
from ppsdesk.services.intake import check, dates_follow, keep_dates, keep_people, keep_step, touched
from ppsdesk.services.matter_history import with_dates
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.CALLS})


class CallDesk:
    """What the helpline does with calls."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def log(self, call: NewCall, intake: Intake = NOTHING_NEW) -> Done[int]:
        """Put a call on record, with the new people, schools and next step it brings; its id. The draft of it ends.

        All of it or nothing. Doing it twice with the same keys leaves one of each, as it was written down last.

        Raises `Invalid` with words for each field, `StorageUnavailable` when it could not be kept, and `Conflict` when
        an earlier save whose answer was lost did succeed, somebody changed the call since, and this one says otherwise.
        """
        now = self._clock()
        check(call, intake, now=now)
        with self._storage.writing() as work:
            if intake is not NOTHING_NEW:
                keep_people(work, intake, now=now)
            call_id = work.calls.add_once(call, recorded_at=now)
            keep_step(work, call, intake, now=now)
            keep_dates(work, call, intake, now=now)
            work.drafts.end(call.key)
            work.commit()
        return Done(call_id, touched(intake), said="Call logged.")

    def log_many(self, calls: Sequence[NewCall]) -> Done[tuple[int, ...]]:
        """Put the calls of a tally sheet on record, all or none; their ids. Doing it twice leaves one of each.

        Raises `Invalid` with problems by row and field, "3.topics" for the third call.
        """
        now = self._clock()
        check_rows(calls, now=now)
        with self._storage.writing() as work:
            ids = tuple(work.calls.add_once(call, recorded_at=now) for call in calls)
            work.commit()
        return Done(ids, TOUCHED, said=f"{count_of(len(ids), 'call')} logged.")

    def attach(self, reference: str, person: UUID) -> Done[int]:
        """Make a person the caller of every call that was given this reference and has no caller yet; how many."""
        _check_reference(reference)
        with self._storage.writing() as work:
            found = work.calls.attach(reference, work.people.id_of(person))
            work.commit()
        return Done(found, TOUCHED | {Topic.PEOPLE}, said=f"{count_of(found, 'call')} attached.")

    def detach(self, reference: str, person: UUID) -> Done[int]:
        """Undo `attach`; how many. A call that was logged with this person as its caller keeps them."""
        _check_reference(reference)
        with self._storage.writing() as work:
            found = work.calls.detach(reference, work.people.id_of(person))
            work.commit()
        return Done(found, TOUCHED | {Topic.PEOPLE}, said=f"{count_of(found, 'call')} anonymous again.")

    def amend(self, call_id: int, version: int, facts: CallFacts) -> Done[Call]:
        """Change what was written down; the call as it now is. The dates told in it go along with its child.

        Raises `Conflict`, holding the saved record as `theirs`, when somebody changed it since `version` was read.
        """
        checked(facts, now=self._clock())
        with self._storage.writing() as work:
            call = work.calls.amend(call_id, version, facts)
            moved = dates_follow(work, call)
            work.commit()
        return Done(call, TOUCHED | {Topic.DATES} if moved else TOUCHED, said="Call changed.")

    def remove(self, call_id: int, version: int) -> Done[Call]:
        """Take out a call that was entered by mistake: in no list and no figure, but never gone."""
        with self._storage.writing() as work:
            call = work.calls.mark_removed(call_id, version, self._clock())
            work.commit()
        return Done(call, TOUCHED, said="Call removed.")

    def put_back(self, call_id: int, version: int) -> Done[Call]:
        """Undo a removal."""
        with self._storage.writing() as work:
            call = work.calls.mark_removed(call_id, version, None)
            work.commit()
        return Done(call, TOUCHED, said="Call put back.")

    def get(self, call_id: int) -> Call:
        """One call, removed or not. Raises `NotFound`."""
        with self._storage.reading() as work:
            return work.calls.get(call_id)

    def history(self, call_id: int) -> tuple[Change, ...]:
        """Who changed what, oldest first, the dates of the law told in it included."""
        with self._storage.reading() as work:
            return with_dates(work, work.calls.history(call_id), self._storage.role, call=call_id)

    def ids(
        self,
        selection: Selection,
        *,
        order: CallOrder = CallOrder.WHEN,
        descending: bool = True,
        limit: int | None = None,
    ) -> array[int]:
        """The numbers of all calls of a selection, in order: what a list of a million rows is made of."""
        with self._storage.reading() as work:
            return work.call_lists.ids(selection, order=order, descending=descending, limit=limit)

    def lines(self, ids: Sequence[int]) -> dict[int, CallLine]:
        """Those calls as lines of a list, by id."""
        with self._storage.reading() as work:
            return work.call_lists.lines(ids)

    def count(self, selection: Selection) -> int:
        """How many calls a selection means: the same count as in any report."""
        with self._storage.reading() as work:
            return work.figures.counts([selection])[0]

    def people(self) -> tuple[str, ...]:
        """Everybody who took a call."""
        with self._storage.reading() as work:
            return work.call_lists.people()


def check_rows(calls: Sequence[NewCall], *, now: datetime) -> None:
    """Raises `Invalid` with the problems of all calls, by row and field ("3.topics"); rows count from 1."""
    problems: dict[str, str] = {}
    for row, call in enumerate(calls, start=1):
        try:
            checked(call, now=now)
        except Invalid as invalid:
            problems |= {f"{row}.{field}": words for field, words in invalid.problems.items()}
    if problems:
        raise Invalid(problems)


def _check_reference(reference: str) -> None:
    if not reference.strip() or "\x00" in reference:
        raise Refused("There is no reference to look for.", hint="Type the reference the caller was given.")
