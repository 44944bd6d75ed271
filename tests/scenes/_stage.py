"""What scenes share: a desk on services, and waiting until a page has its answers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

from ppsdesk import assembly
from ppsdesk.assembly import Services
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.notices import Notices

PATIENCE = 20_000  # milliseconds
SIZE = (1096, 720)  # what a window of 1280 by 800 leaves a page


def desk_on(services: Services) -> Desk:
    """A desk with lanes and notices of its own."""
    return Desk(services, Background(), Notices())


def empty_services() -> Services:
    """Services on an empty database of their own."""
    folder = DeskFolder(Path(tempfile.mkdtemp(prefix="ppsdesk-scene-")))
    chosen = Choices(folder=folder, person="Hana Helpline", as_of=date(2026, 11, 20))
    return assembly.open_services(chosen, lambda question: None)


def until(signal: SignalInstance, start: Callable[[], object]) -> None:
    """Do something and let events run until the signal comes. TimeoutError if it does not."""
    loop, clock = QEventLoop(), QTimer()
    signal.connect(loop.quit)
    clock.setSingleShot(True)
    clock.timeout.connect(loop.quit)
    clock.start(PATIENCE)
    QTimer.singleShot(0, start)
    loop.exec()
    signal.disconnect(loop.quit)
    if not clock.isActive():
        raise TimeoutError("The page did not get its answer.")


def settled(page: QWidget, size: tuple[int, int] = SIZE) -> QWidget:
    """The page at its size, with everything done that was queued."""
    page.resize(*size)
    page.show()
    loop = QEventLoop()
    QTimer.singleShot(300, loop.quit)
    loop.exec()
    return page
