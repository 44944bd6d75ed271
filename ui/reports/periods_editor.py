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

_TERM_AND_YEAR = re.compile(r"(?<![/\w])(autumn|spring|summer)(?:\s+term)?\s+(\d{4})(-\d{2})?\b", re.IGNORECASE)


class PeriodsEditor(LineEditor):
    """Holds the periods typed, one or several with blanks, commas or semicolons between, as a tuple of texts.

    A term may be typed as it is spoken, "autumn 2001" or "spring term 2002", and is held as "2001-02/spring".

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
        text = _TERM_AND_YEAR.sub(_as_written, self.line.text())
        return tuple(part for part in re.split(r"[\s,;]+", text) if part)

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


def _as_written(found: re.Match[str]) -> str:
    """The school year of a term: "spring 2002" is a day of the calendar, "spring 2001-02" names the year itself."""
    term, year, rest = found[1].lower(), int(found[2]), found[3]
    first = year if rest or term == "autumn" else year - 1
    return f"{first}{rest or f'-{(first + 1) % 100:02}'}/{term}"
