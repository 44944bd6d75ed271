"""How a long job tells how far it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable

# called with (done, of) in the job's own units; raises `Interrupted` when the person stopped the job
Progress = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """Nobody is watching."""
