"""How long the call has lasted, by a clock that nobody can put forward or back."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ppsdesk.domain.calendar import Clock, local_clock
from ui.kit.words import Icon, label, spaced


class CallTimer(QWidget):
    """Shown small, and never spoken. `started_at` is None until the call begins."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._running = QElapsedTimer()
        self._before = timedelta()
        self._stopped: timedelta | None = None
        self.started_at: datetime | None = None
        row = QHBoxLayout(self)
        spaced(row, gap="s")
        self._length = label("00:00", "strong")
        self._since = label("", "muted")
        row.addWidget(Icon("timer", name="Length of the call"))
        row.addWidget(self._length)
        row.addWidget(self._since)
        self._tick = QTimer(self)
        self._tick.setInterval(1_000)
        self._tick.timeout.connect(self._show_length)

    def show_since(self, shown: bool) -> None:
        """Whether the time it began is said too."""
        self._since.setVisible(shown)

    def start(self, started_at: datetime | None = None, already: timedelta = timedelta()) -> None:
        """A call begins now; or one goes on that began then and had lasted `already`."""
        self.started_at = started_at or self._clock()
        self._before, self._stopped = already, None
        self._running.start()
        self._since.setText(f"since {local_clock(self.started_at)}")
        self._show_length()

    def reset(self) -> None:
        """No call: it waits for the next one."""
        self.started_at, self._stopped, self._before = None, None, timedelta()
        self._running.invalidate()
        self._since.setText("")
        self._show_length()

    def stop(self) -> None:
        """The call is over."""
        self._stopped = self.elapsed
        self._show_length()

    def go_on(self) -> None:
        """It was not over yet."""
        if self._stopped is not None:
            self._before, self._stopped = self._stopped + timedelta(milliseconds=0), None
            self._running.start()

    @property
    def elapsed(self) -> timedelta:
        """How long the call has lasted."""
        if self._stopped is not None:
            return self._stopped
        ran = timedelta(milliseconds=self._running.elapsed()) if self._running.isValid() else timedelta()
        return self._before + ran

    def showEvent(self, event: QShowEvent) -> None:
        """Only a clock that is seen needs to tick."""
        super().showEvent(event)
        self._show_length()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight."""
        super().hideEvent(event)
        self._tick.stop()

    def _show_length(self) -> None:
        seconds = int(self.elapsed.total_seconds())
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        self._length.setText(f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}")
