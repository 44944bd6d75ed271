"""Every page of the window, the pad and the palette, in the states that differ; everybody in them is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.assembly import Services
from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests.builders import a_call
from tests.ui.on_pad import a_family
from tests.ui.windows import Windows, press, type_text
from ui.calls.call_form import CallForm
from ui.dates.asking import Content
from ui.joined import JoinedWindow
from ui.people.person_tabs import CALLS, CONSENT, CONTACTS, FAMILY, HISTORY, OVERVIEW

PATIENCE = 20_000  # milliseconds
SURNAME = "Meadowlark"  # of the family everything is about; made of a plant and a bird


@dataclass(frozen=True)
class Practised:
    """A desk with practice data, and a family with a safe-contact rule, two children and a call."""

    folder: Path
    mother: UUID


def practised(folder: Path) -> Practised:
    """Make it in that folder."""
    place = DeskFolder(folder).make()
    services = open_again(place.root)
    services.practice.fill(years=1, calls_per_year=60)
    family = a_family(services, "Cai", "Nia")
    day = local_day(services.clock()) - timedelta(days=18)
    services.calls.log(
        a_call(taken_on=day, started_at=None, ended_at=None, minutes=None, caller=family.mother,
               caller_name=f"Bryony {SURNAME}", children=family.children[:1], child_name=f"Cai {SURNAME}"),
        Intake(matters=(Matter(key=uuid4(), child=family.children[0], happening="review", facts={"meeting": day}),)),
    )  # fmt: skip
    services.dates.refresh()  # as a window does a while after it opened
    services.close()
    return Practised(place.root, family.mother)


def open_again(folder: Path) -> Services:
    """The desk's services, as a second program would open them."""
    return assembly.open_services(Choices(folder=DeskFolder(folder), person="Hana Helpline"), lambda question: None)


@dataclass
class Screens:
    """A window on the practised desk, and the way to each screen."""

    windows: Windows
    desk: Practised
    width: int = 1280
    height: int = 800
    window: JoinedWindow | None = None

    @property
    def qtbot(self) -> QtBot:
        """The test's own."""
        return self.windows.qtbot

    def show(self, name: str) -> QWidget:
        """The screen of that name in a new window, with all its answers; the part that is to be walked."""
        opened = self.windows.open(self.desk.folder, width=self.width, height=self.height)
        self.window = self.windows.ready(opened)
        return self.go(name)

    def go(self, name: str) -> QWidget:
        """From whatever is shown to that screen."""
        assert self.window is not None
        part = SCREENS[name](self, self.window)
        self.settle()
        self.window.pads.keep_drafts()  # nothing is left to be written while one looks
        self.settle()
        return part

    def settle(self) -> None:
        """Nothing is asked, built or queued any more."""
        assert self.window is not None
        for _ in range(2):
            self.wait(lambda: not self.window._background._jobs)
            self.wait(lambda: not any(form._building.isActive() for form in self.window.findChildren(CallForm)))
            for _ in range(3):
                QApplication.processEvents()
        self.wait(lambda: not self.window._background._jobs)

    def wait(self, until: Callable[[], object]) -> None:
        """Until it is so."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)


Screen = Callable[[Screens, JoinedWindow], QWidget]


def place(name: str, *, then: Callable[[Any], object] | None = None) -> Screen:
    """A page as the rail opens it, and what is done there."""

    def there(screens: Screens, window: JoinedWindow) -> QWidget:
        page = window.go(name)
        screens.settle()
        if then is not None:
            then(page)
            screens.settle()
        return page

    return there


def one_call(screens: Screens, window: JoinedWindow) -> QWidget:
    """A call on record, open to be changed."""
    ids = window.desk.services.calls.ids(Selection(), limit=1)
    window._open_call(ids[0])
    return window.page("call")


def call_with_dates(then: Callable[[Any], object]) -> Screen:
    """The mother's call, in which a review was told, and what is done with its dates."""

    def there(screens: Screens, window: JoinedWindow) -> QWidget:
        [call_id] = window.desk.services.calls.ids(Selection(person=screens.desk.mother))
        window._open_call(call_id)
        page: Any = window.page("call")
        screens.wait(page.dates.isVisible)
        page.dates.rows.setFocus()
        page.dates.rows.choose_row(1)
        then(page.dates)
        screens.settle()
        return page

    return there


