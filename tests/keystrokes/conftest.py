"""A desk with a few invented families on record, and the window on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.assembly import Services
from ppsdesk.domain.calendar import local_day
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests.builders import a_call, a_child, a_person, a_phone, a_relationship, an_organisation
from tests.keystrokes.hand import Hand
from tests.ui.conftest import theme  # noqa: F401  # a fixture
from tests.ui.watchdog import modules_loaded, watchdog  # noqa: F401  # fixtures
from tests.ui.windows import Windows
from ui.joined import JoinedWindow
from ui.kit.theme import Theme

PHONE = "07700 900417"
OTHERS = (("Bryony", "Quillwick", "Cai"), ("Aled", "Smitherby", "Wren"), ("Perran", "Marshlark", "Jun"))


def services(folder: Path) -> Services:
    """The desk's services, as a second program would open them."""
    return assembly.open_services(Choices(folder=DeskFolder(folder), person="Hana Helpline"), lambda question: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One family that rang before, three others, one school."""
    place = DeskFolder(tmp_path / "desk").make().root
    desk = services(place)
    mother, child = a_person(given_names="Rowan", family_name="Smithwick", contacts=(a_phone(PHONE),)), a_child()
    _family(desk, mother, child)
    for number, (given, family, of) in enumerate(OTHERS):
        phone = a_phone(f"01632 960{number:03}")
        parent = a_person(given_names=given, family_name=family, contacts=(phone,))
        _family(desk, parent, a_child(key=uuid4(), given_names=of, family_name=family))
    desk.organisations.add(an_organisation())
    day = local_day(desk.clock()) - timedelta(days=18)
    desk.calls.log(
        a_call(taken_on=day, started_at=None, ended_at=None, minutes=None, caller=mother.key, caller_name=mother.name,
               children=(child.key,), child_name=child.name)
    )  # fmt: skip
    desk.close()
    return place


def _family(desk: Services, adult: object, child: object) -> None:
    desk.people.add(adult)
    desk.people.add(child)
    desk.families.relate(a_relationship(adult.key, child.key))


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:  # noqa: F811
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture
def window(windows: Windows, folder: Path) -> JoinedWindow:
    """The window, ready, with Today before it."""
    return windows.ready(windows.open(folder))


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    """A hand at the keyboard."""
    with Hand(qtbot) as at_the_keyboard:
        yield at_the_keyboard
