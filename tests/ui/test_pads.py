"""Several calls at one desk: parked, taken up again, closed by one key, and never offered where they are open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import NonDataKind, StepKind, StepState
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.one_line import OneLine
from ppsdesk.domain.periods import Span
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import NOW, TODAY
from tests.conftest import Clock
from tests.ui.conftest import Show
from tests.ui.on_desk import keyboard, on_a_local_file, press, write
from tests.ui.on_pad import a_family, answered, choose, save, the_only_call
from ui.calls.draft_keeper import SOON, DraftKeeper
from ui.calls.drafts_bar import DraftsBar
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.kit.desk import Desk
from ui.kit.live_windows import LiveWindows

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
TODAY_ONLY = Span(first=TODAY, last=TODAY)


def tab_words(pads: CallPads) -> list[str]:
    """What the tabs say."""
    tabs = pads.header.tabs
    return [tabs.tabText(at) for at in range(tabs.count())]


def fill(pad: CallPad, notes: str) -> None:
    """A call that can be saved; the keyboard is left in the notes."""
    choose("caller_kind", pad, "parent")
    choose("topics", pad, "annual")
    pad.form.focus_field("notes")
    write(notes)


# -- parking -----------------------------------------------------------------------------------------------------------


def test_a_call_is_parked_for_a_second_one_and_taken_up_where_it_was(
    pads: CallPads, desk: Services, clock: Clock, qtbot: QtBot
) -> None:
    """Alt+P, the second call, back: two calls on record, each with its own words."""
    first = pads.current
    fill(first, "The first")
    press(Key.Key_P, ALT)
    second = pads.current
    assert second is not first
    assert keyboard() is second.form.box.keys
    assert tab_words(pads)[0].startswith("Call 1 parked")
    fill(second, "The second")
    pads.on_next_call()
    assert pads.current is first
    assert keyboard() is first.form.editor("notes").keys
    write(" one.")
    save(first, qtbot)
    pads.on_next_call()
    assert pads.current is second
    assert tab_words(pads) == ["Call 2 · 00:00"]
    save(second, qtbot)
    notes = {desk.calls.get(call).notes for call in desk.calls.ids(Selection())}
    assert notes == {"The first one.", "The second"}


@on_a_local_file
def test_the_first_letter_of_a_call_does_not_wait_to_be_kept_and_later_ones_are_kept_together(
    window_desk: Desk,
) -> None:
    draft = Draft(key=uuid4(), person="Hana", window="w/1", started_at=NOW, kept_at=NOW, content={"notes": "A"})
    keeper = DraftKeeper(window_desk, lambda: None)
    keeper.typed()
    assert (keeper._soon.isActive(), keeper._soon.interval()) == (True, 0)
    keeper.begin_with(draft)
    keeper.typed()
    assert (keeper._soon.isActive(), keeper._soon.interval()) == (True, SOON)
    keeper.end()


@on_a_local_file
def test_the_clock_of_a_parked_call_stands(pads: CallPads) -> None:
    """And goes on when it comes back."""
    first = pads.current
    fill(first, "One")
    pads.on_park()
    assert first.timer.stands
    write("x")
    pads.on_next_call()
    assert not first.timer.stands


@on_a_local_file
def test_a_paused_clock_goes_on_only_by_its_key(pads: CallPads, pad: CallPad) -> None:
    """Not by typing, and not by being parked and taken up."""
    fill(pad, "One")
    pads.on_pause()
    write(" two")
    assert pad.timer.stands
    pads.on_park()
    write("x")
    pads.on_next_call()
    assert pad.timer.stands
    assert pads.header.pause_button.accessibleName().startswith("Let the clock go on")
    pads.header.pause_button.click()
    assert not pad.timer.stands


@on_a_local_file
def test_time_parked_does_not_count_after_a_crash_either(pads: CallPads, desk: Services, clock: Clock) -> None:
    """What the draft knows of the clock is how long it ran."""
    fill(pads.current, "One")
    pads.on_pause()
    clock.forward(minutes=20)
    draft = pads.current._draft()
    assert draft is not None
    pads.current._clear()
    pads.current.resume(draft)
    assert pads.current.timer.elapsed.total_seconds() < 60


@on_a_local_file
def test_an_empty_pad_is_not_parked_and_leaves_no_tab(pads: CallPads) -> None:
    """There is nothing to park."""
    pads.on_park()
    assert tab_words(pads) == ["Call 1 · 00:00"]
    fill(pads.current, "One")
    pads.on_park()
    pads.on_next_call()
    assert len(tab_words(pads)) == 1


def test_each_open_call_has_its_own_draft_and_none_is_offered(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """By window; put away, it is offered."""
    fill(pads.current, "The first")
    pads.on_park()
    fill(pads.current, "The second")
    pads.keep_drafts()
    qtbot.waitUntil(lambda: len(desk.drafts.mine()) == 2, timeout=10_000)
    assert len({draft.window for draft in desk.drafts.mine()}) == 2
    assert [draft for draft in desk.drafts.mine() if pads.offers(draft)] == []
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(pads.pads()) == 1, timeout=10_000)
    assert pads.current.form.editor("notes").value() == "The first"
    [offered] = [draft for draft in desk.drafts.mine() if pads.offers(draft)]
    assert offered.content["notes"] == "The second"


@on_a_local_file
def test_the_last_call_put_away_closes_the_pad(pads: CallPads, qtbot: QtBot) -> None:
    """Escape comes to an end."""
    fill(pads.current, "One")
    with qtbot.waitSignal(pads.closed, timeout=10_000):
        press(Key.Key_Escape)


@on_a_local_file
def test_going_on_with_a_draft_parks_what_is_being_written(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """Nothing gives way."""
    fill(pads.current, "The first")
    draft = Draft(key=uuid4(), person=desk.person, window="gone", started_at=NOW, kept_at=NOW,
                  content={"notes": "From yesterday"})  # fmt: skip
    pads.resume(draft)
    assert pads.current.form.editor("notes").value() == "From yesterday"
    assert pads.pads()[0].form.editor("notes").value() == "The first"


# -- windows that are open, and windows that are gone ------------------------------------------------------------------


def a_draft(window: str) -> Draft:
    return Draft(key=uuid4(), person="hana", window=window, started_at=NOW, kept_at=NOW, content={})


def test_a_draft_of_a_window_that_lives_is_not_offered(tmp_path: Path, clock: Clock) -> None:
    """On this computer as long as it lives, however old the draft is; when it is gone, at once."""
    one, other = LiveWindows(tmp_path), LiveWindows(tmp_path)
    one.hold()
    draft = a_draft(one.window_name())
    clock.forward(hours=2)
    assert not other.may_offer(draft, clock())
    one.let_go()
    assert other.may_offer(draft, NOW)


def test_a_draft_of_another_computer_is_offered_when_it_was_not_renewed_for_a_minute(
    tmp_path: Path, clock: Clock
) -> None:
    """An open window renews its drafts twice a minute."""
    here, there = LiveWindows(tmp_path / "here"), LiveWindows(tmp_path / "there")
    there.hold()
    draft = a_draft(there.window_name())
    clock.forward(seconds=59)
    assert not here.may_offer(draft, clock())
    clock.forward(seconds=1)
    assert here.may_offer(draft, clock())
    assert not here.may_offer(replace(draft, kept_at=clock()), clock())


@on_a_local_file
def test_an_open_pad_renews_its_draft_though_nobody_types(
    pads: CallPads, pad: CallPad, desk: Services, clock: Clock, qtbot: QtBot
) -> None:
    """So that no other window offers it."""
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        fill(pad, "One")
        pad.keep_draft()
    qtbot.waitUntil(pad._keeper.keep_now, timeout=10_000)
    clock.forward(seconds=30)
    pad._keeper._again.timeout.emit()
    qtbot.waitUntil(lambda: desk.drafts.mine()[0].kept_at == clock(), timeout=10_000)


@on_a_local_file
def test_the_bar_offers_only_what_may_be_offered(
    pads: CallPads, desk: Services, window_desk: Desk, qtbot: QtBot
) -> None:
    """A draft of somebody's other window is none of its business."""
    for window in (pads._windows.window_name(), "elsewhere/1"):
        desk.drafts.keep(replace(a_draft(window), person=desk.person))
    bar = DraftsBar(window_desk, pads, offers=pads.offers)
    qtbot.waitUntil(lambda: len(bar.offered()) == 1, timeout=10_000)
    assert bar.offered()[0].window.startswith(pads._windows._run)
    bar.deleteLater()