def person(tab: str, then: Callable[[Any], object] | None = None) -> Screen:
    """The mother's record on a tab."""

    def there(screens: Screens, window: JoinedWindow) -> QWidget:
        window._open_person(screens.desk.mother)
        page: Any = window.page("person")
        screens.wait(lambda: page.shown is not None)
        screens.settle()
        page.tab_row.go(tab)
        page.focus_first()
        screens.settle()
        if then is not None:
            then(page)
            screens.settle()
        return page

    return there


def found(screens: Screens, window: JoinedWindow) -> QWidget:
    """People found, the first of them looked at."""
    page: Any = window.go("people")
    type_text(SURNAME.lower())
    screens.wait(lambda: "found" in page.line)
    press("Down")
    return page


def nobody_found(screens: Screens, window: JoinedWindow) -> QWidget:
    """Nobody is called that."""
    page: Any = window.go("people")
    type_text("zzyzx")
    screens.wait(lambda: page.line.startswith("Nobody"))
    return page


def new_call(screens: Screens, window: JoinedWindow) -> QWidget:
    """F8, nothing typed."""
    press("F8")
    window.pad.form.complete()
    return window.pads


def known_caller(screens: Screens, window: JoinedWindow) -> QWidget:
    """Her banner, her children, her school."""
    window._call_about(screens.desk.mother)
    screens.wait(lambda: window.pad.people.before is not None)
    return window.pads


def two_children(screens: Screens, window: JoinedWindow) -> QWidget:
    """Her two children, with a field for the stage of each."""
    pads = known_caller(screens, window)
    screens.settle()
    window.pad.form.focus_field("children")
    type_text("12")
    screens.settle()
    assert len(window.pad.form.editor("stages").fields()) == 2
    return pads


def dates_asked(screens: Screens, window: JoinedWindow) -> QWidget:
    """Topics from which dates follow: one of two things to choose, a day to come, and one that is asked for too."""
    new_call(screens, window)
    line: Any = window.pad.form.editor("dates")
    for topic in ("annual rev", "refusal to assess"):
        press("Alt+T")
        type_text(topic)
        press("Return")
    screens.wait(line.isVisible)
    press("Alt+W")
    type_text("1/10/2040")
    line._chosen("decision")
    press("Alt+W")
    type_text("1/10/2040")
    press("Tab")
    screens.wait(line.answer.lines)
    return window.pads


def alike_caller(screens: Screens, window: JoinedWindow) -> QWidget:
    """Somebody new who is perhaps the same as somebody on record."""
    press("F8")
    window.pad.form.complete()
    type_text(f"bryony {SURNAME.lower()} 07700900123")
    screens.settle()
    finder = window.pad.form.box.finder
    screens.wait(lambda: finder.list is not None and finder.list.may_take(finder.text()))
    for _ in range(9):
        press("Down")  # the last row: somebody new
    press("Return")
    screens.wait(lambda: window.pad.side.is_made and window.pad.side.alike.alike())
    return window.pads


def anonymous(screens: Screens, window: JoinedWindow) -> QWidget:
    """Alt+A: a reference to quote."""
    press("F8")
    window.pad.form.complete()
    press("Alt+A")
    return window.pads


def two_calls(screens: Screens, window: JoinedWindow) -> QWidget:
    """One parked, one being written."""
    press("F8")
    window.pad.form.complete()
    press("Alt+N")
    type_text("the first")
    press("Ctrl+Shift+P")
    window.pad.form.complete()
    screens.settle()
    press("Alt+N")
    type_text("the second")
    window.pads.keep_drafts()
    screens.settle()
    return window.pads


