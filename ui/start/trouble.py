"""One sentence in a dialog, for a program that cannot begin and may have been started without a terminal."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError
from ui.kit.buttons import KeyButton
from ui.kit.words import label, spaced


class Trouble(QDialog):
    """What happened, what is safe, what to do; and one button."""

    def __init__(self, error: DeskError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("ppsdesk cannot start")
        column = QVBoxLayout(self)
        spaced(column, around="l", gap="m")
        column.addWidget(label("ppsdesk cannot start", "h2"))
        column.addWidget(label(error.message, wrap=True))
        if error.hint:
            column.addWidget(label(error.hint, "muted", wrap=True))
        close = KeyButton("Close", "Esc", "primary").when_pressed(self.reject)
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(480, 200)


def tell(error: DeskError) -> None:
    """On the terminal if there is one, and on the screen if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(f"{error.sentence}\n")
    if QGuiApplication.platformName() != "offscreen":
        Trouble(error).exec()
