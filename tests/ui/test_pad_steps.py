"""What happens next, and the texts of a note: proposed, changed, put in by one key."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import StepKind
from ppsdesk.domain.snippets import Snippet
from ppsdesk.domain.steps import Step
from tests.builders import TODAY
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, tab_to, write
from tests.ui.on_pad import choose, save
from ui.calls.next_step import COORDINATOR
from ui.calls.pad import CallPad

Key = Qt.Key
MONDAY = date(2026, 11, 23)


def begin(pad: CallPad) -> None:
    """A call that can be saved."""
    choose("caller_kind", pad, "parent")
    choose("topics", pad, "annual")


def the_step(desk: Services, pad: CallPad, qtbot: QtBot) -> Step:
    """Save, and read the one step."""
    save(pad, qtbot)
    [step] = desk.steps.open_steps()
    return step


# -- the next step -----------------------------------------------------------------------------------------------------


def test_the_outcome_decides_what_comes_next_and_is_saved_with_the_call(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """A call back promised on a Friday is for Monday, and mine."""
    begin(pad)
    pad.form.editor("phone").set_value("07700 900123")
    assert not pad.form.editor("next_day").isVisible()
    pad.form.focus_field("outcome")
    write("call back")
    assert pad.form.editor("next_day").understood.text() == "Mon 23 Nov 2026"
    tab_to("Between")
    write("930")
    press(Key.Key_Tab)
    write("12")
    press(Key.Key_Tab)
    write("about the form")
    step = the_step(desk, pad, qtbot)
    assert (step.kind, step.due_on, step.owner) == (StepKind.CALL_BACK, MONDAY, "hana")
    assert (step.not_before, step.not_after, step.words) == (time(9, 30), time(12), "about the form")
    assert (step.phone, step.call_id is not None) == ("07700 900123", True)


@on_a_local_file
def test_another_outcome_proposes_anew_and_one_that_ends_it_takes_the_step_away(pad: CallPad) -> None:
    """Only what was proposed."""
    begin(pad)
    pad.form.focus_field("outcome")
    write("question for")
    press(Key.Key_Tab)
    assert pad.form.editor("next_owner").value() == COORDINATOR
    choose("outcome", pad, "information need")
    assert pad.form.editor("next_kind").value() is None
    assert not pad.form.editor("next_owner").isVisible()


@on_a_local_file
def test_a_step_changed_by_hand_is_not_filled_over(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A day typed as people type it stays, whatever the outcome becomes."""
    begin(pad)
    pad.form.focus_field("outcome")
    write("call back")
    pad.form.focus_field("next_day")
    press(Key.Key_A, CTRL)
    write("+1w")
    choose("outcome", pad, "information need")
    step = the_step(desk, pad, qtbot)
    assert (step.kind, step.due_on) == (StepKind.CALL_BACK, date(2026, 11, 27))


