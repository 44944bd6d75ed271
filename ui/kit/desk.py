"""The desk: what every screen is given to ask questions and to make changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, Interrupted, StorageUnavailable
from ui.kit.background import Background, Lane
from ui.kit.connection import PAUSES, Connection, Trouble
from ui.kit.notices import Notices
from ui.kit.rights import Rights

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
        self,
        services: Services,
        background: Background,
        notices: Notices,
        parent: QObject | None = None,
        *,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.notices = notices
        self.rights = Rights(getattr(services, "role", None), self)
        self._background = background

        def try_out() -> None:
            services.try_out()  # looked up only now: the database is opened behind the window

        self.connection = Connection(
            background,
            try_out,
            shared=lambda: services.whereabouts.shared,
            clock=services.clock,
            pauses=pauses,
            fault=notices.report,
            parent=self,
        )
        self.remembered: dict[str, object] = {}  # answers that are good enough while nobody answers, by name
        self._answers = True
        self.connection.changed.connect(self._look_again)
        self._says_trouble = False
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

        def answered(answer: T) -> None:
            self.connection.answered(changed=False)
            if self._is_here(owner):
                done(answer)

        def went_wrong(error: Exception) -> None:
            self.connection.failed(error, changing=False)
            self._tell(error, failed, asked=True)

        self._background.run(owner, self.connection.gate.through(work), answered, failed=went_wrong)

    def latest(
        self, owner: QObject, name: str, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """A question that replaces the one of the same name before it, whose answer is ignored from now on.

        One that was replaced before its turn came is not asked at all.
        """
        numbers = self._latest.setdefault(owner, {})
        number = numbers[name] = numbers.get(name, 0) + 1
        through = self.connection.gate.through(work)

        def unless_replaced() -> T:
            if numbers[name] != number:
                raise Interrupted("A later question took its place.")
            return through()

        def answered(answer: T) -> None:
            self.connection.answered(changed=False)
            if numbers[name] == number and self._is_here(owner):
                done(answer)

        def went_wrong(error: Exception) -> None:
            self.connection.failed(error, changing=False)
            if numbers[name] == number and not self._is_said(owner, error):
                self._tell(error, failed, asked=True)

        self._background.run(owner, unless_replaced, answered, failed=went_wrong)

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
            self.connection.answered(changed=True)
            try:
                if self._is_here(owner):
                    done(result)
            finally:
                self.touch(result.touched)

        def went_wrong(error: Exception) -> None:
            self.connection.failed(error, changing=True)
            self._tell(error, failed if shiboken6.isValid(owner) else None)

        through = self.connection.gate.through(work)
        self._background.run(self, through, saved, failed=went_wrong, lane=Lane.WRITE)

    def keep_here(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[DeskError], None]
    ) -> None:
        """Write to this computer alone, in a lane that no database holds up."""

        def kept(answer: T) -> None:
            if self._is_here(owner):
                done(answer)

        def went_wrong(error: Exception) -> None:
            self._tell(error, failed)

        self._background.run(owner, work, kept, failed=went_wrong, lane=Lane.HERE)

    def say_trouble_once(self) -> None:
        """The window says by itself that the database does not answer: pages need not."""
        self._says_trouble = True

    def touch(self, topics: frozenset[Topic]) -> None:
        """Let every screen that shows these subjects look again."""
        if topics:
            self.touched.emit(topics)

    def _look_again(self) -> None:
        """Once the database answers again, every page does."""
        answered, self._answers = self._answers, self.connection.trouble is not Trouble.NO_ANSWER
        if self._answers and not answered:
            self.touch(frozenset(Topic))

    def _is_here(self, owner: QObject) -> bool:
        """Whether whoever asked is still there, in a window that can still say something."""
        return shiboken6.isValid(owner) and shiboken6.isValid(self.notices)

    def _is_said(self, owner: QObject, error: Exception) -> bool:
        """Whether the window says it for a page that looks again by itself once the database is back."""
        return self._is_lost(error) and bool(getattr(owner, "shows", None))

    def _is_lost(self, error: Exception) -> bool:
        lost = self._says_trouble and self.connection.trouble is Trouble.NO_ANSWER
        return lost and isinstance(error, StorageUnavailable)

    def _tell(self, error: Exception, failed: Failed | None, *, asked: bool = False) -> None:
        if not shiboken6.isValid(self.notices):  # the window is gone, and nobody is left to tell
            logging.getLogger("ppsdesk").error("failed after the window was closed", exc_info=error)
            return
        known = error
        if not isinstance(known, DeskError):
            self.notices.report(error)
            known = DeskError(
                "This could not be done because of a fault in the program.",
                hint="What you typed is still here; the report says what happened.",
            )
        if failed is not None:
            failed(known)
        elif known is error and not (asked and self._is_lost(error)):
            self.notices.show_error(known)
