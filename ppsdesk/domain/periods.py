"""The stretches of time a report speaks of: years, terms and runs of months, cut at today, compared with a year before.

Source for the conventions: the Hertfordshire committee paper of 19 June 2002 counts September to July and prints its
last year "to March"; domain reference section 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ppsdesk.domain.calendar import month_end, month_name, plain_day
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.school_terms import ASSUMED, FIRST_YEAR, LAST_YEAR, TermCalendar, TermName
from ppsdesk.domain.spans import Span as Span  # noqa: PLC0414  # a period's days: asked for here
from ppsdesk.domain.spans import school_year_of
from ppsdesk.domain.spans import year_name as year_name  # noqa: PLC0414  # and so are its names

TERMS = tuple(name.value for name in TermName)
HOW = "Write a year as 2001-02, a term as 2001-02/autumn, or months as 2001-09..2002-03."

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_TERM = re.compile(r"(\d{4})-(\d{2})/([A-Za-z]+)", re.ASCII)
_MONTHS = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What was asked for (`text`), what it covers, and where it stops if today cuts it short.

    `span` are the days counted; `whole` those the period would have when it is over. `part` is "" for a whole period,
    else "to March" or "to 21 November". `year` marks an academic or financial year. A term, or a part of one, knows the
    days of the whole `term` and those of the same term the year before, `term_before`; each may be assumed.
    """

    text: str
    name: str
    span: Span
    whole: Span
    part: str = ""
    year: bool = False
    term_dates_assumed: bool = False
    term: Span | None = None
    term_before: Span | None = None
    before_dates_assumed: bool = False

    @property
    def label(self) -> str:
        """ "2000-01", or "2001-02 to March" when it is not over."""
        # "September 2001 to March 2002, to January": the comma keeps the two apart
        return f"{self.name}{',' if self.part and ' to ' in self.name else ''} {self.part}".strip()

    @property
    def before(self) -> Span:
        """What a fair comparison is made with: the same days of the year before.

        For a term, the same term of the year before by that year's own dates: where this one is whole, that one is;
        where it is cut, that one is cut on the same day of the calendar, though never outside of itself.
        """
        moved = self.span.year_before()
        if self.term is None or self.term_before is None:
            return moved
        then = self.term_before
        return Span(
            first=then.first if self.span.first == self.term.first else then.nearest(moved.first),
            last=then.last if self.span.last == self.term.last else then.nearest(moved.last),
        )

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


def parse(text: str, year_ends: YearEnds, calendar: TermCalendar = ASSUMED) -> Period:
    """Read "2001-02", "2001-02/autumn" or "2001-09..2002-03". `2001-02` is always a year.

    Terms are those of the calendar; without one they are assumed. Raises `Refused` with one sentence for anything else.
    """
    wanted = text.strip()
    if found := _MONTHS.fullmatch(wanted):
        return _months(wanted, *(int(part) for part in found.groups()))
    if found := _TERM.fullmatch(wanted):
        return _term(wanted, _starting_year(wanted, found), found[3].lower(), year_ends, calendar)
    if found := _YEAR.fullmatch(wanted):
        return _year(wanted, _starting_year(wanted, found), year_ends)
    raise Refused(f"“{text}” is not a period.", hint=HOW)


def academic_year_of(day: date) -> str:
    """ "2001-02" for any day from 1 September 2001 to 31 August 2002."""
    return year_name(school_year_of(day))


def year_of(day: date, year_ends: YearEnds) -> str:
    """The year that day belongs to under the convention; an August day belongs to the year before it."""
    if year_ends is YearEnds.MARCH:
        return year_name(day.year if day.month >= 4 else day.year - 1)
    return academic_year_of(day)


def term_of(day: date, calendar: TermCalendar = ASSUMED) -> Period:
    """The whole term of a day, with the holiday that follows it, August included."""
    start, name = calendar.term_of(day)
    return parse(f"{year_name(start)}/{name}", YearEnds.AUGUST, calendar)


