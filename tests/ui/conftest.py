"""Windows for tests: dressed, shown, active."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.on_desk import window_desk  # noqa: F401  # a fixture
from tests.ui.on_pad import pad, pads  # noqa: F401  # fixtures
from tests.ui.on_reports import reports_page, reports_record  # noqa: F401  # fixtures
from tests.ui.on_server import address, desks  # noqa: F401  # fixtures
from tests.ui.watchdog import modules_loaded, watchdog  # noqa: F401  # fixtures
from ui.kit import theme as look
from ui.kit.theme import Theme
from ui.kit.tidying import Tidying

Show = Callable[..., QWidget]


@pytest.fixture(scope="session", autouse=True)
def cleared_on_this_thread(qapp: QApplication) -> Iterator[None]:
    """From the first window on nobody but the thread of the windows clears what is forgotten, as in the program.

    A test run has threads of its own that come and go between the tests: one of them would destroy a window.
    """
    tidying = Tidying()
    tidying.begin()
    yield
    tidying.stop()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look at 100 %, and again after the test whatever it switched to."""
    used = Theme.load("light", 1.0)
    used.apply(qapp)
    yield used
    used.apply(qapp)


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, theme: Theme) -> Iterator[Show]:
    """Show a widget in an active window of a size; the keyboard works in it, and it lives until the test ends.

    It carries the style sheet itself, as the program's window does.
    """
    kept: list[QWidget] = []

    def shown(widget: QWidget, width: int = 1000, height: int = 700) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        look.undress(qapp)
        look.dress(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    yield shown
    kept.clear()
    # what is closed is deleted now: it would be dressed again for the next test
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
