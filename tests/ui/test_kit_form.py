"""A form declared in a few lines: labels, order, problems, drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ui.kit import theme as look
from ui.kit.editors import (
    ClockEditor,
    CodePicker,
    DayEditor,
    NotesEditor,
    NumberEditor,
    TermPicker,
    TermTokens,
    TextEditor,
    TickEditor,
)
from ui.kit.field_box import FieldBox
from ui.kit.form import Field, Form
from ui.kit.parts import page_scroll

Show = Callable[..., QWidget]
Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TOPICS = tuple(
    Term(vocabulary=Vocabulary.TOPIC, code=TermCode(code), label=label)
    for code, label in (("excl", "exclusion"), ("tran", "transport"))
)
NAMES = ("caller", "kind", "anonymous", "direction", "day", "started", "topics", "notes", "minutes")


@pytest.fixture
def form(show: Show) -> Form:
    """A call's form in a window of 1000 pixels."""
    topics, kind = TermTokens(Vocabulary.TOPIC), TermPicker(Vocabulary.CALLER_KIND)
    topics.offer(TOPICS)
    kind.offer(TOPICS)
    made = Form(
        [
            Field("caller", "&Caller", TextEditor(), hint="As they give it."),
            Field("kind", "&Kind", kind, required=True),
            Field("anonymous", "&Anonymous", TickEditor()),
            Field("direction", "&Direction", CodePicker(Direction)),
            Field("day", "Da&y", DayEditor(lambda: date(2026, 11, 21))),
            Field("started", "&Started", ClockEditor()),
            Field("topics", "&Topic", topics, required=True, wide=True),
            Field("notes", "&Notes", NotesEditor(), wide=True),
            Field("minutes", "&Minutes", NumberEditor(maximum=600)),
        ]
    )
    page = QWidget()
    QVBoxLayout(page).addWidget(made)
    show(page_scroll(page), 1000, 700)
    made.focus_first()
    return made


def focused() -> QWidget:
    """Where the keyboard is; never nowhere."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_call_is_filled_in_by_keyboard_alone(form: Form, qtbot: QtBot) -> None:
    """From the first field to Ctrl+Enter without the mouse."""
    for keys in ("Jane", "exc", " ", "o", "yest", "930"):
        QTest.keyClicks(focused(), keys)
        QTest.keyClick(focused(), Key.Key_Tab)
    QTest.keyClicks(focused(), "tran")
    QTest.keyClick(focused(), Key.Key_Return)
    QTest.keyClick(focused(), Key.Key_Return)
    QTest.keyClicks(focused(), "Asked")
    QTest.keyClick(focused(), Key.Key_Tab)
    QTest.keyClicks(focused(), "12")
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(focused(), Key.Key_Return, CTRL)
    values = form.values()
    assert values.pop("started").strftime("%H:%M") == "09:30"  # type: ignore[attr-defined]
    assert values == {
        "caller": "Jane",
        "kind": "excl",
        "anonymous": True,
        "direction": Direction.OUT,
        "day": date(2026, 11, 20),
        "topics": ("tran",),
        "notes": "Asked",
        "minutes": 12,
    }


def test_tab_walks_the_fields_as_they_are_declared_and_back(form: Form) -> None:
    """And as they are read: the walk ends where it began."""
    walked = [focused()]
    for _ in NAMES[1:]:
        QTest.keyClick(focused(), Key.Key_Tab)
        walked.append(focused())
    assert walked == [form.editor(name).keys for name in NAMES]
    for name in reversed(NAMES[:-1]):
        QTest.keyClick(focused(), Key.Key_Backtab)
        assert focused() is form.editor(name).keys


def test_a_walk_through_the_form_changes_nothing(form: Form) -> None:
    """WCAG 3.2.1."""
    before = form.content()
    for _ in NAMES:
        QTest.keyClick(focused(), Key.Key_Tab)
    assert form.content() == before
    assert not form.dirty


def test_every_field_has_a_name_an_identifier_and_its_hint_for_those_who_listen(form: Form) -> None:
    """Without markup, without stray &, unlike each other."""
    spoken = {}
    for name in NAMES:
        heard = QAccessible.queryAccessibleInterface(form.editor(name).keys)
        spoken[name] = heard.text(QAccessible.Text.Name)
        assert form.editor(name).keys.accessibleIdentifier() == name
    assert spoken["caller"] == "Caller"
    assert spoken["topics"] == "Topic, required"
    assert spoken["anonymous"] == "Anonymous"
    assert len(set(spoken.values())) == len(NAMES)
    assert not any("&" in words for words in spoken.values())
    heard = QAccessible.queryAccessibleInterface(form.editor("caller").keys)
    assert heard.text(QAccessible.Text.Description) == "As they give it."


def test_access_keys_lead_to_their_fields(form: Form) -> None:
    """Alt+N is the notes."""
    QTest.keyClick(form.window(), Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert focused() is form.editor("notes").keys
    QTest.keyClick(form.window(), Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert focused() is form.editor("topics").keys


def shown_words(form: Form) -> list[str]:
    """Every visible label's words."""
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def test_problems_stand_at_the_field_and_in_the_summary_in_the_same_words(form: Form) -> None:
    """The keyboard is on the first; Enter goes to its field, whose description says it too."""
    problems = {"topics": "Choose at least one topic.", "kind": "Choose who was calling <b>now</b>."}
    form.show_problems(problems)
    words = shown_words(form)
    for name, sentence in problems.items():
        assert sentence in words
        assert form.editor(name).keys.accessibleDescription() == sentence
    assert [link.text() for link in form.problem_bar.links()] == list(problems.values())
    assert focused() is form.problem_bar.links()[0]
    QTest.keyClick(focused(), Key.Key_Return)
    assert focused() is form.editor("topics").keys


