"""What a page that scrolls holds: cards below each other, as high as they need to be at the width there is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.words import spaced


class PageBody(QWidget):
    """For `page_scroll`. The parts stand in their order; room that is left stays below them."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        spaced(box, gap="m")
        for part in parts:
            box.addWidget(part)
        box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """No height: it is taken from the width, where Qt would take that of the narrowest page."""
        return QSize(super().minimumSizeHint().width(), 0)
