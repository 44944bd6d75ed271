"""Call volumes: counted, as a table, refused, and with nothing on record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ppsdesk.assembly import Services
from ppsdesk.domain.saved_reports import Asked, ReportKind
from tests.scenes._stage import desk_on, empty_services, settled, until
from ui.reports.reports_page import ReportsPage


def counted(services: Services) -> ReportsPage:
    """The page as it opens, the keyboard on a figure."""
    page = ReportsPage(desk_on(services))
    settled(page)
    if page.answer is None:
        until(page.counted, page.refresh)
    if page.chooser.report() is not ReportKind.CALL_VOLUMES:  # it begins with what was asked last
        page.chooser.show_asked(Asked(report=ReportKind.CALL_VOLUMES, periods=("2026-27",)))
        until(page.counted, page.run)
    page.paper.figures.table.setFocus()
    settled(page)
    return page


def further_down(services: Services) -> QWidget:
    """The chart and what is left out."""
    page = counted(services)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    return settled(page)


def as_table(services: Services) -> QWidget:
    """The chart's twin."""
    page = counted(services)
    page.on_chart_as_table()
    return settled(page)


def refused(services: Services) -> QWidget:
    """A period that cannot be read."""
    page = counted(services)
    page.chooser.form.editor("others").restore("2001-13 <b>autumn</b>")
    page.run()
    page.findChild(QScrollArea).verticalScrollBar().setValue(0)
    return settled(page)


def trends(services: Services) -> QWidget:
    """Topics by area, this term against the one before."""
    page = counted(services)
    page.chooser.show_asked(Asked(report=ReportKind.AREA_TRENDS, periods=("2026-27/autumn",)))
    until(page.counted, page.run)
    return settled(page)


def outside(services: Services) -> QWidget:
    """A long table for readers outside: small numbers hidden."""
    page = counted(services)
    until(page.counted, partial(page.chooser.form.editor("public").set_value, True))
    page.paper.show_section("by-topic")
    page.paper.figures.table.setFocus()
    return settled(page)


def some_tables(services: Services) -> QWidget:
    """Tables to tick, and a name asked for."""
    page = counted(services)
    page.chooser.form.editor("all_tables").set_value(False)
    page.saving.ask_new()
    return settled(page)


def preview(services: Services) -> QWidget:
    """The second page before it is printed."""
    page = counted(services)
    page.on_preview()
    assert page.pages is not None
    shown = page.pages
    until(shown.shown, QApplication.processEvents)
    until(shown.shown, partial(shown.turn, 1))
    return shown


def empty(services: Services) -> QWidget:
    """No call on record."""
    return settled(ReportsPage(desk_on(empty_services())))


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "reports": counted,
    "reports_further_down": further_down,
    "reports_as_table": as_table,
    "reports_refused": refused,
    "reports_empty": empty,
    "reports_trends": trends,
    "reports_outside": outside,
    "reports_some_tables": some_tables,
    "reports_preview": preview,
}
