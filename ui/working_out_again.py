"""After the start: a program that brings other rules than the last one works the dates out again, and tells it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ppsdesk.domain.changes import Done
from ppsdesk.domain.errors import DeskError, StorageUnavailable
from ui.kit.desk import Desk
from ui.opening import ServicesSoon

AFTER_OPENING = 1_500  # milliseconds: the first call may ring before


class WorkingOutAgain(QObject):
    """Asks once, and once more when the server went away meanwhile; `show` leads to the list of what moved."""

    def __init__(self, desk: Desk, services: ServicesSoon, show: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        self._show = show
        self._in_vain = False
        desk.connection.back.connect(self._ask_again)

    def begin(self) -> None:
        """When the window has had its first moments."""
        QTimer.singleShot(AFTER_OPENING, self, self._ask)

    def _ask(self) -> None:
        if self._services.is_open:
            self._desk.change(self, self._services.dates.refresh, self._tell, self._not_done)

    def _not_done(self, error: DeskError) -> None:
        self._in_vain = isinstance(error, StorageUnavailable)  # the window says that itself, and nobody typed anything
        if not self._in_vain:
            self._desk.notices.show_error(error)

    def _ask_again(self) -> None:
        if self._in_vain:
            self._in_vain = False
            self._ask()

    def _tell(self, done: Done[int]) -> None:
        if done.value:
            self._desk.notices.inform(done.said)
            self._desk.notices.done.add_button("What moved", self._shown)

    def _shown(self) -> None:
        self._show()
