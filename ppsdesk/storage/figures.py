"""Read-only questions for reports: each answered in one query, each counting by a `Selection`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from ppsdesk.domain.selection import Selection
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.selecting import where


class Figures:
    """Counting, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, selections: Sequence[Selection]) -> tuple[int, ...]:
        """How many calls each selection means, all from the same moment. One query."""
        if not selections:
            return ()
        questions = [
            select(func.count()).select_from(CallRow).where(where(selection)).scalar_subquery()
            for selection in selections
        ]
        return tuple(self._connection.execute(select(*questions)).one())

    def first_day(self) -> date | None:
        """The day of the earliest call on record; None when there is none."""
        return self._connection.execute(select(func.min(CallRow.taken_on)).where(CallRow.removed_at.is_(None))).scalar()
