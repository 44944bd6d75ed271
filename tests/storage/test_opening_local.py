"""A file that cannot be used is refused in one sentence and stays as it was, byte for byte."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from ppsdesk.domain.errors import CannotStart, DeskError, StorageTooNew
from ppsdesk.domain.selection import Selection
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import backup, engine, opening, schema
from tests.builders import NOW, a_call
from tests.harness.killing import ROOT
from tests.storage.conftest import OpenLocal, reads_well

Spoil = Callable[[Path], None]


def _another_programs(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE recipe (name TEXT)")
        other.execute("INSERT INTO recipe VALUES ('Barley soup')")
    other.close()


def _newer(path: Path) -> None:
    _say(path, "UPDATE alembic_version SET version_num = '9999'")


def _never_ours(path: Path) -> None:
    _say(path, "UPDATE alembic_version SET version_num = 'a1b2c3d4e5f6'")


def _without_version(path: Path) -> None:
    _say(path, "DELETE FROM alembic_version")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("Dear Hana, here are the calls of last term.\n" * 400, encoding="utf-8")


def _cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _first_page_gone(path: Path) -> None:
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def _say(path: Path, statement: str) -> None:
    changed = engine.local(path)
    with changed.begin() as connection:
        connection.exec_driver_sql(statement)
    changed.dispose()


SPOILT: dict[Spoil, str] = {
    _another_programs: "is a database of another program",
    _newer: "was made by a later version of ppsdesk (schema 9999",
    _never_ours: "holds tables of another program",
    _without_version: "does not say which version",
    _empty: "is empty (0 bytes)",
    _text: "is not a ppsdesk database",
    _cut_short: "damaged",
    _first_page_gone: "is not a ppsdesk database",
}


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence_and_left_alone(
    spoil: Spoil, local_file: Path, open_file: OpenLocal
) -> None:
    spoil(local_file)
    before = local_file.read_bytes()
    with pytest.raises(CannotStart) as refused:
        open_file(local_file)
    assert SPOILT[spoil] in refused.value.sentence
    assert reads_well(refused.value)
    assert local_file.read_bytes() == before
    assert not (local_file.parent / "backups").exists()


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__.strip("_"))
def test_the_command_line_refuses_it_with_status_1_and_no_traceback(
    spoil: Spoil, local_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(local_file)
    assert main.main(["check", "--data-dir", str(local_file.parent)]) == 1
    said = capsys.readouterr()
    assert SPOILT[spoil] in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.out + said.err


def test_a_later_version_is_its_own_kind_of_refusal(local_file: Path, open_file: OpenLocal) -> None:
    _newer(local_file)
    with pytest.raises(StorageTooNew, match=f"schema 9999; this is {schema.HEAD}"):
        open_file(local_file)


def test_another_programs_crash_is_not_tidied_up_by_us(tmp_path: Path, open_file: OpenLocal) -> None:
    """Its write-ahead log holds what it has not carried over yet: opening to write would do that for it."""
    theirs, path = tmp_path / "theirs.db", tmp_path / "desk" / "ppsdesk.db"
    path.parent.mkdir()
    program = (
        f"import os, sqlite3; c = sqlite3.connect({str(theirs)!r}); c.execute('PRAGMA journal_mode=WAL');"
        "c.execute('CREATE TABLE recipe (name TEXT)'); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    for ending in ("", "-wal"):
        shutil.copy(f"{theirs}{ending}", f"{path}{ending}")
    before = {name: (path.parent / name).read_bytes() for name in ("ppsdesk.db", "ppsdesk.db-wal")}
    with pytest.raises(CannotStart, match="another program"):
        open_file(path)
    assert {name: (path.parent / name).read_bytes() for name in before} == before


def test_our_own_crash_in_the_old_journal_is_carried_out_at_the_next_start(
    local_file: Path, open_file: OpenLocal
) -> None:
    """As a restored backup has it, which is not in write-ahead mode yet when the computer stops."""
    program = (
        "import os, sqlcipher3.dbapi2 as s\n"
        f"c = s.connect({str(local_file)!r}, isolation_level=None)\n"
        "for said in ('journal_mode=DELETE', 'cache_size=1', 'cache_spill=1'): c.execute(f'PRAGMA {said}')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "for n in range(2000): c.execute('INSERT INTO draft VALUES (?,?,?,?,?,?)', (f'{n:032}', *'xxxx', '{}'))\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    assert local_file.with_name("ppsdesk.db-journal").stat().st_size > 0
    storage = open_file(local_file)
    assert all(finding.good for finding in opening.check(storage))
    with storage.reading() as work:
        assert work.drafts.of("x") == ()


def test_a_folder_is_not_a_database(tmp_path: Path, open_file: OpenLocal) -> None:
    (tmp_path / "ppsdesk.db").mkdir()
    with pytest.raises(CannotStart, match="is a folder"):
        open_file(tmp_path / "ppsdesk.db")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes among its files")
def test_a_pipe_is_refused_and_nobody_waits_for_it(tmp_path: Path, open_file: OpenLocal) -> None:
    os.mkfifo(tmp_path / "ppsdesk.db")
    with pytest.raises(CannotStart, match="not an ordinary file"):
        open_file(tmp_path / "ppsdesk.db")


def test_a_link_to_nowhere_is_refused(tmp_path: Path, open_file: OpenLocal) -> None:
    (tmp_path / "ppsdesk.db").symlink_to(tmp_path / "gone" / "ppsdesk.db")
    with pytest.raises(CannotStart) as refused:
        open_file(tmp_path / "ppsdesk.db")
    assert reads_well(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ppsdesk.db"]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path, open_file: OpenLocal) -> None:
    (tmp_path / "desk").write_text("")
    with pytest.raises(CannotStart) as refused:
        open_file(tmp_path / "desk" / "ppsdesk.db")
    assert reads_well(refused.value)


READ_ONLY = """
import os, sys
from pathlib import Path
from ppsdesk.domain.errors import DeskError
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from tests.builders import NOW
import sqlcipher3.dbapi2, alembic.command
paths, begun_with = map(Path, sys.argv[1:]), starters()
if os.geteuid() == 0:  # nothing is read-only to root
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for path in paths:
    try:
        opening.open_local(path, begun_with, person="hana", backups=path.parent / "backups", now=NOW).close()
    except DeskError as error:
        print(path.parent.name, type(error).__name__, error.sentence)
    else:
        print(path.parent.name, "opened")
