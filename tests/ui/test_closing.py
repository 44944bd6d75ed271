"""Closing the window while the shared server does not answer: nothing is abandoned, and no key is held up.

Every test here runs under the watchdog.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.selection import Selection
from tests.harness.proxy import Proxy
from tests.ui.on_server import PATIENCE, Desks
from tests.ui.windows import press, type_text
from ui.joined import JoinedWindow


@pytest.fixture
def window(desks: Desks, address: str) -> JoinedWindow:
    """At work."""
    return desks.signed_in(desks.open(address))


def write_a_call(window: JoinedWindow, qtbot: QtBot) -> None:
    """Who, what kind, what about; complete, and not saved."""
    press("F8")
    qtbot.waitUntil(lambda: window.pad.form.is_complete and bool(window.pad.form.lists.terms), timeout=PATIENCE)
    type_text("Bryony Meadowlark")
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)
    press("Return")
    for field, words in (("caller_kind", "paren"), ("topics", "annual rev")):
        while QApplication.focusWidget() is not window.pad.form.editor(field).keys:
            press("Tab")
        type_text(words)
        press("Return")
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)


def test_a_window_that_is_closed_amid_a_stalled_save_closes_by_itself_when_it_is_saved(
    desks: Desks, window: JoinedWindow, qtbot: QtBot, network: Proxy, address: str
) -> None:
    write_a_call(window, qtbot)
    network.stall()
    press("Ctrl+Return")
    assert not window.close()
    assert window.leaving.waits
    assert "closes by itself as soon as that is safe" in window.desk.notices.done.text
    assert window.isVisible()
    network.flow()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    records = desks.on_record(address)
    [number] = records.calls.ids(Selection())
    assert records.calls.get(number).caller_name == "Bryony Meadowlark"
    records.close()


def test_a_save_that_fails_while_the_window_is_to_close_keeps_it_open_and_says_what_is_safe(
    desks: Desks, window: JoinedWindow, qtbot: QtBot, network: Proxy, address: str
) -> None:
    write_a_call(window, qtbot)
    network.stall()
    press("Ctrl+Return")
    assert not window.close()
    network.cut(and_refuse=True)
    qtbot.waitUntil(lambda: "kept on this computer" in window.desk.notices.trouble.text, timeout=PATIENCE)
    assert window.isVisible()
    assert not window.leaving.waits
    assert len(list(desks.choices("").folder.unfinished.glob("*.json"))) == 1
    assert window.close()  # once more, knowing that


def test_questions_that_nobody_answers_do_not_keep_the_window_open(
    desks: Desks, window: JoinedWindow, qtbot: QtBot, network: Proxy
) -> None:
    network.stall()
    press("F5")
    qtbot.waitUntil(lambda: bool(window._background._jobs) and not window.desk.saving, timeout=PATIENCE)
    assert window.close()
    assert not window.isVisible()
