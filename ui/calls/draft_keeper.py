"""Keeps what stands in a pad while one types: one write at a time, always the latest content.

In the database where that answers; in a file of this computer while it does not, or takes too long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from ppsdesk.domain.changes import Done
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ui.kit.connection import Trouble
from ui.kit.desk import Desk
from ui.kit.live_windows import RENEWED

SOON = 700  # milliseconds after a key; with the write itself well within a second
SLOW = 500  # milliseconds a database may take before the call is kept on this computer too
AGAIN = 5_000  # milliseconds after a failure


class DraftKeeper(QObject):
    """`kept` carries the draft that was taken (`here` by this computer), `refused` why nobody took it.

    `draft` gives what stands in the pad now, None for nothing worth keeping. What this computer keeps goes to the
    database when that is back.
    """

    kept = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, draft: Callable[[], Draft | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._busy = self._behind = self._ended = False
        self._busy_here = self._behind_here = self._wrote_here = False
        self._refused_there = self._refused_here = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.keep_now)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._takes_long)
        self._again = QTimer(self)
        self._again.setInterval(RENEWED)
        self._again.timeout.connect(self._renew)
        self._again.start()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._back)
        self._last: Draft | None = None
        desk.connection.back.connect(self._back)

    def typed(self) -> None:
        """A key was pressed: the first one is kept at once, the others soon."""
        if not self._soon.isActive():
            self._soon.start(0 if self._last is None else SOON)

    def keep_now(self) -> bool:
        """Keep what stands there; True if it is kept already. While a write is under way the latest follows it."""
        self._soon.stop()
        draft = self._draft()
        if self._ended or draft is None or self._is_kept(draft):
            return True
        self._send(draft)
        return False

    def keep_here(self, draft: Draft) -> None:
        """Keep that on this computer now, whatever the database does."""
        self._behind_here = self._busy_here
        if not self._busy_here:
            self._busy_here = self._wrote_here = True
            self._desk.keep_here(self, _keeping_here(self._desk, draft), self._taken_here, self._not_taken_here)

    def forget(self, key: UUID) -> None:
        """That call is on record or given up: this computer keeps no copy, not even one that is just being written."""
        if self._wrote_here:
            self._wrote_here = False
            drafts = self._desk.services.drafts
            self._desk.keep_here(self, lambda: drafts.saved(key), _nothing, _nothing)

    def rest(self) -> None:
        """The call is saved or given up: nothing more is kept until somebody types."""
        for timer in (self._soon, self._slow, self._later):
            timer.stop()
        self._behind = self._behind_here = False
        self._last = None

    def end(self) -> None:
        """The window closes: nothing more is kept."""
        self.rest()
        self._again.stop()
        self._ended = True

    def begin_with(self, draft: Draft) -> None:
        """That is what the database holds already; what this computer kept goes there now."""
        self.rest()
        if not draft.here:
            self._last = draft
        else:
            self.typed()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _send(self, draft: Draft) -> None:
        self._refused_there = self._refused_here = False
        if self._desk.connection.trouble is not Trouble.NONE or (self._busy and not self._slow.isActive()):
            self._behind = self._busy
            self.keep_here(draft)
        else:
            self._send_there(draft)

    def _send_there(self, draft: Draft) -> None:
        self._behind = self._busy
        if not self._busy:
            self._busy = True
            self._slow.start(SLOW)
            self._desk.change(self, _keeping(self._desk, draft), self._taken, self._not_taken)

    def _takes_long(self) -> None:
        draft = self._draft()
        if self._busy and draft is not None:
            self.keep_here(draft)

    def _renew(self) -> None:
        """Say that this window still writes it, so that no other one offers it."""
        draft = self._draft()
        if draft is not None and self._last is not None:
            self._send(draft)

    def _back(self) -> None:
        calm = self._desk.connection.trouble is Trouble.NONE and not self._busy
        if calm and self._last is not None and self._last.here:
            self._last = None
            self._soon.start(0)

    def _is_kept(self, draft: Draft) -> bool:
        last = self._last
        if last is None or replace(draft, kept_at=last.kept_at, here=last.here) != last:
            return False
        return not self._busy_here if last.here else not self._busy

    def _taken(self, done: Done[Draft]) -> None:
        self._busy = False
        self._slow.stop()
        now = self._draft()
        if self._behind:
            self._behind = False
            self.keep_now()
        if now is not None and now.key == done.value.key:
            self._last = done.value
            if not self._busy:
                self.kept.emit(done.value)

    def _not_taken(self, error: DeskError) -> None:
        self._busy = self._behind = False
        self._slow.stop()
        self._refused_there = True
        draft = self._draft()
        if draft is None or self._ended:
            return
        if self._refused_here:
            self._nobody_takes(error)
        else:
            self.keep_here(draft)

    def _taken_here(self, done: Done[Draft]) -> None:
        self._busy_here = False
        now = self._draft()
        if self._behind_here and now is not None:
            self._behind_here = False
            self.keep_here(now)
        if now is not None and now.key == done.value.key:
            self._last = replace(done.value, here=True)
            if not self._busy_here:
                self.kept.emit(self._last)
                self._later.start(AGAIN)  # the database refused it for a reason of its own, or took it meanwhile

    def _not_taken_here(self, error: DeskError) -> None:
        self._busy_here = self._behind_here = False
        self._refused_here = True
        draft = self._draft()
        if draft is None:
            return
        if self._refused_there:
            self._nobody_takes(error)
        else:
            self._send_there(draft)

    def _nobody_takes(self, error: DeskError) -> None:
        self._soon.start(AGAIN)
        self.refused.emit(error)


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""


def _keeping(desk: Desk, draft: Draft) -> Callable[[], Done[Draft]]:
    def keep() -> Done[Draft]:
        return desk.services.drafts.keep(draft)

    return keep


def _keeping_here(desk: Desk, draft: Draft) -> Callable[[], Done[Draft]]:
    def keep() -> Done[Draft]:
        return desk.services.drafts.keep_here(draft)

    return keep
