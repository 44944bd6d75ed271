"""Small parts: plain text everywhere, buttons and bars, wrapping rows, dialogs, window sizes, keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS, action
from ui.kit.dialogs import Confirm, Dialogs
from ui.kit.geometry import FILE, Geometry
from ui.kit.parts import (
    Bar,
    Card,
    Chip,
    Flow,
    KeyButton,
    PlainLabel,
    Svg,
    label,
    no_access_key,
    plain_tooltip,
    without_access_key,
)
from ui.kit.theme import Theme

Show = Callable[..., QWidget]
HOSTILE = (
    '<img src="file:///etc/hostname">',
    "<b>bold</b>",
    "<a href='file:///'>x</a>",
    "&lt;",
    "&Save",
    "Smith & Jones",
    "<3",
    "Mrs <O’Brien>",
    "two\nlines, and  <two> spaces",
    "\u202egnirts",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_a_caller_is_called_is_shown_letter_by_letter(show: Show, qtbot: QtBot, words: str) -> None:
    """In labels, chips, bars, cards and questions; what is drawn is as wide as the letters."""
    page = QWidget()
    column = QVBoxLayout(page)
    for part in (PlainLabel(words), label(words, wrap=True), Chip(words), Bar("info", words), Card(words)):
        column.addWidget(part)
    show(page)
    question = Confirm(page, words, "Erase", "Keep")
    qtbot.addWidget(question)
    labels = [found for found in page.findChildren(QLabel) if found.text()]
    assert question.sentence in labels
    assert len(labels) == 6
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}
    assert {found.text() for found in labels} == {words}
    plain = labels[0]
    assert plain.sizeHint().width() >= plain.fontMetrics().size(0, words).width()


@pytest.mark.parametrize("words", HOSTILE)
def test_a_tooltip_shows_letters_not_markup(qapp: QApplication, words: str) -> None:
    """Qt guesses whether a tooltip is markup: where it would, we give it escaped markup."""
    tooltip = plain_tooltip(words)
    if "<" in tooltip or "&" in tooltip:
        page = QTextDocument()
        page.setHtml(tooltip)
        assert page.toPlainText() == words
    else:
        assert tooltip == words


def test_an_ampersand_in_a_name_survives_on_a_button(qtbot: QtBot, theme: Theme) -> None:
    """And the access key of our own words is not spoken."""
    button = KeyButton(no_access_key("Smith & Jones"))
    qtbot.addWidget(button)
    heard = QAccessible.queryAccessibleInterface(button)
    assert heard.text(QAccessible.Text.Name) == "Smith & Jones"
    assert without_access_key("&Topic") == "Topic"
    assert without_access_key(no_access_key("Smith & Jones")) == "Smith & Jones"


def test_a_part_never_opens_a_window_of_its_own(qapp: QApplication, theme: Theme) -> None:
    """A bar with words, a chip without a sign: nothing flashes before they stand on a page."""
    before = set(qapp.topLevelWidgets())
    parts = [Bar("info", "A call was not finished."), Chip("Saved", icon=None), Chip("Today", "warning")]
    assert not [w for w in qapp.topLevelWidgets() if w not in before and w.isVisible()]
    assert all(not part.isVisible() for part in parts)


def test_a_bar_is_not_there_while_it_has_nothing_to_say(show: Show) -> None:
    """And takes no room."""
    page = QWidget()
    column = QVBoxLayout(page)
    bar = Bar("warning")
    column.addWidget(bar)
    show(page)
    assert not bar.isVisible()
    bar.say("Practice data: do not enter real people.")
    assert bar.isVisible()
    bar.clear()
    assert not bar.isVisible()


def test_a_bar_has_two_buttons_at_most_and_calls_without_flags(show: Show) -> None:
    """A handler with a default argument must not meet Qt's `checked`."""
    page = QWidget()
    bar = Bar("info", "A call from 10:40 was not finished.")
    QVBoxLayout(page).addWidget(bar)
    show(page)
    met: list[object] = []

    def go_on(which: object = "the draft") -> None:
        met.append(which)

    bar.add_button("Go on", go_on).click()
    bar.add_button("Discard", go_on)
    with pytest.raises(ValueError, match="two buttons"):
        bar.add_button("Later", go_on)
    assert met == ["the draft"]
    bar.say("Another sentence.")
    assert bar.buttons() == ()


