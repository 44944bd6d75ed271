"""The one dialog for faults of the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.theme import current
from ui.kit.words import Icon, announce, label, spaced


class ReportDialog(QDialog):
    """What happened in a sentence, the details to pass on, and where the log is. Nothing personal is in it."""

    sentence = (
        "The program met a fault of its own and stopped what it was doing. "
        "What was saved before is safe, and what you typed is still in the window."
    )

    def __init__(self, details: str, log_folder: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("A fault in the program")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setMinimumWidth(round(460 * current().scale))
        self._more = 0
        box = QVBoxLayout(self)
        spaced(box, around="xl", gap="m")
        head = QHBoxLayout()
        spaced(head, gap="m")
        head.addWidget(Icon("octagon-alert", "danger_mark", 24), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(self.sentence, wrap=True), 1)
        box.addLayout(head)
        box.addWidget(label("Copy the details and send them to whoever looks after the program.", wrap=True))
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details")
        self.details.setAccessibleIdentifier("details")
        box.addWidget(self.details)
        self.again = label("", "caption", wrap=True)
        box.addWidget(self.again)
        if log_folder is not None:
            box.addWidget(label(f"The log is in {log_folder}", "caption", wrap=True))
        buttons = QHBoxLayout()
        spaced(buttons, gap="s")
        buttons.addStretch(1)
        self.copy = KeyButton("Copy details", icon="file-text")
        self.copy.clicked.connect(self._copy)
        self.close_button = KeyButton("Close", "Esc", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.close)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.close_button)
        box.addLayout(buttons)
        self.close_button.setFocus()

    def add(self, details: str) -> None:
        """A further fault while this one is still on the screen; the same one is only counted."""
        self._more += 1
        self.again.setText("There was one more since." if self._more == 1 else f"There were {self._more} more since.")
        if details not in self.details.toPlainText():
            self.details.appendPlainText(f"\n{details}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        announce(self, "Details copied.")
