"""Many rows in few statements: what a decision about the law does to the dates of a whole service.

A server works on each statement by itself, and a hundred thousand of them take it half a minute; so it is handed some
thousands of rows at a time, each column as one list. A local file is written by one statement run again and again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Delete,
    Insert,
    String,
    Subquery,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)

from ppsdesk.storage.keyed import AT_ONCE
from ppsdesk.storage.prepared import Prepared

Row = Sequence[Any]


class ManyRows:
    """Rows of one table, whose values stand in the order of `columns`; `key` are those by which a row is found.

    Triggers run for each row as ever, so the trail is the same however the rows come.
    """

    def __init__(self, table: Table, columns: Sequence[str], *, key: Sequence[str]) -> None:
        self._table = table
        self._columns, self._key = tuple(columns), tuple(key)
        self._add_one = Prepared(lambda _: insert(table).inline(), self._columns)
        self._its_row = and_(*(table.c[name] == bindparam(f"its_{name}") for name in self._key))

    def add(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Rows that are known to be new."""
        if connection.dialect.name == "sqlite":
            self._add_one.run_many(connection, rows)
            return
        given = self._given(self._columns)
        self._in_lists(connection, insert(self._table).from_select(self._columns, select(given)), self._columns, rows)

    def change(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Rows that are there, found by their key, with what they are from now on."""
        others = [name for name in self._columns if name not in self._key]
        if connection.dialect.name == "sqlite":
            wanted = update(self._table).where(self._its_row).values({n: bindparam(f"new_{n}") for n in others})
            self._one_by_one(connection, wanted, self._columns, rows)
            return
        given = self._given(self._columns)
        wanted = update(self._table).where(self._is(given)).values({name: given.c[name] for name in others})
        self._in_lists(connection, wanted, self._columns, rows)

    def remove(self, connection: Connection, keys: Sequence[Row]) -> None:
        """The rows with these keys."""
        if connection.dialect.name == "sqlite":
            self._one_by_one(connection, delete(self._table).where(self._its_row), self._key, keys)
            return
        wanted = delete(self._table).where(self._is(self._given(self._key)))
        self._in_lists(connection, wanted, self._key, keys)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _given(self, names: Sequence[str]) -> Subquery:
        """The rows as the server gets them: the lists unrolled side by side."""
        lists = (
            (name, func.json_array_elements_text(cast(bindparam(f"all_{name}", type_=Text()), JSON))) for name in names
        )
        return select(*(cast(each, self._kind(name)).label(name) for name, each in lists)).subquery("given")

    def _kind(self, name: str) -> Any:
        # without a length: cast to a shorter text, a server cuts off what is too long without a word
        kind = self._table.c[name].type
        return Text() if isinstance(kind, String) else kind

    def _is(self, given: Subquery) -> Any:
        return and_(*(self._table.c[name] == given.c[name] for name in self._key))

    def _in_lists(
        self, connection: Connection, statement: Insert | Update | Delete, names: Sequence[str], rows: Sequence[Row]
    ) -> None:
        called = [f"all_{name}" for name in names]
        for some in _some_of(rows):
            lists = (json.dumps(values, default=str) for values in zip(*some, strict=True))
            connection.execute(statement, dict(zip(called, lists, strict=True)))

    def _one_by_one(
        self, connection: Connection, statement: Update | Delete, names: Sequence[str], rows: Sequence[Row]
    ) -> None:
        called = [f"its_{name}" if name in self._key else f"new_{name}" for name in names]
        if rows:
            connection.execute(statement, [dict(zip(called, row, strict=True)) for row in rows])


def _some_of(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """A statement's worth of them at a time: each is done long before a shared server gives it up."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some