def test_a_failure_is_spoken_at_once(show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Danger and success are announced, information is not."""
    spoken: list[str] = []
    monkeypatch.setattr("ui.kit.surfaces.announce", lambda widget, text, urgent=False: spoken.append(text))
    bar = Bar("info")
    qtbot.addWidget(bar)
    bar.say("3 calls to complete.", "info")
    bar.say("Not saved: no connection.", "danger")
    bar.say("Call logged.", "success")
    assert spoken == ["Not saved: no connection.", "Call logged."]


@pytest.mark.parametrize("width", [900, 320, 150])
def test_a_row_wraps_and_loses_nothing(show: Show, width: int) -> None:
    """Every part inside, none on another, none cut."""
    page = QWidget()
    row = Flow(page)
    buttons = [KeyButton(words, "Ctrl+R") for words in ("Save", "Save and refer", "Open", "Park")]
    for button in buttons:
        row.addWidget(button)
    show(page, width, 400)
    places = [button.geometry() for button in buttons]
    assert all(page.rect().contains(QRect(place.x(), place.y(), 1, place.height())) for place in places)
    assert all(not a.intersects(b) for a in places for b in places if a is not b)
    if width > 150:
        assert all(button.width() >= button.minimumSizeHint().width() for button in buttons)
    lines = len({place.y() for place in places})
    assert (lines == 1) == (width == 900)
    assert row.heightForWidth(width) == lines * buttons[0].height() + (lines - 1) * row.spacing()


def test_enter_presses_the_button_the_keyboard_is_on(show: Show, qtbot: QtBot) -> None:
    """As Space does; Ctrl+Enter is the page's."""
    page = QWidget()
    button = KeyButton("Go on", "Enter")
    QVBoxLayout(page).addWidget(button)
    show(page)
    button.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            QTest.keyClick(button, key)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_button_that_cannot_be_pressed_says_why(qtbot: QtBot, theme: Theme) -> None:
    """To those who listen and those who point."""
    button = KeyButton("Sign off")
    qtbot.addWidget(button)
    button.switch_off("Opens when 4 gaps are filled.")
    assert not button.isEnabled()
    assert button.accessibleDescription() == button.toolTip() == "Opens when 4 gaps are filled."


def test_a_chart_keeps_its_shape_and_has_a_name(qtbot: QtBot, theme: Theme) -> None:
    """And something that is no drawing is refused."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200"/></svg>'
    chart = Svg(drawing, "Calls by year: 1,249, 2,647, 2,402")
    qtbot.addWidget(chart)
    assert chart.accessibleName().startswith("Calls by year")
    assert chart.heightForWidth(200) == 100
    assert chart.heightForWidth(4000) == 200
    with pytest.raises(ValueError, match="not SVG"):
        chart.show_drawing(b"no drawing", "x")


def test_the_safe_answer_is_the_one_enter_gives(show: Show) -> None:
    """Enter and Escape keep; only the verb erases."""
    page = show(QWidget())
    for key, answer in ((Qt.Key.Key_Return, 0), (Qt.Key.Key_Escape, 0)):
        question = Confirm(page, "Erase everything about this call?", "Erase", "Keep")
        show(question, 400, 200)
        QTest.keyClick(question, key)
        assert question.result() == answer
        assert not question.isVisible()
    question = Confirm(page, "Erase everything about this call?", "Erase", "Keep")
    show(question, 400, 200)
    question.yes.click()
    assert question.result() == QDialog.DialogCode.Accepted


def test_a_file_to_save_gets_the_suffix_it_was_meant_to_have(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And Escape is no file."""
    page = QWidget()
    qtbot.addWidget(page)
    suggested = tmp_path / "calls.pdf"
    for typed, expected in (
        (str(tmp_path / "june"), tmp_path / "june.pdf"),
        (str(tmp_path / "june.json"), tmp_path / "june.json"),
        ("", None),
    ):
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *args, typed=typed: (typed, ""))
        assert Dialogs.ask_file_to_save(page, "Save the report", suggested) == expected


def test_a_window_comes_back_as_large_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    """From the desk's own folder; an unreadable file only loses the size."""
    window, again = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(again)
    assert not Geometry(tmp_path).recall("main", again)
    window.resize(611, 433)
    Geometry(tmp_path).remember("main", window)
    assert (tmp_path / FILE).exists()
    assert Geometry(tmp_path).recall("main", again)
    assert again.size() == window.size()
    (tmp_path / FILE).write_text("main=nonsense")
    assert not Geometry(tmp_path).recall("main", again)


def test_no_two_actions_share_a_key() -> None:
    """One table, so that this can be proved."""
    keys = [QKeySequence(key).toString() for each in ACTIONS for key in each.keys]
    assert all(keys)
    assert len(keys) == len(set(keys))
    assert len({each.name for each in ACTIONS}) == len(ACTIONS)


def test_no_key_is_a_bare_letter_or_alt_gr() -> None:
    """Ctrl+Alt+letter is AltGr on a British keyboard; bare letters belong to lists (WCAG 2.1.4)."""
    for each in ACTIONS:
        for key in each.keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs forget it
            held = combination.keyboardModifiers()
            function_key = Qt.Key.Key_F1 <= combination.key() <= Qt.Key.Key_F35
            both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            assert function_key or held & both, each
            assert held & both != both, each


def test_every_action_has_words_and_a_sentence() -> None:
    """For menu, tooltip and the sheet of keys."""
    assert action("new_call").keys[0] == "F8"
    assert all(each.words and each.menu and each.says.endswith(".") for each in ACTIONS)
    with pytest.raises(KeyError):
        action("sing")
