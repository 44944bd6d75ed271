"""The record of a person: read in tabs, changed in place without a word lost, and what is hidden stays hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AlertKind, ConsentAnswer, ConsentSubject, Known, PersonKind, Safety
from ppsdesk.domain.families import Alert, Consent, HiddenAddress, PersonRecord
from ppsdesk.domain.people import facts_of_person
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage.work import Storage
from tests.builders import a_call, a_child, a_person, a_phone, a_relationship, an_organisation
from tests.conftest import Clock, services_on
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, tab_to, write
from tests.ui.walkers import cut, nameless, sideways, too_small
from ui.kit import theme as look
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.two_versions import TwoVersionsDialog
from ui.people.person_page import PersonPage
from ui.people.person_tabs import CALLS, CONSENT, CONTACTS, FAMILY, HISTORY, OVERVIEW

Show = Callable[..., QWidget]
Key = Qt.Key
HOSTILE = "<b>bold</b> &Save\nnext \u202eevil"


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot) -> PersonPage:
    """Rowan's record: a mother with one phone, who takes calls."""
    person = a_person(note="Prefers mornings.", area=TermCode("north"))
    return opened(window_desk, show, qtbot, window_desk.services.people.add(person).value.key)


def opened(desk: Desk, show: Show, qtbot: QtBot, key: UUID) -> PersonPage:
    """The page in an active window, with the record in it."""
    made = PersonPage(desk)
    show(made, 1080, 760)
    made.open_person(key)
    shown(made, qtbot, key)
    made.focus_first()
    return made


def shown(page: PersonPage, qtbot: QtBot, key: UUID) -> None:
    """Wait until that person is there."""
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.record.person.key == key, timeout=10_000)


def record(page: PersonPage) -> PersonRecord:
    """The record as the database has it."""
    assert page._key is not None
    return page.desk.services.people.record(page._key)


def until(page: PersonPage, qtbot: QtBot, holds: Callable[[PersonRecord], bool]) -> None:
    """Wait until the page shows a record of which this holds."""
    qtbot.waitUntil(lambda: page.shown is not None and holds(page.shown.record), timeout=10_000)


def undo(page: PersonPage) -> None:
    """Ctrl+Z of the window."""
    page.desk.notices.undo_last()


# -- tabs --------------------------------------------------------------------------------------------------------------


@on_a_local_file
def test_every_tab_is_reached_by_keys_and_the_banner_stands_over_each(page: PersonPage, qtbot: QtBot) -> None:
    """Ctrl+Page Down, Ctrl+Page Up, and the arrow keys on the tabs."""
    alert = Alert(key=uuid4(), person=record(page).person.key, kind=AlertKind.SAFE_CONTACT, words="No voicemail.")
    page.desk.touch(page.desk.services.families.alert(alert).touched)
    until(page, qtbot, lambda read: bool(read.alerts))
    for name in (CONTACTS, FAMILY, CALLS, CONSENT, HISTORY):
        press(Key.Key_PageDown, CTRL)
        assert page.tab_row.current == name
        assert page.tabs[name].isVisible()
        assert page.banner.isVisible()
        assert page.banner.lines() == ("Safe contact: No voicemail.",)
    press(Key.Key_PageUp, CTRL)
    assert page.tab_row.current == CONSENT
    press(Key.Key_Left)
    assert page.tab_row.current == CALLS
    assert not page.tabs[CONSENT].isVisible()


@on_a_local_file
def test_the_overview_says_who_it_is_and_what_is_not_known(page: PersonPage) -> None:
    """Age, language, area, note."""
    texts = label_texts(page)
    assert "Rowan Thistledown" in texts
    assert {"North", "Prefers mornings.", "Not written down: date of birth, language."} <= set(texts)


# -- changing ----------------------------------------------------------------------------------------------------------


def edit(page: PersonPage, field: str, text: str) -> None:
    """F2, into a field, over what is there."""
    page.on_edit()
    page.editing.form.focus_field(field)
    press(Key.Key_A, CTRL)
    write(text)


