"""A program that brings other rules than the last one: at its start dates are worked out again, and it is told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from ppsdesk import __version__, assembly
from ppsdesk.domain.matters import Matter
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.storage import engine
from tests import postgres
from tests.harness.proxy import Proxy
from tests.ui.on_server import Desks
from tests.ui.windows import Windows
from ui.kit.theme import Theme
from ui.working_out_again import WorkingOutAgain

REQUEST = Matter(key=UUID(int=1), happening="request", facts={"request": date(2026, 9, 3)})


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> DeskFolder:
    """A desk with one matter on record."""
    made = DeskFolder(tmp_path / "desk").make()
    desk = assembly.open_services(Choices(folder=made, person="Hana Helpline"), lambda question: None)
    desk.dates.keep(REQUEST)
    desk.dates.refresh()
    desk.close()
    return made


def by_other_rules(folder: DeskFolder) -> None:
    """As if the program before had counted five weeks."""
    file = engine.local(folder.database)
    with file.begin() as connection:
        connection.exec_driver_sql("UPDATE matter_date SET due = '2026-10-08' WHERE clock = 'EHC6'")
        connection.exec_driver_sql("UPDATE dates_worked_out SET stamp = 'x', program = ?", (__version__,))
    file.dispose()


def test_whoever_opens_the_window_is_told_what_the_new_rules_moved(
    folder: DeskFolder, windows: Windows, qtbot: QtBot
) -> None:
    by_other_rules(folder)
    window = windows.ready(windows.open(folder.root))
    qtbot.waitUntil(lambda: window.desk.notices.done.text == "1 date moved.", timeout=20_000)
    [button] = window.desk.notices.done.buttons()
    button.click()
    assert window.current_page().objectName() == "dates"
    assert [one.was for one in window._services.dates.moved()] == [date(2026, 10, 8)]


def test_where_the_rules_are_the_same_nothing_is_said(folder: DeskFolder, windows: Windows, qtbot: QtBot) -> None:
    window, saving = windows.open(folder.root), list[int]()
    window.desk.saving_changed.connect(saving.append)
    windows.ready(window)
    qtbot.waitUntil(lambda: saving[-1:] == [0])
    assert window.desk.notices.done.text == ""
    assert window._services.dates.moved() == ()


def test_where_the_server_goes_away_meanwhile_it_is_done_once_it_is_back(
    desks: Desks, address: str, network: Proxy, server: postgres.Server, qtbot: QtBot
) -> None:
    """The lost server is said by the window's bar; nobody typed anything that could be saved again."""
    database = address.rpartition("/")[2]
    records = desks.on_record(address)
    records.dates.keep(REQUEST)
    records.dates.refresh()
    records.close()
    moved_on_the_server(server, database)
    window = desks.signed_in(desks.open(address))
    notices = window.desk.notices
    qtbot.waitUntil(lambda: notices.done.text == "1 date moved.")  # what every start does
    notices.done.clear()
    working = next(child for child in window.children() if isinstance(child, WorkingOutAgain))
    network.cut(and_refuse=True)
    working._ask()
    qtbot.waitUntil(lambda: bool(window.lost.text) and not window._background._jobs)
    assert notices.trouble.text == ""
    moved_on_the_server(server, database)
    network.flow()
    qtbot.waitUntil(lambda: notices.done.text == "1 date moved.")
    assert notices.trouble.text == ""


def moved_on_the_server(server: postgres.Server, database: str) -> None:
    """As if the program before had counted five weeks."""
    with server.connect(database) as connection:
        connection.execute("UPDATE matter_date SET due = '2026-10-08' WHERE clock = 'EHC6'")
        connection.execute("UPDATE dates_worked_out SET stamp = 'x', program = %s", (__version__,))
