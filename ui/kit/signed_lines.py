"""A few lines of words, each with its sign: facts about a thing, or what a look at it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import SIGNS
from ui.kit.words import Icon, WrappedLabel, spaced


@dataclass(frozen=True, slots=True)
class SignedLine:
    """Words with a sign before them: that of `kind` (success, warning, danger, info), or `icon` in a quiet tone."""

    words: str
    kind: str = ""
    icon: str = "info"


class SignedLines(QWidget):
    """Not there while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SignedLine, ...] = ()
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="xs")
        self.hide()

    def lines(self) -> tuple[SignedLine, ...]:
        """What it says."""
        return self._lines

    def show_lines(self, lines: Sequence[SignedLine]) -> None:
        """Say this instead."""
        if tuple(lines) == self._lines:
            return
        self.hide()  # lines that come while it is shown are laid out one by one
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            assert old is not None
            old.hide()
            old.deleteLater()
        self._lines = tuple(lines)
        for line in lines:
            self._box.addWidget(_shown(line))
        self.setHidden(not lines or self.parentWidget() is None)


def _shown(line: SignedLine) -> QWidget:
    shown = QWidget()
    row = QHBoxLayout(shown)
    spaced(row, gap="s")
    sign = Icon(SIGNS[line.kind], f"{line.kind}_text") if line.kind else Icon(line.icon)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(WrappedLabel(line.words), 1)
    return shown
