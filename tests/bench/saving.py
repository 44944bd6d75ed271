"""Saving a call: what it costs this computer's processor, beside the driver doing exactly the same statements."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage.calls import CALL
from tests.bench.files import PERSON, Files, bare, services
from tests.bench.measuring import Outcome, Scale, figure, side_by_side
from tests.builders import a_call

ALLOWED_MS = 0.5  # what the program may add to the driver
COLUMNS = tuple(column.name for column in CALL.columns if column.name != "id")
CALL_TO_SAVE = a_call(
    topics=(TermCode("annual-review"), TermCode("transport")),
    advice=(TermCode("information-sent"), TermCode("signposting")),
    notes="Asked about the annual review; sent the factsheet.",
)
Save = Callable[[UUID], object]


def save(files: Files, scale: Scale) -> Outcome:
    """Processor time for one call with two topics and two pieces of advice: `CallDesk.log` against bare statements.

    The goal is the floor plus half a millisecond, as a ratio of the floor measured in this run.
    """
    waits: dict[Save, list[float]] = {}

    def batch(one: Save) -> float:
        keys = [uuid4() for _ in range(scale.saves)]
        start, processor = time.perf_counter(), time.process_time()
        for key in keys:
            one(key)
        used = time.process_time() - processor
        waits.setdefault(one, []).append((time.perf_counter() - start) * 1000 / scale.saves)
        return used * 1000 / scale.saves

    with _ours(files, scale) as log, _floor(files, scale) as write:
        for warming in (log, write):
            batch(warming)
        pair = side_by_side(lambda: batch(log), lambda: batch(write), rounds=scale.rounds)
    clock = f"on the clock, disk included: {figure(min(waits[log]))} ms, floor {figure(min(waits[write]))} ms (best)"
    goal = (pair.floor + ALLOWED_MS) / pair.floor
    return Outcome(name="save", unit="ms CPU", pair=pair, goal=goal, notes=(clock,))


@contextmanager
def _ours(files: Files, scale: Scale) -> Iterator[Save]:
    desk = files.copy_of(files.holding(scale.ordinary))
    opened = services(desk)
    yield lambda key: opened.calls.log(replace(CALL_TO_SAVE, key=key))
    opened.close()
    files.give_back(desk)


@contextmanager
def _floor(files: Files, scale: Scale) -> Iterator[Save]:
    desk = files.copy_of(files.holding(scale.ordinary))
    opened = services(desk)
    opened.calls.log(replace(CALL_TO_SAVE, key=uuid4()))  # whose rows the bare statements then write
    opened.close()
    with bare(desk) as connection:
        yield _statements(connection)
    files.give_back(desk)


def _statements(connection: Any) -> Save:
    """What the program writes for the newest call, statement by statement, with every value made ready before."""
    columns = ", ".join(COLUMNS)
    [values] = connection.execute(f"SELECT {columns} FROM call ORDER BY id DESC LIMIT 1").fetchall()
    links = {}
    for table in ("call_topic", "call_advice"):
        found = f"SELECT term_id, position FROM {table} WHERE call_id = (SELECT max(id) FROM call)"
        links[f"INSERT INTO {table} (call_id, term_id, position) VALUES (?, ?, ?)"] = connection.execute(
            found
        ).fetchall()
    place = COLUMNS.index("key")
    before, after = values[:place], values[place + 1 :]
    insert = (
        f"INSERT INTO call ({columns}) VALUES ({', '.join('?' * len(COLUMNS))}) "
        "ON CONFLICT (key) DO NOTHING RETURNING id"
    )

    def write(key: UUID) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE acting_person SET name = ? WHERE id = 1", (PERSON,))
        [(number,)] = connection.execute(insert, (*before, key.hex, *after)).fetchall()
        for statement, rows in links.items():
            connection.executemany(statement, [(number, *row) for row in rows])
        connection.execute("DELETE FROM draft WHERE key = ?", (key.hex,))
        connection.execute("UPDATE acting_person SET name = NULL WHERE id = 1")
        connection.execute("COMMIT")

    return write
