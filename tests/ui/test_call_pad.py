"""A call is written down by keyboard alone, and whatever happens, what was typed is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import Call
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.work import Storage
from tests.builders import TODAY
from tests.conftest import Clock
from tests.ui import trouble
from tests.ui.on_desk import CTRL, keyboard, label_texts, press, tab_to, write
from tests.ui.trouble import short_patience  # noqa: F401  # a fixture
from ui.calls.drafts_bar import DraftsBar
from ui.calls.pad import CallPad
from ui.kit.desk import Desk
from ui.kit.editors import TermPicker

Show = Callable[..., QWidget]
OpenPad = Callable[[], CallPad]
TakingNothing = Callable[[], AbstractContextManager[None]]
Key = Qt.Key
EVERY = Selection()
SHIFT = Qt.KeyboardModifier.ShiftModifier
HOSTILE = '<img src="file:///etc/hosts"> Mum said <b>urgent &Save \u202e<a href=x>'


@pytest.fixture
def open_pad(window_desk: Desk, show: Show, qtbot: QtBot) -> Iterator[OpenPad]:
    """Opens a pad in an active window, as F8 does; no pad writes after its test."""
    pads: list[CallPad] = []

    def opened() -> CallPad:
        made = CallPad(window_desk)
        pads.append(made)
        with qtbot.waitSignal(made.form.lists_came):
            show(made, 968, 514)
        made.start_new()
        return made

    yield opened
    for pad in pads:
        pad._keeper.rest()


@pytest.fixture
def pad(open_pad: OpenPad) -> CallPad:
    """The pad as F8 opens it."""
    return open_pad()


@pytest.fixture
def taking_nothing(storage: Storage, request: pytest.FixtureRequest) -> TakingNothing:
    """While it lasts, the test's database takes nothing."""
    return lambda: trouble.taking_nothing(storage, trouble.server_of(storage, request))


def write_a_call(name: str = "Bryony Meadowlark") -> None:
    """Who, what kind, what about, and a note; the keyboard is left in the notes."""
    paste(name)
    press(Key.Key_Tab)
    write("parent")
    tab_to("Topics")
    write("annual")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    write("Asked about the date.")


def caller_in(draft: Draft) -> str:
    """What stands in the one box of a draft."""
    box = draft.content["caller"]
    assert isinstance(box, dict)
    return str(box["text"])


def paste(text: str) -> None:
    """Ctrl+V: signs that are on no keyboard come this way."""
    QApplication.clipboard().setText(text)
    press(Key.Key_V, CTRL)


def save(pad: CallPad, qtbot: QtBot) -> int:
    """Press Ctrl+Enter and wait for the answer; the id."""
    with qtbot.waitSignal(pad.logged, timeout=10_000) as logged:
        press(Key.Key_Return, CTRL)
    return int(logged.args[0])


def the_only_call(desk: Services) -> Call:
    """There is one call, not none and not two."""
    [call_id] = desk.calls.ids(EVERY)
    return desk.calls.get(call_id)


# -- by keyboard -------------------------------------------------------------------------------------------------------


