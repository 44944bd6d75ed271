"""Folders of test servers that a killed run left behind are cleared away; those of another run never are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows nothing is cleared away")
AGES_AGO = 1_000_000.0
NOW = AGES_AGO + 10 * postgres.AN_HOUR
A_RUN = """
import sys
from pathlib import Path
from tests import postgres
held = postgres.hold(Path(sys.argv[1]))
print("held" if held else "not held", flush=True)
sys.stdin.read()
"""


def _left(parent: Path, name: str = "left", *, at: float = AGES_AGO, server: int | None = None) -> Path:
    folder = parent / f"{postgres.PREFIX}{name}"
    (folder / "data").mkdir(parents=True)
    (folder / postgres.HELD).touch()
    if server is not None:
        (folder / "data" / "postmaster.pid").write_text(f"{server}\n{folder}\n")
    os.utime(folder, (at, at))
    return folder


def _a_run_with(folder: Path) -> subprocess.Popen[str]:
    run = subprocess.Popen(
        [sys.executable, "-c", A_RUN, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "held\n"
    return run


def test_the_folder_of_another_run_stays_until_that_run_is_killed(tmp_path: Path) -> None:
    folder = _left(tmp_path)
    with _a_run_with(folder) as run:
        postgres.remove_left(tmp_path, now=NOW)
        there = folder.exists()
        run.kill()
        run.wait()
    assert there
    postgres.remove_left(tmp_path, now=NOW)
    assert not folder.exists()


def test_what_the_server_of_a_killed_run_had_in_memory_goes_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, elsewhere = tmp_path / "memory", tmp_path / "elsewhere"
    monkeypatch.setattr(postgres, "MEMORY", memory)
    for parent in (memory, elsewhere):
        (parent / "data").mkdir(parents=True)
        folder = _left(tmp_path, parent.name)
        (folder / "data").rmdir()
        (folder / "data").symlink_to(parent / "data")
        os.utime(folder, (AGES_AGO, AGES_AGO))
    postgres.remove_left(tmp_path, now=NOW)
    assert list(tmp_path.glob(f"{postgres.PREFIX}*")) == []
    assert not (memory / "data").exists()
    assert (elsewhere / "data").exists()


def test_a_folder_whose_server_still_runs_or_that_was_just_made_stays(tmp_path: Path) -> None:
    stay = [
        _left(tmp_path, "with-server", server=os.getpid()),
        _left(tmp_path, "just-made", at=NOW - 60),
        _left(tmp_path, "of-others").rename(tmp_path / "something-else"),
    ]
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    gone = _left(tmp_path, "server-gone", server=ended.pid)
    postgres.remove_left(tmp_path, now=NOW)
    assert [folder.exists() for folder in stay] == [True] * 3
    assert not gone.exists()


def test_a_run_holds_the_folder_of_its_server(server: postgres.Server) -> None:
    assert postgres.hold(server.folder) is None
