"""One question at a time, always for the newest text: letters typed fast do not queue up as questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.errors import DeskError
from ui.kit.desk import Desk


class LookingUp(QObject):
    """Asks `find(text)` in the background for what was wanted last.

    `came` carries the text and its answer, `failed` the text and the `DeskError`; an answer to an older text is never
    shown. `find` touches no widget.
    """

    came = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self, desk: Desk, find: Callable[[str], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._find = desk, find
        self._wanted = ""
        self._asked: str | None = None

    @property
    def waiting(self) -> bool:
        """Whether an answer to the newest text is still to come."""
        return bool(self._wanted) and self._asked is not None

    def want(self, text: str) -> None:
        """Ask for this text; "" wants nothing any more."""
        self._wanted = text
        if text and self._asked is None:
            self._ask(text)

    def _ask(self, text: str) -> None:
        self._asked = text
        find = self._find

        def work() -> Any:
            return find(text)

        self._desk.latest(self, "look up", work, self._answered, self._refused)

    def _answered(self, answer: object) -> None:
        if self._is_the_newest():
            self.came.emit(self._wanted, answer)

    def _refused(self, error: DeskError) -> None:
        if self._is_the_newest():
            self.failed.emit(self._wanted, error)

    def _is_the_newest(self) -> bool:
        """Whether this is the answer to the newest text; if not, that is asked for now."""
        asked, self._asked = self._asked, None
        if asked != self._wanted and self._wanted:
            self._ask(self._wanted)
        return asked == self._wanted
