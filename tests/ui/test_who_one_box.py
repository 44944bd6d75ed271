"""The one box under the fingers: found while typing, taken only when it was seen, never by itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AlertKind, PersonKind, Reason
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.families import Alert
from ppsdesk.domain.finding import Found, Typed, Why
from tests.builders import a_child, a_person, a_phone, a_relationship
from tests.ui.on_desk import keyboard, on_a_local_file, press, write
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.notices import Notices
from ui.kit.suggestions import paint_words
from ui.kit.text_editors import TextEditor
from ui.kit.theme import current
from ui.who import found_list
from ui.who.found_list import FoundList
from ui.who.one_box import OneBox, Who

Show = Callable[..., QWidget]
Key = Qt.Key


@dataclass
class People:
    """People who answer when the test lets them: what stands outside the box."""

    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gate: Event = field(default_factory=Event)
    error: Exception | None = None

    def find(self, text: str, limit: int = 8) -> tuple[Found, ...]:
        """What was prepared for the text, once the gate is open."""
        self.asked.append(text)
        assert self.gate.wait(20)
        if self.error is not None:
            raise self.error
        return self.found.get(text, ())[:limit]


class Told:
    """What the box said to its listeners, in order."""

    def __init__(self, box: OneBox) -> None:
        self.chosen: list[Found] = []
        self.new: list[Typed] = []
        self.cleared = 0
        box.chosen.connect(self.chosen.append)
        box.typed_new.connect(self.new.append)
        box.cleared.connect(self._cleared)

    def _cleared(self) -> None:
        self.cleared += 1


def a_row(name: str, **said: object) -> Found:
    """A parent found by name."""
    found = Found(person=uuid4(), kind=PersonKind.ADULT, name=name, why=(Why(reason=Reason.NAME, words=name),))
    return replace(found, **said)  # type: ignore[arg-type]


@pytest.fixture
def people() -> People:
    """People whose gate is open."""
    made = People()
    made.gate.set()
    return made


@pytest.fixture
def desk_of(people: People, desk: Services, qtbot: QtBot) -> object:
    """A window's desk on which people answer as the test prepares."""
    background, notices = Background(), Notices()
    qtbot.addWidget(notices)
    yield Desk(replace(desk, people=people), background, notices)  # type: ignore[arg-type]
    people.gate.set()
    assert background.finish(20_000)


def in_window(show: Show, box: OneBox) -> TextEditor:
    """The box with the keyboard in it; the field after it."""
    page, after = QWidget(), TextEditor()
    column = QVBoxLayout(page)
    column.addWidget(box)
    column.addWidget(after)
    column.addStretch(1)
    show(page)
    box.keys.setFocus()
    assert keyboard() is box.line
    return after


def the_list(box: OneBox) -> FoundList:
    """The list over the form."""
    assert box.finder.list is not None
    return box.finder.list


def listed(qtbot: QtBot, box: OneBox, text: str) -> FoundList:
    """The list, once it answers that text."""
    qtbot.waitUntil(lambda: box.finder.is_open() and the_list(box).answers == text, timeout=10_000)
    return the_list(box)


def names(shown: FoundList) -> list[str]:
    """Who is in the list."""
    return [found.name for found in shown.found()]


# -- on both databases -------------------------------------------------------------------------------------------------


def test_a_mother_is_found_by_the_end_of_her_phone_and_taken_with_enter(
    show: Show, window_desk: Desk, qtbot: QtBot
) -> None:
    """Found, shown with her child, taken; the keyboard is in the next field and the banner's screen was told."""
    services = window_desk.services
    mother, child = a_person(given_names="Bryony"), a_child(given_names="Tam")
    services.people.add(mother)
    services.people.add(child)
    services.families.relate(a_relationship(mother.key, child.key))
    box = OneBox(window_desk)
    told, after = Told(box), in_window(show, box)
    write("900123")
    row = listed(qtbot, box, "900123").row()
    assert row is not None
    assert (row.person, row.name, row.about) == (mother.key, "Bryony Thistledown", "mother of Tam (8)")
    press(Key.Key_Return)
    assert keyboard() is after.keys
    assert box.value() == Who(person=mother.key, name="Bryony Thistledown")
    assert [found.person for found in told.chosen] == [mother.key]
    assert (told.new, told.cleared) == ([], 0)
    assert box.chip.text() == "On record"


