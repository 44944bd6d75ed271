"""One count at a time, off the window's thread: how far it is, and a way to stop it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.saved_reports import Asked
from ui.kit.desk import Desk
from ui.kit.job import Job
from ui.kit.progress_card import ProgressCard
from ui.reports.answer import Answer, count

STOPPED = "The count was stopped."
SAFE = "Nothing was changed; the report before is still here."
PATIENCE = 500  # milliseconds after which it is said how far a count is


class Counting(QObject):
    """`answered` carries the `Answer`, `failed` the `DeskError`: `Interrupted` where somebody stopped it."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.job: Job | None = None
        self.card = ProgressCard("Counting", "steps")
        self.card.cancel_wanted.connect(self.stop)
        self.card.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_progress)

    def start(self, asked: Asked) -> None:
        """Count this; a count under way is given up for it."""
        if self.job is not None:
            self.job.stop()
        job = self.job = Job(STOPPED, SAFE, self)
        job.moved.connect(self.card.show_progress)
        self.card.begin("Counting")
        self._patience.start()
        self._desk.latest(self, "report", partial(count, self._desk, asked, job.progress), self._answered, self._failed)

    def stop(self) -> None:
        """Stop the count that is under way, if there is one."""
        if self.job is not None:
            self.job.stop()
            self.card.stopping()

    def _show_progress(self) -> None:
        self.card.setVisible(self.job is not None)

    def _end(self) -> None:
        self._patience.stop()
        self.card.hide()
        if self.job is not None:
            self.job.deleteLater()
        self.job = None

    def _answered(self, answer: Answer) -> None:
        self._end()
        self.answered.emit(answer)

    def _failed(self, error: DeskError) -> None:
        self._end()
        self.failed.emit(error)
