"""What must be known of a person before anybody speaks: warnings, consent, and who it may be already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import AlertKind, ConsentAnswer, ConsentSubject, ContactKind, Known, Safety
from ppsdesk.domain.families import Alert, Consent, HiddenAddress, PersonRecord, Relationship, Tie
from ppsdesk.domain.finding import Alike
from ppsdesk.domain.people import Address, ContactPoint, Person
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from tests.builders import TODAY, a_child, a_person, a_phone, a_relationship
from tests.ui.on_desk import keyboard, label_texts, press
from ui.kit.desk import Desk
from ui.kit.text_editors import TextEditor
from ui.kit.theme import switch
from ui.kit.words import WrappedLabel
from ui.who.alike_panel import AlikePanel
from ui.who.banner import PersonBanner
from ui.who.cautions import HIDDEN
from ui.who.consent_chip import ConsentChip, age_words, renew_due

Show = Callable[..., QWidget]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
NOW = datetime(2026, 11, 20, tzinfo=UTC)
JANE = Person(id=1, key=UUID(int=1), version=1, recorded_at=NOW, given_names="Jane", family_name="Hazelby")


def words_colour(banner: PersonBanner) -> str:
    """Of the first line it shows."""
    return banner._lines.findChildren(WrappedLabel)[-1].palette().windowText().color().name()


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say, in order."""
    said: list[str] = []
    real = QAccessible.updateAccessibility

    def listening(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())
        real(event)  # type: ignore[arg-type]

    monkeypatch.setattr(QAccessible, "updateAccessibility", listening)
    return said


def an_alert(kind: AlertKind, words: str, valid_to: date | None = None) -> Alert:
    """An alert of Jane's."""
    return Alert(key=uuid4(), person=JANE.key, kind=kind, words=words, valid_to=valid_to)


def a_consent(given_on: date, answer: ConsentAnswer = ConsentAnswer.GIVEN) -> Consent:
    """Jane's answer, by phone."""
    return Consent(
        key=uuid4(), person=JANE.key, subject=ConsentSubject.RECORD, answer=answer, given_on=given_on, how="by phone"
    )


def a_tie(name: str, *, outgoing: bool, may_know: Known = Known.NO, valid_to: date | None = None) -> Tie:
    """A tie of Jane's to somebody."""
    other = uuid4()
    first, second = (JANE.key, other) if outgoing else (other, JANE.key)
    relationship = Relationship(
        key=uuid4(), person=first, other=second, kind=TermCode("father"), may_know=may_know, valid_to=valid_to
    )
    return Tie(
        relationship=relationship,
        other=other,
        other_name=name,
        other_kind="adult",
        other_born_on=None,
        outgoing=outgoing,
    )


def in_window(show: Show, *parts: QWidget) -> QWidget:
    """The parts below each other, a field with the keyboard after them."""
    page, after = QWidget(), TextEditor()
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    column.addWidget(after)
    column.addStretch(1)
    show(page)
    after.keys.setFocus()
    return page


# -- the banner --------------------------------------------------------------------------------------------------------


def test_the_banner_of_a_record_warns_of_everything_and_never_shows_the_hidden_address(
    show: Show, window_desk: Desk
) -> None:
    """Alerts by urgency, who may not be told, what not to use, interpreter and language by name."""
    services = window_desk.services
    language = services.vocabularies.all().of(Vocabulary.LANGUAGE)[3]
    unsafe = a_phone("07700 900123", safety=Safety.NOT_SAFE, note="he answers it")
    mother = a_person(given_names="Jane", contacts=(unsafe,), language=language.code, interpreter=True)
    child, father = a_child(given_names="Tom"), a_person(given_names="Alan", contacts=())
    for person in (mother, child, father):
        services.people.add(person)
    services.families.relate(a_relationship(mother.key, child.key))
    services.families.relate(a_relationship(father.key, mother.key, kind=TermCode("other-family"), may_know=Known.NO))
    services.families.alert(Alert(key=uuid4(), person=mother.key, kind=AlertKind.HANDLING, words="Speak slowly"))
    services.families.alert(
        Alert(key=uuid4(), person=mother.key, kind=AlertKind.SAFE_CONTACT, words="Ring after six <only>")
    )
    services.families.hide_address(
        HiddenAddress(key=uuid4(), person=mother.key, lines="7 Bramble Row", town="Hazelby", postcode="AL10 7AB")
    )
    banner = PersonBanner()
    page = in_window(show, banner)
    banner.know(services.vocabularies.all())
    banner.show_record(services.people.record(mother.key), TODAY)
    assert banner.lines() == (
        "Safe contact: Ring after six <only>",
        "Do not tell Alan Thistledown anything about Jane Thistledown.",
        HIDDEN,
        "Do not use 07700 900123 (he answers it)",
        "How to help: Speak slowly",
        f"Interpreter needed: {language.shown}",
    )
    texts = label_texts(page)
    assert set(banner.lines()) <= set(texts)
    assert not any("Bramble" in text or "AL10" in text for text in texts)
    assert banner.hidden_button.isVisible()
    assert banner.consent_chip.words() == "Consent to record: not asked"


