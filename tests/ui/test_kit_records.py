"""Lists: short ones, and those of a million rows."""

from __future__ import annotations

import tracemalloc
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.kit.paged import HELD, PAGE, UNDER_WAY, PagedModel
from ui.kit.records import STATE, WAITING, Column, RecordsModel
from ui.kit.row_list import Row, RowsModel
from ui.kit.table import RecordsTable

Show = Callable[..., QWidget]
Key = Qt.Key


@dataclass(frozen=True)
class Line:
    """What a list shows of a call."""

    id: int
    caller: str
    minutes: int
    saved: bool = True


def state(line: Line) -> tuple[str, str]:
    """Words and kind of the chip."""
    return ("Saved", "success") if line.saved else ("To complete (2)", "warning")


COLUMNS = (
    Column[Line]("Caller", lambda line: line.caller, key="caller"),
    Column[Line]("Minutes", lambda line: str(line.minutes), True, key="minutes", order=lambda line: line.minutes),
    Column[Line]("State", lambda line: "", state=state, width=160),
)
LINES = (
    Line(1, "Rowan", 9),
    Line(2, "<b>Mrs O’Brien</b> & son", 14, saved=False),
    Line(3, "Idris\nFernhollow", 4),
)


@pytest.fixture
def short(qapp: QApplication) -> RecordsModel[Line]:
    """Three calls."""
    model = RecordsModel[Line](COLUMNS)
    model.show(LINES)
    return model


@pytest.fixture
def table(show: Show, short: RecordsModel[Line]) -> RecordsTable:
    """The three calls in a table between two fields, the keyboard in it."""
    page = QWidget()
    column = QVBoxLayout(page)
    made = RecordsTable(short, "Calls")
    before, after = QTextEdit(), QTextEdit()
    for part in (before, made, after):
        column.addWidget(part)
    show(page, 700, 500)
    made.setFocus()
    made.choose_row(0)
    return made


def test_the_short_list_is_a_proper_model(short: RecordsModel[Line], qtmodeltester: ModelTester) -> None:
    """Also while it is sorted, emptied and filled."""
    qtmodeltester.check(short, force_py=True)  # type: ignore[no-untyped-call]
    short.sort(1)
    short.show(())
    short.show(LINES)


def test_a_list_of_painted_rows_is_a_proper_model(qtmodeltester: ModelTester) -> None:
    """Also while it is emptied and filled; what is in no row is nothing."""
    model = RowsModel()
    rows = [Row(key=line.id, words=line.caller) for line in LINES]
    model.show(rows)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    assert [model.row(model.index(place)) for place in range(model.rowCount())] == rows
    assert model.rowCount(model.index(0)) == 0
    model.show(())
    assert model.row(model.index(0)) is None
    model.show(rows)


def test_the_long_list_is_a_proper_model(qtmodeltester: ModelTester) -> None:
    """Also while its pages come."""
    model = PagedModel[Line](COLUMNS)
    model.show(array("q", range(250)))
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    model.record(0)
    QApplication.processEvents()
    model.supply({number: Line(number, "Rowan", 1) for number in range(100)})
    model.show(array("q", range(3)))


def test_a_cell_says_its_head_and_its_words(short: RecordsModel[Line]) -> None:
    """To those who listen; the chip's words too. Figures stand at the right."""
    role = Qt.ItemDataRole.AccessibleTextRole
    assert short.index(1, 0).data(role) == "Caller: <b>Mrs O’Brien</b> & son"
    assert short.index(1, 2).data(role) == "State: To complete (2)"
    assert short.index(1, 2).data(STATE) == ("To complete (2)", "warning")
    right, side = Qt.AlignmentFlag.AlignRight, Qt.ItemDataRole.TextAlignmentRole
    assert short.index(0, 1).data(side) & right
    assert short.headerData(1, Qt.Orientation.Horizontal, side) == right | Qt.AlignmentFlag.AlignVCenter
    assert short.index(2, 0).data() == "Idris Fernhollow"


def test_a_note_of_a_hundred_thousand_letters_is_cut_in_its_cell() -> None:
    """It would be measured on every paint."""
    model = RecordsModel[str]((Column[str]("Notes", str),))
    model.show(["x" * 100_000])
    assert len(model.index(0, 0).data()) < 400


def test_the_list_sorts_by_value_and_keeps_the_row_one_is_on(table: RecordsTable, short: RecordsModel[Line]) -> None:
    """9 comes before 14."""
    table.choose_row(0)
    table.sort_by(1, Qt.SortOrder.AscendingOrder)
    assert [line.minutes for line in short.records()] == [4, 9, 14]
    assert table.current_record() == LINES[0]
    table.sort_by(1, Qt.SortOrder.DescendingOrder)
    assert [line.minutes for line in short.records()] == [14, 9, 4]
    table.sort_by(2, Qt.SortOrder.AscendingOrder)
    assert [line.minutes for line in short.records()] == [14, 9, 4]


