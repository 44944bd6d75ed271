"""Starting desks and killing them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass
class Watched:
    """What was seen of one desk: the keys it told and when, and whether it was killed (not ended by itself)."""

    keys: list[UUID] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    killed_at: float = 0.0
    killed: bool = False

    @property
    def told(self) -> int:
        """How often it told something."""
        return len(self.moments)


class Nursery:
    """The process that forks desks; see `tests/harness/writer.py`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        assert process.stdout is not None
        self._output = process.stdout.fileno()
        self._lines: list[str] = []
        self._rest = b""
        assert self._line(PATIENCE) == "ready"

    def run(self, deed: str, where: Path | str, *, after: int = 0, wait: float = PATIENCE) -> Watched:
        """Start a desk, and kill it `wait` seconds after it told `after` keys (or was born). What was seen of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{deed}\t{where}\n".encode())
        self._process.stdin.flush()
        born = self._line(PATIENCE)
        assert born is not None
        child = int(born.removeprefix("child "))
        seen = Watched()
        until = monotonic() + (PATIENCE if after else wait)
        while (line := self._line(until - monotonic())) is not None:
            if self._note(line, seen):
                return seen
            if seen.told == after:
                until = monotonic() + wait
        seen.killed_at = monotonic()
        os.kill(child, signal.SIGKILL)  # the nursery has not waited for it yet, so the number is still its own
        while not self._note(self._line(PATIENCE), seen):
            pass
        return seen

    def _note(self, line: str | None, seen: Watched) -> bool:
        """Take in what was said; whether it was the end."""
        assert line is not None, "a killed desk must end"
        what, _, said = line.partition(" ")
        if what == "saved":
            seen.moments.append(monotonic())
            if len(said) == 36:
                seen.keys.append(UUID(said))
            return False
        assert what == "ended", line
        assert said in ("0", "-9"), f"the desk failed by itself: {said}"
        seen.killed = said == "-9"
        return True

    def _line(self, wait: float) -> str | None:
        until = monotonic() + wait
        while not self._lines:
            ready, _, _ = select.select([self._output], [], [], max(0.0, until - monotonic()))
            if not ready:
                return None
            content = os.read(self._output, 65_536)
            assert content, "the nursery has ended"
            *lines, self._rest = (self._rest + content).split(b"\n")
            self._lines += [line.decode() for line in lines]
        return self._lines.pop(0)


@contextmanager
def nursery(module: str = "tests.harness.writer") -> Iterator[Nursery]:
    """A nursery, ended afterwards."""
    process = subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield Nursery(process)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()
        process.wait(PATIENCE)


def kill_often(desks: Nursery, deed: str, where: Path | str, *, times: int, seed: int) -> tuple[int, list[UUID]]:
    """Kill desks at random moments, while they open, between calls and in the middle of one: (kills, keys told)."""
    moments = Random(seed)
    keys: list[UUID] = []
    kills = 0
    while kills < times:
        after = moments.choice((0, 1, 1, 2, 3, 5, 8))
        seen = desks.run(deed, where, after=after, wait=moments.uniform(0, 0.008 if after else 0.06))
        kills += seen.killed
        keys += seen.keys
    return kills, keys
