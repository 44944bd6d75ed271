"""The desk: questions, changes, the latest answer, and what is said when something goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, StorageUnavailable
from ppsdesk.domain.places import Whereabouts
from tests.fakes import Clock
from ui.kit.background import Background
from ui.kit.desk import Desk
from ui.kit.notices import Notices
from ui.kit.theme import Theme

CALLS = frozenset({Topic.CALLS})
AWAY = StorageUnavailable("The server did not answer.", hint="Your note is still here.")


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    """A desk on a local file with hardly any services: the work is the tests' own."""
    notices = Notices()
    qtbot.addWidget(notices)
    background = Background()
    place = Whereabouts(words="A database of the tests", path=Path("ppsdesk.db"))
    yield Desk(cast(Any, SimpleNamespace(whereabouts=place, clock=Clock(), try_out=lambda: None)), background, notices)
    assert background.finish(10_000)


def fail_with(error: Exception) -> Any:
    """Work that goes wrong."""

    def work() -> Any:
        raise error

    return work


def test_a_question_is_answered(qtbot: QtBot, desk: Desk) -> None:
    """Work in, answer out."""
    owner, answers = QObject(), list[int]()
    desk.ask(owner, lambda: 1249, answers.append)
    qtbot.waitUntil(lambda: answers == [1249])


def test_a_change_is_told_first_to_who_made_it_then_to_all(qtbot: QtBot, desk: Desk) -> None:
    """`done`, then `touched`."""
    owner, order = QObject(), list[object]()
    desk.touched.connect(order.append)
    done = Done(7, CALLS, "Call logged.")
    desk.change(owner, lambda: done, order.append)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [done, CALLS]


@pytest.mark.parametrize("way", ["ask", "change", "keep_here"])
def test_an_answer_that_comes_when_the_window_is_gone_has_nobody_to_be_told_to(
    qtbot: QtBot, desk: Desk, way: str
) -> None:
    """Whoever asked may live longer than what it would say it with."""
    owner, heard, go_on, worked = QObject(), list[object](), threading.Event(), threading.Event()
    desk.notices = bars = Notices()

    def work() -> Done[int]:
        go_on.wait()
        worked.set()
        return Done(7, CALLS)

    def undo_is_offered(answer: object) -> None:
        heard.append(answer)
        bars.undoable("Unfinished call discarded.", lambda: None)

    ask: Any = getattr(desk, way)
    if way == "keep_here":
        ask(owner, work, undo_is_offered, heard.append)
    else:
        ask(owner, work, undo_is_offered)
    shiboken6.delete(bars)
    go_on.set()
    assert worked.wait(10)
    assert desk._background.finish(10_000)
    assert heard == []


def test_a_change_of_a_closed_window_is_told_to_all_the_others(qtbot: QtBot, desk: Desk) -> None:
    """The row is there, whoever asked for it."""
    owner, go_on, heard, touched = QObject(), threading.Event(), list[object](), list[object]()
    desk.touched.connect(touched.append)

    def work() -> Done[int]:
        go_on.wait()
        return Done(7, CALLS)

    desk.change(owner, work, heard.append)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner, 52)
    go_on.set()
    qtbot.waitUntil(lambda: touched == [CALLS])
    assert not heard


def test_a_save_that_failed_after_its_window_closed_is_still_heard_of(qtbot: QtBot, desk: Desk) -> None:
    """Nobody would know otherwise."""
    owner, go_on = QObject(), threading.Event()

    def work() -> Done[int]:
        go_on.wait()
        raise AWAY

    desk.change(owner, work, lambda done: None, lambda error: None)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner, 52)
    go_on.set()
    qtbot.waitUntil(lambda: desk.notices.trouble.text == AWAY.sentence)


def test_only_the_latest_answer_counts_while_one_types(qtbot: QtBot, desk: Desk) -> None:
    """The first question takes longer and answers last; it is not shown."""
    owner, shown, finished = QObject(), list[str](), list[str]()
    began, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        began.set()
        go_on.wait()
        finished.append("smi")
        return "smi"

    desk.latest(owner, "find", slow, shown.append)
    assert began.wait(10), "replaced before its turn it would not be asked at all"
    desk.latest(owner, "find", lambda: "smith", shown.append)
    desk.latest(owner, "other", lambda: "not the same question", shown.append)
    qtbot.waitUntil(lambda: sorted(shown) == ["not the same question", "smith"])
    go_on.set()
    qtbot.waitUntil(lambda: finished == ["smi"])
    desk.ask(owner, lambda: "end", shown.append)
    qtbot.waitUntil(lambda: "end" in shown)
    assert "smi" not in shown


def test_a_trouble_goes_to_the_screen_that_has_words_for_it(qtbot: QtBot, desk: Desk) -> None:
    """And not to the banner too."""
    owner, told = QObject(), list[object]()
    desk.change(owner, fail_with(AWAY), told.append, told.append)
    qtbot.waitUntil(lambda: told == [AWAY])
    assert not desk.notices.trouble.text


def test_a_trouble_nobody_has_words_for_goes_to_the_banner(qtbot: QtBot, desk: Desk) -> None:
    """What happened, what is safe."""
    owner: QObject = QObject()
    desk.ask(owner, fail_with(AWAY), lambda answer: None)
    qtbot.waitUntil(lambda: desk.notices.trouble.text == "The server did not answer. Your note is still here.")


def test_a_fault_of_the_program_is_reported_and_the_screen_gets_its_buttons_back(qtbot: QtBot, desk: Desk) -> None:
    """`failed` hears of it in a sentence, the dialog has the details."""
    owner: QObject = QObject()
    told: list[DeskError] = []
    reports: list[BaseException] = []
    desk.notices.report = reports.append  # type: ignore[method-assign,assignment]
    fault = ZeroDivisionError("Mrs Brambleby")
    desk.change(owner, fail_with(fault), lambda done: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert reports == [fault]
    assert "Brambleby" not in told[0].sentence
    assert "still here" in told[0].sentence
