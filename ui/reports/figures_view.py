"""One table of figures: every count leads to the calls it counted."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from ppsdesk.domain.figures import Cell, Count, FigureTable, Share
from ppsdesk.domain.figures import Column as FigureColumn
from ppsdesk.services.reporting import cell_words
from ui.kit.delegates import RowDelegate
from ui.kit.parts import Flow, KeyButton, label, spaced
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.theme import current

Row = tuple[Cell, ...]
WORKED_OUT = "This figure is worked out from the two before it; open one of those."


class FigureDelegate(RowDelegate):
    """The count in semibold, and a ring around the figure under the keyboard."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The second column is what the table is about."""
        super().initStyleOption(option, index)
        if index.column() == 1:
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: FigureTable | None = None
        self.table = ShortTable(RecordsModel[Row](()), "Figures", self)
        self.table.setItemDelegate(FigureDelegate(self.table))
        self.table.opened.connect(self._open)
        self.show_calls = KeyButton("Show calls", "Enter", icon="chevron-right").when_pressed(self.open_current)
        self.told = label("", "muted", wrap=True)
        self._small_print = label("", "caption", wrap=True)
        box = QVBoxLayout(self)
        spaced(box, gap="s")
        box.addWidget(self.table)
        row = Flow(gap="m", fill=True)
        row.addWidget(self.show_calls)
        row.addWidget(self.told)
        box.addLayout(row)
        box.addWidget(self._small_print)

    def show_table(self, table: FigureTable) -> None:
        """Other figures; the keyboard stays on the same cell where there still is one."""
        place = (self.table.currentIndex().row(), self.table.currentIndex().column())
        self._table = table
        model = RecordsModel[Row](tuple(_column(at, column) for at, column in enumerate(table.columns)), self)
        self.table.setAccessibleName(table.title)
        self.table.show_columns(model)
        model.show(table.rows)
        self.table.selectionModel().currentChanged.connect(self._moved)
        row, column = place if model.index(*place).isValid() and place[1] > 0 else (len(table.rows) - 1, 1)
        self.table.setCurrentIndex(model.index(row, column))
        self._moved()
        self._small_print.setText("\n".join([table.definition, *table.notes]))

    def open_current(self) -> None:
        """The calls behind the figure under the keyboard."""
        selection = self._selection()
        if selection is not None:
            self.calls_wanted.emit(selection)

    def _open(self, row: object) -> None:
        self.open_current()

    def _selection(self) -> object:
        cell = self._cell()
        return cell.selection if isinstance(cell, Count) else None

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
        self.told.setText(f"{row[0]}, {column.head}: {_told(cell, column)}")
        if self._selection() is not None:
            self.show_calls.switch_on()
        else:
            self.show_calls.switch_off(_why(at, row) or WORKED_OUT)


def _column(at: int, column: FigureColumn) -> Column[Row]:
    numeric = column.kind != "text"
    theme = current()
    wide = QFontMetrics(theme.font("caption", strong=True)).horizontalAdvance(column.head) / theme.scale
    return Column(
        column.head,
        partial(_words, at, column),
        numeric=numeric,
        width=max(96, round(wide) + 32) if numeric else 0,
        why=partial(_why, at),
    )


def _words(at: int, column: FigureColumn, row: Row) -> str:
    return cell_words(row[at], column)


def _why(at: int, row: Row) -> str:
    cell = row[at]
    return cell.why if isinstance(cell, Count | Share) else ""


def _told(cell: Cell, column: FigureColumn) -> str:
    why = cell.why if isinstance(cell, Count | Share) else ""
    return f"no figure, as {why}." if why else f"{cell_words(cell, column)}."