def test_the_summary_says_every_sentence_to_its_end_where_there_is_little_room(form: Form) -> None:
    """On as many lines as it takes, all of them in sight, and as many again as there is more room."""
    words = "Enter the day as 3/9 or 3 sep: what stands there is no day of the calendar, and nothing was saved of it."
    form.show_problems({"day": words, "topics": "Choose at least one topic."})
    long, short = form.problem_bar.links()
    QApplication.processEvents()
    one_line = long.height()
    assert one_line == short.height()
    form.window().resize(320, 700)
    for _ in range(3):
        QApplication.processEvents()
    lines = long.fontMetrics().horizontalAdvance(words) // long.width() + 1
    assert lines >= 3
    assert long.height() >= one_line + (lines - 1) * long.fontMetrics().height()
    assert long.geometry().bottom() < short.geometry().top()
    assert _ink_in(long, long.height() - long.fontMetrics().height(), long.height() - 4)
    form.window().resize(1000, 700)
    for _ in range(3):
        QApplication.processEvents()
    assert long.height() == one_line


def _ink_in(widget: QWidget, top: int, bottom: int) -> bool:
    """Whether anything is drawn between the two lines, the frame around it apart."""
    image = widget.grab().toImage()
    ground = image.pixel(5, 5)
    return any(image.pixel(x, y) != ground for x in range(6, image.width() - 6) for y in range(top, bottom))


def test_a_problem_goes_as_soon_as_the_field_is_right(form: Form) -> None:
    """Not before, and nothing jumps when it goes."""
    form.show_problems({"topics": "Choose at least one topic.", "minutes": "From 0 to 600."})
    form.focus_field("topics")
    QApplication.processEvents()
    place = form.editor("notes").mapTo(form, form.editor("notes").rect().topLeft())
    QTest.keyClicks(focused(), "tra")
    assert "topics" in form.problems()
    QTest.keyClick(focused(), Key.Key_Return)
    QApplication.processEvents()
    assert form.problems() == {"minutes": "From 0 to 600."}
    assert "1 thing needs putting right before this can be saved." in shown_words(form)
    assert form.editor("notes").mapTo(form, form.editor("notes").rect().topLeft()) == place
    form.focus_field("minutes")
    QTest.keyClicks(focused(), "5")
    QTest.keyClick(focused(), Key.Key_Tab)
    QApplication.processEvents()
    assert "Everything is right now." in shown_words(form)
    assert "Choose at least one topic." not in shown_words(form)  # it would ask for what is there
    assert form.editor("notes").mapTo(form, form.editor("notes").rect().topLeft()) == place


