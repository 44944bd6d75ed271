"""Behind the dates line: what can have happened, read without holding up who types."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.happenings import Happening
from ui.kit.desk import Desk

REMEMBERED = "happenings"


Known = tuple[tuple[Happening, ...], Mapping[str, str]]


class Happenings(QObject):
    """What can have happened and the sentences that lift a limit, as the program brings them; `came` when they were
    read behind what one types."""

    came = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = False
        self.all: tuple[Happening, ...] = ()
        self._exceptions: Mapping[str, str] = {}

    def find(self, code: object) -> Happening | None:
        """That of this code."""
        return next((one for one in self.all if one.code == code), None)

    def lifting(self, happening: Happening | None) -> dict[str, str]:
        """What may lift a limit of it: sentences by code."""
        codes = happening.exceptions if happening is not None else ()
        return {code: self._exceptions[code] for code in codes if code in self._exceptions}

    def read_now(self) -> None:
        """A draft, a save or a command does not wait."""
        if not self.all:
            self.all, self._exceptions = self._read()

    def read_soon(self) -> None:
        """It takes longer than a key may; read once for all pads."""
        known = self._desk.remembered.get(REMEMBERED)
        if not self.all and isinstance(known, tuple):
            self.all, self._exceptions = known
        if self.all or self._reading:
            return
        self._reading = True
        # in the lane of this computer's own files: a database that does not answer holds nothing up
        self._desk.keep_here(self, self._read, self._came, self._did_not_come)

    def _read(self) -> Known:
        dates = self._desk.services.dates
        return dates.happenings(), dates.exceptions()

    def _came(self, known: Known) -> None:
        self._reading = False
        self._desk.remembered[REMEMBERED] = known
        self.all, self._exceptions = known
        self.came.emit()

    def _did_not_come(self, error: DeskError) -> None:
        self._reading = False
