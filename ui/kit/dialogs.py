"""The few questions that stop the work. They gather and return; they never save. Tests replace one classmethod."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.theme import current
from ui.kit.words import label, spaced

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Dialogs:
    """Ask for a file, a printer, or a yes."""

    @classmethod
    def ask_file_to_save(
        cls, parent: QWidget, title: str, suggested: Path, filters: str = "All files (*)"
    ) -> Path | None:
        """Where to save, None for not at all. The system asks before a file is replaced.

        A name without a suffix, or with the one that was suggested, takes that of the kind of file that was chosen.
        """
        name, kind = QFileDialog.getSaveFileName(parent, title, str(suggested), filters)
        if not name:
            return None
        chosen = of_kind(Path(name), kind, suggested.suffix)
        if chosen != Path(name) and chosen.exists():  # the system asked about another name
            said = f"There is a file “{chosen.name}” already."
            return chosen if cls.confirm(parent, said, "Replace the file", "Keep the file") else None
        return chosen

    @classmethod
    def ask_file_to_open(
        cls, parent: QWidget, title: str, folder: Path | None = None, filters: str = "All files (*)"
    ) -> Path | None:
        """Which file, None for none."""
        name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or ""), filters)
        return Path(name) if name else None

    @classmethod
    def ask_folder(cls, parent: QWidget, title: str, folder: Path | None = None) -> Path | None:
        """Which folder, None for none."""
        name = QFileDialog.getExistingDirectory(parent, title, str(folder or ""))
        return Path(name) if name else None

    @classmethod
    def ask_printer(cls, parent: QWidget, title: str, pages: int) -> QPrinter | None:
        """Which printer and which of so many pages, on A4 to its edges; None for none."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setFullPage(True)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        dialog = QPrintDialog(printer, parent)
        dialog.setMinMax(1, pages)
        return printer if dialog.exec() == QDialog.DialogCode.Accepted else None

    @classmethod
    def confirm(cls, parent: QWidget, sentence: str, yes_words: str, no_words: str) -> bool:
        """Rare: only before what cannot be taken back. Verbs on the buttons; Enter and Escape take the safe one."""
        return Confirm(parent, sentence, yes_words, no_words).exec() == QDialog.DialogCode.Accepted


def of_kind(path: Path, kind: str, suggested: str) -> Path:
    """The path with the suffix of a filter such as "Word (*.docx)"; one that somebody wrote is kept."""
    found = re.search(r"\(\*(\.\w+)", kind)
    suffix = found[1] if found else suggested
    if not path.suffix:
        return path.with_name(path.name + suffix)
    return path.with_suffix(suffix) if path.suffix.lower() == suggested.lower() else path


class Confirm(QDialog):
    """One sentence, two buttons that say what they do."""

    def __init__(self, parent: QWidget | None, sentence: str, yes_words: str, no_words: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(yes_words)
        self.setMinimumWidth(round(380 * current().scale))
        box = QVBoxLayout(self)
        spaced(box, around="xl", gap="l")
        self.sentence = label(sentence, wrap=True)
        box.addWidget(self.sentence)
        buttons = QHBoxLayout()
        spaced(buttons, gap="s")
        buttons.addStretch(1)
        self.no = KeyButton(no_words, "Esc", "primary", parent=self)
        self.no.setDefault(True)
        self.no.clicked.connect(self.reject)
        self.yes = KeyButton(yes_words, kind="danger", parent=self)
        self.yes.clicked.connect(self.accept)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        box.addLayout(buttons)
        self.setAccessibleDescription(sentence)
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)
