"""Invented term dates for practice years: around Easter and the holidays, as an authority would set them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from ppsdesk.domain.school_terms import SchoolTerm, TermName
from ppsdesk.domain.spans import school_year_of

MONDAY, FRIDAY = 0, 4
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def practice_terms(first: date, last: date, seed: int) -> Iterator[SchoolTerm]:
    """All terms of the school years from one day to another, the same for the same seed."""
    for year in range(school_year_of(first), school_year_of(last) + 1):
        random = Random(f"terms {seed} {year}")  # noqa: S311  # practice data wants to be repeatable, not secret
        for name, days, half_term in _of(year, random):
            key = UUID(int=random.getrandbits(128), version=4)
            yield SchoolTerm(key=key, year=year, term=name, first=days[0], last=days[1],
                             half_first=half_term, half_last=half_term + 4 * DAY)  # fmt: skip


def _of(year: int, random: Random) -> Iterator[tuple[TermName, tuple[date, date], date]]:
    """Each term with its first and last day, and the Monday of its half-term week. Schools open after a training day
    or two."""
    breaks_up, returns = _around_easter(year + 1)
    autumn = _school_day(date(year, 9, 1) + random.randint(1, 3) * DAY)
    yield TermName.AUTUMN, (autumn, _before(FRIDAY, date(year, 12, 22))), _before(MONDAY, date(year, 10, 29))
    spring = _school_day(date(year + 1, 1, 3) + random.randint(1, 3) * DAY)
    yield TermName.SPRING, (spring, breaks_up), _before(MONDAY, date(year + 1, 2, 18))
    ends = _before(FRIDAY, date(year + 1, 7, 25)) - random.randint(0, 3) * DAY
    yield TermName.SUMMER, (returns, ends), _before(MONDAY, date(year + 1, 5, 31))


def _around_easter(year: int) -> tuple[date, date]:
    """Two weeks at an early Easter begin with Good Friday; at a late one they end with Easter Monday."""
    easter = easter_day(year)
    if easter < date(year, 4, 11):
        return easter - 3 * DAY, easter + 2 * WEEK + DAY
    return easter - 2 * WEEK - 2 * DAY, easter + 2 * DAY


def easter_day(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the golden number and the Sunday after the full moon."""
    golden, century = year % 19, year // 100
    skipped, corrected = century - century // 4, (8 * century + 13) // 25
    moon = (19 * golden + skipped - corrected + 15) % 30
    moon -= (moon == 29) or (moon == 28 and golden > 10)
    full = date(year, 3, 21) + moon * DAY
    return full + (6 - full.weekday() or 7) * DAY


def _school_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day if day.weekday() <= FRIDAY else day + (7 - day.weekday()) * DAY


def _before(weekday: int, day: date) -> date:
    """That weekday, on the day or before it."""
    return day - (day.weekday() - weekday) % 7 * DAY
