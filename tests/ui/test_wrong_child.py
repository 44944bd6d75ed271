"""Two hundred calls of families that look alike: the caller and the children on record are those who were meant."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.families import Tie
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests.ui.look_alikes import LookAlikes
from tests.ui.on_the_phone import OnThePhone
from tests.ui.windows import Windows
from ui.kit.theme import Theme
from ui.who.child_chips import ChildChips
from ui.who.people_finder import PeopleFinder

CALLS, IN_SHORT = 200, 60  # and with `--brief`
SOME = 40  # within which a careless program is found out


@pytest.fixture(scope="module")
def desk_of_look_alikes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LookAlikes]:
    """A closed desk with all of them on record, to be copied; and who they are."""
    folder = DeskFolder(tmp_path_factory.mktemp("look-alikes")).make()
    desk = assembly.open_services(Choices(folder=folder, person="Hana Helpline"), lambda question: None)
    known = LookAlikes(today=local_day(desk.clock()))
    known.put_on_record(desk)
    desk.close()
    return folder.root, known


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture
def on_the_phone(desk_of_look_alikes: tuple[Path, LookAlikes], windows: Windows, tmp_path: Path) -> OnThePhone:
    """Somebody at a window of their own."""
    closed, known = desk_of_look_alikes
    folder = DeskFolder(tmp_path / "desk").make()
    shutil.copy(DeskFolder(closed).database, folder.database)
    return OnThePhone(windows.ready(windows.open(folder.root)), windows.qtbot, known, seed=200)


def test_nobody_is_taken_for_somebody_else_in_two_hundred_calls(on_the_phone: OnThePhone, whole: bool) -> None:
    calls = CALLS if whole else IN_SHORT
    assert on_the_phone.known.families >= 30
    while on_the_phone.tally.calls < calls:
        on_the_phone.take(on_the_phone.next_call())
    tally = on_the_phone.tally
    print(tally.words(on_the_phone.hand.keys))
    assert tally.wrong == []
    assert tally.strays == 0
    assert min(tally.corrections, tally.too_early, tally.changed, tally.parked) >= calls // 20
    assert on_the_phone.hand.clicks == 0
    assert [pad.has_unsaved for pad in on_the_phone.window.pads.pads()] == [False]


def test_a_box_in_which_enter_always_takes_the_first_row_is_found_out(
    on_the_phone: OnThePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(finder: PeopleFinder) -> bool:
        if finder.is_open() and finder.list is not None and finder.list.found():
            finder._take(finder.list.found()[0])
            return True
        return finder._ask_again()

    monkeypatch.setattr(PeopleFinder, "_enter", careless)
    while on_the_phone.tally.calls < SOME and not on_the_phone.tally.wrong:
        on_the_phone.take(on_the_phone.next_call())
    assert on_the_phone.tally.wrong


def test_children_that_stay_when_the_caller_goes_are_found_out(
    on_the_phone: OnThePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = ChildChips.offer

    def keeping(chips: ChildChips, ties: tuple[Tie, ...], today: date) -> None:
        before = [child for child in chips._offered if child.key in chips._chosen]
        offer(chips, ties, today)
        chips._others += before
        chips._become([*chips._chosen, *(child.key for child in before)], False)

    monkeypatch.setattr(ChildChips, "offer", keeping)
    with_one_child = next(caller for caller in on_the_phone.known.callers if len(caller.mine) == 1)
    for _ in range(3):
        on_the_phone.take(replace(on_the_phone.next_call(), changed_from=with_one_child))
    assert on_the_phone.tally.strays
