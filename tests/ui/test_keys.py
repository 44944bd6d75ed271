"""One table of keys: menus, sheet and manual are made from it, and no key means two things at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_call
from tests.ui.walkers import keys_twice
from tests.ui.windows import Windows, press
from ui.actions import ACTIONS, MENUS
from ui.joined import JoinedWindow
from ui.keys_page import PAGE, keys_page
from ui.keys_sheet import KeysSheet
from ui.kit.theme import Theme
from ui.kit.words import without_access_key
from ui.places import PLACES

# the page of a call has the pad's own fields
OWN_LETTERS = ("call",)


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


def letters(words: list[str]) -> list[str]:
    """Access keys of some texts, those that are there twice."""
    keys = Counter(key for text in words if (key := QKeySequence.mnemonic(text).toString()))
    return sorted(key for key, count in keys.items() if count > 1)


def menu_titles(window: JoinedWindow) -> list[str]:
    return [action.text() for action in window.menuBar().actions()]


def access_keys(part: QWidget, window: QWidget) -> list[str]:
    """Texts with an access key that works now: of labels with a field, and of buttons."""
    labels = [label.text() for label in part.findChildren(QLabel) if label.buddy() and label.isVisibleTo(window)]
    buttons = [button.text() for button in part.findChildren(QAbstractButton) if button.isVisibleTo(window)]
    return [*labels, *buttons]


def test_no_key_and_no_access_key_of_a_menu_is_there_twice() -> None:
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert letters(list(MENUS)) == []
    assert {action.menu for action in ACTIONS} == set(MENUS)
    for menu in MENUS:
        assert letters([action.words for action in ACTIONS if action.menu == menu]) == [], menu


def test_no_key_is_alt_gr_or_a_bare_letter() -> None:
    for action in ACTIONS:
        for key in action.keys:
            combination = QKeySequence(key)[0]
            held = combination.keyboardModifiers()
            ctrl_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            assert held & ctrl_alt != ctrl_alt, key
            if Qt.Key.Key_A <= combination.key() <= Qt.Key.Key_Z:
                assert held & Qt.KeyboardModifier.ControlModifier, key


@pytest.mark.parametrize("name", [place.name for place in PLACES])
def test_with_the_pad_over_any_page_every_key_means_one_thing(
    windows: Windows, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    window = windows.ready(windows.open(tmp_path / "desk", height=1400))
    window._services.calls.log(a_call())  # a page shows more where there is something to show
    window.go(name)
    qtbot.waitUntil(lambda: not window._background._jobs)
    window.do("new_call")
    QApplication.processEvents()
    page = window.current_page()
    assert window.pads.isVisible()
    assert keys_twice(window) == []
    assert letters([*menu_titles(window), *access_keys(window.pads, window)]) == []
    assert letters([*menu_titles(window), *access_keys(page, window)]) == []


@pytest.mark.parametrize("name", [place.name for place in PLACES if place.name not in OWN_LETTERS])
def test_no_letter_of_the_pad_is_one_of_the_page_under_it(
    windows: Windows, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    window = windows.ready(windows.open(tmp_path / "desk", height=1400))
    window._services.calls.log(a_call())  # a page shows more where there is something to show
    window.go(name)
    qtbot.waitUntil(lambda: not window._background._jobs)
    window.do("new_call")
    window.do("call_dates")
    window.do("late")
    QApplication.processEvents()
    page = window.current_page()
    assert {"La&w dates", "Another da&y"} <= set(access_keys(window.pads, window))
    assert letters([*menu_titles(window), *access_keys(window.pads, window), *access_keys(page, window)]) == []


def test_a_letter_of_the_pad_means_the_same_on_the_page_of_a_call(windows: Windows, tmp_path: Path) -> None:
    """The fields of a call have the same letters in both; Tab goes on from one to the other."""
    window = windows.ready(windows.open(tmp_path / "desk", height=1400))
    window.go("call")
    window.do("new_call")
    window.do("call_dates")
    window.do("late")
    page = window.page("call")
    page.form.complete()
    page.dates.add_button.setVisible(True)
    page.dates.show()
    QApplication.processEvents()
    meant = {QKeySequence.mnemonic(words).toString(): words for words in access_keys(window.pads, window)}
    twice = {(meant[key], words) for words in access_keys(page, window)
             if (key := QKeySequence.mnemonic(words).toString()) in meant and key}  # fmt: skip
    same = {("La&w dates", "Add la&w date"), ("Another da&y", "Da&y")}
    assert same <= twice
    assert {pair for pair in twice if pair[0] != pair[1]} == same


@pytest.mark.parametrize("name", [place.name for place in PLACES if place.number])
def test_pressing_every_key_is_never_ambiguous(
    windows: Windows, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = windows.ready(windows.open(tmp_path / "desk", height=1400))
    done: list[str] = []
    monkeypatch.setattr(window, "do", done.append)
    window.go(name)
    window.pads.show()
    ambiguous: list[str] = []
    for shortcut in window.findChildren(QShortcut):
        shortcut.activatedAmbiguously.connect(partial(ambiguous.append, shortcut.key().toString()))
    for known in ACTIONS:
        action = window._actions[known.name]
        for key in known.keys if action.isEnabled() else ():
            done.clear()
            window.rail.focus_first()
            press(key)
            assert done == [known.name], key
    assert ambiguous == []


def test_the_menus_hold_every_action_with_its_key(windows: Windows, tmp_path: Path) -> None:
    window = windows.open(tmp_path / "desk")
    shown = {action.objectName() for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert shown >= {action.name for action in ACTIONS}
    for known in ACTIONS:
        assert [key.toString() for key in window._actions[known.name].shortcuts()] == [
            QKeySequence(key).toString() for key in known.keys
        ]


def test_every_action_can_be_carried_out_somewhere(windows: Windows, tmp_path: Path) -> None:
    window = windows.ready(windows.open(tmp_path / "desk"))
    pages = [window.page(place.name) for place in PLACES]
    places = {place.name for place in PLACES}
    for known in ACTIONS:
        assert (
            known.name in places
            or hasattr(window, f"_do_{known.name}")
            or any(hasattr(part, f"on_{known.name}") for part in (*pages, window.pads))
        ), known.name


def test_the_sheet_of_keys_and_the_manual_say_what_the_table_says(qtbot: QtBot, theme: Theme) -> None:
    sheet = KeysSheet()
    qtbot.addWidget(sheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    page = keys_page()
    for known in ACTIONS:
        assert without_access_key(known.words) in page
        if known.keys:
            assert without_access_key(known.words) in shown
            assert " or ".join(known.keys) in shown


def test_the_page_of_the_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == keys_page(), "python -m ui.keys_page writes it anew"


def test_what_looks_for_clashes_finds_them(qtbot: QtBot, theme: Theme) -> None:
    """The negative control."""
    wrong = QWidget()
    qtbot.addWidget(wrong)
    box = QVBoxLayout(wrong)
    for words in ("&Line", "&Lists"):
        field, label = QLineEdit(), QLabel(words)
        label.setBuddy(field)
        box.addWidget(label)
        box.addWidget(field)
        QShortcut(QKeySequence("Ctrl+M"), wrong)
    wrong.show()
    assert letters(access_keys(wrong, wrong)) == ["Alt+L"]
    assert keys_twice(wrong) == ["Ctrl+M"]