def missing(screens: Screens, window: JoinedWindow) -> QWidget:
    """Saved too early: the summary with its links."""
    new_call(screens, window)
    press("Alt+N")
    type_text("no kind, no topic")
    press("Ctrl+Return")
    window.pads.keep_drafts()
    return window.pads


def late(screens: Screens, window: JoinedWindow) -> QWidget:
    """Day and time of a late entry."""
    new_call(screens, window)
    press("Ctrl+Shift+L")
    return window.pads


def palette(text: str) -> Screen:
    """Find or do, with this typed."""

    def there(screens: Screens, window: JoinedWindow) -> QWidget:
        press("Ctrl+K")
        type_text(text)
        screens.settle()
        return window.finder

    return there


def in_list(name: str, then: Callable[[Any], object] | None = None) -> Screen:
    """One of the lists, and what is done with the entry under the keyboard."""

    def chosen(page: Any) -> None:
        page.choose(name)
        QApplication.processEvents()
        if then is not None:
            page.panel.focus_table()
            then(page)

    return place("lists", then=chosen)


def corrected_rule(page: Any) -> None:
    """Once the rules are there."""
    while page.panel.current() is None:
        QApplication.processEvents()
    page.on_edit()


def dates_answered(screens: Screens, window: JoinedWindow) -> QWidget:
    """A sheet with what lifts its limits, a day that is asked again, and one that is asked for."""
    page: Any = window.go("dates")
    screens.settle()
    page.asking.restore(Content(happening="again", days={"request": "1/9/2040"}, lifted=("EX_ABSENT",)))
    screens.settle()
    return page


def some_tables(page: Any) -> None:
    """Tables to tick, and a name under which to save that."""
    page.chooser.form.editor("all_tables").set_value(False)
    page.saving.ask_new()


PAGES: dict[str, Screen] = {
    "today": place("today"),
    "calls": place("calls"),
    "call": one_call,
    "call, a date explained": call_with_dates(lambda dates: dates.explain()),
    "call, a date corrected": call_with_dates(lambda dates: dates.edit()),
    "people": place("people"),
    "people found": found,
    "nobody found": nobody_found,
    "new person": place("people", then=lambda page: page._new()),
    **{f"person {tab.lower()}": person(tab) for tab in (OVERVIEW, CONTACTS, FAMILY, CALLS, CONSENT, HISTORY)},
    "person changed": person(OVERVIEW, then=lambda page: page.on_edit()),
    "lists topics": in_list(Vocabulary.TOPIC.value),
    "lists outcomes": in_list(Vocabulary.OUTCOME.value),
    "lists schools": in_list("organisations"),
    "lists texts": in_list("texts"),
    "lists term dates": in_list("term_dates"),
    "lists rules": in_list("rules"),
    "lists holidays": in_list("holidays"),
    "lists correcting a rule": in_list("rules", then=corrected_rule),
    "lists renaming": in_list(Vocabulary.TOPIC.value, then=lambda page: page.on_edit()),
    "batch": place("batch"),
    "reports": place("reports"),
    "reports, some tables, and a name": place("reports", then=some_tables),
    "dates": place("dates"),
    "dates answered": dates_answered,
    "settings": place("settings"),
    "imports": place("imports"),
}
PADS: dict[str, Screen] = {
    "new call": new_call,
    "known caller": known_caller,
    "call about two children": two_children,
    "new call, dates asked": dates_asked,
    "alike caller": alike_caller,
    "anonymous call": anonymous,
    "two calls": two_calls,
    "something missing": missing,
    "late entry": late,
}
PALETTE: dict[str, Screen] = {
    "find or do": palette(""),
    "find a person": palette(SURNAME.lower()),
    "a call in one line": palette('call meadowlark excl "asked about appeal" out:info 6m'),
}
SCREENS: dict[str, Screen] = {**PAGES, **PADS, **PALETTE}
