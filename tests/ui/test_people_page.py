"""People are found by whatever one knows of them; nobody is chosen by itself, and somebody new loses nothing typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.people import NewPerson
from tests.builders import a_call, a_child, a_person, a_phone, a_relationship
from tests.ui import windows
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, tab_to, write
from tests.ui.walkers import cut, nameless, sideways, too_small
from tests.ui.windows import Windows
from ui.kit import theme as look
from ui.kit.desk import Desk
from ui.kit.theme import Theme
from ui.people.people_page import PeoplePage

Show = Callable[..., QWidget]
Key = Qt.Key
HOSTILE = "<b>bold</b> &Save\nnext \u202eevil"


@pytest.fixture
def page(window_desk: Desk, show: Show) -> PeoplePage:
    """The page, with the keyboard in its box."""
    made = PeoplePage(window_desk)
    show(made, 1080, 720)
    made.focus_first()
    return made


def on_record(page: PeoplePage, *people: NewPerson) -> list[UUID]:
    """Put people on record."""
    return [page.desk.services.people.add(person).value.key for person in people]


def found(page: PeoplePage, qtbot: QtBot, count: int) -> None:
    """Wait until so many are listed."""
    qtbot.waitUntil(lambda: page._answers == page.box.value() and len(page.rows.rows.rows) == count, timeout=10_000)


def siblings() -> list[NewPerson]:
    """Two of one name."""
    return [
        a_person(contacts=(a_phone("07700 900123"),)),
        a_person(given_names="Hazel", contacts=(a_phone("07700 900456"),)),
    ]


# -- finding -----------------------------------------------------------------------------------------------------------


def test_several_are_listed_with_why_and_nobody_is_chosen_by_itself(page: PeoplePage, qtbot: QtBot) -> None:
    """Enter goes into the list; only the next Enter opens somebody."""
    keys = on_record(page, *siblings())
    opened: list[object] = []
    page.person_wanted.connect(opened.append)
    write("thistledown")
    found(page, qtbot, 2)
    assert page.line == "2 people found"
    assert all("name: Thistledown" in row.under for row in page.rows.rows.rows)
    assert page.rows.current_key() is None
    press(Key.Key_Return)
    assert opened == []
    assert keyboard() is page.rows
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert opened == [page.rows.rows.rows[1].key]
    assert opened[0] in keys


def test_the_only_one_found_opens_by_enter_even_before_the_answer_came(page: PeoplePage, qtbot: QtBot) -> None:
    """Last four digits, Enter: nobody waits to see the list."""
    key, _ = on_record(page, *siblings())
    with qtbot.waitSignal(page.person_wanted, timeout=10_000) as opened:
        write("0123")
        press(Key.Key_Return)
    assert opened.args == [key]


@on_a_local_file
def test_an_enter_for_an_older_text_opens_nobody(page: PeoplePage, qtbot: QtBot) -> None:
    """Typed on after Enter: the answer to the longer text is only shown."""
    on_record(page, *siblings())
    opened: list[object] = []
    page.person_wanted.connect(opened.append)
    write("012")
    press(Key.Key_Return)
    write("3")
    found(page, qtbot, 1)
    assert opened == []


@on_a_local_file
def test_up_in_the_first_row_goes_back_to_the_box(page: PeoplePage, qtbot: QtBot) -> None:
    """Without the mouse, there and back."""
    on_record(page, *siblings())
    write("thistledown")
    found(page, qtbot, 2)
    press(Key.Key_Down)
    assert keyboard() is page.rows
    press(Key.Key_Up)
    assert keyboard() is page.box.line
    assert page.box.line.selectedText() == "thistledown"


@on_a_local_file
def test_the_preview_shows_family_and_the_last_calls(page: PeoplePage, qtbot: QtBot) -> None:
    """Of whoever the keyboard is on."""
    services = page.desk.services
    mother, child = on_record(page, a_person(), a_child())
    services.families.relate(a_relationship(mother, child))
    services.calls.log(a_call(caller=mother, children=(child,)))
    write("rowan thistledown")
    qtbot.waitUntil(lambda: bool(page.rows.rows.rows), timeout=10_000)
    press(Key.Key_Down)
    page.rows.choose(mother)
    qtbot.waitUntil(
        lambda: page.preview.isVisible() and page.preview.name.text() == "Rowan Thistledown", timeout=10_000
    )
    assert "Tamsin Thistledown, 8: Rowan is the mother" in label_texts(page.preview)
    [row] = page.preview.calls.rows.rows
    with qtbot.waitSignal(page.call_wanted) as wanted:
        page.preview.calls.setFocus()
        press(Key.Key_Return)
    assert wanted.args == [row.key]


@on_a_local_file
def test_an_anonymous_caller_is_found_by_the_reference_and_leads_to_the_calls(page: PeoplePage, qtbot: QtBot) -> None:
    """They are nobody on record."""
    page.desk.services.calls.log(a_call(caller_name="", anonymous=True, reference="A-3K74-9QX2"))
    write("A-3K74-9QX2")
    found(page, qtbot, 1)
    with qtbot.waitSignal(page.calls_wanted) as wanted:
        press(Key.Key_Return)
    assert wanted.args[0].reference == "A-3K74-9QX2"


@on_a_local_file
def test_names_that_look_like_markup_are_shown_letter_by_letter(page: PeoplePage, qtbot: QtBot) -> None:
    """In the list, in the preview, and where nobody was found."""
    on_record(page, a_person(given_names=HOSTILE, family_name="Thistledown", note=HOSTILE))
    write("thistledown")
    found(page, qtbot, 1)
    [row] = page.rows.rows.rows
    assert row.words == f"\u2068{HOSTILE} Thistledown\u2069"
    qtbot.waitUntil(page.preview.isVisible, timeout=10_000)
    assert any("<b>bold</b> &Save next \u202eevil Thistledown" in text for text in label_texts(page))
    page.focus_first()
    write("<b>zz &q")
    found(page, qtbot, 0)
    assert "Nobody found for “<b>zz &q”." in label_texts(page)


@on_a_local_file
def test_an_empty_box_says_what_would_be_here(page: PeoplePage, qtbot: QtBot) -> None:
    """And nothing is asked for one letter."""
    assert page.nothing.isVisible()
    assert not page.nothing.new_button.isVisible()
    write("t")
    assert page.nothing.words.text() == "Type what you know: the people it fits appear here."


# -- somebody new ------------------------------------------------------------------------------------------------------


def start_new(page: PeoplePage, qtbot: QtBot, text: str) -> None:
    """Type, and go on to somebody new by Enter, Enter."""
    write(text)
    found(page, qtbot, 0)
    press(Key.Key_Return)
    assert keyboard() is page.nothing.new_button
    press(Key.Key_Return)
    qtbot.waitUntil(page.new.isVisible, timeout=10_000)


def test_nobody_found_takes_what_was_typed_into_the_fields_of_somebody_new(page: PeoplePage, qtbot: QtBot) -> None:
    """Digits to phone, the postcode to the address, the rest to the name; saved by keyboard; undo takes them out."""
    start_new(page, qtbot, "mab fernlea 07700900777 al107ab")
    form = page.new.form
    assert (form.editor("given_names").value(), form.editor("family_name").value()) == ("mab", "fernlea")
    with qtbot.waitSignal(page.person_wanted, timeout=10_000) as opened:
        press(Key.Key_Return, CTRL)
    person = page.desk.services.people.get(opened.args[0])
    assert (person.name, person.kind, person.phones[0].value) == ("mab fernlea", PersonKind.ADULT, "07700900777")
    assert person.addresses[0].postcode == "AL10 7AB"
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: page.desk.services.people.get(person.key).removed_at is not None, timeout=10_000)


def test_somebody_alike_is_shown_while_one_types_and_can_be_used(page: PeoplePage, qtbot: QtBot) -> None:
    """The same phone: Alt+1 takes the one on record."""
    [key] = on_record(page, a_person())
    write("R Thistledown (07700) 900123")
    page.new_button.click()
    qtbot.waitUntil(page.new.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: [one.person for one in page.new.alike.alike()] == [key], timeout=10_000)
    with qtbot.waitSignal(page.person_wanted) as opened:
        press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert opened.args == [key]
    assert not page.new.isVisible()


@on_a_local_file
def test_a_different_person_is_remembered_as_not_the_same(page: PeoplePage, qtbot: QtBot) -> None:
    """Nobody is asked about the two again."""
    people = page.desk.services.people
    [key] = on_record(page, a_person(born_on=date(1984, 5, 1)))
    page.new_button.click()
    qtbot.waitUntil(page.new.isVisible, timeout=10_000)
    page.new.form.restore({"given_names": "Rowan", "family_name": "Thistledown", "born_on": "1 May 1984"})
    page.new._look_for_alike()
    qtbot.waitUntil(lambda: bool(page.new.alike.alike()), timeout=10_000)
    page.new.alike.put_aside(key)
    page.new.form.focus_field("given_names")
    with qtbot.waitSignal(page.person_wanted, timeout=10_000):
        press(Key.Key_Return, CTRL)
    assert people.perhaps_same() == ()


@on_a_local_file
def test_a_birthday_to_come_is_refused_and_one_of_140_years_ago_asked_about_once(
    page: PeoplePage, qtbot: QtBot
) -> None:
    """Stop and Ask are two things; Ask is answered with one key."""
    start_new(page, qtbot, "mab fernlea")
    form = page.new.form
    form.focus_field("born_on")
    write("3/9/2027")
    press(Key.Key_Return, CTRL)
    assert form.problems()["born_on"].startswith("Date of birth must be in the past.")
    form.focus_field("born_on")
    press(Key.Key_A, CTRL)
    write("3/9/1886")
    press(Key.Key_Return, CTRL)
    assert page.new.question.text == "That would make this person 140. Is the year right?"
    assert keyboard() is page.new.question.buttons()[0]
    with qtbot.waitSignal(page.person_wanted, timeout=10_000) as opened:
        press(Key.Key_Return)
    assert page.desk.services.people.get(opened.args[0]).born_on == date(1886, 9, 3)


@on_a_local_file
def test_closing_the_fields_of_somebody_new_loses_nothing(page: PeoplePage, qtbot: QtBot) -> None:
    """Escape, and it is all there again."""
    start_new(page, qtbot, "mab fernlea")
    tab_to("Known as")
    write("Mabbie")
    press(Key.Key_Escape)
    assert page.box.line.hasFocus()
    page.new_button.click()
    qtbot.waitUntil(page.new.isVisible, timeout=10_000)
    assert page.new.form.editor("known_as").value() == "Mabbie"


@on_a_local_file
def test_a_phone_of_letters_and_a_name_too_long_are_one_sentence_each(page: PeoplePage, qtbot: QtBot) -> None:
    """At their fields; nothing was saved."""
    start_new(page, qtbot, "mab fernlea")
    contacts = page.new.form.editor("contacts")
    contacts.set_value((a_phone("ring me"),))
    press(Key.Key_Return, CTRL)
    assert page.new.form.problems() == {"contacts": "“ring me” is no phone number: it has no digits."}


@on_a_local_file
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_and_room(page: PeoplePage, qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    """Also at 200 % in what a window of 1024 by 600 leaves a page; nothing scrolls sideways."""
    on_record(page, *siblings())
    look.switch(qapp, scale=scale)
    page.resize(920, 480)
    write("thistledown")
    found(page, qtbot, 2)
    press(Key.Key_Down)
    settle()
    assert (nameless(page), too_small(page), cut(page), sideways(page)) == ([], [], [], [])
    page.new_button.click()
    qtbot.waitUntil(page.new.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: not page.new._soon.isActive(), timeout=10_000)
    settle()
    assert (nameless(page), too_small(page), cut(page), sideways(page)) == ([], [], [], [])
    assert page.width() == 920


# -- in the window -----------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    """Windows that are closed when the test ends."""
    made = Windows(qtbot, [])
    yield made
    made.close()


def test_a_family_is_found_by_four_digits_in_six_keys(opened: Windows, qtbot: QtBot, tmp_path: Path) -> None:
    """Ctrl+3, the digits, Enter."""
    window = opened.open(tmp_path / "desk")
    qtbot.waitUntil(lambda: window._services.is_open, timeout=20_000)
    people = window.desk.services.people
    key = people.add(a_person(contacts=(a_phone("07700 900123"),))).value.key
    people.add(replace(a_person(given_names="Hazel", contacts=(a_phone("07700 900456"),))))
    windows.press("Ctrl+3")
    windows.type_text("0123")
    windows.press("Return")
    qtbot.waitUntil(lambda: window.current_page().objectName() == "person", timeout=10_000)
    page = window.current_page()
    qtbot.waitUntil(lambda: page.shown is not None, timeout=10_000)
    assert page.shown.record.person.key == key
    assert window.windowTitle() == "Person – ppsdesk"
