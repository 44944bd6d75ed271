"""The pages of the main window: name, words, icon, key, and how each is built when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.kit.desk import Desk
from ui.kit.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """One page. `number` is its digit in the rail (Ctrl+digit), fixed for good; 0 has none. `rail` is False for a page
    that is only reached from another."""

    name: str
    words: str
    icon: str
    number: int
    build: Callable[[Desk], Page]
    rail: bool = True


def _calls(desk: Desk) -> Page:
    from ui.calls.calls_page import CallsPage

    return CallsPage(desk)


def _call(desk: Desk) -> Page:
    from ui.calls.call_page import CallPage

    return CallPage(desk)


def _reports(desk: Desk) -> Page:
    from ui.reports.reports_page import ReportsPage

    return ReportsPage(desk)


def _imports(desk: Desk) -> Page:
    from ui.imports.import_page import ImportPage

    return ImportPage(desk)


def _settings(desk: Desk) -> Page:
    from ui.settings.settings_page import SettingsPage

    return SettingsPage(desk)


PLACES = (
    Place("calls", "Calls", "phone", 2, _calls),
    Place("reports", "Reports", "chart-column", 6, _reports),
    Place("settings", "Settings", "settings", 7, _settings),
    Place("imports", "Import", "download", 0, _imports),
    Place("call", "Call", "phone", 0, _call, rail=False),
)