def previous_term(period: Period, year_ends: YearEnds, calendar: TermCalendar = ASSUMED) -> Period:
    """The term directly before a term: summer before autumn, of the school year before.

    One that is cut short is compared as many days into the term, from its first day. Raises `Refused` for a period that
    is no term.
    """
    found = _TERM.fullmatch(period.text)
    if found is None or found[3].lower() not in TERMS:
        raise Refused(f"{period.name} is not a term.", hint="Choose a term, as 2026-27/autumn.")
    place = TERMS.index(found[3].lower())
    start, name = int(found[1]) - (place == 0), TERMS[place - 1]
    before = _term(f"{year_name(start)}/{name}", start, name, year_ends, calendar)
    if period.span.last == period.whole.last:
        return before
    return before.up_to(before.span.first + (period.span.last - period.span.first))


def terms_in(period: Period, year_ends: YearEnds, calendar: TermCalendar = ASSUMED) -> tuple[Period, ...]:
    """The terms a period touches, in order, each cut to its days and saying so. Those of a year add up to the year.

    August is in no term of a September-to-July year.
    """
    years = range(school_year_of(period.span.first), school_year_of(period.span.last) + 1)
    terms = (_term(f"{year_name(year)}/{name}", year, name, year_ends, calendar) for year in years for name in TERMS)
    return tuple(part for term in terms if (part := _cut(term, period)) is not None)


def months_in(period: Period) -> tuple[Period, ...]:
    """The months a period touches, in order, each cut to its days and saying so. They add up to the period."""
    first, last = period.span.first, period.span.last
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    months = (date(number // 12, number % 12 + 1, 1) for number in numbers)
    return tuple(part for month in months if (part := _cut(_month(month), period)) is not None)


def left_out_of(period: Period, year_ends: YearEnds) -> Span | None:
    """The August a September-to-July year leaves out: the one that follows it."""
    if period.year and year_ends is YearEnds.JULY:
        year = period.whole.last.year
        return Span(first=date(year, 8, 1), last=date(year, 8, 31))
    return None


def _starting_year(text: str, found: re.Match[str]) -> int:
    start, end = int(found[1]), int(found[2])
    if not FIRST_YEAR <= start <= LAST_YEAR:
        raise Refused(f"“{text}” is too far away for a report.", hint=f"Years are from {FIRST_YEAR} to {LAST_YEAR}.")
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


def _term(text: str, start: int, term: str, year_ends: YearEnds, calendar: TermCalendar) -> Period:
    if term not in TERMS:
        raise Refused(f"“{text}” is not a term.", hint="The terms are autumn, spring and summer, as 2001-02/autumn.")
    span, assumed = calendar.term(start, term, year_ends)
    before, before_assumed = calendar.term(start - 1, term, year_ends)
    return Period(
        text=text,
        name=f"{term.capitalize()} {year_name(start)}",
        span=span,
        whole=span,
        term_dates_assumed=assumed,
        term=span,
        term_before=before,
        before_dates_assumed=before_assumed,
    )


def _month(first: date) -> Period:
    span = Span(first=first, last=month_end(first))
    text = f"{first.year}-{first.month:02}"
    return Period(text=f"{text}..{text}", name=span.words, span=span, whole=span)


def _cut(part: Period, to: Period) -> Period | None:
    """The days that a term or month shares with a period; None for none. Its name says where the period cuts it."""
    whole, span = part.whole.within(to.whole), part.whole.within(to.span)
    if whole is None or span is None:
        return None
    starts = f" from {_day_and_month(whole.first)}" if whole.first > part.whole.first else ""
    ends = f" to {_day_and_month(whole.last)}" if whole.last < part.whole.last else ""
    stopped = to.part if span.last < whole.last else ""
    return replace(part, name=f"{part.name}{starts}{ends}", span=span, whole=whole, part=stopped)


def _day_and_month(day: date) -> str:
    return f"{day.day} {month_name(day.month)}"


def _months(text: str, from_year: int, from_month: int, to_year: int, to_month: int) -> Period:
    for year, month in ((from_year, from_month), (to_year, to_month)):
        if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
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
