"""Ask the dates: nothing told yet, a sheet, one date explained, days that are questioned, limits that are lifted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from ppsdesk.assembly import Services
from ppsdesk.domain.selection import Selection
from tests.scenes._stage import SIZE, desk_on, settled, until
from ui.calls.call_page import CallPage
from ui.dates.asking import Content
from ui.dates.dates_page import DatesPage


def empty(services: Services) -> DatesPage:
    """As it opens."""
    page = DatesPage(desk_on(services))
    until(page.answered, page.show)
    page.focus_first()
    settled(page)
    return page


def _answered(services: Services, content: Content) -> DatesPage:
    page = empty(services)
    page.asking.restore(content)
    while page.answer is None or page.answer.sheet.happening.code != content.happening:
        QApplication.processEvents()
    settled(page)
    return page


def decision(services: Services) -> QWidget:
    """A letter and its certificate, the last day to appeal explained."""
    days = {"decision": "1/10/2026", "certificate": "19/11/2026"}
    page = _answered(services, Content(happening="decision", kind="CON", days=days))
    page.view.focus_rows()
    page.view.rows.choose_row(1)
    return settled(page)


def explained(services: Services) -> QWidget:
    """The keyboard in the explanation of a date whose source is to be checked."""
    page = _answered(services, Content(happening="review", days={"meeting": "12/11/2026"}))
    page.view.rows.setFocus()
    page.view.rows.choose_row(2)
    page.view.rows.opened.emit(2)
    return settled(page)


def questioned(services: Services) -> QWidget:
    """A letter of next year, its certificate older than itself."""
    days = {"decision": "1/10/2027", "certificate": "19/11/2026"}
    page = _answered(services, Content(happening="decision", days=days))
    page.view.focus_rows()
    return settled(page)


def lifted(services: Services) -> QWidget:
    """What lifts a limit, ticked."""
    content = Content(happening="request", days={"request": "1/9/2026"}, lifted=("EX_ABSENT",))
    page = _answered(services, content)
    page.view.focus_rows()
    return settled(page)


def long_ago(services: Services) -> QWidget:
    """A request of 2001, and four more days that are asked for."""
    return _answered(services, Content(happening="statement", days={"request": "3/9/2001"}))


def added(services: Services) -> QWidget:
    """A call on record to which what happened is being added, with what follows and what lifts a limit."""
    page = CallPage(desk_on(services))
    page.resize(*SIZE)
    page.show()
    until(page.dates.shown, partial(page.open_call, services.calls.ids(Selection(), limit=1)[0]))
    page.dates.begin()
    page.dates.form._what.set_value("request")
    page.dates.form.form.focus_field("request")
    page.dates.form.form.editor("request").restore("5/11/2026")
    while not page.dates.form.follows.lines():
        QApplication.processEvents()
    settled(page)
    page.dates.form.lifting.ticks["EX_ABSENT"].keys.setFocus()
    return settled(page)


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "dates": empty,
    "dates_decision": decision,
    "dates_explained": explained,
    "dates_questioned": questioned,
    "dates_lifted": lifted,
    "dates_long_ago": long_ago,
    "dates_added": added,
}