def test_a_record_is_changed_in_place_by_keyboard_and_the_change_can_be_undone(page: PersonPage, qtbot: QtBot) -> None:
    """Ctrl+Enter saves; Undo brings the earlier facts back, and both stand in the history in words."""
    before = facts_of_person(record(page).person)
    edit(page, "family_name", "Fernlea")
    assert page.editing.state.text == "Not saved yet"
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: read.person.version == 2)
    assert facts_of_person(record(page).person) == replace(before, family_name="Fernlea")
    assert not page.is_editing()
    undo(page)
    until(page, qtbot, lambda read: read.person.version == 3)
    assert facts_of_person(record(page).person) == before
    page.on_history()
    model = page.history.panel.model
    qtbot.waitUntil(lambda: model.size() > 2, timeout=10_000)
    told = [model.words(row)[2:] for row in range(model.size())]
    assert told[:2] == [["Family name", "Fernlea", "Thistledown"], ["Family name", "Thistledown", "Fernlea"]]
    assert ["Put on record", "", "Rowan Thistledown"] in told


@on_a_local_file
def test_a_phone_is_added_marked_and_taken_out_again(page: PersonPage, qtbot: QtBot) -> None:
    """Which one is safe is said at the number; what is taken out stays in sight until all is saved."""
    page.tab_row.go(CONTACTS)
    page.on_edit()
    assert keyboard().accessibleName() == "Phone or e-mail 1: number or address"
    while keyboard() is not page.editing.form.editor("contacts")._add[0]:
        press(Key.Key_Tab)
    press(Key.Key_Return)
    write("01632 960047")
    press(Key.Key_Return)
    press(Key.Key_Return)
    write("do not")
    page.editing.form.editor("contacts").parts()[0].remove.click()
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: read.person.version == 2)
    [point] = record(page).person.contacts
    assert (point.value, point.safety) == ("01632 960047", Safety.NOT_SAFE)
    qtbot.waitUntil(lambda: {"01632 960047", "Do not use"} <= set(label_texts(page.contacts)), timeout=10_000)


@on_a_local_file
def test_what_is_taken_out_can_be_put_back_before_it_is_saved(page: PersonPage) -> None:
    """And the record is then as it was."""
    page.on_edit()
    [part] = page.editing.form.editor("contacts").parts()
    part.remove.click()
    assert page.editing.has_unsaved
    assert "07700 900123 will be taken out when you save." in label_texts(page.editing)
    part.put_back.click()
    assert not page.editing.has_unsaved


@on_a_local_file
def test_leaving_with_something_unsaved_asks_first_and_what_is_left_can_be_taken_up(
    page: PersonPage, qtbot: QtBot
) -> None:
    """Escape, Leave it, Undo: it is all there again."""
    edit(page, "given_names", "Rowena")
    press(Key.Key_Escape)
    assert "not saved yet" in page.editing.unsaved.text
    page.editing.unsaved.buttons()[1].click()
    assert not page.is_editing()
    assert record(page).person.version == 1
    undo(page)
    assert page.is_editing()
    assert page.editing.form.editor("given_names").value() == "Rowena"
    page.editing.form.focus_first()
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: read.person.given_names == "Rowena")


@on_a_local_file
def test_opening_somebody_else_while_writing_asks_first(page: PersonPage, qtbot: QtBot) -> None:
    """Saved, then gone."""
    key = page.desk.services.people.add(a_child()).value.key
    first = record(page).person.key
    edit(page, "given_names", "Rowena")
    page.open_person(key)
    assert page.is_editing()
    press(Key.Key_Return)
    shown(page, qtbot, key)
    assert page.desk.services.people.get(first).given_names == "Rowena"


@on_a_local_file
def test_what_cannot_be_is_said_at_the_field(page: PersonPage) -> None:
    """A birthday to come."""
    edit(page, "born_on", "3/9/2027")
    press(Key.Key_Return, CTRL)
    assert page.editing.form.problems()["born_on"].startswith("Date of birth must be in the past.")
    assert record(page).person.version == 1


@pytest.fixture
def other(make_storage: Callable[[], Storage], page: PersonPage, clock: Clock) -> Services:
    """A colleague's desk on the same database."""
    return services_on(make_storage(), page.desk.services.folder.root.parent / "other", clock)


def test_two_people_change_one_record_and_nothing_is_lost(page: PersonPage, other: Services, qtbot: QtBot) -> None:
    """Each side's own changes are chosen already; where both changed a field one must choose."""
    person = record(page).person
    other.people.amend(person.key, 1, replace(facts_of_person(person), note="Theirs.", known_as="Roo"))
    edit(page, "note", "Mine.")
    page.editing.form.focus_field("family_name")
    press(Key.Key_A, CTRL)
    write("Fernlea")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TwoVersionsDialog), timeout=10_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TwoVersionsDialog)
    dialog.accept()
    assert dialog.trouble.text == "Both of you changed: Note. Choose which to keep."
    [line] = [line for line in dialog.lines if line.choice.words == "Note"]
    line.yours.click()
    dialog.accept()
    until(page, qtbot, lambda read: read.person.version == 3)
    kept = record(page).person
    assert (kept.note, kept.known_as, kept.family_name) == ("Mine.", "Roo", "Fernlea")


