"""Settings of reports under a name: one row each, added, changed at the version read, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from ppsdesk.domain.errors import Conflict, Invalid
from ppsdesk.domain.saved_reports import EVERYBODY, SavedReport, asked_of, named_already
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.report_rows import SavedReportRow

SAVED: Table = SavedReportRow.__table__  # type: ignore[assignment]
KEYED = KeyedTable(SAVED, "These report settings are not on record any more.", later=())


class SavedReportRepository:
    """The settings that one person may see, theirs and everybody's, on one unit of work's connection."""

    def __init__(self, connection: Connection, person: str) -> None:
        self._connection = connection
        self._theirs = SAVED.c.owner.in_((EVERYBODY, person))

    def all(self) -> tuple[SavedReport, ...]:
        """By name."""
        return tuple(sorted(self._read(), key=lambda saved: (saved.name.casefold(), saved.owner)))

    def get(self, key: UUID) -> SavedReport:
        """One of them. `NotFound` when there is none."""
        found = self._read(SAVED.c.key == key)
        if not found:
            raise KEYED.not_there()
        return found[0]

    def keep(self, saved: SavedReport) -> SavedReport:
        """Add settings of version 0, or change those of that key: `Conflict` when somebody did since `version`.

        Saving twice leaves one. `Invalid` where the owner has that name already, `NotFound` where it was removed.
        """
        if saved.version == 0 and self._added(saved):
            return self.get(saved.key)
        there = self.get(saved.key)
        if _values(there) == _values(saved):
            return there
        self._change(saved, there)
        return self.get(saved.key)

    def remove(self, key: UUID, version: int) -> SavedReport:
        """Take settings out; what they were. `Conflict` when somebody changed them since, `NotFound` when gone."""
        there = self.get(key)
        gone = self._connection.execute(delete(SAVED).where(SAVED.c.key == key, SAVED.c.version == version))
        if gone.rowcount != 1:
            raise _changed(there)
        return there

    def _added(self, saved: SavedReport) -> bool:
        values = {**_values(saved), "key": saved.key, "version": 1}
        made = sqlite.insert(SAVED) if self._connection.dialect.name == "sqlite" else postgresql.insert(SAVED)
        if self._connection.execute(made.on_conflict_do_nothing(), values).rowcount == 1:
            return True
        if self._read(SAVED.c.key == saved.key):
            return False
        raise Invalid({"name": named_already(saved)})

    def _change(self, saved: SavedReport, there: SavedReport) -> None:
        try:
            changed = KEYED.change(self._connection, saved.key, saved.version, _values(saved))
        except IntegrityError as error:
            raise Invalid({"name": named_already(saved)}) from error
        if not changed:
            raise _changed(there)

    @stored_values()
    def _read(self, *wanted: ColumnElement[bool]) -> tuple[SavedReport, ...]:
        question = select(SAVED).where(self._theirs, *wanted)
        return tuple(_saved(row) for row in self._connection.execute(question))


def _saved(row: Row[Any]) -> SavedReport:
    return SavedReport(
        key=row.key,
        version=row.version,
        name=row.name,
        owner=row.owner,
        asked=asked_of(row.report, row.asked),
    )


def _values(saved: SavedReport) -> dict[str, Any]:
    return {
        "name": saved.name,
        "owner": saved.owner,
        "report": str(saved.asked.report),
        "asked": saved.asked.stored(),
    }


def _changed(there: SavedReport) -> Conflict:
    return Conflict(
        f"Somebody changed the report settings “{there.name}” meanwhile.",
        hint="Nothing was changed. The list shows what is there now.",
        theirs=there,
    )
