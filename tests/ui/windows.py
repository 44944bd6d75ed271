"""The whole window, as `python main.py` makes it, on a database of the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests import postgres
from ui.application import start
from ui.joined import JoinedWindow

PASSWORD = postgres.PASSWORD


@dataclass
class Windows:
    """Opens windows, and closes them when the test ends."""

    qtbot: QtBot
    opened: list[JoinedWindow]

    def open(
        self, folder: Path, *, database: str = "", practice: bool = False, width: int = 1280, height: int = 800
    ) -> JoinedWindow:
        """A window on this folder's file, or on a shared database, with the database open behind it."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        choices = Choices(folder=DeskFolder(folder).make(), database=database, person="Hana Helpline")
        settings = assembly.SettingsDesk(choices.folder.settings).read()
        window = start(app, choices, settings, practice=practice, password=PASSWORD)
        window.resize(width, height)
        self.opened.append(window)
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    def ready(self, window: JoinedWindow) -> JoinedWindow:
        """Wait until the database is open and the list has its answer."""
        self.qtbot.waitUntil(lambda: window._services.is_open, timeout=20_000)
        kinds = window.pad.form.editor("caller_kind").keys
        self.qtbot.waitUntil(lambda: kinds.count() > 1, timeout=20_000)
        if not window.pad.isVisible():  # a page behind the pad asks when it is seen again
            self.qtbot.waitUntil(lambda: "week" in window.page("today").line, timeout=20_000)
        return window

    def close(self) -> None:
        """Close what is open."""
        close_all(self.opened)


def close_all(opened: list[JoinedWindow]) -> None:
    """Close windows as `python main.py` does, and forget them."""
    for window in opened:
        window.hooks.remove()
        window.pads.rest()
        window.close()
        window.leave()
        shiboken6.delete(window)  # at once: a later change of theme would dress it again
    opened.clear()


def press(keys: str) -> None:
    """Press a key or a combination on whatever has the keyboard; shortcuts of the window included."""
    combination = QKeySequence(keys)[0]
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None, "nothing has the keyboard"
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def type_text(text: str) -> None:
    """Type on whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    for sign in text:  # each is a key of its own for whoever watches
        QTest.keyClicks(widget, sign)


def visible_children(window: QWidget, wanted: Callable[[QWidget], bool]) -> list[QWidget]:
    """Shown widgets below a window that are wanted."""
    return [child for child in window.findChildren(QWidget) if child.isVisibleTo(window) and wanted(child)]


def takes_the_keyboard(widget: QWidget) -> bool:
    """Whether Tab stops there."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None
