"""The stretches of days one picks a list by: today, this week, this term so far, a year, or days as typed."""

from __future__ import annotations

from datetime import date, timedelta

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.periods import Span, parse, term_of, year_name, year_of
from ppsdesk.domain.school_terms import ASSUMED, TermCalendar

ALL, TODAY, WEEK, TERM, DAYS = "", "today", "week", "term", "days"
OLDEST = 1990


def choices(today: date, year_ends: YearEnds) -> list[tuple[str, str]]:
    """Stored value and words of every stretch on offer, the latest year first."""
    this = int(year_of(today, year_ends)[:4])
    years = [(year_name(start), _year_words(start, this)) for start in range(this, OLDEST - 1, -1)]
    return [
        (ALL, "All days"),
        (TODAY, "Today"),
        (WEEK, "This week"),
        (TERM, "This term so far"),
        (DAYS, "From … to …"),
        *years,
    ]


def span_of(choice: str, today: date, year_ends: YearEnds, calendar: TermCalendar = ASSUMED) -> Span | None:
    """The days of a choice, never past today; None for all days and for days still to be typed."""
    if choice in (ALL, DAYS):
        return None
    if choice == TODAY:
        return Span(first=today, last=today)
    if choice == WEEK:
        return Span(first=today - timedelta(days=today.weekday()), last=today)
    if choice == TERM:
        return Span(first=term_of(today, calendar).span.first, last=today)
    span = parse(choice, year_ends).span
    return Span(first=span.first, last=min(span.last, today))


def choice_of(
    first: date | None, last: date | None, today: date, year_ends: YearEnds, calendar: TermCalendar = ASSUMED
) -> str:
    """The choice that means these days; `DAYS` where none does."""
    if first is None and last is None:
        return ALL
    for choice, _ in choices(today, year_ends):
        span = span_of(choice, today, year_ends, calendar)
        if span is not None and (span.first, span.last) == (first, last):
            return choice
    return DAYS


def _year_words(start: int, this: int) -> str:
    return f"{year_name(start)} so far" if start == this else year_name(start)
