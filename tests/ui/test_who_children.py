"""Children as numbered chips: the right one, and never another."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.families import Relationship, Tie
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import TODAY, a_child, a_person, a_relationship
from tests.ui.on_desk import keyboard, on_a_local_file, press, write
from ui.kit.desk import Desk
from ui.kit.text_editors import TextEditor
from ui.kit.theme import switch
from ui.who.child_chips import ChildChips, Children

Show = Callable[..., QWidget]
Key = Qt.Key
PARENT = uuid4()


def a_tie(name: str, born_on: date | None = None, *, valid_to: date | None = None) -> Tie:
    """A caller's child."""
    child = uuid4()
    relationship = Relationship(key=uuid4(), person=PARENT, other=child, kind=TermCode("mother"), valid_to=valid_to)
    return Tie(
        relationship=relationship,
        other=child,
        other_name=name,
        other_kind="child",
        other_born_on=born_on,
        outgoing=True,
    )


TOM, ELLA = a_tie("Tom Hazelby", date(2018, 3, 14)), a_tie("Ella Hazelby", date(2021, 6, 1))


def in_window(show: Show, chips: ChildChips) -> TextEditor:
    """The chips with the keyboard in them; the field after them."""
    page, after = QWidget(), TextEditor()
    column = QVBoxLayout(page)
    column.addWidget(chips)
    column.addWidget(after)
    column.addStretch(1)
    show(page)
    chips.keys.setFocus()
    assert keyboard() is chips.line
    return after


def words(chips: ChildChips) -> list[str]:
    """What the children's chips say."""
    return [chip.text() for chip in chips.field.chips()]


def listed(qtbot: QtBot, chips: ChildChips, text: str) -> list[str]:
    """Who is in the list, once it answers that text; the last row too."""
    qtbot.waitUntil(
        lambda: chips.finder.list is not None and chips.finder.is_open() and chips.finder.list.answers == text,
        timeout=10_000,
    )
    shown = chips.finder.list
    assert shown is not None
    return [*(found.name for found in shown.found()), shown.last()]


# -- on both databases -------------------------------------------------------------------------------------------------


def test_the_callers_children_are_chosen_by_digit_as_they_are_on_record(show: Show, window_desk: Desk) -> None:
    """Eldest first; the value is the record's keys, the words are for the call."""
    services = window_desk.services
    mother = a_person()
    elder, younger = a_child(given_names="Tom", born_on=date(2016, 9, 3)), a_child(given_names="Ella")
    for person in (mother, elder, younger):
        services.people.add(person)
    for child in (younger, elder):
        services.families.relate(a_relationship(mother.key, child.key))
    chips = ChildChips(window_desk)
    after = in_window(show, chips)
    chips.offer(services.people.record(mother.key).children(), TODAY)
    assert words(chips) == ["1 Tom Thistledown (10)", "2 Ella Thistledown (8)"]
    assert chips.value() == Children()
    write("2")
    press(Key.Key_Return)
    assert keyboard() is after.keys
    assert chips.value() == Children(keys=(younger.key,))
    assert chips.words() == "Ella Thistledown"


