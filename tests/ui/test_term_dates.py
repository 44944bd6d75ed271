"""Term dates in the lists, on a real database: entered, changed, removed, taken back; by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.domain.selection import Selection
from tests.fakes import Clock
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, write
from tests.ui.test_lists_page import answered, opened, undone
from ui.calls.calls_page import CallsPage
from ui.kit.desk import Desk
from ui.lists.lists_page import ListsPage

Show = Callable[..., QWidget]
AUTUMN = SchoolTerm(key=UUID(int=1), authority="Copperby", year=2026, term="autumn", first=date(2026, 9, 3),
                    last=date(2026, 12, 18), half_first=date(2026, 10, 26), half_last=date(2026, 10, 30))  # fmt: skip
SPRING = replace(AUTUMN, key=UUID(int=2), term="spring", first=date(2027, 1, 5), last=date(2027, 3, 25),
                 half_first=None, half_last=None)  # fmt: skip


def at_term_dates(desk: Desk, show: Show, qtbot: QtBot, *terms: SchoolTerm) -> ListsPage:
    for term in terms:
        desk.services.school_terms.keep(term)
    return opened(desk, show, qtbot, "term_dates")


def shown(page: ListsPage) -> list[list[str]]:
    model = page.term_dates.model
    return [
        [
            str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))
            for column in range(model.columnCount())
        ]
        for row in range(model.size())
    ]


def next_field(words: str) -> None:
    press(Qt.Key.Key_Tab)
    write(words)


def test_the_dates_of_a_term_are_typed_without_their_year(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    terms = window_desk.services.school_terms
    page = at_term_dates(window_desk, show, qtbot, AUTUMN)
    page.term_dates.add.click()
    write("5/1")  # spring is proposed, the keyboard is in its first day
    next_field("25 mar")
    next_field("15/2")
    next_field("19/2")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(terms.list()) == 2, timeout=10_000)
    spring = terms.list()[1]
    assert replace(spring, key=SPRING.key) == replace(
        SPRING, half_first=date(2027, 2, 15), half_last=date(2027, 2, 19), version=1
    )
    answered(page, qtbot)
    assert keyboard() is page.term_dates.table
    assert page.term_dates.current() == spring
    assert "In reports Spring 2026-27 is 5 January 2027 to 31 March 2027" in page.term_dates.told.text()
    assert "the first day of the next term is not entered" in page.term_dates.told.text()
    undone(page, qtbot)
    assert [term.name for term in terms.list()] == ["Autumn 2026-27"]


def test_dates_are_changed_by_f2_and_changed_back(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    terms = window_desk.services.school_terms
    page = at_term_dates(window_desk, show, qtbot, AUTUMN, SPRING)
    page.on_edit()
    write("7/9")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: terms.list()[0].first == date(2026, 9, 7), timeout=10_000)
    answered(page, qtbot)
    undone(page, qtbot)
    assert terms.list()[0] == replace(AUTUMN, version=3)


def test_delete_removes_a_term_without_a_question_and_undo_brings_it_back(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    terms = window_desk.services.school_terms
    page = at_term_dates(window_desk, show, qtbot, AUTUMN, SPRING)
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [term.name for term in terms.list()] == ["Spring 2026-27"], timeout=10_000)
    answered(page, qtbot)
    assert page.term_dates.model.size() == 1
    undone(page, qtbot)
    assert terms.list()[0] == replace(AUTUMN, version=1)
    assert page.term_dates.model.size() == 2


@on_a_local_file
def test_the_list_says_year_term_days_and_half_term(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = at_term_dates(window_desk, show, qtbot, AUTUMN, replace(SPRING, authority=""))
    assert shown(page) == [
        ["2026-27", "Spring", "Tue 5 Jan 2027", "Thu 25 Mar 2027", "", "–"],
        ["2026-27", "Autumn", "Thu 3 Sep 2026", "Fri 18 Dec 2026", "26 Oct – 30 Oct", "Copperby"],
    ]
    assert page._line.text().startswith("Term dates decide which days a term has")


@on_a_local_file
def test_without_dates_the_list_says_what_reports_assume(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = at_term_dates(window_desk, show, qtbot)
    assert any(text.startswith("No term dates are entered; reports assume September") for text in label_texts(page))
    assert not page.term_dates.remove.isEnabled()
    page.term_dates.add.click()
    form = page.term_dates.asking.form
    assert (form.editor("year").value(), form.editor("term").value()) == ("2026", "autumn")


@on_a_local_file
def test_where_two_authorities_have_dates_the_list_says_whose_reports_use(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = at_term_dates(window_desk, show, qtbot, AUTUMN, SPRING, replace(SPRING, key=UUID(int=3), authority="Fernby"))
    page.term_dates.table.choose_row(2)
    assert page.term_dates.current().authority == "Fernby"
    assert page.term_dates.told.text() == "Reports use the dates of Copperby, where most are entered."


@on_a_local_file
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"first": ""}, ("first", "Enter the first day of the term.")),
        ({"last": "1/9"}, ("last", "before it begins")),
        ({"half_first": "26/10"}, ("half_last", "Enter the last day of half-term too")),
        (
            {"half_first": "1/2", "half_last": "5/2"},
            ("half_first", "Half-term is within the term; 1 February 2027 is not."),
        ),
        ({"first": "3/9/2025"}, ("first", "Autumn 2026-27 begins between 15 August 2026 and 30 November 2026.")),
        ({"last": "10 jan"}, ("last", "Spring 2026-27 runs from 5 January 2027")),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_their_field(
    window_desk: Desk, show: Show, qtbot: QtBot, typed: dict[str, str], problem: tuple[str, str]
) -> None:
    page = at_term_dates(window_desk, show, qtbot, SPRING)
    page.term_dates.add.click()
    form = page.term_dates.asking.form
    form.editor("year").set_value("2026")
    form.editor("term").set_value("autumn")
    for name, words in {"first": "3/9", "last": "18/12", **typed}.items():
        form.editor(name).line.setText(words)
    press(Qt.Key.Key_Return, CTRL)
    field, says = problem
    qtbot.waitUntil(lambda: says in form.problems().get(field, ""), timeout=10_000)
    assert page.has_unsaved
    assert len(window_desk.services.school_terms.list()) == 1


@on_a_local_file
def test_what_somebody_else_changed_is_not_written_over(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    terms = window_desk.services.school_terms
    page = at_term_dates(window_desk, show, qtbot, AUTUMN)
    page.on_edit()
    write("7/9")
    terms.keep(replace(AUTUMN, version=1, first=date(2026, 9, 8)))
    press(Qt.Key.Key_Return, CTRL)
    asking = page.term_dates.asking
    qtbot.waitUntil(lambda: "Somebody changed the dates of Autumn 2026-27" in " ".join(label_texts(asking)),
                    timeout=10_000)  # fmt: skip
    answered(page, qtbot)
    assert terms.list()[0].first == date(2026, 9, 8)
    assert page.has_unsaved


@on_a_local_file
def test_this_term_in_the_list_of_calls_is_the_term_of_the_first_page(
    window_desk: Desk, show: Show, qtbot: QtBot, clock: Clock
) -> None:
    clock.now = clock.now.replace(year=2027, month=1, day=4)  # of the holidays that follow autumn
    window_desk.services.school_terms.keep(SPRING)
    page = CallsPage(window_desk)
    show(page, 1100, 700)
    term = window_desk.services.today.today().term
    page.show_selection(Selection.of(term.span))
    qtbot.waitUntil(lambda: page.filters.period.value() == "term", timeout=10_000)
    page.show_everything()
    page.filters.period.set_value("term")
    assert (page.selection.first, page.selection.last) == (term.span.first, term.span.last)
    assert term.span.first == date(2026, 9, 1)
