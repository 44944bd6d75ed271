"""The stretches of time a committee asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.periods import (
    Span,
    academic_year_of,
    left_out_of,
    parse,
    year_name,
    year_of,
)

JULY, AUGUST, MARCH = YearEnds.JULY, YearEnds.AUGUST, YearEnds.MARCH
days = some.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31))


def span(first: str, last: str) -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "ends", "first", "last", "name"),
    [
        ("2001-02", JULY, "2001-09-01", "2002-07-31", "2001-02"),
        ("2001-02", AUGUST, "2001-09-01", "2002-08-31", "2001-02"),
        ("2001-02", MARCH, "2001-04-01", "2002-03-31", "2001-02"),
        (" 1999-00 ", JULY, "1999-09-01", "2000-07-31", "1999-00"),
        ("2099-00", AUGUST, "2099-09-01", "2100-08-31", "2099-00"),
        ("2001-02/autumn", AUGUST, "2001-09-01", "2001-12-31", "Autumn 2001-02"),
        ("2001-02/Spring", AUGUST, "2002-01-01", "2002-03-31", "Spring 2001-02"),
        ("2001-02/summer", AUGUST, "2002-04-01", "2002-08-31", "Summer 2001-02"),
        ("2001-02/summer", JULY, "2002-04-01", "2002-07-31", "Summer 2001-02"),
        ("2001-02/summer", MARCH, "2002-04-01", "2002-08-31", "Summer 2001-02"),
        ("2001-09..2002-03", AUGUST, "2001-09-01", "2002-03-31", "September 2001 to March 2002"),
        ("2001-09..2001-09", AUGUST, "2001-09-01", "2001-09-30", "September 2001"),
        ("2004-02..2004-02", AUGUST, "2004-02-01", "2004-02-29", "February 2004"),
        ("1900-01..9998-12", AUGUST, "1900-01-01", "9998-12-31", "January 1900 to December 9998"),
    ],
)
def test_a_period_covers_the_days_the_committee_means(
    text: str, ends: YearEnds, first: str, last: str, name: str
) -> None:
    period = parse(text, ends)
    assert period.span == period.whole == span(first, last)
    assert (period.name, period.label, period.part) == (name, name, "")


@pytest.mark.parametrize(("text", "year"), [("2001-02", True), ("2001-02/autumn", False), ("2001-09..2002-08", False)])
def test_only_a_year_is_a_year(text: str, year: bool) -> None:
    assert parse(text, AUGUST).year is year


def test_the_days_of_a_term_are_assumed_until_somebody_enters_them() -> None:
    assert parse("2001-02/autumn", AUGUST).term_dates_assumed
    assert not parse("2001-02", AUGUST).term_dates_assumed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a period"),
        ("2001", "is not a period"),
        ("2001/02", "is not a period"),
        ("2001-2002", "is not a period"),
        ("2001-2", "is not a period"),
        ("01-02", "is not a period"),
        ("last year", "is not a period"),
        ("2001-02-03", "is not a period"),
        ("2001-02..2002-03..2003-04", "is not a period"),
        ("٢٠٠١-٠٢", "is not a period"),
        ("2001-04", "is not a year"),
        ("2001-03", "A single month is 2001-03..2001-03."),
        ("2001-01", "A single month is 2001-01..2001-01."),
        ("2001-99", "is not a year"),
        ("1999-01", "is not a year"),
        ("0001-02", "is too far away"),
        ("9999-00", "is too far away"),
        ("2001-02/winter", "The terms are autumn, spring and summer"),
        ("2001-03/autumn", "is not a year"),
        ("9999-00/autumn", "is too far away"),
        ("2001-13..2002-03", "is no month"),
        ("2001-00..2002-03", "is no month"),
        ("9999-01..9999-12", "is no month"),
        ("2002-03..2001-09", "ends before it begins"),
    ],
)
def test_what_is_no_period_is_refused_in_one_sentence_that_shows_how(text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, AUGUST)
    assert says in refused.value.sentence
    assert "\n" not in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "ends", "as_of", "label", "last"),
    [
        ("2001-02", JULY, "2002-03-31", "2001-02 to March", "2002-03-31"),
        ("2001-02", JULY, "2002-03-30", "2001-02 to 30 March", "2002-03-30"),
        ("2026-27", AUGUST, "2026-11-21", "2026-27 to 21 November", "2026-11-21"),
        ("2026-27", AUGUST, "2026-09-01", "2026-27 to 1 September", "2026-09-01"),
        ("2003-04", AUGUST, "2004-02-29", "2003-04 to February", "2004-02-29"),
        ("2003-04", AUGUST, "2004-02-28", "2003-04 to 28 February", "2004-02-28"),
        ("2002-03", AUGUST, "2003-02-28", "2002-03 to February", "2003-02-28"),
        ("2001-02", JULY, "2002-07-30", "2001-02 to 30 July", "2002-07-30"),
        ("2001-02", JULY, "2002-07-31", "2001-02", "2002-07-31"),
        ("2001-02", JULY, "2002-08-15", "2001-02", "2002-07-31"),
        ("2001-02", JULY, "2050-01-01", "2001-02", "2002-07-31"),
        ("2001-02/autumn", AUGUST, "2001-10-05", "Autumn 2001-02 to 5 October", "2001-10-05"),
        ("2001-11..2001-11", AUGUST, "2001-11-21", "November 2001 to 21 November", "2001-11-21"),
        ("2001-09..2002-03", AUGUST, "2002-01-15", "September 2001 to March 2002, to 15 January", "2002-01-15"),
        ("2001-09..2002-03", AUGUST, "2002-01-31", "September 2001 to March 2002, to January", "2002-01-31"),
    ],
)
def test_a_period_that_is_not_over_stops_at_the_day_and_says_so(
    text: str, ends: YearEnds, as_of: str, label: str, last: str
) -> None:
    whole = parse(text, ends)
    stopped = whole.up_to(date.fromisoformat(as_of))
    assert (stopped.label, stopped.span.last) == (label, date.fromisoformat(last))
    assert stopped.whole == whole.whole
    assert stopped.span.first == whole.span.first


@pytest.mark.parametrize("as_of", ["2001-08-31", "1999-01-01"])
def test_a_period_that_has_not_begun_is_refused(as_of: str) -> None:
    with pytest.raises(Refused, match="begins on 1 September 2001") as refused:
        parse("2001-02", AUGUST).up_to(date.fromisoformat(as_of))
    assert refused.value.hint == "Choose a period that has begun."


@pytest.mark.parametrize(
    ("first", "last", "before_first", "before_last"),
    [
        ("2001-09-01", "2002-03-31", "2000-09-01", "2001-03-31"),
        ("2001-09-01", "2002-07-31", "2000-09-01", "2001-07-31"),
        ("2003-09-01", "2004-02-29", "2002-09-01", "2003-02-28"),
        ("2004-09-01", "2005-02-28", "2003-09-01", "2004-02-29"),
        ("2003-09-01", "2004-02-28", "2002-09-01", "2003-02-28"),
        ("2026-09-01", "2026-11-21", "2025-09-01", "2025-11-21"),
    ],
)
def test_a_comparison_is_made_with_the_same_days_of_the_year_before(
    first: str, last: str, before_first: str, before_last: str
) -> None:
    assert span(first, last).year_before() == span(before_first, before_last)


def test_hertfordshires_seven_months_are_compared_with_the_same_seven() -> None:
    period = parse("2001-02", JULY).up_to(date(2002, 3, 31))
    assert period.before == span("2000-09-01", "2001-03-31")
    assert period.before.words == "September 2000 to March 2001"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2001-09-01", "2002-03-31", "September 2001 to March 2002"),
        ("2001-09-01", "2001-09-30", "September 2001"),
        ("2001-09-02", "2001-09-30", "2 September 2001 to 30 September 2001"),
        ("2001-09-01", "2001-11-21", "1 September 2001 to 21 November 2001"),
    ],
)
def test_whole_months_are_named_without_days(first: str, last: str, words: str) -> None:
    assert span(first, last).words == words


def test_only_a_september_to_july_year_leaves_out_its_august() -> None:
    assert left_out_of(parse("2000-01", JULY), JULY) == span("2001-08-01", "2001-08-31")
    assert left_out_of(parse("2000-01", AUGUST), AUGUST) is None
    assert left_out_of(parse("2000-01", MARCH), MARCH) is None
    assert left_out_of(parse("2000-01/summer", JULY), JULY) is None


@pytest.mark.parametrize(
    ("day", "academic", "financial"),
    [
        ("2001-08-31", "2000-01", "2001-02"),
        ("2001-09-01", "2001-02", "2001-02"),
        ("2002-03-31", "2001-02", "2001-02"),
        ("2002-04-01", "2001-02", "2002-03"),
        ("1999-12-31", "1999-00", "1999-00"),
    ],
)
def test_a_day_belongs_to_one_year(day: str, academic: str, financial: str) -> None:
    assert academic_year_of(date.fromisoformat(day)) == academic
    assert year_of(date.fromisoformat(day), AUGUST) == year_of(date.fromisoformat(day), JULY) == academic
    assert year_of(date.fromisoformat(day), MARCH) == financial


@given(days, some.sampled_from([AUGUST, MARCH]))
def test_every_day_lies_in_the_year_it_is_said_to_belong_to(day: date, ends: YearEnds) -> None:
    year = parse(year_of(day, ends), ends)
    assert year.span.first <= day <= year.span.last


@given(days, some.integers(min_value=0, max_value=700))
def test_the_year_before_always_ends_a_year_earlier(first: date, length: int) -> None:
    now = Span(first=first, last=first + timedelta(days=length))
    before = now.year_before()
    assert before.first <= before.last < now.last
    assert abs((now.last - before.last).days - 365) <= 1


@given(some.integers(min_value=1900, max_value=9998), some.sampled_from(list(YearEnds)))
def test_a_years_name_is_read_back_as_that_year(start: int, ends: YearEnds) -> None:
    assert parse(year_name(start), ends).span.first.year == start