def test_a_call_is_logged_without_touching_the_mouse(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """F8, caller, kind, topic, notes, Ctrl+Enter."""
    write_a_call()
    call_id = save(pad, qtbot)
    call = the_only_call(desk)
    assert call.id == call_id
    assert (call.caller_name, call.caller_kind, call.topics) == ("Bryony Meadowlark", "PARENT", ("annual-review",))
    assert call.notes == "Asked about the date."
    assert (call.line, call.method, call.direction, call.taken_by) == ("central", "PHONE_IN", Direction.IN, "hana")
    assert (call.taken_on, call.started_at, call.entered_late) == (TODAY, desk.clock(), False)
    assert call.ended_at is not None
    assert desk.drafts.mine() == ()


def test_after_saving_the_pad_waits_empty_for_the_next_call(pad: CallPad, qtbot: QtBot) -> None:
    """The keyboard is in the first field, the clock stands until the first key."""
    write_a_call()
    save(pad, qtbot)
    assert not pad.has_unsaved
    assert pad.timer.started_at is None
    assert pad.state.text.startswith("Saved 10:43:15")
    assert keyboard().accessibleName() == "Caller"
    write("I")
    assert pad.timer.started_at is not None
    assert pad.state.text == "Not saved yet"


def test_a_call_just_logged_can_be_taken_back(pad: CallPad, desk: Services, window_desk: Desk, qtbot: QtBot) -> None:
    """By the undo bar, or Ctrl+Z."""
    write_a_call()
    call_id = save(pad, qtbot)
    with qtbot.waitSignal(window_desk.touched):
        window_desk.notices.undo_last()
    assert len(desk.calls.ids(EVERY)) == 0
    assert desk.calls.get(call_id).removed_at is not None


def test_what_is_missing_is_said_in_words_that_lead_to_the_field(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Kind of caller and one topic; everything else may come later."""
    write("Bryony")
    press(Key.Key_Return, CTRL)
    assert set(pad.form.problems()) == {"caller_kind", "topics"}
    assert keyboard() is pad.form.problem_bar.links()[0]
    press(Key.Key_Return)
    assert keyboard() is pad.form.editor("caller_kind").keys
    assert "Choose who was calling" in keyboard().accessibleDescription()
    write("school")
    press(Key.Key_Return)
    tab_to("Topics")
    write("annual")
    press(Key.Key_Return)
    save(pad, qtbot)
    assert the_only_call(desk).caller_kind == "SCHOOL"


def test_somebody_of_the_kind_anonymous_is_ticked_so_and_a_name_takes_the_tick_away(pad: CallPad) -> None:
    """Nobody is anonymous and named."""
    tab_to("Kind")
    write("anon")
    assert pad.form.editor("anonymous").value() is True
    pad.form.editor("anonymous").set_value(False)
    pad.form.focus_field("caller")
    write("B")
    assert not pad.form.editor("anonymous").isEnabled()


def test_the_method_decides_who_rang_whom_and_can_be_overruled(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A call made goes out, an email says nothing."""
    write_a_call()
    tab_to("Method")
    write("phone call made")
    assert pad.form.editor("direction").value() is Direction.OUT
    press(Key.Key_Tab)
    write("inc")
    save(pad, qtbot)
    assert (the_only_call(desk).method, the_only_call(desk).direction) == ("PHONE_OUT", Direction.IN)


def test_minutes_typed_by_hand_count_instead_of_the_clock(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """And the call says so, without an end that would say something else."""
    write_a_call()
    tab_to("Minutes")
    write("17")
    save(pad, qtbot)
    call = the_only_call(desk)
    assert (call.length, call.minutes_by_hand, call.ended_at) == (17, True, None)


# -- late entries ------------------------------------------------------------------------------------------------------


def enter_late(day: str, clock: str = "") -> None:
    """Ctrl+Shift+L, day, time."""
    press(Key.Key_L, CTRL | SHIFT)
    write(day)
    press(Key.Key_Return)
    write(clock)
    press(Key.Key_Return)


def test_a_call_of_another_day_is_marked_late_and_keeps_its_true_time(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """With its time if it is known, otherwise as a day alone."""
    write_a_call()
    enter_late("yest", "930")
    save(pad, qtbot)
    call = the_only_call(desk)
    assert call.entered_late
    assert (call.taken_on, call.started_at) == (date(2026, 11, 19), datetime(2026, 11, 19, 9, 30, tzinfo=UTC))
    assert call.ended_at is None


def test_a_day_without_a_time_stays_one(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """No time is made up for it."""
    write_a_call()
    enter_late("3/9")
    save(pad, qtbot)
    assert (the_only_call(desk).taken_on, the_only_call(desk).started_at) == (date(2026, 9, 3), None)


def test_a_call_of_1999_is_offered_the_stages_of_1999(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Lists are offered for the day of the record, not for today."""
    write_a_call()
    enter_late("14 oct 1999")
    pad.form.focus_field("stages")
    write("stage 3")
    press(Key.Key_Return)
    write("plan")
    assert pad.form.editor("stages").trouble()
    press(Key.Key_Backspace, times=4)
    save(pad, qtbot)
    assert the_only_call(desk).stages == ("S94_3",)


@pytest.mark.parametrize(("ticked", "hour"), [(False, 0), (True, 1)])
def test_half_past_one_in_october_is_the_earlier_one_unless_said(
    pad: CallPad, desk: Services, qtbot: QtBot, ticked: bool, hour: int
) -> None:
    """The tick is there only for a time that occurred twice."""
    write_a_call()
    assert not pad.form.editor("later").isVisible()
    enter_late("25 oct", "130")
    assert pad.form.editor("later").isVisible()
    if ticked:
        tab_to("The later of the two")
        press(Key.Key_Space)
    save(pad, qtbot)
    assert the_only_call(desk).started_at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_a_time_that_did_not_occur_in_march_is_refused_in_words(pad: CallPad, desk: Services) -> None:
    """The clocks went forward over it."""
    write_a_call()
    enter_late("29/3", "01:30")
    press(Key.Key_Return, CTRL)
    assert "did not occur" in pad.form.problems()["started_at"]
    assert len(desk.calls.ids(EVERY)) == 0


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_the_first_key_makes_a_draft_and_the_last_key_is_in_it(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Not a write for each key: a few, and the last has everything."""
    writes = []
    pad.draft_kept.connect(lambda: writes.append(1))
    with qtbot.waitSignal(pad.draft_kept):
        write("B")
    write("ryony Meadowlark of Lower Copperthwaite, mother of two")
    qtbot.waitUntil(lambda: caller_in(desk.drafts.mine()[0]) == keyboard().text())
    assert len(writes) <= 4
    [draft] = desk.drafts.mine()
    assert draft.started_at == pad.timer.started_at
    qtbot.waitUntil(lambda: pad.state.text == "Draft kept 10:43:15")  # the window hears of it a moment later
    assert len(desk.calls.ids(EVERY)) == 0


def test_after_a_crash_the_call_is_offered_again_and_can_be_finished(
    open_pad: OpenPad, window_desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    """Another window on the same database, as after a restart: everything typed is there, half a topic too."""
    desk, pad = window_desk.services, open_pad()
    with qtbot.waitSignal(pad.draft_kept):
        write_a_call()
    began = pad.timer.started_at
    pad.form.focus_field("topics")
    write("tra")
    with qtbot.waitSignal(pad.draft_kept):
        pad.keep_draft()
    pad._keeper.rest()
    pad.hide()  # the first window is gone; it never said goodbye
    clock.forward(minutes=9)
    again = open_pad()
    bar = DraftsBar(window_desk, again, offers=lambda draft: draft.key != again.open_key())
    qtbot.waitUntil(lambda: bool(bar.bar.text))
    assert bar.bar.text == "A call from 10:43 was not finished: Bryony Meadowlark, 1 topic, 4 words."
    bar.resume_wanted.connect(again.resume)
    bar.bar.buttons()[0].click()
    qtbot.waitUntil(lambda: not bar.bar.text)
    assert again.form.editor("topics").content() == {"codes": ["annual-review"], "typed": "tra"}
    again.form.focus_field("topics")
    press(Key.Key_Backspace, times=3)
    save(again, qtbot)
    assert the_only_call(desk).started_at == began
    assert desk.drafts.mine() == ()


def test_escape_puts_the_pad_away_and_keeps_the_draft(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """It never loses text."""
    write_a_call()
    with qtbot.waitSignal(pad.closed):
        press(Key.Key_Escape)
    [draft] = desk.drafts.mine()
    assert draft.content["notes"] == "Asked about the date."
    assert not pad.has_unsaved


def test_an_untouched_pad_leaves_no_draft(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Opened by mistake, closed again."""
    with qtbot.waitSignal(pad.closed):
        press(Key.Key_Escape)
    assert desk.drafts.mine() == ()


def test_a_discarded_call_can_be_taken_back(pad: CallPad, desk: Services, window_desk: Desk, qtbot: QtBot) -> None:
    """The draft goes, and comes back with everything in it."""
    with qtbot.waitSignal(pad.draft_kept):
        write_a_call()
    with qtbot.waitSignal(pad.closed):
        pad.discard()
    qtbot.waitUntil(lambda: desk.drafts.mine() == ())
    qtbot.waitUntil(lambda: "discarded" in window_desk.notices.done.text)
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: pad.has_unsaved)
    assert pad.form.box.line.text() == "Bryony Meadowlark"
    assert len(desk.drafts.mine()) == 1


def test_going_on_with_another_draft_keeps_the_call_that_is_being_written(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Both are there afterwards: one in the pad, one as a draft."""
    write_a_call("Idris Fernhollow")
    with qtbot.waitSignal(pad.closed):
        press(Key.Key_Escape)
    [first] = desk.drafts.mine()
    pad.start_new()
    write_a_call("Cai Marshlark")
    pad.resume(first)
    qtbot.waitUntil(lambda: pad.open_key() == first.key)
    assert pad.form.box.line.text() == "Idris Fernhollow"
    assert {caller_in(draft) for draft in desk.drafts.mine()} == {"Idris Fernhollow", "Cai Marshlark"}


# -- trouble -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("short_patience")
def test_when_the_database_takes_nothing_the_pad_stays_filled_and_try_now_saves(
    taking_nothing: TakingNothing, pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """A locked file, a server that throws everybody out: nothing typed is lost, and one call is logged in the end."""
    with taking_nothing():
        write_a_call()
        qtbot.waitUntil(lambda: pad.state.text.startswith("Kept on this computer"), timeout=20_000)
        press(Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: pad.trouble.text.startswith("Not saved yet"), timeout=20_000)
        assert pad.state.text == "Not saved yet"
        assert keyboard() is pad.form.editor("notes").keys
        assert pad.form.editor("notes").value() == "Asked about the date."
    write(" More.")
    assert "changed since" in pad.trouble.text
    with qtbot.waitSignal(pad.logged, timeout=20_000):
        pad.trouble.buttons()[0].click()
    assert the_only_call(desk).notes == "Asked about the date. More."
    assert "changed since" not in pad.trouble.text


@pytest.mark.usefixtures("short_patience")
def test_a_pad_that_cannot_keep_its_draft_is_not_put_away(
    taking_nothing: TakingNothing, pad: CallPad, qtbot: QtBot
) -> None:
    """Escape must not lose the only copy there is: neither the database nor this computer's disk takes it."""
    closed = []
    pad.closed.connect(lambda: closed.append(1))
    pad._desk.services.folder.unfinished.write_text("in the way")
    with taking_nothing():
        write_a_call()
        press(Key.Key_Escape)
        qtbot.waitUntil(lambda: "kept in this window only" in pad.trouble.text, timeout=20_000)
        assert closed == []
    with qtbot.waitSignal(pad.closed, timeout=20_000):
        pad.trouble.buttons()[0].click()


def test_saving_twice_leaves_one_call(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """An impatient second Ctrl+Enter."""
    write_a_call()
    notes = keyboard()
    with qtbot.waitSignal(pad.logged):
        press(Key.Key_Return, CTRL)
        pad.save()
        assert not notes.isEnabled()
    assert the_only_call(desk).caller_name == "Bryony Meadowlark"


@pytest.mark.usefixtures("short_patience")
def test_what_was_typed_after_a_lost_answer_is_not_lost(
    taking_nothing: TakingNothing, pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """The first try was saved though no answer came: the second makes no second call and brings the rest."""
    write_a_call()
    with taking_nothing():
        press(Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: bool(pad.trouble.text), timeout=20_000)
    desk.calls.log(replace(pad._call(), notes="Asked about the date."), pad._intake())
    write(" She rings again on Monday.")
    save(pad, qtbot)
    assert the_only_call(desk).notes == "Asked about the date. She rings again on Monday."


# -- awkward -----------------------------------------------------------------------------------------------------------


def test_a_name_of_ten_thousand_letters_is_refused_in_words(pad: CallPad, desk: Services) -> None:
    """Not cut in silence."""
    write_a_call()
    pad.form.focus_field("caller")
    press(Key.Key_A, CTRL)
    paste("x" * 10_000)
    press(Key.Key_Tab)
    press(Key.Key_Return, CTRL)
    assert pad.form.problems() == {
        "caller": "Caller: at most 200 characters; this has 10,000.",
        "new_given": "Given names: at most 200 characters; this has 10,000.",
    }
    assert len(desk.calls.ids(EVERY)) == 0


def test_what_looks_like_markup_is_kept_and_shown_letter_by_letter(
    pad: CallPad, desk: Services, window_desk: Desk, qtbot: QtBot
) -> None:
    """In the fields, in the record, in the bar that offers the draft."""
    write_a_call(HOSTILE)
    save(pad, qtbot)
    assert the_only_call(desk).caller_name == HOSTILE.replace("\u202e", "")  # a name turns no writing direction
    bar = DraftsBar(window_desk, pad)
    pad.start_new()
    write_a_call(HOSTILE)
    pad.keep_draft()
    qtbot.waitUntil(lambda: bool(bar.bar.text))
    assert HOSTILE[:40] in bar.bar.text
    bar.show()
    assert any(HOSTILE[:40] in text for text in label_texts(bar))


def test_the_whole_form_fits_a_small_screen(pad: CallPad) -> None:
    """1024 by 600 less menus, rail and status leaves 968 by 514: nothing has to be scrolled."""
    area = pad._inner.parentWidget()
    assert area is not None
    assert pad._inner.height() <= area.height()
    last = pad.form.editor("how_heard").keys
    assert area.rect().contains(last.mapTo(area, last.rect().bottomRight()))


def test_lists_are_offered_anew_when_they_change(pad: CallPad, window_desk: Desk, qtbot: QtBot) -> None:
    """And what was chosen stays chosen."""
    write_a_call()
    with qtbot.waitSignal(pad.form.lists_came):
        window_desk.touch(frozenset({Topic.VOCABULARIES}))
    kind = pad.form.editor("caller_kind")
    assert isinstance(kind, TermPicker)
    assert kind.value() == TermCode("PARENT")
    assert pad.form.lists.label(Vocabulary.CALLER_KIND, TermCode("PARENT")) == "Parent"
