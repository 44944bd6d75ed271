"""Behind the dates line: what can have happened, read without holding up who types."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.happenings import Happening
from ui.kit.desk import Desk

REMEMBERED = "happenings"


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
