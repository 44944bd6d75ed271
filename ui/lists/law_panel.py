"""What both lists of the law share: each reads for itself, and a change that moved dates leads to them."""

from __future__ import annotations

from typing import ClassVar, TypeVar

import shiboken6
from PySide6.QtCore import Signal

from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import DeskError, Invalid, NotFound
from ppsdesk.domain.rights import Subject
from ui.lists.panel import ListPanel

R = TypeVar("R")
NONE_MOVED = "No date moved."  # how a notice of the service ends where nothing more need be looked at


class LawPanel(ListPanel[R]):
    """`dates_wanted` asks for the list of dates that moved; `read_failed` carries why the list could not be read."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.RULES})
    subject = Subject.RULES
    dates_wanted = Signal()
    read_failed = Signal(object)

    def refresh(self) -> None:
        """Read the list again; the keyboard stays where it is."""
        raise NotImplementedError

    def kept(self, said: str) -> None:
        """Beside the notice, the way to what moved, for whoever may look at it."""
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
        super()._failed(error)
        if isinstance(error, NotFound | Invalid):  # somebody else may have been quicker: the list is old
            self.refresh()