def test_without_anything_to_mind_only_the_consent_is_there(show: Show) -> None:
    """And of nobody there is nothing, in no room."""
    banner = PersonBanner()
    in_window(show, banner)
    assert banner.isHidden()
    banner.show_record(PersonRecord(person=JANE, consents=(a_consent(TODAY),)), TODAY)
    assert banner.isVisible()
    assert banner.lines() == ()
    assert banner.height() < 60
    assert label_texts(banner) != []
    assert [text for text in label_texts(banner) if text] == ["Consent to record: today"]
    banner.show_record(None, TODAY)
    assert banner.isHidden()


def test_alerts_that_ended_and_ties_that_ended_warn_of_nothing(show: Show) -> None:
    """The day counts."""
    banner = PersonBanner()
    in_window(show, banner)
    yesterday = date(2026, 11, 19)
    record = PersonRecord(
        person=JANE,
        alerts=(an_alert(AlertKind.TAKE_CARE, "Dog", yesterday), an_alert(AlertKind.TAKE_CARE, "Stairs", TODAY)),
        ties=(
            a_tie("Alan Hazelby", outgoing=False, valid_to=yesterday),
            a_tie("Ivy Hazelby", outgoing=True, may_know=Known.NOT_KNOWN),
            a_tie("Tom Hazelby", outgoing=True),
        ),
    )
    banner.show_record(record, TODAY)
    assert banner.lines() == ("Take care: Stairs", "Do not tell Jane Hazelby anything about Tom Hazelby.")


def test_phones_and_addresses_are_warned_of_while_they_are_theirs(show: Show) -> None:
    """Do not use, with care; not asked and safe are no warnings."""
    points = (
        a_phone("07700900123", safety=Safety.NOT_SAFE),
        a_phone("01632 960999", safety=Safety.CAREFUL, note="text only"),
        a_phone("07700 900777", safety=Safety.NOT_SAFE, valid_to=date(2025, 1, 1)),
        a_phone("07700 900888", safety=Safety.SAFE),
        ContactPoint(key=uuid4(), kind=ContactKind.EMAIL, value="family@example.org", safety=Safety.NOT_SAFE),
    )
    addresses = (
        Address(key=uuid4(), lines="7 Bramble Row", town="Hazelby", safety=Safety.NOT_SAFE),
        Address(key=uuid4(), safety=Safety.CAREFUL, note="plain envelope"),
    )
    banner = PersonBanner()
    in_window(show, banner)
    banner.show_record(PersonRecord(person=replace(JANE, contacts=points, addresses=addresses)), TODAY)
    assert banner.lines() == (
        "Do not use 07700 900123",
        "Do not use family@example.org",
        "Use with care: 01632 960999 (text only)",
        "Do not write to the address in Hazelby",
        "Write with care to the address (plain envelope)",
    )


def test_words_have_the_colour_of_their_own_bar_whoever_was_shown_before(show: Show) -> None:
    """Information is not written in the colour of a warning."""
    banner = PersonBanner()
    show(banner)
    welsh = PersonRecord(person=replace(JANE, language=TermCode("welsh")))
    banner.show_record(PersonRecord(person=JANE, alerts=(an_alert(AlertKind.TAKE_CARE, "Shouts"),)), TODAY)
    warned = words_colour(banner)
    banner.show_record(welsh, TODAY)
    assert words_colour(banner) != warned
    other = PersonBanner()
    show(other)
    other.show_record(welsh, TODAY)
    assert words_colour(other) == words_colour(banner)


