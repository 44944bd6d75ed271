"""What scenes share: a desk on services, and waiting until a page has its answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

from ppsdesk.assembly import Services
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.notices import Notices

PATIENCE = 20_000  # milliseconds


def desk_on(services: Services) -> Desk:
    """A desk with lanes and notices of its own, kept alive by the desk."""
    notices = Notices()
    desk = Desk(services, Background(), notices)
    desk.setProperty("kept", [notices])
    return desk


def until(signal: SignalInstance, start: Callable[[], object]) -> None:
    """Do something and let events run until the signal comes. TimeoutError if it does not."""
    loop = QEventLoop()
    late: list[bool] = []
    signal.connect(loop.quit)
    clock = QTimer()
    clock.setSingleShot(True)
    clock.timeout.connect(lambda: (late.append(True), loop.quit()))
    clock.start(PATIENCE)
    QTimer.singleShot(0, start)
    loop.exec()
    signal.disconnect(loop.quit)
    if late:
        raise TimeoutError("The page did not get its answer.")


def settled(widget: QWidget) -> QWidget:
    """Let what is queued happen, so that a grab shows it."""
    loop = QEventLoop()
    QTimer.singleShot(200, loop.quit)
    loop.exec()
    return widget
