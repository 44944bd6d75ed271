"""Editors under the fingers: typed, left, cleared, pasted into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import Direction
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ui.kit.editors import (
    ClockEditor,
    CodePicker,
    DayEditor,
    Editor,
    NotesEditor,
    NumberEditor,
    TermPicker,
    TermTokens,
    TextEditor,
    TickEditor,
)
from ui.kit.matching import found_by
from ui.kit.suggestions import Suggestions

Show = Callable[..., QWidget]
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 21)


def terms(vocabulary: Vocabulary, *rows: tuple[str, str, str]) -> tuple[Term, ...]:
    """Terms of a list in order: code, label, group."""
    return tuple(
        Term(vocabulary=vocabulary, code=TermCode(code), label=label, group=group, position=place)
        for place, (code, label, group) in enumerate(rows)
    )


TOPICS = terms(
    Vocabulary.TOPIC,
    ("ehcna", "EHC needs assessment", "Assessment"),
    ("excl", "exclusion", "School"),
    ("tran", "transport", "Getting to school"),
    ("trns", "transition", "New school"),
    ("trng", "training for parents", "Courses"),
)
KINDS = terms(
    Vocabulary.CALLER_KIND, ("parent", "parent or carer", ""), ("school", "school & college", ""), ("la", "council", "")
)


def in_window(show: Show, *editors: Editor) -> QWidget:
    """The editors below each other, the keyboard in the first."""
    page = QWidget()
    column = QVBoxLayout(page)
    for editor in editors:
        column.addWidget(editor)
    show(page)
    editors[0].keys.setFocus()
    assert QApplication.focusWidget() is editors[0].keys
    return page


def type_keys(*what: str | Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Words and keys to wherever the keyboard is."""
    for part in what:
        where = QApplication.focusWidget()
        assert where is not None
        if isinstance(part, str):
            QTest.keyClicks(where, part, held)
        else:
            QTest.keyClick(where, part, held)


EVERY: list[tuple[Callable[[], Editor], object, object]] = [
    (TextEditor, "Jane <b>Brambleby</b> & son", ""),
    (NotesEditor, "Asked:\n<img src=x> refused", ""),
    (NumberEditor, 12, None),
    (TickEditor, True, False),
    (lambda: CodePicker(Direction), Direction.OUT, Direction.IN),
    (lambda: TermPicker(Vocabulary.TOPIC), "excl", None),
    (lambda: TermTokens(Vocabulary.TOPIC), ("excl", "ehcna"), ()),
    (lambda: DayEditor(lambda: TODAY), date(2026, 9, 3), None),
    (ClockEditor, time(9, 30), None),
]


@pytest.mark.parametrize(("make", "value", "empty"), EVERY)
def test_every_editor_gives_back_what_it_was_given(
    qtbot: QtBot, theme: object, make: Callable[[], Editor], value: object, empty: object
) -> None:
    """Its value; the draft of it; and says once that it was changed."""
    editor, again = make(), make()
    qtbot.addWidget(editor)
    qtbot.addWidget(again)
    assert editor.value() == empty
    with qtbot.waitSignal(editor.edited):
        editor.set_value(value)
    assert editor.value() == value
    again.restore(editor.content())
    assert again.value() == value
    editor.set_value(empty)
    assert editor.value() == empty


def test_typing_over_a_number_replaces_it(show: Show) -> None:
    """12 typed over 5 is 12, not 512."""
    name, minutes = TextEditor(), NumberEditor(maximum=600)
    minutes.set_value(5)
    in_window(show, name, minutes)
    minutes.keys.setFocus(Qt.FocusReason.OtherFocusReason)
    type_keys("12")
    assert minutes.value() == 12
    type_keys("x-")
    assert minutes.value() == 12


def test_a_number_out_of_bounds_is_said_in_words(show: Show) -> None:
    """And is no value."""
    minutes = NumberEditor(maximum=600)
    in_window(show, minutes)
    type_keys("700")
    assert minutes.value() is None
    assert minutes.trouble() == "Enter a number from 0 to 600. You entered 700."


