"""The negative controls: each walker finds the fault that is planted for it, and nothing in a screen that is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ppsdesk.services.locations import DeskFolder
from tests.ui import walkers
from tests.ui.ambiguous import Ambiguous
from tests.ui.ring import ringless
from tests.ui.rows import rows_of
from tests.ui.tab_walk import walk
from tests.ui.windows import press
from ui.kit.buttons import KeyButton
from ui.kit.editors import NotesEditor, TextEditor
from ui.kit.problem_bar import Link
from ui.kit.words import WrappedLabel

Show = Callable[..., QWidget]
Plant = Callable[[QWidget], object]


class Right(QWidget):
    """A small form with nothing wrong in it."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.line, self.notes, self.save = TextEditor(), NotesEditor(rows=2), KeyButton("&Save", "Ctrl+Enter")
        self.words = QLabel("&Caller")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setBuddy(self.line.keys)
        self.line.name("caller", "Caller, required")
        self.notes.name("notes", "Notes")
        for part in (self.words, self.line, self.notes, self.save):
            self.column.addWidget(part)


@pytest.fixture
def right(show: Show) -> Right:
    made = Right()
    show(made, 500, 300)
    made.line.keys.setFocus()
    return made


def add(page: QWidget, widget: QWidget, name: str = "") -> QWidget:
    """One more part, shown."""
    page.layout().addWidget(widget)
    if name:
        widget.setAccessibleName(name)
    widget.show()
    QApplication.processEvents()
    return widget


def placed(page: QWidget, widget: QWidget, *room: int) -> QWidget:
    """One more part where no layout looks after it."""
    widget.setParent(page)
    widget.setGeometry(*room)
    widget.show()
    return widget


def test_nothing_is_found_where_all_is_right(right: Right) -> None:
    assert walkers.findings(right, {**walkers.ALWAYS, **walkers.LARGE}) == {}
    assert walkers.letters_twice(right) == []
    walked = walk(right.line.keys)
    assert walked.findings(right) == {}
    assert len(walked.there) == len(walked.back) == 3


def tall_words(page: QWidget) -> None:
    label = WrappedLabel("Words that need more than one line at this width, as many sentences do")
    placed(page, label, 0, 0, 100, 20)


def same_names(page: QWidget) -> None:
    for _ in range(2):
        add(page, QPushButton("Remove"))


def tabs_too_low(page: QWidget) -> None:
    bar = QTabBar()
    bar.setStyleSheet("QTabBar::tab { height: 12px; min-height: 0; padding: 0; }")
    bar.addTab("Call 1")
    add(page, bar, "Open calls")


def two_keys(page: QWidget) -> None:
    for _ in range(2):
        QShortcut(QKeySequence("Ctrl+M"), page)


def wide_area(page: QWidget) -> None:
    area, inside = QScrollArea(), QWidget()
    inside.setMinimumWidth(2_000)
    area.setWidget(inside)
    add(page, area)


def a_list_too_narrow(page: QWidget) -> None:
    box = QComboBox()
    box.addItem("Information need met, nothing more to be done")
    placed(page, box, 0, 0, 60, 30).setAccessibleName("Outcome")


PLANTS: dict[str, tuple[Plant, Callable[[QWidget], list[str]]]] = {
    "a field without a name": (lambda page: add(page, QLineEdit()), walkers.nameless),
    "a list without a name": (lambda page: add(page, QComboBox()), walkers.nameless),
    "an icon without a name": (lambda page: add(page, QPushButton()), walkers.nameless),
    "markup in a name": (lambda page: add(page, QLineEdit(), "<b>Caller</b>"), walkers.named_badly),
    "an entity in a name": (lambda page: add(page, QLineEdit(), "Smith &amp; Jones"), walkers.named_badly),
    "an access key in a name": (lambda page: add(page, QLineEdit(), "&Caller"), walkers.named_badly),
    "two neighbours of one name": (same_names, walkers.named_alike),
    "a button called otherwise": (
        lambda page: add(page, QPushButton("Save"), "Put on record"),
        walkers.labelled_otherwise,
    ),
    "a field called otherwise": (lambda page: page.line.keys.setAccessibleName("Who rang"), walkers.labelled_otherwise),
    "a label that guesses": (lambda page: add(page, QLabel("<b>bold</b>")), walkers.rich),
    "a small button": (lambda page: placed(page, QPushButton("x"), 0, 0, 20, 20), walkers.too_small),
    "low tabs": (tabs_too_low, walkers.too_small),
    "a button with cut words": (lambda page: placed(page, QPushButton("Save and finish"), 0, 0, 40, 30), walkers.cut),
    "words that wrap out of sight": (tall_words, walkers.cut),
    "a problem of which only the first line is seen": (
        lambda page: placed(page, Link("Enter the day as 3/9 or 3 sep.", ""), 0, 0, 90, 30),
        walkers.cut,
    ),
    "a list that cuts what is chosen": (a_list_too_narrow, walkers.cut),
    "a button outside": (lambda page: placed(page.line, QPushButton("Far"), 900, 0, 60, 30), walkers.outside),
    "an area that scrolls sideways": (wide_area, walkers.sideways),
    "a key with two meanings": (two_keys, walkers.keys_twice),
    "an access key with two meanings": (lambda page: add(page, QPushButton("&Close call")), walkers.letters_twice),
}