# -- no enquiry --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "kind"),
    [(Key.Key_S, NonDataKind.SILENT), (Key.Key_H, NonDataKind.HUNG_UP), (Key.Key_W, NonDataKind.WRONG_NUMBER)],
)
def test_a_ring_that_is_no_enquiry_is_closed_by_one_letter(
    pads: CallPads, window_desk: Desk, qtbot: QtBot, letter: Qt.Key, kind: NonDataKind
) -> None:
    """Counted apart, and the pad is ready for the next; taken back, it is counted nowhere."""
    desk = window_desk.services
    press(Key.Key_Q, ALT)
    press(letter)
    qtbot.waitUntil(lambda: desk.non_data.count(TODAY_ONLY) == 1, timeout=10_000)
    [ring] = desk.non_data.list(TODAY_ONLY)
    assert (ring.kind, ring.line, ring.taken_by) == (kind, "central", "hana")
    assert len(desk.calls.ids(Selection())) == 0
    qtbot.waitUntil(lambda: "counted apart" in window_desk.notices.done.text, timeout=10_000)
    assert keyboard() is pads.current.form.box.keys
    assert not pads.has_unsaved
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: desk.non_data.count(TODAY_ONLY) == 0, timeout=10_000)


@on_a_local_file
def test_what_stood_in_the_pad_comes_back_with_the_undo(
    pads: CallPads, desk: Services, window_desk: Desk, qtbot: QtBot
) -> None:
    """Closed by mistake in the middle of a call."""
    fill(pads.current, "They are still there.")
    with qtbot.waitSignal(pads.draft_kept, timeout=10_000):
        pads.keep_drafts()
    pads.current._close_as(NonDataKind.SILENT)
    qtbot.waitUntil(lambda: desk.non_data.count(TODAY_ONLY) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: desk.drafts.mine() == (), timeout=10_000)
    qtbot.waitUntil(lambda: not pads.has_unsaved, timeout=10_000)
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: pads.has_unsaved, timeout=10_000)
    assert pads.current.form.editor("notes").value() == "They are still there."


