"""Keeps what stands in a pad in the database while one types: one write at a time, always the latest content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from ppsdesk.domain.changes import Done
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ui.kit.desk import Desk
from ui.kit.live_windows import RENEWED

SOON = 700  # milliseconds after a key; with the write itself well within a second
AGAIN = 5_000  # milliseconds after a failure


class DraftKeeper(QObject):
    """`kept` carries the draft the database has taken, `refused` why it did not; a refused one is tried again.

    `draft` gives what stands in the pad now, None for nothing worth keeping.
    """

    kept = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, draft: Callable[[], Draft | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._busy = self._behind = self._ended = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.keep_now)
        self._again = QTimer(self)
        self._again.setInterval(RENEWED)
        self._again.timeout.connect(self._renew)
        self._again.start()
        self._last: Draft | None = None

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

    def rest(self) -> None:
        """The call is saved or given up: nothing more is kept until somebody types."""
        self._soon.stop()
        self._behind = False
        self._last = None

    def end(self) -> None:
        """The window closes: nothing more is kept."""
        self.rest()
        self._again.stop()
        self._ended = True

    def begin_with(self, draft: Draft) -> None:
        """That is what the database holds already."""
        self.rest()
        self._last = draft

    def _send(self, draft: Draft) -> None:
        self._behind = self._busy
        if not self._busy:
            self._busy = True
            self._desk.change(self, _keeping(self._desk, draft), self._taken, self._not_taken)

    def _renew(self) -> None:
        """Say that this window still writes it, so that no other one offers it."""
        draft = self._draft()
        if draft is not None and self._last is not None:
            self._send(draft)

    def _is_kept(self, draft: Draft) -> bool:
        last = self._last
        return last is not None and not self._busy and replace(draft, kept_at=last.kept_at) == last

    def _taken(self, done: Done[Draft]) -> None:
        self._busy = False
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
        if self._draft() is not None:
            self._soon.start(AGAIN)
            self.refused.emit(error)


def _keeping(desk: Desk, draft: Draft) -> Callable[[], Done[Draft]]:
    def keep() -> Done[Draft]:
        return desk.services.drafts.keep(draft)

    return keep
