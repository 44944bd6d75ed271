"""A list that opens over the form while one types, never pushing it down. The keyboard stays in the field."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QVBoxLayout, QWidget

from ui.kit.theme import current
from ui.kit.words import announce, label, spaced

Index = QModelIndex | QPersistentModelIndex
NARROWEST = 360  # pixels at 100 % text


class PopupList(QFrame):
    """Rows under a field (over it where there is more room above), with the keys that work in it as the last line.

    The field hands its keys over by `move_by` and takes the row under the mark; `picked` carries the row somebody
    clicked. What does not fit into the window scrolls, and the mark stays in sight.
    """

    picked = Signal(int)

    def __init__(
        self,
        field: QWidget,
        model: QAbstractListModel,
        painter: QStyledItemDelegate,
        hint: str = "",
        *,
        most: int = 8,
        narrowest: int = NARROWEST,
    ) -> None:
        super().__init__(field.window())
        field.destroyed.connect(self.deleteLater)  # which the window, whose child it is, outlives
        self.setProperty("card", "popup")
        self._field, self._model = field, model
        self._most, self._narrowest = most, narrowest
        model.setParent(self)
        self.view = QListView(self)
        self.view.setProperty("role", "popup")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("Suggestions")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setModel(model)
        painter.setParent(self.view)
        self.view.setItemDelegate(painter)
        self.view.clicked.connect(self._clicked)
        box = QVBoxLayout(self)
        spaced(box, around="xs", gap="xs")
        box.addWidget(self.view)
        self._keys = hint
        self._hint = label(hint, "caption", wrap=True)
        self._hint.setIndent(current().px("space_s"))
        box.addWidget(self._hint)
        self.hide()

    def open_at(self, row: int) -> None:
        """Open with the model's rows, the mark on this one; a model without rows closes it."""
        if not self._model.rowCount():
            self.hide()
            return
        self._show_with(self._keys)
        self.mark(row)

    def open_with(self, words: str) -> None:
        """Open without rows, to say why there are none; spoken."""
        self._show_with(words)
        announce(self._field, words)

    def mark(self, row: int) -> None:
        """Put the mark on a row of the model; -1 takes it away."""
        self.view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def marked(self) -> int:
        """The row under the mark, -1 when the list is closed or no row is marked."""
        return self.view.currentIndex().row() if self.isVisible() else -1

    def move_by(self, step: int) -> None:
        """The mark up or down; spoken. Up from the first row goes to the last, where what is not in the list is made;
        down from the last stays."""
        last, row = self._model.rowCount() - 1, self.view.currentIndex().row() + step
        self.mark(last if row < 0 else min(row, last))
        announce(self._field, self.spoken())

    def spoken(self) -> str:
        """The row under the mark for those who listen."""
        return str(self.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _show_with(self, hint: str) -> None:
        if self.parentWidget() is not self._field.window():
            self.setParent(self._field.window())
        self._hint.setText(hint)
        self.view.setVisible(self._model.rowCount() > 0)
        self._place()
        self.show()
        self.raise_()

    def _clicked(self, index: QModelIndex) -> None:
        self.picked.emit(index.row())

    def _place(self) -> None:
        theme, window = current(), self._field.window()
        top = self._field.mapTo(window, QPoint(0, 0))
        width = min(
            max(self._field.width(), round(self._narrowest * theme.scale)), window.width() - theme.px("space_s")
        )
        self.setFixedWidth(width)
        below = window.height() - top.y() - self._field.height() - 4
        above = top.y() - 4
        height = self._fit(width, max(below, above))
        left = max(min(top.x(), window.width() - width), 0)
        self.resize(width, height)
        under = top.y() + self._field.height() + 2
        self.move(left, under if height <= below or below >= above else top.y() - height - 2)

    def _fit(self, width: int, room: int) -> int:
        """Height of the whole list where it may be so high: as many rows as there are, or as there is room for."""
        rows = [self.view.sizeHintForRow(row) for row in range(min(self._model.rowCount(), self._most))]
        self.view.setFixedHeight(sum(rows) + 2)
        height = self._height(width)
        if rows and height > room:
            self.view.setFixedHeight(max(sum(rows) + 2 - (height - room), rows[0] + 2))
            height = self._height(width)
        return height

    def _height(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
