"""Unfinished calls, kept from the first key and offered again after a crash."""

from __future__ import annotations

from uuid import UUID

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.DRAFTS})


class Drafts:
    """The drafts of whoever is at the desk."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def keep(self, draft: Draft) -> Done[Draft]:
        """Write the draft down as it stands."""
        with self._storage.writing() as work:
            work.drafts.keep(draft)
            work.commit()
        return Done(draft, TOUCHED)

    def mine(self) -> tuple[Draft, ...]:
        """My unfinished calls, oldest first."""
        with self._storage.reading() as work:
            return work.drafts.of(work.person)

    def discard(self, key: UUID) -> Done[UUID]:
        """Give a draft up."""
        with self._storage.writing() as work:
            work.drafts.end(key)
            work.commit()
        return Done(key, TOUCHED, said="Draft discarded.")
