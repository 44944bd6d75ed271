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


def _today(desk: Desk) -> Page:
    from ui.calls.wording import draft_words
    from ui.today.today_page import TodayPage

    return TodayPage(desk, draft_words)


def _calls(desk: Desk) -> Page:
    from ui.calls.calls_page import CallsPage

    return CallsPage(desk)


def _call(desk: Desk) -> Page:
    from ui.calls.call_page import CallPage

    return CallPage(desk)


def _people(desk: Desk) -> Page:
    from ui.people.people_page import PeoplePage

    return PeoplePage(desk)


def _person(desk: Desk) -> Page:
    from ui.people.person_page import PersonPage

    return PersonPage(desk)


def _batch(desk: Desk) -> Page:
    from ui.calls.batch_page import BatchPage

    return BatchPage(desk)


def _lists(desk: Desk) -> Page:
    from ui.lists.lists_page import ListsPage

    return ListsPage(desk)


def _reports(desk: Desk) -> Page:
    from ui.reports.reports_page import ReportsPage

    return ReportsPage(desk)


def _dates(desk: Desk) -> Page:
    from ui.dates.dates_page import DatesPage

    return DatesPage(desk)


def _imports(desk: Desk) -> Page:
    from ui.imports.import_page import ImportPage

    return ImportPage(desk)


def _settings(desk: Desk) -> Page:
    from ui.settings.settings_page import SettingsPage

    return SettingsPage(desk)


PLACES = (
    Place("today", "Today", "house", 1, _today),
    Place("calls", "Calls", "phone", 2, _calls),
    Place("people", "People", "users", 3, _people),
    Place("reports", "Reports", "chart-column", 6, _reports),
    Place("dates", "Ask the dates", "calendar-clock", 0, _dates),
    Place("settings", "Settings", "settings", 7, _settings),
    Place("lists", "Lists", "table", 0, _lists),
    Place("imports", "Import", "download", 0, _imports),
    Place("call", "Call", "phone", 0, _call, rail=False),
    Place("batch", "Several calls", "table", 0, _batch, rail=False),
    Place("person", "Person", "users", 0, _person, rail=False),
)
