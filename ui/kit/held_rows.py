"""What short lists share that hold all of their rows: a page of them, a few suggestions, what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


class HeldRows(QAbstractListModel, Generic[R]):
    """The rows in the order shown. A list says in `data` what of a row is shown and what is spoken."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[R, ...] = ()

    def show(self, rows: Sequence[R]) -> None:
        """These instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """A list has no rows below its rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def row(self, index: Index) -> R | None:
        """The row at an index, None for the index of nothing."""
        return self.rows[index.row()] if index.isValid() else None