@pytest.mark.parametrize("fault", PLANTS)
def test_a_planted_fault_is_found(right: Right, fault: str) -> None:
    plant, walker = PLANTS[fault]
    assert walker(right) == []
    plant(right)
    assert walker(right) != []


def test_an_ampersand_between_words_is_no_access_key(right: Right) -> None:
    add(right, QPushButton("Smith && Jones"))
    assert walkers.named_badly(right) == []
    assert walkers.labelled_otherwise(right) == []


# -- Tab ---------------------------------------------------------------------------------------------------------------


def test_a_trap_is_found(right: Right) -> None:
    trap = QPlainTextEdit()
    trap.setTabChangesFocus(False)
    add(right, trap, "Trap")
    assert "Tab stays in" in " ".join(walk(right.line.keys).wrong)


def test_a_round_that_leaves_its_beginning_out_is_found(right: Right) -> None:
    """As when an editor stands in the order beside the widget it hands the keyboard to."""
    right.line.keys.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert "does not come back" in " ".join(walk(right.line.keys).wrong)


def test_a_control_that_tab_never_comes_to_is_found(right: Right) -> None:
    walked = walk(right.line.keys)
    late = add(right, QCheckBox("Anonymous"))
    assert [told for told in walked.out_of_reach(right) if "Anonymous" in told]
    late.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert walked.out_of_reach(right) == []


def test_an_order_that_nobody_reads_in_is_found(right: Right) -> None:
    QWidget.setTabOrder(right.save, right.line.keys)
    QWidget.setTabOrder(right.line.keys, right.notes.keys)
    QWidget.setTabOrder(right.notes.keys, right.save)
    assert walk(right.line.keys).findings(right) == {}
    QWidget.setTabOrder(right.line.keys, right.save)
    assert "not in reading order" in walk(right.line.keys).findings(right)


def test_another_way_back_is_found(right: Right) -> None:
    walked = walk(right.line.keys)
    walked.back[0], walked.back[1] = walked.back[1], walked.back[0]
    assert "Shift+Tab goes another way" in walked.findings(right)


def test_a_field_out_of_sight_is_found(right: Right) -> None:
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    for number in range(20):
        column.addWidget(QPushButton(f"Button {number}"))
    area.setWidget(inside)
    area.setFixedHeight(80)
    add(right, area)
    last = inside.findChildren(QPushButton)[-1]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    area.ensureWidgetVisible(last)
    assert walkers.unseen(last) == ""
    area.verticalScrollBar().setValue(0)
    assert walkers.unseen(last) != ""


def test_a_field_under_something_else_is_found(right: Right) -> None:
    assert walkers.unseen(right.notes.keys) == ""
    cover = placed(right, QWidget(), 0, 0, right.width(), right.height())
    cover.setAutoFillBackground(True)
    cover.raise_()
    QApplication.processEvents()
    assert walkers.unseen(right.notes.keys) != ""


# -- the ring ----------------------------------------------------------------------------------------------------------


def test_a_control_without_a_ring_is_found(right: Right) -> None:
    assert ringless(right.save, right.notes.keys) == ""
    bare = add(right, QPushButton("Bare"))
    bare.setStyleSheet("QPushButton, QPushButton:focus { border: 0; outline: 0; background: white; color: black; }")
    assert "Bare" in ringless(bare, right.notes.keys)


def test_a_ring_that_is_too_faint_is_found(right: Right) -> None:
    faint = add(right, QPushButton("Faint"))
    faint.setStyleSheet("QPushButton { border: 2px solid #eeeeee; background: white; }"
                        "QPushButton:focus { border: 2px solid #cccccc; }")  # fmt: skip
    assert "Faint" in ringless(faint, right.notes.keys)


# -- keys and rows -----------------------------------------------------------------------------------------------------


def test_a_key_that_is_ambiguous_when_pressed_is_found(right: Right) -> None:
    two_keys(right)
    with Ambiguous() as heard:
        press("Ctrl+M")
        press("Alt+C")
    assert heard.keys == ["Ctrl+M"]
    assert heard.heard == ["Ctrl+M", "Alt+C"]


def test_a_row_that_was_changed_is_found(tmp_path: Path) -> None:
    """Its number is the same, what it holds is not."""
    place = DeskFolder(tmp_path).make()
    connection = sqlcipher3.connect(str(place.database))
    connection.execute("CREATE TABLE call (id INTEGER, notes TEXT)")
    connection.execute("INSERT INTO call VALUES (1, 'before')")
    connection.commit()
    before = rows_of(tmp_path)
    assert re.fullmatch(r"1 [0-9a-f]{12}", before["call"])
    connection.execute("UPDATE call SET notes = 'after'")
    connection.commit()
    connection.close()
    assert rows_of(tmp_path) != before
