"""Backups: sound, of one moment, the newest five kept, and never at the cost of an older one."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import backup, opening
from ppsdesk.storage.work import Storage
from tests.builders import NOW, a_call
from tests.conftest import PERSON
from tests.harness.checking import troubles
from tests.harness.writer import a_full_call
from tests.storage.conftest import OpenLocal, reads_well


def test_a_backup_made_while_somebody_writes_is_sound_and_holds_whole_calls(
    local_file: Path, open_file: OpenLocal, tmp_path: Path
) -> None:
    storage = open_file(local_file)
    desk = CallDesk(storage, lambda: NOW)
    stop, going = threading.Event(), threading.Event()
    saved = []

    def log() -> None:
        while not stop.is_set():
            call = a_full_call()
            desk.log(call)
            saved.append(call.key)
            going.set()

    writer = threading.Thread(target=log)
    writer.start()
    going.wait(10)
    made = []
    for _ in range(5):
        before = list(saved)
        made.append((before, backup.make(local_file, tmp_path / "backups", reason="at-close", now=NOW)))
    stop.set()
    writer.join()
    for before, path in made:
        copy = opening.open_local(path, starters(), person=PERSON, backups=tmp_path / "none", now=NOW)
        assert troubles(copy.engine, before) == []
        copy.close()
    assert troubles(storage.engine, saved) == []


def test_a_copied_file_would_have_been_no_backup(local_file: Path, open_file: OpenLocal) -> None:
    """Why the database's own backup is used: what was saved last stands in the log beside the file."""
    call = a_call()
    CallDesk(open_file(local_file), lambda: NOW).log(call)
    assert call.key.hex.encode() not in local_file.read_bytes()


def test_the_newest_five_of_each_reason_are_kept(local_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    before_upgrade = backup.make(local_file, folder, reason="before-upgrade", now=NOW)
    made = [backup.make(local_file, folder, reason="at-close", now=NOW + timedelta(hours=n)) for n in range(8)]
    assert set(folder.iterdir()) == {before_upgrade, *made[-5:]}
    assert backup.newest(folder) == made[-1]


def test_a_clock_that_stands_still_or_goes_back_costs_no_backup(local_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = [backup.make(local_file, folder, reason="at-close", now=NOW - timedelta(days=n // 2)) for n in range(7)]
    assert len(set(made)) == 7
    assert set(folder.iterdir()) == set(made[-5:])


def test_a_backup_that_fails_leaves_the_older_ones_and_no_half_one(
    local_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    made = [backup.make(local_file, folder, reason="at-close", now=NOW) for _ in range(5)]

    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StorageUnavailable, match="No backup could be made") as refused:
        backup.make(local_file, folder, reason="at-close", now=NOW)
    assert reads_well(refused.value)
    assert set(folder.iterdir()) == set(made)


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(local_file: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("")
    with pytest.raises(StorageUnavailable, match="No backup could be made") as refused:
        backup.make(local_file, tmp_path / "backups", reason="at-close", now=NOW)
    assert reads_well(refused.value)


def test_what_a_killed_backup_left_is_no_backup_and_goes_with_time(local_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    left, busy = folder / "ppsdesk-at-close-1.part", folder / "ppsdesk-at-close-2.part"
    for half in (left, busy):
        half.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert backup.newest(folder) is None
    made = backup.make(local_file, folder, reason="at-close", now=NOW)
    assert set(folder.iterdir()) == {busy, made}


def test_a_backup_is_one_file_that_can_be_carried_away(local_file: Path, open_file: OpenLocal, tmp_path: Path) -> None:
    desk = CallDesk(open_file(local_file), lambda: NOW)
    number = desk.log(a_call(notes="carried")).value
    made = backup.make(local_file, tmp_path / "backups", reason="at-close", now=NOW)
    alone = tmp_path / "elsewhere" / "ppsdesk.db"
    alone.parent.mkdir()
    made.rename(alone)
    assert CallDesk(open_file(alone), lambda: NOW).get(number).notes == "carried"


def test_closing_carries_everything_into_the_one_file_and_may_be_done_twice(
    local_file: Path, open_file: OpenLocal
) -> None:
    storage: Storage = open_file(local_file)
    call = a_call()
    CallDesk(storage, lambda: NOW).log(call)
    storage.close()
    storage.close()
    assert [path.name for path in local_file.parent.iterdir()] == ["ppsdesk.db"]
    assert call.key.hex.encode() in local_file.read_bytes()
