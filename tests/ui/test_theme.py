"""The look: contrast, focus, targets, text size, and that it changes under one's hands."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from ppsdesk.domain.codes import Direction
from ppsdesk.domain.vocabulary import Vocabulary
from ui.kit import theme as look
from ui.kit.editors import CodePicker, DayEditor, NotesEditor, NumberEditor, TermTokens, TextEditor, TickEditor
from ui.kit.parts import Chip, IconButton, KeyButton, PlainLabel, spaced
from ui.kit.problem_bar import ProblemBar
from ui.kit.records import Column, RecordsModel
from ui.kit.table import RecordsTable
from ui.kit.theme import MODES, Theme

Show = Callable[..., QWidget]


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, two: QColor) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_the_one_of_the_guidelines() -> None:
    """Black on white is 21, #767676 on white the well-known 4.54."""
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_of_colours_in_use_can_be_read(mode: str) -> None:
    """The pairs the tokens promise, in each look."""
    used = Theme.load(mode)
    missed = [
        f"{fore} on {back}"
        for pair in look.tokens()["pairs"]
        for fore, back in itertools.product(pair["fg"], pair["bg"])
        if contrast(used.colour(fore), used.colour(back)) < pair["need"]
    ]
    assert not missed


def test_a_look_nobody_knows_is_refused() -> None:
    """Settings may hold anything."""
    with pytest.raises(ValueError, match="sepia"):
        Theme.load("sepia")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_style_sheet_has_no_gap_and_qt_takes_all_of_it(qapp: QApplication, mode: str, scale: float) -> None:
    """A sheet Qt cannot read is ignored whole, with a warning that would fail this test."""
    used = Theme.load(mode, scale)
    used.apply(qapp)
    assert "$" not in qapp.styleSheet()
    assert qapp.palette().window().color() == used.colour("canvas")
    Theme.load().apply(qapp)


def test_the_words_are_set_in_the_programs_own_font(theme: Theme, qapp: QApplication) -> None:
    """Whatever fonts the machine has, or has not."""
    assert QFontInfo(qapp.font()).family() == "Noto Sans"
    assert QFontInfo(theme.font("h1", strong=True)).weight() == 600


def test_numbers_and_days_are_british(theme: Theme) -> None:
    """The C locale would print 21 11 2026."""
    assert QLocale().name() == "en_GB"


def test_text_twice_the_size_reaches_a_window_that_is_open(show: Show, theme: Theme, qapp: QApplication) -> None:
    """No restart, no reopening: words, buttons, margins and pictures grow."""
    page = QWidget()
    column = QVBoxLayout(page)
    spaced(column, around="m")
    words, button, chip = PlainLabel("Kind of caller"), KeyButton("Save", "Ctrl+Enter", icon="check"), Chip("Saved")
    for part in (words, button, chip):
        column.addWidget(part)
    show(page)
    before = (words.sizeHint().width(), button.sizeHint().width(), chip.height(), column.contentsMargins().left())
    look.switch(qapp, scale=2.0)
    qapp.processEvents()
    after = (words.sizeHint().width(), button.sizeHint().width(), chip.height(), column.contentsMargins().left())
    assert all(large >= 1.8 * small for small, large in zip(before, after, strict=True)), (before, after)


def test_the_dark_look_reaches_a_window_that_is_open(show: Show, theme: Theme, qapp: QApplication) -> None:
    """The very pixels change."""
    page = QWidget()
    page.setProperty("role", "page")
    show(page, 60, 60)
    assert page.grab().toImage().pixelColor(5, 5) == theme.colour("canvas")
    dark = look.switch(qapp, mode="dark")
    qapp.processEvents()
    assert page.grab().toImage().pixelColor(5, 5) == dark.colour("canvas")


def test_text_sizes_stop_at_both_ends(theme: Theme, qapp: QApplication) -> None:
    """Ctrl++ for ever is 200 %, Ctrl+0 is 100 %."""
    assert look.next_scale(-1) == 1.0
    look.switch(qapp, scale=1.75)
    assert look.next_scale(1) == 2.0
    look.switch(qapp, scale=2.0)
    assert look.next_scale(1) == 2.0
    assert look.next_scale(0) == 1.0


