"""Every page and the pad, walked by machine: names, targets, plain text, order, room at 200 %. WCAG 2.2 by WCAG2ICT."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from tests.ui.windows import Windows, press, takes_the_keyboard, visible_children
from ui.joined import JoinedWindow
from ui.kit import theme as look
from ui.kit.theme import Theme

PAGES = ("calls", "reports", "settings", "imports", "call")


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with practice calls."""
    folder = DeskFolder(tmp_path_factory.mktemp("practised") / "desk").make()
    services = assembly.open_services(Choices(folder=folder, person="Hana Helpline"), lambda question: None)
    services.practice.fill(years=1, calls_per_year=60)
    services.close()
    return folder.root


def at(window: JoinedWindow, name: str, qtbot: QtBot) -> QWidget:
    if name == "call":
        [first, *_] = window.page("calls").table.model().ids()
        window._open_call(first)
    else:
        window.go(name)
    page = window.current_page()
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=20_000)
    QApplication.processEvents()
    return page


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} in {type(w.parent()).__name__}"
        for w in visible_children(window, takes_the_keyboard)
        if not isinstance(w, QScrollArea) and not name_of(w).strip()
    ]


def too_small(window: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} “{name_of(w)}” {w.width()}×{w.height()}"
        for w in visible_children(window, takes_the_keyboard)
        if w.width() < 24 or w.height() < 24
    ]


def rich(window: QWidget) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]


def cut(window: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit where they stand."""
    found = []
    for widget in visible_children(window, lambda w: isinstance(w, QLabel | QPushButton | QToolButton)):
        text = widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        if not text or (isinstance(widget, QLabel) and (widget.wordWrap() or not widget.pixmap().isNull())):
            continue
        if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        if QFontMetrics(widget.font()).horizontalAdvance(text) > widget.width() + 2:
            found.append(f"{type(widget).__name__} “{text}” in {widget.width()} px")
    return found


def sideways(window: QWidget) -> list[str]:
    """Scroll areas (lists apart) that would have to be scrolled sideways."""
    return [
        type(area.widget()).__name__
        for area in visible_children(window, lambda w: isinstance(w, QScrollArea))
        if area.horizontalScrollBar().maximum() > 0
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name_a_size_and_plain_words(
    windows: Windows, qtbot: QtBot, practised: Path, name: str
) -> None:
    window = windows.ready(windows.open(practised))
    at(window, name, qtbot)
    press("F8")
    assert nameless(window) == []
    assert too_small(window) == []
    assert rich(window) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_at_200_per_cent_in_a_small_window(
    windows: Windows, qtbot: QtBot, practised: Path, name: str, qapp: QApplication
) -> None:
    look.switch(qapp, scale=2.0)
    window = windows.ready(windows.open(practised, width=1024, height=600))
    page = at(window, name, qtbot)
    assert cut(page) == []
    assert sideways(page) == []
    press("F8")
    QApplication.processEvents()
    assert cut(window.pad) == []
    assert sideways(window.pad) == []


@pytest.mark.parametrize("name", PAGES)
def test_tab_goes_all_the_way_round_and_never_stays(windows: Windows, qtbot: QtBot, practised: Path, name: str) -> None:
    window = windows.ready(windows.open(practised))
    at(window, name, qtbot)
    start = QApplication.focusWidget()
    assert start is not None
    seen: list[QWidget] = []
    for _ in range(200):
        press("Tab")
        focus = QApplication.focusWidget()
        assert focus is not None
        assert not seen or focus is not seen[-1], f"Tab stays in {type(focus).__name__} “{name_of(focus)}”"
        seen.append(focus)
        if focus is start:
            return
    raise AssertionError("Tab does not come back to where it began")


def test_the_walkers_find_what_is_wrong(qtbot: QtBot, theme: Theme) -> None:
    """The negative control: planted faults are found."""
    wrong = QWidget()
    qtbot.addWidget(wrong)
    QLineEdit(wrong).setGeometry(0, 0, 20, 20)
    label = QLabel("A sentence that is much longer than its place", wrong)
    label.setGeometry(0, 30, 30, 20)
    wrong.show()
    assert nameless(wrong)
    assert too_small(wrong)
    assert cut(wrong)
    assert rich(wrong)
