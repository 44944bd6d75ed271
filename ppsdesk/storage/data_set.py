"""What a database says of itself, and holds for everybody who works with it."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from ppsdesk.storage.rows import DataSetRow


class DataSet:
    """The one row about the database, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def least_published(self) -> int:
        """The least count that may be shown outside of the service; below it figures are hidden."""
        return int(self._connection.execute(select(DataSetRow.least_published)).scalar_one())

    def set_least_published(self, number: int) -> None:
        """Keep another one, for everybody."""
        self._connection.execute(update(DataSetRow).values(least_published=number))
