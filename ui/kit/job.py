"""A long job under way: it says how far it is, and can be stopped."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.errors import Interrupted


class Job(QObject):
    """`moved` carries (done, of). `progress` is called by the thread that works. `stopped` and `safe` are the two
    sentences for whoever stopped it."""

    moved = Signal(int, int)

    def __init__(self, stopped: str, safe: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._stopped, self._safe = stopped, safe

    def progress(self, done: int, of: int) -> None:
        """Tell how far it is; `Interrupted` once somebody wants it stopped."""
        if self._stop.is_set():
            raise Interrupted(self._stopped, hint=self._safe)
        self.moved.emit(done, of)

    def stop(self) -> None:
        """Stop at the next step that is told."""
        self._stop.set()
