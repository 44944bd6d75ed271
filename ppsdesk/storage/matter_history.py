"""What became of matters: from their trail and their dates that moved, of a call and of those that were a person's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from ppsdesk.domain import matter_history
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.history import Change
from ppsdesk.domain.matter_history import FACT, MATTER, MatterTrail, MovedTogether
from ppsdesk.storage import audit
from ppsdesk.storage.date_rows import DatedMatterRow, MovedDateRow
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import AuditEntryRow, AuditValueRow, CallRow

ENTRY: Table = AuditEntryRow.__table__  # type: ignore[assignment]
VALUE: Table = AuditValueRow.__table__  # type: ignore[assignment]
MATTERS: Table = DatedMatterRow.__table__  # type: ignore[assignment]
MOVED: Table = MovedDateRow.__table__  # type: ignore[assignment]
CALL: Table = CallRow.__table__  # type: ignore[assignment]


class MatterHistory:
    """The history of matters in words, on one unit of work's connection: `happenings` and `exceptions` give them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @stored_values()
    def of_call(
        self, call_id: int, happenings: Collection[Happening], exceptions: Mapping[str, str]
    ) -> tuple[Change, ...]:
        """Of the matters told in a call, oldest first."""
        trails = self._trails(select(MATTERS.c.id).where(MATTERS.c.call_id == call_id))
        return matter_history.matter_history(trails, happenings, exceptions)

    @stored_values()
    def of_person(
        self, person_id: int, happenings: Collection[Happening], exceptions: Mapping[str, str]
    ) -> tuple[Change, ...]:
        """Of the matters that are a person's, and of those that were; nothing of a call that was removed."""
        went = select(ENTRY.c.record_id).join_from(ENTRY, VALUE, VALUE.c.entry_id == ENTRY.c.id)
        went = went.where(
            ENTRY.c.table_name == MATTER, ENTRY.c.action == "update",
            VALUE.c.column_name == "person_id", VALUE.c.old == str(person_id),
        )  # fmt: skip
        standing = select(MATTERS.c.id).join_from(MATTERS, CALL, MATTERS.c.call_id == CALL.c.id, isouter=True)
        standing = standing.where(CALL.c.removed_at.is_(None))
        mine = standing.where(MATTERS.c.person_id == person_id).union(standing.where(MATTERS.c.id.in_(went)))
        return matter_history.matter_history(self._trails(mine), happenings, exceptions, person=person_id)

    def _trails(self, wanted: Select[Any] | Any) -> list[MatterTrail]:
        numbers = sorted(self._connection.execute(wanted).scalars())
        if not numbers:
            return []
        changes, moved = audit.histories(self._connection, (MATTER, FACT), numbers), self._moved(numbers)
        return [MatterTrail(changes=changes[number], moved=tuple(moved[number])) for number in numbers]

    def _moved(self, numbers: Collection[int]) -> dict[int, list[MovedTogether]]:
        moved: dict[int, list[MovedTogether]] = {number: [] for number in numbers}
        wanted = select(MOVED).where(MOVED.c.matter_id.in_(numbers)).order_by(MOVED.c.id)
        for row in self._connection.execute(wanted):
            moved[row.matter_id].append(
                MovedTogether(at=row.noticed_at, because=row.because, title=row.title, was=row.was_due, now=row.now_due)
            )
        return moved
