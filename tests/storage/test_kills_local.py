"""The power button, the task manager, a crash: whatever was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from ppsdesk.services.importing import Importing
from ppsdesk.storage.rows import CallRow, ImportBatchRow
from tests.builders import NOW
from tests.harness.checking import ADVICE, TOPICS, troubles
from tests.harness.killing import Nursery, kill_often, nursery
from tests.storage.conftest import OpenLocal

ROWS = 2_000


@pytest.fixture(scope="module")
def desks() -> Iterator[Nursery]:
    """Where desks are forked, with everything imported once."""
    with nursery() as made:
        yield made


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written_after_200_kills(
    desks: Nursery, local_file: Path, open_file: OpenLocal
) -> None:
    kills, keys = kill_often(desks, "log_calls", local_file, times=200, seed=1)
    storage = open_file(local_file)
    assert kills == 200
    assert len(keys) > 200
    assert troubles(storage.engine, keys) == []
    print(f"{kills} kills, {len(keys)} calls acknowledged, {_calls(storage)} on record")


def test_a_desk_that_acknowledges_too_early_is_found_out(
    desks: Nursery, local_file: Path, open_file: OpenLocal
) -> None:
    assert _found_out(desks, "say_saved_too_early", local_file, open_file, "lost: ")


def test_a_desk_that_saves_a_call_in_two_steps_is_found_out(
    desks: Nursery, local_file: Path, open_file: OpenLocal
) -> None:
    assert _found_out(desks, "save_in_two_steps", local_file, open_file, "half: ")


def test_an_import_that_is_killed_leaves_all_of_the_file_or_nothing(
    desks: Nursery, local_file: Path, open_file: OpenLocal
) -> None:
    _write_call_log(local_file.with_name("calls.csv"))
    found = []
    moments = Random(2)
    kills = 0
    while kills < 30:
        seen = desks.run("bring_in", local_file, after=moments.choice((0, 0, 1, 2)), wait=moments.uniform(0, 0.45))
        kills += seen.killed
        storage = open_file(local_file)
        found.append((_calls(storage), _batches(storage)))
        assert troubles(storage.engine, ()) == []
        if found[-1][0] == ROWS:
            importing = Importing(storage, lambda: NOW)
            again = importing.calls(local_file.with_name("calls.csv")).value
            assert (again.added, again.known) == (0, ROWS)
            shutil.copyfile(storage_template(local_file), local_file) if False else None
            importing.undo(importing.batches()[0].id)
        storage.close()
    assert {calls for calls, _ in found} <= {0, ROWS}
    assert found.count((0, found[0][1])) > 0


def _found_out(desks: Nursery, deed: str, path: Path, open_file: OpenLocal, wrong: str) -> bool:
    """Whether the same look that passes the real desk sees the fault of this one, within as many kills."""
    keys = []
    for seed in range(20):
        keys += kill_often(desks, deed, path, times=10, seed=seed)[1]
        storage = open_file(path)
        found = troubles(storage.engine, keys)
        storage.close()
        if any(trouble.startswith(wrong) for trouble in found):
            return True
    return False


def _calls(storage) -> int:
    with storage.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(CallRow)).scalar_one()


def _batches(storage) -> int:
    with storage.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(ImportBatchRow)).scalar_one()


def _write_call_log(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["reference", "taken_at", "line", "caller_kind", "topics", "advice"])
        for number in range(ROWS):
            writer.writerow([f"R{number}", "03/10/2001", "central", "PARENT", ";".join(TOPICS), ";".join(ADVICE)])
