"""F9: the last calls of whoever is calling, beside the pad or over it, and back to the field one came from."""

from __future__ import annotations

from datetime import timedelta

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from tests.builders import TODAY, a_call
from tests.ui.on_desk import keyboard, press
from tests.ui.on_pad import a_family, take
from ui.calls.pads import CallPads

Key = Qt.Key


def a_caller_of_old(desk: Services, calls: int) -> list[int]:
    """Bryony, who rang so often, the last time yesterday; the calls, newest first."""
    mother = a_family(desk, "Cai").mother
    logged = [
        desk.calls.log(
            a_call(taken_on=TODAY - timedelta(days=days), started_at=None, ended_at=None, minutes=None, caller=mother)
        ).value
        for days in range(calls, 0, -1)
    ]
    return logged[::-1]


def panel_of(pads: CallPads) -> str:
    return pads.current.panel.last_calls.words.text()


def test_f9_leads_to_the_last_five_calls_and_enter_opens_one(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    calls = a_caller_of_old(desk, 7)
    take(pads.current, "bryony", qtbot)
    pads.on_panel()
    panel = pads.current.panel
    assert keyboard() is panel.last_calls.rows
    assert panel_of(pads) == "Bryony Meadowlark: the newest 5 of 7 calls."
    assert [row.key for row in panel.last_calls.rows.rows.rows] == calls[:5]
    press(Key.Key_Down)
    with qtbot.waitSignal(pads.call_wanted) as wanted:
        press(Key.Key_Return)
    assert wanted.args == [calls[1]]


def test_where_there_is_little_room_it_lies_over_the_form_and_goes_with_escape(
    pads: CallPads, desk: Services, qtbot: QtBot
) -> None:
    a_caller_of_old(desk, 1)
    take(pads.current, "bryony", qtbot)
    before, panel = keyboard(), pads.current.panel
    assert not panel.is_shown
    pads.on_panel()
    QApplication.processEvents()
    assert panel.is_shown
    assert panel.last_calls.geometry().right() <= pads.current.rect().right()
    assert panel.last_calls.width() < pads.current.width() / 2
    press(Key.Key_Escape)
    assert not panel.is_shown
    assert keyboard() is before
    assert pads.isVisible(), "Escape closed the pad instead"


def test_where_the_field_one_came_from_is_gone_the_keyboard_goes_to_the_first_one(
    pads: CallPads, desk: Services, qtbot: QtBot
) -> None:
    a_caller_of_old(desk, 1)
    take(pads.current, "bryony", qtbot)
    gone, hidden = QLineEdit(pads.current.form), QLineEdit(pads.current.form)
    for field, goes in ((gone, lambda: shiboken6.delete(gone)), (hidden, hidden.hide)):
        field.show()
        field.setFocus()
        pads.on_panel()
        goes()
        press(Key.Key_Escape)
        assert not pads.current.panel.is_shown
        assert keyboard() is pads.current.form.box.line


@pytest.mark.parametrize("width", [968, 1500], ids=["over the form", "beside it"])
def test_from_outside_of_the_pad_f9_leads_back_into_its_first_field(
    pads: CallPads, desk: Services, qtbot: QtBot, width: int
) -> None:
    a_caller_of_old(desk, 1)
    take(pads.current, "bryony", qtbot)
    pads.resize(width, 700)
    QApplication.processEvents()
    for key in (pads.on_panel, lambda: press(Key.Key_Escape)):
        pads.header.park_button.setFocus()
        pads.on_panel()
        assert keyboard() is pads.current.panel.last_calls.rows
        key()
        assert keyboard() is pads.current.form.box.line


def test_a_wide_pad_shows_it_by_itself_until_it_is_put_away(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    panel = pads.current.panel
    pads.resize(1500, 700)
    qtbot.waitUntil(lambda: panel.is_shown)
    assert panel_of(pads) == "Once you have chosen who is calling, their last calls stand here."
    a_caller_of_old(desk, 1)
    take(pads.current, "bryony", qtbot)
    assert panel_of(pads) == "Bryony Meadowlark: 1 call."
    pads.on_panel()
    pads.on_panel()
    assert not panel.is_shown
    pads.resize(1600, 700)
    QApplication.processEvents()
    assert not panel.is_shown


def test_the_next_call_begins_with_nobodys_calls(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    a_caller_of_old(desk, 2)
    take(pads.current, "bryony", qtbot)
    pads.on_panel()
    assert "2 calls" in panel_of(pads)
    pads.current.discard()
    assert panel_of(pads).startswith("Once you have chosen")
    assert pads.current.panel.last_calls.rows.isHidden()


def test_somebody_who_never_rang_is_said_so(pads: CallPads, desk: Services, qtbot: QtBot) -> None:
    a_family(desk, "Cai")
    take(pads.current, "bryony", qtbot)
    pads.on_panel()
    assert panel_of(pads) == "Bryony Meadowlark: no call before this one."
