"""Alt+Left and Alt+Right: back to the page one came from, as one left it, and forward again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_call_on, a_person
from tests.ui.windows import Windows, press, type_text
from ui.joined import JoinedWindow
from ui.kit.theme import Theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[JoinedWindow]:
    """The window on a file of its own, with three calls of today."""
    windows = Windows(qtbot, [])
    made = windows.ready(windows.open(tmp_path / "desk"))
    for notes in ("first", "second", "third"):
        made._services.calls.log(a_call_on(made._services.reporting.today(), notes=notes))
    yield made
    windows.close()


def here(window: JoinedWindow) -> str:
    page = window.current_page()
    assert page is not None
    return page.objectName()


def on(window: JoinedWindow, name: str) -> bool:
    """Whether an action can be chosen."""
    return window._actions[name].isEnabled()


def open_row(window: JoinedWindow, row: int, qtbot: QtBot) -> None:
    """The call in that row of the list, read."""
    table = window.page("calls").table
    table.setFocus()
    table.selectRow(row)
    wanted = window.page("calls").model.ids()[row]
    press("Return")
    page = window.page("call")
    qtbot.waitUntil(lambda: page.call is not None and page.call.id == wanted, timeout=10_000)


def open_list(window: JoinedWindow, qtbot: QtBot) -> None:
    press("Ctrl+2")
    qtbot.waitUntil(lambda: window.page("calls").model.size() == 3, timeout=10_000)


def keyboard_in(part: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))


def test_from_the_calls_behind_a_figure_one_comes_back_to_that_figure(window: JoinedWindow, qtbot: QtBot) -> None:
    """Its table, its row, the keyboard on it; and forward to its calls again."""
    press("Ctrl+6")
    reports = window.page("reports")
    qtbot.waitUntil(lambda: reports.answer is not None, timeout=20_000)
    reports.paper.show_section("by-topic")
    figures = reports.paper.figures.table
    figures.setFocus()
    place = figures.model().index(1, figures.currentIndex().column())
    figures.setCurrentIndex(place)
    where = (place.row(), place.column())
    press("Return")
    assert here(window) == "calls"
    behind = window.page("calls").selection
    press("Alt+Left")
    assert here(window) == "reports"
    assert (reports.paper.shown, keyboard_in(figures)) == ("by-topic", True)
    assert (figures.currentIndex().row(), figures.currentIndex().column()) == where
    press("Alt+Right")
    assert here(window) == "calls"
    assert window.page("calls").selection == behind
    press("Alt+Left")
    assert keyboard_in(figures)


def test_a_page_shows_again_what_it_showed_then(window: JoinedWindow, qtbot: QtBot) -> None:
    """Two calls and the list between them, each in its turn, the keyboard on the row one opened."""
    open_list(window, qtbot)
    newest, middle = window.page("calls").model.ids()[:2]
    open_row(window, 0, qtbot)
    press("Esc")
    assert here(window) == "calls"
    open_row(window, 1, qtbot)
    page = window.page("call")
    press("Alt+Left")
    assert here(window) == "calls"
    assert keyboard_in(window.page("calls").table)
    assert window.page("calls").table.currentIndex().row() == 1
    press("Alt+Right")
    assert (here(window), page.call.id) == ("call", middle)
    press("Ctrl+2")
    open_row(window, 0, qtbot)
    press("Alt+Left")
    press("Alt+Left")
    assert here(window) == "call"
    qtbot.waitUntil(lambda: page.call.id == middle, timeout=10_000)
    press("Alt+Right")
    press("Alt+Right")
    qtbot.waitUntil(lambda: page.call.id == newest, timeout=10_000)


def test_the_calls_of_an_earlier_figure_come_back_with_their_filter(window: JoinedWindow, qtbot: QtBot) -> None:
    """A list that was narrowed since is as it was."""
    open_list(window, qtbot)
    before = window.page("calls").selection
    press("Ctrl+3")
    window._show_calls(window.page("calls").selection.__class__(words="second"))
    assert window.page("calls").selection != before
    press("Alt+Left")
    press("Alt+Left")
    assert here(window) == "calls"
    assert window.page("calls").selection == before


def test_back_and_forward_are_on_where_they_lead_somewhere(window: JoinedWindow) -> None:
    """At the first page nothing is behind; somewhere new, nothing is ahead."""
    assert (on(window, "back"), on(window, "forward")) == (False, False)
    press("Alt+Left")
    assert here(window) == "today"
    press("Ctrl+2")
    press("Ctrl+3")
    assert (on(window, "back"), on(window, "forward")) == (True, False)
    press("Alt+Left")
    assert (here(window), on(window, "back"), on(window, "forward")) == ("calls", True, True)
    press("Ctrl+7")
    assert on(window, "forward") is False
    press("Alt+Left")
    press("Alt+Left")
    assert (here(window), on(window, "back")) == ("today", False)


def test_what_is_not_saved_is_asked_about_as_the_button_does(window: JoinedWindow, qtbot: QtBot) -> None:
    """Alt+Left out of a call that was changed."""
    open_list(window, qtbot)
    open_row(window, 0, qtbot)
    page = window.page("call")
    page.form.focus_field("notes")
    type_text("Rang back. ")
    press("Alt+Left")
    assert here(window) == "call"
    assert page.unsaved.text == "What you changed in this call is not saved yet."


def test_from_one_relative_to_the_next_the_way_back_leads_through_both(window: JoinedWindow, qtbot: QtBot) -> None:
    """As Esc does on the page of a person."""
    people = [window._services.people.add(a_person(given_names=name)).value.key for name in ("Mab", "Nia")]
    page = window.page("person")
    press("Ctrl+3")
    for key in people:
        window._open_person(key)
        qtbot.waitUntil(lambda key=key: page.shown is not None and page.shown.record.person.key == key, timeout=10_000)
    press("Alt+Left")
    assert here(window) == "person"
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.record.person.key == people[0], timeout=10_000)
    press("Alt+Left")
    assert here(window) == "people"


def test_no_way_leads_to_a_page_that_is_not_offered_any_more(window: JoinedWindow) -> None:
    """Whoever signs in with fewer rights meets only what is theirs."""
    press("Ctrl+2")
    press("Ctrl+7")
    window.withhold(frozenset({"calls"}))
    press("Alt+Left")
    assert here(window) == "today"
    assert not on(window, "back")


def test_the_way_is_not_longer_than_anybody_goes_back(window: JoinedWindow) -> None:
    """A day of going to and fro keeps no more of it."""
    for _ in range(40):
        press("Ctrl+2")
        press("Ctrl+3")
    assert len(window.way._stops) == 50
    press("Alt+Left")
    assert here(window) == "calls"
