"""A table that stands inside a page which scrolls: as high as its rows, so that only one thing scrolls."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from ui.kit.records import ColumnsModel
from ui.kit.table import RecordsTable
from ui.kit.theme import current, theme_box

FEWEST = 4  # rows


class ShortTable(RecordsTable):
    """As high as its rows, at most `most` of them; what is longer scrolls. One that `shrinks` is lower where there is
    less room, down to a few rows, and scrolls below its head."""

    def __init__(
        self,
        model: ColumnsModel[Any],
        name: str,
        parent: QWidget | None = None,
        *,
        most: int = 100,
        shrinks: bool = False,
    ) -> None:
        self._most, self._shrinks = most, shrinks
        super().__init__(model, name, parent)
        model.modelReset.connect(self.fit_height)
        theme_box().changed.connect(self.fit_height)
        self.fit_height()

    def show_columns(self, model: ColumnsModel[Any]) -> None:
        """Other columns, other rows; the keyboard stays in the table."""
        old = self.model()
        self.setModel(model)
        model.modelReset.connect(self.fit_height)
        old.deleteLater()
        self.fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A bar to scroll sideways needs room of its own."""
        super().resizeEvent(event)
        self.fit_height()
        if self._shrinks and event.oldSize().height() != event.size().height():
            self.scrollToTop()  # where it was while it was lower is not where it need be now
            self.scrollTo(self.currentIndex())

    def fit_height(self) -> None:
        """Take the height of the rows there are."""
        theme = current()
        rows = self.model().rowCount()
        height = self.head_height() + max(1, min(rows, self._most)) * theme.px("size_row") + 6
        if self.horizontalHeader().length() > self.viewport().width():
            height += self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) + 6
        # Otherwise a bar that comes takes width, which makes the other bar come.
        longer = rows > self._most or self._shrinks
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if longer else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        least = min(height, self.head_height() + FEWEST * theme.px("size_row")) if self._shrinks else height
        if (self.minimumHeight(), self.maximumHeight()) != (least, height):
            self.setMinimumHeight(least)
            self.setMaximumHeight(height)
