"""What the service decided about bank holidays and rules: added once, changed at the version read, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, select, true

from ppsdesk.domain.clock_rules import ClockChange
from ppsdesk.domain.errors import Conflict, Invalid
from ppsdesk.domain.rule_changes import BankHoliday, HolidayOrigin, RuleChange
from ppsdesk.storage.date_rows import BankHolidayChangeRow, RuleChangeRow
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.plain_words import stored_values

HOLIDAY: Table = BankHolidayChangeRow.__table__  # type: ignore[assignment]
CHANGE: Table = RuleChangeRow.__table__  # type: ignore[assignment]
HOLIDAYS = KeyedTable(HOLIDAY, "This bank holiday is as it is shipped again: somebody put it back.", later=())
CHANGES = KeyedTable(CHANGE, "This change of a rule is not in force any more: somebody withdrew it.", later=())


class RuleChangeRepository:
    """The decisions, on one unit of work's connection, made by one person."""

    def __init__(self, connection: Connection, person: str) -> None:
        self._connection = connection
        self._person = person

    # -- bank holidays ---------------------------------------------------------------------------------------------

    def holidays(self) -> tuple[BankHoliday, ...]:
        """Every day the service decided about, in order."""
        return self._holidays(true())

    def holiday(self, key: UUID) -> BankHoliday:
        """One decision. `NotFound` where it was taken back."""
        found = self._holidays(HOLIDAY.c.key == key)
        if not found:
            raise HOLIDAYS.not_there()
        return found[0]

    def keep_holiday(self, holiday: BankHoliday, *, at: datetime) -> BankHoliday:
        """Add a decision; adding it twice leaves one. `Invalid` where another about that day was faster."""
        if there := self._holidays(HOLIDAY.c.day == holiday.day):
            if there[0].key != holiday.key:
                raise Invalid({"day": "Somebody decided about this day just now. The list shows it."})
            return there[0]
        assert holiday.key is not None
        HOLIDAYS.add_once(
            self._connection,
            {
                "key": holiday.key,
                "version": 1,
                "day": holiday.day,
                "name": holiday.name,
                "origin": holiday.origin.value,
                "reason": holiday.reason,
                "decided_by": self._person,
                "decided_at": holiday.decided_at or at,
            },
        )
        return self.holiday(holiday.key)

    def remove_holiday(self, key: UUID, version: int) -> BankHoliday:
        """Take a decision back; what it was. `Conflict` when somebody changed it since, `NotFound` when it is gone."""
        there = self.holiday(key)
        gone = self._connection.execute(delete(HOLIDAY).where(HOLIDAY.c.key == key, HOLIDAY.c.version == version))
        if gone.rowcount != 1:
            raise _changed(there.words, there)
        return there

    @stored_values()
    def _holidays(self, wanted: ColumnElement[bool]) -> tuple[BankHoliday, ...]:
        found = self._connection.execute(select(HOLIDAY).where(wanted).order_by(HOLIDAY.c.day))
        return tuple(_holiday(row) for row in found)

    # -- rules -----------------------------------------------------------------------------------------------------

    def changes(self) -> tuple[RuleChange, ...]:
        """Every decision about a rule, in the order they count."""
        return self._changes(true())

    def change(self, key: UUID) -> RuleChange:
        """One decision. `NotFound` where it was withdrawn."""
        found = self._changes(CHANGE.c.key == key)
        if not found:
            raise CHANGES.not_there()
        return found[0]

    def keep_change(self, change: RuleChange, *, at: datetime) -> RuleChange:
        """Add a decision; adding it twice leaves one. One that is put back keeps its place among the others."""
        values = {**_values(change), "key": change.key, "version": 1}
        values |= {"decided_by": self._person, "decided_at": change.decided_at or at}
        CHANGES.add_once(self._connection, values)
        return self.change(change.key)

    def amend_change(self, change: RuleChange) -> RuleChange:
        """Change a decision at the version read. `Conflict`, `NotFound`."""
        there = self.change(change.key)
        if there.change == change.change:
            return there
        if not CHANGES.change(self._connection, change.key, change.version, _values(change)):
            raise _changed(there.words, there)
        return self.change(change.key)

    def remove_change(self, key: UUID, version: int) -> RuleChange:
        """Withdraw a decision; what it was. `Conflict` when somebody changed it since, `NotFound` when it is gone."""
        there = self.change(key)
        gone = self._connection.execute(delete(CHANGE).where(CHANGE.c.key == key, CHANGE.c.version == version))
        if gone.rowcount != 1:
            raise _changed(there.words, there)
        return there

    @stored_values()
    def _changes(self, wanted: ColumnElement[bool]) -> tuple[RuleChange, ...]:
        found = self._connection.execute(select(CHANGE).where(wanted).order_by(CHANGE.c.decided_at, CHANGE.c.id))
        return tuple(_change(row) for row in found)


def _holiday(row: Row[Any]) -> BankHoliday:
    return BankHoliday(
        day=row.day,
        name=row.name,
        origin=HolidayOrigin(row.origin),
        key=row.key,
        version=row.version,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _change(row: Row[Any]) -> RuleChange:
    return RuleChange(
        key=row.key,
        version=row.version,
        change=ClockChange(
            rule=row.rule,
            part=row.part,
            first=row.first_day,
            last=row.last_day,
            counts=tuple(row.counts),
            law=row.law,
            reason=row.reason,
        ),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _values(change: RuleChange) -> dict[str, Any]:
    return {
        "rule": change.change.rule,
        "part": change.change.part,
        "first_day": change.change.first,
        "last_day": change.change.last,
        "counts": list(change.change.counts),
        "law": change.change.law,
        "reason": change.change.reason,
    }


def _changed(what: str, theirs: object) -> Conflict:
    return Conflict(
        f"Somebody changed this while you had it open: {what}.",
        hint="Nothing was changed. Look at theirs, then decide again.",
        theirs=theirs,
    )