@on_a_local_file
def test_a_record_entered_by_mistake_is_taken_out_and_put_back(page: PersonPage, qtbot: QtBot) -> None:
    """Nobody finds it meanwhile."""
    page.remove()
    qtbot.waitUntil(lambda: "was removed" in page.removed.text, timeout=10_000)
    assert page.desk.services.people.find("thistledown") == ()
    page.removed.buttons()[0].click()
    qtbot.waitUntil(lambda: not page.removed.text, timeout=10_000)
    assert len(page.desk.services.people.find("thistledown")) == 1


# -- what is hidden ----------------------------------------------------------------------------------------------------


@on_a_local_file
def test_a_hidden_address_is_shown_only_when_asked_for_until_the_tab_is_left(page: PersonPage, qtbot: QtBot) -> None:
    """And the history says who looked."""
    key = record(page).person.key
    hidden = HiddenAddress(key=uuid4(), person=key, lines="14 Alder Court", town="Hertford")
    page.desk.touch(page.desk.services.families.hide_address(hidden).touched)
    until(page, qtbot, lambda read: read.hidden_addresses == 1)
    page.tab_row.go(CONTACTS)
    assert not any("Alder Court" in text for text in label_texts(page))
    assert "1 address, not shown. Whoever looks is noted with name and time." in label_texts(page)
    page.contacts.hidden.show_button.click()
    qtbot.waitUntil(lambda: any("14 Alder Court, Hertford" in t for t in label_texts(page)), timeout=10_000)
    page.tab_row.go(OVERVIEW)
    page.tab_row.go(CONTACTS)
    assert not any("Alder Court" in text for text in label_texts(page))
    looks = [change for change in page.desk.services.people.history(key) if change.field == "disclosures"]
    assert [change.person for change in looks] == ["hana"]


def test_a_hidden_address_is_changed_ended_and_put_back_as_it_was(page: PersonPage, qtbot: QtBot) -> None:
    """Only what was shown can be changed; ended, it stays on record as one of the past."""
    key, families = record(page).person.key, page.desk.services.families
    hidden = HiddenAddress(key=uuid4(), person=key, lines="14 Alder Court", town="Hertford", note="Ring first.")
    page.desk.touch(families.hide_address(hidden).touched)
    until(page, qtbot, lambda read: read.hidden_addresses == 1)
    page.tab_row.go(CONTACTS)

    def press_button(name: str) -> None:
        card = page.contacts.hidden
        qtbot.waitUntil(card.lines.isHidden, timeout=10_000)
        card.show_button.click()

        def there() -> list[KeyButton]:
            return [b for b in card.findChildren(KeyButton) if b.isVisible() and b.accessibleName() == name]

        qtbot.waitUntil(lambda: len(there()) == 1, timeout=10_000)
        there()[0].click()

    def now() -> HiddenAddress:
        return families.show_hidden_addresses(key).value[0]

    press_button("Change 14 Alder Court, Hertford")
    tab_to("Town")
    keyboard().clear()
    write("Ware")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: now().town == "Ware", timeout=10_000)
    assert (now().lines, now().note) == ("14 Alder Court", "Ring first.")
    press_button("No longer theirs: 14 Alder Court, Ware")
    qtbot.waitUntil(lambda: now().valid_to is not None, timeout=10_000)
    qtbot.waitUntil(page.contacts.hidden.lines.isHidden, timeout=10_000)
    undo(page)
    qtbot.waitUntil(lambda: now().valid_to is None, timeout=10_000)
    assert now().town == "Ware"


@on_a_local_file
def test_safeguarding_notes_are_shown_only_when_asked_for_and_added_to(page: PersonPage, qtbot: QtBot) -> None:
    """Each look is noted."""
    card = page.overview.safeguarding
    card.add_button.click()
    write("Moved at night.")
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: read.safeguarding_notes == 1)
    assert not any("Moved at night." in text for text in label_texts(page))
    card.show_button.click()
    qtbot.waitUntil(lambda: "Moved at night." in label_texts(page), timeout=10_000)
    page.tab_row.go(FAMILY)
    page.tab_row.go(OVERVIEW)
    assert "Moved at night." not in label_texts(page)


