"""On a shared server everybody finds what their role may do in the window, and nothing else; not even greyed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from ppsdesk.domain.rights import Role
from tests import postgres
from tests.storage.shared_server import Shared, shared_server
from tests.ui.windows import PASSWORD, Windows, press
from ui.actions import ACTIONS
from ui.joined import JoinedWindow
from ui.kit.theme import Theme
from ui.offered import NEEDS, about, withheld
from ui.places import PLACES
from ui.start.own_password import OwnPassword

CASEWORK = {"Today", "Calls", "People", "Lists", "Settings", "Ask the dates"}
OFFERED = {
    Role.HELPLINE: CASEWORK,
    Role.SUPPORTER: CASEWORK | {"Reports"},
    Role.COORDINATOR: CASEWORK | {"Reports", "Import"},
    Role.ANALYST: {"Reports", "Lists", "Settings", "Ask the dates"},
    Role.VOLUNTEER: {"Lists", "Settings", "Ask the dates"},
    Role.AUDITOR: {"Lists", "Settings", "Ask the dates"},
    Role.ADMINISTRATOR: {"Lists", "Settings", "Ask the dates"},
}


@pytest.fixture(scope="module")
def shared(server: postgres.Server) -> Iterator[Shared]:
    """A server with one person for each role."""
    with shared_server(server) as made:
        yield made


@pytest.fixture
def windows(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    monkeypatch.setenv("PPSDESK_PASSWORD", PASSWORD)
    opened = Windows(qtbot, [])
    yield opened
    opened.close()


def rail_of(window: JoinedWindow) -> set[str]:
    """The pages one can go to by the rail."""
    return {button.accessibleName() for button in window.rail.findChildren(QToolButton) if not button.isHidden()}


@pytest.mark.parametrize("role", Role)
def test_the_window_offers_what_the_role_may_do(
    windows: Windows, qtbot: QtBot, shared: Shared, tmp_path: Path, role: Role
) -> None:
    address = shared.server.address(shared.database, shared.login(role))
    window = windows.open(tmp_path / "desk", database=address)
    qtbot.waitUntil(lambda: window._services.is_open and rail_of(window) == OFFERED[role], timeout=20_000)
    qtbot.waitUntil(lambda: window.current_page() is not None and not window._background._jobs, timeout=20_000)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), OwnPassword), timeout=20_000)  # theirs is one-time
    press("Esc")
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.desk.notices.trouble.text == ""
    assert window.about_role.text == about(role)
    gone = withheld(role)
    assert {action.objectName() for action in window._actions.values() if not action.isVisible()} == gone & {
        action.name for action in ACTIONS
    }
    page = window.current_page()
    assert page is not None
    assert page.objectName() not in gone
    assert window.drafts.isHidden() is (page.objectName() == "today" or "new_call" in gone)  # offered once
    press("F8")
    assert window.pads.isVisible() is ("new_call" not in gone)
    assert not {doing.name for doing in window._doings()} & gone


def test_every_name_in_the_table_of_needs_is_a_page_or_an_action() -> None:
    assert NEEDS.keys() <= {place.name for place in PLACES} | {action.name for action in ACTIONS}
    assert withheld(None) == frozenset()
