"""Schools and organisations in one field: found by any word, kept to check, closed ones named as such."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.builders import TODAY, an_organisation
from tests.ui.on_desk import keyboard, on_a_local_file, press, write
from ui.kit.desk import Desk
from ui.kit.editor import Editor
from ui.kit.suggestions import Suggestions
from ui.kit.text_editors import TextEditor
from ui.kit.tokens import Tokens
from ui.kit.tokens_editor import TermTokens
from ui.who.organisation_tokens import OrganisationTokens

Show = Callable[..., QWidget]
Key = Qt.Key


def in_window(show: Show, editor: Editor) -> TextEditor:
    """The editor with the keyboard in it; the field after it."""
    page, after = QWidget(), TextEditor()
    column = QVBoxLayout(page)
    column.addWidget(editor)
    column.addWidget(after)
    column.addStretch(1)
    show(page)
    editor.keys.setFocus()
    assert keyboard() is editor.keys
    return after


def chips(editor: Tokens) -> list[str]:
    """The words in the field."""
    return [chip.text() for chip in editor.frame.chips()]


def rows(editor: Tokens) -> list[str]:
    """The words of the list over the form, none when it is closed."""
    shown = [each for each in editor.window().findChildren(Suggestions) if each.isVisible()]
    model = shown[0].view.model() if shown else None
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())] if model else []


def listed(qtbot: QtBot, editor: Tokens, first: str) -> list[str]:
    """The rows, once the first of them is this."""
    qtbot.waitUntil(lambda: rows(editor)[:1] == [first], timeout=10_000)
    return rows(editor)


def test_a_school_is_found_by_town_and_word_and_taken_with_enter(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Enter again goes on."""
    school = an_organisation(name="St Mallow's <Primary> & Nursery", town="Hazelby")
    window_desk.services.organisations.add(school)
    field = OrganisationTokens(window_desk)
    after = in_window(show, field)
    write("hazelby nurs")
    assert listed(qtbot, field, school.name) == [school.name, "Not in the list: keep “hazelby nurs” to check"]
    press(Key.Key_Return)
    assert field.value() == (school.key,)
    assert chips(field) == ["St Mallow's <Primary> & Nursery"]
    assert field.new_organisations() == ()
    press(Key.Key_Return)
    assert keyboard() is after.keys


