"""Screens on a real database: the desk a window gives them, keys pressed where the keyboard is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.notices import Notices
from ui.kit.theme import Theme

# for what a screen does whatever the database; journeys run on both
on_a_local_file = pytest.mark.parametrize("make_storage", ["sqlite"], indirect=True)

NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class WatchedNotices(Notices):
    """Notices that remember the program's own faults instead of opening a dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[BaseException] = []

    def report(self, error: BaseException) -> None:
        """Remember it."""
        self.faults.append(error)


@pytest.fixture
def window_desk(desk: Services, qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    """The desk of a window, on both databases in turn. A fault of the program during the test fails it."""
    background, notices = Background(), WatchedNotices()
    qtbot.addWidget(notices)
    yield Desk(desk, background, notices)
    assert background.finish(20_000)
    assert notices.faults == []


def keyboard() -> QWidget:
    """The widget the keyboard is in; there must be one."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY, times: int = 1) -> None:
    """Press a key where the keyboard is."""
    for _ in range(times):
        QTest.keyClick(keyboard(), key, held)


def write(text: str) -> None:
    """Type where the keyboard is, letters of every language."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(keyboard(), letter)
        else:  # the test library aborts on them
            QApplication.sendEvent(keyboard(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NO_KEY, letter))


def tab_to(name: str) -> None:
    """Press Tab until the keyboard is in the widget of that accessible name."""
    for _ in range(40):
        if name in keyboard().accessibleName():
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches “{name}”.")


def settle() -> None:
    """Words that wrap ask for their height once they have their width."""
    for _ in range(4):
        QApplication.processEvents()


def label_texts(widget: QWidget) -> list[str]:
    """What every visible label in a widget says; all of them must be plain text."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    return [label.text() for label in labels]
