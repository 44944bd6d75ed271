"""Rows known outside by their `key`: added once however often they are saved, changed only at the version read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from ppsdesk.domain.errors import NotFound, Refused
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.prepared import Prepared
from ppsdesk.storage.vocabularies import TermIds

AT_ONCE = 5_000  # keys in one question; both databases take more


class KeyedTable:
    """One such table. `later` are columns a new row leaves empty; `missing` says that a row is not there."""

    def __init__(self, table: Table, missing: str, *, later: tuple[str, ...] = ("removed_at",)) -> None:
        self.table = table
        self.missing = missing
        filled = tuple(column.name for column in table.columns if column.name not in ("id", *later))
        self._row = itemgetter(*filled)
        self._once = Prepared(self._insert_once, filled)
        self._add = Prepared(lambda _: insert(table).inline(), filled)

    def _insert_once(self, dialect: str) -> Insert:
        made = sqlite.insert(self.table) if dialect == "sqlite" else postgresql.insert(self.table)
        return made.on_conflict_do_nothing(index_elements=["key"]).returning(self.table.c.id)

    def add_once(self, connection: Connection, values: Mapping[str, Any]) -> int | None:
        """The id of the new row; None, and nothing done, where the key is there already."""
        added = self._once.run(connection, self._row(values))
        return None if added is None else int(added)

    def add(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows that are known to be new."""
        self._add.run_many(connection, (self._row(values) for values in rows))

    def ids(self, connection: Connection, keys: Iterable[UUID]) -> dict[UUID, int]:
        """The ids of those keys that are there."""
        wanted, found = list(dict.fromkeys(keys)), dict[UUID, int]()
        for start in range(0, len(wanted), AT_ONCE):
            part = self.table.c.key.in_(wanted[start : start + AT_ONCE])
            found |= {
                row.key: row.id for row in connection.execute(select(self.table.c.key, self.table.c.id).where(part))
            }
        return found

    def id(self, connection: Connection, key: UUID) -> int:
        """The id of one key. Raises `NotFound`."""
        found = connection.execute(select(self.table.c.id).where(self.table.c.key == key)).scalar()
        if found is None:
            raise self.not_there()
        return int(found)

    def change(self, connection: Connection, key: UUID, version: int, values: Mapping[str, Any]) -> bool:
        """Change the row if it still has that version; whether it had."""
        question = update(self.table).where(self.table.c.key == key, self.table.c.version == version)
        return connection.execute(question, {**values, "version": version + 1}).rowcount == 1

    def not_there(self) -> NotFound:
        """What to raise for a key that is not in the table."""
        return NotFound(self.missing, hint="The list shows what is there now.")


def term_id(connection: Connection, terms: TermIds, vocabulary: Vocabulary, code: TermCode | None) -> int | None:
    """The number of a term, None for none. `Refused` when the list does not have it."""
    if not code:
        return None
    try:
        return terms.id(connection, vocabulary, code)
    except KeyError:
        raise Refused(f"“{code}” is not in the list {vocabulary.label}.", hint="Nothing was saved.") from None


def term_code(connection: Connection, terms: TermIds, number: int | None) -> TermCode | None:
    """The code behind a number, None for none."""
    return None if number is None else terms.code(connection, number)
