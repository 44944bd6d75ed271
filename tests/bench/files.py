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
from ppsdesk.storage.base import Base
from ppsdesk.storage.engine import set_pragmas
from ppsdesk.storage.work import Storage
from tests.builders import TODAY

PERSON = "Hana Helpline"
YEARS = 20
MADE = 10_000  # calls made one by one; larger files are copies of these on other days
COPIES = 9
REMOVED = 500  # one call in so many was entered by mistake
LINKS = ("call_topic", "call_advice", "call_stage")
CALL_BACKS = 10  # one call in so many promised a call-back
CLOCK = fixed_clock(TODAY)

# a copy keeps its weekday and its time of day, in another week, and is of other people
_CALL, _PERSON, _STEP = (f"+ copy * (SELECT {each} FROM size)" for each in ("calls", "people", "steps"))
_KEY = "lower(hex(randomblob(16)))"


def _day(column: str) -> str:
    return f"date({column}, (-7 * copy) || ' days')"


def _instant(column: str) -> str:
    return f"strftime('%Y-%m-%dT%H:%M:%S.000000Z', {column}, (-7 * copy) || ' days')"


# by table, what a copy of a row has in place of the row's own; in the order of their references
_MOVED: dict[str, dict[str, str]] = {
    "person": {"id": f"id {_PERSON}", "key": _KEY},
    "call": {
        "id": f"id {_CALL}",
        "key": _KEY,
        "taken_on": _day("taken_on"),
        "started_at": _instant("started_at"),
        "ended_at": _instant("ended_at"),
        "caller_id": f"caller_id {_PERSON}",
    },
    **{link: {"call_id": f"call_id {_CALL}"} for link in LINKS},
    **{
        link: {"call_id": f"call_id {_CALL}", "person_id": f"person_id {_PERSON}"}
        for link in ("call_child", "call_child_stage")
    },
    "next_step": {
        "id": f"id {_STEP}",
        "key": _KEY,
        "call_id": f"call_id {_CALL}",
        "person_id": f"person_id {_PERSON}",
        "due_on": _day("due_on"),
        "asked_at": _instant("asked_at"),
        "ended_at": _instant("ended_at"),
    },
    "step_attempt": {"step_id": f"step_id {_STEP}", "at": _instant("at")},
}
# two days after the asking at the first attempt, four days at the third; now and then nobody is reached
_PROMISE = f"""
INSERT INTO next_step (key, version, kind, state, due_on, owner, words, phone, call_id, asked_at, ended_at)
SELECT {_KEY}, 1, 'call_back', CASE id % 70 WHEN 0 THEN 'given_up' WHEN 10 THEN 'open' ELSE 'done' END,
  taken_on, '', '', '', id, taken_on || 'T10:00:00.000000Z', CASE id % 70 WHEN 10 THEN NULL ELSE recorded_at END
FROM call WHERE id % {CALL_BACKS} = 0 AND id NOT IN (SELECT call_id FROM next_step WHERE call_id IS NOT NULL)
"""
_TRY = f"""
INSERT INTO step_attempt (step_id, number, at, made_by, result, note)
SELECT s.id, n.number, date(c.taken_on, (n.number + s.id % 2) || ' days') || 'T10:00:00.000000Z', '{PERSON}',
  CASE WHEN n.number = 1 + s.id % 3 THEN 'reached' ELSE 'no_answer' END, ''
FROM next_step s JOIN call c ON c.id = s.call_id JOIN (SELECT 1 AS number UNION SELECT 2 UNION SELECT 3) n
WHERE c.id % {CALL_BACKS} = 0 AND s.state = 'done' AND n.number <= 1 + s.id % 3
  AND NOT EXISTS (SELECT 1 FROM step_attempt a WHERE a.step_id = s.id)
"""


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
        connection.execute("DELETE FROM school_term")  # terms by assumed dates are terms of whole months
        connection.execute(_PROMISE)
        connection.execute(_TRY)


def _add_copies(connection: Connection) -> None:
    copies = f"WITH RECURSIVE copies(copy) AS (VALUES (1) UNION ALL SELECT copy + 1 FROM copies WHERE copy < {COPIES})"
    connection.exec_driver_sql(
        "CREATE TEMP TABLE size AS SELECT (SELECT max(id) FROM call) AS calls, (SELECT max(id) FROM person) AS people,"
        " (SELECT max(id) FROM next_step) AS steps"
    )
    for table, moved in _MOVED.items():
        columns = [column.name for column in Base.metadata.tables[table].columns]
        values = ", ".join(moved.get(name, name) for name in columns)
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) {copies} SELECT {values} FROM copies, {table}"
        )
    connection.exec_driver_sql("DROP TABLE size")
