"""The page of a call, open and read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.calls.call_page import CallPage
from ui.kit.desk import Desk


def page_of_call(desk: Desk, show: Callable[..., QWidget], qtbot: QtBot, call_id: int = 1) -> CallPage:
    """With its fields and its dates, the keyboard in the first field."""
    made = CallPage(desk)
    with qtbot.waitSignal(made.form.lists_came):
        show(made, 1080, 900)
    with qtbot.waitSignal(made.dates.shown, timeout=10_000):
        made.open_call(call_id)
    made.focus_first()
    return made
