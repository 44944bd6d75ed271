"""What both lists of the law share: each reads for itself, and a change that moved dates leads to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import shiboken6
from PySide6.QtCore import QTimer, Signal

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, Invalid, NotFound
from ppsdesk.domain.rights import Subject
from ui.kit.desk import Failed
from ui.kit.words import announce
from ui.lists.panel import ListPanel

R = TypeVar("R")
T = TypeVar("T")
NONE_MOVED = "No date moved."  # how a notice of the service ends where nothing more need be looked at
WORKING = "All open dates are being worked out by it. You can go on meanwhile; what moved is said when it is done."
AT_ONCE = 400  # milliseconds: what is done by then needs no words


class LawPanel(ListPanel[R]):
    """`dates_wanted` asks for the list of dates that moved; `read_failed` carries why the list could not be read."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.RULES})
    subject = Subject.RULES
    dates_wanted = Signal()
    read_failed = Signal(object)

    def refresh(self) -> None:
        """Read the list again; the keyboard stays where it is."""
        raise NotImplementedError

    _under_way = 0
    _said = False

    def change(
        self,
        work: Callable[[], Done[T]],
        undo: Callable[[Done[T]], Callable[[], Done[Any]]] | None = None,
        *,
        on: Callable[[Done[T]], object] | None = None,
    ) -> None:
        """Make a change; while many matters are worked out one is told, and nothing is taken twice."""
        self._begin()
        super().change(work, undo, on=on)

    def _take_back(self, work: Callable[[], Done[Any]], failed: Failed | None = None) -> None:
        def not_taken_back(error: DeskError) -> None:
            self._end()
            (failed or self.desk.notices.show_error)(error)

        self._begin()
        super()._take_back(work, not_taken_back)

    def _begin(self) -> None:
        if shiboken6.isValid(self):
            self._under_way += 1
            self.asking.wait()
            QTimer.singleShot(AT_ONCE, self, self._say_so)

    def _end(self) -> None:
        if shiboken6.isValid(self):
            self._under_way -= 1
            if not self._under_way:
                self.asking.go_on()
                self._said = False
                self._follow(self.current())

    def _say_so(self) -> None:
        if self._under_way and not self._said:
            self._said = True
            self._follow(self.current())
            announce(self, WORKING)

    def _follow(self, record: R | None) -> None:
        super()._follow(record)
        if self._said:
            self.told.setText(WORKING)

    def kept(self, said: str) -> None:
        """Beside the notice, the way to what moved, for whoever may look at it."""
        self._end()
        if not shiboken6.isValid(self) or said.endswith(NONE_MOVED):
            return
        if self.desk.rights.may(Subject.DATES):
            self.desk.notices.done.add_button("What moved", self.dates_wanted.emit)

    def missing(self, problems: dict[str, str]) -> bool:
        """Show what is not there yet beside its fields; whether there is any."""
        if problems and self.asking.form is not None:
            self.asking.form.show_problems(problems)
        return bool(problems)

    def _failed(self, error: DeskError) -> None:
        self._end()
        super()._failed(error)
        if isinstance(error, NotFound | Invalid):  # somebody else may have been quicker: the list is old
            self.refresh()
