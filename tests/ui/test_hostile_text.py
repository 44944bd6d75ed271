"""Text that would do harm in a careless program, in every field: every screen shows it to the letter, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.services.locations import DeskFolder
from tests.ui.hostile import Hostile, Traps, payloads
from tests.ui.screens import Practised, Screens, in_list, open_again, person, place
from tests.ui.shown_words import Values, guessing, shown_in
from tests.ui.windows import Windows, press, type_text
from ui.joined import JoinedWindow
from ui.kit.theme import Theme
from ui.people.person_frame import CALLS, CONSENT, CONTACTS, FAMILY, HISTORY, OVERVIEW


@pytest.fixture
def traps(tmp_path: Path) -> Iterator[Traps]:
    made = Traps(tmp_path)
    yield made
    made.close()


class Walk:
    """Goes through the screens of one window, and keeps what it found."""

    def __init__(self, windows: Windows, folder: Path, hostile: Hostile, traps: Traps) -> None:
        self.hostile, self.traps, self.values = hostile, traps, Values(hostile.raw)
        self.screens = Screens(windows, Practised(folder, hostile.mother.key))
        self.window: JoinedWindow = windows.ready(windows.open(folder))
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
def walk(qtbot: QtBot, theme: Theme, traps: Traps, tmp_path: Path) -> Iterator[Walk]:
    folder = DeskFolder(tmp_path / "desk").make()
    desk = open_again(folder.root)
    hostile = Hostile(payloads(traps))
    hostile.put_on_record(desk)
    desk.close()
    windows = Windows(qtbot, [])
    yield Walk(windows, folder.root, hostile, traps)
    windows.close()


def edit_row(number: int, page: Any) -> None:
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
    walk.go("calls", place("calls"))
    walk.go("batch", place("batch"))
    walk.go("reports", place("reports"))
    for name in (*(vocabulary.value for vocabulary in Vocabulary), "organisations", "texts"):
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


def test_what_was_typed_is_shown_to_the_letter_on_every_screen(walk: Walk) -> None:
    look_at_pages(walk)
    look_at_the_mother(walk)
    look_at_everybody(walk)
    look_at_calls(walk)
    print(*walk.found, sep="\n")
    print(walk.unseen())
    assert list(walk.found) == []
    assert walk.unseen() == {}


def test_a_label_that_guesses_is_found_out(walk: Walk) -> None:
    """Three of them: one eats what it takes for markup, one opens a file for it, one is turned round."""
    page = walk.window.current_page()
    assert page is not None
    for text in list(walk.hostile.raw.values())[:60]:
        QLabel(text, page).show()
    walk.look("today")
    found = " ".join(walk.found)
    assert "guesses" in found
    assert "the picture was opened" in found
