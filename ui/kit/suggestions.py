"""The list that opens over the form while one types. The keyboard stays in the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.kit.theme import current
from ui.kit.words import announce, label, spaced

Index = QModelIndex | QPersistentModelIndex
Suggestion = tuple[str, str, str]  # stored code, words, what explains them

_SUGGESTION = Qt.ItemDataRole.UserRole
_ROWS = 8


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Suggestion] = []

    def show(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        code, words, more = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (words, more, code) if part)
        return (code, words, more) if role == _SUGGESTION else None


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
            painter.fillRect(rect, theme.colour("selection"))
            mark = rect.adjusted(0, 6, 0, -6)
            mark.setWidth(3)
            painter.fillRect(mark, theme.colour("focus" if theme.mode == "contrast" else "accent"))
        room = rect.adjusted(theme.px("space_m"), 0, -theme.px("space_s"), 0)
        used = self._words(painter, room, words, "selection_text" if chosen else "text")
        room.setLeft(room.left() + used + theme.px("space_m"))
        self._words(painter, room, more, "selection_text" if chosen else "muted")
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, room: QRect, words: str, colour: str) -> int:
        theme = current()
        metrics = QFontMetrics(theme.font())
        painter.setFont(theme.font())
        painter.setPen(theme.colour(colour))
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        return metrics.horizontalAdvance(cut)


class Suggestions(QFrame):
    """Up to eight rows under a field (over it where there is no room below), with the keys that work in it."""

    taken = Signal(str)

    def __init__(self, field: QWidget, hint: str = "") -> None:
        super().__init__(field.window())
        self.setProperty("card", "popup")
        self._field = field
        self._rows = _Rows(self)
        self.view = QListView(self)
        self.view.setProperty("role", "popup")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("Suggestions")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setModel(self._rows)
        self.view.setItemDelegate(_Painter(self.view))
        self.view.clicked.connect(self._clicked)
        box = QVBoxLayout(self)
        spaced(box, around="xs", gap="xs")
        box.addWidget(self.view)
        self._hint = label(hint, "caption", wrap=True)
        self._hint.setIndent(current().px("space_s"))
        box.addWidget(self._hint)
        self.hide()

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Open with these rows, the first one under the mark; no rows close it."""
        self._rows.show(rows)
        if not rows:
            self.hide()
            return
        if self.parentWidget() is not self._field.window():
            self.setParent(self._field.window())
        self._place(min(len(rows), _ROWS))
        self.view.setCurrentIndex(self._rows.index(0))
        self.show()
        self.raise_()
        announce(self._field, f"{len(rows)} found. {self.current_words()}")

    def move_by(self, step: int) -> None:
        """The mark up or down, not round."""
        row = max(0, min(self.view.currentIndex().row() + step, self._rows.rowCount() - 1))
        self.view.setCurrentIndex(self._rows.index(row))
        announce(self._field, self.current_words())

    def current_code(self) -> str:
        """The stored code under the mark, "" when closed."""
        index = self.view.currentIndex()
        return str(index.data(_SUGGESTION)[0]) if self.isVisible() and index.isValid() else ""

    def current_words(self) -> str:
        """The words under the mark."""
        return str(self.view.currentIndex().data() or "")

    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(index.data(_SUGGESTION)[0])

    def _place(self, rows: int) -> None:
        theme, window = current(), self._field.window()
        self.view.setFixedHeight(rows * theme.px("size_row") + 2)
        top_left = self._field.mapTo(window, QPoint(0, 0))
        width = min(max(self._field.width(), round(360 * theme.scale)), window.width() - theme.px("space_s"))
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, height)
        below = top_left.y() + self._field.height() + 2
        above = top_left.y() - height - 2
        fits_below = below + height <= window.height()
        left = min(top_left.x(), window.width() - width)
        self.move(max(left, 0), below if fits_below or above < 0 else above)
