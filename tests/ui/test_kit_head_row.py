"""The head of a page: its buttons stand at the right of title and line, or below where these would get too little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit import theme as look
from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.head_row import HeadRow
from ui.kit.theme import Theme
from ui.kit.words import label, spaced

LONG = "Call volumes, September to August, as of Friday 20 November 2026, counted in four seconds"


class Head(QWidget):
    """A head with three buttons."""

    def __init__(self, line: str) -> None:
        super().__init__()
        words = QVBoxLayout()
        spaced(words, gap="xs")
        self.title, self.line = label("Ask the dates", "h1", wrap=True), label(line, "muted", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.line)
        flow = Flow()
        self.buttons = [KeyButton("Print", "Ctrl+P"), KeyButton("Save as…", "Ctrl+E"), KeyButton("Copy", "Ctrl+C")]
        for button in self.buttons:
            flow.addWidget(button)
        self.row = HeadRow(words, flow)
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        outer.addLayout(self.row)
        outer.addStretch(1)

    def one_line(self) -> int:
        """How wide the buttons are in one line."""
        return sum(button.sizeHint().width() for button in self.buttons) + 2 * 8 * round(look.current().scale)

    def beside(self) -> bool:
        """Whether the buttons stand at the right of the words."""
        return all(button.x() > self.title.geometry().right() for button in self.buttons)

    def below(self) -> bool:
        """Whether they stand below all words, which have the whole width, and none of them is out of sight."""
        return (
            self.line.width() == self.title.width() == self.width()
            and all(button.y() > self.line.geometry().bottom() for button in self.buttons)
            and all(button.geometry().right() < self.width() for button in self.buttons)
        )


@pytest.fixture
def heads(qtbot: QtBot, theme: Theme) -> Iterator[type[Head]]:
    made: list[Head] = []

    class Shown(Head):
        def __init__(self, line: str) -> None:
            super().__init__(line)
            made.append(self)
            self.show()

    yield Shown
    for head in made:
        head.close()


def at(head: Head, width: int) -> Head:
    head.resize(width, 400)
    QApplication.processEvents()
    return head


def uncut(words: QLabel) -> bool:
    return words.height() >= words.heightForWidth(words.width())


def test_where_there_is_room_the_buttons_stand_at_the_right(heads: type[Head]) -> None:
    head = at(heads(LONG), 1600)
    assert head.beside()
    assert len({button.y() for button in head.buttons}) == 1
    assert head.buttons[-1].geometry().right() == head.width() - 1


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_where_the_words_would_get_less_than_half_the_buttons_go_below(
    heads: type[Head], qapp: QApplication, scale: float
) -> None:
    look.switch(qapp, scale=scale)
    head = heads(LONG)
    wide = head.one_line()
    at(head, wide * 2 - 100)
    assert head.below()
    assert uncut(head.title)
    assert uncut(head.line)
    at(head, wide * 2 + 100)
    assert head.beside()
    assert uncut(head.line)


def test_few_words_that_need_no_more_lines_there_stay_beside_the_buttons(heads: type[Head]) -> None:
    head = heads("Nothing yet.")
    at(head, head.one_line() * 2 - 100)
    assert head.beside()
    head.line.setText(LONG)
    at(head, head.width())
    assert head.below()


def test_buttons_that_do_not_fit_in_one_line_take_several_below(heads: type[Head]) -> None:
    head = heads(LONG)
    at(head, head.one_line() * 3 // 4)
    assert head.below()
    assert len({button.y() for button in head.buttons}) == 2


def test_without_a_button_to_be_seen_the_words_have_all_the_width(heads: type[Head]) -> None:
    head = at(heads(LONG), 500)
    with_buttons = head.row.heightForWidth(500)
    for button in head.buttons:
        button.hide()
    at(head, 500)
    assert head.title.width() == head.width()
    assert head.row.heightForWidth(500) < with_buttons
