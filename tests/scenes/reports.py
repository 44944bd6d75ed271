"""Call volumes: counted, as a table, refused, and with nothing on record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea, QWidget

from ppsdesk.assembly import Services
from tests.scenes._stage import desk_on, empty_services, settled, until
from ui.reports.reports_page import ReportsPage


def counted(services: Services) -> ReportsPage:
    """The page as it opens, the keyboard on a figure."""
    page = ReportsPage(desk_on(services))
    settled(page)
    if page.answer is None:
        until(page.counted, page.refresh)
    page.paper.tables[0].table.setFocus()
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


def empty(services: Services) -> QWidget:
    """No call on record."""
    return settled(ReportsPage(desk_on(empty_services())))


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "reports": counted,
    "reports_further_down": further_down,
    "reports_as_table": as_table,
    "reports_refused": refused,
    "reports_empty": empty,
}