def test_a_school_closed_on_the_day_of_the_call_is_not_offered(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """For a call of last year it is; one that stands in the field already is named as closed."""
    school = an_organisation(name="Hazelby Infants", closed_on=date(2026, 7, 31))
    window_desk.services.organisations.add(school)
    field = OrganisationTokens(window_desk)
    in_window(show, field)
    field.on(TODAY)
    write("hazelby inf")
    assert listed(qtbot, field, "Not in the list: keep “hazelby inf” to check")
    press(Key.Key_Escape)
    field.line.clear()
    field.on(date(2025, 11, 20))
    write("hazelby inf")
    listed(qtbot, field, "Hazelby Infants")
    press(Key.Key_Return)
    assert chips(field) == ["Hazelby Infants"]
    field.on(TODAY)
    assert chips(field) == ["Hazelby Infants (closed 31 July 2026)"]
    assert field.value() == (school.key,)


def test_a_school_in_no_list_is_kept_to_check_and_saved_with_the_call(
    show: Show, window_desk: Desk, qtbot: QtBot
) -> None:
    """Nobody is held up; the draft keeps it too."""
    field, again = OrganisationTokens(window_desk), OrganisationTokens(window_desk)
    qtbot.addWidget(again)
    in_window(show, field)
    write("The  Mallow Barn School")
    listed(qtbot, field, "Not in the list: keep “The Mallow Barn School” to check")
    press(Key.Key_Return)
    (new,) = field.new_organisations()
    assert (new.name, new.to_check, field.value()) == ("The Mallow Barn School", True, (new.key,))
    assert chips(field) == ["The Mallow Barn School (to check)"]
    again.restore(field.content())
    assert again.new_organisations() == (new,)
    assert again.content() == field.content()
    window_desk.services.organisations.add(new)
    assert window_desk.services.organisations.get(new.key).to_check


def test_schools_of_a_call_on_record_are_named(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """By key alone: their names are looked up, and they are not new."""
    school = an_organisation()
    window_desk.services.organisations.add(school)
    field = OrganisationTokens(window_desk)
    in_window(show, field)
    field.set_value((school.key,))
    qtbot.waitUntil(lambda: chips(field) == [school.name], timeout=10_000)
    assert field.value() == (school.key,)
    assert field.new_organisations() == ()


@on_a_local_file
def test_the_childs_school_is_the_first_row_and_taken_by_nobody(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Down, Enter; said in the empty field."""
    services = window_desk.services
    mine = services.organisations.add(an_organisation(name="Zeal Hill School", urn="117001")).value
    other = services.organisations.add(an_organisation(key=uuid4(), name="Abbot's School", urn="117002")).value
    shut = services.organisations.add(
        an_organisation(key=uuid4(), name="Zeal Dale School", urn="117003", closed_on=date(2020, 8, 31))
    ).value
    field = OrganisationTokens(window_desk)
    in_window(show, field)
    field.on(TODAY)
    field.suggest((shut, mine))
    assert field.value() == ()
    assert field.line.placeholderText() == "Down for Zeal Hill School"
    press(Key.Key_Down)
    assert rows(field) == ["Zeal Hill School"]
    press(Key.Key_Escape)
    write("school")
    assert listed(qtbot, field, "Zeal Hill School")[:2] == ["Zeal Hill School", "Abbot's School"]
    press(Key.Key_Return)
    assert field.value() == (mine.key,)
    write("school")
    listed(qtbot, field, "Abbot's School")
    press(Key.Key_Return)
    assert field.value() == (mine.key, other.key)


@on_a_local_file
def test_enter_takes_nothing_that_was_not_seen(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Before the answer it waits; on the list of a shorter text it takes nothing."""
    services = window_desk.services
    first = services.organisations.add(an_organisation(name="Hazelby Abbey School", urn="117001")).value
    second = services.organisations.add(an_organisation(key=uuid4(), name="Hazelby Vale School", urn="117002")).value
    field = OrganisationTokens(window_desk)
    in_window(show, field)
    write("hazelby")
    press(Key.Key_Return)
    assert field.value() == ()
    assert keyboard() is field.line
    listed(qtbot, field, first.name)
    write(" v")
    press(Key.Key_Return)
    assert field.value() == ()
    listed(qtbot, field, second.name)
    press(Key.Key_Return)
    assert field.value() == (second.key,)


@on_a_local_file
def test_leaving_with_half_a_name_takes_nothing_and_says_so(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """As in every field of chips."""
    services = window_desk.services
    services.organisations.add(an_organisation())
    field = OrganisationTokens(window_desk)
    in_window(show, field)
    write("mallow")
    listed(qtbot, field, "St Mallow’s Primary School")
    press(Key.Key_Tab)
    assert field.value() == ()
    assert rows(field) == []
    assert field.trouble() == "“mallow” is not taken from the list. Choose an entry with Enter, or clear it."


@on_a_local_file
def test_one_that_is_chosen_is_not_offered_again_nor_kept_twice(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Neither the school nor its very name."""
    school = window_desk.services.organisations.add(an_organisation(name="Zeal Hill School")).value
    field = OrganisationTokens(window_desk)
    in_window(show, field)
    field.suggest((school,))
    field.set_value((school.key,))
    write("zeal hil")
    listed(qtbot, field, "Not in the list: keep “zeal hil” to check")
    write("l school")
    qtbot.waitUntil(lambda: rows(field) == [], timeout=10_000)
    assert field.value() == (school.key,)


# -- terms that are in no list -----------------------------------------------------------------------------------------

LEAFLETS = (
    Term(vocabulary=Vocabulary.INFORMATION, code=TermCode("refusal"), label="refusal factsheet", position=1),
    Term(vocabulary=Vocabulary.INFORMATION, code=TermCode("appeal"), label="appeal guide", position=2),
)
ENDED = Term(
    vocabulary=Vocabulary.INFORMATION,
    code=TermCode("moving-on"),
    label="moving-on",
    position=3,
    valid_to=date(2020, 1, 1),
)


@on_a_local_file
def test_information_in_no_list_is_kept_to_check(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """A code of its own, after the list's last; the draft keeps it; a term of the list is none."""
    field = TermTokens(Vocabulary.INFORMATION, with_main=False, keep_unknown=True)
    again = TermTokens(Vocabulary.INFORMATION, with_main=False, keep_unknown=True)
    qtbot.addWidget(again)
    for editor in (field, again):
        editor.offer(LEAFLETS, TODAY, every=(*LEAFLETS, ENDED))
    in_window(show, field)
    write("appeal")
    assert rows(field) == ["Appeal guide", "Not in the list: keep “appeal” to check"]
    press(Key.Key_Return)
    write("appeal guide")
    assert rows(field) == []
    field.line.clear()
    write("moving  on!")
    press(Key.Key_Return)
    (new,) = field.new_terms()
    assert (new.code, new.label, new.to_check, new.position) == ("moving-on-2", "moving on!", True, 4)
    assert field.value() == ("appeal", "moving-on-2")
    assert chips(field) == ["Appeal guide", "Moving on! (to check)"]
    again.restore(field.content())
    assert again.value() == field.value()
    assert [(term.code, term.label) for term in again.new_terms()] == [("moving-on-2", "moving on!")]
    press(Key.Key_Backspace)
    assert field.new_terms() == ()
    assert field.content() == {"codes": ["appeal"], "typed": ""}


@on_a_local_file
def test_a_kept_term_becomes_one_of_the_list_when_it_was_saved(show: Show, window_desk: Desk) -> None:
    """The lists are read again: it is not to be added twice."""
    field = TermTokens(Vocabulary.INFORMATION, with_main=False, keep_unknown=True)
    field.offer(LEAFLETS, TODAY)
    in_window(show, field)
    write("bistro leaflet")
    press(Key.Key_Return)
    field.offer((*LEAFLETS, *field.new_terms()), TODAY)
    assert field.new_terms() == ()
    assert chips(field) == ["Bistro leaflet"]


@on_a_local_file
def test_topics_keep_nothing_that_is_in_no_list(show: Show, window_desk: Desk) -> None:
    """Unless they are told to."""
    field = TermTokens(Vocabulary.INFORMATION, with_main=False)
    field.offer(LEAFLETS, TODAY)
    in_window(show, field)
    write("bistro leaflet")
    assert rows(field) == []
    assert field.new_terms() == ()
    assert field.value() == ()