def test_enter_goes_on_and_shift_enter_back(show: Show) -> None:
    """As clerks expect; Tab does the same."""
    editors = (TextEditor(), NumberEditor(), CodePicker(Direction), DayEditor(lambda: TODAY), TextEditor())
    in_window(show, *editors)
    for editor in editors[1:]:
        type_keys(Key.Key_Return)
        assert QApplication.focusWidget() is editor.keys
    for editor in reversed(editors[:-1]):
        type_keys(Key.Key_Return, held=SHIFT)
        assert QApplication.focusWidget() is editor.keys


def test_notes_take_enter_as_a_new_line_and_tab_as_goodbye(show: Show) -> None:
    """No keyboard trap (WCAG 2.1.2)."""
    notes, after = NotesEditor(), TextEditor()
    in_window(show, notes, after)
    type_keys("Asked", Key.Key_Return, "Told", Key.Key_Tab)
    assert notes.value() == "Asked\nTold"
    assert QApplication.focusWidget() is after.keys


def test_notes_take_only_the_words_of_what_is_pasted(show: Show) -> None:
    """A web page's picture stays outside."""
    notes = NotesEditor()
    in_window(show, notes)
    page = QMimeData()
    page.setHtml('<b>Bold</b><img src="file:///etc/hostname">')
    page.setText("Bold\0 words")
    notes.text.insertFromMimeData(page)
    assert notes.value() == "Bold words"
    assert "<img" not in notes.text.document().toHtml()


def test_notes_grow_with_what_is_typed_but_not_for_ever(show: Show) -> None:
    """Three to six rows."""
    notes = NotesEditor(rows=3)
    in_window(show, notes, TextEditor())
    three = notes.sizeHint().height()
    notes.set_value("\n".join("abcdef"))
    six = notes.sizeHint().height()
    notes.set_value("\n".join("abcdefghijkl"))
    assert three < six == notes.sizeHint().height()


def test_ctrl_enter_submits_from_every_field(show: Show, qtbot: QtBot) -> None:
    """Notes too."""
    for make, _, _ in EVERY:
        editor = make()
        in_window(show, editor)
        with qtbot.waitSignal(editor.submitted):
            type_keys(Key.Key_Return, held=CTRL)


def test_letters_find_a_term_by_any_of_its_words_or_its_code(show: Show) -> None:
    """Without opening the list."""
    kind = TermPicker(Vocabulary.CALLER_KIND)
    kind.offer(KINDS)
    in_window(show, kind)
    type_keys("coll")
    assert kind.value() == "school"
    type_keys(Key.Key_Delete)
    assert kind.value() is None


def test_a_word_typed_at_once_counts_from_its_first_letter(show: Show) -> None:
    """“la” is the council's code, not “p…”."""
    kind = TermPicker(Vocabulary.CALLER_KIND)
    kind.offer(KINDS)
    in_window(show, kind)
    type_keys("la")
    assert kind.value() == "la"


def test_a_wheel_over_a_closed_list_changes_nothing(show: Show) -> None:
    """One scrolls the page past it."""
    kind = TermPicker(Vocabulary.CALLER_KIND)
    kind.offer(KINDS)
    kind.set_value("parent")
    in_window(show, kind)
    middle = QPointF(kind.box.rect().center())
    nothing = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, nothing, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(kind.box, turn)
    assert kind.value() == "parent"


def test_a_term_that_is_no_longer_offered_is_kept_and_says_so(show: Show) -> None:
    """An old record loses nothing by being opened; its words are known from its own day."""
    ended = Term(vocabulary=Vocabulary.STAGE, code=TermCode("stage3"), label="stage 3", valid_to=date(2001, 12, 31))
    now = Term(vocabulary=Vocabulary.STAGE, code=TermCode("support"), label="SEN support")
    stage, several = TermPicker(Vocabulary.STAGE), TermTokens(Vocabulary.STAGE, with_main=False)
    in_window(show, stage, several)
    for editor, value in ((stage, "stage3"), (several, ("stage3",))):
        editor.offer((ended, now), on=TODAY)
        editor.set_value(value)
        assert editor.value() == value
    assert stage.box.currentText() == "Stage 3 (no longer offered)"
    assert [chip.text() for chip in several.frame.chips()] == ["Stage 3 (no longer offered)"]
    stage.offer((now,))
    assert stage.value() == "stage3"
    assert stage.box.currentText() == "Stage 3 (no longer offered)"
    stage.set_value("unheard-of")
    assert stage.box.currentText() == "unheard-of (no longer offered)"


