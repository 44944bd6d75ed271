"""A watchdog over the event loop: no stretch of work on the window's thread takes more than a tenth of a second.

Measured is the thread's own processor time, so that waiting and other programs of a busy machine do not count. A
stretch goes from one signal of the event dispatcher (`awake`, `aboutToBlock`) to the next: whatever the dispatcher,
between two of them lies at most one turn of the loop. A key pressed by the test library is handled in the call, not in
the loop, and is one stretch too.

On a machine that others share the same work takes more processor time in one second than in the next: the yardstick
below took 9.7 to 24 ms on the one these tests are run on, mostly 15 to 22. A stretch that seems too long is therefore
set against the yardstick, measured right after it. The limit counts seconds of a processor at the yardstick's pace,
which is about the fastest seen there, not the usual one: on a slower or shared processor the raw limit is up to about
twice as long. A tenth of a second is promised for a processor of that pace, and for no slower one.

What a test does itself outside of these, such as making a window before it is first shown, is nobody's waiting and is
not measured.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FrameType
from typing import Any

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import HELD_UP

LIMIT = 0.1  # seconds
YARDSTICK = 0.010  # seconds the yardstick takes at the fastest pace seen on the test machine
LOOKS = 0.02  # seconds of processor time between two looks at what runs
DEEP = 8  # lines of ours that are told of what ran
ROOT = Path(__file__).resolve().parents[2]
HERE = f"{ROOT}{os.sep}"
OURS = tuple(f"{ROOT / part}{os.sep}" for part in ("ui", "tests"))
OPENS_A_WINDOW = {"windows", "show", "window_desk", "walked"}  # fixtures that do
# where the window's thread is handed to Qt: by tests, by the test library's helpers, and by screens that ask
WAYS_IN = (
    (QEventLoop, "exec"),
    (QApplication, "processEvents"),
    (QCoreApplication, "processEvents"),
    (QCoreApplication, "sendPostedEvents"),
    (QApplication, "sendEvent"),
    (QTest, "keyClick"),
    (QTest, "keyClicks"),
)


def pace() -> float:
    """How many times as long as at the yardstick's pace the processor takes now; at least 1."""
    return max(1.0, min(_yardstick() for _ in range(3)) / YARDSTICK)


def _yardstick() -> float:
    began = time.thread_time()
    words = {str(number): (number, number % 7) for number in range(20_000)}
    sorted(words.items(), key=lambda pair: pair[1][1])
    return time.thread_time() - began


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that was too long: seconds of processor time, and what ran in it, innermost first."""

    seconds: float
    ran: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms in {' < '.join(self.ran) or 'Qt, with no line of ours seen'}"


@dataclass
class Watchdog:
    """`blocks` are the stretches that were too long; `longest` is the longest of all, in seconds."""

    limit: float = LIMIT
    pace: Callable[[], float] = pace
    blocks: list[Block] = field(default_factory=list)
    longest: float = 0.0
    _depth: int = 0
    _began: float = 0.0
    _seen: list[tuple[str, ...]] = field(default_factory=list)

    @contextmanager
    def watching(self) -> Iterator[Watchdog]:
        """Watch the thread this is called in."""
        dispatcher, patch = QAbstractEventDispatcher.instance(), pytest.MonkeyPatch()
        for owner, name in WAYS_IN:
            patch.setattr(owner, name, self._counted(owner, name))
        dispatcher.awake.connect(self._mark)
        dispatcher.aboutToBlock.connect(self._mark)
        before = self._look_often()
        # Thousands of objects of the test tools themselves would be looked through at each clearing of cycles.
        gc.freeze()
        try:
            yield self
        finally:
            gc.unfreeze()
            self._look_no_more(before)
            dispatcher.awake.disconnect(self._mark)
            dispatcher.aboutToBlock.disconnect(self._mark)
            patch.undo()

    @contextmanager
    def stretch(self) -> Iterator[None]:
        """Work that Qt does for the window in this call."""
        self._mark()
        self._depth += 1
        try:
            yield
        finally:
            self._mark()
            self._depth -= 1

    @contextmanager
    def looks_away(self, why: str) -> Iterator[None]:
        """Not from what takes its time and is asked for by hand, once in a while; `why` says so in the test."""
        assert why
        before = list(self.blocks)
        yield
        self.blocks = before

    def _counted(self, owner: type, name: str) -> Any:
        original = getattr(owner, name)

        def counted(*args: Any, **named: Any) -> Any:
            with self.stretch():
                return original(*args, **named)

        # of these, only a loop is asked through an object
        return counted if owner is QEventLoop else staticmethod(counted)

    def _mark(self) -> None:
        now = time.thread_time()
        took, seen = now - self._began, self._seen
        self._began, self._seen = now, []
        if not self._depth:
            return
        if took > self.limit:
            took /= self.pace()
            if took > self.limit:
                self.blocks.append(Block(took, seen[0] if seen else ()))
            self._began = time.thread_time()
        self.longest = max(self.longest, took)

    # By a signal, not by a thread: a thread might clear cycles, and with them widgets, off the window's thread.

    def _look_often(self) -> Any:
        if not hasattr(signal, "setitimer"):  # then nothing is said of what ran
            return None
        before = signal.signal(signal.SIGPROF, self._look)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, LOOKS, LOOKS)
        return before

    def _look_no_more(self, before: Any) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _look(self, number: int, frame: FrameType | None) -> None:
        began = time.thread_time()
        if self._depth and frame is not None and began - self._began > self.limit / 2:
            self._seen.append(_ours(frame))
            self._began += time.thread_time() - began  # looking is no work of the window's


@pytest.fixture(scope="session")
def modules_loaded() -> None:
    """Every module of the window, as from a program's compiled files: a checkout compiles them when they are first
    asked for, which is the tests' time and nobody's waiting."""
    for module in walk_packages([str(ROOT / "ui")], "ui."):
        import_module(module.name)


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest) -> Iterator[Watchdog | None]:
    """Watches every test that opens a window, from its beginning to its end."""
    # a tracer, as coverage is one, takes more time than what it looks at
    if not OPENS_A_WINDOW & set(request.fixturenames) or sys.gettrace() is not None:
        yield None
        return
    request.getfixturevalue("qapp")
    request.getfixturevalue("modules_loaded")
    with Watchdog().watching() as watching:
        yield watching
    if watching.blocks:
        pytest.fail(f"{HELD_UP}\n" + "\n".join(map(str, watching.blocks)), pytrace=False)


def _ours(frame: FrameType) -> tuple[str, ...]:
    lines: list[str] = []
    within: FrameType | None = frame
    while within is not None and len(lines) < DEEP:
        code, line = within.f_code, within.f_lineno
        if code.co_filename.startswith(OURS):
            lines.append(f"{code.co_filename.removeprefix(HERE)}:{line} {code.co_name}")
        within = within.f_back
    return tuple(lines)
