"""The table one types a tally into: Tab goes on, at the end of the last line it makes the next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.calls.batch_lines import BETWEEN, COLUMNS, BatchColumn, candidates, taken
from ui.calls.batch_model import WRONG, BatchModel
from ui.kit.enter import ENTER
from ui.kit.suggestions import Suggestions
from ui.kit.theme import current, theme_box
from ui.kit.words import announce, say

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint
LEAST = 150  # pixels at 100 % text of a column that shares what is left


class CellEditor(QLineEdit):
    """One cell while it is typed into, with the list of its column."""

    def __init__(self, model: BatchModel, index: Index, parent: QWidget) -> None:
        super().__init__(parent)
        self.column: BatchColumn = COLUMNS[index.column()]
        self._model, self._row = model, index.row()
        self._list: Suggestions | None = None
        self.setProperty("role", "cell")
        self.setPlaceholderText(self.column.hint)
        self.setAccessibleName(f"Row {index.row() + 1}, {self.column.head}")
        self.setAccessibleDescription(model.problem(index) or self.column.hint)
        say(self, state="wrong" if model.problem(index) else "")
        self.textEdited.connect(self._typed)

    def begin_with(self, text: str) -> None:
        """The cell's words; several topics are added to, everything else is typed over."""
        more = BETWEEN if self.column.several and text and not text.rstrip().endswith(BETWEEN.strip()) else ""
        if self.text() in ("", text):
            self.setText(text + more)
            if not self.column.several:
                self.selectAll()

    @property
    def list_open(self) -> bool:
        """Whether one chooses from the list now."""
        return self._list is not None and self._list.isVisible()

    def open_list(self) -> None:
        """The terms that begin with what was typed, all of them where nothing was."""
        if self.column.vocabulary is None:
            return
        terms = candidates(self.column, self.text(), self._model.reading(self._row))
        if self._list is None:
            self._list = Suggestions(self, "Up, Down choose · Enter takes it · Esc closes")
            self._list.taken.connect(self._clicked)
        self._list.show_rows([(str(term.code), term.shown, term.group) for term in terms])

    def close_list(self) -> None:
        """Nothing is taken."""
        if self._list is not None:
            self._list.hide()

    def drop_list(self) -> None:
        """The cell is left."""
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def move_by(self, step: int) -> None:
        """The mark up or down."""
        if self._list is not None:
            self._list.move_by(step)

    def take_marked(self) -> None:
        """The term under the mark."""
        if self._list is not None:
            self._take(self._list.current_code())

    def take_only(self) -> None:
        """The only one there is; where there are several nothing is taken by itself."""
        terms = candidates(self.column, self.text(), self._model.reading(self._row))
        if len(terms) == 1:
            self._take(str(terms[0].code))

    def _take(self, code: str) -> None:
        terms = candidates(self.column, self.text(), self._model.reading(self._row))
        term = next((term for term in terms if term.code == code), None)
        if term is not None:
            self.setText(taken(self.column, self.text(), term))
            announce(self, f"{term.shown} taken.")
        self.close_list()

    def _typed(self, text: str) -> None:
        say(self, state="")
        last = text.rsplit(BETWEEN.strip(), 1)[-1].strip() if self.column.several else text.strip()
        if last and self.column.vocabulary is not None:
            self.open_list()
        else:
            self.close_list()

    def _clicked(self, code: str) -> None:
        self._take(code)


