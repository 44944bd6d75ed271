"""From a shared server to the file on this computer and back: what is looked at, kept, and left alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ppsdesk import assembly
from ppsdesk.domain.errors import Invalid, Refused
from ppsdesk.domain.selection import Selection
from ppsdesk.services import beginning
from ppsdesk.services.leaving_server import file_here, work_in_file
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import SettingsDesk, ThemeMode
from ppsdesk.storage import engine
from tests.builders import a_call
from tests.storage.conftest import reads_well

SERVER = "postgresql://hana@db.anyshire.example/helpline"


@pytest.fixture
def folder(tmp_path: Path) -> DeskFolder:
    """Of a desk that works on a shared server."""
    made = DeskFolder(tmp_path / "desk").make()
    SettingsDesk(made.settings).change(database=SERVER, set_up=True, service="Anyshire", theme=ThemeMode.DARK)
    return made


def everything_in(folder: DeskFolder) -> dict[str, bytes]:
    """Every file of the desk, without what any reader of a local file leaves beside it."""
    found = (path for path in folder.root.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal")))
    return {str(path.relative_to(folder.root)): path.read_bytes() for path in found}


def test_where_there_is_no_file_yet_that_is_said_and_none_is_made(folder: DeskFolder) -> None:
    before = everything_in(folder)
    found = file_here(folder, unfinished=2)
    assert (found.name, found.last_used, found.unfinished) == ("ppsdesk.db", None, 2)
    assert everything_in(folder) == before


def test_a_file_that_is_there_is_found_and_left_as_it_is(folder: DeskFolder, local_template: Path) -> None:
    shutil.copy(local_template, folder.database)
    before = everything_in(folder)
    found = file_here(folder)
    assert found.last_used is not None
    assert found.last_used.timestamp() == pytest.approx(folder.database.stat().st_mtime, abs=1)
    assert everything_in(folder) == before


def damaged(path: Path) -> None:
    path.write_bytes(b"no database at all, only some words of ours" * 100)


def empty(path: Path) -> None:
    path.touch()


def of_a_later_version(path: Path) -> None:
    opened = engine.local(path)
    with opened.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    opened.dispose()


def of_another_program(path: Path) -> None:
    opened = engine.local(path)
    with opened.begin() as connection:
        connection.exec_driver_sql("PRAGMA application_id = 1")
    opened.dispose()


@pytest.mark.parametrize("spoil", [damaged, empty, of_a_later_version, of_another_program])
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_changed(
    folder: DeskFolder, local_template: Path, spoil: Callable[[Path], None]
) -> None:
    if spoil is not empty:
        shutil.copy(local_template, folder.database)
    spoil(folder.database)
    before = everything_in(folder)
    with pytest.raises(Refused, match=r"file on this computer, ppsdesk\.db, cannot be used") as refused:
        file_here(folder)
    assert reads_well(refused.value)
    assert everything_in(folder) == before


def test_the_next_start_is_in_the_file_and_all_other_settings_stay(folder: DeskFolder) -> None:
    settings = SettingsDesk(folder.settings)
    assert beginning.choices(folder=folder).database == SERVER
    kept = work_in_file(settings, "  Hana   Helpline ").value
    assert (kept.service, kept.theme, kept.set_up) == ("Anyshire", ThemeMode.DARK, True)
    chosen = beginning.choices(folder=folder)
    assert (chosen.database, chosen.person) == ("", "Hana Helpline")
    desk = assembly.open_services(chosen, lambda question: None)
    assert not desk.whereabouts.shared
    assert list(desk.calls.ids(Selection())) == []  # made new
    desk.close()


def test_a_file_that_was_there_is_opened_with_its_calls_however_often_one_goes_to_and_fro(folder: DeskFolder) -> None:
    settings = SettingsDesk(folder.settings)
    for calls in range(3):
        work_in_file(settings, "Hana Helpline")
        desk = assembly.open_services(beginning.choices(folder=folder), lambda question: None)
        assert len(desk.calls.ids(Selection())) == calls
        desk.calls.log(a_call())
        desk.close()
        settings.change(database=SERVER)
        assert beginning.choices(folder=folder).database == SERVER


def test_a_desk_that_was_only_ever_pointed_at_a_server_counts_as_set_up_in_its_file(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk").make()
    SettingsDesk(folder.settings).change(database=SERVER)
    assert work_in_file(SettingsDesk(folder.settings), "Hana Helpline").value.set_up
    assert SettingsDesk(folder.settings).read().set_up


def test_the_longest_name_that_is_allowed_is_kept_to_the_letter(folder: DeskFolder) -> None:
    assert work_in_file(SettingsDesk(folder.settings), "x" * 120).value.person == "x" * 120


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_without_a_name_nothing_is_changed(folder: DeskFolder, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        work_in_file(SettingsDesk(folder.settings), name)
    assert refused.value.problems.keys() == {"person"}
    assert beginning.choices(folder=folder).database == SERVER
