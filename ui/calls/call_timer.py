"""How long the call has lasted, by a clock that nobody can put forward or back."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ppsdesk.domain.calendar import Clock, local_clock
from ui.kit.words import Icon, label, spaced


class CallTimer(QWidget):
    """Shown small, and never spoken. `started_at` is None until the call begins.

    It stands while the call is parked, paused or being saved. Only who paused it lets it go on. `ticked` when the
    shown length may have changed.
    """

    ticked = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._running = QElapsedTimer()
        self._before = timedelta()
        self._stopped: timedelta | None = None
        self._stopped_at: datetime | None = None
        self.stood = timedelta()  # how long it stood before it went on
        self.paused = False
        self.started_at: datetime | None = None
        row = QHBoxLayout(self)
        spaced(row, gap="s")
        self._length = label("00:00", "strong")
        self._since = label("", "muted")
        self._sign = Icon("timer", name="Length of the call")
        row.addWidget(self._sign)
        row.addWidget(self._length)
        row.addWidget(self._since)
        self._tick = QTimer(self)
        self._tick.setInterval(1_000)
        self._tick.timeout.connect(self._show_length)

    def show_since(self, shown: bool) -> None:
        """Whether the time it began is said too."""
        self._since.setVisible(shown)

    def start(
        self,
        started_at: datetime | None = None,
        already: timedelta = timedelta(),
        stood: timedelta = timedelta(),
    ) -> None:
        """A call begins now; or one goes on that began then, had lasted `already` and `stood` meanwhile."""
        self.started_at = started_at or self._clock()
        self._before, self._stopped, self.paused, self.stood = already, None, False, stood
        self._running.start()
        self._show_length()

    def reset(self) -> None:
        """No call: it waits for the next one."""
        self.started_at, self._stopped, self._before, self.paused = None, None, timedelta(), False
        self.stood = timedelta()
        self._running.invalidate()
        self._since.setText("")
        self._show_length()

    def stop(self) -> None:
        """The call is over."""
        if self._stopped is None:
            self._stopped, self._stopped_at = self.elapsed, self._clock()
        self._show_length()

    def go_on(self) -> None:
        """It was not over yet, or is back from being parked; a paused one stays paused."""
        if self._stopped is not None and not self.paused:
            self._before, self._stopped = self._stopped, None
            if self._stopped_at is not None:
                self.stood += max(self._clock() - self._stopped_at, timedelta())
            self._running.start()
            self._show_length()

    def pause(self, paused: bool) -> None:
        """Let the clock stand, or go on, whatever is typed meanwhile."""
        if self.started_at is None or paused == self.paused:
            return
        self.paused = paused
        if paused:
            self.stop()
        else:
            self.go_on()
        self._show_length()

    @property
    def elapsed(self) -> timedelta:
        """How long the call has lasted."""
        if self._stopped is not None:
            return self._stopped
        ran = timedelta(milliseconds=self._running.elapsed()) if self._running.isValid() else timedelta()
        return self._before + ran

    @property
    def stands(self) -> bool:
        """Whether it does not run."""
        return self._stopped is not None

    @property
    def words(self) -> str:
        """ "02:14"."""
        minutes, seconds = divmod(int(self.elapsed.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"

    def show_length(self, shown: bool) -> None:
        """Whether it says the length itself, or something else does."""
        self._sign.setVisible(shown)
        self._length.setVisible(shown)

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
        self._length.setText(self.words)
        if self.started_at is not None:
            paused = ", paused" if self.paused else ""
            self._since.setText(f"since {local_clock(self.started_at)}{paused}")
        self.ticked.emit()