def test_language_and_formats_are_named_as_soon_as_the_lists_are_there(show: Show) -> None:
    """Until then by their codes' words."""
    person = replace(JANE, language=TermCode("british-sign-language"), formats=(TermCode("large-print"),))
    banner = PersonBanner()
    in_window(show, banner)
    banner.show_record(PersonRecord(person=person), TODAY)
    assert banner.lines() == ("Language: British sign language · Formats: Large print",)
    bsl = Term(vocabulary=Vocabulary.LANGUAGE, code=TermCode("british-sign-language"), label="BSL")
    banner.know(Vocabularies((bsl,)))
    assert banner.lines() == ("Language: BSL · Formats: Large print",)


def test_warnings_are_spoken_once_and_the_keyboard_stays(show: Show, spoken: list[str]) -> None:
    """Again when they change, or are somebody else's."""
    banner = PersonBanner()
    page = in_window(show, banner)
    there = keyboard()
    record = PersonRecord(person=JANE, alerts=(an_alert(AlertKind.SAFE_CONTACT, "Leave no messages."),))
    for _ in range(3):
        banner.show_record(record, TODAY)
    assert spoken == ["Jane Hazelby. Safe contact: Leave no messages."]
    banner.show_record(replace(record, hidden_addresses=1), TODAY)
    banner.show_record(replace(record, person=replace(JANE, key=uuid4(), given_names="Ivy")), TODAY)
    assert len(spoken) == 3
    assert page.isAncestorOf(there)
    assert keyboard() is there


def test_both_buttons_of_the_banner_tell_what_is_wanted(show: Show, qtbot: QtBot) -> None:
    """By keyboard: Tab reaches them, Enter presses."""
    banner = PersonBanner()
    in_window(show, banner)
    banner.show_record(PersonRecord(person=JANE, hidden_addresses=2), TODAY)
    assert banner.hidden_button.text() == "Show the hidden addresses"
    banner.consent_chip.button.setFocus()
    with qtbot.waitSignal(banner.renew_wanted):
        press(Key.Key_Return)
    press(Key.Key_Tab)
    assert keyboard() is banner.hidden_button
    with qtbot.waitSignal(banner.show_hidden_wanted):
        press(Key.Key_Return)


def test_a_banner_of_long_words_wraps_and_asks_for_no_more_height_than_that(show: Show, qapp: QApplication) -> None:
    """At 200 % in 1024 by 600 nothing is cut; the window does not grow by a word a line."""
    switch(qapp, scale=2.0)
    banner = PersonBanner()
    page = in_window(show, banner)
    page.resize(1024, 600)
    words = "Ring after six only, and when a man answers say that you have the wrong number & ring off. " * 2
    banner.show_record(PersonRecord(person=JANE, alerts=(an_alert(AlertKind.SAFE_CONTACT, words.strip()),)), TODAY)
    QApplication.sendPostedEvents()
    page.grab()
    (line,) = [label for label in banner.findChildren(QWidget) if words.strip() in label.accessibleName()]
    assert line.height() >= line.heightForWidth(line.width())
    assert banner.rect().contains(line.mapTo(banner, line.rect().bottomRight()))
    assert (page.width(), page.height()) == (1024, 600)


# -- consent -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "words", "kind", "button"),
    [
        (None, "not asked", "warning", "Ask"),
        (a_consent(TODAY, ConsentAnswer.NOT_ASKED), "not asked", "warning", "Ask"),
        (a_consent(TODAY), "today", "success", ""),
        (a_consent(date(2026, 11, 1)), "under a month", "success", ""),
        (a_consent(date(2026, 5, 20)), "6 months", "success", ""),
        (a_consent(date(2026, 5, 19)), "6 months", "warning", "Renew"),
        (a_consent(date(2026, 4, 20)), "7 months", "warning", "Renew"),
        (a_consent(date(2024, 8, 3)), "2 years 3 months", "warning", "Renew"),
        (a_consent(date(2025, 1, 1), ConsentAnswer.REFUSED), "refused", "danger", ""),
        (a_consent(date(2025, 1, 1), ConsentAnswer.WITHDRAWN), "withdrawn", "danger", ""),
    ],
)
def test_the_consent_chip_says_how_old_it_is_and_when_to_ask_again(
    show: Show, consent: Consent | None, words: str, kind: str, button: str
) -> None:
    """Words and a sign; the button only where it is time."""
    chip = ConsentChip()
    in_window(show, chip)
    chip.show_consent(consent, TODAY)
    assert chip.words() == f"Consent to record: {words}"
    assert chip.chip.property("chip") == kind
    assert (chip.button.text() if chip.button.isVisible() else "") == button
    assert chip.button.accessibleName().endswith("consent to record")


