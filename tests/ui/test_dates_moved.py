"""What moved: dates of families that a new bank holiday made others, listed until somebody took note of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from tests.builders import a_call_on, a_child
from tests.conftest import Clock
from tests.ui.on_desk import keyboard, on_a_local_file, press
from ui.dates.asking import Content
from ui.dates.dates_page import DatesPage
from ui.dates.moved_card import NO_DATE
from ui.kit.desk import Desk
from ui.kit.row_list import Row

Show = Callable[..., QWidget]

FRIDAY = date(2026, 1, 2)  # on which the appeal of the letter below must be there


@pytest.fixture
def page(window_desk: Desk, desk: Services, show: Show, clock: Clock, qtbot: QtBot) -> DatesPage:
    """Dates of a letter, kept with a call, and then a new bank holiday on their last day."""
    clock.now = datetime(2025, 12, 4, 10, 0, tzinfo=UTC)
    facts = {"decision": date(2025, 10, 1), "certificate": date(2025, 11, 29)}
    matter = Matter(key=uuid4(), happening="decision", kind="CON", facts=facts)
    desk.calls.log(a_call_on(date(2025, 12, 4)), Intake(matters=(matter,)))
    desk.rules.add_holiday(FRIDAY, "Day of the New King", "Proclaimed on Thursday")
    made = DatesPage(window_desk)
    with qtbot.waitSignal(made.moved.changed):
        show(made)
    return made


def rows(page: DatesPage) -> tuple[Row, ...]:
    return page.moved.rows.rows.rows


def test_a_new_bank_holiday_moves_a_date_and_the_page_says_from_what_to_what(page: DatesPage, qtbot: QtBot) -> None:
    (row,) = rows(page)
    assert (row.words, row.right, row.chip) == ("Last day to appeal", "Mon 5 Jan 2026", ("Was Fri 2 Jan 2026", "info"))
    assert "Day of the New King" in row.under
    assert row.under.endswith(". Noticed on Thu 4 Dec 2025.")
    assert page.moved_bar.text == "1 date has moved since somebody last looked."
    (button,) = page.moved_bar.buttons()
    assert button.text() == "Show what moved"
    button.setFocus()
    press(Qt.Key.Key_Return)
    assert keyboard() is page.moved.rows


def test_once_seen_it_is_listed_no_more(page: DatesPage, desk: Services, qtbot: QtBot) -> None:
    page.moved.focus_rows()
    page.moved.seen.setFocus()
    with qtbot.waitSignal(page.moved.changed):
        press(Qt.Key.Key_Return)
    assert desk.dates.moved() == ()
    assert len(desk.dates.moved(unseen_only=False)) == 1
    assert rows(page) == ()
    assert not page.moved.isVisible()
    assert page.moved_bar.text == ""


@on_a_local_file
def test_all_of_them_are_seen_at_once(page: DatesPage, desk: Services, qtbot: QtBot) -> None:
    desk.rules.add_holiday(date(2026, 1, 5), "Day after", "Proclaimed too")
    with qtbot.waitSignal(page.moved.changed):
        page.on_refresh()
    assert {row.right for row in rows(page)} >= {"Tue 6 Jan 2026"}
    with qtbot.waitSignal(page.moved.changed):
        page.moved.see_all()
    assert desk.dates.moved() == ()


@on_a_local_file
def test_enter_opens_the_call_a_date_belongs_to(page: DatesPage, desk: Services, qtbot: QtBot) -> None:
    page.moved.focus_rows()
    with qtbot.waitSignal(page.call_wanted) as wanted:
        press(Qt.Key.Key_Return)
    (moved,) = desk.dates.moved()
    assert wanted.args == [moved.call_id]


@on_a_local_file
def test_a_date_that_was_told_in_no_call_opens_the_record_of_whose_it_is(
    page: DatesPage, desk: Services, qtbot: QtBot
) -> None:
    """A letter that came by post has no call to open."""
    child = a_child()
    desk.people.add(child)
    [moved] = desk.dates.moved()
    told = desk.dates.get(moved.matter)
    own = desk.dates.keep(Matter(key=uuid4(), child=child.key, happening="decision", facts=dict(told.facts)))
    desk.rules.add_holiday(date(2026, 1, 5), "Day after", "Proclaimed on Friday")
    page.refresh()
    qtbot.waitUntil(lambda: any(one.matter == own.value.key for one in page.moved._moved), timeout=10_000)
    mine = next(one for one in page.moved._moved if one.matter == own.value.key)
    page.moved.focus_rows()
    page.moved.rows.choose(mine.key)
    with qtbot.waitSignal(page.person_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [child.key]


@on_a_local_file
def test_a_date_that_fell_away_and_one_that_came_are_told_apart(page: DatesPage, desk: Services, qtbot: QtBot) -> None:
    (moved,) = desk.dates.moved()
    matter = desk.dates.get(moved.matter)
    desk.dates.amend(Matter(key=matter.key, version=matter.version, call=matter.call, child=matter.child,
                            happening="draft", facts={"draft": date(2025, 12, 1)}))  # fmt: skip
    with qtbot.waitSignal(page.moved.changed):
        page.on_refresh()
    assert (NO_DATE, ("Was Mon 5 Jan 2026", "info")) in [(row.right, row.chip) for row in rows(page)]
    assert ("Mon 15 Dec 2025", ("New", "info")) in [(row.right, row.chip) for row in rows(page)]


@on_a_local_file
def test_the_sheet_counts_with_the_new_bank_holiday(page: DatesPage, qtbot: QtBot) -> None:
    days: dict[str, object] = {"decision": "1/10/25", "certificate": "29/11/25"}
    page.asking.restore(Content(happening="decision", kind="CON", days=days))
    qtbot.waitUntil(lambda: [row.right for row in page.view.rows.rows.rows][-1:] == ["Mon 5 Jan 2026"])
