"""What comes before the fields it needs are there: kept, and done in its order when the form is complete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.calls.call_form import CallForm

TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
LONGEST = 2_000  # milliseconds


class KeptKeys(QObject):
    """Once the one box is left before there is another field, everything typed after that waits for the fields and for
    what they offer.

    What was read when Enter was pressed is what is taken; only what follows from it is done later. To build all fields
    within that key would hold up whoever types for a tenth of a second.
    """

    def __init__(self, form: CallForm) -> None:
        super().__init__(form)
        self._form = form
        self._kept: list[Callable[[], object]] = []
        self._ready = False
        form.box.keys.installEventFilter(self)
        form.box.lead_on = self.lead_on
        self._late = QTimer(self)  # lists that cannot be read keep nobody's keys
        self._late.setSingleShot(True)
        self._late.setInterval(LONGEST)
        self._late.timeout.connect(self._give)
        form.completed.connect(self._late.start)
        form.lists_came.connect(self._give_soon)

    @property
    def is_idle(self) -> bool:
        """Whether the fields are there and nothing waits for them."""
        return self._ready and not self._kept

    def lead_on(self, doing: Callable[[], object]) -> None:
        """Do what needs the other fields: now, or when they are there."""
        if self.is_idle:
            doing()
            return
        self._kept.append(doing)
        self._form.build_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a Tab that leaves too early, and all keys after what is kept."""
        pressed = event.type() == QEvent.Type.KeyPress
        if not isinstance(event, QKeyEvent) or not (pressed or event.type() == QEvent.Type.KeyRelease):
            return super().eventFilter(watched, event)
        leaves = pressed and event.key() in TABS and not self._ready
        if not leaves and not self._kept:
            return super().eventFilter(watched, event)
        self.lead_on(partial(self._send, event.clone()))
        return True

    def _send(self, event: QKeyEvent) -> None:
        QCoreApplication.sendEvent(QApplication.focusWidget() or self._form.box.keys, event)

    def _give_soon(self) -> None:
        if not self._kept:
            self._give()
            return
        QTimer.singleShot(0, self, self._give)  # when all who wait for the lists have seen them

    def _give(self) -> None:
        self._ready = True
        self._late.stop()
        kept, self._kept = self._kept, []
        for doing in kept:
            doing()