# -- family ------------------------------------------------------------------------------------------------------------


def test_a_tie_is_added_by_keyboard_and_enter_opens_the_other_person(page: PersonPage, qtbot: QtBot) -> None:
    """The one box, what she is, the three things to know; undo takes it out."""
    child = page.desk.services.people.add(a_child()).value.key
    page.tab_row.go(FAMILY)
    page.family.add_button.click()
    write("tamsin")
    box = page.family.form.box
    qtbot.waitUntil(lambda: box.finder.is_open() and bool(box.finder.list.found()), timeout=10_000)
    press(Key.Key_Return)
    write("mother")
    press(Key.Key_Return)
    tab_to("Live together")
    write("yes")
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: len(read.ties) == 1)
    [tie] = record(page).ties
    assert (tie.other, tie.outgoing, tie.relationship.kind) == (child, True, "mother")
    assert (tie.relationship.lives_with, tie.relationship.may_know) == (Known.YES, Known.NOT_KNOWN)
    [row] = page.family.rows.rows.rows
    assert (row.words, row.beside) == ("Tamsin Thistledown, 8", "Rowan is the mother")
    page.family.focus_first()
    with qtbot.waitSignal(page.person_wanted) as wanted:
        press(Key.Key_Return)
    assert wanted.args == [child]
    undo(page)
    until(page, qtbot, lambda read: not read.ties)


@pytest.fixture
def tied(page: PersonPage, qtbot: QtBot) -> UUID:
    """Rowan is Tamsin's mother, and her record is on the family tab; Tamsin's key."""
    services = page.desk.services
    child = services.people.add(a_child()).value.key
    done = services.families.relate(a_relationship(record(page).person.key, child, may_know=Known.NO))
    page.desk.touch(done.touched)
    until(page, qtbot, lambda read: len(read.ties) == 1)
    page.tab_row.go(FAMILY)
    page.family.focus_first()
    return child


@on_a_local_file
def test_a_tie_is_ended_and_removed_each_with_undo(page: PersonPage, tied: UUID, qtbot: QtBot) -> None:
    """Nobody is asked whether they are sure."""
    page.family.end_button.click()
    until(page, qtbot, lambda read: read.ties[0].relationship.valid_to == date(2026, 11, 20))
    undo(page)
    until(page, qtbot, lambda read: read.ties[0].relationship.valid_to is None)
    page.family.remove_button.click()
    until(page, qtbot, lambda read: not read.ties)
    undo(page)
    until(page, qtbot, lambda read: len(read.ties) == 1)


@on_a_local_file
def test_who_must_not_be_told_is_said_in_words_and_a_tie_is_changed(page: PersonPage, tied: UUID, qtbot: QtBot) -> None:
    """In the row, in the banner; changed it is gone from both."""
    [row] = page.family.rows.rows.rows
    assert row.chip == ("Not to be told", "danger")
    assert page.banner.lines() == ("Do not tell Rowan Thistledown anything about Tamsin Thistledown.",)
    page.family.change_button.click()
    tab_to("May be told")
    write("yes")
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: read.ties[0].relationship.may_know is Known.YES)
    assert page.banner.lines() == ()
    assert record(page).ties[0].relationship.lives_with is Known.YES


def test_a_new_child_is_put_on_record_with_the_tie_in_one_save(page: PersonPage, qtbot: QtBot) -> None:
    """Family name and area come along; nothing is asked twice."""
    page.tab_row.go(FAMILY)
    page.family.new_button.click()
    qtbot.waitUntil(page.family.new.isVisible, timeout=10_000)
    write("mother")
    press(Key.Key_Return)
    tab_to("Given names")
    write("Cai")
    tab_to("Born")
    write("11 feb 2021")
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: len(read.ties) == 1)
    [tie] = record(page).ties
    child = page.desk.services.people.get(tie.other)
    assert (child.name, child.kind, child.area) == ("Cai Thistledown", PersonKind.CHILD, "north")
    assert (tie.outgoing, tie.relationship.kind) == (True, "mother")


@on_a_local_file
def test_from_one_relative_to_the_next_escape_leads_back_through_all(
    page: PersonPage, tied: UUID, qtbot: QtBot
) -> None:
    """And then to the page one came from."""
    mother = record(page).person.key
    page.open_person(tied)
    shown(page, qtbot, tied)
    page.focus_first()
    press(Key.Key_Escape)
    shown(page, qtbot, mother)
    with qtbot.waitSignal(page.back_wanted):
        press(Key.Key_Escape)


