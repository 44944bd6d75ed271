"""What we lean on and cannot see break: one test each."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class Bell(QObject):
    """Something that rings."""

    rung = Signal(int)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot run out from Python 3.12 on")
def test_a_day_of_typing_does_not_use_up_python_s_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses a reference with every Qt call that returns nothing; after some 5,000 Python aborts."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("a call")
    assert sys.getrefcount(None) > before - 250, "This PySide6 aborts on this Python: keep the pin below 6.12."


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True cannot run out from Python 3.12 on")
def test_a_day_of_signals_does_not_use_up_python_s_true(qtbot: QtBot) -> None:
    """The same fault, met by emitting signals of our own."""
    bell = Bell()
    before = sys.getrefcount(True)
    for number in range(500):
        bell.rung.emit(number)
    assert sys.getrefcount(True) > before - 250, "This PySide6 aborts on this Python: keep the pin below 6.12."
