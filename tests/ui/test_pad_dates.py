"""The dates line of the pad: the day is asked for where a topic fits, and is kept with the call."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, tab_to, write
from tests.ui.on_pad import a_family, choose, create, save, take, the_only_call
from ui.calls.dates_line import DatesLine
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LETTER = "Law dates: Date on the decision letter"


def line_of(pad: CallPad) -> DatesLine:
    line = pad.form.editor("dates")
    assert isinstance(line, DatesLine)
    return line


def says(pad: CallPad) -> list[str]:
    """The sentences below the day."""
    return [line.words for line in line_of(pad).answer.lines()]


def about(pad: CallPad, topic: str, qtbot: QtBot) -> None:
    """A topic is taken, and the line is there."""
    choose("topics", pad, topic)
    qtbot.waitUntil(line_of(pad).isVisible)


def type_day(pad: CallPad, typed: str, qtbot: QtBot) -> None:
    """By the access key, as it is typed; then wait for what follows."""
    press(Key.Key_W, ALT)
    write(typed)
    qtbot.waitUntil(lambda: bool(says(pad)))


def the_only_matter(desk: Services) -> Matter:
    [matter] = desk.dates.of_call(the_only_call(desk).key)
    return matter


# -- asked and kept ----------------------------------------------------------------------------------------------------


def test_the_day_of_a_decision_letter_is_asked_for_and_kept_with_the_call(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """From the caller to the dates on record, by keys; what follows is told before the call is saved."""
    family = a_family(desk, "Cai")
    take(pad, "bryony", qtbot)
    about(pad, "refusal to assess", qtbot)
    assert "The council sent a decision letter" in label_texts(line_of(pad))
    type_day(pad, "1/10/26", qtbot)
    assert keyboard().accessibleName() == LETTER
    assert says(pad) == [
        "Last day to appeal: Tue 1 Dec 2026, in 11 days; Contact a mediation adviser: Tue 1 Dec 2026, in 11 days."
    ]
    save(pad, qtbot)
    call, matter = the_only_call(desk), the_only_matter(desk)
    assert call.topics == (TermCode("refusal-to-assess"),)
    assert (matter.call, matter.child) == (call.key, family.children[0])
    assert (matter.happening, matter.kind) == ("decision", "RTA")
    assert dict(matter.facts) == {"decision": date(2026, 10, 1)}
    assert {(one.clock, one.due) for one in matter.dates} == {
        ("APL", date(2026, 12, 1)),
        ("MED2M", date(2026, 12, 1)),
    }


def test_taking_the_call_back_takes_its_dates_from_the_child(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A call that was saved for the wrong child leaves nothing on that child's record."""
    family = a_family(desk, "Cai")
    take(pad, "bryony", qtbot)
    about(pad, "refusal to assess", qtbot)
    type_day(pad, "1/10/26", qtbot)
    save(pad, qtbot)
    assert len(desk.dates.of_person(family.children[0])) == 1
    pad._desk.notices.undo_last()
    qtbot.waitUntil(lambda: not desk.calls.ids(Selection()), timeout=10_000)
    assert desk.dates.of_person(family.children[0]) == ()