def test_offering_other_terms_is_no_edit(show: Show, qtbot: QtBot) -> None:
    """Changing the day of a call must not make every list look edited."""
    kind = TermPicker(Vocabulary.CALLER_KIND)
    kind.offer(KINDS)
    kind.set_value("school")
    in_window(show, kind)
    with qtbot.assertNotEmitted(kind.edited):
        kind.offer(KINDS[1:])
    assert kind.value() == "school"


@pytest.fixture
def topics(show: Show) -> TermTokens:
    """The topic field with the keyboard in it, another field after it."""
    made, after = TermTokens(Vocabulary.TOPIC), TextEditor()
    made.offer(TOPICS)
    in_window(show, made, after)
    return made


def chips(editor: TermTokens) -> list[str]:
    """The words in the field."""
    return [chip.text() for chip in editor.frame.chips()]


def open_list(editor: TermTokens) -> Suggestions | None:
    """The list over the form, if it is open."""
    found = [each for each in editor.window().findChildren(Suggestions) if each.isVisible()]
    return found[0] if found else None


def test_topics_are_taken_by_keyboard_and_the_first_is_the_main_one(topics: TermTokens) -> None:
    """Words in any order, the code, arrows and Enter."""
    type_keys("needs ehc", Key.Key_Return)
    assert topics.value() == ("ehcna",)
    type_keys("tr", Key.Key_Down, Key.Key_Return)
    assert topics.value() == ("ehcna", "trns")
    assert chips(topics) == ["Main: EHC needs assessment", "Transition"]
    assert topics.line.text() == ""


def test_nothing_is_taken_by_itself(topics: TermTokens) -> None:
    """Tab with a word half typed leaves it there and says so."""
    type_keys("excl", Key.Key_Tab)
    assert topics.value() == ()
    assert topics.trouble() == "“excl” is not taken from the list. Choose an entry with Enter, or clear it."
    assert open_list(topics) is None


def test_escape_closes_the_list_and_keeps_the_word(topics: TermTokens) -> None:
    """Enter then goes on to the next field."""
    type_keys("tr")
    assert open_list(topics) is not None
    type_keys(Key.Key_Escape)
    assert open_list(topics) is None
    assert topics.line.text() == "tr"
    type_keys(Key.Key_Return)
    assert QApplication.focusWidget() is not topics.line
    assert topics.value() == ()


def test_down_in_the_empty_field_opens_the_whole_list(topics: TermTokens) -> None:
    """What is chosen is not offered twice."""
    topics.set_value(("excl",))
    type_keys(Key.Key_Down)
    shown = open_list(topics)
    assert shown is not None
    assert shown.view.model().rowCount() == len(TOPICS) - 1


def test_backspace_removes_the_last_and_delete_the_one_walked_to(topics: TermTokens) -> None:
    """Only when there is nothing typed to remove."""
    topics.set_value(("ehcna", "excl", "tran", "trns"))
    type_keys("x", Key.Key_Backspace)
    assert len(topics.value()) == 4
    type_keys(Key.Key_Backspace)
    assert topics.value() == ("ehcna", "excl", "tran")
    type_keys(Key.Key_Left, Key.Key_Left, Key.Key_Delete)
    assert topics.value() == ("ehcna", "tran")


def test_another_topic_becomes_the_main_one_by_keyboard(topics: TermTokens) -> None:
    """On a chip, or while taking it from the list."""
    topics.set_value(("ehcna", "excl", "tran"))
    type_keys(Key.Key_Left, Key.Key_Left)
    type_keys(Key.Key_Up, held=CTRL)
    assert topics.value() == ("excl", "ehcna", "tran")
    type_keys("trng")
    type_keys(Key.Key_Up, held=CTRL)
    assert topics.value() == ("trng", "excl", "ehcna", "tran")
    assert chips(topics)[0] == "Main: Training for parents"


