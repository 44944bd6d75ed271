"""Whether the database answers and takes changes: heard from every answer, and asked again and again while it does not.

One for a window. Whatever a person has waiting is told once when it may go on; no screen asks for itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.errors import DeskError, SignInRefused, StorageTooNew, StorageUnavailable, WritingPaused
from ui.kit.background import Background, Lane
from ui.kit.gate import Gate

PAUSES = (0.5, 0.8, 1.0, 2.0, 3.0, 5.0)  # seconds before each try; the last one again and again
LONGER = 0.3  # a try comes up to so much of its pause later: desks that were cut off together come back apart
FREELY, LEAST = 3, 1.0  # after so many tries not more than one in so many seconds, whoever asks for it
_NOT_SAVED = (", so this was not saved.", "; this was not saved.")
SOON_AGAIN = 10.0  # seconds: trouble that comes back within them goes on where it was


class Trouble(Enum):
    """What stands in the way."""

    NONE = "none"
    NO_ANSWER = "no answer"
    NO_CHANGES = "no changes"  # it answers, but takes no changes for now
    SHUT_OUT = "shut out"  # only somebody can help: a login that is refused, a program that is too old


class Connection(QObject):
    """`changed` when there is trouble, another one, or none any more; `back` when what waits may go on. `asking` when
    it is asked, and when that was in vain.

    `try_out` asks the database (in the background) and raises what a change would meet. `pauses` are the seconds before
    each try of its own; where only a person can help there are none but by `try_now`.
    """

    changed = Signal()
    back = Signal()
    asking = Signal(bool)

    def __init__(
        self,
        background: Background,
        try_out: Callable[[], None],
        *,
        shared: Callable[[], bool],
        clock: Clock,
        pauses: Sequence[float] = PAUSES,
        fault: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.gate = Gate(shared)
        self._background, self._try_out = background, try_out
        self._shared, self._clock, self._pauses, self._fault = shared, clock, tuple(pauses), fault
        self._trouble, self._error = Trouble.NONE, DeskError("")
        self._as_of: datetime | None = None
        self._tries, self._began, self._well_since = 0, 0.0, -SOON_AGAIN
        self._under_way = self._stopped = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setTimerType(Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self._try)
        background.finishing.connect(self.stop)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._at_the_desk_again)

    @property
    def trouble(self) -> Trouble:
        """What stands in the way now."""
        return self._trouble

    @property
    def error(self) -> DeskError:
        """It in words, while there is trouble."""
        return self._error

    @property
    def reason(self) -> str:
        """What happened, without the word that this or that was not saved."""
        for ending in _NOT_SAVED:
            if self._error.message.endswith(ending):
                return f"{self._error.message.removesuffix(ending)}."
        return self._error.message

    @property
    def as_of(self) -> datetime | None:
        """When the database answered last."""
        return self._as_of

    @property
    def tries(self) -> int:
        """How often it was asked since the trouble began."""
        return self._tries

    def answered(self, *, changed: bool) -> None:
        """A question was answered, or a change made."""
        if self._trouble is Trouble.NO_ANSWER:
            self.try_now()  # it may be an answer from before
            return
        self._as_of = self._clock()
        if changed and self._trouble is not Trouble.NONE:
            self._all_is_well()

    def failed(self, error: Exception, *, changing: bool) -> None:
        """A question or a change was not answered: what kind of trouble that is, if it is one of the connection."""
        trouble = self._kind(error, changing=changing)
        if self._stopped or trouble is Trouble.NONE or not isinstance(error, DeskError):
            return
        before, self._trouble, self._error = self._trouble, trouble, error
        if before is Trouble.NONE and monotonic() - self._well_since > SOON_AGAIN:
            self._tries = 0
        if not self._under_way and not self._next.isActive():
            self._plan()
        if before is not trouble:
            self.changed.emit()

    def try_now(self) -> None:
        """Somebody waits: sooner than planned, but never a storm of tries."""
        if self._trouble is Trouble.NONE or self._under_way or self._stopped:
            return
        soon = 0.0 if self._tries < FREELY else max(0.0, self._began + LEAST - monotonic())
        if not self._next.isActive() or self._next.remainingTime() > soon * 1000:
            self._next.start(round(soon * 1000))

    def stop(self) -> None:
        """Ask no more, say no more: the database was never opened, or the window closes."""
        self._stopped = True
        self._next.stop()
        if self._trouble is not Trouble.NONE:
            self._trouble = Trouble.NONE
            self.changed.emit()

    def go_on(self) -> None:
        """Somebody tries to open the database once more."""
        self._stopped = False

    # -- inside --------------------------------------------------------------------------------------------------------

    def _kind(self, error: Exception, *, changing: bool) -> Trouble:
        if isinstance(error, SignInRefused | StorageTooNew):
            return Trouble.SHUT_OUT
        if isinstance(error, WritingPaused):
            return Trouble.NO_CHANGES if changing else Trouble.NONE
        if isinstance(error, StorageUnavailable) and self._shared():
            return Trouble.NO_ANSWER
        return Trouble.NONE

    def _plan(self) -> None:
        if self._stopped or self._trouble is Trouble.SHUT_OUT:
            return
        pause = self._pauses[min(self._tries, len(self._pauses) - 1)]
        self._next.start(round(1000 * pause * (1 + random.uniform(0, LONGER))))  # noqa: S311  # nothing to guess

    def _try(self) -> None:
        self._tries += 1
        self._began = monotonic()
        self._under_way = True
        self.asking.emit(True)
        self._background.run(
            self, self.gate.through(self._try_out), self._tried, failed=self._tried_in_vain, lane=Lane.PROBE
        )

    def _tried(self, _nothing: None) -> None:
        self._under_way = False
        self._as_of = self._clock()
        self._all_is_well()

    def _tried_in_vain(self, error: Exception) -> None:
        self._under_way = False
        self.asking.emit(False)
        if not isinstance(error, DeskError):
            self._fault(error)
            return
        if self._kind(error, changing=True) is Trouble.NONE:  # it answered, and said something else
            self._all_is_well()
            return
        self.failed(error, changing=True)

    def _all_is_well(self) -> None:
        self._next.stop()
        if self._trouble is not Trouble.NONE:
            self._trouble, self._error, self._well_since = Trouble.NONE, DeskError(""), monotonic()
            self.changed.emit()
            self.back.emit()

    def _at_the_desk_again(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._trouble is not Trouble.SHUT_OUT:
            self.try_now()
