"""Work in the background: order, answers, closed windows, leaving."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial
from operator import mul

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.background import Background, Lane


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """A background of its own, at rest afterwards."""
    made = Background()
    yield made
    assert made.finish(10_000)


def unexpected(error: Exception) -> None:
    """No job of these tests fails."""
    raise AssertionError from error


def test_three_thousand_questions_are_all_answered_on_the_windows_thread(
    qtbot: QtBot, background: Background, qapp: QApplication
) -> None:
    """None lost, none on a worker's thread."""
    owner = QObject()
    answers: list[int] = []
    elsewhere: list[int] = []

    def done(answer: int) -> None:
        answers.append(answer)
        if QThread.currentThread() is not qapp.thread():
            elsewhere.append(answer)

    for number in range(3000):
        background.run(owner, partial(mul, number, 2), done, failed=unexpected)
    qtbot.waitUntil(lambda: len(answers) == 3000, timeout=20_000)
    assert sorted(answers) == [number * 2 for number in range(3000)]
    assert not elsewhere


def test_changes_keep_the_order_they_were_made_in(qtbot: QtBot, background: Background) -> None:
    """One worker writes."""
    owner = QObject()
    written: list[int] = []
    told: list[int] = []

    def write(number: int) -> int:
        written.append(number)
        return number

    for number in range(300):
        background.run(owner, partial(write, number), told.append, failed=unexpected, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: len(told) == 300, timeout=10_000)
    assert written == told == list(range(300))


def test_a_change_begins_when_the_one_before_has_ended(qtbot: QtBot, background: Background) -> None:
    """However long that takes: the second never overtakes the first."""
    owner = QObject()
    second_began = threading.Event()
    overtaken: list[bool] = []
    background.run(owner, lambda: second_began.wait(0.2), overtaken.append, failed=unexpected, lane=Lane.WRITE)
    background.run(owner, second_began.set, lambda answer: None, failed=unexpected, lane=Lane.WRITE)
    qtbot.waitUntil(second_began.is_set)
    qtbot.waitUntil(lambda: overtaken == [False])


def test_a_slow_save_does_not_keep_questions_waiting(qtbot: QtBot, background: Background) -> None:
    """Two lanes."""
    owner, go_on, answers = QObject(), threading.Event(), list[object]()
    background.run(owner, go_on.wait, lambda answer: answers.append("saved"), failed=unexpected, lane=Lane.WRITE)
    background.run(owner, lambda: "found", answers.append, failed=unexpected)
    qtbot.waitUntil(lambda: answers == ["found"])
    assert background.saving == 1
    go_on.set()
    qtbot.waitUntil(lambda: answers == ["found", "saved"])
    assert background.saving == 0


def test_a_closed_window_hears_nothing_and_nothing_breaks(qtbot: QtBot, background: Background) -> None:
    """500 windows closed while their questions were under way."""
    go_on, heard = threading.Event(), list[object]()

    def wait_for(window: QWidget) -> QWidget:
        go_on.wait()
        return window

    for number in range(500):
        window = QWidget()
        window.setObjectName(str(number))
        background.run(window, partial(wait_for, window), heard.append, failed=heard.append)
        window.deleteLater()
    del window
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    go_on.set()
    gc.collect()
    ended: list[bool] = []
    last = QObject()
    background.run(last, lambda: True, ended.append, failed=unexpected)
    qtbot.waitUntil(lambda: bool(ended), timeout=10_000)
    assert not heard


def test_an_answer_that_comes_when_all_is_finished_is_not_told(qtbot: QtBot) -> None:
    """The page that asked would go on working, and there is nobody left to work for it."""
    background, owner, go_on, told = Background(), QObject(), threading.Event(), list[object]()
    began, ended = threading.Event(), threading.Event()

    def count_calls() -> str:
        began.set()
        go_on.wait()
        return "counted"

    background.run(owner, count_calls, told.append, failed=told.append)
    background._finished.connect(lambda number: ended.set(), Qt.ConnectionType.DirectConnection)
    assert began.wait(10)
    assert background.finish(0)
    go_on.set()
    assert ended.wait(10)
    QApplication.processEvents()
    assert told == []


def test_the_last_worker_does_not_take_it_all_down_with_it(qtbot: QtBot) -> None:
    """What Qt made on the window's thread is taken away there, also where a question outlives the window."""
    background, owner, go_on, began = Background(), QObject(), threading.Event(), threading.Event()
    taken_away_by: list[threading.Thread] = []
    background.destroyed.connect(lambda: taken_away_by.append(threading.current_thread()))

    def count_calls() -> None:
        began.set()
        go_on.wait()

    background.run(owner, count_calls, unexpected, failed=unexpected)
    assert began.wait(10)
    assert background.finish(0)
    del background
    gc.collect()
    assert taken_away_by == []
    go_on.set()
    qtbot.waitUntil(lambda: bool(taken_away_by), timeout=20_000)
    assert taken_away_by == [threading.main_thread()]


def test_what_goes_wrong_comes_home_as_it_is(qtbot: QtBot, background: Background) -> None:
    """The very exception, once."""
    owner, errors = QObject(), list[object]()
    trouble = KeyError("no such call")

    def work() -> None:
        raise trouble

    background.run(owner, work, errors.append, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors == [trouble]


def test_an_answer_never_comes_before_the_question_is_put(qtbot: QtBot, background: Background) -> None:
    """What follows `run` in a screen's method runs first, however quick the work."""
    owner, order = QObject(), list[str]()
    background.run(owner, lambda: None, lambda answer: order.append("answer"), failed=unexpected)
    order.append("asked")
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["asked", "answer"]


def test_leaving_waits_for_saves_and_drops_questions_not_begun(qapp: QApplication) -> None:
    """Ten saves under way when the window closes are all kept, and told."""
    background, owner = Background(), QObject()
    written: list[int] = []
    told: list[int] = []
    go_on = threading.Event()

    def write(number: int) -> int:
        written.append(number)
        return number

    for _ in range(10):
        background.run(owner, go_on.wait, told.append, failed=unexpected)
    for number in range(10):
        background.run(
            owner,
            partial(write, number),
            told.append,
            failed=unexpected,
            lane=Lane.WRITE,
        )
    go_on.set()
    assert background.finish(10_000)
    assert written == list(range(10))
    assert [answer for answer in told if answer is not True] == list(range(10))


def test_a_save_that_takes_longer_is_not_abandoned(qapp: QApplication) -> None:
    """`finish` says no, the window stays open, and asks again."""
    background, owner, go_on, told = Background(), QObject(), threading.Event(), list[object]()
    background.run(owner, go_on.wait, told.append, failed=unexpected, lane=Lane.WRITE)
    assert not background.finish(50)
    assert background.saving == 1
    go_on.set()
    assert background.finish(10_000)
    assert told == [True]
