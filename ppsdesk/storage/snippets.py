"""Texts that are put in by one key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, select, true

from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.snippets import Snippet
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import SnippetRow

SNIPPET: Table = SnippetRow.__table__  # type: ignore[assignment]
KEYED = KeyedTable(SNIPPET, "This text is not on record.", later=())
WRITTEN = ("title", "body", "position", "ended", "ours")


class SnippetRepository:
    """The texts, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Snippet, ...]:
        """Every text, ended ones too, in the order people gave them."""
        return self._read(true())

    def get(self, key: UUID) -> Snippet:
        """One text. `NotFound` when there is none."""
        found = self._read(SNIPPET.c.key == key)
        if not found:
            raise KEYED.not_there()
        return found[0]

    def keep(self, snippet: Snippet) -> Snippet:
        """Add the text, or change the one of that key: `Conflict` when somebody changed it since `version`."""
        added = KEYED.add_once(self._connection, {**_values(snippet), "key": snippet.key, "version": 1})
        kept = self.get(snippet.key)
        if added is not None or kept == snippet:
            return kept
        if not KEYED.change(self._connection, snippet.key, snippet.version, _values(snippet)):
            raise Conflict(
                f"Somebody changed the text “{kept.title}” while you had it open.",
                hint="Yours is still here. Look at theirs, then save again.",
                theirs=kept,
            )
        return self.get(snippet.key)

    def add_missing(self, snippets: Iterable[Snippet]) -> int:
        """Add those whose key is not there yet; never touch one that is. How many were added."""
        known = set(self._connection.execute(select(SNIPPET.c.key)).scalars())
        new = [snippet for snippet in snippets if snippet.key not in known]
        KEYED.add(self._connection, ({**_values(snippet), "key": snippet.key, "version": 1} for snippet in new))
        return len(new)

    @stored_values()
    def _read(self, wanted: ColumnElement[bool]) -> tuple[Snippet, ...]:
        question = select(SNIPPET).where(wanted).order_by(SNIPPET.c.position, SNIPPET.c.id)
        return tuple(
            Snippet(key=row.key, version=row.version, **{name: getattr(row, name) for name in WRITTEN})
            for row in self._connection.execute(question)
        )


def _values(snippet: Snippet) -> dict[str, Any]:
    return {name: getattr(snippet, name) for name in WRITTEN}
