"""A list of people, calls or answers: one or two lines a row, painted; one Tab stop, everything by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.kit.enter import is_bare_enter
from ui.kit.held_rows import HeldRows, Index
from ui.kit.row_painter import ROW, RowPainter
from ui.kit.surfaces import scroll_to
from ui.kit.theme import current, theme_box
from ui.kit.words import plain_tooltip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: `words` and what stands quietly beside them, under them and at the right.

    `key` is what the row stands for. `chip` is words and kind of a fact; `warning` is what must be read first. `past`
    rows are quiet: they no longer hold.
    """

    key: object
    words: str
    beside: str = ""
    under: str = ""
    right: str = ""
    chip: tuple[str, str] | None = None
    warning: str = ""
    past: bool = False

    @property
    def spoken(self) -> str:
        """All of it, for those who listen."""
        chip = self.chip[0] if self.chip else ""
        warning = f"alert: {self.warning}" if self.warning else ""
        return ", ".join(part for part in (self.words, warning, self.beside, chip, self.under, self.right) if part)


class RowsModel(HeldRows[Row]):
    """A page of rows."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, spoken words, or the row."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(row.spoken)
        return row if role == ROW else None


class RowList(QListView):
    """`opened` carries the key of a row on Enter or a double click, `chosen` that of the row one is on, or None.

    `fitting` lists are as high as their rows and stand in a page that scrolls; others scroll themselves.
    """

    opened = Signal(object)
    chosen = Signal(object)
    left_upwards = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, fitting: bool = False) -> None:
        super().__init__(parent)
        self._fitting = fitting
        self.setAccessibleName(name)
        if fitting:
            self.setProperty("role", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowPainter(self))
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._open)
        theme_box().changed.connect(self.fit)

    def show_rows(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Show these, with no row chosen; with `keep` the row of the same key stays chosen."""
        before = self.current_key() if keep else None
        self.rows.show(rows)
        if self._fitting:
            # Tab passes an empty list by
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        if before is not None:
            self.choose(before)
        if rows and self.hasFocus() and not self.currentIndex().isValid():
            self.choose_row(0)
        self.fit()

    def current_key(self) -> object:
        """What the row under the keyboard stands for, None for none."""
        row = self.currentIndex().data(ROW)
        return row.key if isinstance(row, Row) else None

    def choose(self, key: object) -> None:
        """The row of that key, if there is one."""
        place = next((place for place, row in enumerate(self.rows.rows) if row.key == key), -1)
        if place >= 0:
            self.choose_row(place)

    def choose_row(self, place: int) -> None:
        """The row at that place."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.rows.index(place, 0), flags.ClearAndSelect)

    def fit(self) -> None:
        """Take the height of the rows there are."""
        if not self._fitting:
            return
        theme = current()
        high = sum(self.sizeHintForRow(row) for row in range(len(self.rows.rows)))
        self.setFixedHeight(max(high, theme.px("size_target")) + 6)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Up in the first row leaves upwards."""
        if is_bare_enter(event):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard stands on a row as soon as it is in the list."""
        if not self.currentIndex().isValid() and self.rows.rows:
            self.choose_row(0)  # before Qt would make it current without choosing it
        super().focusInEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Row):
            self.opened.emit(row.key)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        row = now.data(ROW)
        if self.hasFocus():
            scroll_to(self)  # where the page is lower than the list, Qt scrolls only the list
        self.chosen.emit(row.key if isinstance(row, Row) else None)
