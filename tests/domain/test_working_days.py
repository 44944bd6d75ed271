"""Bank holidays as shipped, against two other ways to know them; working days, and the days the Tribunal leaves out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import holidays
import pytest

from ppsdesk.domain.working_days import (
    AUGUST_WORDS,
    CHRISTMAS_WORDS,
    WorkingDays,
    days_from,
    why_tribunal_skips,
)
from ppsdesk.services.shipped_rules import shipped_days
from tests.domain.slow_holidays import bank_holidays

SHIPPED = shipped_days().holidays
ONCE = {
    date(1995, 5, 8): date(1995, 5, 1), date(1999, 12, 31): None, date(2002, 6, 3): None,
    date(2002, 6, 4): date(2002, 5, 27), date(2011, 4, 29): None, date(2012, 6, 4): date(2012, 5, 28),
    date(2012, 6, 5): None, date(2020, 5, 8): date(2020, 5, 4), date(2022, 6, 2): date(2022, 5, 30),
    date(2022, 6, 3): None, date(2022, 9, 19): None, date(2023, 5, 8): None,
}  # fmt: skip


def test_the_shipped_days_are_those_of_the_library_by_day_and_name() -> None:
    library = holidays.country_holidays("GB", subdiv="ENG", years=range(1995, 2041))
    assert dict(SHIPPED) == dict(library)


def test_on_weekdays_they_are_those_worked_out_from_the_moon_and_the_calendar() -> None:
    assert {day for day in SHIPPED if day.weekday() < 5} == bank_holidays()


def test_they_reach_from_1995_to_2040_in_order() -> None:
    assert sorted(SHIPPED) == list(SHIPPED)
    assert {day.year for day in SHIPPED} == set(range(1995, 2041))
    days = shipped_days()
    assert (days.first_year, days.last_year) == (1995, 2040)
    assert [days.knows(date(year, 6, 1)) for year in (1994, 1995, 2040, 2041)] == [False, True, True, False]


@pytest.mark.parametrize("day", ONCE)
def test_a_holiday_given_once_is_there_and_the_one_it_replaced_is_not(day: date) -> None:
    assert day in SHIPPED
    assert ONCE[day] not in SHIPPED


def test_a_day_off_says_why_it_is_one() -> None:
    days = shipped_days()
    assert days.why_not(date(2026, 4, 4)) == "a Saturday"
    assert days.why_not(date(2026, 4, 5)) == "a Sunday"
    assert days.why_not(date(2026, 4, 6)) == "a bank holiday, Easter Monday"
    assert days.why_not(date(2026, 4, 7)) == ""
    assert WorkingDays().why_not(date(2026, 4, 6)) == ""
    by_itself = WorkingDays()
    assert [by_itself.knows(date(year, 6, 1)) for year in (1994, 1995, 2040, 2041)] == [False, True, True, False]


def test_the_list_of_holidays_cannot_be_changed_from_outside() -> None:
    mine = {date(2026, 6, 22): "Fair"}
    days = WorkingDays(mine)
    mine.clear()
    assert days.why_not(date(2026, 6, 22)) == "a bank holiday, Fair"


def test_the_tribunal_leaves_out_august_and_the_eight_days_of_christmas() -> None:
    day, left_out = date(2023, 1, 1), dict[date, str]()
    while day.year == 2023:
        if why := why_tribunal_skips(day):
            left_out[day] = why
        day += timedelta(days=1)
    august = {date(2023, 8, number): AUGUST_WORDS for number in range(1, 32)}
    christmas = [date(2023, 1, 1), *(date(2023, 12, number) for number in range(25, 32))]
    assert left_out == august | dict.fromkeys(christmas, CHRISTMAS_WORDS)


def test_days_go_on_one_by_one_in_both_directions() -> None:
    day = date(2024, 2, 28)
    assert list(islice(days_from(day), 2)) == [date(2024, 2, 29), date(2024, 3, 1)]
    assert list(islice(days_from(day, back=True), 2)) == [date(2024, 2, 27), date(2024, 2, 26)]
