"""Days on the wall calendar and instants, where the clocks change and where they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ppsdesk.domain import calendar
from ppsdesk.domain.calendar import NoSuchTime, bounds, instant_of, local_day, occurs_twice, whole_minutes

CLOCKS_BACK, CLOCKS_FORWARD = date(2026, 10, 25), date(2026, 3, 29)
days = some.dates(min_value=date(1972, 1, 1), max_value=date(2036, 12, 31))


def utc(*said: int) -> datetime:
    return datetime(*said, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (utc(2026, 8, 31, 22, 59, 59), date(2026, 8, 31)),  # 23:59:59 in London
        (utc(2026, 8, 31, 23, 0), date(2026, 9, 1)),  # midnight in London, still August in Greenwich
        (utc(2026, 3, 31, 23, 30), date(2026, 4, 1)),
        (utc(2026, 12, 31, 23, 59, 59), date(2026, 12, 31)),
        (utc(2027, 1, 1), date(2027, 1, 1)),
        (utc(2026, 10, 25, 0, 30), CLOCKS_BACK),
    ],
)
def test_a_call_belongs_to_the_day_of_the_london_clock(instant: datetime, day: date) -> None:
    assert local_day(instant) == day


def test_the_last_second_of_august_and_the_first_of_september_are_in_different_years() -> None:
    assert instant_of(date(2026, 8, 31), time(23, 59, 59)) == utc(2026, 8, 31, 22, 59, 59)
    assert instant_of(date(2026, 9, 1), time()) == utc(2026, 8, 31, 23)


def test_half_past_one_in_october_is_the_earlier_one_unless_said() -> None:
    assert occurs_twice(CLOCKS_BACK, time(1, 30))
    assert instant_of(CLOCKS_BACK, time(1, 30)) == utc(2026, 10, 25, 0, 30)
    assert instant_of(CLOCKS_BACK, time(1, 30), later=True) == utc(2026, 10, 25, 1, 30)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (CLOCKS_BACK, time(0, 59)),
        (CLOCKS_BACK, time(2, 0)),
        (CLOCKS_FORWARD, time(1, 30)),
        (date(2026, 7, 1), time(1, 30)),
    ],
)
def test_other_times_occur_at_most_once(day: date, clock: time) -> None:
    assert not occurs_twice(day, clock)


@pytest.mark.parametrize("clock", [time(1, 0), time(1, 30), time(1, 59, 59)])
@pytest.mark.parametrize("later", [False, True])
def test_the_hour_that_march_skips_is_refused(clock: time, later: bool) -> None:
    with pytest.raises(NoSuchTime, match="did not occur on Sun 29 Mar 2026"):
        instant_of(CLOCKS_FORWARD, clock, later=later)


@pytest.mark.parametrize(("clock", "hour"), [(time(0, 59), 0), (time(2, 0), 1)])
def test_the_times_around_the_skipped_hour_exist(clock: time, hour: int) -> None:
    assert instant_of(CLOCKS_FORWARD, clock).hour == hour


@given(days, some.times(), some.booleans())
def test_a_time_that_occurred_is_read_back_as_it_was(day: date, clock: time, later: bool) -> None:
    try:
        instant = instant_of(day, clock, later=later)
    except NoSuchTime:
        assert day.month == 3
        assert clock.hour == 1
        return
    assert local_day(instant) == day
    assert instant.astimezone(calendar.LONDON).time() == clock.replace(fold=0)


@given(days, some.integers(min_value=0, max_value=400))
def test_days_side_by_side_share_no_instant_and_leave_none_out(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    start, end = bounds(first, last)
    assert local_day(start) == first
    assert local_day(end - timedelta(microseconds=1)) == last
    assert bounds(last + timedelta(days=1), last + timedelta(days=1))[0] == end


@pytest.mark.parametrize(("day", "hours"), [(CLOCKS_BACK, 25), (CLOCKS_FORWARD, 23), (date(2026, 6, 1), 24)])
def test_a_day_has_as_many_hours_as_the_clock_says(day: date, hours: int) -> None:
    start, end = bounds(day, day)
    assert end - start == timedelta(hours=hours)


def test_a_call_over_the_end_of_summer_time_lasts_twenty_minutes() -> None:
    started = instant_of(CLOCKS_BACK, time(1, 50))
    ended = instant_of(CLOCKS_BACK, time(1, 10), later=True)
    assert whole_minutes(started, ended) == 20
    assert calendar.span_words(started, ended) == "01:50 BST – 01:10 GMT (20 min)"


def test_an_ordinary_call_is_said_without_naming_the_time_zone() -> None:
    assert calendar.span_words(utc(2026, 6, 1, 9, 40), utc(2026, 6, 1, 9, 52)) == "10:40 – 10:52 (12 min)"


@pytest.mark.parametrize(("seconds", "minutes"), [(-5, 0), (0, 0), (1, 1), (89, 1), (90, 2), (3600, 60)])
def test_lengths_are_whole_minutes_and_what_happened_is_at_least_one(seconds: int, minutes: int) -> None:
    started = utc(2026, 6, 1, 9)
    assert whole_minutes(started, started + timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2004, 2, 29), date(2003, 2, 28)),
        (date(2005, 2, 28), date(2004, 2, 28)),
        (date(2004, 3, 1), date(2003, 3, 1)),
    ],
)
def test_a_year_before_the_29_of_february_is_the_28th(day: date, before: date) -> None:
    assert calendar.year_before(day) == before


@pytest.mark.parametrize(
    ("day", "end"),
    [(date(2004, 2, 3), 29), (date(2005, 2, 3), 28), (date(2000, 2, 1), 29), (date(2026, 12, 31), 31)],
)
def test_months_end_where_the_calendar_says(day: date, end: int) -> None:
    assert calendar.month_end(day) == day.replace(day=end)


def test_days_are_said_in_english_with_their_weekday() -> None:
    assert calendar.long_day(date(2026, 9, 3)) == "Thu 3 Sep 2026"
    assert calendar.plain_day(date(2026, 11, 21)) == "21 November 2026"
    assert calendar.local_clock(utc(2026, 7, 1, 9, 5)) == "10:05"


def test_the_present_is_an_instant_that_knows_its_zone() -> None:
    assert calendar.system_clock().utcoffset() == timedelta()
