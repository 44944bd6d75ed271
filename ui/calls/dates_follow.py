"""Behind the dates line: what can have happened, and what follows from what was told; neither holds up who types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.happenings import DatesSheet, Happening
from ui.calls.dates_told import DatesTold, follows_in_full, follows_line
from ui.kit.desk import Desk
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.words import announce, explain

REMEMBERED = "happenings"
NOT_SHOWN = "What follows cannot be shown now. The day is kept with the call."


class Happenings(QObject):
    """What can have happened, as the program brings it; `came` when it was read behind what one types."""

    came = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = False
        self.all: tuple[Happening, ...] = ()

    def find(self, code: object) -> Happening | None:
        """That of this code."""
        return next((one for one in self.all if one.code == code), None)

    def read_now(self) -> None:
        """A draft, a save or a command does not wait."""
        self.all = self.all or self._desk.services.dates.happenings()

    def read_soon(self) -> None:
        """It takes longer than a key may; read once for all pads."""
        known = self._desk.remembered.get(REMEMBERED)
        if not self.all and isinstance(known, tuple):
            self.all = known
        if self.all or self._reading:
            return
        self._reading = True
        # in the lane of this computer's own files: a database that does not answer holds nothing up
        self._desk.keep_here(self, self._desk.services.dates.happenings, self._came, self._did_not_come)

    def _came(self, happenings: tuple[Happening, ...]) -> None:
        self._reading = False
        self.all = self._desk.remembered[REMEMBERED] = happenings
        self.came.emit()

    def _did_not_come(self, error: DeskError) -> None:
        self._reading = False


class WhatFollows(SignedLines):
    """One line of the earliest dates, and questions about days that are unlikely; all dates are in its tooltip.

    `said` carries the sentences, "" for none.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._asked: DatesTold | None = None
        self._speaks = False

    def ask(self, told: DatesTold | None) -> None:
        """Show what follows from this as soon as it is known; nothing for None."""
        if told == self._asked:
            return
        self._asked = told
        if told is None:
            self._say(())
            return
        work = partial(self._desk.services.dates.ask, told.happening, told.facts, kind=told.kind)
        self._desk.latest(self, "dates", work, partial(self._answered, told), partial(self._not_answered, told))

    def speak(self, on: bool = True) -> None:
        """Speak it once, when the day is complete: now, or when it is known."""
        self._speaks = on
        if on and self.lines():
            self._speaks = False
            announce(self, " ".join(line.words for line in self.lines()))

    def _answered(self, told: DatesTold, sheet: DatesSheet) -> None:
        if told != self._asked:
            return  # the call was saved, or another day typed
        today = self._today()
        doubts = [SignedLine(words, "warning") for words in (*sheet.questions, *sheet.unknown)]
        line = SignedLine(follows_line(sheet, today), icon="calendar-clock")
        self._say((line, *doubts), follows_in_full(sheet, today))
        self.speak(self._speaks)

    def _not_answered(self, told: DatesTold, error: DeskError) -> None:
        if told == self._asked:
            self._asked = None  # asked again with the next key
            self._say((SignedLine(f"{NOT_SHOWN} {error.sentence}", "info"),))

    def _say(self, lines: Sequence[SignedLine], in_full: str = "") -> None:
        self.show_lines(lines)
        explain(self, in_full)
        self.said.emit(" ".join(line.words for line in lines))
