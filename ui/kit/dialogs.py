"""The few questions that stop the work. They gather and return; they never save. Tests replace one classmethod."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.theme import current
from ui.kit.words import label, spaced


class Dialogs:
    """Ask for a file, or for a yes."""

    @classmethod
    def ask_file_to_save(
        cls, parent: QWidget, title: str, suggested: Path, filters: str = "All files (*)"
    ) -> Path | None:
        """Where to save, None for not at all. The system asks before a file is replaced.

        A name without a suffix takes that of `suggested`.
        """
        name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), filters)
        if not name:
            return None
        chosen = Path(name)
        return chosen if chosen.suffix else chosen.with_suffix(suggested.suffix)

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
    def confirm(cls, parent: QWidget, sentence: str, yes_words: str, no_words: str) -> bool:
        """Rare: only before what cannot be taken back. Verbs on the buttons; Enter and Escape take the safe one."""
        return Confirm(parent, sentence, yes_words, no_words).exec() == QDialog.DialogCode.Accepted


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
