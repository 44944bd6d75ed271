"""The watchdog finds what blocks the window, and nothing else."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import watchdog as watchdog_module
from tests.ui.watchdog import Watchdog, pace
from tests.ui.windows import press

TOO_LONG, SHORT = 0.15, 0.02  # seconds


def burn(seconds: float = TOO_LONG) -> None:
    """Keep the processor busy."""
    ends = time.thread_time() + seconds
    while time.thread_time() < ends:
        pass


@pytest.fixture
def dog(qapp: QApplication) -> Iterator[Watchdog]:
    with Watchdog(pace=lambda: 1.0).watching() as watching:
        yield watching


def turn_until(done: Callable[[], bool], qtbot: QtBot) -> None:
    qtbot.waitUntil(done, timeout=5_000)


def later(work: Callable[[], None], qtbot: QtBot) -> None:
    """In the event loop, until it is done."""
    done: list[bool] = []
    QTimer.singleShot(1, lambda: (work(), done.append(True)))
    turn_until(lambda: bool(done), qtbot)


def test_a_slot_that_takes_too_long_is_found_with_what_ran(dog: Watchdog, qtbot: QtBot) -> None:
    later(burn, qtbot)
    [block] = dog.blocks
    assert 0.95 * TOO_LONG <= block.seconds < 3 * TOO_LONG  # a little of it went into looking
    assert "burn" in block.ran[0]
    assert "test_watchdog.py" in str(block)


def test_on_a_processor_at_half_its_pace_the_same_work_counts_as_what_it_is(qapp: QApplication, qtbot: QtBot) -> None:
    with Watchdog(pace=lambda: 2.0).watching() as slow:
        later(burn, qtbot)
        assert slow.blocks == []
        later(lambda: burn(2 * TOO_LONG), qtbot)
        [block] = slow.blocks
    assert 0.95 * TOO_LONG <= block.seconds < 2 * TOO_LONG


def test_the_time_it_takes_to_look_is_not_the_windows(
    dog: Watchdog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long_look(frame: object) -> tuple[str, ...]:
        burn(SHORT)
        return ()

    monkeypatch.setattr(watchdog_module, "_ours", long_look)
    later(burn, qtbot)
    assert dog.blocks == []


def test_the_yardstick_never_makes_a_stretch_longer() -> None:
    assert pace() >= 1.0


def test_a_key_that_takes_too_long_is_found(dog: Watchdog, qtbot: QtBot) -> None:
    """Its handling is in the call that presses it, not in the loop."""
    line = QLineEdit()
    qtbot.addWidget(line)
    line.textChanged.connect(lambda text: burn())
    with qtbot.waitActive(line):
        line.show()
    line.setFocus()
    dog.blocks.clear()
    press("a")
    assert len(dog.blocks) == 1


@pytest.mark.parametrize("asked", [QApplication, QCoreApplication, "the application"], ids=str)
def test_work_is_found_in_whichever_way_the_loop_is_turned(dog: Watchdog, asked: object) -> None:
    QTimer.singleShot(0, burn)
    turned = QApplication.instance() if isinstance(asked, str) else asked
    turned.processEvents()
    assert len(dog.blocks) == 1


def test_work_in_a_loop_within_the_loop_is_found(dog: Watchdog, qtbot: QtBot) -> None:
    def ask() -> None:
        inner = QEventLoop()
        QTimer.singleShot(1, lambda: (burn(), inner.quit()))
        inner.exec()

    later(ask, qtbot)
    assert len(dog.blocks) == 1


def test_short_work_waiting_and_other_threads_are_no_block(dog: Watchdog, qtbot: QtBot) -> None:
    """However much of it there is."""
    thread = threading.Thread(target=burn)
    thread.start()
    for _ in range(8):
        later(lambda: burn(SHORT), qtbot)
    thread.join()
    assert dog.blocks == []
    assert SHORT <= dog.longest < 0.1


def test_a_menu_that_stays_open_is_no_block(dog: Watchdog, qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Silent")
    QTimer.singleShot(250, menu.close)
    later(menu.exec, qtbot)
    assert dog.blocks == []


def test_what_a_test_does_itself_is_not_counted(dog: Watchdog, qtbot: QtBot) -> None:
    """Making a window before it is shown is nobody's waiting."""
    burn()
    later(lambda: None, qtbot)
    assert dog.blocks == []


def test_everything_is_as_before_when_the_watch_is_over(qapp: QApplication) -> None:
    before = (QEventLoop.exec, QApplication.processEvents, QApplication.__dict__.get("processEvents"))
    with Watchdog().watching() as dog:
        assert QEventLoop.exec is not before[0]
    assert (QEventLoop.exec, QApplication.processEvents, QApplication.__dict__.get("processEvents")) == before
    kept = QObject()
    QTimer.singleShot(0, kept, burn)
    qapp.processEvents()
    assert dog.blocks == []
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_every_window_test_is_watched(show: Callable[..., object], watchdog: Watchdog | None) -> None:
    assert watchdog is not None


def test_a_test_without_a_window_is_not(watchdog: Watchdog | None) -> None:
    assert watchdog is None


_looked_at: list[str] = []


def test_what_is_not_seen_again_was_no_fault_of_the_window(show: Callable[..., QWidget]) -> None:
    """Held up for long at the first look only, as where somebody else had the processor: then it is looked at again."""
    window = show(QWidget())
    _looked_at.append("once")
    if len(_looked_at) == 1:
        QTimer.singleShot(0, window, partial(burn, 8 * TOO_LONG))
        QApplication.processEvents()
        QApplication.processEvents()
