"""Databases to measure on, made anew in each run: a few thousand practice calls, copied until there are enough."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ppsdesk import assembly
from ppsdesk.services.beginning import Choices, fixed_clock
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import audit, opening
from ppsdesk.storage.calls import CALL
from ppsdesk.storage.engine import set_pragmas
from ppsdesk.storage.work import Storage
from tests.builders import TODAY

PERSON = "Hana Helpline"
YEARS = 20
MADE = 10_000  # calls made one by one; larger files are copies of these on other days
COPIES = 9
REMOVED = 500  # one call in so many was entered by mistake
LINKS = ("call_topic", "call_advice", "call_stage")
CLOCK = fixed_clock(TODAY)

# a copy keeps its weekday and its time of day, in another week
_MOVED = {
    "id": "id + copy * (SELECT calls FROM size)",
    "key": "lower(hex(randomblob(16)))",
    "taken_on": "date(taken_on, (-7 * copy) || ' days')",
    "started_at": "strftime('%Y-%m-%dT%H:%M:%S.000000Z', started_at, (-7 * copy) || ' days')",
    "ended_at": "strftime('%Y-%m-%dT%H:%M:%S.000000Z', ended_at, (-7 * copy) || ' days')",
}


class Files:
    """The databases of one run, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copied = 0

    @property
    def folder(self) -> Path:
        """Where everything of this run lies."""
        return self._folder

    def holding(self, calls: int) -> Path:
        """The folder of a desk with so many calls over twenty years; for reading only."""
        desk = self._folder / f"calls-{calls}"
        if not desk.exists():
            if calls > MADE:
                self._grow(self.holding(calls // (COPIES + 1)), desk)
            else:
                _fill(desk, calls)
        return desk

    def copy_of(self, desk: Path) -> Path:
        """The same desk once more, to write in. The file is closed, so it may be copied as a file."""
        self._copied += 1
        copy = self._folder / f"copy-{self._copied}"
        DeskFolder(copy).make()
        shutil.copy(DeskFolder(desk).database, DeskFolder(copy).database)
        return copy

    def give_back(self, desk: Path) -> None:
        """A copy is not needed any more."""
        shutil.rmtree(desk)

    def _grow(self, smaller: Path, larger: Path) -> None:
        copy = self.copy_of(smaller)
        with closing_storage(copy) as storage, storage.engine.begin() as connection:
            audit.remove_triggers(connection)
            _add_copies(connection)
            audit.make_triggers(connection)
        copy.rename(larger)


def services(desk: Path) -> assembly.Services:
    """The services on a desk's file, on the day all practice calls end with."""
    chosen = Choices(folder=DeskFolder(desk), person=PERSON, as_of=TODAY)
    return assembly.open_services(chosen, lambda question: None)


class closing_storage:  # noqa: N801  # used as a word in a with statement
    """The storage of a desk, closed again afterwards."""

    def __init__(self, desk: Path) -> None:
        folder = DeskFolder(desk).make()
        self._storage = opening.open_local(
            folder.database, starters(), person=PERSON, backups=folder.backups, now=CLOCK()
        )

    def __enter__(self) -> Storage:
        return self._storage

    def __exit__(self, *_error: object) -> None:
        self._storage.close()


def bare(desk: Path) -> closing[Any]:
    """The driver alone on a desk's file, with the product's pragmas; transactions are the caller's."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(DeskFolder(desk).database), check_same_thread=False)
    connection.isolation_level = None
    set_pragmas(connection)
    return closing(connection)


def _fill(desk: Path, calls: int) -> None:
    DeskFolder(desk).make()
    opened = services(desk)
    opened.practice.fill(years=YEARS, calls_per_year=max(1, calls // YEARS))
    opened.close()
    with bare(desk) as connection:
        connection.execute(f"UPDATE call SET removed_at = recorded_at WHERE id % {REMOVED} = 0")


def _add_copies(connection: Connection) -> None:
    columns = [column.name for column in CALL.columns]
    copies = f"WITH RECURSIVE copies(copy) AS (VALUES (1) UNION ALL SELECT copy + 1 FROM copies WHERE copy < {COPIES})"
    values = ", ".join(_MOVED.get(name, name) for name in columns)
    connection.exec_driver_sql("CREATE TEMP TABLE size AS SELECT max(id) AS calls FROM call")
    connection.exec_driver_sql(f"INSERT INTO call ({', '.join(columns)}) {copies} SELECT {values} FROM copies, call")
    for table in LINKS:
        connection.exec_driver_sql(
            f"INSERT INTO {table} (call_id, term_id, position) {copies} "
            f"SELECT call_id + copy * (SELECT calls FROM size), term_id, position FROM copies, {table}"
        )
    connection.exec_driver_sql("DROP TABLE size")