def focusable() -> dict[str, tuple[QWidget, QWidget, QWidget]]:
    """Every kind of thing that takes the keyboard: itself, what takes the focus, what carries the ring."""
    table = RecordsTable(RecordsModel((Column[str]("Caller", str),)), "Calls")
    table.setFixedSize(300, 140)
    notes, number, tokens = NotesEditor(rows=2), NumberEditor(maximum=600), TermTokens(Vocabulary.TOPIC)
    text, wrong, picker = TextEditor(), TextEditor(), CodePicker(Direction)
    day, tick = DayEditor(), TickEditor("Anonymous")
    wrong.set_wrong(True)
    problems = ProblemBar()
    problems.show_problems({"topics": "Choose at least one topic."}, {"topics": "Topic"})
    [link] = problems.links()
    plain = {
        "button": KeyButton("Save and open", "Ctrl+O"),
        "primary button": KeyButton("Save", "Ctrl+Enter", "primary"),
        "quiet button": KeyButton("Discard", kind="quiet"),
        "link": KeyButton("3 calls", kind="link"),
        "danger button": KeyButton("Erase", kind="danger"),
        "icon button": IconButton("x", "Close"),
    }
    editors = {"text": text, "wrong text": wrong, "notes": notes, "number": number, "list": picker, "day": day}
    found: dict[str, tuple[QWidget, QWidget, QWidget]] = {name: (each, each, each) for name, each in plain.items()}
    found |= {name: (editor, editor.keys, editor.keys) for name, editor in editors.items()}
    found["tick"] = (tick, tick.keys, tick.keys)
    found["several terms"] = (tokens, tokens.line, tokens.frame)
    found["table"] = (table, table, table)
    found["problem in the summary"] = (problems, link, link)
    return found


def still(widget: QWidget) -> None:
    """No blinking cursor between two pictures."""
    if isinstance(widget, QPlainTextEdit):
        widget.setCursorWidth(0)
    elif isinstance(widget, QLineEdit):
        widget.setPlaceholderText("")
        widget.setReadOnly(True)


def picture(widget: QWidget) -> QImage:
    """The widget as its window draws it, three pixels around it too."""
    QApplication.processEvents()
    window = widget.window()
    room = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
    return window.grab(room).toImage()


@pytest.mark.parametrize("mode", MODES)
def test_one_sees_where_the_keyboard_is(show: Show, qapp: QApplication, mode: str) -> None:
    """A closed ring of two pixels at 3:1 or more on everything that takes the focus (WCAG 2.4.7, 2.4.13)."""
    look.switch(qapp, mode=mode)
    page = QWidget()
    page.setProperty("role", "page")
    column = QVBoxLayout(page)
    rest = QToolButton()
    column.addWidget(rest)
    parts = focusable()
    for part, _, _ in parts.values():
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
    show(page, 700, 1100)
    missed = []
    for name, (_, keys, ringed) in parts.items():
        still(keys)
        rest.setFocus()
        before = picture(ringed)
        keys.setFocus(Qt.FocusReason.OtherFocusReason)
        assert QApplication.focusWidget() is keys, name
        after = picture(ringed)
        spots = itertools.product(range(before.width()), range(before.height()))
        changed = sum(
            before.pixelColor(x, y) != after.pixelColor(x, y)
            and contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= 3
            for x, y in spots
        )
        corners = 4 * 4 + 4 * 6
        need = 0.9 * (2 * 2 * (ringed.width() + ringed.height()) - corners)
        if changed < need:
            missed.append(f"{name}: {changed} of {need:.0f}")
    assert not missed


def test_everything_that_can_be_clicked_is_large_enough(show: Show) -> None:
    """WCAG 2.5.8 asks for 24 by 24; the kit gives 28 where it can."""
    page = QWidget()
    column = QVBoxLayout(page)
    parts = focusable()
    for part, _, _ in parts.values():
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
    show(page, 700, 1100)
    small = {
        name: keys.size().toTuple() for name, (_, keys, _) in parts.items() if min(keys.width(), keys.height()) < 24
    }
    assert not small


def test_every_label_of_the_kit_is_plain_text(show: Show) -> None:
    """No label anywhere guesses at markup."""
    page = QWidget()
    column = QVBoxLayout(page)
    for part, _, _ in focusable().values():
        column.addWidget(part)
    show(page)
    labels = page.findChildren(QLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
