"""What is forgotten is cleared on the window's thread, whatever the workers do."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.kit import tidying
from ui.kit.background import Background
from ui.kit.tidying import Tidying


@pytest.fixture(autouse=True)
def nobody_at_work(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As at the start of the program: Python clears cycles by itself, and no window has asked it not to."""
    before = gc.isenabled()
    monkeypatch.setattr(tidying, "_at_work", dict[int, bool]())
    gc.enable()
    yield
    if not before:
        gc.disable()


class Knot:
    """Something that only the clearing of cycles can take away, as a closed window is."""

    def __init__(self) -> None:
        self.itself = self


def many_knots() -> None:
    """A job that makes so many objects that Python would clear cycles in its thread."""
    for _ in range(200_000):
        Knot()


def test_a_worker_never_clears_a_forgotten_window(qtbot: QtBot) -> None:
    background = Background()
    owner = Background()
    gc.collect()
    cleared_in: list[threading.Thread] = []
    done: list[object] = []
    weakref.finalize(Knot(), lambda: cleared_in.append(threading.current_thread()))
    background.run(owner, many_knots, done.append, failed=done.append)
    qtbot.waitUntil(lambda: done == [None], timeout=20_000)
    qtbot.waitUntil(lambda: bool(cleared_in), timeout=20_000)
    assert cleared_in == [threading.main_thread()]
    assert background.finish(5_000)
    assert owner.finish(5_000)


def test_python_clears_by_itself_again_when_the_last_worker_is_gone(qtbot: QtBot) -> None:
    first, second = Tidying(), Tidying()
    first.begin()
    second.begin()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    assert gc.isenabled()


def test_a_program_that_has_switched_it_off_finds_it_off_at_its_end(qtbot: QtBot) -> None:
    """Cycles cleared while Qt takes down its objects take down others within: two such, and it never ends."""
    gc.disable()
    first, second = Tidying(), Tidying()
    first.begin()
    second.begin()
    first.stop()
    second.stop()
    assert not gc.isenabled()


def test_a_question_that_outlives_the_window_does_not_hold_it_up_for_ever(qtbot: QtBot) -> None:
    background, owner, go_on, began = Background(), Background(), threading.Event(), threading.Event()
    assert owner.finish(5_000)

    def count_calls() -> None:
        began.set()
        go_on.wait()

    background.run(owner, count_calls, lambda answer: None, failed=lambda error: None)
    assert began.wait(10)
    assert background.finish(0)
    assert not gc.isenabled(), "it is still at work"
    go_on.set()
    qtbot.waitUntil(gc.isenabled, timeout=20_000)


def test_workers_that_were_forgotten_do_not_hold_it_up(qtbot: QtBot) -> None:
    forgotten = Tidying()
    forgotten.begin()
    assert not gc.isenabled()
    del forgotten
    gc.collect()
    assert gc.isenabled()
