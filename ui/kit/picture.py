"""A picture as large as it is, in the middle of its room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget


class Picture(QWidget):
    """Shows one picture. Its accessible name says what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixmap = QPixmap()

    def show_image(self, image: QImage, name: str) -> None:
        """Another picture; as sharp as its own density says."""
        self.pixmap = QPixmap.fromImage(image)
        self.setAccessibleName(name)
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The picture's own size."""
        return self.pixmap.deviceIndependentSize().toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Undistorted."""
        size = self.pixmap.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        QPainter(self).drawPixmap(QPointF(max(left, 0), max(top, 0)), self.pixmap)
