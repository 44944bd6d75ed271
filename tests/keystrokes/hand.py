"""A hand at the keyboard: real key events to the window that is shown, each of them counted.

Operators of the keystroke-level model (Card, Moran, Newell 1980): K 0.28 s for a key of an average typist, M 1.35 s
for a decision, P 1.1 s, H 0.4 s; R is what the program lets one wait, measured. Keys of text that is written down while
somebody talks are counted apart: they are part of the total, not of what the program costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

K, M = 0.28, 1.35
MOUSE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel})


class _Mouse(QObject):
    """Sees every press of the mouse in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let it go on."""
        self.presses += event.type() in MOUSE and isinstance(watched, QWidget)
        return False


@dataclass
class Hand:
    """Presses keys where the keyboard is; `keys`, `text`, `thoughts` and `waited` (seconds) are what it took."""

    qtbot: QtBot
    keys: int = 0
    text: int = 0
    thoughts: int = 0
    waited: float = 0.0
    _mouse: _Mouse = field(default_factory=_Mouse)

    def __enter__(self) -> Hand:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self._mouse)
        return self

    def __exit__(self, *_: object) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.removeEventFilter(self._mouse)

    @property
    def clicks(self) -> int:
        """Presses of the mouse, wherever they came from."""
        return self._mouse.presses

    @property
    def overhead(self) -> float:
        """Seconds the program costs: keys that are no text, decisions, waiting."""
        return self.keys * K + self.thoughts * M + self.waited

    @property
    def total(self) -> float:
        """Seconds with the text."""
        return self.overhead + self.text * K

    def think(self) -> None:
        """A decision: what to look for, what to choose, what to write."""
        self.thoughts += 1

    def press(self, *combinations: str) -> None:
        """Keys or combinations; a combination is one stroke, as its modifiers are held by the other hand."""
        for words in combinations:
            self.keys += 1
            combination = QKeySequence(words)[0]
            QTest.keyClick(_keyboard(), combination.key(), combination.keyboardModifiers())

    def type(self, letters: str) -> None:
        """Letters that steer the program: part of the overhead."""
        self.keys += len(letters)
        _send(letters)

    def write(self, letters: str) -> None:
        """Text that is written down: a note, a name, a number."""
        self.text += len(letters)
        _send(letters)

    def wait(self, until: Callable[[], bool], timeout: int = 5_000) -> None:
        """Wait for the program, as somebody who looks at the screen does; measured."""
        started = monotonic()
        self.qtbot.waitUntil(until, timeout=timeout)
        self.waited += monotonic() - started


def _keyboard() -> QWidget:
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None, "nothing has the keyboard"
    return widget


def _send(letters: str) -> None:
    for letter in letters:
        if letter.isascii():
            QTest.keyClick(_keyboard(), letter)
        else:  # the test library aborts on them
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(_keyboard(), event)
