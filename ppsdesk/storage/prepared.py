"""Statements put together once and run often: saving a call, and taking in a hundred thousand.

SQLAlchemy looks a statement up again for each execution, which for a row of thirty columns takes longer than writing
it. Here its text and the conversion of its values are kept; they still go through the same connection and events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Delete, Dialect, Insert

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


class Prepared:
    """A statement for either database; `make` is given the dialect's name, `columns` are those an insert fills."""

    def __init__(self, make: Callable[[str], Insert | Delete], columns: Iterable[str] = ()) -> None:
        self._make = make
        self._columns = tuple(columns)
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, values: Values) -> CursorResult[Any]:
        """Once, with a value for every column and parameter."""
        ready = self._for(connection.dialect)
        return connection.exec_driver_sql(ready.text, ready.parameters(values))

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Once for each row; nothing for none."""
        if rows:
            ready = self._for(connection.dialect)
            connection.exec_driver_sql(ready.text, [ready.parameters(row) for row in rows])

    def _for(self, dialect: Dialect) -> _Ready:
        if dialect.name not in self._ready:
            self._ready[dialect.name] = _Ready(self._make(dialect.name), self._columns, dialect)
        return self._ready[dialect.name]


class _Ready:
    """Text as the driver takes it, and values made fit for it in its own order or by name."""

    def __init__(self, statement: Insert | Delete, columns: tuple[str, ...], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
        self.text = str(compiled)
        self._by_place = dialect.positional
        names: Sequence[str] = getattr(compiled, "positiontup", None) or tuple(compiled.params)
        kinds = {bind.key: bind.type.dialect_impl(dialect) for bind in compiled.bind_names}
        self._converts: list[tuple[str, Convert | None]] = [(n, kinds[n].bind_processor(dialect)) for n in names]

    def parameters(self, values: Values) -> Any:
        """One row's values as the driver takes them."""
        if self._by_place:
            return tuple([convert(values[name]) if convert else values[name] for name, convert in self._converts])
        return {name: convert(values[name]) if convert else values[name] for name, convert in self._converts}
