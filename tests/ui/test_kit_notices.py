"""What the program says: errors, undo, and its own faults without a word about a family."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.errors import Refused
from ui.kit.faults import details_of, short_path
from ui.kit.notices import Notices, install_hooks
from ui.kit.report_dialog import ReportDialog
from ui.kit.theme import Theme

MARKUP = '<img src="file:///etc/hostname"><b>Mrs O’Brien</b> & son <3'


@pytest.fixture
def notices(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Notices]:
    """Notices in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    made = Notices(tmp_path / "logs")
    QVBoxLayout(window).addWidget(made)
    window.show()
    yield made
    window.close()


def a_fault() -> Exception:
    """A fault that was met while a family's name was in hand."""
    try:
        {"": 0}["Jane Brambleby, 07700 900123"]
    except KeyError as error:
        return error
    raise AssertionError


def test_an_error_says_what_happened_and_stays_until_it_is_closed(notices: Notices) -> None:
    """One sentence and one button."""
    notices.show_error(Refused("The file is empty.", hint="Nothing was changed."))
    assert notices.trouble.text == "The file is empty. Nothing was changed."
    assert notices.trouble.isVisibleTo(notices)
    [close] = notices.trouble.buttons()
    close.click()
    assert not notices.trouble.isVisibleTo(notices)


def test_markup_in_a_message_is_shown_letter_by_letter(notices: Notices) -> None:
    """Whatever a caller's name holds."""
    notices.show_error(Refused(MARKUP))
    notices.inform(MARKUP)
    labels = notices.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert sum(MARKUP in label.text() for label in labels) == 2


def test_the_last_thing_done_can_be_taken_back_once(notices: Notices, qtbot: QtBot) -> None:
    """By the button; pressing Ctrl+Z afterwards does nothing more."""
    undone: list[str] = []
    with qtbot.waitSignal(notices.undo_changed) as offered:
        notices.undoable("Call of Mrs K removed.", lambda: undone.append("call"))
    assert offered.args == ["Call of Mrs K removed."]
    [button] = notices.done.buttons()
    button.click()
    notices.undo_last()
    assert undone == ["call"]
    assert not notices.done.text


def test_once_it_was_taken_back_nothing_is_offered_to_be_taken_back(notices: Notices) -> None:
    offered: list[str] = []
    notices.undo_changed.connect(offered.append)
    notices.undoable("Call of Mrs K removed.", lambda: None)
    notices.undo_last()
    assert offered == ["Call of Mrs K removed.", ""]


def test_what_can_no_longer_be_taken_back_is_offered_neither_in_the_bar_nor_by_its_key(notices: Notices) -> None:
    undone: list[str] = []
    offered: list[str] = []
    notices.undo_changed.connect(offered.append)
    notices.undoable("412 calls brought in.", lambda: undone.append("calls"))
    notices.forget_undo()
    assert (notices.done.text, notices.done.buttons()) == ("", ())
    notices.undo_last()
    assert (undone, offered) == ([], ["412 calls brought in.", ""])


def test_the_bar_goes_by_itself_but_undo_stays(notices: Notices, qtbot: QtBot) -> None:
    """WCAG 2.2.1: nobody has to be quick."""
    undone: list[str] = []
    notices.undoable("Call removed.", lambda: undone.append("call"), seconds=0)
    qtbot.waitUntil(lambda: not notices.done.text)
    notices.undo_last()
    assert undone == ["call"]


def test_a_report_holds_the_place_of_the_fault_and_nothing_personal() -> None:
    """Neither the message of the exception nor this computer's folders."""
    details = details_of(a_fault())
    assert "KeyError" in details
    assert "a_fault" in details
    assert "Brambleby" not in details
    assert "07700" not in details
    assert str(Path.cwd()) not in details
    assert str(Path.home()) not in details


def test_a_path_is_shown_from_the_programs_own_folder_on() -> None:
    """Home folders carry names of people."""
    assert short_path("/home/hana/desk/ui/kit/form.py") == "ui/kit/form.py"
    assert short_path("/home/hana/strange.py") == "strange.py"


def test_a_fault_opens_one_dialog_with_copy_and_the_place_of_the_log(
    notices: Notices, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Sixty faults a second are one dialog that counts."""
    with caplog.at_level(logging.ERROR):
        notices.report(a_fault())
        notices.report(a_fault())
    [dialog] = notices.window().findChildren(ReportDialog)
    assert dialog.isVisible()
    assert "one more" in dialog.again.text()
    assert any(str(tmp_path / "logs") in label.text() for label in dialog.findChildren(QLabel))
    [details] = dialog.findChildren(QPlainTextEdit)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == details.toPlainText()
    assert "KeyError" in caplog.text
    assert "Brambleby" not in caplog.text
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_way_a_fault_surfaces_leads_to_the_notices(
    notices: Notices, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A slot, a thread, Qt itself; and a person's error to the banner, wherever it was raised."""
    hooks = install_hooks(notices)
    try:
        fault = a_fault()
        sys.excepthook(type(fault), fault, fault.__traceback__)
        [dialog] = notices.window().findChildren(ReportDialog)
        dialog.close()
        thread = threading.Thread(target=lambda: {"": 0}["x"])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: any(found.isVisible() for found in notices.window().findChildren(ReportDialog)))
        refused = Refused("This is not a day.")
        sys.excepthook(type(refused), refused, None)
        assert notices.trouble.text == "This is not a day."
        with caplog.at_level(logging.WARNING, logger="qt"):
            qWarning("a cable is loose")
        assert "a cable is loose" in caplog.text
    finally:
        hooks.remove()
    assert sys.excepthook is not hooks._on_main
