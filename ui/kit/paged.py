"""A list of up to a million rows: all ids, and only the pages of records one looks at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ui.kit.records import Column, ColumnsModel, R

PAGE = 100  # rows
HELD = 40  # pages
UNDER_WAY = 3  # pages asked for at once

Fetch = Callable[[Sequence[int]], None]


class PagedModel(ColumnsModel[R]):
    """Rows are ids; records come by pages when they are looked at, and the longest unseen pages go again.

    `wanted` carries the ids of a page, and `fetch` is called with them: answer with `supply`, or with `lost` when it
    went wrong. A row whose record is not here shows "…". Sorting is the database's: `sort_wanted` carries the column's
    key and whether downwards, and whoever shows the list shows it anew.
    """

    wanted = Signal(object)

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._ids: array[int] = array("q")
        self._fetch: Fetch | None = None
        self._pages: OrderedDict[int, list[R | None]] = OrderedDict()
        self._asked: dict[int, None] = {}
        self._wished: OrderedDict[int, None] = OrderedDict()
        # Asked for when the paint is over: a list dragged through asks only for where it stopped.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def show(self, ids: array[int], fetch: Fetch | None = None) -> None:
        """Show the records of these ids, in this order; nothing held before is used again."""
        self.beginResetModel()
        self._ids, self._fetch = ids, fetch
        self._pages.clear()
        self._asked.clear()
        self._wished.clear()
        self.endResetModel()

    def supply(self, records: Mapping[int, R]) -> None:
        """Records by id. A page that was asked for and is not among them has gone from the list: it stays "…"."""
        for page in [page for page in self._asked if any(id_ in records for id_ in self._ids_of(page))]:
            self._hold(page, [records.get(id_) for id_ in self._ids_of(page)])
        self._ask()

    def hold(self, page: int, records: Mapping[int, R]) -> None:
        """Records of a page that were read together with the ids: nobody need ask for them."""
        self._hold(page, [records.get(id_) for id_ in self._ids_of(page)])

    def lost(self) -> None:
        """What was asked for will not come; it is asked for again when looked at again."""
        self._asked.clear()

    def look_again(self) -> None:
        """The same ids, their records read anew."""
        self._pages.clear()
        self._asked.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(self.size() - 1, len(self.columns) - 1))

    def size(self) -> int:
        """How many ids."""
        return len(self._ids)

    def ids(self) -> array[int]:
        """All ids, in the order shown."""
        return self._ids

    def row_of(self, id_: int) -> int:
        """The row of an id, -1 for none."""
        try:
            return self._ids.index(id_)
        except ValueError:
            return -1

    def held(self) -> int:
        """How many records are in memory."""
        return sum(len(page) for page in self._pages.values())

    def record(self, row: int) -> R | None:
        """The record if it is here; otherwise its page is sent for."""
        if not 0 <= row < len(self._ids):
            return None
        page, place = divmod(row, PAGE)
        records = self._pages.get(page)
        if records is None:
            self._wish(page)
            return None
        self._pages.move_to_end(page)
        return records[place]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order, by a column that has a key."""
        if 0 <= column < len(self.columns) and self.columns[column].key:
            self.sort_wanted.emit(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)

    def _wish(self, page: int) -> None:
        if page in self._asked:
            return
        self._wished[page] = None
        self._wished.move_to_end(page)
        while len(self._wished) > UNDER_WAY:
            self._wished.popitem(last=False)
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        while self._wished and len(self._asked) < UNDER_WAY:
            page, _ = self._wished.popitem(last=False)
            self._asked[page] = None
            ids = self._ids_of(page)
            self.wanted.emit(ids)
            if self._fetch is not None:
                self._fetch(ids)

    def _ids_of(self, page: int) -> list[int]:
        return list(self._ids[page * PAGE : (page + 1) * PAGE])

    def _hold(self, page: int, records: list[R | None]) -> None:
        self._asked.pop(page, None)
        self._pages[page] = records
        self._pages.move_to_end(page)
        while len(self._pages) > HELD:
            self._pages.popitem(last=False)
        first = page * PAGE
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(records) - 1, len(self.columns) - 1))