def test_a_click_on_a_head_sorts_and_a_second_turns_it_round(table: RecordsTable, short: RecordsModel[Line]) -> None:
    """As everywhere."""
    head = table.horizontalHeader()
    where = head.viewport().rect().topLeft()
    where.setX(head.sectionPosition(1) + 20)
    where.setY(10)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [line.minutes for line in short.records()] == [4, 9, 14]
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [line.minutes for line in short.records()] == [14, 9, 4]


def test_sorting_needs_no_mouse(table: RecordsTable, short: RecordsModel[Line]) -> None:
    """The menu names every column that can be sorted by."""
    menu = table.sort_menu()
    words = [action.text() for action in menu.actions() if action.data()]
    assert words == [
        "Sort by Caller, upwards",
        "Sort by Caller, downwards",
        "Sort by Minutes, upwards",
        "Sort by Minutes, downwards",
    ]
    menu.actions()[3].trigger()
    assert [line.minutes for line in short.records()] == [14, 9, 4]


def test_enter_and_double_click_open_a_call(table: RecordsTable, qtbot: QtBot) -> None:
    """The record itself is handed over."""
    QTest.keyClick(table, Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Key.Key_Return)
    assert opened.args == [LINES[1]]
    with qtbot.waitSignal(table.opened) as opened:
        table.doubleClicked.emit(table.model().index(2, 0))
    assert opened.args == [LINES[2]]


def test_what_a_hidden_column_gives_up_goes_to_the_others(show: Show) -> None:
    columns = (Column[str]("Who", str, least=100), Column[str]("When", str, width=150), Column[str]("What", str))
    table = RecordsTable(RecordsModel(columns), "Calls")
    show(table, 700, 300)
    for hidden in (1, 2):
        table.setColumnHidden(hidden, True)
        assert table.viewport().width() - table.horizontalHeader().length() < len(columns)
    assert table.columnWidth(0) == table.viewport().width()


def test_tab_leaves_the_table(table: RecordsTable) -> None:
    """One stop, no trap."""
    QTest.keyClick(table, Key.Key_Tab)
    assert QApplication.focusWidget() not in (None, table)


def test_rows_are_copied_as_text_with_their_heads(table: RecordsTable) -> None:
    """Tabs between cells, a line per row, chips as words."""
    table.selectAll()
    QTest.keyClick(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "Caller\tMinutes\tState",
        "Rowan\t9\tSaved",
        "<b>Mrs O’Brien</b> & son\t14\tTo complete (2)",
        "Idris Fernhollow\t4\tSaved",
    ]


def test_a_screen_reader_hears_the_cell(table: RecordsTable) -> None:
    """Through the system's accessibility, not only through the model."""
    heard = QAccessible.queryAccessibleInterface(table)
    assert heard.text(QAccessible.Text.Name) == "Calls"
    cells = [heard.child(place).text(QAccessible.Text.Name) for place in range(heard.childCount())]
    assert "State: To complete (2)" in cells


class Database:
    """Answers pages as a desk does: later, when told to."""

    def __init__(self, model: PagedModel[Line]) -> None:
        self.model = model
        self.asked: list[list[int]] = []
        self.answered = 0

    def fetch(self, ids: Sequence[int]) -> None:
        """Remember what was asked for."""
        self.asked.append(list(ids))

    def answer(self) -> None:
        """Answer all that was asked."""
        while self.answered < len(self.asked):
            ids = self.asked[self.answered]
            self.asked[self.answered] = []
            self.answered += 1
            self.model.supply({id_: Line(id_, f"Caller {id_}", id_ % 60) for id_ in ids})


@pytest.fixture
def million(qapp: QApplication) -> tuple[PagedModel[Line], Database]:
    """A million calls, the newest first."""
    model = PagedModel[Line](COLUMNS)
    database = Database(model)
    model.show(array("q", range(1_000_000, 0, -1)), database.fetch)
    return model, database


def settle(database: Database) -> None:
    """Let paints, questions and answers come to an end."""
    for _ in range(4):
        QApplication.processEvents()
        database.answer()


def test_a_list_of_a_million_shows_its_rows_when_they_come(million: tuple[Any, Database], show: Show) -> None:
    """First "…", then the call; and asks only for the page it shows."""
    model, database = million
    table = RecordsTable(model, "Calls")
    show(table, 700, 400)
    assert model.rowCount() == 1_000_000
    assert model.index(0, 0).data() == WAITING
    settle(database)
    assert model.index(0, 0).data() == "Caller 1000000"
    assert len(database.asked) == 1
    table.choose_row(999_999)
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum()
    settle(database)
    assert table.current_record() == Line(1, "Caller 1", 1)
    assert len(database.asked) <= 4


