"""Calls being written down, kept from the first key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ppsdesk.domain.drafts import Draft
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.prepared import Prepared
from ppsdesk.storage.rows import CallRow, DraftRow

DRAFT: Table = DraftRow.__table__  # type: ignore[assignment]
CALL: Table = CallRow.__table__  # type: ignore[assignment]
END = Prepared(lambda _: delete(DRAFT).where(DRAFT.c.key == bindparam("wanted")), ("wanted",))


class DraftRepository:
    """The drafts, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft: Draft) -> None:
        """Write the draft down, in place of what was kept of it before."""
        make = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        values = {
            "key": draft.key,
            "person": draft.person,
            "window_name": draft.window,
            "started_at": draft.started_at,
            "kept_at": draft.kept_at,
            "content": dict(draft.content),
        }
        statement = make(DRAFT).values(values)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"],
                set_={
                    "window_name": statement.excluded.window_name,  # another window may have gone on with it
                    "kept_at": statement.excluded.kept_at,
                    "content": statement.excluded.content,
                },
            )
        )

    @stored_values()
    def of(self, person: str) -> tuple[Draft, ...]:
        """That person's unfinished calls, oldest first."""
        found = self._connection.execute(select(DRAFT).where(DRAFT.c.person == person).order_by(DRAFT.c.started_at))
        return tuple(
            Draft(
                key=row.key,
                person=row.person,
                window=row.window_name,
                started_at=row.started_at,
                kept_at=row.kept_at,
                content=row.content,
            )
            for row in found
        )

    def recorded(self, keys: Sequence[UUID]) -> dict[UUID, datetime]:
        """Which of these keys belong to calls on record, and when they were put there."""
        asked = select(CALL.c.key, CALL.c.recorded_at).where(CALL.c.key.in_(keys))
        return {row.key: row.recorded_at for row in self._connection.execute(asked)}

    def end(self, key: UUID) -> None:
        """The call is saved or given up: the draft goes."""
        END.run(self._connection, (key,))
