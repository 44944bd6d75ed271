"""The stretches of time a report speaks of: years, terms and runs of months, cut at today, compared with a year before.

Source for the conventions: the Hertfordshire committee paper of 19 June 2002 counts September to July and prints its
last year "to March"; domain reference section 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ppsdesk.domain.calendar import month_end, month_name, plain_day, year_before
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Refused

TERMS = ("autumn", "spring", "summer")
HOW = "Write a year as 2001-02, a term as 2001-02/autumn, or months as 2001-09..2002-03."

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_TERM = re.compile(r"(\d{4})-(\d{2})/([A-Za-z]+)", re.ASCII)
_MONTHS = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 9998  # a year before and after these is still a year of the calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date

    def year_before(self) -> Span:
        """The same days of the year before. A span that ends with its month still does, so 28 February meets 29."""
        ends = month_end(year_before(self.last)) if self.last == month_end(self.last) else year_before(self.last)
        return Span(first=year_before(self.first), last=ends)

    @property
    def words(self) -> str:
        """ "September 2001 to March 2002", or with days where the months are not whole."""
        if self.first.day == 1 and self.last == month_end(self.last):
            start = f"{month_name(self.first.month)} {self.first.year}"
            end = f"{month_name(self.last.month)} {self.last.year}"
            return start if start == end else f"{start} to {end}"
        return f"{plain_day(self.first)} to {plain_day(self.last)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What was asked for (`text`), what it covers, and where it stops if today cuts it short.

    `span` are the days counted; `whole` those the period would have when it is over. `part` is "" for a whole period,
    else "to March" or "to 21 November". `year` marks an academic or financial year.
    """

    text: str
    name: str
    span: Span
    whole: Span
    part: str = ""
    year: bool = False
    term_dates_assumed: bool = False

    @property
    def label(self) -> str:
        """ "2000-01", or "2001-02 to March" when it is not over."""
        # "September 2001 to March 2002, to January": the comma keeps the two apart
        return f"{self.name}{',' if self.part and ' to ' in self.name else ''} {self.part}".strip()

    @property
    def before(self) -> Span:
        """The same days of the year before: what a fair comparison is made with."""
        return self.span.year_before()

    def up_to(self, as_of: date) -> Period:
        """The period stopped at that day, and saying so. Refused when it has not begun."""
        if as_of < self.span.first:
            raise Refused(
                f"{self.name} begins on {plain_day(self.span.first)}, after {plain_day(as_of)}.",
                hint="Choose a period that has begun.",
            )
        if as_of >= self.span.last:
            return self
        month = month_name(as_of.month)
        part = f"to {month}" if as_of == month_end(as_of) else f"to {as_of.day} {month}"
        return replace(self, span=Span(first=self.span.first, last=as_of), part=part)


def parse(text: str, year_ends: YearEnds) -> Period:
    """Read "2001-02", "2001-02/autumn" or "2001-09..2002-03". `2001-02` is always a year.

    Raises `Refused` with one sentence for anything else.
    """
    wanted = text.strip()
    if found := _MONTHS.fullmatch(wanted):
        return _months(wanted, *(int(part) for part in found.groups()))
    if found := _TERM.fullmatch(wanted):
        return _term(wanted, _starting_year(wanted, found), found[3].lower(), year_ends)
    if found := _YEAR.fullmatch(wanted):
        return _year(wanted, _starting_year(wanted, found), year_ends)
    raise Refused(f"“{text}” is not a period.", hint=HOW)


def academic_year_of(day: date) -> str:
    """ "2001-02" for any day from 1 September 2001 to 31 August 2002."""
    start = day.year if day.month >= 9 else day.year - 1
    return year_name(start)


def year_of(day: date, year_ends: YearEnds) -> str:
    """The year that day belongs to under the convention; an August day belongs to the year before it."""
    if year_ends is YearEnds.MARCH:
        return year_name(day.year if day.month >= 4 else day.year - 1)
    return academic_year_of(day)


def year_name(start: int) -> str:
    """2001 is "2001-02"."""
    return f"{start}-{(start + 1) % 100:02}"


def term_of(day: date) -> Period:
    """The whole term of a day, by assumed dates: September to December, January to March, April to August."""
    term = "autumn" if day.month >= 9 else "spring" if day.month <= 3 else "summer"
    return parse(f"{academic_year_of(day)}/{term}", YearEnds.AUGUST)


def left_out_of(period: Period, year_ends: YearEnds) -> Span | None:
    """The August a September-to-July year leaves out: the one that follows it."""
    if period.year and year_ends is YearEnds.JULY:
        year = period.whole.last.year
        return Span(first=date(year, 8, 1), last=date(year, 8, 31))
    return None


def _starting_year(text: str, found: re.Match[str]) -> int:
    start, end = int(found[1]), int(found[2])
    if not _FIRST_YEAR <= start <= _LAST_YEAR:
        raise Refused(f"“{text}” is too far away for a report.", hint=f"Years are from {_FIRST_YEAR} to {_LAST_YEAR}.")
    if (start + 1) % 100 != end:
        raise Refused(
            f"“{text}” is not a year, which is written with the next one behind it, as {year_name(start)}.",
            hint=f"A single month is {start}-{end:02}..{start}-{end:02}." if 1 <= end <= 12 else HOW,
        )
    return start


def _year(text: str, start: int, year_ends: YearEnds) -> Period:
    first, last = {
        YearEnds.JULY: (date(start, 9, 1), date(start + 1, 7, 31)),
        YearEnds.AUGUST: (date(start, 9, 1), date(start + 1, 8, 31)),
        YearEnds.MARCH: (date(start, 4, 1), date(start + 1, 3, 31)),
    }[year_ends]
    span = Span(first=first, last=last)
    return Period(text=text, name=year_name(start), span=span, whole=span, year=True)


def _term(text: str, start: int, term: str, year_ends: YearEnds) -> Period:
    """Without entered dates: September to December, January to March, from April to the year's end."""
    if term not in TERMS:
        raise Refused(f"“{text}” is not a term.", hint="The terms are autumn, spring and summer, as 2001-02/autumn.")
    ends = date(start + 1, 7, 31) if year_ends is YearEnds.JULY else date(start + 1, 8, 31)
    span = {
        "autumn": Span(first=date(start, 9, 1), last=date(start, 12, 31)),
        "spring": Span(first=date(start + 1, 1, 1), last=date(start + 1, 3, 31)),
        "summer": Span(first=date(start + 1, 4, 1), last=ends),
    }[term]
    name = f"{term.capitalize()} {year_name(start)}"
    return Period(text=text, name=name, span=span, whole=span, term_dates_assumed=True)


def _months(text: str, from_year: int, from_month: int, to_year: int, to_month: int) -> Period:
    for year, month in ((from_year, from_month), (to_year, to_month)):
        if not 1 <= month <= 12 or not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise Refused(f"“{text}” is not a run of months: {year}-{month:02} is no month.", hint=HOW)
    first = date(from_year, from_month, 1)
    last = month_end(date(to_year, to_month, 1))
    if last < first:
        raise Refused(f"“{text}” ends before it begins.", hint=HOW)
    span = Span(first=first, last=last)
    return Period(text=text, name=span.words, span=span, whole=span)


def day_after(day: date) -> date:
    """Tomorrow, seen from that day."""
    return day + timedelta(days=1)
