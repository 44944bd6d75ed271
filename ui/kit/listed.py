"""An editor of one line that opens a list under it: nothing in the list is ever taken by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.kit.editor import Editor
from ui.kit.enter import ENTER
from ui.kit.suggestions import Suggestion, Suggestions

KEYS = "Up, Down choose · Enter takes it · Esc closes"


class Listed(Editor):
    """Down opens the list, Up and Down move, Enter takes, Escape closes.

    What is chosen from says itself what it finds (`search`, which ends in `open_rows`) and what taking a row does
    (`pick`); where the answer takes its time, `ready` says whether the rows shown are those of the text in the field.
    """

    hint = KEYS
    frame: QFrame

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: Suggestions | None = None
        self.line = QLineEdit()
        self.line.setProperty("role", "bare")
        self.line.setMinimumWidth(90)
        self.line.textChanged.connect(self.edited)

    def search(self, typed: str) -> None:
        """Find, and `open_rows` with what was found; for "" everything there is to choose from."""
        raise NotImplementedError

    def pick(self, code: str) -> None:
        """Enter on a row, or a click."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether the rows shown are the answer to what stands in the field."""
        return True

    def open_rows(self, rows: Sequence[Suggestion]) -> None:
        """Show the list with these rows; none close it."""
        if self._list is None:
            self._list = Suggestions(self.frame, self.hint)
            self._list.taken.connect(self.pick)
        self._list.show_rows(rows)

    def list_is_open(self) -> bool:
        """Whether there is a list over the form."""
        return self._list is not None and self._list.isVisible()

    def close_list(self) -> None:
        """No list any more."""
        if self._list is not None:
            self._list.hide()

    def key(self, event: QKeyEvent) -> bool:
        """The list's keys while it is open, Down and F4 when it is not."""
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.list_is_open():
            return self.key_in_list(key, ctrl=ctrl)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.search(self.line.text())
            return True
        return False

    def key_in_list(self, key: int, *, ctrl: bool) -> bool:
        """A key while the list is open; True if that was all."""
        assert self._list is not None
        if key in ENTER and not ctrl:
            if self.ready():
                self.pick(self._list.current_code())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            return False
        return True
