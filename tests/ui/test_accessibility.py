"""Every page, the pad and the palette, walked by machine: WCAG 2.2 A and AA as WCAG2ICT applies them to programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.rows import rows_of
from tests.ui.screens import PADS, PAGES, PALETTE, SCREENS, Practised, Screens, practised
from tests.ui.tab_walk import walk
from tests.ui.walkers import ALWAYS, LARGE, findings, letters_twice
from tests.ui.windows import Windows, press
from ui.kit import theme as look
from ui.kit.theme import Theme

SMALL = (1024, 600)


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme) -> Iterator[Windows]:
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def desk_of_practice(tmp_path_factory: pytest.TempPathFactory) -> Practised:
    return practised(tmp_path_factory.mktemp("practised") / "desk")


@pytest.fixture
def screens(windows: Windows, desk_of_practice: Practised) -> Screens:
    return Screens(windows, desk_of_practice)


@pytest.fixture
def small_screens(windows: Windows, desk_of_practice: Practised, qapp: QApplication) -> Screens:
    """Text twice the size in the smallest window there is to be."""
    look.switch(qapp, scale=2.0)
    return Screens(windows, desk_of_practice, *SMALL)


def opened_windows() -> set[QWidget]:
    return {window for window in QApplication.topLevelWidgets() if window.isVisible()}


@pytest.mark.parametrize("name", SCREENS)
def test_everything_has_a_name_a_size_and_plain_words(screens: Screens, name: str) -> None:
    part = screens.show(name)
    assert findings(screens.window, ALWAYS) == {}
    assert letters_twice(part, menus=screens.window.menuBar()) == []


@pytest.mark.parametrize("name", [*PAGES, *PADS])
def test_tab_goes_round_in_reading_order_and_changes_nothing(screens: Screens, name: str) -> None:
    screens.show(name)
    window = screens.window
    rows, title, seen = rows_of(screens.desk.folder), window.windowTitle(), opened_windows()
    page, in_pad = window.current_page(), window.pads.isVisible()
    start = QApplication.focusWidget()
    assert start is not None
    walked = walk(start)
    screens.settle()
    assert walked.findings(window) == {}
    assert (window.windowTitle(), window.current_page(), window.pads.isVisible()) == (title, page, in_pad)
    assert opened_windows() == seen
    assert rows_of(screens.desk.folder) == rows


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_or_out_of_reach_at_200_per_cent_in_a_small_window(small_screens: Screens, name: str) -> None:
    part = small_screens.show(name)
    assert findings(part, LARGE) == {}


@pytest.mark.parametrize("name", [*PAGES, *PADS])
def test_whoever_tabs_sees_where_they_are_at_200_per_cent(small_screens: Screens, name: str) -> None:
    small_screens.show(name)
    start = QApplication.focusWidget()
    assert start is not None
    assert walk(start).wrong == []


@pytest.mark.parametrize("name", PALETTE)
def test_from_the_palette_escape_leads_back_to_where_one_was(screens: Screens, name: str) -> None:
    """One line, where Tab has nowhere to go."""
    screens.windows.ready(screens.windows.open(screens.desk.folder))
    before = QApplication.focusWidget()
    screens.window = screens.windows.opened[-1]
    screens.go(name)
    for key in ("Tab", "Shift+Tab"):
        press(key)
        assert QApplication.focusWidget() is screens.window.finder.line
    press("Esc")
    assert QApplication.focusWidget() is before
