"""Statements put together once and run often: saving a call, and taking in a hundred thousand.

SQLAlchemy looks a statement up again for each execution, which for a row of thirty columns takes longer than writing
it. Here its text and the conversion of its values are kept, and on SQLite handed to the driver of the same connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert

from ppsdesk.storage.engine import straight

Row = Sequence[Any]
Convert = Callable[[Any], Any]


class Prepared:
    """A statement for either database; `make` is given the dialect's name.

    `columns` are the columns an insert fills, in the table's order, or the names of its parameters. A row holds their
    values in that order.
    """

    def __init__(self, make: Callable[[str], Insert | Delete], columns: Iterable[str]) -> None:
        self._make = make
        self._columns = tuple(columns)
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, row: Row) -> Any:
        """Once, with these values; the first value it answers with, None for no answer."""
        ready = self._for(connection.dialect)
        if connection.dialect.name == "sqlite":
            answer = straight(connection, ready.text, ready.parameters(row)).fetchone()
            return answer[0] if answer else None
        result = connection.exec_driver_sql(ready.text, ready.parameters(row))
        return result.scalar() if result.returns_rows else None

    def run_many(self, connection: Connection, rows: Iterable[Row]) -> None:
        """Once for each row; nothing for none."""
        ready = self._for(connection.dialect)
        values = [ready.parameters(row) for row in rows]
        if values and connection.dialect.name == "sqlite":
            straight(connection, ready.text, values, many=True)
        elif values:
            connection.exec_driver_sql(ready.text, values)

    def _for(self, dialect: Dialect) -> _Ready:
        if dialect.name not in self._ready:
            self._ready[dialect.name] = _Ready(self._make(dialect.name), self._columns, dialect)
        return self._ready[dialect.name]


class _Ready:
    """Text as the driver takes it, and the values that have to be made fit for it, by their place in the row."""

    def __init__(self, statement: Insert | Delete, columns: tuple[str, ...], dialect: Dialect) -> None:
        inserted = list(columns) if isinstance(statement, Insert) else None
        compiled = statement.compile(dialect=dialect, column_keys=inserted)
        self.text = str(compiled)
        self._names = None if dialect.positional else columns
        if dialect.positional and tuple(getattr(compiled, "positiontup", ())) != columns:
            raise ValueError(f"these columns are not in the statement's order: {columns}")
        kinds = {bind.key: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in compiled.bind_names}
        self._converts = [(place, convert) for place, name in enumerate(columns) if (convert := kinds[name])]

    def parameters(self, row: Row) -> Any:
        """One row's values as the driver takes them: by place, or by name."""
        if self._converts:
            fit = list(row)
            for place, convert in self._converts:
                fit[place] = convert(fit[place])
            row = tuple(fit)
        return row if self._names is None else dict(zip(self._names, row, strict=True))
