"""Unfinished calls, kept from the first key and offered again after a crash."""

from __future__ import annotations

from uuid import UUID

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.services.vault import Vault
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.DRAFTS})


class Drafts:
    """The drafts of whoever is at the desk: in the database, and on this computer while that does not take them."""

    def __init__(self, storage: Storage, vault: Vault | None = None) -> None:
        self._storage = storage
        self._vault = vault

    def keep(self, draft: Draft) -> Done[Draft]:
        """Write the draft down as it stands. Raises `StorageUnavailable`."""
        with self._storage.writing() as work:
            work.drafts.keep(draft)
            work.commit()
        self.saved(draft.key)
        return Done(draft, TOUCHED)

    def keep_here(self, draft: Draft) -> Done[Draft]:
        """Write it into a file of this computer, the database untouched. Raises `Refused` when the disk refuses."""
        assert self._vault is not None
        self._vault.keep(draft)
        return Done(draft, frozenset())

    def saved(self, key: UUID) -> None:
        """The database has it: this computer keeps no copy."""
        if self._vault is not None:
            self._vault.erase(key)

    def mine(self) -> tuple[Draft, ...]:
        """My unfinished calls, oldest first; of one that is kept here and in the database, the later.

        What was kept here and is on record by now (the program ended before it heard so) is erased.
        """
        with self._storage.reading() as work:
            found = {draft.key: draft for draft in work.drafts.of(work.person)}
            here = self.here()
            recorded = work.drafts.recorded(tuple(draft.key for draft in here)) if here else {}
        for draft in here:
            if draft.key in recorded and draft.kept_at <= recorded[draft.key]:
                self.saved(draft.key)
            elif draft.key not in found or found[draft.key].kept_at <= draft.kept_at:
                found[draft.key] = draft
        return tuple(sorted(found.values(), key=lambda draft: draft.started_at))

    def here(self) -> tuple[Draft, ...]:
        """Those kept on this computer, oldest first; the database is not asked."""
        return self._vault.kept() if self._vault is not None else ()

    def discard(self, key: UUID) -> Done[UUID]:
        """Give a draft up. One that only this computer keeps needs no database for that."""
        erased = self._vault is not None and self._vault.erase(key)
        try:
            with self._storage.writing() as work:
                work.drafts.end(key)
                work.commit()
        except StorageUnavailable:
            if not erased:
                raise
        return Done(key, TOUCHED, said="Draft discarded.")
