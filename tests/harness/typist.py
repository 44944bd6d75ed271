"""Somebody who types into the notes of the call pad until the program is killed.

Run as `python -m tests.harness.typist`: a nursery like `writer.py`, whose desks are whole windows. Each letter is told
as `saved N` once it stands in the field: that is what the person has seen.
"""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import ppsdesk
import ui
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import Settings
from tests.harness.writer import rear, tell, warm_up
from ui import application
from ui.calls import draft_keeper

BETWEEN_KEYS = 20  # milliseconds: three times as fast as anybody types
SENTENCE = "The letter came on the third and the school says there is nothing it can do before the spring. "
PERSON = "Hana Helpline"
UNUSED = ("ppsdesk.storage.migrations.", "ppsdesk.commands", "ppsdesk._bundle")  # by no window


def type_notes(where: str) -> None:
    """The real thing."""
    _type(Path(where))


def type_notes_kept_rarely(where: str) -> None:
    """A faulty desk: it keeps what was typed only after a minute's rest."""
    draft_keeper.SOON = 60_000
    _type(Path(where))


def _type(folder: Path) -> None:
    app = application.make_application()
    application.show_theme(app, Settings())
    choices = Choices(folder=DeskFolder(folder).make(), person=PERSON)
    window = application.start(app, choices, Settings())
    window.show()
    window.activateWindow()
    typist = _Typist(window)
    timer = QTimer()
    timer.timeout.connect(typist.next_letter)
    timer.start(BETWEEN_KEYS)
    app.exec()


class _Typist:
    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._typed = 0
        self._opened = False

    def next_letter(self) -> None:
        """Opens the pad, goes to the notes by Tab, then one letter each time."""
        if not self._window.isActiveWindow():
            return
        if not self._opened:
            self._opened = True
            QTest.keyClick(self._window, Qt.Key.Key_F8)
            return
        field = QApplication.focusWidget()
        if field is None:
            return
        if "Notes" not in field.accessibleName():
            QTest.keyClick(field, Qt.Key.Key_Tab)
            return
        QTest.keyClick(field, SENTENCE[self._typed % len(SENTENCE)])
        self._typed += 1
        tell(f"saved {self._typed}")


DEEDS = {deed.__name__: deed for deed in (type_notes, type_notes_kept_rarely)}


def main() -> None:
    """Let everything be imported, then rear desks."""
    warm_up()
    for package in (ppsdesk, ui):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(UNUSED):
                import_module(module.name)
    rear(DEEDS)


if __name__ == "__main__":
    main()
