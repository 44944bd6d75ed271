"""A ring that was no enquiry is closed by one key, and counted apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import NonDataKind
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.vocabulary import TermCode
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.words import label, spaced

LETTERS = {"S": NonDataKind.SILENT, "H": NonDataKind.HUNG_UP, "W": NonDataKind.WRONG_NUMBER}


class QuickClose(QFrame):
    """Three kinds over the form, one letter each; `chosen` carries the kind. Escape closes it, and going elsewhere."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("card", "popup")
        self.setAccessibleName("Close as no enquiry")
        self._came_from: QWidget | None = None
        column = QVBoxLayout(self)
        spaced(column, around="s", gap="xs")
        column.addWidget(label("No enquiry: counted apart from calls", "caption"))
        self.buttons = [KeyButton(kind.label, letter, "quiet", parent=self) for letter, kind in LETTERS.items()]
        for button, kind in zip(self.buttons, LETTERS.values(), strict=True):
            button.when_pressed(partial(self._choose, kind))
            button.installEventFilter(self)
            column.addWidget(button)
        self.hide()

    def open_under(self, place: QWidget) -> None:
        """Under that widget, with the keyboard on the first kind."""
        self._came_from = QApplication.focusWidget()
        window = self.parentWidget()
        assert window is not None
        self.adjustSize()
        corner = place.mapTo(window, QPoint(0, place.height()))
        self.move(min(corner.x(), max(window.width() - self.width(), 0)),
                  min(corner.y(), max(window.height() - self.height(), 0)))  # fmt: skip
        self.show()
        self.raise_()
        self.buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters choose, Up and Down move."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut and not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        at = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), 0)
        if event.text().upper() in LETTERS:
            self._choose(LETTERS[event.text().upper()])
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.buttons[(at + step) % len(self.buttons)].setFocus(Qt.FocusReason.PopupFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            return False
        return True

    def _choose(self, kind: NonDataKind) -> None:
        self._back()
        self.chosen.emit(kind)

    def _back(self) -> None:
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)


def ring_of(kind: NonDataKind, *, key: UUID, line: str, at: datetime, taken_by: str) -> NewNonDataCall:
    """The ring as it is counted: by its London day."""
    return NewNonDataCall(key=key, kind=kind, line=TermCode(line), taken_on=local_day(at), at=at, taken_by=taken_by)


def close_ring(
    desk: Desk,
    ring: NewNonDataCall,
    draft: Draft | None,
    *,
    closed: Callable[[], None],
    failed: Callable[[DeskError], None],
    brought_back: Callable[[Draft], None],
) -> None:
    """Count the ring, with an undo that takes it out again and brings back what stood in the pad."""
    services = desk.services

    def log() -> Done[int]:
        done = services.non_data.log(ring)
        if draft is not None:
            services.drafts.discard(draft.key)
        return done

    def logged(done: Done[int]) -> None:
        closed()
        desk.notices.undoable(done.said, lambda: _take_out(desk, done.value, draft, brought_back))

    desk.change(desk, log, logged, failed)


def _take_out(desk: Desk, call_id: int, draft: Draft | None, brought_back: Callable[[Draft], None]) -> None:
    services = desk.services

    def work() -> Done[int]:
        taken = services.non_data.remove(call_id, services.non_data.get(call_id).version)
        if draft is not None:
            services.drafts.keep(draft)
        return Done(call_id, taken.touched | {Topic.DRAFTS}, said=taken.said)

    def done(answer: Done[int]) -> None:
        desk.notices.inform(answer.said)
        if draft is not None:
            brought_back(draft)

    desk.change(desk, work, done)
