"""Days and times as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.calendar import long_day, plain_day
from ppsdesk.domain.typed_dates import HOW, HOW_AHEAD, read_clock, read_day

TODAY = date(2026, 11, 21)  # a Saturday
TABLE = Path(__file__).with_name("typed_dates.tsv")
REFUSED = "-"


def lines() -> Iterator[tuple[str, str, str]]:
    """What is typed, the day meant where it has been, and where it is still to come."""
    for line in TABLE.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            typed, behind, ahead = line.split("\t")
            yield typed, behind, ahead


def read(typed: str, *, ahead: bool) -> str:
    """The day as the table writes it."""
    try:
        return read_day(typed, TODAY, ahead=ahead).isoformat()
    except ValueError:
        return REFUSED


def test_of_what_people_type_no_day_is_misread() -> None:
    table = list(lines())
    assert len(table) > 800
    assert len({typed for typed, _, _ in table}) == len(table)
    misread = [
        (typed, "ahead" if ahead else "behind us", meant, found)
        for typed, *days in table
        for ahead, meant in zip((False, True), days, strict=True)
        if (found := read(typed, ahead=ahead)) != meant
    ]
    assert misread == []


def test_a_day_to_come_without_its_year_is_the_next_one_and_a_weekday_never_today() -> None:
    """On 30 December, 2/1 is in three days."""
    assert read_day("2/1", date(2026, 12, 30), ahead=True) == date(2027, 1, 2)
    assert read_day("sat", TODAY, ahead=True) == date(2026, 11, 28)
    assert read_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert read_day("+1y", date(2024, 2, 29)) == date(2025, 2, 28)
    assert read_day("31st", date(2026, 3, 30)) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/11", date(2026, 11, 1)),  # three weeks ago, not in a year
        ("1/9", date(2026, 9, 1)),
        ("1/12", date(2026, 12, 1)),
        ("4 apr", date(2027, 4, 4)),
        ("29/2", date(2028, 2, 29)),
        ("20th", date(2026, 11, 20)),
        ("3rd", date(2026, 12, 3)),
        ("1/11/2027", date(2027, 11, 1)),
        ("mon", date(2026, 11, 23)),
        ("today", TODAY),
        ("+1w", date(2026, 11, 28)),
    ],
)
def test_a_day_that_may_be_past_or_to_come_is_the_nearest_one(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY, nearest=True) == meant


def test_a_last_day_without_its_year_is_the_next_one_from_the_first_day_on() -> None:
    first = date(2026, 11, 2)
    assert read_day("6/11", TODAY, ahead=True, since=first) == date(2026, 11, 6)
    assert read_day("31/8", TODAY, ahead=True, since=first) == date(2027, 8, 31)
    assert read_day("3rd", TODAY, ahead=True, since=first) == date(2026, 11, 3)
    assert read_day("today", TODAY, ahead=True, since=first) == TODAY


@pytest.mark.parametrize("typed", ["32/1", "1/13", "31st of june", "soon", "29 feb 2027"])
def test_no_day_is_the_nearest_one_where_there_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r"There is no|There are only|is not a day|No month|month"):
        read_day(typed, TODAY, nearest=True)


def test_what_could_be_two_days_is_refused_with_a_way_to_say_it() -> None:
    with pytest.raises(ValueError, match=re.escape(f"“next fri” could be two days. {HOW_AHEAD}")):
        read_day("next fri", TODAY, ahead=True)
    with pytest.raises(ValueError, match=re.escape(f"“soon” is not a day. {HOW}")):
        read_day("soon", TODAY)


@pytest.mark.parametrize("typed", ["+999y", "tomorrow", "sat week", "in 2 weeks", "+999m"])
def test_no_day_lies_behind_the_end_of_the_calendar(typed: str) -> None:
    with pytest.raises(ValueError, match="further away than the calendar goes"):
        read_day(typed, date.max)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/9", date(2026, 9, 3)),
        ("3.9.26", date(2026, 9, 3)),
        ("03/09/2026", date(2026, 9, 3)),
        ("3-9-2026", date(2026, 9, 3)),
        ("3 9 26", date(2026, 9, 3)),
        ("3.9.", date(2026, 9, 3)),
        ("3 sep", date(2026, 9, 3)),
        ("3sept", date(2026, 9, 3)),
        ("3rd September 2026", date(2026, 9, 3)),
        ("Sep 3", date(2026, 9, 3)),
        ("September 3, 2025", date(2025, 9, 3)),
        ("Thu 3 Sep 2026", date(2026, 9, 3)),
        ("2026-09-03", date(2026, 9, 3)),
        ("  TOD ", TODAY),
        ("today", TODAY),
        ("yest", date(2026, 11, 20)),
        ("tomorrow", date(2026, 11, 22)),
        ("mon", date(2026, 11, 16)),
        ("sat", TODAY),
        ("sunday", date(2026, 11, 15)),
        ("3/9/99", date(1999, 9, 3)),
        ("3/9/69", date(1969, 9, 3)),
        ("3/9/68", date(1968, 9, 3)),
        ("3/9/36", date(2036, 9, 3)),
        ("3/9/37", date(1937, 9, 3)),
        ("3/9/00", date(2000, 9, 3)),
    ],
)
def test_what_people_type_is_the_day_they_mean(typed: str, meant: date) -> None:
    """Day, month, year; words in any case."""
    assert read_day(typed, TODAY) == meant


def test_a_day_without_its_year_has_already_been() -> None:
    """On 2 January, 30/12 is three days ago; today itself counts."""
    assert read_day("30/12", date(2027, 1, 2)) == date(2026, 12, 30)
    assert read_day("22/11", TODAY) == date(2025, 11, 22)
    assert read_day("21/11", TODAY) == TODAY
    assert read_day("29/2", TODAY) == date(2024, 2, 29)
    assert read_day("29 feb", date(1901, 3, 1)) == date(1896, 2, 29)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2026", "There is no 31 February 2026."),
        ("31/02", "There is no 31 February."),
        ("32nd", "No month has a day 32."),
        ("29/2/2025", "There is no 29 February 2025."),
        ("0/3/2026", "There is no 0 March 2026."),
        ("3/13", "There is no month 13. The day comes first"),
        ("Mon 3 Sep 2026", "3 September 2026 is a Thu, not a Mon."),
        ("3/9/0026", "There is no year 0026."),
        ("soon", "“soon” is not a day. Type a day as"),
        ("3 foo", "“3 foo” is not a day."),
        ("", "Type a day as"),
        ("3/9/2026/1", "is not a day"),
        ("٣/٩", "is not a day"),
    ],
)
def test_what_is_no_day_is_said_in_one_sentence(typed: str, words: str) -> None:
    """No day is ever guessed from something that is none."""
    with pytest.raises(ValueError, match=re.escape(words)):
        read_day(typed, TODAY)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_a_day_as_we_print_it_is_read_back(day: date) -> None:
    """Every form the screens show can be typed."""
    for shown in (long_day(day), plain_day(day), day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert read_day(shown, TODAY) == day


@given(st.text(max_size=20))
def test_nothing_that_is_typed_breaks_the_field(typed: str) -> None:
    """A day or a sentence, nothing else."""

    def answer(read: Callable[[], date | time]) -> date | time | str:
        try:
            return read()
        except ValueError as refused:
            return str(refused)

    assert answer(lambda: read_day(typed, TODAY))
    assert answer(lambda: read_day(typed, TODAY, ahead=True))
    assert answer(lambda: read_clock(typed)) is not None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("14:05", time(14, 5)),
        ("00:00", time(0)),
        ("23 59", time(23, 59)),
    ],
)
def test_times_are_typed_in_many_ways(typed: str, meant: time) -> None:
    """24 hours."""
    assert read_clock(typed) == meant


@pytest.mark.parametrize("typed", ["24:00", "9:60", "half past", "", "9:5", "12345"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    """With what was typed in the sentence."""
    with pytest.raises(ValueError, match="not a time of day"):
        read_clock(typed)