# -- alerts, consent, school, calls ------------------------------------------------------------------------------------


@on_a_local_file
def test_an_alert_is_added_until_a_day_stands_in_the_banner_and_is_ended(page: PersonPage, qtbot: QtBot) -> None:
    """Ended it is read quietly; undo has it again."""
    card = page.overview.alerts
    card.add_button.click()
    press(Key.Key_Return)
    write("No voicemail.")
    tab_to("Until")
    write("3 dec")
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: len(read.alerts) == 1)
    assert record(page).alerts[0].valid_to == date(2026, 12, 3)
    assert page.banner.lines() == ("Safe contact: No voicemail.",)
    assert "since Fri 20 Nov 2026" not in page.banner.lines()
    card._end(record(page).alerts[0])
    until(page, qtbot, lambda read: not read.alerts_on(date(2026, 11, 20)))
    assert page.banner.lines() == ()
    assert any(text.startswith("Ended: No voicemail.") for text in label_texts(page))
    undo(page)
    until(page, qtbot, lambda read: len(read.alerts_on(date(2026, 11, 20))) == 1)


@on_a_local_file
def test_the_newest_answer_counts_the_older_stays_readable_and_old_consent_is_renewed(
    page: PersonPage, qtbot: QtBot
) -> None:
    """Renew in the banner opens the answer; undo takes it back."""
    given = Consent(key=uuid4(), person=record(page).person.key, subject=ConsentSubject.RECORD,
                    answer=ConsentAnswer.GIVEN, given_on=date(2026, 3, 1), how="by phone", noted_by="hana")  # fmt: skip
    page.desk.touch(page.desk.services.families.consent(given).touched)
    until(page, qtbot, lambda read: len(read.consents) == 1)
    page.banner.consent_chip.button.click()
    assert page.tab_row.current == CONSENT
    assert keyboard().accessibleName() == "How"
    write("in writing")
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: len(read.consents) == 2)
    newest = record(page).consent(ConsentSubject.RECORD)
    assert newest is not None
    assert (newest.given_on, newest.how) == (date(2026, 11, 20), "in writing")
    before = "Before: Given, Sun 1 Mar 2026, 8 months ago, by phone"
    qtbot.waitUntil(lambda: any(before in text for text in label_texts(page)), timeout=10_000)
    undo(page)
    until(page, qtbot, lambda read: len(read.consents) == 1)


@on_a_local_file
def test_a_school_is_added_from_the_list_and_ended(page: PersonPage, qtbot: QtBot) -> None:
    """Ended, not deleted."""
    school = page.desk.services.organisations.add(an_organisation()).value
    card = page.overview.schools
    card.add_button.click()
    write("mallow")
    qtbot.waitUntil(card.box.list_is_open, timeout=10_000)
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    until(page, qtbot, lambda read: len(read.attendances) == 1)
    assert record(page).attendances[0].organisation.key == school.key
    card._end(record(page).attendances[0].affiliation)
    until(page, qtbot, lambda read: read.attendances[0].affiliation.valid_to == date(2026, 11, 20))


@on_a_local_file
def test_the_calls_are_listed_and_lead_to_the_call_and_to_all_of_them(page: PersonPage, qtbot: QtBot) -> None:
    """By the person, newest first."""
    key = record(page).person.key
    done = page.desk.services.calls.log(a_call(caller=key, minutes=9))
    page.desk.touch(done.touched)
    qtbot.waitUntil(lambda: len(page.calls.rows.rows.rows) == 1, timeout=10_000)
    page.tab_row.go(CALLS)
    [row] = page.calls.rows.rows.rows
    assert (row.words, row.right) == ("Today 10:31", "9 min")
    assert row.under == "Annual review; Hana Helpline"
    page.calls.focus_first()
    with qtbot.waitSignal(page.call_wanted) as wanted:
        press(Key.Key_Return)
    assert wanted.args == [done.value]
    with qtbot.waitSignal(page.calls_wanted) as listed:
        page.calls.all_button.click()
    assert (listed.args[0].person, listed.args[0].person_name) == (key, "Rowan Thistledown")
    with qtbot.waitSignal(page.call_about_wanted) as about:
        page.call_button.click()
    assert about.args == [key]


