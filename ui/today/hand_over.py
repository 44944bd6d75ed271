"""Naming who does a step from now on: one line, with the names that are known as suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ppsdesk.domain.steps import Step
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.matching import found_by
from ui.kit.suggestions import Suggestion, Suggestions
from ui.kit.words import label, spaced


class HandOver(QWidget):
    """Not there until `ask`. `chosen` carries the step and the name, `closed` when it was put away again."""

    chosen = Signal(object, str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._step: Step | None = None
        self._names: tuple[str, ...] = ()
        self._list: Suggestions | None = None
        self.line = QLineEdit(self)
        self.line.setAccessibleName("Hand over to")
        self.line.setPlaceholderText("Name; empty for nobody in particular")
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._typed)
        self.button = KeyButton("Hand over", "Enter").when_pressed(self.take)
        self.cancel = KeyButton("Leave it", "Esc", "quiet").when_pressed(self.put_away)
        row = QHBoxLayout(self)
        spaced(row, gap="s")
        row.addWidget(label("Hand over to"))
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        self.hide()

    def ask(self, step: Step) -> None:
        """Ask for a name for this step."""
        self._step = step
        self.line.clear()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        services = self._desk.services

        def read() -> tuple[str, ...]:
            return services.calls.people()

        self._desk.latest(self, "people", read, self._offer)

    def keep_for(self, keys: Sequence[UUID]) -> None:
        """These steps are shown now: what is being typed for another one is put away."""
        if self._step is not None and self._step.key not in keys:
            self.put_away()

    def take(self) -> None:
        """Hand it to whoever is named."""
        step, name = self._step, self.line.text().strip()
        self.put_away()
        if step is not None:
            self.chosen.emit(step, name)

    def put_away(self) -> None:
        """Nothing changes."""
        self._step = None
        self._close_list()
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list's keys, then the line's."""
        if watched is self.line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event.key())
            if event.type() == QEvent.Type.FocusOut:
                self._close_list()
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        listed = self._list is not None and self._list.isVisible()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if listed and self._list is not None:
                self.line.setText(self._list.current_code())
                self._close_list()
            else:
                self.take()
        elif key == Qt.Key.Key_Escape:
            self._close_list() if listed else self.put_away()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and listed and self._list is not None:
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self._open_list(self.line.text())
        else:
            return False
        return True

    def _offer(self, names: tuple[str, ...]) -> None:
        person = self._desk.services.person
        self._names = tuple(name for name in dict.fromkeys((person, *names)) if name)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._open_list(text)
        else:
            self._close_list()

    def _open_list(self, text: str) -> None:
        rows: list[Suggestion] = [(name, name, "") for name in found_by(text, self._names, key=_both)]
        # what was typed whole needs no list: Enter then hands over
        if any(name == text.strip() for name, _, _ in rows):
            rows = []
        if self._list is None:
            self._list = Suggestions(self.line, "Up, Down choose · Enter takes it · Esc closes")
            self._list.taken.connect(self._clicked)
        self._list.show_rows(rows)

    def _clicked(self, name: str) -> None:
        self.line.setText(name)
        self._close_list()

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.hide()


def _both(name: str) -> tuple[str, str]:
    return name, name
