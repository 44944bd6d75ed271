"""What to count can be read and reached on the page of reports, however large the text and small the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from ppsdesk.domain.saved_reports import Asked, ReportKind
from tests.ui.on_desk import keyboard, on_a_local_file, settle
from tests.ui.watchdog import Watchdog
from ui.kit import theme
from ui.reports.figures_view import LABEL_OF_MANY, LABEL_WIDEST
from ui.reports.reports_page import ReportsPage


@pytest.fixture
def page(reports_page: ReportsPage) -> ReportsPage:
    """The last three years, counted."""
    return reports_page


@on_a_local_file
@pytest.mark.parametrize("wide", [1_860, 1_110, 904])  # the narrowest of two columns, of one, of a small window
def test_what_a_tick_says_is_readable_to_its_end_in_large_text(
    wide: int, page: ReportsPage, qapp: QApplication, watchdog: Watchdog
) -> None:
    """Hiding small numbers is not a tick to guess at: also where letters are a tenth wider than here."""
    with watchdog.looks_away("the size of the text is changed by hand, once in a while"):
        theme.switch(qapp, scale=2.0)
        page.resize(wide, 760)
        settle()
    for name in ("public", "all_tables"):
        tick = page.chooser.form.editor(name)
        assert isinstance(tick.keys, QCheckBox)
        assert tick.keys.width() == tick.keys.sizeHint().width()
        assert tick.width() >= 1.1 * tick.keys.width()


@on_a_local_file
def test_in_a_small_window_with_large_text_what_to_count_is_seen_while_one_chooses(
    page: ReportsPage, qapp: QApplication, qtbot: QtBot, watchdog: Watchdog
) -> None:
    """Of trends by area, at 200 % in what a window of 1024 by 600 leaves: the field itself and those beside it."""
    page.chooser.show_asked(Asked(report=ReportKind.AREA_TRENDS, periods=("2001-02/spring",)))
    with qtbot.waitSignal(page.counted, timeout=20_000):
        page.run()
    with watchdog.looks_away("the size of the text is changed by hand, once in a while"):
        theme.switch(qapp, scale=2.0)
        page.resize(904, 434)
        settle()
    walked = []
    for name in ("report", "term", "saved", "year_ends", "public"):
        page.export.setFocus(Qt.FocusReason.TabFocusReason)  # at the top again
        page.chooser.form.focus_field(name)
        settle()
        here = keyboard()
        assert here.visibleRegion().boundingRect() == here.rect(), name
        walked.append(page.chooser.visibleRegion().boundingRect().height())
    assert min(walked) >= 5 * theme.current().px("size_row"), walked


@on_a_local_file
def test_every_column_of_a_term_beside_the_one_before_is_seen_at_once(page: ReportsPage, qtbot: QtBot) -> None:
    """In a usual window, with the share at the right and no word of the heads cut."""
    page.chooser.show_asked(Asked(periods=("2001-02/autumn",)))
    with qtbot.waitSignal(page.counted, timeout=20_000):
        page.run()
    page.resize(1_060, 760)  # what a window of 1280 leaves
    page.paper.show_section("by-method")
    settle()
    table = page.paper.figures.table
    head = table.horizontalHeader()
    assert (
        head.length() - head.sectionSize(0) + LABEL_WIDEST <= table.viewport().width()
    )  # beside the longest names too
    assert head.height() >= 2 * head.fontMetrics().lineSpacing()
    assert table.maximumHeight() >= head.height() + table.verticalHeader().length()
    assert not table.horizontalScrollBar().isVisible()
    spoken = table.model().headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Same term, year before"


@on_a_local_file
def test_the_share_is_seen_without_scrolling_where_three_terms_stand_beside_each_other(
    page: ReportsPage, qtbot: QtBot
) -> None:
    """The termly report in a usual window: it is the last column that says of how many."""
    page.chooser.show_asked(Asked(periods=("2000-01/autumn", "2000-01/spring", "2001-02/autumn")))
    with qtbot.waitSignal(page.counted, timeout=20_000):
        page.run()
    page.resize(1_060, 760)  # what a window of 1280 leaves
    for name in ("by-topic", "by-method", "by-caller-kind"):
        page.paper.show_section(name)
        settle()
        table = page.paper.figures.table
        head = table.horizontalHeader()
        widths = [head.sectionSize(at) for at in range(head.count())]
        assert not table.horizontalScrollBar().isVisible(), (name, widths, table.viewport().width())
        beside = table.viewport().width() - sum(widths[1:])
        assert beside >= LABEL_OF_MANY, (name, widths)  # beside the longest names too
        last = table.model().columnCount() - 1
        assert str(table.model().headerData(last, Qt.Orientation.Horizontal)) == "Share"
        assert table.columnViewportPosition(last) + table.columnWidth(last) <= table.viewport().width()


@on_a_local_file
def test_the_name_of_a_table_stands_in_one_line_where_there_is_room(page: ReportsPage) -> None:
    page.resize(1_060, 760)
    title = page.paper.card.title
    for section in page.paper.sections:
        page.paper.show_section(section.name)
        settle()
        assert title.height() < 2 * title.fontMetrics().lineSpacing(), title.text()


@on_a_local_file
def test_no_name_in_the_list_of_tables_is_cut(page: ReportsPage) -> None:
    page.resize(1_060, 760)
    settle()
    names = page.paper.names
    for row in range(names.model().rowCount()):
        words = names.model().index(row, 0).data()
        assert names.fontMetrics().horizontalAdvance(words) <= names.viewport().width() - 24, words
