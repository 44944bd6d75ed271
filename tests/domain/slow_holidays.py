"""Bank holidays of England and Wales, worked out anew: days are walked one by one, Easter is looked up by its moon.

Nothing here is shared with the program or with a library of holidays, so that the two can be held against each other.
Only the day off itself is listed: for a holiday that falls on a weekend that is its substitute day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

FIRST_YEAR, LAST_YEAR = 1995, 2040
ONE_DAY = timedelta(days=1)
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6

# The prayer book's table: the Paschal full moon for each golden number, good for the years 1900 to 2199.
FULL_MOONS = (
    (4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16), (4, 5),
    (3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7), (3, 27),
)  # fmt: skip

# What was put in the place of the regular day, and what was given on top of the regular days.
MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
GIVEN = (
    date(1999, 12, 31), date(2002, 6, 3), date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19),
    date(2023, 5, 8),
)  # fmt: skip


def bank_holidays(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> frozenset[date]:
    """Every bank holiday from the first year to the last, both included, none of them on a weekend."""
    return frozenset(day for year in range(first, last + 1) for day in of_year(year))


@cache
def of_year(year: int) -> tuple[date, ...]:
    """The bank holidays of one year in their order; ValueError outside 1995 to 2040."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"No bank holidays are known for {year}.")
    days = [*_easter_days(year), *_mondays_off(year), *_fixed_days(year)]
    days = [MOVED.get(day, day) for day in days]
    days.extend(day for day in GIVEN if day.year == year)
    return tuple(sorted(days))


def easter_sunday(year: int) -> date:
    """The Sunday after the Paschal full moon; when that is itself a Sunday, the next one."""
    golden = 1
    for _ in range(year):  # the golden number of year 0 is 1, and it goes round in nineteen years
        golden = 1 if golden == 19 else golden + 1
    month, day = FULL_MOONS[golden - 1]
    after = date(year, month, day) + ONE_DAY
    while after.weekday() != SUNDAY:
        after += ONE_DAY
    return after


def _easter_days(year: int) -> list[date]:
    friday = monday = easter_sunday(year)
    while friday.weekday() != FRIDAY:
        friday -= ONE_DAY
    while monday.weekday() != MONDAY:
        monday += ONE_DAY
    return [friday, monday]


def _mondays_off(year: int) -> list[date]:
    may = [day for day in _days_of(year) if day.month == 5 and day.weekday() == MONDAY]
    august = [day for day in _days_of(year) if day.month == 8 and day.weekday() == MONDAY]
    return [may[0], may[-1], august[-1]]


def _fixed_days(year: int) -> list[date]:
    """New Year's Day, Christmas Day and Boxing Day; one on a weekend goes to the next weekday that is still free."""
    wanted = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    taken = [day for day in wanted if day.weekday() not in (SATURDAY, SUNDAY)]
    for day in wanted:
        if day not in taken:
            substitute = day
            while substitute.weekday() in (SATURDAY, SUNDAY) or substitute in taken:
                substitute += ONE_DAY
            taken.append(substitute)
    return taken


def _days_of(year: int) -> list[date]:
    days, day = [], date(year, 1, 1)
    while day.year == year:
        days.append(day)
        day += ONE_DAY
    return days
