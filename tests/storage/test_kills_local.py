"""The power button, the task manager, a crash: whatever was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic
from uuid import UUID

import pytest
from sqlalchemy import func, select

from ppsdesk.services.importing import Importing
from ppsdesk.storage import opening
from ppsdesk.storage.rows import CallRow, ImportBatchRow
from ppsdesk.storage.work import Storage
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
    print(f"{kills} kills, {len(keys)} calls acknowledged, {_count(storage, CallRow)} on record")


def test_a_desk_that_acknowledges_too_early_is_found_out(
    desks: Nursery, local_file: Path, open_file: OpenLocal
) -> None:
    assert _found_out(desks, "say_saved_too_early", local_file, open_file, "lost: ")


def test_a_desk_that_saves_a_call_in_two_steps_is_found_out(
    desks: Nursery, local_file: Path, open_file: OpenLocal
) -> None:
    assert _found_out(desks, "save_in_two_steps", local_file, open_file, "half: ")


def test_an_import_that_is_killed_leaves_all_of_the_file_or_nothing(
    desks: Nursery, local_template: Path, tmp_path: Path, open_file: OpenLocal
) -> None:
    moments = Random(2)
    kept = []
    kills = 0
    whole = _time_of(desks, "bring_in", _fresh(tmp_path / "whole", local_template))
    while kills < 30:
        path = _fresh(tmp_path / f"{len(kept)}", local_template)
        # it tells: rows understood, rows written
        after, wait = moments.choice(((0, whole), (1, whole / 3), (2, whole / 9)))
        kills += desks.run("bring_in", path, after=after, wait=moments.uniform(0, wait)).killed
        storage = open_file(path)
        kept.append((_count(storage, CallRow), _count(storage, ImportBatchRow)))
        assert troubles(storage.engine, ()) == []
        if kills % 5 == 0 or kept[-1][0]:
            again = Importing(storage, lambda: NOW).calls(path.with_name("calls.csv")).value
            assert (again.known, again.added) == (kept[-1][0], ROWS - kept[-1][0])
            assert _count(storage, CallRow) == ROWS
        storage.close()
    assert set(kept) <= {(0, 0), (ROWS, 1)}
    assert (0, 0) in kept
    print(f"{kills} kills of an import: {kept.count((ROWS, 1))} times all of it, {kept.count((0, 0))} times nothing")


def test_an_import_in_parts_is_found_out(
    desks: Nursery, local_template: Path, tmp_path: Path, open_file: OpenLocal
) -> None:
    path = _fresh(tmp_path / "parts", local_template)
    assert desks.run("bring_in_by_parts", path, after=3, wait=0).killed
    assert _count(open_file(path), CallRow) not in (0, ROWS)


def test_a_database_whose_making_was_killed_is_made_at_the_next_start(
    desks: Nursery, tmp_path: Path, open_file: OpenLocal
) -> None:
    moments = Random(3)
    before = made = 0
    whole = _time_of(desks, "make_database", tmp_path / "whole" / "ppsdesk.db")
    while before + made < 30:
        path = tmp_path / f"{before + made}" / "ppsdesk.db"
        desks.run("make_database", path, wait=moments.uniform(0, whole))
        made += path.exists()
        before += not path.exists()
        storage = open_file(path)
        assert troubles(storage.engine, ()) == []
        assert all(finding.good for finding in opening.check(storage))
        storage.close()
    assert before > 3
    print(f"{before} killed before there was a file, {made} after")


def _time_of(desks: Nursery, deed: str, where: Path) -> float:
    """Seconds it takes here and now when nobody kills it, so that the kills fall within it on any machine."""
    began = monotonic()
    assert not desks.run(deed, where).killed
    return monotonic() - began


def test_what_a_killed_making_left_behind_is_cleared_away_but_not_from_under_another_window(
    local_file: Path, open_file: OpenLocal
) -> None:
    left, busy = (local_file.with_name(f"ppsdesk.db.new-{name}") for name in ("0dead", "1alive"))
    for half in (left, busy):
        half.write_bytes(b"half a database")
    os.utime(left, (0, 0))
    second_name = local_file.with_name("ppsdesk.db.new-2twin")
    os.link(local_file, second_name)
    open_file(local_file)
    assert not left.exists()
    assert not second_name.exists()
    assert busy.exists()


def _found_out(desks: Nursery, deed: str, path: Path, open_file: OpenLocal, wrong: str) -> bool:
    """Whether the same look that passes the real desk sees the fault of this one, within as many kills."""
    keys: list[UUID] = []
    for seed in range(20):
        keys += kill_often(desks, deed, path, times=10, seed=seed)[1]
        storage = open_file(path)
        found = troubles(storage.engine, keys)
        storage.close()
        if any(trouble.startswith(wrong) for trouble in found):
            return True
    return False


def _count(storage: Storage, row: type[CallRow | ImportBatchRow]) -> int:
    with storage.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(row)).scalar_one()


def _fresh(folder: Path, template: Path) -> Path:
    """An empty database with a call log to import beside it."""
    folder.mkdir()
    _write_call_log(folder / "calls.csv")
    shutil.copy(template, folder / "ppsdesk.db")
    return folder / "ppsdesk.db"


def _write_call_log(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["reference", "taken_at", "line", "caller_kind", "topics", "advice"])
        for number in range(ROWS):
            writer.writerow([f"R{number}", "03/10/2001", "central", "PARENT", ";".join(TOPICS), ";".join(ADVICE)])
