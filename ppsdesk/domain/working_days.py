"""Working days of England: not Saturday, not Sunday, not a bank holiday; and the days the Tribunal does not count.

Source: domain reference 3.1 and 3.7; The Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care
Chamber) Rules 2008 (SI 2008/2699), rule 12, for 25 December to 1 January and August.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
AUGUST, DECEMBER = 8, 12
AUGUST_WORDS = "in August, which the Tribunal does not count"
CHRISTMAS_WORDS = "from 25 December to 1 January, which the Tribunal does not count"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The bank holidays that are known, day to name, and the years they are known for.

    What lies outside of those years is counted as if it had no bank holidays; `knows` tells.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    first_year: int = 1995
    last_year: int = 2040

    def __post_init__(self) -> None:
        object.__setattr__(self, "holidays", MappingProxyType(dict(self.holidays)))

    def why_not(self, day: date) -> str:
        """Why a day is no working day: “a Saturday”, “a bank holiday, Easter Monday”; "" for a working day."""
        if day.weekday() == SATURDAY:
            return "a Saturday"
        if day.weekday() == SUNDAY:
            return "a Sunday"
        name = self.holidays.get(day)
        return f"a bank holiday, {name}" if name else ""

    def knows(self, day: date) -> bool:
        """Whether the bank holidays of that day's year are known."""
        return self.first_year <= day.year <= self.last_year


def why_tribunal_skips(day: date) -> str:
    """Why a day does not count for an act at the Tribunal; "" if it counts. SI 2008/2699 rule 12(3)."""
    if day.month == AUGUST:
        return AUGUST_WORDS
    if (day.month == DECEMBER and day.day >= 25) or (day.month == 1 and day.day == 1):
        return CHRISTMAS_WORDS
    return ""


def days_from(day: date, *, back: bool = False) -> Iterator[date]:
    """The days after that one, or before it, one by one. OverflowError at the end of the calendar."""
    step = -DAY if back else DAY
    while True:
        day += step
        yield day
