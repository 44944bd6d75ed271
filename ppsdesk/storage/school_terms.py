"""School terms: one row for each term of an authority, added, changed at the version read, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from ppsdesk.domain.errors import Conflict, Invalid
from ppsdesk.domain.school_terms import SchoolTerm, TermName, entered_already
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.report_rows import SchoolTermRow

TERM: Table = SchoolTermRow.__table__  # type: ignore[assignment]
KEYED = KeyedTable(TERM, "These term dates are not on record any more.", later=())


class SchoolTermRepository:
    """The terms, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[SchoolTerm, ...]:
        """Every term of every authority, newest year first, each year from autumn to summer."""
        return tuple(sorted(self._read(true()), key=_order))

    def get(self, key: UUID) -> SchoolTerm:
        """One term. `NotFound` when there is none."""
        found = self._read(TERM.c.key == key)
        if not found:
            raise KEYED.not_there()
        return found[0]

    def keep(self, term: SchoolTerm) -> SchoolTerm:
        """Add a term of version 0, or change the one of that key: `Conflict` when somebody changed it since `version`.

        Saving twice leaves one. `Invalid` where the authority has that term already, `NotFound` where it was removed.
        """
        if term.version == 0 and self._added(term):
            return self.get(term.key)
        there = self.get(term.key)
        if _values(there) == _values(term):
            return there
        self._change(term, there)
        return self.get(term.key)

    def remove(self, key: UUID, version: int) -> SchoolTerm:
        """Take a term out; what it was. `Conflict` when somebody changed it since, `NotFound` when it is gone."""
        there = self.get(key)
        gone = self._connection.execute(delete(TERM).where(TERM.c.key == key, TERM.c.version == version))
        if gone.rowcount != 1:
            raise _changed(there)
        return there

    def _added(self, term: SchoolTerm) -> bool:
        values = {**_values(term), "key": term.key, "version": 1}
        made = sqlite.insert(TERM) if self._connection.dialect.name == "sqlite" else postgresql.insert(TERM)
        if self._connection.execute(made.on_conflict_do_nothing(), values).rowcount == 1:
            return True
        if self._read(TERM.c.key == term.key):
            return False
        raise Invalid({"term": entered_already(term)})

    def _change(self, term: SchoolTerm, there: SchoolTerm) -> None:
        try:
            changed = KEYED.change(self._connection, term.key, term.version, _values(term))
        except IntegrityError as error:  # two desks at the same moment, each with the same term
            raise Invalid({"term": entered_already(term)}) from error
        if not changed:
            raise _changed(there)

    @stored_values()
    def _read(self, wanted: ColumnElement[bool]) -> tuple[SchoolTerm, ...]:
        return tuple(_term(row) for row in self._connection.execute(select(TERM).where(wanted)))


def _term(row: Row[Any]) -> SchoolTerm:
    return SchoolTerm(
        key=row.key,
        version=row.version,
        authority=row.authority,
        year=row.year,
        term=TermName(row.term),
        first=row.first_day,
        last=row.last_day,
        half_first=row.half_term_first,
        half_last=row.half_term_last,
    )


def _values(term: SchoolTerm) -> dict[str, Any]:
    return {
        "authority": term.authority,
        "year": term.year,
        "term": str(term.term),
        "first_day": term.first,
        "last_day": term.last,
        "half_term_first": term.half_first,
        "half_term_last": term.half_last,
    }


def _order(term: SchoolTerm) -> tuple[int, str, int]:
    year, place = term.place
    return -year, term.authority.casefold(), place


def _changed(there: SchoolTerm) -> Conflict:
    return Conflict(
        f"Somebody changed the dates of {there.name} while you had them open.",
        hint="Yours are still here. Look at theirs, then save again.",
        theirs=there,
    )
