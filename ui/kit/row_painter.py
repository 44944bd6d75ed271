"""How a row of a list is painted. It only paints; words and kinds come from the row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.buttons import SIGNS
from ui.kit.delegates import chip_width, paint_chip
from ui.kit.theme import current

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_LONGEST = 300  # letters; more no row can show


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """The ground below a row, and its edge: a bar at the left of the chosen one, a line below the others.

    Whether it is the chosen one.
    """
    styled: Any = option
    theme, rect = current(), styled.rect
    chosen = bool(styled.state & QStyle.StateFlag.State_Selected)
    if chosen or styled.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.colour("selection" if chosen else "hover"))
    if chosen:
        mark = QRect(rect.left(), rect.top() + 6, 3, rect.height() - 12)
        painter.fillRect(mark, theme.colour("focus" if theme.mode == "contrast" else "accent"))
    else:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("border"))
    return chosen


class RowPainter(QStyledItemDelegate):
    """Words in the text's tone, what explains them muted, a chip and the figure at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines where any row has two, so that all are alike."""
        return QSize(100, current().px("size_row_two" if _has_two_lines(index) else "size_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark, words."""
        styled: Any = option
        row, theme, rect = index.data(ROW), current(), styled.rect
        painter.save()
        chosen = paint_ground(painter, option)
        room = rect.adjusted(theme.px("space_m"), 0, -theme.px("space_s"), 0)
        two = _has_two_lines(index)
        if row.under or row.warning:
            upper = QRect(room.left(), room.top() + 4, room.width(), room.height() // 2 - 2)
            lower = QRect(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom() - 4)
            self._second_line(painter, lower, row, chosen)
            room = upper
        self._first_line(painter, room, row, chosen, strong=two and not row.past)
        painter.restore()

    @staticmethod
    def _second_line(painter: QPainter, room: QRect, row: Any, chosen: bool) -> None:
        theme = current()
        if row.warning:
            tone = _tone(chosen, "warning_text")
            side = theme.px("size_icon")
            sign = theme.pixmap(SIGNS["warning"], tone, ratio=painter.device().devicePixelRatio())
            painter.drawPixmap(room.left(), room.center().y() - side // 2 + 1, sign)
            room = room.adjusted(side + theme.px("space_xs"), 0, 0, 0)
            part = QRect(room.left(), room.top(), room.width() * 3 // 5, room.height())
            used = _draw(painter, part, row.warning, theme.font(strong=True), tone)
            room = room.adjusted(used + theme.px("space_m"), 0, 0, 0)
        _draw(painter, room, row.under, theme.font(), _tone(chosen, "muted"))

    @staticmethod
    def _first_line(painter: QPainter, room: QRect, row: Any, chosen: bool, *, strong: bool) -> None:
        theme = current()
        gap = theme.px("space_s")
        if row.right:
            wide = QFontMetrics(theme.font()).horizontalAdvance(row.right)
            place = QRect(room.right() - wide, room.top(), wide + 1, room.height())
            _draw(painter, place, row.right, theme.font(), _tone(chosen, "muted"))
            room = room.adjusted(0, 0, -wide - gap, 0)
        if row.chip:
            words, kind = row.chip
            wide = min(chip_width(words), room.width() // 2)
            paint_chip(painter, QRect(room.right() - wide, room.top(), wide, room.height()), words, kind)
            room = room.adjusted(0, 0, -wide - gap, 0)
        tone = _tone(chosen, "muted" if row.past else "text")
        used = _draw(painter, room, row.words, theme.font(strong=strong), tone)
        _draw(painter, room.adjusted(used + gap, 0, 0, 0), row.beside, theme.font(), _tone(chosen, "muted"))


def _has_two_lines(index: Index) -> bool:
    """All rows are as high as the highest."""
    model: Any = index.model()
    return any(row.under or row.warning for row in model.rows)


def _tone(chosen: bool, otherwise: str) -> str:
    return "selection_text" if chosen else otherwise


def _draw(painter: QPainter, room: QRect, words: str, font: QFont, colour: str) -> int:
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(current().colour(colour))
    flat = " ".join(words[:_LONGEST].split())
    cut = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, max(room.width(), 0))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
    return metrics.horizontalAdvance(cut)