# -- opened from elsewhere ---------------------------------------------------------------------------------------------


@on_a_local_file
def test_a_call_in_one_line_stands_in_the_pad_for_a_check(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """Nothing is saved; who it is stands in the box with its list open."""
    family = a_family(desk, "Cai")
    fill(pads.current, "Being written")
    line = OneLine(who="meadow bry", topics=(TermCode("annual-review"),), notes="Asked.", minutes=6,
                   outcome=TermCode("call-back-promised"))  # fmt: skip
    pads.fill_from_line(line)
    pad = pads.current
    answered(pad, qtbot)
    assert len(desk.calls.ids(Selection())) == 0
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: pad.people.before is not None, timeout=10_000)
    assert pad.form.editor("next_kind").value() is StepKind.CALL_BACK
    save(pad, qtbot)
    call = the_only_call(desk)
    assert (call.caller, call.minutes, call.notes) == (family.mother, 6, "Asked.")
    assert len(pads.pads()) == 2


@on_a_local_file
def test_a_call_back_is_an_outgoing_call_that_ends_its_step(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """With the number to ring."""
    family = a_family(desk, "Cai")
    step = desk.steps.add(
        NewStep(key=uuid4(), person=family.mother, kind=StepKind.CALL_BACK, due_on=TODAY, phone="01992 555777")
    ).value
    pads.ring(step)
    pad = pads.current
    qtbot.waitUntil(lambda: pad.people.before is not None, timeout=10_000)
    choose("topics", pad, "annual")
    save(pad, qtbot)
    call = the_only_call(desk)
    assert (call.caller, call.direction, call.phone) == (family.mother, "out", "01992 555777")
    assert desk.steps.get(step.key).state is StepState.DONE


@on_a_local_file
def test_a_call_about_somebody_begins_with_them(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """From their record."""
    family = a_family(desk, "Cai")
    pads.call_about(family.mother)
    qtbot.waitUntil(lambda: pads.current.people.before is not None, timeout=10_000)
    assert pads.current.form.values()["caller"].person == family.mother
    assert pads.current.form.values()["children"].keys == family.children


@on_a_local_file
def test_typing_goes_on_while_the_other_fields_are_built(desk: Services, window_desk: Desk, qtbot: QtBot) -> None:
    """The first letters are in the one box before the rest of the form is there, and stay."""
    pad = CallPad(window_desk)
    qtbot.addWidget(pad)
    pad.start_new()
    assert not pad.form.is_complete
    QTest.keyClicks(pad.form.box.keys, "Bry")
    assert not pad.form.is_complete
    with qtbot.waitSignal(pad.form.lists_came):
        pad.form.complete()
    assert pad.form.box.line.text() == "Bry"
    assert pad.form.editor("line").value() == "central"
    assert pad.form.dirty
    pad.rest()


@on_a_local_file
def test_keys_pressed_before_their_field_is_there_come_to_it_in_their_order(
    desk: Services, window_desk: Desk, qtbot: QtBot, show: Show
) -> None:
    """Tab in a form that is still being built holds nobody up, and what is typed after it is not lost."""
    a_family(desk, "Bryn")
    pad = CallPad(window_desk)
    qtbot.addWidget(pad)
    show(pad)
    pad.start_new()
    box = pad.form.box
    box.line.setFocus()
    QTest.keyClicks(box.keys, "Brynn New")
    QTest.keyClick(box.keys, Qt.Key.Key_Tab)
    assert not pad.form.is_complete
    QTest.keyClicks(keyboard(), "par")
    assert box.line.text() == "Brynn New"
    qtbot.waitUntil(lambda: pad.form.is_complete and not box.line.hasFocus())
    kind = pad.form.editor("caller_kind")
    assert kind.value() == "PARENT"
    assert box.line.text() == "Brynn New"
    pad.rest()
