"""The desk: what every screen is given to ask questions and to make changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError
from ui.kit.background import Background, Lane
from ui.kit.notices import Notices

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

T = TypeVar("T")
Failed = Callable[[DeskError], None]


class Desk(QObject):
    """Services, asked in the background.

    `work` is a plain function that touches no widget. `done` runs on the main thread, and only while `owner` lives. A
    `DeskError` goes to `failed`, or to the notices where a screen has no words of its own for it; anything else is a
    fault of the program: it is reported, and `failed` hears of it too, so that a screen can give its buttons back.
    """

    touched = Signal(object)
    saving_changed = Signal(int)

    def __init__(
        self, services: Services, background: Background, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.notices = notices
        self._background = background
        self._latest: WeakKeyDictionary[QObject, dict[str, int]] = WeakKeyDictionary()
        background.saving_changed.connect(self.saving_changed)

    @property
    def saving(self) -> int:
        """How many changes are on their way."""
        return self._background.saving

    def ask(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """A question: three may be answered side by side, in any order."""

        def went_wrong(error: Exception) -> None:
            self._tell(error, failed)

        self._background.run(owner, work, done, failed=went_wrong)

    def latest(
        self, owner: QObject, name: str, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """A question that replaces the one of the same name before it, whose answer is ignored from now on."""
        numbers = self._latest.setdefault(owner, {})
        number = numbers[name] = numbers.get(name, 0) + 1

        def answered(answer: T) -> None:
            if numbers[name] == number:
                done(answer)

        def went_wrong(error: Exception) -> None:
            if numbers[name] == number:
                self._tell(error, failed)

        self._background.run(owner, work, answered, failed=went_wrong)

    def change(
        self,
        owner: QObject,
        work: Callable[[], Done[T]],
        done: Callable[[Done[T]], None],
        failed: Failed | None = None,
    ) -> None:
        """A change: in the order they were asked for. After `done`, `touched` says what should be looked at again."""

        # What is saved is saved, and what failed must be heard of, whether or not the screen is still open.
        def saved(result: Done[T]) -> None:
            try:
                if shiboken6.isValid(owner):
                    done(result)
            finally:
                self.touch(result.touched)

        def went_wrong(error: Exception) -> None:
            self._tell(error, failed if shiboken6.isValid(owner) else None)

        self._background.run(self, work, saved, failed=went_wrong, lane=Lane.WRITE)

    def touch(self, topics: frozenset[Topic]) -> None:
        """Let every screen that shows these subjects look again."""
        if topics:
            self.touched.emit(topics)

    def _tell(self, error: Exception, failed: Failed | None) -> None:
        known = error
        if not isinstance(known, DeskError):
            self.notices.report(error)
            known = DeskError(
                "This could not be done because of a fault in the program.",
                hint="What you typed is still here; the report says what happened.",
            )
        if failed is not None:
            failed(known)
        elif known is error:
            self.notices.show_error(known)
