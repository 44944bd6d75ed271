"""A list whose rows are as high as their words need: nothing is cut at any text size. One Tab stop, as every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.kit.buttons import SIGNS
from ui.kit.delegates import chip_width, paint_chip
from ui.kit.row_list import Row, RowList
from ui.kit.row_painter import ROW, Index, paint_ground
from ui.kit.theme import current

_WRAPPED = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value
_TALLEST = 100_000  # pixels; no words are higher


class WrappedList(RowList):
    """Rows of a heading (what else stands at the right, and chips), the words, and what explains them; all of it wraps.

    It is as high as its rows and stands in a page that scrolls.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, fitting=True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setItemDelegate(_WrappedPainter(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def fit(self) -> None:
        """Measure the rows anew, and take their height."""
        self.scheduleDelayedItemsLayout()
        super().fit()


@dataclass(frozen=True, slots=True)
class _Words:
    room: QRect
    words: str
    font: QFont
    tone: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class _Chip:
    room: QRect
    words: str
    kind: str


class _Measured:
    """Where each part of a row stands, for a width in pixels."""

    def __init__(self, row: Row, width: int) -> None:
        theme = current()
        self.words: list[_Words] = []
        self.chips: list[_Chip] = []
        self._left, self._right = theme.px("space_m"), max(width - theme.px("space_s"), theme.px("space_m") + 40)
        self.height = theme.px("space_s")
        if row.right or row.chip:
            self._head(row)
        used = self._paragraph(row.words, theme.font(), "muted" if row.past else "text")
        self._explained(row.beside, used)
        if row.warning and not row.right:
            self._paragraph(row.warning, theme.font(strong=True), "warning_text", SIGNS["warning"])
        self._paragraph(row.under, theme.font(), "muted")
        self.height = max(self.height + theme.px("space_s"), theme.px("size_row"))

    def _head(self, row: Row) -> None:
        theme = current()
        font, gap = theme.font(strong=True), theme.px("space_s")
        tall = max(QFontMetrics(font).height(), round(22 * theme.scale))
        x, top = self._left, self.height
        if row.right:
            wide = QFontMetrics(font).horizontalAdvance(row.right) + 1
            middle = top + (tall - QFontMetrics(font).height()) // 2
            self.words.append(_Words(QRect(x, middle, wide, tall), row.right, font, "text"))
            x += wide + 2 * gap
        for words, kind in (*((row.chip,) if row.chip else ()), *(((row.warning, "warning"),) if row.warning else ())):
            wide = chip_width(words)
            if x > self._left and x + wide > self._right:
                x, top = self._left, top + tall + theme.px("space_xs")
            self.chips.append(_Chip(QRect(x, top, min(wide, self._right - x), tall), words, kind))
            x += wide + gap
        self.height = top + tall + theme.px("space_xs")

    def _paragraph(self, words: str, font: QFont, tone: str, sign: str = "") -> int:
        """Below what is there; how far the words go to the right, where they are one line."""
        if not words:
            return self._left
        left = self._left + (current().px("size_icon") + current().px("space_xs") if sign else 0)
        metrics = QFontMetrics(font)
        high = metrics.boundingRect(QRect(0, 0, self._right - left, _TALLEST), _WRAPPED, words).height()
        self.words.append(_Words(QRect(left, self.height, self._right - left, high), words, font, tone, sign))
        self.height += high
        return left + metrics.horizontalAdvance(words) if high < 2 * metrics.height() else self._right

    def _explained(self, words: str, used: int) -> None:
        """Beside the words where there is room for all of it, otherwise below them."""
        font, gap = current().font(), current().px("space_l")
        wide = QFontMetrics(font).horizontalAdvance(words) + 1
        if not words or used + gap + wide > self._right or not self.words:
            self._paragraph(words, font, "muted")
            return
        last = self.words[-1].room
        self.words.append(_Words(QRect(used + gap, last.top(), wide, last.height()), words, font, "muted"))


class _WrappedPainter(QStyledItemDelegate):
    """Paints what was measured."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words are at the width the list has."""
        view: Any = self.parent()
        return QSize(100, _Measured(index.data(ROW), view.viewport().width()).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark, chips, words."""
        styled: Any = option
        rect = styled.rect
        painter.save()
        chosen = paint_ground(painter, option)
        measured = _Measured(index.data(ROW), rect.width())
        for chip in measured.chips:
            paint_chip(painter, chip.room.translated(rect.topLeft()), chip.words, chip.kind)
        for part in measured.words:
            _paint_words(painter, part, rect, chosen=chosen)
        painter.restore()


def _paint_words(painter: QPainter, part: _Words, rect: QRect, *, chosen: bool) -> None:
    theme, room = current(), part.room.translated(rect.topLeft())
    tone = "selection_text" if chosen else part.tone
    if part.sign:
        sign = theme.pixmap(part.sign, tone, ratio=painter.device().devicePixelRatio())
        painter.drawPixmap(rect.left() + theme.px("space_m"), room.top() + 2, sign)
    painter.setFont(part.font)
    painter.setPen(theme.colour(tone))
    painter.drawText(room, _WRAPPED, part.words)


class DetailRows(WrappedList):
    """Sentences about something chosen elsewhere. Escape leads back there: `left`."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
