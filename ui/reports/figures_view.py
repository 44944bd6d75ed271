"""One table of figures: every count leads to the calls it counted."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from ppsdesk.domain.figures import Cell, Count, FigureTable, Share
from ppsdesk.domain.figures import Column as FigureColumn
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.services.reporting import cell_words, small_print
from ui.kit.delegates import RowDelegate
from ui.kit.desk import Desk
from ui.kit.parts import Flow, KeyButton, label, spaced
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.theme import current
from ui.reports.widths import cell_width, in_two_lines

Row = tuple[Cell, ...]
BY_PERIOD = ("by-year", "by-term", "by-month")  # their last row is the newest
WORKED_OUT = "It is worked out from two counts of its row; open one of those."
HIDDEN = "Its calls are not shown either."
NOTHING_BEHIND = "There are no calls behind it to show."
LABEL_WIDEST = 260  # pixels at 100 % text
MANY, LABEL_OF_MANY = 6, 170  # so many columns of figures, three periods and what follows, leave the names less
NARROWEST = 72  # pixels of a column of figures


class FigureDelegate(RowDelegate):
    """A ring around the figure under the keyboard; the counts of the column `strong` in semibold, 0 for none."""

    strong = 0

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The newest counts are what a table of comparisons is about."""
        super().initStyleOption(option, index)
        if self.strong and index.column() == self.strong:
            styled: Any = option
            styled.font.setWeight(QFont.Weight.DemiBold)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As every row, then the ring."""
        super().paint(painter, option, index)
        view: Any = self.parent()
        styled: Any = option
        if not view.hasFocus() or view.currentIndex() != index:
            return
        painter.save()
        painter.setPen(QPen(current().colour("focus"), 2))
        painter.drawRect(styled.rect.adjusted(2, 2, -3, -3))
        painter.restore()


class FiguresView(QWidget):
    """A `FigureTable` with its definition and notes. `calls_wanted` carries the `Selection` behind a figure."""

    calls_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: FigureTable | None = None
        self.table = ShortTable(RecordsModel[Row](()), "Figures", self)
        self._delegate = FigureDelegate(self.table)
        self.table.setItemDelegate(self._delegate)
        self.table.opened.connect(self._open)
        self.show_calls = KeyButton("Show calls", "Enter", icon="chevron-right").when_pressed(self.open_current)
        self.told = label("", "muted", wrap=True)
        self._small_print = label("", "caption", wrap=True)
        box = QVBoxLayout(self)
        spaced(box, gap="s")
        box.addWidget(self.table)
        row = Flow(gap="m", fill=True)
        row.addWidget(self.show_calls.needs(desk.rights, Subject.CALLS, Action.READ))
        row.addWidget(self.told)
        box.addLayout(row)
        box.addWidget(self._small_print)

    def show_table(self, table: FigureTable) -> None:
        """Other figures; the keyboard stays on the same cell where there still is one."""
        same = self._table is not None and self._table.id == table.id
        place = (self.table.currentIndex().row(), self.table.currentIndex().column()) if same else (-1, 0)
        self._table = table
        self._delegate.strong = _newest(table)
        model = RecordsModel[Row](tuple(_column(at, column, table) for at, column in enumerate(table.columns)), self)
        self.table.setAccessibleName(table.title)
        self.table.show_columns(model)
        model.show(table.rows)
        self.table.selectionModel().currentChanged.connect(self._moved)
        row, column = place if model.index(*place).isValid() and place[1] > 0 else self._first_place(table)
        self.table.setCurrentIndex(model.index(row, column))
        self._moved()
        self._small_print.setText("\n".join(small_print(table)))

    def open_current(self) -> None:
        """The calls behind the figure under the keyboard."""
        selection = self._selection()
        if selection is not None and self.show_calls.permitted:
            self.calls_wanted.emit(selection)

    def _first_place(self, table: FigureTable) -> tuple[int, int]:
        """A count of the newest period, or the first count there is."""
        return (len(table.rows) - 1 if table.id in BY_PERIOD else 0, self._delegate.strong or 1)

    def _open(self, row: object) -> None:
        self.open_current()

    def _selection(self) -> object:
        cell = self._cell()
        return cell.selection if isinstance(cell, Count) and cell.value is not None else None

    def _cell(self) -> Cell | None:
        """The figure under the keyboard; on a label, the count beside it."""
        index = self.table.currentIndex()
        if self._table is None or not index.isValid():
            return None
        return self._table.rows[index.row()][max(index.column(), 1)]

    def _moved(self) -> None:
        cell = self._cell()
        if self._table is None or cell is None:
            return
        row, at = self._table.rows[self.table.currentIndex().row()], max(self.table.currentIndex().column(), 1)
        column = self._table.columns[at]
        closed = "" if self._selection() is not None else _closed(cell, column)
        self.told.setText(f"{row[0]}, {column.head}: {_told(cell, column)} {closed}".strip())
        if closed:
            self.show_calls.switch_off(closed)
        else:
            self.show_calls.switch_on()


def _newest(table: FigureTable) -> int:
    """The counts that are compared stand before those they are compared with; 0 where nothing is compared."""
    kinds = [column.kind for column in table.columns]
    return kinds.index("change") - 2 if "change" in kinds else 0


def _column(at: int, column: FigureColumn, table: FigureTable) -> Column[Row]:
    words = partial(_words, at, column)
    if column.kind == "text":
        widest = max((cell_width(words(row), "base") for row in table.rows), default=0)
        room = LABEL_OF_MANY if len(table.columns) > MANY else LABEL_WIDEST
        return Column(column.head, words, least=max(90, min(widest, room)))
    head = in_two_lines(column.head)
    width = max(NARROWEST, *(cell_width(line, "caption") for line in head.splitlines()))
    return Column(head, words, numeric=True, width=width, why=partial(_why, at, column))


def _words(at: int, column: FigureColumn, row: Row) -> str:
    return cell_words(row[at], column)


def _why(at: int, column: FigureColumn, row: Row) -> str:
    cell = row[at]
    if isinstance(cell, Share) and cell.per_cent is not None and cell.base is not None:
        return _told(cell, column)
    return cell.why if isinstance(cell, Count | Share) else ""


def _closed(cell: Cell, column: FigureColumn) -> str:
    """Why no calls can be shown for a figure without a selection."""
    if isinstance(cell, Count) and cell.mark:
        return HIDDEN
    return NOTHING_BEHIND if column.kind == "count" and isinstance(cell, Count) else WORKED_OUT


def _told(cell: Cell, column: FigureColumn) -> str:
    words = cell_words(cell, column)
    if isinstance(cell, Share) and cell.per_cent is not None and cell.base is not None:
        return f"{words} of {cell.base:,}."
    why = cell.why if isinstance(cell, Count | Share) else ""
    if why and isinstance(cell, Count) and cell.mark:
        return f"{cell.mark}, as {why}."
    return f"no figure, as {why}." if why else f"{words}."
