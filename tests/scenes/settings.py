"""Settings as they open, and after a look at the database."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea, QWidget

from ppsdesk.assembly import Services
from tests.scenes._stage import desk_on, settled, until
from ui.settings.settings_page import SettingsPage


def opened(services: Services) -> SettingsPage:
    """With a long name and signs that must stay signs."""
    services.settings.change(service="Parent Partnership & <b>Family</b> Information Service of a large county")
    page = SettingsPage(desk_on(services))
    settled(page)
    page.focus_first()
    return page


def checked(services: Services) -> QWidget:
    """The findings, at the end of the page."""
    page = opened(services)
    until(page.records.checked, page.records.check.click)
    settled(page)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    return settled(page)


SCENES: dict[str, Callable[[Services], QWidget]] = {"settings": opened, "settings_checked": checked}