def test_what_cannot_be_read_is_said_when_one_leaves_the_field(form: Form) -> None:
    """Not while typing; and it is no value."""
    form.focus_field("day")
    QTest.keyClicks(focused(), "31/02/2026")
    assert form.problems() == {}
    QTest.keyClick(focused(), Key.Key_Tab)
    assert form.problems() == {"day": "There is no 31 February 2026."}
    with pytest.raises(Invalid) as refused:
        form.values()
    assert dict(refused.value.problems) == {"day": "There is no 31 February 2026."}


def test_a_problem_of_no_field_is_told_all_the_same(form: Form) -> None:
    """In the summary, leading nowhere."""
    form.show_problems({"somewhere": "The line is closed."})
    [link] = form.problem_bar.links()
    assert link.text() == "The line is closed."
    assert not link.isEnabled()


def test_a_draft_brings_back_every_field_even_half_typed(form: Form) -> None:
    """As plain values; and the form knows that it is not saved."""
    form.editor("day").restore("31/0")
    form.editor("topics").restore({"codes": ["excl"], "typed": "tra"})
    form.editor("caller").set_value("Mrs K")
    kept = form.content()
    form.set_values({"caller": "", "day": None, "topics": ()})
    assert not form.dirty
    form.restore(kept)
    assert form.content() == kept
    assert form.dirty
    assert form.troubles().keys() == {"day", "topics"}


def test_only_people_edit(form: Form, qtbot: QtBot) -> None:
    """Showing a record is no edit; typing a letter names its field."""
    with qtbot.assertNotEmitted(form.edited):
        form.set_values({"caller": "Jane", "topics": ("excl",)})
    assert not form.dirty
    with qtbot.waitSignal(form.edited) as edited:
        QTest.keyClicks(form.editor("caller").keys, "x")
    assert edited.args == ["caller"]
    assert form.dirty


@pytest.mark.parametrize(("width", "scale"), [(1000, 1.0), (700, 1.0), (420, 1.0), (1000, 2.0)])
def test_no_field_is_cut_however_narrow_the_window(form: Form, qapp: QApplication, width: int, scale: float) -> None:
    """Two columns, one, or labels above: nothing outside, nothing on top of another."""
    look.switch(qapp, scale=scale)
    form.window().resize(width, 700)
    form.show_problems({"topics": "Choose at least one topic.", "day": "The call cannot be in the future."})
    for _ in range(3):
        QApplication.processEvents()
    rects = {}
    for name in NAMES:
        keys = form.editor(name).keys
        rects[name] = keys.rect().translated(keys.mapTo(form, keys.rect().topLeft()))
        assert rects[name].left() >= 0, name
        assert rects[name].right() <= form.width(), name
        assert keys.height() >= min(keys.minimumSizeHint().height(), keys.sizeHint().height()), name
    for box in form.findChildren(FieldBox):
        assert box.height() >= box.heightForWidth(box.width()), box.name
    overlapping = [
        (one, other) for one in NAMES for other in NAMES if one < other and rects[one].intersects(rects[other])
    ]
    assert not overlapping
    beside = rects["caller"].center().y() == rects["kind"].center().y()
    assert beside == (width / scale >= 840)


def test_the_field_with_the_keyboard_is_always_in_sight(form: Form) -> None:
    """In a window far too low, also from the last field back to the first (WCAG 2.4.11)."""
    window = form.window()
    window.resize(600, 260)
    QApplication.processEvents()
    for name in (*NAMES, *reversed(NAMES)):
        form.focus_field(name)
        QApplication.processEvents()
        keys = form.editor(name).keys
        top = keys.mapTo(window, keys.rect().topLeft()).y()
        assert top >= 0, name
        assert min(top + keys.height(), top + 100) <= window.height(), name
