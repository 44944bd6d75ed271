"""The grid for several calls: driven by Tab, saved together or not at all, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabularies
from tests.builders import TODAY
from tests.ui.on_desk import CTRL, keyboard, on_a_local_file, press, write
from ui.calls.batch_lines import COLUMNS, NAMES, Reading, read_cell, shown_cell
from ui.calls.batch_page import BatchPage
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def opened(desk: Desk, show: Show, qtbot: QtBot) -> BatchPage:
    settings = desk.services.settings
    settings.change(line="central", method="VOICEMAIL")
    page = BatchPage(desk)
    show(page, 1200, 700)
    qtbot.waitUntil(lambda: page.lines.lines[0].text("line") == "Central", timeout=10_000)
    page.focus_first()
    return page


def type_line(*cells: str) -> None:
    """From the first cell of a line to the last; "" leaves what stands there."""
    for place, cell in enumerate(cells):
        if cell:
            write(cell)
        if place < len(cells) - 1:
            press(TAB)


def here(page: BatchPage) -> tuple[int, str]:
    index = page.grid.currentIndex()
    return index.row(), NAMES[index.column()]


def test_a_tally_is_typed_by_tab_alone_and_saved_together(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot)
    type_line("18/11", "930", "", "Parent", "annual review", "12", "", "Asked about the date")
    press(TAB)
    assert here(page) == (1, "taken_on")
    type_line("", "", "", "Health", "draft plan", "5", "", "Letter received")
    with qtbot.waitSignal(page.logged, timeout=10_000) as logged:
        page.on_save()
    first, second = (window_desk.services.calls.get(call_id) for call_id in logged.args[0])
    assert (first.taken_on, second.taken_on) == (date(2026, 11, 18), date(2026, 11, 18))  # repeated from above
    assert (first.caller_kind, second.caller_kind) == ("PARENT", "HEALTH")
    assert (first.topics, first.minutes, first.minutes_by_hand) == (("annual-review",), 12, True)
    assert first.started_at is not None
    assert second.started_at is None
    assert (first.notes, second.notes) == ("Asked about the date", "Letter received")
    assert first.entered_late
    assert second.entered_late
    assert not page.has_unsaved
    assert here(page) == (0, "taken_on")
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: window_desk.services.calls.count(Selection()) == 0, timeout=10_000)


@on_a_local_file
def test_one_wrong_line_keeps_all_of_them_back_and_leads_to_its_cell(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    type_line("", "", "", "Parent", "annual review", "", "", "right")
    press(TAB)
    type_line("", "", "", "Parent", "", "", "", "no topic")
    page.on_save()
    assert window_desk.services.calls.count(Selection()) == 0
    [link] = page.problems.links()
    assert link.accessibleName().startswith("Row 2, Topics")
    assert keyboard() is link
    press(Qt.Key.Key_Return)
    assert here(page) == (1, "topics")
    assert keyboard().accessibleName() == "Row 2, Topics"
    write("annual review")
    press(TAB)
    with qtbot.waitSignal(page.logged, timeout=10_000):
        page.on_save()
    assert window_desk.services.calls.count(Selection()) == 2


@on_a_local_file
def test_words_that_mean_two_things_are_kept_and_said_and_nothing_is_chosen(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    page.grid.open_cell(0, NAMES.index("caller_kind"))
    write("o")
    press(Qt.Key.Key_Escape)  # the list
    press(TAB)
    assert page.lines.lines[0].text("caller_kind") == "o"
    assert "may be" in page.lines.problems[0, "caller_kind"]


@on_a_local_file
def test_a_term_is_taken_from_the_list_by_enter_and_several_topics_follow_each_other(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    page.grid.open_cell(0, NAMES.index("caller_kind"))
    write("par")
    press(Qt.Key.Key_Return)
    assert here(page) == (0, "topics")
    write("annual")
    press(Qt.Key.Key_Return)
    assert here(page) == (0, "topics")  # there may be more of them
    write("draft pl")
    press(Qt.Key.Key_Return)
    press(TAB)
    assert page.lines.lines[0].text("topics") == "Annual review; Draft plan"
    assert page.lines.lines[0].text("caller_kind") == "Parent"
    assert page.lines.problems == {}


@on_a_local_file
def test_tab_leaves_an_empty_line_for_what_stands_below_and_shift_tab_the_first_cell(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    press(TAB, times=len(COLUMNS))
    assert not page.grid.isAncestorOf(keyboard())
    assert page.lines.rowCount() == 1
    page.grid.open_cell(0, 0)
    press(BACK, Qt.KeyboardModifier.ShiftModifier)
    assert not page.grid.isAncestorOf(keyboard())


@on_a_local_file
def test_what_was_typed_is_there_when_one_comes_back_to_the_page(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot)
    type_line("", "", "", "Parent", "annual review", "", "", "half a line")
    page.grid.keep_open_cell()
    page.hide()
    page.show()
    page.focus_first()
    assert page.has_unsaved
    assert page.lines.lines[0].text("notes") == "half a line"
    assert "1 call" in page.unsaved_words


@on_a_local_file
def test_cleared_lines_come_back_by_undo(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot)
    type_line("", "", "", "Parent", "annual review", "", "", "half a line")
    page.grid.keep_open_cell()
    page.clear_lines()
    assert not page.has_unsaved
    window_desk.notices.undo_last()
    assert page.lines.lines[0].text("notes") == "half a line"


@on_a_local_file
def test_saving_twice_leaves_one_of_each(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot)
    type_line("", "", "", "Parent", "annual review", "", "", "once")
    with qtbot.waitSignal(page.logged, timeout=10_000):
        press(Qt.Key.Key_Return, CTRL)  # the window's key; here the page's own
        page.on_save()
        page.on_save()
    assert window_desk.services.calls.count(Selection()) == 1


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("taken_on", "yest", date(2026, 11, 19)),
        ("taken_on", "3/9", date(2026, 9, 3)),
        ("started_at", "0930", time(9, 30)),
        ("minutes", "6m", 6),
        ("minutes", "12 min", 12),
        ("notes", "  two  words ", "two  words"),
        ("topics", "", ()),
        ("minutes", "", None),
    ],
)
def test_a_cell_reads_what_people_type(name: str, typed: str, value: object) -> None:
    reading = Reading(lists=Vocabularies(()), today=TODAY, day=TODAY)
    assert read_cell(COLUMNS[NAMES.index(name)], typed, reading) == value


@pytest.mark.parametrize(
    ("name", "typed"), [("taken_on", "31/2"), ("started_at", "25:00"), ("minutes", "9999"), ("minutes", "²")]
)
def test_a_cell_that_cannot_be_read_stays_as_typed_with_one_sentence(name: str, typed: str) -> None:
    reading = Reading(lists=Vocabularies(()), today=TODAY, day=TODAY)
    column = COLUMNS[NAMES.index(name)]
    with pytest.raises(ValueError, match=r"\w+.*\."):
        read_cell(column, typed, reading)
    assert shown_cell(column, typed, reading) == typed