@on_a_local_file
def test_a_step_of_its_own_is_for_the_next_working_day(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Without an outcome that says so."""
    begin(pad)
    pad.next_step()
    write("send")
    step = the_step(desk, pad, qtbot)
    assert (step.kind, step.due_on, step.owner) == (StepKind.SEND, MONDAY, "hana")


@pytest.mark.parametrize("second", [Key.Key_R, Key.Key_Return])
def test_save_and_refer_asks_to_whom_and_saves_the_second_time(
    pad: CallPad, desk: Services, qtbot: QtBot, second: Qt.Key
) -> None:
    """Ctrl+R, a name or none, Ctrl+R or Ctrl+Enter."""
    begin(pad)
    press(Key.Key_R, CTRL)
    assert keyboard() is pad.form.editor("next_owner").keys
    write("Sam Hazel")
    with qtbot.waitSignal(pad.logged, timeout=10_000):
        press(second, CTRL)
    [step] = desk.steps.open_steps()
    assert (step.kind, step.owner, step.due_on > TODAY) == (StepKind.REFER, "Sam Hazel", True)


@on_a_local_file
def test_what_is_saved_with_the_call_is_said(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Whoever promised to ring sees for when and for whom, without looking it up."""
    begin(pad)
    pad.form.focus_field("outcome")
    write("call back")
    save(pad, qtbot)
    said = "Call logged. Next: Call back, Mon 23 Nov 2026, for hana."
    qtbot.waitUntil(lambda: pad._desk.notices.done.text.startswith(said))


@on_a_local_file
def test_a_day_typed_where_a_name_belongs_is_asked_about(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """The step would be in nobody's list; the field says whose it is, and one key says that it is a name after all."""
    begin(pad)
    pad.form.focus_field("outcome")
    write("call back")
    owner = pad.form.editor("next_owner")
    assert "for" in label_texts(owner)
    owner.keys.setFocus()
    press(Key.Key_A, CTRL)
    write("mon")
    press(Key.Key_Return, CTRL)
    assert pad.question.text == "The next step is for “mon”, which reads as a day. Is it a name?"
    assert not desk.steps.open_steps()
    assert the_step(desk, pad, qtbot).owner == "mon"


@on_a_local_file
def test_to_be_named_is_nobody_not_me(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A hand-over without a name waits for one."""
    begin(pad)
    pad.form.focus_field("outcome")
    write("call back")
    press(Key.Key_R, CTRL)
    with qtbot.waitSignal(pad.logged, timeout=10_000):
        press(Key.Key_R, CTRL)
    [step] = desk.steps.open_steps()
    assert (step.kind, step.owner) == (StepKind.REFER, "")


@on_a_local_file
def test_a_window_that_ends_before_it_begins_is_refused_at_its_field(pad: CallPad, desk: Services) -> None:
    """One sentence, nothing saved."""
    begin(pad)
    pad.next_step()
    write("call")
    pad.form.editor("next_from").set_value(time(12))
    pad.form.editor("next_to").set_value(time(9))
    press(Key.Key_Return, CTRL)
    assert pad.form.problems() == {"next_to": "The window cannot end before it begins."}
    assert desk.steps.open_steps() == ()


@on_a_local_file
def test_a_step_in_the_past_is_asked_about(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Possible, as in a late entry; one key says yes."""
    begin(pad)
    pad.next_step()
    write("send")
    pad.form.editor("next_day").set_value(date(2026, 11, 2))
    press(Key.Key_Return, CTRL)
    assert "Mon 2 Nov 2026, which is past" in pad.question.text
    assert the_step(desk, pad, qtbot).due_on == date(2026, 11, 2)


@on_a_local_file
def test_a_day_that_is_none_is_said_at_its_field(pad: CallPad) -> None:
    """With what can be typed."""
    begin(pad)
    pad.next_step()
    write("send")
    pad.form.editor("next_day").restore("soon")
    press(Key.Key_Return, CTRL)
    assert "“soon” is not a day" in pad.form.problems()["next_day"]


# -- texts -------------------------------------------------------------------------------------------------------------


def open_texts(pad: CallPad, qtbot: QtBot) -> None:
    """Ctrl+J in the notes, and wait for the list."""
    pad.form.focus_field("notes")
    press(Key.Key_J, CTRL)
    assert keyboard().accessibleName() == "Find a text"
    menu = pad._texts
    assert menu is not None
    qtbot.waitUntil(lambda: menu._list is not None and menu._list.isVisible(), timeout=10_000)


def notes_of(pad: CallPad) -> str:
    return str(pad.form.editor("notes").content())


def test_a_text_is_put_in_by_typing_some_of_it_and_tab_goes_from_slot_to_slot(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """And leaves after the last one."""
    pad.form.focus_field("notes")
    write("Rang twice.")
    press(Key.Key_Return)
    open_texts(pad, qtbot)
    write("deadl")
    press(Key.Key_Return)
    assert keyboard() is pad.form.editor("notes").keys
    assert notes_of(pad) == "Rang twice.\nDeadlines: … by …"
    write("appeal")
    press(Key.Key_Tab)
    write("12 Jan")
    assert notes_of(pad) == "Rang twice.\nDeadlines: appeal by 12 Jan"
    press(Key.Key_Tab)
    assert keyboard() is pad.form.editor("outcome").keys


@on_a_local_file
def test_a_text_of_several_lines_begins_a_line_of_its_own(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """The five heads of a note, below what stands there; the first slot is selected."""
    pad.form.focus_field("notes")
    write("Rang twice.")
    open_texts(pad, qtbot)
    write("whole")
    press(Key.Key_Return)
    lines = notes_of(pad).split("\n")
    assert lines[:2] == ["Rang twice.", "Asked: …"]
    write("x")
    assert notes_of(pad).split("\n")[1] == "Asked: x"


@on_a_local_file
def test_escape_closes_the_texts_and_leaves_the_notes_as_they_are(pad: CallPad, qtbot: QtBot) -> None:
    """The pad stays open."""
    open_texts(pad, qtbot)
    press(Key.Key_Escape)
    assert keyboard() is pad.form.editor("notes").keys
    assert notes_of(pad) == ""
    assert pad.isVisible()


@on_a_local_file
def test_a_text_that_was_added_is_offered_and_an_ended_one_is_not(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """As the helpline's list says."""
    kept = desk.snippets.keep(Snippet(key=uuid4(), title="Zebra crossing", body="Asked about the crossing.")).value
    open_texts(pad, qtbot)
    write("zebra")
    press(Key.Key_Return)
    assert notes_of(pad) == "Asked about the crossing."
    desk.snippets.end(kept.key, kept.version)
    menu = pad._texts
    assert menu is not None
    menu._snippets = None
    open_texts(pad, qtbot)
    write("zebra")
    press(Key.Key_Return)
    assert notes_of(pad) == "Asked about the crossing."
    assert QApplication.focusWidget() is pad.form.editor("notes").keys
