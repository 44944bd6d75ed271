"""When a call was taken, as old files write it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppsdesk.domain.calendar import LONDON, local_day
from ppsdesk.domain.import_dates import EARLIEST, NotADate, taken_at

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
A_MONDAY = date(2001, 9, 3)
HALF_PAST_TEN = datetime(2001, 9, 3, 9, 30, tzinfo=UTC)  # in summer time

unhurried = settings(deadline=None)


def wall_clock(*parts: int) -> datetime:
    """A time as a spreadsheet cell holds it: without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


SECONDS = st.datetimes(wall_clock(1970, 1, 2), wall_clock(2026, 11, 20)).map(lambda at: at.replace(microsecond=0))


@pytest.mark.parametrize(
    "cell",
    [
        "2001-09-03",
        "2001-9-3",
        "2001/09/03",
        "03/09/2001",
        "3/9/2001",
        "3.9.2001",
        "03-09-2001",
        " 3/9/2001 ",
        A_MONDAY,
    ],
)
def test_a_day_without_a_time_stays_a_day(cell: str | date) -> None:
    found = taken_at(cell, now=NOW)
    assert (found.day, found.started_at) == (A_MONDAY, None)


@pytest.mark.parametrize(
    "cell",
    [
        "2001-09-03 10:30",
        "2001-09-03T10:30:00",
        "2001-09-03T10:30:00.000",
        "3/9/2001 10:30",
        "03/09/2001, 10:30:00",
        "3.9.2001  10:30",
        "2001-09-03T09:30:00Z",
        "2001-09-03T10:30:00+01:00",
        "2001-09-03 04:30 -0500",
        wall_clock(2001, 9, 3, 10, 30),
        wall_clock(2001, 9, 3, 10, 29, 59, 999_999),
        wall_clock(2001, 9, 3, 10, 30, 0, 4),
    ],
)
def test_a_time_is_one_of_the_london_clock_unless_it_says_otherwise(cell: str | datetime) -> None:
    found = taken_at(cell, now=NOW)
    assert (found.day, found.started_at) == (A_MONDAY, HALF_PAST_TEN)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("31/02/2002", "no such day"),
        ("29/02/2001", "no such day"),
        ("00/09/2001", "no such day"),
        ("09/13/2001", "the day comes before the month"),
        ("2001-13-01", "no month 13"),
        ("3/9/01", "year in full"),
        ("03.09.99 10:30", "year in full"),
        ("3/9/20011", "year in full"),
        ("3/9-2001", "not a date"),
        ("20010903", "not a date"),
        ("tomorrow", "not a date"),
        ("3 September", "not a date"),
        ("١/٩/٢٠٠١", "not a date"),
        ("2001-09-03 24:00", "no such time"),
        ("2001-09-03 10:60", "no such time"),
        ("2001-09-03 10", "not a time"),
        ("2001-09-03 half past ten", "not a time"),
        ("2001-09-03 10:30 +15:00", "Greenwich"),
        ("2002-03-31 01:30", "the clocks went forward"),
        (wall_clock(2002, 3, 31, 1, 30), "the clocks went forward"),
        ("22/11/2026", "future"),
        ("2026-11-21 12:06", "future"),
        (date(2027, 1, 1), "future"),
        ("9999-12-31T23:59-14:00", "future"),
        (wall_clock(9999, 12, 31, 23, 59, 59, 999_999), "future"),
        ("0001-01-01T00:00+14:00", "too long ago"),
        (date(1900, 2, 28), "too long ago"),
        ("31/12/1969", "too long ago"),
        (37137, "a number"),
        (37137.4375, "a number"),
        (True, "a number"),
        (time(10, 30), "without a day"),
        (timedelta(hours=30), "without a day"),
    ],
)
def test_what_is_no_day_of_the_past_is_refused_in_words(cell: str | date | float, why: str) -> None:
    with pytest.raises(NotADate, match=why):
        taken_at(cell, now=NOW)


def test_a_time_that_occurs_twice_in_october_is_the_earlier_one() -> None:
    assert taken_at("27/10/2002 01:30", now=NOW).started_at == datetime(2002, 10, 27, 0, 30, tzinfo=UTC)


def test_an_offset_says_which_of_the_two_october_times_is_meant() -> None:
    assert taken_at("2002-10-27T01:30:00+00:00", now=NOW).started_at == datetime(2002, 10, 27, 1, 30, tzinfo=UTC)


def test_just_after_midnight_in_summer_is_already_the_next_day() -> None:
    found = taken_at("2001-08-31T23:30:00Z", now=NOW)
    assert found.day == date(2001, 9, 1)


def test_a_call_that_is_just_being_taken_is_not_in_the_future() -> None:
    assert taken_at("21/11/2026 12:04", now=NOW).started_at == NOW + timedelta(minutes=4)


@unhurried
@given(st.dates(EARLIEST, date(2026, 11, 20)))
def test_every_day_reads_the_same_in_every_way_of_writing_it(day: date) -> None:
    written = [f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}", day]
    assert {taken_at(cell, now=NOW).day for cell in written} == {day}


@unhurried
@given(SECONDS)
def test_a_time_comes_back_as_it_was_written_or_the_clocks_had_skipped_it(local: datetime) -> None:
    if local.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local:
        with pytest.raises(NotADate, match="clocks went forward"):
            taken_at(f"{local:%d/%m/%Y %H:%M:%S}", now=NOW)
        return
    found = taken_at(f"{local:%d/%m/%Y %H:%M:%S}", now=NOW)
    assert found.started_at is not None
    assert found.started_at.astimezone(LONDON).replace(tzinfo=None, fold=0) == local
    assert found.day == local.date()
    assert found == taken_at(local, now=NOW) == taken_at(f"{local:%Y-%m-%dT%H:%M:%S}", now=NOW)


@unhurried
@given(SECONDS.map(lambda at: at.replace(tzinfo=UTC)))
def test_an_instant_with_its_offset_is_never_in_doubt(instant: datetime) -> None:
    for written in (f"{instant:%Y-%m-%dT%H:%M:%SZ}", instant.astimezone(LONDON).isoformat()):
        found = taken_at(written, now=NOW)
        assert (found.started_at, found.day) == (instant, local_day(instant))


@unhurried
@given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T]?[0-9:+-Z]*", fullmatch=True)))
def test_whatever_is_typed_is_a_day_of_the_past_or_refused(text: str) -> None:
    try:
        found = taken_at(text, now=NOW)
    except NotADate:
        return
    assert EARLIEST <= found.day <= local_day(NOW)