def test_a_drag_through_a_million_rows_asks_only_for_where_it_stops(million: tuple[Any, Database], show: Show) -> None:
    """Not for the hundred places it passed; and never for more than a few pages at once."""
    model, database = million
    table = RecordsTable(model, "Calls")
    show(table, 700, 400)
    bar = table.verticalScrollBar()
    for step in range(100):
        bar.setValue(bar.maximum() * step // 100)
        table.viewport().repaint()
    QApplication.processEvents()
    assert len(database.asked) <= UNDER_WAY
    settle(database)
    assert len(database.asked) <= 2 * UNDER_WAY
    top = table.rowAt(5)
    assert model.record(top) is not None


def test_memory_stays_where_it_is_however_long_one_scrolls(million: tuple[Any, Database]) -> None:
    """A thousand pages looked at: forty are held."""
    model, database = million
    tracemalloc.start()
    for row in range(0, 100_000, PAGE * 20):
        model.record(row)
        settle(database)
    early = tracemalloc.get_traced_memory()[0]
    for row in range(0, 1_000_000, PAGE * 10):
        model.record(row)
        model._ask()
        database.answer()
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert model.held() == HELD * PAGE
    assert late - early < 4_000_000


def test_copying_from_a_long_list_says_what_was_left_out(
    million: tuple[Any, Database], show: Show, qtbot: QtBot
) -> None:
    """Select all of a million does not stop the window, and "…" is never copied."""
    model, database = million
    table = RecordsTable(model, "Calls")
    show(table, 700, 400)
    settle(database)
    table.selectAll()
    assert len(table.selected_rows()) == 1_000_000
    with qtbot.waitSignal(table.copied) as copied:
        table.copy_rows()
    assert copied.args == ["100 of 1,000,000 rows copied: those already shown. Export gives all of them."]
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1] == "Caller 1000000\t40\tSaved"
    assert len(lines) == 101


class Counting(PagedModel[Line]):
    """A list that notices how often it is asked about its cells."""

    asked_about = 0

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Qt asks this of every cell it visits."""
        self.asked_about += 1
        return super().flags(index)


@pytest.mark.parametrize("listening", [False, True])
def test_selecting_a_million_rows_does_not_stop_the_window(show: Show, listening: bool) -> None:
    """With a screen reader Qt would visit three million cells, without one the head a million, on every paint."""
    model = Counting(COLUMNS)
    model.show(array("q", range(1_000_000)))
    table = RecordsTable(model, "Calls")
    show(table, 700, 400)
    QAccessible.setActive(listening)
    try:
        table.selectAll()
        QApplication.processEvents()
        table.choose_row(0)
        QApplication.processEvents()
    finally:
        QAccessible.setActive(False)
    assert model.asked_about < 10_000


def test_a_page_that_did_not_come_is_asked_for_again(million: tuple[Any, Database]) -> None:
    """After the connection was away."""
    model, database = million
    model.record(0)
    QApplication.processEvents()
    model.record(0)
    QApplication.processEvents()
    assert len(database.asked) == 1
    model.lost()
    model.record(0)
    settle(database)
    assert len(database.asked) == 2
    assert model.record(0) == Line(1_000_000, "Caller 1000000", 40)


def test_an_answer_for_another_list_is_not_shown(million: tuple[Any, Database]) -> None:
    """The filter changed while the page was on its way."""
    model, database = million
    model.record(0)
    QApplication.processEvents()
    model.show(array("q", [5, 6, 7]), database.fetch)
    database.answer()
    assert model.record(0) is None
    settle(database)
    assert model.record(0) == Line(5, "Caller 5", 5)


def test_a_call_removed_meanwhile_leaves_its_row_waiting(million: tuple[Any, Database]) -> None:
    """And the others of its page are shown."""
    model, _ = million
    model.record(0)
    QApplication.processEvents()
    model.supply({id_: Line(id_, "here", 1) for id_ in range(1_000_000 - PAGE + 1, 1_000_000)})
    assert model.index(0, 0).data() == WAITING
    assert model.index(1, 0).data() == "here"


def test_the_database_sorts_a_long_list(million: tuple[Any, Database], qtbot: QtBot) -> None:
    """The model only says what is wished."""
    model, _ = million
    with qtbot.waitSignal(model.sort_wanted) as wanted:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert wanted.args == ["minutes", True]
    with qtbot.assertNotEmitted(model.sort_wanted):
        model.sort(2)