def test_a_list_without_a_main_one_does_not_speak_of_it(show: Show) -> None:
    """Advice given has no rank."""
    advice = TermTokens(Vocabulary.ADVICE, with_main=False)
    advice.offer(TOPICS)
    in_window(show, advice)
    advice.set_value(("excl", "tran"))
    type_keys(Key.Key_Left)
    type_keys(Key.Key_Up, held=CTRL)
    assert advice.value() == ("excl", "tran")
    assert chips(advice) == ["Exclusion", "Transport"]


def test_a_chips_cross_removes_it(topics: TermTokens, qtbot: QtBot) -> None:
    """For those who point; its name says what it does."""
    topics.set_value(("ehcna", "excl"))
    chip = topics.frame.chips()[0]
    chip.closed.emit()
    assert topics.value() == ("excl",)
    assert chips(topics) == ["Main: Exclusion"]


def test_the_list_lies_over_the_form_inside_the_window(topics: TermTokens) -> None:
    """It never pushes the form, never hangs out of the window."""
    before = topics.geometry()
    type_keys("tr")
    shown = open_list(topics)
    assert shown is not None
    assert topics.geometry() == before
    assert topics.window().rect().contains(shown.geometry())


@pytest.mark.parametrize(("typed", "words"), [("3/9", "Thu 3 Sep 2026"), ("yest", "Fri 20 Nov 2026")])
def test_a_day_shows_what_it_understood(show: Show, typed: str, words: str) -> None:
    """Beside the field while typing; in the field after leaving it."""
    day, after = DayEditor(lambda: TODAY), TextEditor()
    in_window(show, day, after)
    type_keys(typed)
    assert day.understood.text() == words
    type_keys(Key.Key_Return)
    assert QApplication.focusWidget() is after.keys
    assert day.line.text() in words


def test_a_day_that_is_none_is_kept_as_typed_and_said_so(show: Show) -> None:
    """Nothing is guessed, nothing lost."""
    day = DayEditor(lambda: TODAY)
    in_window(show, day, TextEditor())
    type_keys("31/02/2026", Key.Key_Tab)
    assert day.value() is None
    assert day.line.text() == "31/02/2026"
    assert day.trouble() == "There is no 31 February 2026."


def test_a_time_may_be_typed_without_its_colon(show: Show) -> None:
    """And is shown with it."""
    clock = ClockEditor()
    in_window(show, clock, TextEditor())
    type_keys("930", Key.Key_Tab)
    assert clock.value() == time(9, 30)
    assert clock.line.text() == "09:30"


def test_the_best_match_comes_first() -> None:
    """The very code, then codes that begin so, then words, then the list's order; accents do not matter."""
    rows = [("b", "Transition"), ("tr", "Zoë"), ("tran", "Transport"), ("x", "School transport")]

    def codes(typed: str) -> list[str]:
        return [code for code, _ in found_by(typed, rows, key=lambda row: row)]

    assert codes("tr") == ["tr", "tran", "b", "x"]
    assert codes("zoe") == ["tr"]
    assert codes("transport sch") == ["x"]
    assert codes("") == ["b", "tr", "tran", "x"]
    assert codes("ansition") == []


def test_what_is_typed_before_the_lists_arrive_is_chosen_when_they_do(show: Show) -> None:
    picker, tokens = TermPicker(Vocabulary.CALLER_KIND), TermTokens(Vocabulary.TOPIC)
    box = QWidget()
    row = QVBoxLayout(box)
    row.addWidget(picker)
    row.addWidget(tokens)
    show(box)
    picker.keys.setFocus()
    QTest.keyClicks(picker.keys, "paren")
    picker.offer((Term(vocabulary=Vocabulary.CALLER_KIND, code=TermCode("PARENT"), label="Parent"),))
    assert picker.value() == "PARENT"
    tokens.keys.setFocus()
    QTest.keyClicks(tokens.keys, "review")
    tokens.offer((Term(vocabulary=Vocabulary.TOPIC, code=TermCode("annual-review"), label="annual review"),))
    QTest.keyClick(tokens.keys, Qt.Key.Key_Return)
    assert tokens.value() == ("annual-review",)
