"""Days and times of day, typed in one line, as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFontMetrics

from ppsdesk.domain.calendar import local_day, long_day, month_name, system_clock
from ppsdesk.domain.typed_dates import read_clock, read_day
from ui.kit.editor import LineEditor
from ui.kit.theme import current, theme_box
from ui.kit.words import label


def today() -> date:
    """Today in London."""
    return local_day(system_clock())


class _Narrow(LineEditor):
    def __init__(self, widest: str, placeholder: str) -> None:
        super().__init__(placeholder=placeholder)
        self._widest = widest
        self._fit()
        theme_box().changed.connect(self._fit)

    def _fit(self) -> None:
        wide = QFontMetrics(current().font()).horizontalAdvance(self._widest)
        self.line.setFixedWidth(wide + 4 * current().px("space_s"))


class DayEditor(_Narrow):
    """A day, with what was understood beside it: `3/9` is "Thu 3 Sep 2026". None for an empty field.

    `ahead` reads a day still to come: `fri` is the next one. `nearest` one that may be either, `since` one that is not
    before the day it gives, where it gives one.
    """

    def __init__(
        self,
        today: Callable[[], date] = today,
        *,
        placeholder: str = "3/9, yest, mon",
        ahead: bool = False,
        nearest: bool = False,
        since: Callable[[], date | None] | None = None,
    ) -> None:
        super().__init__("30 Sep 2026 ", placeholder)
        self._today, self._ahead, self._nearest, self._since = today, ahead, nearest, since
        self.understood = label("", "muted")
        self._row.addSpacing(current().px("space_s"))
        self._row.addWidget(self.understood, 1)

    def value(self) -> date | None:
        """The day, or None while there is none that can be read."""
        try:
            return self._read()
        except ValueError:
            return None

    def set_value(self, value: object) -> None:
        """Show the day; None empties the field."""
        self.line.setText(_short(value) if isinstance(value, date) else "")

    def trouble(self) -> str:
        """What is wrong with what was typed."""
        if not self.line.text().strip():
            return ""
        try:
            self._read()
        except ValueError as error:
            return str(error)
        return ""

    def _read(self) -> date:
        since = self._since() if self._since is not None else None
        return read_day(self.line.text(), self._today(), ahead=self._ahead, nearest=self._nearest, since=since)

    def keys_gone(self) -> None:
        """What was understood replaces what was typed, so that "yest" means the same day tomorrow."""
        day = self.value()
        if day is not None and self.line.text() != _short(day):
            with QSignalBlocker(self.line):  # nobody changed anything
                self.line.setText(_short(day))

    def _typed(self) -> None:
        day = self.value()
        self.understood.setText(long_day(day) if day else "")
        self.keys.setAccessibleDescription(long_day(day) if day else "")
        super()._typed()


class ClockEditor(_Narrow):
    """A time of day; None for an empty field."""

    def __init__(self, *, placeholder: str = "10:30") -> None:
        super().__init__("00:00 ", placeholder)
        self._row.addStretch(1)

    def value(self) -> time | None:
        """The time, or None while there is none that can be read."""
        try:
            return read_clock(self.line.text())
        except ValueError:
            return None

    def set_value(self, value: object) -> None:
        """Show the time; None empties the field."""
        self.line.setText(f"{value:%H:%M}" if isinstance(value, time) else "")

    def trouble(self) -> str:
        """What is wrong with what was typed."""
        if not self.line.text().strip():
            return ""
        try:
            read_clock(self.line.text())
        except ValueError as error:
            return str(error)
        return ""

    def keys_gone(self) -> None:
        """`930` becomes 09:30."""
        clock = self.value()
        if clock is not None:
            with QSignalBlocker(self.line):
                self.set_value(clock)


def _short(day: date) -> str:
    return f"{day.day} {month_name(day.month)[:3]} {day.year}"
