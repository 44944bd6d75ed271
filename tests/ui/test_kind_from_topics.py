"""A topic that names the kind of letter is not asked for it again: the kind follows from the topics, until somebody
chooses one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import a_call
from tests.ui.on_call import page_of_call
from tests.ui.on_desk import keyboard, on_a_local_file, press, tab_to, write
from tests.ui.on_pad import choose, save, the_only_call
from ui.calls.dates_line import DatesLine
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.kit.desk import Desk
from ui.kit.pickers import ChoicePicker
from ui.who.matter_words import KIND, KIND_NOT_GIVEN

Show = Callable[..., QWidget]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
NOT_KNOWN = "Kind not known, or another"
pytestmark = on_a_local_file


def line_of(pad: CallPad) -> DatesLine:
    line = pad.form.editor("dates")
    assert isinstance(line, DatesLine)
    return line


def about(pad: CallPad, qtbot: QtBot, *topics: str) -> None:
    """Topics are typed, and the dates line is there."""
    for topic in topics:
        choose("topics", pad, topic)
    qtbot.waitUntil(line_of(pad).isVisible)


def no_topic(pad: CallPad, how_many: int = 1) -> None:
    """The last ones are taken away again."""
    pad.form.focus_field("topics")
    press(Key.Key_Backspace, times=how_many)


def kind_shown(pad: CallPad) -> str:
    return line_of(pad).fields.pickers()[1].box.currentText()


def choose_kind(pad: CallPad, typed: str) -> None:
    """As a person does, by keys."""
    tab_to("Law dates: which kind")
    write(typed)
    press(Key.Key_Tab)


def the_draft(pad: CallPad, desk: Services, qtbot: QtBot) -> Draft:
    """What is kept of the pad, which is put away."""
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        pad.keep_draft()
    [draft] = desk.drafts.mine()
    with qtbot.waitSignal(pad.closed):
        pad.close_pad()
    return draft


TOLD: dict[str, tuple[Sequence[str], str]] = {
    "refusal to assess": (("refusal to assess",), "It will not assess"),
    "refusal to issue": (("refusal to issue",), "It will not make a plan"),
    "content": (("content b",), "What the plan says, with or without the school"),
    "placement": (("placement",), "Only the school named in the plan"),
    "refusal to amend": (("refusal to amend",), "It will not change the plan"),
    "cease to maintain": (("cease to maintain",), "It will end the plan"),
    "another topic beside it": (("tribunal", "transport", "refusal to issue"), "It will not make a plan"),
    "a topic that names none": (("tribunal",), NOT_KNOWN),
    "two that name different ones": (("refusal to assess", "refusal to issue"), NOT_KNOWN),
    "a move to secondary school": (("primary",), "To school, or from school to school"),
}


@pytest.mark.parametrize("told", TOLD.values(), ids=list(TOLD))
def test_the_kind_stands_there_as_soon_as_the_topic_does(
    pad: CallPad, qtbot: QtBot, told: tuple[Sequence[str], str]
) -> None:
    """One that the topics name; where they name none or two, nobody guesses."""
    topics, kind = told
    about(pad, qtbot, *topics)
    assert kind_shown(pad) == kind


def test_it_is_kept_with_the_call_without_a_key(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Topic and day are all that is typed."""
    choose("caller_kind", pad, "par")
    about(pad, qtbot, "refusal to issue")
    press(Key.Key_W, ALT)
    write("1/10/26")
    save(pad, qtbot)
    [matter] = desk.dates.of_call(the_only_call(desk).key)
    assert matter.kind == "RTI"


def test_it_goes_with_the_topic_it_came_from(pad: CallPad, qtbot: QtBot) -> None:
    """Another topic brings another one; what follows from the day is told anew."""
    about(pad, qtbot, "tribunal", "placement")
    press(Key.Key_W, ALT)
    write("1/10/26")
    answer = line_of(pad).answer
    qtbot.waitUntil(lambda: bool(answer.lines()) and "mediation adviser" not in answer.lines()[0].words)
    no_topic(pad)
    assert kind_shown(pad) == NOT_KNOWN
    qtbot.waitUntil(lambda: "mediation adviser" in answer.lines()[0].words)
    choose("topics", pad, "cease to maintain")
    assert kind_shown(pad) == "It will end the plan"