def test_the_alert_of_a_caller_is_in_the_list_before_anybody_is_taken(
    show: Show, window_desk: Desk, qtbot: QtBot
) -> None:
    """In words, for those who look and for those who listen."""
    mother = a_person()
    window_desk.services.people.add(mother)
    alert = Alert(key=uuid4(), person=mother.key, kind=AlertKind.SAFE_CONTACT, words="Leave no messages")
    window_desk.services.families.alert(alert)
    box = OneBox(window_desk)
    in_window(show, box)
    write("thistle")
    shown = listed(qtbot, box, "thistle")
    assert "Leave no messages" in " ".join(shown.found()[0].alerts)
    assert "alert: " in shown.spoken()
    assert "Leave no messages" in shown.spoken()


def test_nobody_found_turns_the_text_into_a_new_caller(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Digits to phone, postcode to postcode, the rest to name; the box keeps the name."""
    box = OneBox(window_desk)
    told, after = Told(box), in_window(show, box)
    write("Mair Hazelby 07700 900456 AL10 7AB")
    shown = listed(qtbot, box, "Mair Hazelby 07700 900456 AL10 7AB")
    assert names(shown) == []
    press(Key.Key_Return)
    assert keyboard() is after.keys
    typed = Typed(name="Mair Hazelby", phone="07700 900456", postcode="AL10 7AB")
    assert told.new == [typed]
    assert box.value() == Who(name="Mair Hazelby", typed=typed)
    assert (box.line.text(), box.chip.text()) == ("Mair Hazelby", "New")


def test_only_children_are_found_where_only_they_are_meant(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """A mother of the same name is not a child."""
    services = window_desk.services
    mother, child = a_person(given_names="Robin"), a_child(given_names="Robin")
    services.people.add(mother)
    services.people.add(child)
    box = OneBox(window_desk, kinds=frozenset({PersonKind.CHILD}))
    in_window(show, box)
    write("robin")
    assert [found.person for found in listed(qtbot, box, "robin").found()] == [child.key]


@on_a_local_file
def test_among_people_of_one_name_the_grown_up_comes_before_the_child(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """Who is better found still comes first."""
    child, mother = a_row("Tom Thistledown", kind=PersonKind.CHILD, score=890.0), a_row("Jane", score=890.0)
    better = a_row("Thistle", kind=PersonKind.CHILD, score=1000.0)
    people.found["thistle"] = (better, child, mother)
    box = OneBox(desk_of)
    in_window(show, box)
    write("thistle")
    assert names(listed(qtbot, box, "thistle")) == ["Thistle", "Jane", "Tom Thistledown"]


# -- when Enter takes --------------------------------------------------------------------------------------------------


@on_a_local_file
def test_enter_before_the_answer_takes_nobody(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """It waits: the list opens, the keyboard stays, and the next Enter takes who is seen."""
    people.gate.clear()
    people.found["thistle"] = (a_row("Jane Thistledown"),)
    box = OneBox(desk_of)
    told, after = Told(box), in_window(show, box)
    write("thistle")
    press(Key.Key_Return, times=3)
    assert keyboard() is box.line
    people.gate.set()
    listed(qtbot, box, "thistle")
    assert told.chosen == []
    assert told.new == []
    press(Key.Key_Return)
    assert [found.name for found in told.chosen] == ["Jane Thistledown"]
    assert keyboard() is after.keys


@on_a_local_file
def test_enter_never_takes_from_the_list_of_a_shorter_text(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """The list of "this" still stands while "thistlew" is asked for."""
    people.found |= {"this": (a_row("Jane Thistledown"),), "thistlew": (a_row("Ivy Thistlewood"),)}
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("this")
    listed(qtbot, box, "this")
    people.gate.clear()
    write("tlew")
    press(Key.Key_Return)
    assert told.chosen == []
    people.gate.set()
    shown = listed(qtbot, box, "thistlew")
    assert names(shown) == ["Ivy Thistlewood"]
    assert told.chosen == []


@on_a_local_file
def test_enter_in_the_moment_in_which_the_row_was_exchanged_takes_nobody(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """The key was meant for the row that stood there; a moment later it takes the one that is read."""
    people.found |= {"th": (a_row("Jane Thistledown"),), "thi": (a_row("Ivy Thistlewood"),)}
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("th")
    listed(qtbot, box, "th")
    write("i")
    exchanged: list[bool] = []
    shown = the_list(box)
    show_found = shown.show_found

    def press_at_once(answers: str, found: tuple[Found, ...], last: str = "", *, today: date | None = None) -> None:
        show_found(answers, found, last, today=today)
        QTest.keyClick(box.line, Key.Key_Return)
        exchanged.append(True)

    shown.show_found = press_at_once  # type: ignore[method-assign, assignment]
    qtbot.waitUntil(lambda: exchanged == [True], timeout=10_000)
    assert told.chosen == []
    qtbot.waitUntil(lambda: shown.may_take("thi"), timeout=10_000)
    press(Key.Key_Return)
    assert [found.name for found in told.chosen] == ["Ivy Thistlewood"]


@on_a_local_file
def test_a_click_in_the_moment_in_which_the_row_was_exchanged_takes_nobody(
    show: Show, desk_of: Desk, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    box.line.setText("th")
    shown = box.finder._opened()
    shown.show_found("th", [a_row("Jane Thistledown")])
    shown.show_found("th", [a_row("Ivy Thistlewood")])
    monkeypatch.setattr(found_list, "UNREAD", 3_600_000)  # so that no slow machine makes a moment long
    shown.picked.emit(0)
    assert told.chosen == []
    monkeypatch.setattr(found_list, "UNREAD", 0)
    shown.picked.emit(0)
    assert [found.name for found in told.chosen] == ["Ivy Thistlewood"]


@on_a_local_file
def test_the_mark_stays_on_whom_it_was_on_when_somebody_comes_in_before_them(show: Show, desk_of: Desk) -> None:
    jane, ivy, zara = (a_row(f"{name} Thistledown") for name in ("Jane", "Ivy", "Zara"))
    box = OneBox(desk_of)
    in_window(show, box)
    shown = box.finder._opened()
    shown.show_found("thi", [jane, ivy])
    shown.move_by(1)
    shown.show_found("this", [zara, jane, ivy])
    assert shown.row() == ivy
    shown.show_found("thist", [zara, jane])
    assert shown.row() == zara


@on_a_local_file
def test_leaving_with_a_list_open_chooses_nobody(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """Not even an only match: the text is somebody new, and the warning of perhaps-the-same is for that."""
    people.found["thistle"] = (a_row("Jane Thistledown"),)
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("thistle")
    listed(qtbot, box, "thistle")
    press(Key.Key_Tab)
    assert told.chosen == []
    assert told.new == [Typed(name="thistle")]
    assert not box.finder.is_open()


@on_a_local_file
def test_escape_closes_the_list_and_enter_is_then_the_forms(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """The text stays, for somebody new."""
    people.found["thistle"] = (a_row("Jane Thistledown"),)
    box = OneBox(desk_of)
    told, after = Told(box), in_window(show, box)
    write("thistle")
    listed(qtbot, box, "thistle")
    press(Key.Key_Escape)
    assert not box.finder.is_open()
    assert box.line.text() == "thistle"
    press(Key.Key_Return)
    assert keyboard() is after.keys
    assert told.new == [Typed(name="thistle")]


@on_a_local_file
def test_down_chooses_and_the_last_row_creates(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """What was typed is always offered, last."""
    people.found["th"] = (a_row("Jane Thistledown"), a_row("Ivy Thistlewood"))
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("th")
    shown = listed(qtbot, box, "th")
    assert shown.last() == "Create “th”"
    press(Key.Key_Down, times=7)
    press(Key.Key_Up)
    assert shown.row() is not None
    assert shown.row().name == "Ivy Thistlewood"  # type: ignore[union-attr]
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert (told.chosen, told.new) == ([], [Typed(name="th")])


@on_a_local_file
def test_fast_typing_asks_for_the_newest_text_only(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """One question under way, then the text as it stands: no queue of questions nobody waits for."""
    people.gate.clear()
    people.found["thistledown"] = (a_row("Jane Thistledown"),)
    box = OneBox(desk_of)
    in_window(show, box)
    write("thistledown")
    qtbot.waitUntil(lambda: people.asked == ["th"], timeout=10_000)
    people.gate.set()
    listed(qtbot, box, "thistledown")
    assert people.asked == ["th", "thistledown"]


@on_a_local_file
def test_one_letter_looks_for_nobody(show: Show, desk_of: Desk, people: People) -> None:
    """From two on."""
    box = OneBox(desk_of)
    after = in_window(show, box)
    write("t")
    press(Key.Key_Return)
    assert people.asked == []
    assert keyboard() is after.keys


@on_a_local_file
def test_look_alikes_are_never_mixed_up_however_the_keys_fall(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """200 calls of hurried typists: whoever is taken is the one under the mark of a list of that very text."""
    dice = random.Random(1993)
    stems = ("thistledown", "thistlewood", "thistledale", "hazelby", "hazelbury", "hazelbeck")
    people.found |= _everybody(stems)
    box = OneBox(desk_of)
    in_window(show, box)
    taken: list[Found] = []
    box.chosen.connect(taken.append)
    wrong = 0
    for _ in range(200):
        box.set_value(None)
        box.line.setFocus()
        before = len(taken)
        wrong += _type_in_haste(box, taken, dice, dice.choice(stems)[: dice.randint(3, 9)])
        if len(taken) == before:
            text = box.line.text()
            listed(qtbot, box, text)
            qtbot.waitUntil(lambda text=text: the_list(box).may_take(text), timeout=10_000)
            wrong += _press_and_compare(box, taken, Key.Key_Return)
    assert len(taken) == 200
    assert wrong == 0


def _everybody(stems: tuple[str, ...]) -> dict[str, tuple[Found, ...]]:
    """Three people of each family name, found by every beginning of it."""
    every = [a_row(f"{given} {stem.title()}") for stem in stems for given in ("Tom", "Tim", "Tam")]
    begins = {stem[:length] for stem in stems for length in range(2, len(stem) + 1)}
    return {begin: tuple(row for row in every if row.name.split()[1].lower().startswith(begin)) for begin in begins}


def _type_in_haste(box: OneBox, taken: list[Found], dice: random.Random, text: str) -> int:
    """Letters, now and then a key between them, until somebody is taken; how many were the wrong ones."""
    wrong, before = 0, len(taken)
    for letter in text:
        write(letter)
        if dice.random() < 0.4:
            QApplication.processEvents()
        if len(box.line.text()) > 1 and dice.random() < 0.2:
            wrong += _press_and_compare(box, taken, dice.choice((Key.Key_Down, Key.Key_Return)))
        if len(taken) > before:
            break
    return wrong


def _press_and_compare(box: OneBox, taken: list[Found], key: Qt.Key) -> int:
    """1 when somebody was taken whom the list of exactly that text did not have under its mark."""
    shown = the_list(box) if box.finder.is_open() else None
    seen = shown.row() if shown is not None and shown.answers == box.line.text() else None
    before = len(taken)
    QTest.keyClick(box.line, key)
    if len(taken) == before:
        return 0
    return int(seen is None or taken[-1] is not seen)


# -- what stands in the box --------------------------------------------------------------------------------------------


@on_a_local_file
@pytest.mark.parametrize("name", ["Mrs <O'Brien>", "Smith & Jones", "Siân Llywelyn-Gwynedd " + "Hazelby" * 6])
def test_any_name_stands_in_box_and_list_letter_by_letter(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot, name: str
) -> None:
    """Markup, an access key's sign and length mean nothing."""
    people.found["na"] = (a_row(name),)
    box = OneBox(desk_of)
    in_window(show, box)
    write("na")
    shown = listed(qtbot, box, "na")
    assert shown.view.model().index(0, 0).data() == name
    press(Key.Key_Return)
    assert box.line.text() == name
    assert box.value() == Who(person=people.found["na"][0].person, name=name)


@on_a_local_file
def test_backspace_and_typing_put_somebody_else_in_the_place(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """And the listeners hear that the first is gone."""
    people.found["th"] = (a_row("Jane Thistledown"),)
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    for change in (Key.Key_Backspace, "h"):
        write("th")
        listed(qtbot, box, "th")
        press(Key.Key_Return)
        assert told.cleared == (0 if change == Key.Key_Backspace else 1)
        box.line.setFocus()
        if isinstance(change, str):
            write(change)
        else:
            press(change)
    assert told.cleared == 2
    assert box.line.text() == "h"
    assert box.value() == Who(name="h", typed=Typed(name="h"))


@on_a_local_file
def test_a_new_callers_name_is_corrected_by_letters_and_keeps_the_phone(
    show: Show, desk_of: Desk, people: People
) -> None:
    """The phone was taken from the box before; what is typed since is the name."""
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("Jane Thistle 07700 900123")
    press(Key.Key_Tab)
    box.line.setFocus()
    box.line.end(False)
    write("wood")
    press(Key.Key_Tab)
    assert told.new[-1] == Typed(name="Jane Thistlewood", phone="07700 900123")
    assert box.value() == Who(name="Jane Thistlewood", typed=told.new[-1])
    assert told.cleared == 0


@on_a_local_file
def test_backspace_takes_one_letter_of_a_new_callers_name_and_not_all_of_it(show: Show, desk_of: Desk) -> None:
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("Jane Thistles")
    press(Key.Key_Tab)
    box.line.setFocus()
    box.line.end(False)
    press(Key.Key_Backspace)
    assert (box.line.text(), told.cleared) == ("Jane Thistle", 0)


@on_a_local_file
def test_what_is_pasted_into_a_chosen_name_puts_somebody_else_in_the_place(show: Show, desk_of: Desk) -> None:
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    box.choose(a_row("Jane Thistledown", about="mother of Tom (8)"))
    box.line.setFocus()
    box.line.end(False)
    box.line.insert(" Brambleby")
    box.line.textEdited.emit(box.line.text())  # as the clipboard does
    assert told.cleared == 1
    assert box.value() == Who(name="Jane Thistledown Brambleby", typed=Typed(name="Jane Thistledown Brambleby"))


@on_a_local_file
def test_who_was_chosen_is_described_to_those_who_listen_until_they_are_let_go(show: Show, desk_of: Desk) -> None:
    box = OneBox(desk_of)
    box.name("caller", "Caller", "Who is ringing")
    in_window(show, box)
    box.choose(a_row("Jane Thistledown", about="mother of Tom (8)"))
    assert "mother of Tom (8)" in box.line.accessibleDescription()
    box.set_value(None)
    assert "Tom" not in box.line.accessibleDescription()


@on_a_local_file
def test_a_phone_alone_is_a_caller_without_a_name_yet(show: Show, desk_of: Desk, people: People) -> None:
    """And a reference that nobody quoted before is kept."""
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("07700 900123")
    press(Key.Key_Tab)
    assert told.new == [Typed(phone="07700 900123")]
    assert box.value() == Who(typed=Typed(phone="07700 900123"))
    assert box.line.text() == "07700 900123"
    assert not box.is_empty()


@on_a_local_file
def test_an_anonymous_caller_is_taken_by_reference(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """Nobody on record, but somebody who rang before."""
    people.found["A-3K74-9QX2"] = (a_row("", person=None, reference="A-3K74-9QX2"),)
    box = OneBox(desk_of)
    in_window(show, box)
    write("A-3K74-9QX2")
    listed(qtbot, box, "A-3K74-9QX2")
    press(Key.Key_Return)
    assert box.value() == Who(reference="A-3K74-9QX2")
    assert (box.line.text(), box.chip.text()) == ("Anonymous caller A-3K74-9QX2", "Anonymous")


@on_a_local_file
def test_clearing_a_new_name_is_told_too(show: Show, desk_of: Desk, people: People) -> None:
    """An empty box is nobody."""
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("Ivy")
    press(Key.Key_Tab)
    box.line.setFocus()
    box.line.selectAll()
    press(Key.Key_Delete)
    press(Key.Key_Tab)
    assert told.cleared == 1
    assert box.value() is None
    assert box.is_empty()


@on_a_local_file
def test_where_only_people_on_record_are_meant_other_text_is_a_trouble(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """No row to create, one sentence under the field, and Enter goes on."""
    box = OneBox(desk_of, create=False)
    told, after = Told(box), in_window(show, box)
    write("nobody")
    shown = listed(qtbot, box, "nobody")
    assert shown.is_silent()
    press(Key.Key_Return)
    assert keyboard() is after.keys
    assert told.new == []
    assert box.value() is None
    assert box.trouble() == "“nobody” is nobody from the list. Choose somebody with Enter, or clear it."


@on_a_local_file
def test_a_database_that_does_not_answer_keeps_nobody_from_writing_a_name(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """It says so under the box; Enter goes on with the text."""
    people.error = StorageUnavailable("The server did not answer.", hint="What you typed is kept.")
    box = OneBox(desk_of)
    told, after = Told(box), in_window(show, box)
    write("Ivy")
    listed(qtbot, box, "Ivy")
    press(Key.Key_Return)
    assert keyboard() is after.keys
    assert told.new == [Typed(name="Ivy")]


@on_a_local_file
@pytest.mark.parametrize(
    "who",
    [
        Who(person=UUID(int=7), name="Jane Thistledown"),
        Who(name="Ivy", typed=Typed(name="Ivy", phone="07700 900123", born_on=date(1987, 3, 4))),
        Who(reference="A-3K74-9QX2"),
        None,
    ],
)
def test_a_draft_brings_back_who_it_was(
    qtbot: QtBot, theme: object, desk_of: Desk, people: People, who: Who | None
) -> None:
    """As plain JSON; and half a word as half a word."""
    box, again = OneBox(desk_of), OneBox(desk_of)
    qtbot.addWidget(box)
    qtbot.addWidget(again)
    box.set_value(who)
    again.restore(box.content())
    assert again.value() == box.value() == who
    assert again.line.text() == box.line.text()
    assert again.is_empty() == (who is None)
    again.restore({"who": None, "text": "thi"})
    assert again.content() == {"who": None, "text": "thi"}


@on_a_local_file
def test_leaving_the_window_keeps_half_a_word_as_it_is(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """Somebody looks something up elsewhere and comes back to go on typing."""
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("Ivy Ha")
    show(QWidget())
    assert told.new == []
    assert box.line.text() == "Ivy Ha"


@on_a_local_file
def test_the_list_lies_over_the_form_within_the_window_with_its_keys(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot
) -> None:
    """Eight people and the last row in a window of 1024 by 600; nothing moves."""
    people.found["th"] = tuple(a_row(f"Jane {letter} Thistledown") for letter in "abcdefghij")
    box = OneBox(desk_of)
    in_window(show, box)
    box.window().resize(1024, 600)
    before = box.geometry()
    write("th")
    shown = listed(qtbot, box, "th")
    assert len(shown.found()) == 8
    assert box.geometry() == before
    assert box.window().rect().contains(shown.geometry())
    press(Key.Key_Down, times=8)
    assert shown.row() is None
    last = shown.view.visualRect(shown.view.currentIndex())
    assert shown.view.viewport().rect().contains(last)


@on_a_local_file
def test_a_usual_row_is_read_whole(
    show: Show, desk_of: Desk, people: People, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, two children, town, reason and the day of the last call, in a window of 1280 at 100 %."""
    drawn: dict[str, int] = {}

    def room_of(painter: QPainter, room: QRect, words: str, *how: object, **more: object) -> int:
        drawn[words] = room.width()
        return paint_words(painter, room, words, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(found_list, "paint_words", room_of)
    row = a_row("Bryony Hazelhollow-Thistle", about="mother of Ffion (9) and Idris (6)", town="Alderbrook")
    days = (date(2026, 11, 4), date(2025, 9, 24))
    people.found["th"] = tuple(replace(row, person=uuid4(), last_call=day) for day in days)
    box = OneBox(desk_of, create=False)
    in_window(show, box)
    box.window().resize(1280, 800)
    write("th")
    listed(qtbot, box, "th").grab()
    assert {"last call 4 Nov", "last call 24 Sep 2025"} <= set(drawn)
    for words, room in drawn.items():
        font = current().font(strong=words.startswith("Bryony"))
        assert QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room) == words


def test_who_is_found_can_be_told_apart_by_ear(show: Show, window_desk: Desk, qtbot: QtBot) -> None:
    """Name, whose, where, when, and why, in one sentence."""
    first, second = a_person(contacts=()), a_person(contacts=(a_phone("01632 960123"),))
    child = a_child()
    for person in (first, second, child):
        window_desk.services.people.add(person)
    window_desk.services.families.relate(a_relationship(first.key, child.key))
    box = OneBox(window_desk, kinds=frozenset({PersonKind.ADULT}))
    in_window(show, box)
    write("rowan thistledown")
    shown = listed(qtbot, box, "rowan thistledown")
    spoken = {str(shown.view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(2)}
    assert len(spoken) == 2
    assert any("mother of Tamsin (8)" in words for words in spoken)


@on_a_local_file
def test_somebody_new_can_be_looked_for_once_more(show: Show, desk_of: Desk, people: People, qtbot: QtBot) -> None:
    """With Down; and letters corrected back to the same text are looked for like any others."""
    people.found["thistle"] = (a_row("Jane Thistledown"),)
    box = OneBox(desk_of)
    told = Told(box)
    in_window(show, box)
    write("thistle")
    press(Key.Key_Tab)
    assert box.chip.text() == "New"
    press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert keyboard() is box.line
    press(Key.Key_End)
    press(Key.Key_X)
    press(Key.Key_Backspace)
    assert not box.chip.isVisible()
    press(Key.Key_Return)
    listed(qtbot, box, "thistle")
    assert (told.chosen, keyboard()) == ([], box.line)
    press(Key.Key_Tab)
    press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_Down)
    listed(qtbot, box, "thistle")
    press(Key.Key_Return)
    assert [found.name for found in told.chosen] == ["Jane Thistledown"]
    assert box.chip.text() == "On record"