class CellDelegate(QStyledItemDelegate):
    """Makes the editor of a cell and knows its keys; paints what cannot be read with a sign."""

    def __init__(self, grid: BatchGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.editor: CellEditor | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802  # Qt's name
        """A line, as high as the row."""
        self.editor = CellEditor(self._grid.lines, index, parent)
        return self.editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  # Qt's name
        """The whole cell."""
        styled: Any = option
        editor.setGeometry(styled.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802  # Qt's name
        """The words as typed."""
        assert isinstance(editor, CellEditor)
        if not editor.isModified():  # another cell's change must not undo what is being typed
            editor.begin_with(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802  # Qt's name
        """What was typed; the sign that stands between topics belongs to no text."""
        assert isinstance(editor, CellEditor)
        text = editor.text()
        model.setData(self._grid.lines.index(index.row(), index.column()),
                      text.rstrip().rstrip(BETWEEN.strip()) if editor.column.several else text)  # fmt: skip

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802  # Qt's name
        """The list goes with the cell."""
        if isinstance(editor, CellEditor):
            editor.drop_list()
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes and goes on, Tab goes on, Escape closes the list, then the cell; nothing typed is lost."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, CellEditor) and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier:
            return False
        if editor.list_open and self._key_in_list(editor, key):
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            editor.open_list()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, *ENTER):
            back = key == Qt.Key.Key_Backtab or held == Qt.KeyboardModifier.ShiftModifier
            if editor.list_open:
                editor.take_only()
            self._leave(editor, Hint.EditPreviousItem if back else Hint.EditNextItem)
        elif key == Qt.Key.Key_Escape:
            self._leave(editor, Hint.NoHint)
        else:
            return False
        return True

    def _key_in_list(self, editor: CellEditor, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            editor.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            editor.close_list()
        elif key in ENTER:
            self._take(editor)
        else:
            return False
        return True

    def _take(self, editor: CellEditor) -> None:
        editor.take_marked()
        if not editor.column.several:
            self._leave(editor, Hint.EditNextItem)

    def _leave(self, editor: CellEditor, hint: Hint) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell that cannot be read has another ground and a sign."""
        styled: Any = option
        if index.data(WRONG):
            theme = current()
            painter.fillRect(styled.rect, theme.colour("danger_fill"))
            side = theme.px("size_icon")
            sign = theme.pixmap("octagon-alert", "danger_text", ratio=painter.device().devicePixelRatio())
            painter.drawPixmap(styled.rect.right() - side - 4, styled.rect.center().y() - side // 2 + 1, sign)
            styled.rect = styled.rect.adjusted(0, 0, -side - 4, 0)
        super().paint(painter, option, index)


class BatchGrid(QTableView):
    """Every cell is open for typing as soon as the keyboard is on it. `lines` is its model.

    Tab and Enter go to the next cell, Shift+Tab back; at the end of a line with something in it a new one begins, and
    from an empty last line Tab goes on to what stands below. Escape and then Tab leave from anywhere.
    """

    def __init__(self, lines: BatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self._moving = False
        self.setModel(lines)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Calls, one line each")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.SelectedClicked | triggers.DoubleClicked
                             | triggers.EditKeyPressed | triggers.CurrentChanged)  # fmt: skip
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionsClickable(False)
        theme_box().changed.connect(self._fit)
        self._fit()

    def open_cell(self, row: int, column: int) -> None:
        """The keyboard into that cell."""
        self._moving = True
        index = self.lines.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._moving = False
        if self._delegate.editor is None:
            self.edit(index)
        if self._delegate.editor is not None:
            self._delegate.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_open_cell(self) -> None:
        """Take over what is being typed, without leaving the cell."""
        if self._delegate.editor is not None:
            self.commitData(self._delegate.editor)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:  # noqa: N802  # Qt's name
        """From one cell to the next, by our own order."""
        self._moving = True
        super().closeEditor(editor, Hint.NoHint)
        self._moving = False
        if hint in (Hint.EditNextItem, Hint.EditPreviousItem):
            self._step(1 if hint == Hint.EditNextItem else -1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to a cell: by Tab to the first of the line, back to the one it left."""
        super().focusInEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if not self._moving and event.reason() in reasons:
            here, forward = self.currentIndex(), event.reason() == Qt.FocusReason.TabFocusReason
            self.open_cell(max(here.row(), 0), 0 if forward else max(here.column(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Topics and notes share what is left."""
        super().resizeEvent(event)
        self._share()

    def _step(self, by: int) -> None:
        here = self.currentIndex()
        at = here.row() * len(COLUMNS) + here.column() + by
        row, column = divmod(at, len(COLUMNS))
        if row < 0:
            self.focusNextPrevChild(False)
        elif row < self.lines.rowCount():
            self.open_cell(row, column)
        elif self.lines.lines[-1].is_empty:
            self.focusNextPrevChild(True)
        else:
            self.open_cell(self.lines.add_line(), 0)

    def _fit(self) -> None:
        theme = current()
        self.verticalHeader().setDefaultSectionSize(theme.px("size_row") + 4)
        self.verticalHeader().setMinimumWidth(theme.px("size_target"))
        self.horizontalHeader().setFixedHeight(theme.px("size_header"))
        self.setMinimumHeight(theme.px("size_header") + 3 * theme.px("size_row"))
        self._share()

    def _share(self) -> None:
        scale = current().scale
        for place, column in enumerate(COLUMNS):
            if column.width:
                self.setColumnWidth(place, round(column.width * scale))
        taken_up = sum(self.columnWidth(place) for place, column in enumerate(COLUMNS) if column.width)
        shared = [place for place, column in enumerate(COLUMNS) if not column.width]
        for place in shared:
            left = (self.viewport().width() - taken_up) // len(shared)
            self.setColumnWidth(place, max(left, round(LEAST * scale)))
