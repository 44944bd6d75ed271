"""Lists of records through columns. A new list is a tuple of columns, never a new model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.kit.words import plain_tooltip

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

STATE = Qt.ItemDataRole.UserRole + 1  # (words, kind) for a chip, or None
RECORD = Qt.ItemDataRole.UserRole + 2
WAITING = "…"
_LONGEST = 300  # what no cell can show; a note of 100,000 letters must not be measured on every paint


@dataclass(frozen=True)  # without slots, which `Column[Call](…)` cannot have on Python 3.11
class Column(Generic[R]):
    """One column: its head and the words of a record in it.

    `state` gives words and kind (success, warning, danger, info, neutral) of a chip. `key` names the column to whoever
    sorts; "" cannot be sorted by. `order` gives what to sort by in a short list, where the words would sort wrongly.
    `width` is in pixels at 100 % text, 0 shares what is left, but takes `least`. `why` explains a cell that shows
    nothing, for those who point and those who listen.
    """

    title: str
    text: Callable[[R], str]
    numeric: bool = False
    key: str = ""
    state: Callable[[R], tuple[str, str] | None] | None = None
    width: int = 0
    order: Callable[[R], Any] | None = None
    why: Callable[[R], str] | None = None
    least: int = 90


class ColumnsModel(QAbstractTableModel, Generic[R]):
    """What short and long lists share: a cell is a column's words for the record of a row, or "…" before it is here."""

    sort_wanted = Signal(str, bool)

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def record(self, row: int) -> R | None:
        """The record of a row, None past the end or while it is on its way."""
        raise NotImplementedError

    def size(self) -> int:
        """How many rows."""
        raise NotImplementedError

    def rowCount(self, parent: Index | None = None) -> int:
        """A table has no rows below its rows."""
        return 0 if parent is not None and parent.isValid() else self.size()

    def columnCount(self, parent: Index | None = None) -> int:
        """As declared."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' heads; figures have theirs at the right too."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.columns[section].title.replace("\n", " ")
        return _alignment(self.columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, alignment, chip or record."""
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self.record(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return WAITING if record is None else one_line(column.text(record))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {self._spoken(column, record)}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            why = column.why(record) if column.why and record is not None else ""
            return (plain_tooltip(why) if role == Qt.ItemDataRole.ToolTipRole else why) or None
        if role == STATE:
            return column.state(record) if column.state and record is not None else None
        return record if role == RECORD else None

    def words(self, row: int) -> list[str]:
        """The whole row as words, in column order, uncut."""
        record = self.record(row)
        return [WAITING if record is None else _full(column, record) for column in self.columns]

    def _spoken(self, column: Column[R], record: R | None) -> str:
        return "on its way" if record is None else one_line(_full(column, record)) or "nothing entered"


class RecordsModel(ColumnsModel[R]):
    """A list that is held whole: up to a few thousand records."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._records: list[R] = []

    def show(self, records: Sequence[R]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    def size(self) -> int:
        """How many records."""
        return len(self._records)

    def record(self, row: int) -> R | None:
        """The record of a row, None past the end."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def records(self) -> tuple[R, ...]:
        """All of them, in the order shown."""
        return tuple(self._records)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column that has a key; by its words, or by what its `order` says."""
        if not 0 <= column < len(self.columns) or not self.columns[column].key:
            return
        by = self.columns[column].order or (lambda record: self.columns[column].text(record).casefold())
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [self._records[index.row()] for index in old]
        self._records.sort(key=by, reverse=order == Qt.SortOrder.DescendingOrder)
        places = {id(record): row for row, record in enumerate(self._records)}
        new = [self.index(places[id(record)], index.column()) for record, index in zip(held, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


def one_line(text: str) -> str:
    """A cell's words: no line breaks, and no more of them than a cell can show."""
    cut = text[: _LONGEST + 1]
    flat = " ".join(cut.split()) if "\n" in cut or "\r" in cut or "\t" in cut else cut
    return flat if len(text) <= _LONGEST else f"{flat[:_LONGEST]}…"


def _full(column: Column[R], record: R) -> str:
    text = column.text(record)
    state = column.state(record) if column.state else None
    return state[0] if state and not text else text


def _alignment(column: Column[R]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