def test_a_day_told_about_no_child_belongs_to_the_call_alone(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A date under the wrong child is worse than one under none."""
    a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    about(pad, "refusal to assess", qtbot)
    type_day(pad, "1/10/26", qtbot)
    save(pad, qtbot)
    assert the_only_call(desk).children == ()
    assert the_only_matter(desk).child is None


def test_another_child_chosen_after_the_day_takes_it_along(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """What was typed for the first child is not left with them."""
    family = a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    write("1")
    about(pad, "refusal to assess", qtbot)
    type_day(pad, "1/10/26", qtbot)
    pad.form.focus_field("children")
    write("12")
    save(pad, qtbot)
    assert the_only_matter(desk).child == family.children[1]
    assert desk.dates.of_person(family.children[0]) == ()


def test_a_new_child_comes_on_record_with_their_dates(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Call, child and dates in one go."""
    create(pad, "mab fernby", qtbot)
    choose("caller_kind", pad, "par")
    pad.form.focus_field("children")
    write("nia fernby")
    finder = pad.form.editor("children").finder
    qtbot.waitUntil(lambda: finder.is_open() and finder.list.may_take("nia fernby"))
    press(Key.Key_Up)
    press(Key.Key_Return)
    about(pad, "refusal to assess", qtbot)
    type_day(pad, "1/10/26", qtbot)
    save(pad, qtbot)
    [child] = the_only_call(desk).children
    assert the_only_matter(desk).child == child


def test_no_day_typed_leaves_no_dates(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """The line is an offer: a call without a day is saved as ever, whatever kind was chosen."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    line_of(pad).fields.pickers()[1].set_value("RTA")
    save(pad, qtbot)
    assert desk.dates.of_call(the_only_call(desk).key) == ()


# -- when it is there --------------------------------------------------------------------------------------------------


@on_a_local_file
def test_it_is_there_for_topics_that_dates_follow_from_and_takes_no_key(pad: CallPad, qtbot: QtBot) -> None:
    """Another topic shows nothing; one that fits leaves the keyboard where it is, and Tab goes on to the notes."""
    choose("topics", pad, "transport")
    line = line_of(pad)
    qtbot.waitUntil(lambda: bool(line._known.all))
    assert not line.isVisible()
    about(pad, "refusal to assess", qtbot)
    assert keyboard() is pad.form.editor("topics").keys
    press(Key.Key_Tab)
    assert keyboard() is pad.form.editor("notes").keys
    tab_to(LETTER)
    press(Key.Key_Tab, SHIFT)
    assert keyboard().accessibleName() == "Law dates: which kind"
    press(Key.Key_Tab, SHIFT)
    assert keyboard().accessibleName() == "Next"
    pad.form.focus_field("topics")
    press(Key.Key_Backspace)
    assert not line.isVisible()


@on_a_local_file
def test_of_several_things_that_can_have_happened_one_is_chosen(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """That of the main topic first; another one asks for its own day, and what was typed for the first comes back."""
    about(pad, "annual rev", qtbot)
    choose("topics", pad, "refusal to assess")
    choose("caller_kind", pad, "par")
    line = line_of(pad)
    tab_to("Law dates: what happened")
    assert line.fields.pickers()[0].box.currentText() == "A review meeting"
    type_day(pad, "12/11", qtbot)
    press(Key.Key_Tab, SHIFT)
    press(Key.Key_Tab, SHIFT)
    tab_to("Law dates: what happened")
    write("council sent")
    press(Key.Key_Tab, times=2)
    assert keyboard().accessibleName() == LETTER
    assert line.is_empty()
    write("1/10/26")
    qtbot.waitUntil(lambda: bool(says(pad)) and "Last day to appeal" in says(pad)[0])
    save(pad, qtbot)
    assert the_only_matter(desk).happening == "decision"


@on_a_local_file
def test_a_day_that_is_typed_stays_in_sight_whatever_becomes_of_the_topics(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Nothing that will be kept is hidden."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    type_day(pad, "1/10/26", qtbot)
    pad.form.focus_field("topics")
    press(Key.Key_Backspace)
    choose("topics", pad, "transport")
    assert line_of(pad).isVisible()
    save(pad, qtbot)
    assert the_only_matter(desk).happening == "decision"
    assert not line_of(pad).isVisible()


def test_by_command_it_is_opened_in_any_call(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """Where no topic fits everything that can have happened is offered, and what is typed is kept as ever."""
    pad = pads.current
    choose("topics", pad, "transport")
    choose("caller_kind", pad, "par")
    pads.on_call_dates()
    assert keyboard().accessibleName() == "Law dates: what happened"
    write("an appeal")
    type_day(pad, "2/11/26", qtbot)
    assert keyboard().accessibleName() == "Law dates: Day the Tribunal got the appeal"
    save(pad, qtbot)
    assert the_only_matter(desk).happening == "appeal"
    assert not line_of(pad).isVisible()


# -- what follows ------------------------------------------------------------------------------------------------------


@on_a_local_file
def test_a_certificate_moves_the_last_day_and_a_kind_may_lift_a_limit(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """The second day is asked for once the first is there, and is one Tab away."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    assert "Date on the mediation certificate" not in label_texts(line_of(pad))
    type_day(pad, "1/10/26", qtbot)
    press(Key.Key_Tab)
    assert keyboard().accessibleName() == "Law dates: Date on the mediation certificate"
    write("19/11")
    qtbot.waitUntil(lambda: "Last day to appeal: Mon 21 Dec 2026" in says(pad)[0])
    assert "Contact a mediation adviser: Tue 1 Dec 2026, in 11 days; parent or young person" in (
        line_of(pad).answer.accessibleDescription()
    )
    save(pad, qtbot)
    assert dict(the_only_matter(desk).facts) == {"decision": date(2026, 10, 1), "certificate": date(2026, 11, 19)}


@on_a_local_file
def test_an_unlikely_day_is_questioned_and_kept(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """What is in the letter is in the letter."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    type_day(pad, "1/12/26", qtbot)
    assert says(pad)[1] == "Date on the decision letter: Tue 1 Dec 2026 is in the future. Check the year."
    save(pad, qtbot)
    assert the_only_matter(desk).facts["decision"] == date(2026, 12, 1)


@on_a_local_file
def test_a_day_that_cannot_be_read_stops_saving_with_words_beside_it(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """As every field does; put right, the call is saved."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    press(Key.Key_W, ALT)
    write("31/2/26")
    press(Key.Key_Return, CTRL)
    assert "dates" in pad.form.problems()
    assert not desk.calls.ids(Selection())
    pad.form.focus_field("dates")
    press(Key.Key_A, CTRL)
    write("1/10/26")
    assert pad.form.problems() == {}
    save(pad, qtbot)
    assert the_only_matter(desk).facts["decision"] == date(2026, 10, 1)


@on_a_local_file
def test_where_the_rules_need_a_kind_saving_asks_for_it(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A move to the next school has no date without knowing which."""
    about(pad, "phase", qtbot)
    choose("caller_kind", pad, "par")
    press(Key.Key_W, ALT)
    write("1/9/27")
    press(Key.Key_Return, CTRL)
    assert pad.form.problems() == {"dates": "Choose which kind it is."}
    pad.form.focus_field("dates")
    assert keyboard().accessibleName() == "Law dates: which kind"
    write("to school")
    save(pad, qtbot)
    assert the_only_matter(desk).kind == "school"


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_in_the_draft_and_comes_back_from_it(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """To the letter, readable or not, before anything was asked about topics; and is kept with the call then."""
    a_family(desk, "Cai")
    take(pad, "bryony", qtbot)
    about(pad, "refusal to assess", qtbot)
    press(Key.Key_W, ALT)
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        write("1/1")
    write("0/")
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        pad.keep_draft()
    [draft] = desk.drafts.mine()
    days = {"decision": "1/10/"}
    assert draft.content["dates"] == {"happening": "decision", "kind": "RTA", "chosen": False, "days": days}
    desk.drafts.keep_here(draft)
    [here] = desk.drafts.here()
    assert here.content == draft.content
    desk.drafts.saved(draft.key)
    with qtbot.waitSignal(pad.closed):
        pad.close_pad()
    assert not line_of(pad).isVisible()
    pad.resume(draft)
    line = line_of(pad)
    assert line.isVisible()
    assert line.content() == draft.content["dates"]
    pad.form.focus_field("dates")
    press(Key.Key_End)
    write("26")
    qtbot.waitUntil(lambda: bool(says(pad)))
    save(pad, qtbot)
    assert the_only_matter(desk).facts["decision"] == date(2026, 10, 1)


@on_a_local_file
def test_a_parked_call_keeps_its_day_and_the_next_one_has_none(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    """Each call its own."""
    pad = pads.current
    about(pad, "refusal to assess", qtbot)
    type_day(pad, "1/10/26", qtbot)
    pads.on_park()
    assert pads.current is not pad
    pads.current.form.complete()
    assert line_of(pads.current).is_empty()
    pads.on_next_call()
    assert pads.current is pad
    assert line_of(pad).content()["days"] == {"decision": "1 Oct 2026"}


@on_a_local_file
def test_the_next_call_begins_without_the_day_of_the_one_before(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Saved is saved, and gone from the pad."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    type_day(pad, "1/10/26", qtbot)
    save(pad, qtbot)
    about(pad, "refusal to assess", qtbot)
    settle()
    assert line_of(pad).is_empty()
    assert says(pad) == []
