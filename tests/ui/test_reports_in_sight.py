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
