"""Terms and runs of months, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.periods import parse
from ppsdesk.domain.school_terms import ASSUMED
from ui.kit.editor import LineEditor


class PeriodsEditor(LineEditor):
    """Holds the periods typed, one or several with blanks, commas or semicolons between, as a tuple of texts.

    Enter is left to the page.
    """

    enter_moves_on = False

    def __init__(
        self, year_ends: Callable[[], YearEnds], today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._year_ends, self._today = year_ends, today
        self.calendar = ASSUMED  # the dates of terms, once they were read
        self.line.setMaxLength(500)

    def value(self) -> tuple[str, ...]:
        """The periods, in the order typed."""
        return tuple(part for part in re.split(r"[\s,;]+", self.line.text()) if part)

    def set_value(self, value: object) -> None:
        """Show these periods."""
        self.line.setText(" ".join(value) if isinstance(value, tuple | list) else "")

    def trouble(self) -> str:
        """Why the first one that cannot be counted cannot."""
        for text in self.value():
            try:
                parse(text, self._year_ends(), self.calendar).up_to(self._today())
            except DeskError as error:
                return error.sentence
        return ""
