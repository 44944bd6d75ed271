"""Two hundred calls of families that look alike: the caller and the children on record are those who were meant."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.domain.calendar import local_day
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests.ui.look_alikes import LookAlikes
from tests.ui.on_the_phone import OnThePhone
from tests.ui.windows import Windows
from ui.kit.theme import Theme

CALLS = 200
"""How many are taken."""


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
def on_the_phone(
    desk_of_look_alikes: tuple[Path, LookAlikes], qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[OnThePhone]:
    """Somebody at a window of their own."""
    closed, known = desk_of_look_alikes
    folder = DeskFolder(tmp_path / "desk").make()
    shutil.copy(DeskFolder(closed).database, folder.database)
    windows = Windows(qtbot, [])
    yield OnThePhone(windows.ready(windows.open(folder.root)), qtbot, known, seed=200)
    windows.close()


def test_nobody_is_taken_for_somebody_else_in_two_hundred_calls(on_the_phone: OnThePhone) -> None:
    assert on_the_phone.known.families >= 30
    while on_the_phone.tally.calls < CALLS:
        on_the_phone.take(on_the_phone.next_call())
    tally = on_the_phone.tally
    print(tally.words(on_the_phone.hand.keys))
    assert tally.wrong == []
    assert tally.strays == 0
    assert min(tally.corrections, tally.too_early, tally.changed, tally.parked) >= 10
    assert on_the_phone.hand.clicks == 0
