"""Told from outside to end (a shutdown, a closed terminal, Ctrl+C there): the same way as when somebody closes it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name))

AGAIN = 50  # milliseconds


class ToldToEnd(QObject):
    """Windows are closed, which keeps what stands in them, and the program ends even where one would rather stay.

    Qt's loop hears no signals: each wakes it through a socket. `done` gives back what was before.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hears, self._wakes = socket.socketpair()
        for end in (self._hears, self._wakes):
            end.setblocking(False)
        self._fd_before = signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _noted) for number in SIGNALS}
        self._notifier = QSocketNotifier(self._hears.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._told)
        self._until_it_ends = QTimer(self)
        self._until_it_ends.setInterval(AGAIN)
        self._until_it_ends.timeout.connect(self._end)

    def done(self) -> None:
        """The program ends by itself now."""
        self._notifier.setEnabled(False)
        self._until_it_ends.stop()
        for number, before in self._before.items():
            _give_back(number, before)
        signal.set_wakeup_fd(self._fd_before)
        self._hears.close()
        self._wakes.close()

    def _told(self) -> None:
        self._hears.recv(64)
        self._end()
        self._until_it_ends.start()  # it may be the loop of a dialog that ends, or none yet

    def _end(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QMainWindow):
                window.close()
        QCoreApplication.exit(0)


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The socket has it."""


def _give_back(number: int, before: Callable[[int, FrameType | None], object] | int | None) -> None:
    if before is not None:  # None was set by no Python program
        signal.signal(number, before)
