"""Bank holidays in the lists, on a real database: added and taken out with a reason, by keyboard; dates that move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rule_changes import BankHoliday, HolidayOrigin
from ppsdesk.storage import engine
from tests.conftest import PERSON
from tests.ui.on_desk import CTRL, keyboard, on_a_local_file, press, write
from tests.ui.test_lists_page import answered, opened, undone
from tests.ui.windows import Windows
from ui.kit.desk import Desk
from ui.kit.theme import Theme
from ui.lists.holidays_panel import HolidaysPanel
from ui.lists.law_panel import WORKING
from ui.lists.lists_page import ListsPage

Show = Callable[..., QWidget]
CORONATION = date(2023, 5, 8)
VISIT = date(2026, 6, 17)


def at_holidays(desk: Desk, show: Show, qtbot: QtBot, year: int = 2026) -> tuple[ListsPage, HolidaysPanel]:
    page = opened(desk, show, qtbot, "holidays")
    panel = page.panel
    assert isinstance(panel, HolidaysPanel)
    panel.year.set_value(str(year))
    answered(page, qtbot)
    panel.focus_table()
    return page, panel


def an_appeal(desk: Desk, sent: date) -> Matter:
    """The council answers within 30 working days of that day."""
    return desk.services.dates.keep(
        Matter(key=uuid4(), happening="appeal", facts={"received": sent, "sent": sent})
    ).value


def answer_due(desk: Desk, matter: Matter) -> date:
    (due,) = [one.due for one in desk.services.dates.get(matter.key).dates if one.clock == "LAR30"]
    return due


def on_day(panel: HolidaysPanel, day: date) -> BankHoliday:
    panel.table.choose_row([one.day for one in panel.model.records()].index(day))
    found = panel.current()
    assert found is not None
    return found


def said_above(panel: HolidaysPanel) -> list[str]:
    """What stands in the summary above the fields."""
    form = panel.asking.form
    return [link.text() for link in form.problem_bar.links()] if form is not None else []


def next_field(words: str) -> None:
    press(Qt.Key.Key_Tab)
    write(words)


def test_a_bank_holiday_is_typed_and_the_notice_says_how_many_dates_moved(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    matter = an_appeal(window_desk, date(2026, 6, 1))
    before = answer_due(window_desk, matter)
    page, panel = at_holidays(window_desk, show, qtbot)
    panel.add.click()
    write("17/6")
    next_field("State visit")
    next_field("Announced by the government")
    press(Qt.Key.Key_Return, CTRL)
    done = window_desk.notices.done
    qtbot.waitUntil(lambda: done.text.startswith("Bank holiday added: Wed 17 Jun 2026 State visit."), timeout=10_000)
    assert done.text.endswith(" 1 date moved.")
    assert answer_due(window_desk, matter) == before.replace(day=before.day + 1)
    answered(page, qtbot)
    assert keyboard() is panel.table
    added = panel.current()
    assert (added.day, added.origin, added.reason) == (VISIT, HolidayOrigin.ADDED, "Announced by the government")
    assert panel.told.text() == (
        f"Wed 17 Jun 2026 is not a working day. Added by {PERSON} on Fri 20 Nov 2026: Announced by the government"
    )
    undo, moved = done.buttons()
    assert (undo.text(), moved.text()) == ("Undo", "What moved")
    with qtbot.waitSignal(page.dates_wanted):
        moved.click()
    undone(page, qtbot)
    assert answer_due(window_desk, matter) == before
    assert VISIT not in [one.day for one in panel.model.records()]
    assert done.text == "Bank holiday taken away again: Wed 17 Jun 2026 State visit. 1 date moved."
    assert [button.text() for button in done.buttons()] == ["What moved"]


def test_a_bank_holiday_is_taken_out_by_delete_and_put_back_by_delete(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    matter = an_appeal(window_desk, date(2023, 4, 20))
    before = answer_due(window_desk, matter)
    page, panel = at_holidays(window_desk, show, qtbot, 2023)
    assert on_day(panel, CORONATION).origin is HolidayOrigin.SHIPPED
    press(Qt.Key.Key_Delete)
    write("We worked on it")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: answer_due(window_desk, matter) < before, timeout=10_000)
    answered(page, qtbot)
    assert window_desk.notices.done.text.endswith(" 1 date moved.")
    assert panel.current().origin is HolidayOrigin.TAKEN_OUT
    assert keyboard() is panel.table
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: answer_due(window_desk, matter) == before, timeout=10_000)
    answered(page, qtbot)
    assert panel.current().origin is HolidayOrigin.SHIPPED
    undone(page, qtbot)
    assert panel.current().reason == "We worked on it"
    assert answer_due(window_desk, matter) < before


def test_what_moved_leads_from_the_notice_to_the_dates(tmp_path: Path, qtbot: QtBot, theme: Theme) -> None:
    windows = Windows(qtbot, [])
    window = windows.ready(windows.open(tmp_path / "desk"))
    window.desk.services.dates.keep(
        Matter(key=uuid4(), happening="appeal", facts={"received": date(2023, 4, 20), "sent": date(2023, 4, 20)})
    )
    lists: Any = window.go("lists")
    qtbot.waitUntil(lambda: bool(lists.names.size()), timeout=20_000)
    lists.choose("holidays")
    lists.panel.year.set_value("2023")
    qtbot.waitUntil(lambda: CORONATION in [one.day for one in lists.panel.model.records()], timeout=20_000)
    on_day(lists.panel, CORONATION)
    lists.panel.focus_table()
    press(Qt.Key.Key_Delete)
    write("We worked on it")
    press(Qt.Key.Key_Return, CTRL)
    done = window.desk.notices.done
    qtbot.waitUntil(lambda: done.text.endswith(" 1 date moved."), timeout=20_000)
    done.buttons()[1].setFocus()
    press(Qt.Key.Key_Return)
    page: Any = window.current_page()
    assert page.objectName() == "dates"
    qtbot.waitUntil(lambda: [row.words for row in page.moved.rows.rows.rows] == ["Council answers the appeal"],
                    timeout=20_000)  # fmt: skip
    windows.close()


@on_a_local_file
def test_a_day_added_in_another_year_is_shown_in_the_list_of_that_year(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page, panel = at_holidays(window_desk, show, qtbot)
    panel.add.click()
    for words in ("19/6/2030", "\tJubilee", "\tAnnounced"):
        write(words.lstrip("\t")) if "\t" not in words else next_field(words[1:])
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: panel.shown_year() == 2030, timeout=10_000)
    answered(page, qtbot)
    assert panel.current().name == "Jubilee"
    assert [button.text() for button in window_desk.notices.done.buttons()] == ["Undo"]  # no date moved


@on_a_local_file
def test_the_list_begins_with_this_year_and_says_where_each_day_comes_from(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    window_desk.services.rules.add_holiday(VISIT, "Visit", "Announced")
    window_desk.services.rules.take_out_holiday(date(2026, 4, 6), "We work on it")
    _, panel = at_holidays(window_desk, show, qtbot)
    offered = [panel.year.box.itemText(place) for place in range(panel.year.box.count())]
    assert (offered[:2], offered[-1], len(offered)) == (["2026", "2027"], "1995", 46)
    rows = {row[0]: row[1:] for row in map(panel.model.words, range(panel.model.size()))}
    assert rows["Wed 17 Jun 2026"] == ["Visit", "Added by us", "Announced"]
    assert rows["Mon 6 Apr 2026"] == ["Easter Monday", "Taken out", "We work on it"]
    assert rows["Fri 25 Dec 2026"] == ["Christmas Day", "Comes with the program", ""]
    panel.filter.setText("taken")
    assert [one.day for one in panel.model.records()] == [date(2026, 4, 6)]


@on_a_local_file
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"day": "8/5/2023"}, ("day", "There is a bank holiday on 8 May 2023 already")),
        ({"day": "20/6"}, ("day", "It is a Saturday anyway: 20 June 2026 is no working day.")),
        ({"day": "21/6"}, ("day", "It is a Sunday anyway: 21 June 2026 is no working day.")),
        ({"day": "17/6/2041"}, ("day", "Bank holidays are kept for the years 1995 to 2040.")),
        ({"day": "31/2"}, ("day", "31")),
        ({"day": ""}, ("day", "Enter the day.")),
        ({"name": ""}, ("name", "Enter its name.")),
        ({"reason": ""}, ("reason", "Say why")),
    ],
)
def test_days_that_cannot_be_added_are_refused_beside_their_field(
    window_desk: Desk, show: Show, qtbot: QtBot, typed: dict[str, str], problem: tuple[str, str]
) -> None:
    page, panel = at_holidays(window_desk, show, qtbot)
    panel.add.click()
    form = panel.asking.form
    for name, words in {"day": "17/6", "name": "Visit", "reason": "Announced", **typed}.items():
        form.editor(name).line.setText(words)
    press(Qt.Key.Key_Return, CTRL)
    field, says = problem
    qtbot.waitUntil(lambda: says in form.problems().get(field, ""), timeout=10_000)
    assert page.has_unsaved
    assert {one.origin for one in window_desk.services.rules.holidays(2026)} == {HolidayOrigin.SHIPPED}


@on_a_local_file
def test_a_day_somebody_took_out_meanwhile_is_told_and_the_list_shows_it(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    rules = window_desk.services.rules
    _, panel = at_holidays(window_desk, show, qtbot)
    on_day(panel, date(2026, 4, 6))
    panel.take_out.click()
    write("We work on it")
    theirs = rules.take_out_holiday(date(2026, 4, 6), "They said so").value
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Put it back instead" in " ".join(said_above(panel)), timeout=10_000)
    qtbot.waitUntil(lambda: panel.current() == theirs, timeout=10_000)
    panel.asking.put_away()
    rules.put_back(theirs.key, theirs.version)
    panel.back.click()
    trouble = window_desk.notices.trouble
    qtbot.waitUntil(lambda: "somebody put it back" in trouble.text, timeout=10_000)
    qtbot.waitUntil(lambda: panel.current().origin is HolidayOrigin.SHIPPED, timeout=10_000)


@pytest.fixture
def busy(window_desk: Desk) -> Iterator[Callable[[], None]]:
    """Somebody else writes into the file just now, until what is given is called: a change takes as long."""
    path = window_desk.services.whereabouts.path
    assert path is not None
    other = engine.for_writing(engine.local(path))
    connection = other.connect()
    connection.begin()
    yield connection.close
    connection.close()
    other.dispose()


@on_a_local_file
def test_while_many_dates_are_worked_out_one_is_told_and_can_go_on(
    window_desk: Desk, show: Show, qtbot: QtBot, busy: Callable[[], None]
) -> None:
    _, panel = at_holidays(window_desk, show, qtbot)
    panel.add.click()
    write("17/6")
    next_field("State visit")
    next_field("Announced by the government")
    for _ in range(2):  # pressed again while nothing seems to happen
        press(Qt.Key.Key_Return, CTRL)
    assert panel.told.text() != WORKING  # what is done at once needs no words
    qtbot.waitUntil(lambda: panel.told.text() == WORKING, timeout=10_000)
    on_day(panel, date(2026, 12, 25))
    assert panel.told.text() == WORKING
    panel.filter.setFocus()
    write("christmas")
    assert [one.name for one in panel.model.records()] == ["Christmas Day"]
    busy()
    done = window_desk.notices.done
    qtbot.waitUntil(lambda: done.text.startswith("Bank holiday added: Wed 17 Jun 2026"), timeout=20_000)
    qtbot.waitUntil(lambda: panel.told.text().startswith("Fri 25 Dec 2026 is not a working day."), timeout=10_000)
    assert panel.asking.isHidden()
    assert not window_desk.saving
    assert window_desk.notices.trouble.isHidden()
