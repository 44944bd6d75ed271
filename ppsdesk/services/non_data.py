"""Non-data calls: closed by one key, counted apart."""

from __future__ import annotations

from collections.abc import Mapping

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import NonDataKind
from ppsdesk.domain.non_data import NewNonDataCall, NonDataCall, check_non_data
from ppsdesk.domain.periods import Span
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.NON_DATA})


class NonDataDesk:
    """What the helpline does with rings that were no enquiry. They are in no figure of calls."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def log(self, call: NewNonDataCall) -> Done[int]:
        """Put the ring on record; its id. The pad's draft ends. Doing it twice with the same key leaves one.

        Raises `Invalid` with words for each field.
        """
        check_non_data(call, now=self._clock())
        with self._storage.writing() as work:
            call_id = work.non_data.add_once(call)
            work.drafts.end(call.key)
            work.commit()
        return Done(call_id, TOUCHED | {Topic.DRAFTS}, said=f"{call.kind.label}: counted apart from calls.")

    def remove(self, call_id: int, version: int) -> Done[NonDataCall]:
        """Take out one that was entered by mistake. Raises `Conflict` when somebody else did."""
        with self._storage.writing() as work:
            ring = work.non_data.mark_removed(call_id, version, self._clock())
            work.commit()
        return Done(ring, TOUCHED, said="Non-data call removed.")

    def put_back(self, call_id: int, version: int) -> Done[NonDataCall]:
        """Undo a removal."""
        with self._storage.writing() as work:
            ring = work.non_data.mark_removed(call_id, version, None)
            work.commit()
        return Done(ring, TOUCHED, said="Non-data call put back.")

    def get(self, call_id: int) -> NonDataCall:
        """One of them, removed or not. Raises `NotFound`."""
        with self._storage.reading() as work:
            return work.non_data.get(call_id)

    def count(self, span: Span) -> int:
        """How many in these days."""
        return sum(self.counts(span).values())

    def counts(self, span: Span) -> Mapping[NonDataKind, int]:
        """How many of each kind in these days; a kind without any is 0."""
        with self._storage.reading() as work:
            return work.non_data.counts(span)

    def list(self, span: Span) -> tuple[NonDataCall, ...]:
        """Those of these days, newest first."""
        with self._storage.reading() as work:
            return work.non_data.all(span)
