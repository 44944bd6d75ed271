"""The whole window on a shared server that a test can take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.assembly import Services
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests import postgres
from tests.conftest import PERSON
from tests.harness.proxy import Proxy
from tests.ui.windows import close_all
from ui.application import start
from ui.joined import JoinedWindow
from ui.kit.theme import Theme
from ui.signing_in import Entry, SigningIn
from ui.start.stuck_room import StuckRoom
from ui.start.waiting_room import WaitingRoom

PATIENCE = 20_000  # milliseconds
QUICK = (0.05, 0.05, 0.05, 0.2)


@dataclass
class Desks:
    """Opens windows on a shared server, and closes them when the test ends."""

    qtbot: QtBot
    folder: Path
    opened: list[JoinedWindow]

    def choices(self, address: str) -> Choices:
        """One desk, whatever the address."""
        return Choices(folder=DeskFolder(self.folder / "desk").make(), database=address, person="Hana Helpline")

    def open(self, address: str, password: str | None = postgres.PASSWORD) -> JoinedWindow:
        """A window with the keyboard in it; what the server says comes later."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        choices = self.choices(address)
        settings = assembly.SettingsDesk(choices.folder.settings).read()
        window = start(app, choices, settings, entry=Entry(choices, password), pauses=QUICK)
        window.resize(1280, 800)
        self.opened.append(window)
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    def signed_in(self, window: JoinedWindow) -> JoinedWindow:
        """Wait until all of the program can be used, and what is to be kept of it is kept."""
        self.qtbot.waitUntil(lambda: window._services.is_open, timeout=PATIENCE)
        self.qtbot.waitUntil(lambda: signing_in(window).room is None, timeout=PATIENCE)
        self.qtbot.waitUntil(self.choices("").folder.last_time.exists, timeout=PATIENCE)
        if not window.pad.isVisible():  # a page behind the pad asks when it is seen again
            self.qtbot.waitUntil(lambda: "week" in window.page("today").line, timeout=PATIENCE)
        return window

    def file_open(self, window: JoinedWindow) -> JoinedWindow:
        """Wait until the file on this computer can be used."""
        self.qtbot.waitUntil(lambda: window._services.is_open, timeout=PATIENCE)
        self.qtbot.waitUntil(lambda: signing_in(window).stuck is None, timeout=PATIENCE)
        self.qtbot.waitUntil(lambda: "week" in window.page("today").line, timeout=PATIENCE)
        return window

    def waiting(self, window: JoinedWindow) -> WaitingRoom:
        """Wait until the window says that the server does not answer."""
        self.qtbot.waitUntil(lambda: signing_in(window).room is not None, timeout=PATIENCE)
        room = signing_in(window).room
        assert room is not None
        return room

    def close(self) -> None:
        """Close what is open."""
        close_all(self.opened)

    def on_record(self, address: str) -> Services:
        """The records, seen past the window."""
        return assembly.open_services(self.choices(address), lambda question: None, password=postgres.PASSWORD)


@pytest.fixture
def desks(qtbot: QtBot, theme: Theme, tmp_path: Path, network: Proxy) -> Iterator[Desks]:
    """Windows of one desk, at the end of a network a test can take away."""
    made = Desks(qtbot, tmp_path, [])
    yield made
    network.flow()
    made.close()


@pytest.fixture
def address(network: Proxy, database: str) -> str:
    """Of the database, through that network."""
    return network.address(database, PERSON)


def stuck(qtbot: QtBot, window: JoinedWindow) -> StuckRoom:
    """Wait until the window says that the records cannot be opened, with the keyboard in it."""
    qtbot.waitUntil(lambda: signing_in(window).stuck is not None, timeout=PATIENCE)
    found = signing_in(window).stuck
    assert found is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found.room.again, timeout=PATIENCE)
    return found.room


def signing_in(window: JoinedWindow) -> SigningIn:
    """What leads the window from its first paint to its open database."""
    found = window.signing_in
    assert isinstance(found, SigningIn)
    return found
