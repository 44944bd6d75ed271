"""What a page that scrolls holds: cards below each other, as high as they need to be at the width there is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.words import spaced


class PageBody(QWidget):
    """For `page_scroll`. The parts stand in their order; room that is left stays below them."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        spaced(self.box, gap="m")
        for part in parts:
            self.box.addWidget(part)
        self.box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """No height where it is taken from the width: Qt would take that of the narrowest page. Parts that are all as
        high at any width, as one list is, would without a height be cut instead of scrolled."""
        least = super().minimumSizeHint()
        return QSize(least.width(), 0 if self.box.hasHeightForWidth() else least.height())