def test_a_kind_that_somebody_chose_is_theirs(pad: CallPad, qtbot: QtBot) -> None:
    """Whatever becomes of the topics; that it is not known is a choice too."""
    about(pad, qtbot, "tribunal", "refusal to assess")
    choose_kind(pad, "it will not make")
    choose("topics", pad, "cease to maintain")
    no_topic(pad, 2)
    assert kind_shown(pad) == "It will not make a plan"
    choose_kind(pad, "kind not")
    choose("topics", pad, "refusal to assess")
    assert kind_shown(pad) == NOT_KNOWN


def test_the_next_call_knows_nothing_of_the_kind_chosen_in_this_one(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """It follows from its own topic."""
    choose("caller_kind", pad, "par")
    about(pad, qtbot, "tribunal")
    choose_kind(pad, "it will end")
    press(Key.Key_W, ALT)
    write("1/10/26")
    save(pad, qtbot)
    about(pad, qtbot, "refusal to assess")
    assert kind_shown(pad) == "It will not assess"


def test_a_kind_that_only_follows_is_nothing_anybody_typed(pad: CallPad, qtbot: QtBot) -> None:
    """It makes no draft by itself, and goes with the last topic."""
    about(pad, qtbot, "refusal to assess")
    assert line_of(pad).content() == {}
    no_topic(pad)
    assert not line_of(pad).isVisible()
    about(pad, qtbot, "refusal to issue")
    assert kind_shown(pad) == "It will not make a plan"


@pytest.mark.parametrize("chosen", [False, True], ids=["it followed", "it was chosen"])
def test_a_draft_knows_whether_the_kind_was_chosen(pad: CallPad, desk: Services, qtbot: QtBot, *, chosen: bool) -> None:
    """Come back from it, what followed still follows, and what was chosen stays."""
    about(pad, qtbot, "tribunal", "refusal to assess")
    if chosen:
        choose_kind(pad, "it will not assess again")
    press(Key.Key_W, ALT)
    write("1/10/26")
    pad.resume(the_draft(pad, desk, qtbot))
    assert kind_shown(pad) == ("It will not assess again" if chosen else "It will not assess")
    no_topic(pad)
    choose("topics", pad, "cease to maintain")
    assert kind_shown(pad) == ("It will not assess again" if chosen else "It will end the plan")


def test_a_draft_of_an_earlier_version_keeps_its_kind(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """It does not say who chose it."""
    pad = pads.current
    about(pad, qtbot, "refusal to assess")
    content = {"happening": "decision", "kind": "CTM", "days": {"decision": "1 Oct 2026"}}
    line_of(pad).restore(content)
    line_of(pad).follow()
    assert kind_shown(pad) == "It will end the plan"


@pytest.mark.parametrize("told", [("refusal-to-issue", "It will not make a plan"), ("transport", KIND_NOT_GIVEN)])
def test_added_to_a_call_on_record_the_kind_follows_from_its_topics(
    window_desk: Desk, show: Show, desk: Services, qtbot: QtBot, told: tuple[str, str]
) -> None:
    """As in the pad."""
    topic, kind = told
    desk.calls.log(a_call(topics=(TermCode(topic),)))
    page = page_of_call(window_desk, show, qtbot)
    press(Key.Key_W, ALT)
    assert keyboard().accessibleName() == "What happened, required"
    write("council sent a dec")
    press(Key.Key_Tab)
    assert keyboard().accessibleName() == "Which kind"
    picker = page.dates.form.form.editor(KIND)
    assert isinstance(picker, ChoicePicker)
    assert picker.box.currentText() == kind
