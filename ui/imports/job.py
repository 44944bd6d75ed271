"""One import under way: it says how far it is, and can be stopped."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.errors import Interrupted

STOPPED = "The import was stopped."
SAFE = "Nothing was imported; everything is as it was before."


class ImportJob(QObject):
    """`moved` carries (done, of) in rows. `progress` is called by the thread that works."""

    moved = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def progress(self, done: int, of: int) -> None:
        """Tell how far it is; `Interrupted` once somebody wants it stopped."""
        if self._stop.is_set():
            raise Interrupted(STOPPED, hint=SAFE)
        self.moved.emit(done, of)

    def stop(self) -> None:
        """Stop at the next row that is counted."""
        self._stop.set()
