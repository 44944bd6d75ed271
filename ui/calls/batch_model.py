"""The lines of a tally as a table that can be typed into: words, what is wrong with them, and how they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ppsdesk.domain.vocabulary import Vocabularies
from ui.calls.batch_lines import COLUMNS, NAMES, BatchLine, Reading, following, read_cell, short_day, shown_cell
from ui.kit.records import one_line
from ui.kit.words import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
WRONG = Qt.ItemDataRole.UserRole + 1  # the sentence for a cell that cannot be read, or ""


class BatchModel(QAbstractTableModel):
    """`typed` carries the row in which something was changed. There is always at least one line."""

    typed = Signal(int)

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._lists = Vocabularies(())
        self._line = ""
        self.lines: list[BatchLine] = [self._first()]
        self.problems: dict[tuple[int, str], str] = {}

    # -- lines ---------------------------------------------------------------------------------------------------------

    def take_lists(self, lists: Vocabularies, line: str) -> None:
        """The lists to choose from, and the desk's own line for the first row."""
        self._lists = lists
        self._line = line
        if len(self.lines) == 1 and self.lines[0].is_empty:
            self.lines[0].preset = self._first().preset
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(COLUMNS) - 1))

    def add_line(self) -> int:
        """A line below the last one; its row."""
        row = len(self.lines)
        self.beginInsertRows(QModelIndex(), row, row)
        self.lines.append(following(self.lines[-1]))
        self.endInsertRows()
        return row

    def start_again(self) -> None:
        """One empty line, with the day and the line worked on last."""
        last = self.lines[-1]
        self.beginResetModel()
        self.lines = [following(last)]
        self.problems = {}
        self.endResetModel()

    def put_back(self, lines: list[BatchLine]) -> None:
        """These lines again, as after an undo."""
        self.beginResetModel()
        self.lines = [*lines] or [self._first()]
        self.problems = {}
        self.endResetModel()

    def filled(self) -> list[tuple[int, BatchLine]]:
        """Rows (from 0) in which something was typed."""
        return [(row, line) for row, line in enumerate(self.lines) if not line.is_empty]

    def reading(self, row: int) -> Reading:
        """What the cells of a row are read with."""
        plain = Reading(lists=self._lists, today=self._today(), day=self._today())
        try:
            day = read_cell(COLUMNS[0], self.lines[row].text("taken_on"), plain)
        except ValueError:
            day = None
        return Reading(lists=self._lists, today=plain.today, day=day if isinstance(day, date) else plain.today)

    # -- problems ------------------------------------------------------------------------------------------------------

    def show_problems(self, problems: Mapping[tuple[int, str], str]) -> None:
        """Mark these cells as wrong, and no others."""
        self.problems = dict(problems)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(COLUMNS) - 1))

    def problem(self, index: Index) -> str:
        """The sentence for a cell, "" when it is right."""
        return self.problems.get((index.row(), NAMES[index.column()]), "")

    # -- what Qt asks --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """A table has no rows below its rows."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """As declared."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Heads, and the number of each row."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(COLUMNS):
            return COLUMNS[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, words to edit, what is spoken, what is wrong."""
        if not index.isValid():
            return None
        column, text = COLUMNS[index.column()], self.lines[index.row()].text(NAMES[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(text)
        if role == Qt.ItemDataRole.EditRole:
            return text
        problem = self.problem(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"Row {index.row() + 1}, {column.head}: {one_line(text) or 'nothing entered'}"
            return f"{said}. {problem}" if problem else said
        if role == WRONG:
            return problem
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(problem or text) or None
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802  # Qt's name
        """Keep what was typed; in the words of the list where it is understood, with a sentence where it is not."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row, column = index.row(), COLUMNS[index.column()]
        line, typed = self.lines[row], str(value)
        if typed == line.text(column.name) and not self.problem(index):
            return True
        line.texts[column.name] = shown_cell(column, typed, self.reading(row))
        self._read_again(row, column.name)
        if column.name == "taken_on":  # other lists may be offered on another day
            for other in COLUMNS:
                if other.vocabulary is not None and line.text(other.name):
                    self._read_again(row, other.name)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        self.typed.emit(row)
        return True

    def _read_again(self, row: int, name: str) -> None:
        self.problems.pop((row, name), None)
        try:
            read_cell(COLUMNS[NAMES.index(name)], self.lines[row].text(name), self.reading(row))
        except ValueError as error:
            self.problems[row, name] = str(error)

    def _first(self) -> BatchLine:
        return BatchLine(preset={"taken_on": short_day(self._today()), "line": self._line})
