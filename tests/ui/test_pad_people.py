"""Who is calling: found while one types, warned of before anybody speaks, put on record with the call."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import ConsentAnswer, ConsentSubject, PersonKind, Safety
from ppsdesk.domain.references import reference_for
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabulary
from tests.builders import TODAY, a_call
from tests.ui.on_desk import keyboard, on_a_local_file, press, tab_to, write
from tests.ui.on_pad import (
    a_family,
    a_school,
    answered,
    choose,
    create,
    find,
    on_record,
    phone,
    save,
    take,
    the_only_call,
)
from ui.calls.call_page import CallPage
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.kit.desk import Desk

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def topic_and_note(pad: CallPad) -> None:
    """What every call has, from the topics on; the keyboard is left in the notes."""
    choose("topics", pad, "annual")
    press(Key.Key_Return)
    write("Asked about the date.")


# -- somebody on record ------------------------------------------------------------------------------------------------


def test_a_known_caller_is_logged_in_a_few_keys_with_child_school_and_phone(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Name, Enter, Enter for the only child, topic, note, Ctrl+Enter."""
    family = a_family(desk, "Cai")
    take(pad, "meadowl bry", qtbot)
    assert keyboard() is pad.form.editor("children").keys
    assert "Leave no voicemail." in " ".join(pad.side.banner.lines())
    press(Key.Key_Return)
    assert keyboard() is pad.form.editor("topics").keys
    write("annual")
    press(Key.Key_Return, times=2)
    assert keyboard() is pad.form.editor("notes").keys
    write("Asked about the date.")
    press(Key.Key_Tab)
    assert keyboard() is pad.form.editor("outcome").keys
    write("in")
    save(pad, qtbot)
    call = the_only_call(desk)
    assert (call.caller, call.caller_name, call.caller_kind) == (family.mother, "Bryony Meadowlark", "PARENT")
    assert (call.children, call.child_name) == (family.children, "Cai Meadowlark")
    assert (call.organisations, call.phone) == ((family.school,), "07700 900123")
    assert call.outcome == "information-need-met"
    assert len(desk.people.find("meadowlark")) == 2  # nobody was made twice


