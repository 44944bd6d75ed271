"""From the start of the process to the first letter in the call pad, beside a bare window with one line to type in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.files import Files
from tests.bench.measuring import Outcome, Scale, side_by_side

GOAL = 1.5
ROOT = Path(__file__).resolve().parents[2]


def window(files: Files, scale: Scale) -> Outcome:
    """The real program on an ordinary database: its command line, its window, F8, a letter in the focused field.

    Both are fresh processes on Qt's offscreen platform. One start of each is not counted, as it fills the caches.
    """
    desk = files.copy_of(files.holding(scale.ordinary))
    for kind in ("floor", "ours"):
        _start(kind, desk)
    pair = side_by_side(lambda: _start("ours", desk), lambda: _start("floor", desk), rounds=scale.rounds)
    files.give_back(desk)
    note = f"on {scale.ordinary:,} calls, from the process's start to the letter in the editor"
    return Outcome(name="window", unit="ms", pair=pair, goal=GOAL, notes=(note,))


def _start(kind: str, desk: Path) -> float:
    """Milliseconds from the start to the letter; both sides read the system's one monotonic clock."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.window_child", kind, str(desk)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"the window took no letter: {done.stderr[-2000:]}")
    return (float(done.stdout.split()[-1]) - started) * 1000