"""
# rights of the file and of its folder, and whether that is enough to work
RIGHTS = {
    "file": (0o444, 0o777, "CannotStart The database"),
    "folder": (0o666, 0o555, "CannotStart The database"),
    "both": (0o444, 0o555, "CannotStart The database"),
    "secret": (0o000, 0o777, "CannotStart The database"),
    "closed": (0o000, 0o000, "CannotStart The database"),
    "free": (0o666, 0o777, "opened"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_what_may_not_be_written_is_refused_in_one_sentence(local_template: Path, journal: str) -> None:
    place = Path(tempfile.mkdtemp(prefix="ppsdesk-rights-"))  # below pytest's own folder another user may not go
    place.chmod(0o755)
    try:
        paths = [place / name / "ppsdesk.db" for name in RIGHTS]
        for path, (file, folder, _) in zip(paths, RIGHTS.values(), strict=True):
            path.parent.mkdir()
            shutil.copy(local_template, path)
            changed = sqlite3.connect(path)
            changed.execute(f"PRAGMA journal_mode={journal}")
            changed.close()
            path.chmod(file)
            path.parent.chmod(folder)
        before = [path.read_bytes() for path in paths[:-1]] if os.geteuid() == 0 else []
        command = [sys.executable, "-c", READ_ONLY, *map(str, paths)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        for line, (name, (_, _, wanted)) in zip(done.stdout.splitlines(), RIGHTS.items(), strict=True):
            assert line.startswith(f"{name} {wanted}"), done.stdout
        assert [path.read_bytes() for path in paths[: len(before)]] == before
    finally:
        for name in RIGHTS:
            (place / name).chmod(0o777)
        shutil.rmtree(place)


def test_two_windows_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "ppsdesk.db"
    program = (
        "import sys; from pathlib import Path; from ppsdesk.services.starter_lists import starters;"
        "from ppsdesk.storage import opening; from tests.builders import NOW\n"
        f"path = Path({str(path)!r})\n"
        "opening.open_local(path, starters(), person='hana', backups=path.parent / 'backups', now=NOW).close()"
    )
    both = [subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) for _ in range(2)]
    assert [window.wait(60) for window in both] == [0, 0]
    assert sorted(found.name for found in path.parent.iterdir()) == ["ppsdesk.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be moved")
@pytest.mark.parametrize("instead", ["nothing", "an older copy"])
def test_a_file_that_was_moved_away_while_open_takes_no_more_calls(
    local_file: Path, local_template: Path, open_file: OpenLocal, instead: str
) -> None:
    desk = CallDesk(open_file(local_file), lambda: NOW)
    desk.log(a_call())
    local_file.rename(local_file.with_name("moved.db"))
    if instead != "nothing":
        shutil.copy(local_template, local_file)
    with pytest.raises(CannotStart, match="moved or replaced") as refused:
        desk.log(a_call())
    assert reads_well(refused.value)


def test_a_memory_stick_that_knows_no_second_names_will_do(
    tmp_path: Path, open_file: OpenLocal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_names: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    path = tmp_path / "ppsdesk.db"
    assert CallDesk(open_file(path), lambda: NOW).count(Selection()) == 0
    assert not list(tmp_path.glob("*.new-*"))


def test_the_file_and_its_folder_are_for_this_person_alone(tmp_path: Path, open_file: OpenLocal) -> None:
    path = tmp_path / "desk" / "ppsdesk.db"
    CallDesk(open_file(path), lambda: NOW).log(a_call())
    kept = backup.make(path, path.parent / "backups", reason="at-close", now=NOW)
    if os.name != "nt":
        assert {file.stat().st_mode & 0o077 for file in (*path.parent.iterdir(), kept)} == {0}


def test_every_protection_is_on_and_a_setting_that_does_not_take_is_a_refusal(
    local_file: Path, open_file: OpenLocal
) -> None:
    with open_file(local_file).engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
    assert said == ["wal", 2, 1, 0, 10_000]

    class Deaf:
        """A database that answers every setting with what it wants."""

        def execute(self, _statement: str) -> Deaf:
            return self

        def fetchone(self) -> tuple[int]:
            return (1,)

    with pytest.raises(DeskError, match="does not accept a safety setting"):
        engine.set_pragmas(Deaf())


def test_a_full_disk_is_said_so_and_keeps_what_was_saved_before(local_file: Path, open_file: OpenLocal) -> None:
    storage = open_file(local_file)
    desk = CallDesk(storage, lambda: NOW)
    desk.log(a_call())
    with storage.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DeskError, match="disk is full") as refused:
        desk.log(a_call(notes="long " * 19_000))
    assert reads_well(refused.value)
    assert desk.count(Selection()) == 1
    assert all(finding.good for finding in opening.check(storage))


def test_the_schema_says_which_versions_it_can_bring_up() -> None:
    assert max(schema.known_revisions()) == schema.HEAD
    assert starters()
