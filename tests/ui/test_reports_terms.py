"""The report that a committee is given each term: its terms stand there to be ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.saved_reports import Asked
from tests.ui.on_desk import keyboard, press
from ui.reports.reports_page import ReportsPage


def test_the_termly_report_is_ticked_and_nothing_has_to_be_typed(reports_page: ReportsPage, qtbot: QtBot) -> None:
    """This term, the two before it and the same term a year before stand there by name."""
    terms = ["Spring 2000-01", "Summer 2000-01", "Autumn 2001-02", "Spring 2001-02"]
    assert [box.text() for box in reports_page.chooser.terms.boxes()] == terms
    reports_page.chooser.years.set_value(())
    press(Qt.Key.Key_Tab)  # from the years
    assert keyboard() is reports_page.chooser.terms.boxes()[-1]
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    with qtbot.waitSignal(reports_page.counted, timeout=20_000):
        press(Qt.Key.Key_Return)
    assert reports_page.answer is not None
    assert [period.text for period in reports_page.answer.report.periods] == ["2000-01/spring", "2001-02/spring"]
    assert reports_page.answer.asked.periods == ("2000-01/spring", "2001-02/spring")


def test_terms_that_were_asked_for_are_ticked_and_older_ones_are_written(reports_page: ReportsPage) -> None:
    asked = Asked(periods=("2001-02", "2001-02/spring", "1999-00/autumn"), year_ends=YearEnds.JULY)
    reports_page.chooser.show_asked(asked)
    assert reports_page.chooser.years.value() == ("2001-02",)
    assert reports_page.chooser.terms.value() == ("2001-02/spring",)
    assert reports_page.chooser.form.editor("others").value() == ("1999-00/autumn",)
    assert reports_page.chooser.asked() == asked
