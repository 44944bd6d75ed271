"""A run of days, and how a year that begins in one year of the calendar is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.calendar import month_end, month_name, plain_day, year_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date

    def year_before(self) -> Span:
        """The same days of the year before. A span that ends with its month still does, so 28 February meets 29."""
        ends = month_end(year_before(self.last)) if self.last == month_end(self.last) else year_before(self.last)
        return Span(first=year_before(self.first), last=ends)

    def within(self, other: Span) -> Span | None:
        """The days both have, None for none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first=first, last=last) if first <= last else None

    def holds(self, day: date) -> bool:
        """Whether the day is one of these."""
        return self.first <= day <= self.last

    def nearest(self, day: date) -> date:
        """That day if it is one of these, else the first or the last of them."""
        return min(max(day, self.first), self.last)

    @property
    def words(self) -> str:
        """ "September 2001 to March 2002", or with days where the months are not whole."""
        if self.first.day == 1 and self.last == month_end(self.last):
            start = f"{month_name(self.first.month)} {self.first.year}"
            end = f"{month_name(self.last.month)} {self.last.year}"
            return start if start == end else f"{start} to {end}"
        return f"{plain_day(self.first)} to {plain_day(self.last)}"


def year_name(start: int) -> str:
    """2001 is "2001-02"."""
    return f"{start}-{(start + 1) % 100:02}"


def school_year_of(day: date) -> int:
    """2001 for any day from 1 September 2001 to 31 August 2002."""
    return day.year if day.month >= 9 else day.year - 1
