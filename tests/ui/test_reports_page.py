"""Call volumes on the screen: chosen, counted, looked behind and saved, by keyboard, on both databases."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.breakdowns import TABLES
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.figures import Count
from ppsdesk.domain.selection import Selection
from tests.builders import a_call_on
from tests.reports.reading import pages
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, tab_to, write
from tests.ui.on_reports import HOSTILE, Show, cells, opened
from ui.kit import theme
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.reports.reports_page import ReportsPage


@pytest.fixture
def page(reports_page: ReportsPage) -> ReportsPage:
    """The last three years, counted."""
    return reports_page


def test_the_years_on_record_are_counted_when_the_page_opens(page: ReportsPage) -> None:
    assert page.chooser.years.value() == ("1999-00", "2000-01", "2001-02")
    assert cells(page.paper.figures) == [
        ["1999-00", "12", "–", "–", "–"],
        ["2000-01", "26", "12", "+14", "+117 %"],
        ["2001-02 to March", "24", "17", "+7", "+41 %"],
    ]
    assert page.line == "Call volumes, September to July, as of Sun 31 Mar 2002, 12:43"


@on_a_local_file
def test_a_year_that_is_not_over_says_so_and_is_compared_with_the_same_months(page: ReportsPage) -> None:
    told = " ".join(label_texts(page))
    assert "2001-02 stops at 31 March 2002 and is compared with September 2000 to March 2001." in told


def test_every_figure_opens_exactly_the_calls_it_counted(page: ReportsPage, desk: Services) -> None:
    wanted: list[Selection] = []
    page.calls_wanted.connect(wanted.append)
    tab_to("Tables of the report")
    press(Qt.Key.Key_Home)
    opened_from: dict[str, int] = {}
    for section in page.paper.sections:
        assert page.paper.shown == section.name  # the arrow keys went to it
        assert section.table is not None
        figures, view = section.table.figures, page.paper.figures
        shown = cells(view)
        for row, column in product(range(len(shown)), range(1, len(shown[0]))):
            wanted.clear()
            view.table.setCurrentIndex(view.table.model().index(row, column))
            view.open_current()
            words, cell = shown[row][column], figures.rows[row][column]
            if wanted:
                calls = len(desk.calls.ids(wanted[0]))
                assert calls == desk.calls.count(wanted[0])
                if figures.unit is Unit.CALLS:
                    assert str(calls) == words
                opened_from[section.name] = opened_from.get(section.name, 0) + 1
            else:
                assert words == "–" or words[-1] == "%" or words[0] in "+−0" or not isinstance(cell, Count)
                assert not view.show_calls.isEnabled()
                assert view.show_calls.accessibleDescription() in view.told.text()
        press(Qt.Key.Key_Down)
    # three years and what two of them are compared with; August twice, removed three times, August so far not come
    assert (opened_from["by-year"], opened_from["excluded"]) == (3 + 2, 3 + 3)
    assert len(page.paper.sections) == len(TABLES)


def test_enter_on_a_figure_opens_its_calls(page: ReportsPage, desk: Services) -> None:
    wanted: list[Selection] = []
    page.calls_wanted.connect(wanted.append)
    tab_to("Tables of the report")
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)  # into the table
    assert keyboard() is page.paper.figures.table
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert [desk.calls.count(one) for one in wanted] == [26]


@on_a_local_file
def test_the_calls_that_are_left_out_are_shown_with_their_reason(page: ReportsPage) -> None:
    page.paper.show_section("excluded")
    rows = {row[0]: row[1:] for row in cells(page.paper.figures)}
    assert rows["Taken in August"][:2] == ["3", "4"]
    assert rows["Removed as entered by mistake"] == ["0", "0", "2"]


@on_a_local_file
def test_the_comparison_that_cannot_be_given_is_a_dash_and_says_why(page: ReportsPage) -> None:
    view = page.paper.figures
    index = view.table.model().index(0, 2)
    assert index.data() == "–"
    why = "no calls are on record for September 1998 to July 1999"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == why
    assert why in index.data(Qt.ItemDataRole.ToolTipRole)
    view.table.setCurrentIndex(index)
    assert view.told.text().startswith(f"1999-00, Year before, same days: no figure, as {why}.")


@on_a_local_file
def test_a_change_says_that_it_is_worked_out_and_opens_nothing(page: ReportsPage) -> None:
    view = page.paper.figures
    view.table.setCurrentIndex(view.table.model().index(1, 3))
    assert not view.show_calls.isEnabled()
    assert "worked out" in view.told.text()
    assert "worked out" in view.show_calls.accessibleDescription()


def test_the_file_holds_the_figures_of_the_screen(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = cells(page.paper.figures)
    for suffix in (".json", ".pdf"):
        target = tmp_path / f"count <b> & 100 % ünïon{suffix}"
        monkeypatch.setattr(Dialogs, "ask_file_to_save", lambda *_, target=target: target)
        page.on_export()
        qtbot.waitUntil(lambda target=target: page.desk.notices.done.text == f"Saved to {target}", timeout=20_000)
    data = json.loads((tmp_path / "count <b> & 100 % ünïon.json").read_text(encoding="utf-8"))
    rows = data["tables"][0]["rows"]
    assert [row[:3] for row in rows] == [["1999-00", 12, None], ["2000-01", 26, 12], ["2001-02 to March", 24, 17]]
    printed = " ".join(pages((tmp_path / "count <b> & 100 % ünïon.pdf").read_bytes()))
    assert HOSTILE in " ".join(printed.split())
    for row in shown:
        assert all(cell in printed for cell in row)
    assert [[str(cell) for cell in row[:2]] for row in rows] == [row[:2] for row in shown]


@on_a_local_file
def test_a_file_that_cannot_be_written_is_one_sentence(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialogs, "ask_file_to_save", lambda *_: tmp_path / "nowhere" / "count.pdf")
    page.on_export()
    qtbot.waitUntil(lambda: "There is no folder" in page.desk.notices.trouble.text)


def test_periods_are_chosen_and_counted_without_the_mouse(page: ReportsPage, qtbot: QtBot) -> None:
    assert keyboard().text() == "2001-02"  # the newest year; one Tab stop for all of them
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    tab_to("Other periods")
    write("2001-02/autumn, 2001-09..2001-09")
    with qtbot.waitSignal(page.counted, timeout=20_000):
        press(Qt.Key.Key_Return)
    assert [row[:2] for row in cells(page.paper.figures)] == [
        ["1999-00", "12"],
        ["September 2001", "10"],
        ["Autumn 2001-02", "10"],
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2001-13", "“2001-13” is not a year"),
        ("autumn", "“autumn” is not a period"),
        ("2001-02/winter", "“2001-02/winter” is not a term"),
        ("2002-03", "2002-03 begins on 1 September 2002, after 31 March 2002"),
        ("<b>2001</b>", "“<b>2001</b>” is not a period"),
    ],
)
@on_a_local_file
def test_a_period_that_cannot_be_counted_is_refused_beside_its_field(
    page: ReportsPage, qtbot: QtBot, typed: str, words: str
) -> None:
    tab_to("Other periods")
    write(typed)
    press(Qt.Key.Key_Return)
    assert words in page.chooser.form.problems()["others"]
    assert any(words in text for text in label_texts(page.chooser))
    press(Qt.Key.Key_Return)  # the summary has the keyboard and leads back to the field
    assert keyboard().accessibleName() == "Other periods"
    press(Qt.Key.Key_A, CTRL)
    write("2000-01/summer")
    with qtbot.waitSignal(page.counted, timeout=20_000):
        press(Qt.Key.Key_Return)
    assert page.chooser.form.problems() == {}


@on_a_local_file
def test_nothing_chosen_is_said_at_the_years(page: ReportsPage) -> None:
    for _ in range(3):
        press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Return)
    assert page.chooser.form.problems() == {"years": "Tick at least one year or term, or write a period."}


def test_where_a_year_ends_is_remembered_and_counted_by(
    page: ReportsPage, desk: Services, qtbot: QtBot, show: Show, window_desk: Desk
) -> None:
    tab_to("A year runs")
    with qtbot.waitSignal(page.counted, timeout=20_000):
        write("april")
    assert page.line.startswith("Call volumes, April to March")
    assert desk.settings.read().year_ends is YearEnds.MARCH
    again = opened(window_desk, show, qtbot)
    assert again.chooser.year_ends() is YearEnds.MARCH
    assert cells(again.paper.figures)[-1][:2] == ["2001-02", "37"]


def test_a_call_logged_meanwhile_is_counted_at_once(page: ReportsPage, window_desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.counted, timeout=20_000):
        window_desk.change(
            page, lambda: window_desk.services.calls.log(a_call_on(date(2002, 3, 31))), lambda done: None
        )
    assert cells(page.paper.figures)[-1][1] == "25"


@on_a_local_file
def test_the_keyboard_stays_on_its_figure_when_the_page_is_read_again(page: ReportsPage, qtbot: QtBot) -> None:
    view = page.paper.figures
    view.table.setFocus()
    view.table.setCurrentIndex(view.table.model().index(1, 2))
    with qtbot.waitSignal(page.counted, timeout=20_000):
        page.on_refresh()
    assert keyboard() is view.table
    assert (view.table.currentIndex().row(), view.table.currentIndex().column()) == (1, 2)


@on_a_local_file
def test_the_chart_can_be_read_as_words_and_as_a_table(page: ReportsPage, qtbot: QtBot) -> None:
    chart = page.paper.charts[0]
    qtbot.waitUntil(lambda: chart.chart.accessibleName() != "")
    name = chart.chart.accessibleName()
    assert "2001-02 to March: 24 against 17 in the same days of the year before" in name
    page.on_chart_as_table()
    assert chart.chart.isHidden()
    assert keyboard() is chart.twin
    twin = chart.twin.model()
    assert [twin.index(2, column).data() for column in range(3)] == ["2001-02 to March", "24", "17"]
    page.on_chart_as_table()
    assert chart.twin.isHidden()
    assert not chart.chart.isHidden()


@on_a_local_file
def test_the_chart_is_drawn_anew_in_the_colours_of_the_look(page: ReportsPage, qtbot: QtBot, qapp: object) -> None:
    chart = page.paper.charts[0]
    qtbot.waitUntil(lambda: chart.chart.accessibleName() != "")
    light = theme.current().series[0]
    seen = []
    for mode in ("dark", "light"):
        with qtbot.waitSignal(chart.drawn):
            theme.switch(qapp, mode=mode)  # type: ignore[arg-type]
        colours = chart.grab().toImage()
        middle = (chart.chart.y() + chart.chart.height() * 3 // 4) * colours.devicePixelRatio()
        row = {colours.pixelColor(x, int(middle) - dy).name() for x in range(colours.width()) for dy in range(30)}
        seen.append((theme.current().series[0].lower(), row))
    assert all(ink in row for ink, row in seen)
    assert light.lower() not in seen[0][1]


def test_an_empty_database_says_what_would_be_here(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = ReportsPage(window_desk)
    show(page)
    qtbot.waitUntil(page.empty.isVisible)
    assert not page.chooser.isVisible()
    assert not page.export.isEnabled()
    assert any("No calls are on record yet" in text for text in label_texts(page))
    page.on_export()
    assert "There is no report to save yet" in window_desk.notices.trouble.text
    with qtbot.waitSignal(page.import_wanted):
        page.focus_first()
        press(Qt.Key.Key_Return)


@on_a_local_file
def test_the_page_counts_as_soon_as_there_is_a_call(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = ReportsPage(window_desk)
    show(page)
    qtbot.waitUntil(page.empty.isVisible)
    with qtbot.waitSignal(page.counted, timeout=20_000):
        window_desk.change(
            page, lambda: window_desk.services.calls.log(a_call_on(date(2026, 11, 20))), lambda done: None
        )
    assert page.paper.isVisible()
    assert not page.empty.isVisible()
