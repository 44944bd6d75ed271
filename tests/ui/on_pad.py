"""The pad in an active window, families to ring, and the keys a person presses. Everybody here is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import Call
from ppsdesk.domain.codes import AlertKind, ContactKind, PersonKind, Safety
from ppsdesk.domain.families import Affiliation, Alert, Relationship
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import ContactPoint, NewPerson
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from tests.ui.on_desk import CTRL, press, write
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
Key = Qt.Key


@pytest.fixture
def pads(window_desk: Desk, show: Show, qtbot: QtBot) -> Iterator[CallPads]:
    """The calls as F8 opens them, with the lists there."""
    made = CallPads(window_desk)
    with qtbot.waitSignal(made.current.form.lists_came):
        show(made, 968, 514)
    made.start_new()
    yield made
    made.rest()
    made.leave()


@pytest.fixture
def pad(pads: CallPads) -> CallPad:
    """The first of them."""
    return pads.current


@dataclass(frozen=True)
class Family:
    """A mother, her children, and the school of the first of them."""

    mother: UUID
    children: tuple[UUID, ...]
    school: UUID


def on_record(desk: Services, given: str, family: str, **said: object) -> UUID:
    """Put somebody on record; the key."""
    person = NewPerson(key=uuid4(), given_names=given, family_name=family, **said)  # type: ignore[arg-type]
    desk.people.add(person)
    return person.key


def phone(number: str, safety: Safety = Safety.SAFE) -> ContactPoint:
    """A phone number."""
    return ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value=number, safety=safety)


def a_school(desk: Services, name: str, **said: object) -> UUID:
    """Put a school on record; the key."""
    school = NewOrganisation(key=uuid4(), name=name, **said)  # type: ignore[arg-type]
    desk.organisations.add(school)
    return school.key


def a_family(desk: Services, *names: str) -> Family:
    """Bryony Meadowlark, mother of children of these names, who must not be left messages."""
    mother = on_record(desk, "Bryony", "Meadowlark", contacts=(phone("07700 900123"),))
    school = a_school(desk, "Hollybush Primary")
    born = (date(2018, 3, 4), date(2021, 6, 7), date(2023, 8, 9))
    children = tuple(
        on_record(desk, name, "Meadowlark", kind=PersonKind.CHILD, born_on=day)
        for name, day in zip(names, born, strict=False)
    )
    for child in children:
        tie = Relationship(key=uuid4(), person=mother, other=child, kind=TermCode("mother"))
        desk.families.relate(tie)
    desk.families.attend(Affiliation(key=uuid4(), person=children[0], organisation=school))
    alert = Alert(key=uuid4(), person=mother, kind=AlertKind.SAFE_CONTACT, words="Leave no voicemail.")
    desk.families.alert(alert)
    return Family(mother=mother, children=children, school=school)


def find(pad: CallPad, typed: str, qtbot: QtBot) -> None:
    """Type into the one box, and wait until its list answers that."""
    pad.form.focus_first()
    write(typed)
    answered(pad, qtbot)


def answered(pad: CallPad, qtbot: QtBot) -> None:
    """Wait until the list under the one box is the answer to its text."""
    finder = pad.form.box.finder
    qtbot.waitUntil(lambda: finder.list is not None and finder.list.may_take(finder.text()), timeout=10_000)


def take(pad: CallPad, typed: str, qtbot: QtBot) -> None:
    """Take the first person found, and wait until what is known of them is there."""
    find(pad, typed, qtbot)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: pad.people.before is not None, timeout=10_000)


def create(pad: CallPad, typed: str, qtbot: QtBot) -> None:
    """Take what was typed for somebody new, by the last row of the list."""
    find(pad, typed, qtbot)
    press(Key.Key_Down, times=9)
    press(Key.Key_Return)


def choose(name: str, pad: CallPad, typed: str) -> None:
    """Choose from a list of the form by typing, and take it."""
    pad.form.focus_field(name)
    write(typed)
    press(Key.Key_Return)


def save(pad: CallPad, qtbot: QtBot) -> int:
    """Press Ctrl+Enter and wait for the answer; the id."""
    with qtbot.waitSignal(pad.logged, timeout=10_000) as logged:
        press(Key.Key_Return, CTRL)
    return int(logged.args[0])


def the_only_call(desk: Services) -> Call:
    """There is one call, not none and not two."""
    [call_id] = desk.calls.ids(Selection())
    return desk.calls.get(call_id)
