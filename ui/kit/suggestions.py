"""The list of terms that opens over the form while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.kit.held_rows import HeldRows, Index
from ui.kit.popup_list import PopupList
from ui.kit.theme import current
from ui.kit.words import announce

Suggestion = tuple[str, str, str]  # stored code, words, what explains them

_SUGGESTION = Qt.ItemDataRole.UserRole


class _Rows(HeldRows[Suggestion]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        _, words, more = row
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (words, more) if part)
        return row if role == _SUGGESTION else None


def paint_marked(painter: QPainter, rect: QRect) -> None:
    """The ground of the row that Enter takes: its fill, and a mark at the left."""
    theme = current()
    painter.fillRect(rect, theme.colour("selection"))
    mark = rect.adjusted(0, 6, 0, -6)
    mark.setWidth(3)
    painter.fillRect(mark, theme.colour("focus" if theme.mode == "contrast" else "accent"))


def paint_words(painter: QPainter, room: QRect, words: str, colour: str, *, strong: bool = False) -> int:
    """Words at the left of the room, cut to it; the pixels they took."""
    theme = current()
    font = theme.font(strong=strong)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room.width(), 0))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
    return metrics.horizontalAdvance(cut)


class _Painter(QStyledItemDelegate):
    """Words, then what explains them in a quieter tone; a mark at the left of the row that Enter takes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, current().px("size_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        _, words, more = index.data(_SUGGESTION)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        painter.save()
        if chosen:
            paint_marked(painter, rect)
        room = rect.adjusted(theme.px("space_m"), 0, -theme.px("space_s"), 0)
        used = paint_words(painter, room, words, "selection_text" if chosen else "text")
        room.setLeft(room.left() + used + theme.px("space_m"))
        paint_words(painter, room, more, "selection_text" if chosen else "muted")
        painter.restore()


class Suggestions(PopupList):
    """Up to eight rows under a field (over it where there is no room below), with the keys that work in it."""

    taken = Signal(str)

    def __init__(self, field: QWidget, hint: str = "") -> None:
        self._rows = _Rows()
        super().__init__(field, self._rows, _Painter(), hint)
        self.picked.connect(self._picked)

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Open with these rows, the first one under the mark; no rows close it."""
        self._rows.show(rows)
        self.open_at(0)
        if rows:
            announce(self._field, f"{len(rows)} found. {self.current_words()}")

    def spoken(self) -> str:
        """The words under the mark: a code says nothing to the ear."""
        return self.current_words()

    def current_code(self) -> str:
        """The stored code under the mark, "" when closed."""
        row = self.marked()
        return self._rows.rows[row][0] if row >= 0 else ""

    def current_words(self) -> str:
        """The words under the mark."""
        return str(self.view.currentIndex().data() or "")

    def _picked(self, row: int) -> None:
        self.taken.emit(self._rows.rows[row][0])