@on_a_local_file
def test_of_several_children_none_is_chosen_by_itself(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A digit chooses; the school follows the child."""
    family = a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    assert pad.form.editor("children").value().keys == ()
    assert pad.form.editor("organisations").value() == ()
    write("2")
    assert pad.form.editor("children").value().keys == (family.children[1],)
    assert pad.form.editor("organisations").value() == ()
    write("21")
    assert pad.form.editor("children").value().keys == (family.children[0],)
    assert pad.form.editor("organisations").value() == (family.school,)


@on_a_local_file
def test_another_caller_takes_with_him_what_was_filled_for_the_first(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Never the first one's phone, child or school; what somebody typed stays."""
    a_family(desk, "Cai")
    other = on_record(desk, "Idris", "Fernhollow")
    take(pad, "bryony", qtbot)
    pad.form.editor("notes").set_value("Typed by hand.")
    pad.form.focus_first()
    press(Key.Key_Backspace)
    take(pad, "idris", qtbot)
    values = pad.form.values()
    assert values["caller"].person == other
    assert (values["phone"], values["children"].keys, values["organisations"]) == ("", (), ())
    assert values["notes"] == "Typed by hand."
    assert pad.side.banner.lines() == () or "voicemail" not in " ".join(pad.side.banner.lines())


@on_a_local_file
def test_digits_typed_to_find_somebody_are_not_their_phone(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """The box was left with four digits in it, which looked like somebody new; then they were found by name."""
    a_family(desk, "Cai")
    find(pad, "0123", qtbot)
    press(Key.Key_Tab)
    assert pad.form.editor("phone").value() == "0123"
    press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Key.Key_Backspace)
    take(pad, "bryony", qtbot)
    assert pad.form.editor("phone").value() == "07700 900123"


@on_a_local_file
def test_a_number_that_must_not_be_used_is_never_filled_in(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A safe one comes before one that nobody asked about."""
    numbers = (phone("01992 555111", Safety.NOT_SAFE), phone("01992 555222", Safety.NOT_ASKED), phone("01992 555333"))
    on_record(desk, "Idris", "Fernhollow", contacts=numbers)
    take(pad, "idris", qtbot)
    assert pad.form.editor("phone").value() == "01992 555333"
    on_record(desk, "Tansy", "Quillfeather", contacts=(phone("01992 555111", Safety.NOT_SAFE),))
    pad.form.focus_first()
    press(Key.Key_Backspace)
    take(pad, "tansy", qtbot)
    assert pad.form.editor("phone").value() == ""


@on_a_local_file
def test_the_kind_is_that_of_the_last_call_before_that_of_the_tie(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A mother who rang as a school's SENCO last time."""
    family = a_family(desk, "Cai")
    desk.calls.log(a_call(caller=family.mother, caller_kind="SCHOOL"))
    take(pad, "bryony", qtbot)
    assert pad.form.editor("caller_kind").value() == "SCHOOL"


@on_a_local_file
def test_a_young_person_calls_about_themselves(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Their own chip is chosen."""
    born = date(2008, 1, 2)
    key = on_record(desk, "Elin", "Fernhollow", kind=PersonKind.CHILD, born_on=born, own_right=True)
    take(pad, "elin", qtbot)
    assert pad.form.editor("caller_kind").value() == "YP"
    topic_and_note(pad)
    save(pad, qtbot)
    assert (the_only_call(desk).caller, the_only_call(desk).children) == (key, (key,))


@on_a_local_file
def test_consent_is_renewed_by_the_banner_and_can_be_taken_back(
    pad: CallPad, desk: Services, window_desk: Desk, qtbot: QtBot
) -> None:
    """As given today, by phone."""
    family = a_family(desk, "Cai")
    take(pad, "bryony", qtbot)
    chip = pad.side.banner.consent_chip
    assert chip.words() == "Consent to record: not asked"
    chip.button.click()
    qtbot.waitUntil(lambda: "today" in chip.words(), timeout=10_000)
    given = desk.people.record(family.mother).consent(ConsentSubject.RECORD)
    assert given is not None
    assert (given.answer, given.given_on, given.how) == (ConsentAnswer.GIVEN, TODAY, "by phone")
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: "not asked" in chip.words(), timeout=10_000)


# -- somebody new ------------------------------------------------------------------------------------------------------


def test_a_new_family_comes_on_record_with_its_call(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Caller, child, what they are to each other, and a school that is in no list, in one save."""
    create(pad, "Tansy Quillfeather 07700 900456 al10 7ab", qtbot)
    assert keyboard() is pad.form.editor("caller_kind").keys
    assert [pad.form.editor(name).value() for name in ("new_given", "new_family", "new_postcode", "phone")] == [
        "Tansy",
        "Quillfeather",
        "AL10 7AB",
        "07700 900456",
    ]
    write("par")
    tab_to("Child")
    write("Ottoline Quillfeather")
    finder = pad.form.editor("children").finder
    qtbot.waitUntil(lambda: finder.list is not None and finder.list.may_take("Ottoline Quillfeather"))
    press(Key.Key_Return)
    assert pad.form.editor("relation").isVisible()
    tab_to("School")
    write("Copperthwaite Infants")
    schools = pad.form.editor("organisations")
    qtbot.waitUntil(lambda: schools.list_is_open() and schools.ready())
    press(Key.Key_Return)
    topic_and_note(pad)
    save(pad, qtbot)
    call = the_only_call(desk)
    assert call.caller is not None
    record = desk.people.record(call.caller)
    assert (record.person.name, record.person.phones[0].value) == ("Tansy Quillfeather", "07700 900456")
    assert record.person.addresses[0].postcode == "AL10 7AB"
    [tie] = record.ties
    assert (tie.other_name, tie.relationship.kind, tie.outgoing) == ("Ottoline Quillfeather", "parent", True)
    assert call.children == (tie.other,)
    [school] = desk.organisations.all(to_check=True)
    assert (school.name, call.organisations) == ("Copperthwaite Infants", (school.key,))
    [attendance] = desk.people.record(tie.other).attendances
    assert attendance.organisation.key == school.key


def test_taking_back_a_save_takes_out_whom_it_put_on_record(
    pad: CallPad, desk: Services, window_desk: Desk, qtbot: QtBot
) -> None:
    """Nobody is found who was only entered by mistake."""
    create(pad, "Tansy Quillfeather", qtbot)
    write("par")
    topic_and_note(pad)
    save(pad, qtbot)
    assert len(desk.people.find("quillfeather")) == 1
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: desk.people.find("quillfeather") == (), timeout=10_000)
    assert len(desk.calls.ids(Selection())) == 0


@on_a_local_file
def test_whoever_may_be_the_same_is_shown_and_can_be_used(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """By Alt+1, without a second record."""
    family = a_family(desk, "Cai")
    create(pad, "Bryony Meadowlark 07700900123", qtbot)
    qtbot.waitUntil(lambda: bool(pad.side.alike.alike()), timeout=10_000)
    press(Key.Key_1, ALT)
    qtbot.waitUntil(lambda: pad.people.before is not None, timeout=10_000)
    assert pad.form.values()["caller"].person == family.mother
    assert not pad.form.editor("new_given").isVisible()
    assert pad.side.alike.alike() == ()


@on_a_local_file
def test_a_different_person_is_remembered_with_the_draft_and_written_down_with_the_call(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Nobody is asked twice."""
    family = a_family(desk, "Cai")
    create(pad, "Bryony Meadowlark 07700900123", qtbot)
    write("par")
    qtbot.waitUntil(lambda: bool(pad.side.alike.alike()), timeout=10_000)
    pad.side.alike.put_aside(family.mother)
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        pad.keep_draft()
    [draft] = desk.drafts.mine()
    pad._clear()
    pad.resume(draft)
    assert pad.people.alike.not_same == {family.mother}
    topic_and_note(pad)
    save(pad, qtbot)
    caller = the_only_call(desk).caller
    assert caller is not None
    pairs = {frozenset((each.person, each.other)) for each in desk.people.perhaps_same()}
    assert frozenset((caller, family.mother)) not in pairs


@on_a_local_file
def test_a_name_without_letters_or_phone_is_refused_at_its_field(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """A phone of letters: nothing is put on record."""
    create(pad, "Tansy Quillfeather", qtbot)
    write("par")
    pad.form.editor("phone").set_value("ring me")
    topic_and_note(pad)
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "no phone number" in pad.form.problems()["phone"]
    assert desk.people.find("quillfeather") == ()


@on_a_local_file
def test_a_topic_that_is_in_no_list_is_kept_to_check(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """On the list of those to be checked, and on the call."""
    press(Key.Key_A, ALT)
    write("Swimming badge")
    press(Key.Key_Return)
    save(pad, qtbot)
    [code] = the_only_call(desk).topics
    term = next(term for term in desk.vocabularies.all().of(Vocabulary.TOPIC) if term.code == code)
    assert (term.label, term.to_check) == ("Swimming badge", True)


# -- without a name ----------------------------------------------------------------------------------------------------


def test_an_anonymous_caller_gets_a_reference_and_is_known_by_it_again(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Alt+A goes straight to the topics; the next call that quotes the reference takes the same."""
    reference = reference_for(pad.key())
    press(Key.Key_A, ALT)
    assert keyboard() is pad.form.editor("topics").keys
    assert pad.side.reference.text == reference
    assert pad.side.reference.isVisible()
    write("annual")
    press(Key.Key_Return)
    save(pad, qtbot)
    first = the_only_call(desk)
    assert (first.anonymous, first.reference, first.caller_kind) == (True, reference, "ANON")
    find(pad, reference.replace("-", " ").lower(), qtbot)
    press(Key.Key_Return)
    assert pad.form.editor("anonymous").value() is True
    assert pad.side.reference.text == reference
    qtbot.waitUntil(lambda: pad.form.editor("caller_kind").value() == "ANON")
    write("annual")
    press(Key.Key_Return)
    save(pad, qtbot)
    assert len(desk.calls.ids(Selection(reference=reference))) == 2


@on_a_local_file
def test_calls_of_a_reference_are_attached_to_a_person_and_detached_again(
    desk: Services, window_desk: Desk, show: object, qtbot: QtBot
) -> None:
    """All of them, from the page of one of them."""
    family = a_family(desk, "Cai")
    reference = "A-3K7-9QX"
    ids = [
        desk.calls.log(a_call(anonymous=True, caller_name="", reference=reference, caller_kind="ANON")).value
        for _ in range(2)
    ]
    page = CallPage(window_desk)
    show(page)  # type: ignore[operator]
    page.open_call(ids[0])
    qtbot.waitUntil(page.people.box.isVisible, timeout=10_000)
    page.people.box.keys.setFocus()
    write("bryony")
    finder = page.people.box.finder
    qtbot.waitUntil(lambda: finder.list is not None and finder.list.may_take("bryony"), timeout=10_000)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: desk.calls.get(ids[1]).caller == family.mother, timeout=10_000)
    assert desk.calls.get(ids[0]).caller == family.mother
    qtbot.waitUntil(lambda: not page.people.box.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: "attached" in window_desk.notices.done.text, timeout=10_000)
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: desk.calls.get(ids[1]).caller is None, timeout=10_000)
    assert desk.calls.get(ids[0]).caller is None


# -- asked -------------------------------------------------------------------------------------------------------------


@on_a_local_file
def test_a_school_that_was_closed_is_asked_about_once_and_accepted_with_one_key(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """In a bar, one sentence, nothing refused."""
    school = a_school(desk, "Old Mill School", closed_on=date(2020, 7, 31))
    press(Key.Key_A, ALT)
    write("annual")
    press(Key.Key_Return)
    pad.form.editor("organisations").set_value((school,))
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Old Mill School" in pad.question.text, timeout=10_000)
    assert len(desk.calls.ids(Selection())) == 0
    save(pad, qtbot)
    assert the_only_call(desk).organisations == (school,)
    assert pad.question.text == ""


@on_a_local_file
def test_what_was_accepted_is_remembered_with_the_draft(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Not asked again after a crash."""
    press(Key.Key_A, ALT)
    write("annual")
    press(Key.Key_Return)
    pad.form.editor("minutes").set_value(500)
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(Key.Key_Return, ctrl)
    assert "500 minutes" in pad.question.text
    pad._accepted = {pad._asking["minutes"]}
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        pad.keep_draft()
    [draft] = desk.drafts.mine()
    pad._clear()
    pad.resume(draft)
    save(pad, qtbot)
    assert the_only_call(desk).minutes == 500


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_a_draft_puts_back_every_field_to_the_letter(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """New people with their keys, chips, words in no list, half-typed words, the next step."""
    a_family(desk, "Cai", "Elin")
    create(pad, "Tansy Quillfeather 07700 900456", qtbot)
    write("par")
    tab_to("Child")
    write("Ottoline")
    finder = pad.form.editor("children").finder
    qtbot.waitUntil(lambda: finder.list is not None and finder.list.may_take("Ottoline"))
    press(Key.Key_Down, times=9)
    press(Key.Key_Return)
    tab_to("School")
    write("Copperthwaite")
    schools = pad.form.editor("organisations")
    qtbot.waitUntil(lambda: schools.list_is_open() and schools.ready())
    press(Key.Key_Return)
    write("holl")
    choose("topics", pad, "annual")
    choose("topics", pad, "Swimming badge")
    write("tra")
    for name in ("stages", "advice", "information", "signposted"):
        pad.form.focus_field(name)
        press(Key.Key_Down)
        press(Key.Key_Return)
    for name, typed in (("outcome", "call back"), ("level", "l"), ("area", "n"), ("how_heard", "s"), ("line", "c")):
        pad.form.focus_field(name)
        write(typed)
    for name, text in (("notes", "Two lines\nof it."), ("next_words", "with the form"), ("taken_by", "Sam Hazel"),
                       ("next_from", "9"), ("next_to", "half"), ("minutes", 12), ("new_postcode", "al10")):  # fmt: skip
        pad.form.editor(name).restore(text)
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        pad.keep_draft()
    content, key, window = pad.form.content(), pad.key(), pad._window()
    shown = {name for name in pad.form.names() if pad.form.editor(name).isVisibleTo(pad)}
    [draft] = desk.drafts.mine()
    assert draft.window == window
    pad._clear()
    assert pad.form.content() != content
    pad.resume(draft)
    assert pad.form.content() == content
    assert pad.key() == key
    assert {name for name in pad.form.names() if pad.form.editor(name).isVisibleTo(pad)} == shown


@on_a_local_file
def test_the_one_box_waits_for_its_answer(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Enter before anything was found takes nobody, and makes nobody new."""
    a_family(desk, "Cai")
    pad.form.focus_first()
    write("bryony")
    press(Key.Key_Return)
    assert keyboard() is pad.form.box.keys
    answered(pad, qtbot)
    press(Key.Key_Return)
    assert pad.form.values()["caller"].name == "Bryony Meadowlark"


@on_a_local_file
def test_in_a_low_window_what_to_mind_stands_above_the_fields_that_scroll(
    pad: CallPad, pads: CallPads, desk: Services, qtbot: QtBot
) -> None:
    """Text twice the size on a small screen: the banner scrolls away with the one box."""
    a_family(desk, "Cai")
    pads.resize(968, 300)
    take(pad, "bryony", qtbot)
    qtbot.waitUntil(lambda: pad.mind.text == "Safe contact: Leave no voicemail.")
    assert pad.mind.isVisible()
    pads.resize(968, 700)
    qtbot.waitUntil(lambda: not pad.mind.isVisible())
    assert "Leave no voicemail." in " ".join(pad.side.banner.lines())
    pads.resize(968, 300)
    pad.discard()
    qtbot.waitUntil(lambda: not pad.mind.isVisible())
