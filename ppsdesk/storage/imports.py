"""The journal of imports."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from ppsdesk.domain.batches import Batch
from ppsdesk.domain.errors import NotFound, Refused
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import ImportBatchRow

BATCH = ImportBatchRow.__table__


class ImportRepository:
    """Import batches, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, *, file_name: str, rows_added: int, rows_known: int, at: datetime, person: str) -> int:
        """Write down that a file is being taken in; the id its records carry."""
        values = {
            "key": uuid4(),
            "file_name": file_name,
            "rows_added": rows_added,
            "rows_known": rows_known,
            "imported_at": at,
            "person": person,
            "version": 1,
        }
        statement = insert(BATCH).values(values).returning(BATCH.c.id)  # type: ignore[arg-type]
        return int(self._connection.execute(statement).scalar_one())

    @stored_values()
    def all(self) -> tuple[Batch, ...]:
        """Every import, newest first."""
        found = self._connection.execute(select(BATCH).order_by(BATCH.c.id.desc()))
        return tuple(
            Batch(
                id=row.id,
                file_name=row.file_name,
                rows_added=row.rows_added,
                rows_known=row.rows_known,
                imported_at=row.imported_at,
                person=row.person,
                undone_at=row.undone_at,
                version=row.version,
            )
            for row in found
        )

    def get(self, batch_id: int) -> Batch:
        """One import. `NotFound` when there is none of that number."""
        for batch in self.all():
            if batch.id == batch_id:
                return batch
        raise NotFound(f"There is no import number {batch_id}.")

    def mark_undone(self, batch: Batch, *, at: datetime, person: str) -> None:
        """Write down that the import was taken back. Refused when it was already."""
        question = (
            update(BATCH)  # type: ignore[arg-type]
            .where(BATCH.c.id == batch.id, BATCH.c.version == batch.version, BATCH.c.undone_at.is_(None))
            .values(undone_at=at, undone_by=person, version=batch.version + 1)
        )
        if self._connection.execute(question).rowcount != 1:
            raise Refused(f"The import of {batch.file_name} was taken back already.", hint="Nothing was changed.")
