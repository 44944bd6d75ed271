"""What is forgotten is cleared on the window's thread, whatever the workers do."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from ui.kit.background import Background
from ui.kit.tidying import Tidying


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
    before = gc.isenabled()
    first, second = Tidying(), Tidying()
    first.begin()
    second.begin()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    assert gc.isenabled() is before


def test_workers_that_were_forgotten_do_not_hold_it_up(qtbot: QtBot) -> None:
    before = gc.isenabled()
    forgotten = Tidying()
    forgotten.begin()
    del forgotten
    gc.collect()
    assert gc.isenabled() is before
