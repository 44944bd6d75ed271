"""Find or do: people, calls, pages and actions in one line; what was understood of a call before the pad opens."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.references import reference_for
from ppsdesk.domain.selection import Selection
from tests.builders import a_call
from tests.ui.on_desk import keyboard, on_a_local_file, press, settle, write
from ui.kit.desk import Desk
from ui.palette.entries import Doing
from ui.palette.palette import Palette

Show = Callable[..., QWidget]
DOINGS = (
    Doing(name="new_call", words="New call", says="Open the call pad.", key="F8"),
    Doing(name="calls", words="Calls", says="The calls on record.", key="Ctrl+2", kind="page"),
    Doing(name="reports", words="Reports", says="Call volumes and other figures.", key="Ctrl+6", kind="page"),
    Doing(name="lists", words="Lists", says="Words people choose from.", kind="page"),
)


class Around(QWidget):
    """A page with a field, and the palette over it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)
        self.finder = Palette(desk, lambda: DOINGS, self)


@pytest.fixture
def around(window_desk: Desk, show: Show) -> Around:
    made = Around(window_desk)
    show(made)
    made.field.setFocus()
    made.finder.open_line()
    return made


def words(around: Around) -> list[str]:
    return [entry.words for entry in around.finder.rows.rows]


@on_a_local_file
def test_it_opens_with_what_can_be_done_and_escape_gives_the_keyboard_back(around: Around) -> None:
    assert words(around) == [doing.words for doing in DOINGS]
    press(Qt.Key.Key_Escape)
    assert not around.finder.isVisible()
    assert keyboard() is around.field


@on_a_local_file
def test_an_action_is_found_by_its_beginning_with_the_last_letter_and_done_by_enter(
    around: Around, qtbot: QtBot
) -> None:
    write("rep")
    assert words(around)[0] == "Reports"  # nobody waited for it
    with qtbot.waitSignal(around.finder.action_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == ["reports"]
    assert not around.finder.isVisible()
    assert keyboard() is around.field  # an action does what it would have done there


@on_a_local_file
def test_what_was_done_last_stands_first_the_next_time(around: Around) -> None:
    write("lists")
    press(Qt.Key.Key_Return)
    around.finder.open_line()
    assert words(around)[0] == "Lists"
    assert around.finder.line.text() == ""


def test_a_person_is_found_and_opened(around: Around, window_desk: Desk, qtbot: QtBot) -> None:
    person = NewPerson(key=uuid4(), kind=PersonKind.ADULT, given_names="Bryony", family_name="Meadowlark")
    window_desk.services.people.add(person)
    write("meadowl")
    qtbot.waitUntil(lambda: words(around) == ["Bryony Meadowlark"], timeout=10_000)
    with qtbot.waitSignal(around.finder.person_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [person.key]


@on_a_local_file
def test_calls_of_somebody_anonymous_are_found_by_their_reference(
    around: Around, window_desk: Desk, qtbot: QtBot
) -> None:
    call = a_call(anonymous=True, caller_name="")
    reference = reference_for(call.key)
    window_desk.services.calls.log(a_call(key=call.key, anonymous=True, caller_name="", reference=reference))
    write(reference.lower())
    qtbot.waitUntil(lambda: any(reference in one for one in words(around)), timeout=10_000)
    with qtbot.waitSignal(around.finder.calls_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [Selection(reference=reference)]
    assert window_desk.services.calls.count(wanted.args[0]) == 1


@on_a_local_file
def test_a_call_in_one_line_is_shown_as_understood_before_the_pad_opens(around: Around, qtbot: QtBot) -> None:
    write('call thistledown annual-review "asked about the date" 6m')
    said = lambda: [line.words for line in around.finder.call.understood.lines()]  # noqa: E731
    qtbot.waitUntil(lambda: "Minutes: 6" in said(), timeout=10_000)
    assert "Caller: thistledown" in said()
    assert "Topics: Annual review" in said()
    assert "Notes: asked about the date" in said()
    with qtbot.waitSignal(around.finder.line_wanted) as wanted:
        press(Qt.Key.Key_Return)
    line = wanted.args[0]
    assert (line.who, line.topics, line.minutes) == ("thistledown", ("annual-review",), 6)


@on_a_local_file
def test_what_is_found_is_not_held_up_by_measuring_a_call_that_nobody_typed(
    around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, measured = around.finder.call, []
    wanted_height = view.wanted_height

    def counted(width: int) -> int:
        measured.append(width)
        return wanted_height(width)

    monkeypatch.setattr(view, "wanted_height", counted)
    write("rep")
    around.resize(800, 600)
    assert words(around)[0] == "Reports"
    assert measured == []


@on_a_local_file
def test_where_there_is_room_all_that_was_understood_of_a_call_is_in_sight(around: Around, qtbot: QtBot) -> None:
    view = around.finder.call
    write("call thistledown 6m")
    qtbot.waitUntil(lambda: view.line is not None, timeout=10_000)
    settle()
    assert view.height() == view.wanted_height(view.width())
    assert view.verticalScrollBar().maximum() == 0
    around.resize(800, 120)
    settle()
    assert view.verticalScrollBar().maximum() > 0


@on_a_local_file
def test_a_word_of_the_line_that_means_nothing_is_said(around: Around, qtbot: QtBot) -> None:
    write("call thistledown out:zzz")
    lines = around.finder.call.understood.lines
    qtbot.waitUntil(lambda: any("zzz" in line.words and line.kind == "warning" for line in lines()), timeout=10_000)


@on_a_local_file
def test_nothing_found_says_what_one_can_try(around: Around, window_desk: Desk, qtbot: QtBot) -> None:
    write("zzzzz")
    qtbot.waitUntil(lambda: not window_desk._background._jobs, timeout=10_000)
    assert around.finder.nothing.isVisible()
    press(Qt.Key.Key_Return)
    assert around.finder.isVisible()


@on_a_local_file
def test_going_elsewhere_by_the_mouse_puts_it_away(around: Around) -> None:
    around.field.setFocus()
    assert not around.finder.isVisible()
    assert keyboard() is around.field
