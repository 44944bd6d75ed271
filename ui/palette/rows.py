"""The palette's list: a model of entries, and how a line is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.held_rows import HeldRows, Index
from ui.kit.records import one_line
from ui.kit.suggestions import paint_marked, paint_words
from ui.kit.theme import current
from ui.palette.entries import Entry

ENTRY = Qt.ItemDataRole.UserRole


class EntryRows(HeldRows[Entry]):
    """What can be done and who was found."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, what is spoken, or the entry."""
        entry = self.row(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        return entry if role == ENTRY else None


class EntryPainter(QStyledItemDelegate):
    """Icon, words, what explains them in a quieter tone, and the key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line high."""
        return QSize(100, current().px("size_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words give way to the key, and what explains them to both."""
        entry: Entry = index.data(ENTRY)
        styled: Any = option
        theme, rect = current(), QRect(styled.rect)
        chosen = bool(styled.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            paint_marked(painter, rect)
        text, quiet = ("selection_text",) * 2 if chosen else ("text", "muted")
        side, gap = theme.px("size_icon"), theme.px("space_m")
        room = rect.adjusted(gap, 0, -gap, 0)
        ink = "warning_text" if entry.warning and not chosen else quiet
        picture = theme.pixmap(entry.icon or "chevron-right", ink, ratio=painter.device().devicePixelRatio())
        painter.drawPixmap(room.left(), room.center().y() - side // 2 + 1, picture)
        room.setLeft(room.left() + side + theme.px("space_s"))
        if entry.key:
            room.setRight(room.right() - self._key(painter, room, entry.key, quiet) - gap)
        used = paint_words(painter, room, entry.words, text)
        room.setLeft(room.left() + used + gap)
        paint_words(painter, room, one_line(entry.more), quiet)
        painter.restore()

    @staticmethod
    def _key(painter: QPainter, room: QRect, key: str, colour: str) -> int:
        theme = current()
        font = theme.font("caption")
        painter.setFont(font)
        painter.setPen(theme.colour(colour))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, key)
        return QFontMetrics(font).horizontalAdvance(key)
