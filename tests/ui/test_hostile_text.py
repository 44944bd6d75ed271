"""Text that would do harm in a careless program, in every field: every screen shows it to the letter, and no more."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.services.locations import DeskFolder
from tests.builders import a_call
from tests.ui.hostile import Hostile, Traps, payloads
from tests.ui.screens import Practised, Screens, in_list, open_again, person, place
from tests.ui.shown_words import TURNS, Values, guessing, shown_in
from tests.ui.watchdog import Watchdog
from tests.ui.windows import Windows, press, type_text
from ui.joined import JoinedWindow
from ui.kit.theme import Theme
from ui.kit.words import PlainLabel
from ui.people.person_tabs import CALLS, CONSENT, CONTACTS, FAMILY, HISTORY, OVERVIEW
from ui.today.scope import Scope

LONG = "All of it. " * 9_000  # nearly as much as a note may hold


@dataclass(frozen=True)
class HostileDesk:
    """A desk with all of it on record, and a call with a very long note."""

    folder: Path
    hostile: Hostile
    traps: Traps
    long_call: int


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileDesk]:
    place = tmp_path_factory.mktemp("h")
    traps = Traps(place)
    folder = DeskFolder(place / "desk").make().root
    desk = open_again(folder)
    hostile = Hostile(payloads(traps))
    hostile.put_on_record(desk)
    long_call = desk.calls.log(a_call(notes=LONG)).value
    desk.close()
    yield HostileDesk(folder, hostile, traps, long_call)
    traps.close()


class Walk:
    """Goes through the screens of one window, and keeps what it found."""

    def __init__(self, windows: Windows, desk: HostileDesk) -> None:
        self.desk, self.hostile, self.traps = desk, desk.hostile, desk.traps
        self.values = Values(self.hostile.raw)
        self.screens = Screens(windows, Practised(desk.folder, self.hostile.mother.key))
        self.window: JoinedWindow = windows.ready(windows.open(desk.folder))
        self.screens.window = self.window
        self.seen: set[str] = set()
        self.found: dict[str, None] = {}

    def look(self, name: str) -> None:
        """At everything that is shown now."""
        self.screens.settle()
        self.window.grab()
        for words in shown_in(self.window):
            told = self.values.not_to_the_letter(words)
            told += [f"{words.where}: {words.text[:200]!a} is turned"] if self.values.turned(words) else []
            self.found |= dict.fromkeys(f"{name}: {one}" for one in told)
            self.seen |= {tag for tag in self.hostile.raw if tag in words.text}
        self.found |= dict.fromkeys(f"{name}: {one} guesses" for one in guessing(self.window))
        self.found |= dict.fromkeys(f"{name}: {one}" for one in self.traps.sprung())

    def go(self, name: str, screen: Callable[[Screens, JoinedWindow], QWidget]) -> Any:
        """To a screen, and look."""
        part = screen(self.screens, self.window)
        self.look(name)
        return part

    def unseen(self) -> dict[str, int]:
        """Fields that were never shown whole, and how many of their values."""
        fields = [self.hostile.field_of[tag] for tag in self.hostile.raw if tag not in self.seen]
        return {name: fields.count(name) for name in sorted(set(fields))}


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture
def walk(windows: Windows, hostile_desk: HostileDesk) -> Walk:
    return Walk(windows, hostile_desk)


def to_everybody(page: Any) -> None:
    page.steps.show_scope(Scope.EVERYBODY)
    page.steps.scope_changed.emit()


def edit_row(number: int, page: Any) -> None:
    press("Home")
    for _ in range(number):
        press("Down")
    page.on_edit()


def look_at_pages(walk: Walk) -> None:
    page = walk.go("today", place("today"))
    services = walk.window.desk.services
    while drafts := services.drafts.mine():
        walk.look("today, drafts")
        for draft in drafts[:5]:
            services.drafts.discard(draft.key)
        page.refresh()
    walk.go("today, everybody's", place("today", then=to_everybody))
    walk.go("calls", place("calls"))
    walk.go("batch", place("batch"))
    walk.go("reports", place("reports"))
    for name in (*(vocabulary.value for vocabulary in Vocabulary), "organisations", "texts", "term_dates"):
        walk.go(f"list {name}", in_list(name))
        walk.go(f"list {name}, renaming", in_list(name, then=lambda page: page.on_edit()))
        walk.window.page("lists").panel.asking.put_away()
    for number in range(len(walk.hostile.payloads)):
        walk.go(f"organisation {number}", in_list("organisations", then=partial(edit_row, number)))
        walk.window.page("lists").panel.asking.put_away()


def look_at_the_mother(walk: Walk) -> None:
    for tab in (OVERVIEW, CONTACTS, FAMILY, CALLS, CONSENT, HISTORY):
        walk.go(f"person, {tab}", person(tab))
    walk.go("hidden addresses", person(CONTACTS, then=lambda page: page.contacts.hidden.show_addresses()))
    walk.go("safeguarding notes", person(OVERVIEW, then=lambda page: page.overview.safeguarding._show_notes()))
    walk.go("person changed", person(OVERVIEW, then=lambda page: page.on_edit()))


def look_at_everybody(walk: Walk) -> None:
    for number, somebody in enumerate(walk.hostile.people):
        walk.screens.desk = Practised(walk.screens.desk.folder, somebody.key)
        walk.go(f"person {number}", person(OVERVIEW))
        tag = somebody.given_names[-5:]
        page = walk.window.go("people")
        page.box.line.clear()
        type_text(tag)
        walk.screens.wait(lambda page=page: "found" in page.line)
        press("Down")
        walk.look(f"people found {number}")
        press("Ctrl+K")
        type_text(tag)
        walk.look(f"palette {number}")
        press("Esc")
        press("F8")
        type_text(tag)
        finder = walk.window.pad.form.box.finder
        walk.screens.wait(lambda finder=finder: finder.list is not None and finder.list.may_take(finder.text()))
        walk.look(f"one box {number}")
        press("Return")
        walk.screens.wait(lambda: walk.window.pad.people.before is not None)
        walk.look(f"pad {number}")
        walk.window.pad.discard()
        walk.screens.settle()


def look_at_calls(walk: Walk) -> None:
    for number, call in enumerate(walk.hostile.calls):
        walk.window._open_call(call)
        walk.look(f"call {number}")


def test_what_was_typed_is_shown_to_the_letter_on_every_screen(walk: Walk, watchdog: Watchdog | None) -> None:
    with watchdog.looks_away("nobody has eleven alerts, phones and schools") if watchdog else nullcontext():
        look_at_pages(walk)
        look_at_the_mother(walk)
        look_at_everybody(walk)
        look_at_calls(walk)
    assert list(walk.found) == []
    assert walk.unseen() == {}


def test_a_very_long_note_is_shown_whole(walk: Walk, watchdog: Watchdog | None) -> None:
    with watchdog.looks_away("Qt wraps twenty thousand words") if watchdog else nullcontext():
        walk.window._open_call(walk.desk.long_call)
        page: Any = walk.window.page("call")
        walk.screens.wait(lambda: page.form.is_complete and page.form.editor("notes").value())
    assert page.form.editor("notes").value().strip() == LONG.strip()
    walk.look("a long call")
    assert list(walk.found) == []


def test_an_undo_of_somebody_with_an_ampersand_names_them(walk: Walk) -> None:
    """In the menu an ampersand would be taken for the sign of an access key."""
    walk.window.desk.notices.undoable("Smith & Jones changed.", lambda: None)
    walk.look("undo")
    said = {words.text for words in shown_in(walk.window)}
    assert "Undo: Smith & Jones changed" in said
    assert "Smith & Jones changed." in said


def test_a_careless_screen_is_found_out(walk: Walk) -> None:
    """One label guesses at markup and opens a file for it, one leaves out a letter, one lets itself be turned round."""
    page = walk.window.current_page()
    assert page is not None
    picture = next(text for text in walk.hostile.raw.values() if str(walk.traps.picture) in text)
    turning = next(text for text in walk.hostile.raw.values() if TURNS in text)
    QLabel(picture, page).show()
    for text in (turning[3:], f"Alert: {turning}"):
        PlainLabel(text, page).show()
    walk.look("today")
    found = " ".join(walk.found)
    for finding in ("guesses", "the picture was opened", "does not hold", "is turned"):
        assert finding in found
    with socket.create_connection(walk.traps.server):
        assert walk.traps.sprung() == ["the server was asked"]
