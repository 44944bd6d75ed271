"""What is typed into the wrong field is asked about before it is saved, and never refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.selection import Selection
from tests.ui.on_desk import CTRL, keyboard, on_a_local_file, press, write
from tests.ui.on_pad import choose, create, save, the_only_call
from ui.calls.pad import CallPad

Key = Qt.Key
NUMBER = "Mab 07700 900456: “07700 900456” has a number in it. Is it the family name?"
POSTCODE = "“Tom” does not look like a postcode. Is it right?"
pytestmark = on_a_local_file


def somebody_new(pad: CallPad, qtbot: QtBot, **typed: str) -> None:
    """A new parent with a topic, and something typed into their fields."""
    create(pad, "mab fernby", qtbot)
    choose("caller_kind", pad, "par")
    choose("topics", pad, "annual")
    for name, text in typed.items():
        pad.form.focus_field(name)
        press(Key.Key_A, CTRL)
        write(text)


def test_a_number_for_a_name_and_a_name_for_a_postcode_are_asked_about_once(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Together, in one bar; the same key once more keeps them as they are."""
    somebody_new(pad, qtbot, new_given="Mab", new_family="07700 900456", new_postcode="Tom")
    press(Key.Key_Return, CTRL)
    assert pad.question.text == f"{NUMBER} Mab 07700 900456: {POSTCODE}"
    assert not desk.calls.ids(Selection())
    save(pad, qtbot)
    caller = the_only_call(desk).caller
    assert caller is not None
    person = desk.people.get(caller)
    assert (person.family_name, person.addresses[0].postcode) == ("07700 900456", "Tom")
    assert pad.question.text == ""


def test_it_can_be_changed_where_it_was_typed(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """The answer leads into the field; put right, nothing is asked any more."""
    somebody_new(pad, qtbot, new_postcode="Tom")
    press(Key.Key_Return, CTRL)
    assert pad.question.text.endswith(POSTCODE)
    pad.question.buttons()[1].click()
    assert keyboard() is pad.form.editor("new_postcode").keys
    press(Key.Key_A, CTRL)
    write("al107ab")
    assert pad.question.text == ""
    save(pad, qtbot)
    caller = the_only_call(desk).caller
    assert caller is not None
    assert desk.people.get(caller).addresses[0].postcode == "al107ab"


@pytest.mark.parametrize(
    "typed",
    [{"new_postcode": "al10"}, {"new_postcode": "AL1O 7AB"}, {"new_family": "李"}, {"new_family": "O'Hazel 2nd"}],
    ids=["the beginning of a postcode", "O for 0", "any letters", "a digit"],
)
def test_what_may_well_be_is_saved_without_a_question(
    pad: CallPad, desk: Services, qtbot: QtBot, typed: dict[str, str]
) -> None:
    """Names have any length and letters, postcodes any case."""
    somebody_new(pad, qtbot, **typed)
    save(pad, qtbot)
    assert pad.question.text == ""
    assert the_only_call(desk).caller is not None