def test_letters_find_any_child_on_record_and_no_grown_up(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """A grandmother rings about a child of another family; the last row makes a new one."""
    services = window_desk.services
    child, grown = a_child(given_names="Tamsin"), a_person(given_names="Tamsin")
    services.people.add(child)
    services.people.add(grown)
    chips = ChildChips(window_desk)
    in_window(show, chips)
    write("tamsin")
    assert listed(qtbot, chips, "tamsin") == ["Tamsin Thistledown", "New child “tamsin”"]
    press(Key.Key_Return)
    assert chips.value() == Children(keys=(child.key,))
    assert keyboard() is chips.line
    write("Mair Hazelby")
    assert listed(qtbot, chips, "Mair Hazelby") == ["New child “Mair Hazelby”"]
    press(Key.Key_Return)
    value = chips.value()
    assert value.keys == (child.key,)
    assert [(new.given_names, new.family_name, new.kind) for new in value.new] == [("Mair", "Hazelby", "child")]
    assert value.all_keys == (child.key, value.new[0].key)
    assert chips.words() == "Tamsin Thistledown, Mair Hazelby"


def test_children_of_a_call_on_record_are_named(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Where nobody offered them: their names are looked up."""
    child = a_child(given_names="Siân <b>")
    window_desk.services.people.add(child)
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.set_value(Children(keys=(child.key,)))
    qtbot.waitUntil(lambda: words(chips) == ["1 Siân <b> Thistledown (8)"], timeout=10_000)
    assert chips.value() == Children(keys=(child.key,))
    assert chips.words() == "Siân <b> Thistledown"


# -- choosing ----------------------------------------------------------------------------------------------------------


@on_a_local_file
def test_an_only_child_is_chosen_to_be_seen_and_enter_moves_on(show: Show, window_desk: Desk) -> None:
    """Taken back, it stays taken back when the record is read again."""
    chips = ChildChips(window_desk)
    after = in_window(show, chips)
    chips.offer((TOM,), TODAY)
    assert chips.value() == Children(keys=(TOM.other,))
    assert chips.field.chips()[0].isChecked()
    write("1")
    chips.offer((TOM,), TODAY)
    assert chips.value() == Children()
    write("1")
    press(Key.Key_Return)
    assert keyboard() is after.keys
    assert chips.value() == Children(keys=(TOM.other,))


@on_a_local_file
def test_nought_is_not_about_one_child(show: Show, window_desk: Desk) -> None:
    """And a child is then not chosen; nor the other way about."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((TOM, ELLA), TODAY)
    write("10")
    assert chips.value() == Children(not_one_child=True)
    assert chips.words() == ""
    write("2")
    assert chips.value() == Children(keys=(ELLA.other,))
    write("29")
    assert chips.value() == Children()
    assert chips.is_empty()
    assert chips.line.text() == ""


@on_a_local_file
def test_arrows_and_space_choose_too(show: Show, window_desk: Desk) -> None:
    """For more children than digits; Backspace takes the last back."""
    ties = tuple(a_tie(f"{name} Hazelby", date(2015, 1, 1)) for name in "ABCDEFGHIJK")
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer(ties, TODAY)
    assert not chips.field.chips()[9].text().startswith("10")
    press(Key.Key_Left, times=3)
    press(Key.Key_Space)
    assert chips.value() == Children(keys=(ties[9].other,))
    write("9")
    press(Key.Key_Backspace)
    assert chips.value() == Children(keys=(ties[9].other,))


@on_a_local_file
def test_a_click_on_a_chip_chooses_and_leaves_the_keyboard_where_it_is(show: Show, window_desk: Desk) -> None:
    """The chips are buttons, for those who point."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((TOM, ELLA), TODAY)
    chips.field.chips()[1].click()
    chips.field.chips()[0].click()
    assert chips.value() == Children(keys=(TOM.other, ELLA.other))
    chips.field.no_child.click()
    assert chips.value() == Children(not_one_child=True)
    assert keyboard() is chips.line


@on_a_local_file
def test_children_go_with_the_caller_they_came_with(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """The first caller was the wrong one: no child of theirs stays chosen. One looked for by name does."""
    stranger = a_child(given_names="Tamsin")
    window_desk.services.people.add(stranger)
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((TOM, ELLA), TODAY)
    write("1")
    write("tamsin")
    listed(qtbot, chips, "tamsin")
    press(Key.Key_Return)
    other = a_tie("Tom Hazelbury", date(2018, 3, 15))
    chips.offer((other,), TODAY)
    assert chips.value() == Children(keys=(stranger.key,))
    write("3")
    assert chips.value() == Children(keys=(stranger.key,))
    chips.offer((), TODAY)
    assert chips.value() == Children(keys=(stranger.key,))


@on_a_local_file
def test_the_next_callers_only_child_is_chosen_in_place_of_the_first_callers(show: Show, window_desk: Desk) -> None:
    """And coming back to the first caller, nobody is chosen who was taken back with them."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((TOM, ELLA), TODAY)
    write("1")
    other = a_tie("Tom Hazelbury", date(2018, 3, 15))
    chips.offer((other,), TODAY)
    assert chips.value() == Children(keys=(other.other,))
    chips.offer((TOM, ELLA), TODAY)
    assert chips.value() == Children()


@on_a_local_file
def test_a_digit_in_the_moment_in_which_the_chips_are_exchanged_chooses_nobody(show: Show, window_desk: Desk) -> None:
    """It was meant for the child that stood there."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((TOM, ELLA), TODAY)
    chips.offer((a_tie("Tim Hazelbury", date(2018, 3, 15)), a_tie("Ada Hazelbury", date(2012, 3, 15))), TODAY)
    write("1")
    assert chips.value() == Children()


@on_a_local_file
def test_an_ended_tie_is_not_offered(show: Show, window_desk: Desk) -> None:
    """Fostered until last month; the child can still be found by name."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    ended = a_tie("Ada Hazelby", date(2012, 1, 1), valid_to=TODAY - timedelta(days=1))
    chips.offer((ended, TOM), TODAY)
    assert words(chips) == ["1 Tom Hazelby (8)"]


@on_a_local_file
@pytest.mark.parametrize(
    ("ties", "shown"),
    [
        ((TOM, ELLA), ["1 Tom Hazelby (8)", "2 Ella Hazelby (5)"]),
        (
            (a_tie("Tom Hazelby", date(2018, 3, 14)), a_tie("Tim Hazelby", date(2018, 3, 14))),
            ["1 Tom Hazelby (8, born 14 Mar 2018)", "2 Tim Hazelby (8, born 14 Mar 2018)"],
        ),
        (
            (a_tie("Zoë Hazelby", date(2017, 1, 2)), a_tie("Zoe Hazelby")),
            ["1 Zoë Hazelby (9, born 2 Jan 2017)", "2 Zoe Hazelby (day of birth not known)"],
        ),
        ((a_tie("Ada Hazelby", date(2026, 11, 1)),), ["1 Ada Hazelby (under 1)"]),
    ],
)
def test_children_of_nearly_one_name_bear_their_birthdays(
    show: Show, window_desk: Desk, ties: tuple[Tie, ...], shown: list[str]
) -> None:
    """So that Tom is not taken for Tim."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer(ties, TODAY)
    assert words(chips) == shown


@on_a_local_file
def test_the_wrong_child_is_never_chosen_in_two_hundred_calls_of_look_alike_families(
    show: Show, window_desk: Desk
) -> None:
    """Whoever reads the chip and presses its digit gets that child, whatever was offered before."""
    dice = random.Random(1993)
    chips = ChildChips(window_desk)
    in_window(show, chips)
    wrong = 0
    for _ in range(200):
        family = dice.choice(("Hazelby", "Hazelbury", "Hazelbeck"))
        names = dice.sample(("Tom", "Tim", "Tam", "Thom", "Tommy"), dice.randint(1, 4))
        ties = tuple(a_tie(f"{name} {family}", date(2018, dice.randint(1, 12), 3)) for name in names)
        chips.set_value(None)
        chips.offer((), TODAY)
        chips.offer(ties, TODAY)
        wanted = dice.choice(ties)
        chip = next(chip for chip in chips.field.chips() if chip.key == wanted.other)
        if not chip.isChecked():
            write(chip.text()[0])
        wrong += chips.value() != Children(keys=(wanted.other,))
        wrong += chips.words() != wanted.other_name
    assert wrong == 0


# -- what stands in the field ------------------------------------------------------------------------------------------


@on_a_local_file
@pytest.mark.parametrize(
    "name", ["Mrs <O'Brien>", "Smith & Jones", "Siân Gwenllian Llywelyn-Gwynedd-Hazelbury-Thistledown"]
)
def test_any_name_stands_whole_on_its_chip(show: Show, window_desk: Desk, name: str) -> None:
    """No markup, no access key, sixty letters; and by ear the same."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((a_tie(name),), TODAY)
    (chip,) = chips.field.chips()
    assert chip.text().replace("&&", "&") == f"1 {name}"
    assert chip.accessibleName() == name
    assert chip.width() >= chip.sizeHint().width()


@on_a_local_file
def test_chips_wrap_at_twice_the_text_size_and_none_is_out_of_the_field(
    show: Show, window_desk: Desk, qapp: object
) -> None:
    """1024 by 600, three long names."""
    switch(qapp, scale=2.0)  # type: ignore[arg-type]
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.window().resize(1024, 600)
    ties = tuple(
        a_tie(f"{name} Gwenllian Llywelyn-Gwynedd-Hazelbury", date(2018, 1, 1)) for name in ("Mair", "Siân", "Nia")
    )
    chips.offer(ties, TODAY)
    field = chips.field
    assert chips.window().grab().width() == 1024
    for chip in (*field.chips(), field.no_child):
        assert field.rect().contains(chip.geometry())
        assert chip.height() >= 24


@on_a_local_file
def test_a_name_typed_and_not_taken_is_said(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Nobody is chosen by leaving the field."""
    child = a_child(given_names="Tamsin")
    window_desk.services.people.add(child)
    chips = ChildChips(window_desk)
    in_window(show, chips)
    write("tamsin")
    listed(qtbot, chips, "tamsin")
    press(Key.Key_Tab)
    assert chips.value() == Children()
    assert chips.trouble() == "“tamsin” is no child chosen. Take one from the list with Enter, or clear it."


@on_a_local_file
def test_a_draft_brings_the_choice_back_and_the_only_child_is_not_chosen_over_it(
    show: Show, window_desk: Desk, qtbot: QtBot
) -> None:
    """Chips, new child, half a name; then the same caller's children are offered again."""
    chips, again = ChildChips(window_desk), ChildChips(window_desk)
    qtbot.addWidget(again)
    in_window(show, chips)
    chips.offer((TOM,), TODAY)
    write("1")
    write("Mair Hazelby")
    listed(qtbot, chips, "Mair Hazelby")
    press(Key.Key_Return)
    write("El")
    again.restore(chips.content())
    assert again.content() == chips.content()
    again.offer((TOM,), TODAY)
    assert again.value() == chips.value()
    assert [new.name for new in again.value().new] == ["Mair Hazelby"]
    assert again.words() == "Mair Hazelby"
    again.restore(None)
    assert again.value() == Children()
    assert again.content() is None


@on_a_local_file
def test_every_value_comes_back_and_is_told_once(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Keys of children offered, new ones, and none in particular."""
    chips = ChildChips(window_desk)
    in_window(show, chips)
    chips.offer((TOM, ELLA), TODAY)
    new = replace(a_child(), key=UUID(int=5), given_names="Nia")
    for value in (Children(keys=(TOM.other,), new=(new,)), Children(not_one_child=True), Children()):
        with qtbot.waitSignal(chips.edited):
            chips.set_value(value)
        assert chips.value() == value
