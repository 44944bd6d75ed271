"""The window is started while its shared server does not answer: it says so, takes calls, and goes on by itself.

Every test here runs under the watchdog: whatever the network does, the window goes on taking keys.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.selection import Selection
from tests.harness.proxy import Proxy
from tests.ui.on_desk import label_texts
from tests.ui.on_server import PATIENCE, Desks
from tests.ui.windows import press, type_text
from ui.calls.waiting import NOT_SAVED_YET
from ui.joined import JoinedWindow


def been_there(desks: Desks, address: str) -> None:
    """This computer was connected once, on a day before."""
    desks.signed_in(desks.open(address))
    desks.close()


def write_a_call(window: JoinedWindow, qtbot: QtBot, name: str) -> None:
    """Who, what kind, what about, and a note, by keys."""
    press("F8")
    qtbot.waitUntil(lambda: window.pad.form.is_complete and bool(window.pad.form.lists.terms), timeout=PATIENCE)
    type_text(name)
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)
    press("Return")
    for field, words in (("caller_kind", "paren"), ("topics", "annual rev")):
        while QApplication.focusWidget() is not window.pad.form.editor(field).keys:
            press("Tab")
        type_text(words)
        press("Return")
    press("Tab")
    type_text("Asked about the date.")


def test_a_window_started_without_its_server_says_so_and_goes_on_when_it_is_back(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str
) -> None:
    been_there(desks, address)
    network.cut(and_refuse=True)
    window = desks.open(address)
    room = desks.waiting(window)
    said = " ".join(label_texts(room))
    for part in ("The shared server does not answer yet", "What is on record is safe", "asked again by itself",
                 "Calls can be taken meanwhile", "kept on this computer, not encrypted"):  # fmt: skip
        assert part in said
    assert QApplication.focusWidget() is room.again
    assert not window.rail.isEnabled()
    assert not window.lost.isVisible()  # it is said once
    tried = window.desk.connection.tries
    qtbot.waitUntil(lambda: window.desk.connection.tries > tried, timeout=PATIENCE)  # by itself
    press("Ctrl+2")
    assert window.stack.currentWidget() is room
    network.flow()
    desks.signed_in(window)
    assert window.stack.currentWidget() is window.page("today")
    assert window.rail.isEnabled()
    assert window.lost.text == ""
    press("Ctrl+2")
    qtbot.waitUntil(lambda: "calls" in window.page("calls").line, timeout=PATIENCE)


def test_a_call_taken_before_the_server_answers_is_kept_here_and_saved_once_by_itself(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str
) -> None:
    been_there(desks, address)
    network.cut(and_refuse=True)
    window = desks.open(address)
    desks.waiting(window)
    write_a_call(window, qtbot, "Bryony Meadowlark")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: window.pad.trouble.text.startswith(NOT_SAVED_YET), timeout=PATIENCE)
    assert "kept on this computer; it is saved by itself when the server is back" in window.pad.trouble.text
    assert len(list(desks.choices("").folder.unfinished.glob("*.json"))) == 1
    assert window.lost.isVisible() is not window.stack.isVisible()
    network.flow()
    desks.signed_in(window)
    qtbot.waitUntil(lambda: not window.pads.has_unsaved, timeout=PATIENCE)
    records = desks.on_record(address)
    [number] = records.calls.ids(Selection())
    assert records.calls.get(number).caller_name == "Bryony Meadowlark"
    assert records.calls.get(number).topics == ("annual-review",)
    assert list(desks.choices("").folder.unfinished.glob("*")) == []
    assert records.drafts.mine() == ()
    records.close()


@pytest.mark.parametrize("seen_before", [True, False])
def test_what_was_written_without_the_server_is_offered_when_it_answers_at_a_later_start(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str, *, seen_before: bool
) -> None:
    """On a computer that was never connected before the lists are missing; what is written is not lost all the same."""
    if seen_before:
        been_there(desks, address)
    network.cut(and_refuse=True)
    window = desks.open(address)
    room = desks.waiting(window)
    assert ("lists to choose from come from the server" in " ".join(label_texts(room))) is not seen_before
    press("F8")
    type_text("Tansy Quillfeather")
    qtbot.waitUntil(lambda: list(desks.choices("").folder.unfinished.glob("*.json")) != [], timeout=PATIENCE)
    press("Esc")
    if window.pads.isVisible():  # the first Escape closed a list
        press("Esc")
    qtbot.waitUntil(lambda: len(room.drafts()) == 1, timeout=PATIENCE)
    desks.close()
    window = desks.open(address)  # still away
    room = desks.waiting(window)
    qtbot.waitUntil(lambda: len(room.drafts()) == 1, timeout=PATIENCE)
    network.flow()
    desks.signed_in(window)
    qtbot.waitUntil(lambda: len(window.page("today").drafts.drafts()) == 1, timeout=PATIENCE)
    [draft] = window.page("today").drafts.drafts()
    assert draft.content["caller"]["text"] == "Tansy Quillfeather"


def test_an_unfinished_call_of_this_computer_is_gone_on_with_before_the_server_answers(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str
) -> None:
    been_there(desks, address)
    network.cut(and_refuse=True)
    window = desks.open(address)
    room = desks.waiting(window)
    press("F8")
    type_text("Tansy Quillfeather")
    press("Esc")
    if window.pads.isVisible():
        press("Esc")
    qtbot.waitUntil(lambda: len(room.drafts()) == 1, timeout=PATIENCE)
    room.resume.setFocus()
    press("Return")
    qtbot.waitUntil(lambda: window.pad.form.content()["caller"]["text"] == "Tansy Quillfeather", timeout=PATIENCE)
    qtbot.waitUntil(lambda: room.drafts() == (), timeout=PATIENCE)  # it stands in a pad


def test_a_server_that_says_nothing_at_all_holds_no_key_up_and_what_is_typed_is_on_the_disk(
    desks: Desks, qtbot: QtBot, network: Proxy, address: str
) -> None:
    """Half-open: for seconds nobody knows whether it will answer."""
    been_there(desks, address)
    network.stall()
    window = desks.open(address)
    press("F8")
    type_text("Bryony")
    qtbot.waitUntil(lambda: list(desks.choices("").folder.unfinished.glob("*.json")) != [], timeout=PATIENCE)
    assert not window._services.is_away  # it is still being asked for the first time
    desks.waiting(window)
    assert window.pad.form.content()["caller"]["text"] == "Bryony"
    network.cut()
    network.flow()
    desks.signed_in(window)
    qtbot.waitUntil(lambda: list(desks.choices("").folder.unfinished.glob("*")) == [], timeout=PATIENCE)
