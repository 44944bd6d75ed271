"""Logging calls, finding them, and putting right what was written down."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.calls import Call, CallFacts, NewCall, checked
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.history import Change
from ppsdesk.domain.lists import CallLine, CallOrder
from ppsdesk.domain.selection import Selection
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.CALLS})


class CallDesk:
    """What the helpline does with calls."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def log(self, call: NewCall) -> Done[int]:
        """Put a call on record; its id. The draft of it ends.

        Doing it twice with the same key leaves one call, as it was written down last.

        Raises `Invalid` with words for each field, `StorageUnavailable` when it could not be kept, and `Conflict` when
        an earlier save whose answer was lost did succeed, somebody changed the call since, and this one says otherwise.
        """
        now = self._clock()
        checked(call, now=now)
        with self._storage.writing() as work:
            call_id = work.calls.add_once(call, recorded_at=now)
            work.drafts.end(call.key)
            work.commit()
        return Done(call_id, TOUCHED | {Topic.DRAFTS}, said="Call logged.")

    def amend(self, call_id: int, version: int, facts: CallFacts) -> Done[Call]:
        """Change what was written down; the call as it now is.

        Raises `Conflict`, holding the saved record as `theirs`, when somebody changed it since `version` was read.
        """
        checked(facts, now=self._clock())
        with self._storage.writing() as work:
            call = work.calls.amend(call_id, version, facts)
            work.commit()
        return Done(call, TOUCHED, said="Call changed.")

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
        """Who changed what, oldest first."""
        with self._storage.reading() as work:
            return work.calls.history(call_id)

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
