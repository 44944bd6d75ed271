"""One card in place of the pages, while there is no database that they could show."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.joined import JoinedWindow
from ui.places import PLACES


class Room(Protocol):
    """What stands there; a widget."""

    takes_calls: bool

    def focus_first(self) -> None:
        """The keyboard to the one thing to do."""


class InsteadOfPages(QObject):
    """Stands until `end`: nobody is led to a page, as it would be empty."""

    def __init__(self, window: JoinedWindow, title: str) -> None:
        super().__init__(window)
        self._window, self._title = window, title
        self._ended = False
        self._shown: Room | None = None

    def end(self) -> None:
        """The pages come back."""
        window, shown = self._window, self._widget
        self._ended = True
        window.stack.currentChanged.disconnect(self._stay)
        window.pads.closed.disconnect(self._back_in_room)
        self._switch_pages(on=True)
        window.stack.removeWidget(shown)
        shown.deleteLater()
        self.deleteLater()

    def _stand(self, room: Room) -> None:
        window, self._shown = self._window, room
        window.stack.addWidget(self._widget)
        window.stack.setCurrentWidget(self._widget)
        window.stack.currentChanged.connect(self._stay)
        window.pads.closed.connect(self._back_in_room)
        self._switch_pages(on=False)
        self._take_keys()

    @property
    def _widget(self) -> QWidget:
        return cast("QWidget", self._shown)

    def _switch_pages(self, *, on: bool) -> None:
        window, room = self._window, self._shown
        assert room is not None
        window.rail.setEnabled(on)
        shut = {"find_or_do", *(place.name for place in PLACES)}
        if on or not room.takes_calls:
            shut.add("new_call")
        for action in window.actions():
            if action.objectName() in shut:
                action.setEnabled(on)
        window.say_keys()

    def _stay(self) -> None:
        if self._window.stack.currentWidget() is not self._widget:
            self._window.stack.setCurrentWidget(self._widget)
            QTimer.singleShot(0, self, self._take_keys)

    def _back_in_room(self) -> None:
        self._take_keys()

    def _take_keys(self) -> None:
        if self._ended or self._shown is None:
            return
        self._window.setWindowTitle(f"{self._title} – ppsdesk")
        if self._window.pads.isHidden():
            self._shown.focus_first()
