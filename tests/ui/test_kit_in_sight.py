"""What the keyboard is on stays in sight, however low the window and however many areas scroll in each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from tests.ui.on_desk import keyboard, on_a_local_file, press, settle
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.records import Column, RecordsModel
from ui.kit.row_list import Row, RowList
from ui.kit.short_table import ShortTable
from ui.kit.surfaces import PageScroll, page_scroll
from ui.kit.table import RecordsTable
from ui.kit.words import label

Show = Callable[..., QWidget]
Key = Qt.Key
CALLS = 20
LOW = 110  # pixels, less than the inner area has: what the call pad leaves of a small screen


def a_list() -> RowList:
    """The calls of somebody, two lines each, as high as all of them."""
    made = RowList("Last calls", fitting=True)
    made.show_rows([Row(key=number, words=f"Call {number}", under="Transport, exclusion") for number in range(CALLS)])
    return made


def a_table(kind: type[RecordsTable] = ShortTable) -> RecordsTable:
    """The same in a table."""
    model = RecordsModel[str]((Column[str]("Call", str),))
    made = kind(model, "Calls")
    model.show([f"Call {number}" for number in range(CALLS)])
    return made


def a_list_that_scrolls() -> RowList:
    """As people who were found: in its own area."""
    made = a_list()
    other = RowList("People found")
    other.setMinimumHeight(150)
    other.show_rows(made.rows.rows)
    return other


def a_table_that_scrolls() -> RecordsTable:
    """As all calls on record."""
    return a_table(RecordsTable)


class LowPage(Page):
    """A list between two fields in an area that scrolls, and that on a page which scrolls as a whole."""

    title = "Calls"

    def __init__(self, desk: Desk, rows: QAbstractItemView) -> None:
        super().__init__(desk)
        self.rows, self.before, self.after = rows, QLineEdit(), QLineEdit()
        self.inner = page_scroll(PageBody(self.before, rows, self.after), rows=6)
        self.body.addWidget(label("What stands above takes room.\n" * 4, wrap=True))
        self.body.addWidget(self.inner, 1)
        self.body.addWidget(label("And so does what stands below."))
        self.whole = next(area for area in self.findChildren(PageScroll) if area is not self.inner)


@pytest.fixture(params=[a_list, a_table, a_list_that_scrolls, a_table_that_scrolls])
def page(request: pytest.FixtureRequest, window_desk: Desk, show: Show) -> LowPage:
    made = LowPage(window_desk, request.param())
    show(made, 700, LOW)
    settle()
    assert made.whole.verticalScrollBar().maximum() > 0
    return made


def hidden_of_the_row(page: LowPage) -> list[str]:
    """The areas in which the row with the keyboard is not in sight from top to bottom."""
    view = page.rows
    row = view.visualRect(view.currentIndex())
    assert row.height() > 0
    seen = {"list": view, "inner area": page.inner, "page": page.whole}
    return [name for name, area in seen.items() if not _within(row, view.viewport(), area.viewport())]


def _within(row: QRect, view: QWidget, area: QWidget) -> bool:
    top = area.mapFromGlobal(view.mapToGlobal(QPoint(0, row.top()))).y()
    return top >= 0 and top + row.height() <= area.height()


@on_a_local_file
@pytest.mark.parametrize("page", [a_list, a_table], indirect=True)
def test_an_area_with_nothing_but_a_list_scrolls_to_its_end(page: LowPage) -> None:
    """Where nothing in it wraps, and so nothing asks for a height by the width."""
    bar = page.inner.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    end = page.after.mapTo(page.inner.viewport(), QPoint(0, page.after.height())).y()
    assert end == page.inner.viewport().height()


@on_a_local_file
def test_going_down_and_up_a_list_keeps_the_row_in_sight_in_both_areas(page: LowPage) -> None:
    page.rows.setFocus()
    for key in (Key.Key_Down, Key.Key_Up):
        for _ in range(CALLS - 1):
            press(key)
            assert hidden_of_the_row(page) == [], page.rows.currentIndex().row()
    assert page.rows.currentIndex().row() == 0


@on_a_local_file
def test_an_arrow_key_brings_the_row_back_after_somebody_scrolled_away(page: LowPage) -> None:
    page.rows.setFocus()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up):
        for area in (page.whole, page.inner):
            area.verticalScrollBar().setValue(0)
        press(key)
        assert hidden_of_the_row(page) == []


@on_a_local_file
def test_coming_back_to_a_list_shows_the_row_one_was_on(page: LowPage) -> None:
    page.rows.setFocus()
    press(Key.Key_Down, times=CALLS - 1)
    ways: tuple[tuple[QWidget, Callable[[], None]], ...] = (
        (page.after, lambda: press(Key.Key_Backtab)),
        (page.before, lambda: press(Key.Key_Tab)),
        (page.before, page.rows.setFocus),
    )
    for field, back in ways:
        field.setFocus()
        back()
        assert keyboard() is page.rows
        assert page.rows.currentIndex().row() == CALLS - 1
        assert hidden_of_the_row(page) == []


@on_a_local_file
@pytest.mark.parametrize("page", [a_list, a_table], indirect=True)
def test_a_window_made_lower_still_shows_the_row(page: LowPage) -> None:
    page.resize(700, 700)
    settle()
    page.rows.setFocus()
    press(Key.Key_Down, times=CALLS // 2)
    for height in (500, 350, LOW):
        page.resize(700, height)
        settle()
        assert hidden_of_the_row(page) == [], height