def test_the_age_of_a_consent_counts_whole_months() -> None:
    """To the day; a day that has not come is today."""
    assert age_words(date(2026, 10, 21), TODAY) == "under a month"
    assert age_words(date(2026, 10, 20), TODAY) == "1 month"
    assert age_words(date(2025, 11, 20), TODAY) == "1 year"
    assert age_words(date(2027, 1, 1), TODAY) == "today"
    assert not renew_due(a_consent(date(2026, 5, 20)), TODAY)
    assert renew_due(a_consent(date(2026, 5, 20)), date(2026, 11, 21))


# -- perhaps the same --------------------------------------------------------------------------------------------------


def an_alike(name: str, **said: object) -> Alike:
    """Somebody on record with the same phone."""
    made = Alike(person=uuid4(), name=name, about="mother of Tom (8)", shared=("same phone 07700 900123",), score=1.0)
    return replace(made, **said)  # type: ignore[arg-type]


def test_the_person_on_record_is_offered_with_what_is_shared_and_used_by_key(
    show: Show, window_desk: Desk, qtbot: QtBot
) -> None:
    """Alt+1 from the field one types in."""
    there = a_person(given_names="Jane")
    window_desk.services.people.add(there)
    panel = AlikePanel()
    page = in_window(show, panel)
    panel.keys_in(page)
    found = window_desk.services.people.alike(replace(a_person(given_names="Jane"), key=uuid4()))
    panel.show_alike(found)
    assert [each.person for each in panel.alike()] == [there.key]
    assert any("07700 900123" in text for text in label_texts(panel))
    with qtbot.waitSignal(panel.use_wanted) as used:
        press(Key.Key_1, ALT)
    assert used.args == [there.key]


def test_no_more_than_three_are_offered_and_nobody_takes_no_room(show: Show, qtbot: QtBot) -> None:
    """Alt+3 is the last; Alt+2 means nothing when there is one."""
    panel = AlikePanel()
    page = in_window(show, panel)
    panel.keys_in(page)
    used: list[UUID] = []
    panel.use_wanted.connect(used.append)
    assert panel.isHidden()
    people = [an_alike(f"{letter} Hazelby") for letter in "ABCD"]
    panel.show_alike(people)
    for key in (Key.Key_1, Key.Key_2, Key.Key_3):
        press(key, ALT)
    assert used == [each.person for each in people[:3]]
    panel.show_alike(people[:1])
    press(Key.Key_2, ALT)
    panel.show_alike(())
    press(Key.Key_1, ALT)
    assert len(used) == 3
    assert panel.isHidden()


def test_a_different_person_goes_from_the_panel_and_the_next_moves_up(show: Show, qtbot: QtBot) -> None:
    """Told to whoever remembers it; the keyboard stays among the buttons it was on."""
    panel = AlikePanel()
    in_window(show, panel)
    first, second = an_alike("Mrs <O'Brien>"), an_alike("Smith & Jones", about="")
    panel.show_alike((first, second))
    buttons = [button for button in panel.findChildren(QWidget) if button.accessibleName().startswith("Different")]
    assert [button.accessibleName() for button in buttons] == [
        "Different person: Mrs <O'Brien>, mother of Tom (8)",
        "Different person: Smith & Jones",
    ]
    buttons[0].setFocus()
    with qtbot.waitSignal(panel.different_wanted) as told:
        press(Key.Key_Return)
    assert told.args == [first.person]
    assert panel.alike() == (second,)
    assert keyboard().accessibleName() == "Different person: Smith & Jones"
    assert "Smith & Jones" in label_texts(panel)


def test_the_same_people_are_announced_once_and_the_keyboard_stays(show: Show, spoken: list[str]) -> None:
    """While every letter asks again."""
    panel = AlikePanel()
    in_window(show, panel)
    there, alike = keyboard(), an_alike("Jane Hazelby")
    for _ in range(3):
        panel.show_alike((alike,))
    panel.show_alike(
        (
            replace(
                alike,
                shared=("same phone 07700 900123", "same postcode"),
            ),
        )
    )
    assert spoken == [
        "Perhaps the same: Jane Hazelby, mother of Tom (8), same phone 07700 900123, Alt+1 uses this one."
    ]
    assert keyboard() is there