@on_a_local_file
def test_a_next_step_is_noted_for_the_person(page: PersonPage, qtbot: QtBot) -> None:
    """Ctrl+D, a day, save."""
    page.on_next_step()
    write("+1w")
    press(Key.Key_Return, CTRL)
    steps = page.desk.services.steps
    qtbot.waitUntil(lambda: len(steps.of_person(record(page).person.key)) == 1, timeout=10_000)
    [step] = steps.of_person(record(page).person.key)
    assert (step.due_on, step.owner, step.phone) == (date(2026, 11, 27), "hana", "07700 900123")
    qtbot.waitUntil(lambda: "In 7 days" in label_texts(page), timeout=10_000)


@on_a_local_file
def test_what_was_typed_for_one_person_never_goes_to_another(page: PersonPage, tied: UUID, qtbot: QtBot) -> None:
    """One is asked before one leaves; left, the fields are empty for the next one."""
    page.tab_row.go(OVERVIEW)
    page.overview.alerts.add_button.click()
    page.overview.alerts.form.form.focus_field("words")
    write("No voicemail.")
    assert page.has_unsaved
    page.open_person(tied)
    assert page.unsaved.text == "What you typed on this page is not saved yet."
    press(Key.Key_Return)
    assert page.overview.alerts.form.isVisible()
    page.open_person(tied)
    page.unsaved.buttons()[1].click()
    shown(page, qtbot, tied)
    assert not page.overview.alerts.form.isVisible()
    page.overview.alerts.add_button.click()
    assert page.overview.alerts.form.form.editor("words").value() == ""


@on_a_local_file
def test_fields_that_were_closed_keep_their_text_for_the_same_person_only(
    page: PersonPage, tied: UUID, qtbot: QtBot
) -> None:
    """Escape closes them; they open as they were, but empty for somebody else."""
    page.tab_row.go(OVERVIEW)
    card = page.overview.alerts
    card.add_button.click()
    card.form.form.focus_field("words")
    write("No voicemail.")
    press(Key.Key_Escape)
    assert not card.form.isVisible()
    card.add_button.click()
    assert card.form.form.editor("words").value() == "No voicemail."
    press(Key.Key_Escape)
    page.open_person(tied)
    shown(page, qtbot, tied)
    card.add_button.click()
    assert card.form.form.editor("words").value() == ""


# -- for everybody -----------------------------------------------------------------------------------------------------


@on_a_local_file
def test_what_looks_like_markup_is_shown_letter_by_letter(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """In every tab and field."""
    person = a_person(given_names=HOSTILE, known_as=HOSTILE, note=HOSTILE, contacts=(a_phone(note=HOSTILE),))
    key = window_desk.services.people.add(person).value.key
    child = window_desk.services.people.add(a_child(given_names=HOSTILE)).value.key
    window_desk.services.families.relate(a_relationship(key, child, note=HOSTILE))
    page = opened(window_desk, show, qtbot, key)
    qtbot.waitUntil(lambda: HOSTILE in label_texts(page))
    texts = label_texts(page)
    assert any(text.startswith("\u2068<b>bold</b> &Save next \u202eevil Thistledown") for text in texts)
    page.tab_row.go(CONTACTS)
    assert f"\u2068{HOSTILE}\u2069" in label_texts(page)
    [row] = page.family.rows.rows.rows
    assert HOSTILE in row.words
    assert HOSTILE in row.under
    page.on_edit()
    assert page.editing.form.editor("note").value() == HOSTILE
    label_texts(page)


@on_a_local_file
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_and_room_in_every_tab(
    window_desk: Desk, show: Show, qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    """Also at 200 % in what a window of 1024 by 600 leaves a page; nothing scrolls sideways."""
    services = window_desk.services
    key = services.people.add(
        a_person(given_names="Gwenhwyfar Llewelyn", family_name="Thistledownmeadowlark")
    ).value.key
    child = services.people.add(a_child()).value.key
    services.families.relate(a_relationship(key, child))
    services.calls.log(a_call(caller=key))
    look.switch(qapp, scale=scale)
    page = opened(window_desk, show, qtbot, key)
    page.resize(920, 480)
    for name, tab in page.tabs.items():
        page.tab_row.go(name)
        tab.focus_first()
        settle()
        assert nameless(page) == []
        assert too_small(page) == []
        assert cut(page) == []
        assert sideways(page) == []
        assert page.width() == 920
    page.on_edit()
    settle()
    assert nameless(page) == []
    assert too_small(page) == []
    assert cut(page) == []
    assert sideways(page) == []
