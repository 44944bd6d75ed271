"""Which unfinished calls belong to a window that is open somewhere, and which to one that is gone."""

from __future__ import annotations

import platform
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

from PySide6.QtCore import QLockFile

from ppsdesk.domain.drafts import Draft

ALIVE = timedelta(minutes=1)  # a window elsewhere that has not renewed its draft for so long is taken as gone
RENEWED = 30_000  # milliseconds: how often an open pad renews its draft, typed in or not


class LiveWindows:
    """One for each run of the program. `window_name` is what the drafts of a pad carry as their `window`.

    A run holds a lock in the desk's folder while it lives; after a crash the lock is stale, and its drafts are offered
    at once. Of a window on another computer nothing is known but how old its draft is.
    """

    def __init__(self, folder: Path) -> None:
        self._place = folder
        self._folder = folder / "open-windows"
        self._lock: QLockFile | None = None

    @cached_property
    def _desk(self) -> str:
        # asked for with the first draft: what it is worked out with takes a window's start ten milliseconds to load
        return uuid5(NAMESPACE_URL, f"{platform.node()}:{self._place}").hex[:12]

    @cached_property
    def _run(self) -> str:
        return f"{self._desk}-{uuid4().hex[:12]}"

    def window_name(self) -> str:
        """A new name for a pad of this run."""
        return f"{self._run}/{uuid4().hex[:12]}"

    def hold(self) -> None:
        """Say that this run lives; once is enough, before its first draft."""
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock_of(self._run)
            self._lock.tryLock(0)

    def let_go(self) -> None:
        """The run ends."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def may_offer(self, draft: Draft, now: datetime) -> bool:
        """Whether no other open window can be writing this call."""
        run = draft.window.partition("/")[0]
        if run == self._run:
            return True
        if run.startswith(f"{self._desk}-"):
            return self._is_gone(run)
        return now - draft.kept_at >= ALIVE

    def _is_gone(self, run: str) -> bool:
        if not (self._folder / f"{run}.lock").exists():
            return True
        lock = self._lock_of(run)
        gone = lock.tryLock(0)
        lock.unlock()
        return gone

    def _lock_of(self, run: str) -> QLockFile:
        lock = QLockFile(str(self._folder / f"{run}.lock"))
        lock.setStaleLockTime(0)  # stale only when its program is gone, however long a call lasts
        return lock
