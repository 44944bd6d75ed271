"""The table of records: one Tab stop, everything by keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.kit.delegates import RowDelegate
from ui.kit.enter import is_bare_enter
from ui.kit.records import ColumnsModel
from ui.kit.surfaces import scroll_to
from ui.kit.theme import current, theme_box
from ui.kit.words import announce, no_access_key

_COPY_AT_MOST = 20_000
_FEW = 1_000  # rows


class RecordsTable(QTableView):
    """`opened` is Enter or a double click on a row; `chosen` follows the row under the keyboard (None for none).

    Ctrl+C copies the selected rows with their heads; `copied` says how many, in a sentence. The menu key or Shift+F10
    sorts. Tab leaves the table.
    """

    opened = Signal(object)
    chosen = Signal(object)
    copied = Signal(str)

    def __init__(self, model: ColumnsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(RowDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sectionClicked.connect(self._head_clicked)
        head.setSectionsClickable(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)
        self.doubleClicked.connect(self._open)
        self._records = model
        self.setModel(model)
        theme_box().changed.connect(self._fit)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Only models with columns."""
        assert isinstance(model, ColumnsModel)
        self._records = model
        super().setModel(model)
        # The head would ask of every row whether it is selected, on every paint.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))
        self.selectionModel().currentRowChanged.connect(self._moved)
        model.modelReset.connect(self._begin)
        self._fit()

    def head_height(self) -> int:
        """Pixels of the head, whose titles may have two lines."""
        more = max((column.title.count("\n") for column in self._records.columns), default=0)
        return current().px("size_header") + more * QFontMetrics(current().font("caption", strong=True)).lineSpacing()

    def current_record(self) -> Any:
        """The record under the keyboard, or None."""
        return self._records.record(self.currentIndex().row())

    def selected_rows(self) -> list[int]:
        """Rows selected, from the top."""
        # By ranges: a list of a million indexes would stop the window for many seconds.
        ranges = sorted((part.top(), part.bottom()) for part in _ranges(self.selectionModel().selection()))
        return list(dict.fromkeys(row for top, bottom in ranges for row in range(top, bottom + 1)))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802  # Qt's name
        """For a screen reader Qt would visit every cell of the selection: a large one is told in one sentence."""
        if _rows_in(selected) + _rows_in(deselected) <= _FEW:
            super().selectionChanged(selected, deselected)
            return
        self.viewport().update()
        announce(self, f"{_rows_in(self.selectionModel().selection()):,} rows selected.")

    def choose_row(self, row: int) -> None:
        """Put the keyboard on a row and show it."""
        # Not `selectRow`, which heeds the keys held: with Ctrl, of Ctrl+2, it would add the row to the selection.
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._records.index(row, 0), flags.ClearAndSelect | flags.Rows)
        self.scrollTo(self._records.index(row, 0))

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Sort by a column that has a key; the head shows it."""
        if not self._records.columns[column].key:
            return
        self.horizontalHeader().setSortIndicator(column, order)
        self._records.sort(column, order)
        way = "downwards" if order == Qt.SortOrder.DescendingOrder else "upwards"
        announce(self, f"Sorted by {self._records.columns[column].title}, {way}.")

    def copy_rows(self) -> None:
        """Heads and selected rows as text with tabs, for a letter or a spreadsheet."""
        rows = self.selected_rows()
        here = [row for row in rows[:_COPY_AT_MOST] if self._records.record(row) is not None]
        if not here:
            return
        lines = [[column.title for column in self._records.columns], *(self._records.words(row) for row in here)]
        text = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
        QGuiApplication.clipboard().setText(text)
        said = "1 row copied." if len(here) == 1 else f"{len(here):,} rows copied."
        if len(here) < len(rows):
            said = f"{len(here):,} of {len(rows):,} rows copied: those already shown. Export gives all of them."
        announce(self, said)
        self.copied.emit(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Home and End go to the first and last row."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_bare_enter(event):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and held == Qt.KeyboardModifier.NoModifier:
            self.choose_row(0 if event.key() == Qt.Key.Key_Home else self._records.size() - 1)
        else:
            super().keyPressEvent(event)

    def setColumnHidden(self, column: int, hide: bool) -> None:  # noqa: N802  # Qt's name
        """What a column gives up goes to those without a width."""
        changed = self.isColumnHidden(column) != hide
        super().setColumnHidden(column, hide)
        if changed:
            self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns without a width share what is left."""
        super().resizeEvent(event)
        self._share()

    def sort_menu(self) -> QMenu:
        """Every way to sort, and copying, for those who do not point."""
        menu = QMenu("Sort", self)
        for place, column in enumerate(self._records.columns):
            if column.key:
                for words, order in (("upwards", Qt.SortOrder.AscendingOrder),
                                     ("downwards", Qt.SortOrder.DescendingOrder)):  # fmt: skip
                    action = menu.addAction(f"Sort by {no_access_key(column.title)}, {words}")
                    action.setData((place, order.value))
        menu.addSeparator()
        menu.addAction("Copy rows\tCtrl+C").triggered.connect(self._copy)
        menu.triggered.connect(self._menu_chosen)
        return menu

    def _menu_at(self, point: QPoint) -> None:
        menu = self.sort_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(point))

    def _menu_chosen(self, action: Any) -> None:
        if action.data():
            place, order = action.data()
            self.sort_by(place, Qt.SortOrder(order))

    def _copy(self) -> None:
        self.copy_rows()

    def _head_clicked(self, column: int) -> None:
        head = self.horizontalHeader()
        again = head.property("sorted") == column and head.property("down") is False
        order = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
        head.setProperty("sorted", column)
        head.setProperty("down", again)
        self.sort_by(column, order)

    def _open(self, index: QModelIndex) -> None:
        record = self._records.record(index.row()) if index.isValid() else None
        if record is not None:
            self.opened.emit(record)

    def _moved(self, current_row: QModelIndex, before: QModelIndex) -> None:
        if self.hasFocus():
            scroll_to(self)  # where the page is lower than the table, Qt scrolls only the table
        self.chosen.emit(self._records.record(current_row.row()) if current_row.isValid() else None)

    def _begin(self) -> None:
        # Without a current row the first arrow key would be lost.
        if self._records.size():
            self.choose_row(0)

    def _fit(self) -> None:
        theme = current()
        self.verticalHeader().setDefaultSectionSize(theme.px("size_row"))
        self.horizontalHeader().setFixedHeight(self.head_height())
        self.setMinimumHeight(self.head_height() + 3 * theme.px("size_row"))
        for place, column in enumerate(self._records.columns):
            if column.width:
                self.setColumnWidth(place, round(column.width * theme.scale))
        self._share()

    def _share(self) -> None:
        columns = self._records.columns
        shown = [(place, column) for place, column in enumerate(columns) if not self.isColumnHidden(place)]
        open_ones = [place for place, column in shown if not column.width]
        taken = sum(self.columnWidth(place) for place, column in shown if column.width)
        for place in open_ones:
            least = round(columns[place].least * current().scale)
            self.setColumnWidth(place, max((self.viewport().width() - taken) // len(open_ones), least))


def _ranges(selection: QItemSelection) -> Iterable[QItemSelectionRange]:
    # A selection is a list; the stubs do not know.
    listed: Any = selection
    return listed  # type: ignore[no-any-return]


def _rows_in(selection: QItemSelection) -> int:
    return sum(part.height() for part in _ranges(selection))
