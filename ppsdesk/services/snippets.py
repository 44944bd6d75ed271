"""Texts that are put in by one key."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.snippets import Snippet, check_snippet
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.SNIPPETS})


class SnippetDesk:
    """The helpline's texts. Nothing is deleted, only ended.

    Changes raise `Conflict`, holding the text as it now is, when somebody changed it since `version` was read.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def all(self) -> tuple[Snippet, ...]:
        """Every text, ended ones too, in the order people gave them."""
        with self._storage.reading() as work:
            return work.snippets.all()

    def keep(self, snippet: Snippet) -> Done[Snippet]:
        """Add a text, or change the one of that key. Raises `Invalid` with words for each field."""
        check_snippet(snippet)
        with self._storage.writing() as work:
            kept = work.snippets.keep(snippet)
            work.commit()
        return Done(kept, TOUCHED, said=f"Text “{kept.title}” saved.")

    def end(self, key: UUID, version: int) -> Done[Snippet]:
        """Offer it no more."""
        return self._ended(key, version, True)

    def reopen(self, key: UUID, version: int) -> Done[Snippet]:
        """Offer it again."""
        return self._ended(key, version, False)

    def _ended(self, key: UUID, version: int, ended: bool) -> Done[Snippet]:
        with self._storage.writing() as work:
            kept = work.snippets.keep(replace(work.snippets.get(key), version=version, ended=ended))
            work.commit()
        return Done(kept, TOUCHED, said=f"Text “{kept.title}” {'ended' if ended else 'offered again'}.")
