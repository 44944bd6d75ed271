"""Every key on one page, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.actions import ACTIONS, LOCAL_KEYS
from ui.kit.buttons import KeyButton
from ui.kit.surfaces import page_scroll
from ui.kit.words import label, spaced, without_access_key


class KeysSheet(QDialog):
    """Opened by Shift+F1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        grid = QGridLayout(inside)
        spaced(grid, gap="s")
        lines = [(without_access_key(action.words), " or ".join(action.keys)) for action in ACTIONS if action.keys]
        also = [(f"{local.where}: {local.words[:1].lower()}{local.words[1:]}", local.keys) for local in LOCAL_KEYS]
        for row, (words, keys) in enumerate([*lines, *also]):
            grid.addWidget(label(words), row, 0)
            grid.addWidget(label(keys, "strong"), row, 1)
        column = QVBoxLayout(self)
        spaced(column, around="l", gap="m")
        column.addWidget(label("Keys", "h2"))
        column.addWidget(page_scroll(inside), 1)
        close = KeyButton("Close", "Esc", "primary").when_pressed(self.close_sheet)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        self.resize(520, 560)

    def close_sheet(self) -> None:
        """Away with it."""
        self.accept()
