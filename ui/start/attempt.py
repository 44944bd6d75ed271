"""Talking to a shared server off the window's thread: one answer after the other, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.server_place import CheckLine, ServerPlace
from ui.kit.background import Background, Lane

if TYPE_CHECKING:
    from ppsdesk.services.connecting import Connecting

MISTAKE = "The program made a mistake while it looked at the server."


class Attempt(QObject):
    """Lives until `leave`, and then as long as the server keeps an answer waiting.

    `answered` carries each line of a look, `trouble` what ended it otherwise. `let_in` follows the last good line, with
    whether the password is a one-time one. `finished` follows the change of a password, with whether the keyring took
    it as wished; `refused` comes instead.
    """

    answered = Signal(object)
    trouble = Signal(object)
    let_in = Signal(bool)
    finished = Signal(bool)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__(QApplication.instance())
        self._background = Background(self)
        self._connecting: Connecting | None = None
        self._number = self._under_way = 0
        self._left = False

    def begin(self, place: ServerPlace, password: str) -> None:
        """Look at that server; what was looked at before is let go."""
        self.stop()

        def work() -> Connecting:
            from ppsdesk.services.connecting import Connecting  # brings the libraries of the database

            return Connecting(place, password)

        self._run(work, partial(self._made, self._number), partial(self._broke, self._number))

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._number += 1
        self._let_go(self._connecting)
        self._connecting = None

    def finish(self, new: str, *, remember: bool) -> None:
        """Choose another password, unless it is "", and keep it in the keyring or not."""
        connecting = self._connecting
        assert connecting is not None, "nobody is signed in"

        def work() -> bool:
            if new:
                connecting.choose_password(new)
            return connecting.keep_password(remember=remember)

        self._run(work, self.finished.emit, self._refused, Lane.WRITE)

    def leave(self) -> None:
        """Nobody listens any more."""
        if self._left:
            return
        self._left = True
        self.stop()
        self._end_when_idle()

    def _made(self, number: int, connecting: Connecting) -> None:
        if number != self._number:
            self._let_go(connecting)
            return
        self._connecting = connecting
        self._ask(number, connecting)

    def _ask(self, number: int, connecting: Connecting) -> None:
        answered = partial(self._answered, number, connecting)
        self._run(connecting.next_line, answered, partial(self._broke, number))

    def _answered(self, number: int, connecting: Connecting, line: CheckLine | None) -> None:
        if number != self._number:
            self._let_go(connecting)
        elif line is None:
            self._run(connecting.is_one_time, partial(self._asked, number), partial(self._broke, number))
        else:
            self.answered.emit(line)
            if line.good:
                self._ask(number, connecting)
            else:
                self.stop()

    def _asked(self, number: int, one_time: bool) -> None:
        if number == self._number:
            self.let_in.emit(one_time)

    def _broke(self, number: int, error: Exception) -> None:
        if number == self._number:
            self.stop()
            self.trouble.emit(_plain(error))

    def _refused(self, error: Exception) -> None:
        self.refused.emit(_plain(error))

    def _let_go(self, connecting: Connecting | None) -> None:
        if connecting is not None:
            self._run(connecting.close, lambda _none: None, lambda _error: None)

    def _run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        lane: Lane = Lane.READ,
    ) -> None:
        self._under_way += 1
        self._background.run(self, work, partial(self._home, done), failed=partial(self._home, failed), lane=lane)

    def _home(self, then: Callable[[Any], None], answer: object) -> None:
        self._under_way -= 1
        then(answer)
        self._end_when_idle()

    def _end_when_idle(self) -> None:
        if self._left and not self._under_way and shiboken6.isValid(self):
            self._background.finish(0)
            self.deleteLater()


def _plain(error: Exception) -> DeskError:
    return error if isinstance(error, DeskError) else DeskError(MISTAKE, hint="Nothing was changed. Try again.")
