"""How long a test waits for what it expects: only a test that fails ever waits that long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE = 30_000  # milliseconds


class PatientBot(QtBot):
    """The test library gives up after five seconds, which a busy machine may need for a page."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE) -> None:  # noqa: N802  # named by the library
        """Until it is true."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:  # noqa: N802  # named by the library
        """Until it is emitted."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitActive(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:  # noqa: N802  # named by the library
        """Until the keyboard works in it."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:  # noqa: N802  # named by the library
        """Until it is on the screen."""
        return super().waitExposed(widget, timeout=timeout)
