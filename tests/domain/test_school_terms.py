"""Terms as an authority sets them divide every year into three, whatever was entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Invalid, Refused
from ppsdesk.domain.periods import Period, Span, months_in, parse, previous_term, term_of, terms_in, year_name
from ppsdesk.domain.school_terms import (
    ASSUMED,
    SchoolTerm,
    TermCalendar,
    authorities_of,
    calendar_of,
    check_school_term,
)

JULY, AUGUST, MARCH = YearEnds.JULY, YearEnds.AUGUST, YearEnds.MARCH
DAY = timedelta(days=1)


def a_term(term: str, first: str, last: str, *, year: int = 2026, authority: str = "", **more: str) -> SchoolTerm:
    days = {name: date.fromisoformat(day) for name, day in more.items()}
    key = uuid5(NAMESPACE_OID, f"{authority} {year} {term}")
    return SchoolTerm(key=key, authority=authority, year=year, term=term, first=date.fromisoformat(first),
                      last=date.fromisoformat(last), **days)  # fmt: skip


AUTUMN = a_term("autumn", "2026-09-03", "2026-12-18", half_first="2026-10-26", half_last="2026-10-30")
SPRING = a_term("spring", "2027-01-05", "2027-03-25")
SUMMER = a_term("summer", "2027-04-12", "2027-07-23")
LAST_SPRING = a_term("spring", "2026-01-06", "2026-03-27", year=2025)
LAST_SUMMER = a_term("summer", "2026-04-14", "2026-07-22", year=2025)
ENTERED = TermCalendar((LAST_SPRING, LAST_SUMMER, AUTUMN, SPRING, SUMMER))


def span(first: str, last: str) -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last))


# -- what a term covers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ends", "first", "last"),
    [
        ("2026-27/autumn", AUGUST, "2026-09-01", "2027-01-04"),
        ("2026-27/spring", AUGUST, "2027-01-05", "2027-04-11"),
        ("2026-27/summer", AUGUST, "2027-04-12", "2027-08-31"),
        ("2026-27/summer", JULY, "2027-04-12", "2027-07-31"),
        ("2026-27/summer", MARCH, "2027-04-12", "2027-08-31"),
    ],
)
def test_a_term_runs_to_the_day_before_the_next_begins(text: str, ends: YearEnds, first: str, last: str) -> None:
    period = parse(text, ends, ENTERED)
    assert period.span == period.whole == span(first, last)
    assert not period.term_dates_assumed
    assert parse(text, ends).term_dates_assumed


@pytest.mark.parametrize(
    ("entered", "assumed", "spring_begins", "summer_begins"),
    [
        ((), {"autumn", "spring", "summer"}, "2027-01-01", "2027-04-01"),
        ((AUTUMN,), {"autumn", "spring", "summer"}, "2027-01-01", "2027-04-01"),
        ((SPRING,), {"spring", "summer"}, "2027-01-05", "2027-04-01"),
        ((SUMMER,), {"autumn", "spring"}, "2027-01-01", "2027-04-12"),
        ((SPRING, SUMMER), set(), "2027-01-05", "2027-04-12"),
    ],
)
def test_a_day_that_is_not_entered_is_assumed_and_both_terms_it_parts_say_so(
    entered: tuple[SchoolTerm, ...], assumed: set[str], spring_begins: str, summer_begins: str
) -> None:
    calendar = TermCalendar(entered)
    terms = {name: parse(f"2026-27/{name}", AUGUST, calendar) for name in ("autumn", "spring", "summer")}
    assert {name for name, period in terms.items() if period.term_dates_assumed} == assumed
    assert terms["spring"].span.first == date.fromisoformat(spring_begins)
    assert terms["summer"].span.first == date.fromisoformat(summer_begins)


def test_the_dates_of_one_year_say_nothing_of_another() -> None:
    later = parse("2027-28/spring", AUGUST, ENTERED)
    assert (later.span, later.term_dates_assumed) == (parse("2027-28/spring", AUGUST).span, True)


def test_a_first_day_that_cannot_be_one_turns_no_terms_round() -> None:
    muddled = TermCalendar((replace(SPRING, first=date(2027, 6, 1)), replace(SUMMER, first=date(2026, 10, 1))))
    assert [part.span for part in terms_in(parse("2026-27", AUGUST), AUGUST, muddled)] == [
        part.span for part in terms_in(parse("2026-27", AUGUST), AUGUST)
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-08-31", "Summer 2025-26"),
        ("2026-09-01", "Autumn 2026-27"),
        ("2027-01-04", "Autumn 2026-27"),
        ("2027-01-05", "Spring 2026-27"),
        ("2027-04-11", "Spring 2026-27"),
        ("2027-04-12", "Summer 2026-27"),
        ("2027-08-31", "Summer 2026-27"),
    ],
)
def test_a_day_of_the_holidays_is_in_the_term_before_them(day: str, name: str) -> None:
    assert term_of(date.fromisoformat(day), ENTERED).name == name


# -- what a term is compared with --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "as_of", "before"),
    [
        ("2026-27/spring", "2027-08-31", ("2026-01-06", "2026-04-13")),  # whole: by that year's own dates
        ("2026-27/spring", "2027-02-12", ("2026-01-06", "2026-02-12")),  # cut: to the same day of the calendar
        ("2026-27/spring", "2027-02-28", ("2026-01-06", "2026-02-28")),
        ("2026-27/spring", "2027-01-05", ("2026-01-06", "2026-01-06")),  # that day was before its first
        ("2026-27/spring", "2027-04-11", ("2026-01-06", "2026-04-13")),
        ("2026-27/summer", "2027-04-13", ("2026-04-14", "2026-04-14")),
        ("2026-27/summer", "2027-07-23", ("2026-04-14", "2026-07-23")),
        ("2026-27/autumn", "2026-11-20", ("2025-09-01", "2025-11-20")),
        ("2026-27/autumn", "2027-01-04", ("2025-09-01", "2026-01-05")),
    ],
)
def test_a_term_is_compared_with_the_same_term_a_year_before(text: str, as_of: str, before: tuple[str, str]) -> None:
    assert parse(text, AUGUST, ENTERED).up_to(date.fromisoformat(as_of)).before == span(*before)


def test_never_past_the_last_day_of_the_term_before() -> None:
    late = TermCalendar((LAST_SPRING, replace(LAST_SUMMER, first=date(2026, 3, 23)), SPRING, SUMMER))
    cut = parse("2026-27/spring", AUGUST, late).up_to(date(2027, 4, 5))
    assert cut.before == span("2026-01-06", "2026-03-22")


def test_a_comparison_with_assumed_dates_is_known_to_be_one() -> None:
    assert not parse("2026-27/spring", AUGUST, ENTERED).before_dates_assumed
    assert parse("2025-26/spring", AUGUST, ENTERED).before_dates_assumed
    assert not parse("2026-27", AUGUST, ENTERED).before_dates_assumed


@pytest.mark.parametrize(
    ("text", "as_of", "name", "days"),
    [
        ("2026-27/spring", "2027-08-31", "Autumn 2026-27", ("2026-09-01", "2027-01-04")),
        ("2026-27/summer", "2027-08-31", "Spring 2026-27", ("2027-01-05", "2027-04-11")),
        ("2026-27/Autumn", "2027-08-31", "Summer 2025-26", ("2026-04-14", "2026-08-31")),
        ("2026-27/spring", "2027-01-14", "Autumn 2026-27 to 10 September", ("2026-09-01", "2026-09-10")),
        ("2026-27/autumn", "2027-01-03", "Summer 2025-26 to 16 August", ("2026-04-14", "2026-08-16")),
        # a longer term cannot be cut as far into a shorter one: it is compared with all of it
        ("2026-27/summer", "2027-08-30", "Spring 2026-27", ("2027-01-05", "2027-04-11")),
    ],
)
def test_the_term_before_a_term_is_cut_as_many_days_into_it(
    text: str, as_of: str, name: str, days: tuple[str, str]
) -> None:
    term = parse(text, AUGUST, ENTERED).up_to(date.fromisoformat(as_of))
    before = previous_term(term, AUGUST, ENTERED)
    assert (before.label, before.span) == (name, span(*days))


def test_before_autumn_comes_a_summer_that_ends_with_its_year() -> None:
    assert previous_term(parse("2026-27/autumn", JULY), JULY).span == span("2026-04-01", "2026-07-31")


@pytest.mark.parametrize("text", ["2026-27", "2026-09..2026-12"])
def test_what_is_no_term_has_no_term_before_it(text: str) -> None:
    with pytest.raises(Refused, match="is not a term"):
        previous_term(parse(text, AUGUST), AUGUST)


# -- the parts of a period ---------------------------------------------------------------------------------------------


def labels(parts: tuple[Period, ...]) -> list[str]:
    return [part.label for part in parts]


def test_a_year_that_is_not_over_has_the_terms_and_months_that_have_begun() -> None:
    year = parse("2026-27", AUGUST).up_to(date(2027, 1, 20))
    assert labels(terms_in(year, AUGUST, ENTERED)) == ["Autumn 2026-27", "Spring 2026-27 to 20 January"]
    assert labels(months_in(year)) == [
        "September 2026", "October 2026", "November 2026", "December 2026", "January 2027 to 20 January",
    ]  # fmt: skip
    spring = terms_in(year, AUGUST, ENTERED)[1]
    assert (spring.text, spring.before) == ("2026-27/spring", span("2026-01-06", "2026-01-20"))


def test_a_financial_year_says_where_it_cuts_its_terms() -> None:
    year = parse("2026-27", MARCH)
    assert labels(terms_in(year, MARCH)) == ["Summer 2025-26", "Autumn 2026-27", "Spring 2026-27"]
    assert labels(terms_in(year, MARCH, ENTERED)) == [
        "Spring 2025-26 from 1 April", "Summer 2025-26", "Autumn 2026-27", "Spring 2026-27 to 31 March",
    ]  # fmt: skip
    first, *_, last = terms_in(year, MARCH, ENTERED)
    assert (first.span, last.span) == (span("2026-04-01", "2026-04-13"), span("2027-01-05", "2027-03-31"))
    assert last.whole == last.span
    assert last.before == span("2026-01-06", "2026-03-31")


def test_a_run_of_months_cuts_terms_and_a_term_cuts_months() -> None:
    months = parse("2026-12..2027-01", AUGUST)
    assert labels(terms_in(months, AUGUST, ENTERED)) == [
        "Autumn 2026-27 from 1 December", "Spring 2026-27 to 31 January",
    ]  # fmt: skip
    spring = parse("2026-27/spring", AUGUST, ENTERED)
    assert terms_in(spring, AUGUST, ENTERED) == (spring,)
    assert labels(months_in(spring)) == [
        "January 2027 from 5 January", "February 2027", "March 2027", "April 2027 to 11 April",
    ]  # fmt: skip
    assert labels(months_in(spring.up_to(date(2027, 4, 5))))[-1] == "April 2027 to 11 April, to 5 April"


def test_a_month_is_compared_with_the_same_month_a_year_before() -> None:
    february = months_in(parse("2027-28", AUGUST))[5]
    assert (february.text, february.span) == ("2028-02..2028-02", span("2028-02-01", "2028-02-29"))
    assert february.before == span("2027-02-01", "2027-02-28")


firsts = some.tuples(
    some.none() | some.integers(min_value=0, max_value=89), some.none() | some.integers(min_value=0, max_value=121)
)
years = some.integers(min_value=1903, max_value=2098)


@some.composite
def calendars(draw: some.DrawFn) -> tuple[int, TermCalendar]:
    """A year, and a calendar in which any of the terms of it and of its neighbours are entered, or none."""
    year, terms = draw(years), []
    for near in (year - 2, year - 1, year, year + 1):
        spring, summer = draw(firsts)
        for name, first in (
            ("spring", None if spring is None else date(near, 12, 1) + spring * DAY),
            ("summer", None if summer is None else date(near + 1, 3, 1) + summer * DAY),
        ):
            if first is not None:
                terms.append(a_term(name, first.isoformat(), (first + 30 * DAY).isoformat(), year=near))
    for term in terms:
        check_school_term(replace(term, last=term.first))  # whatever may be entered
    return year, TermCalendar(tuple(terms))


def every_day(parts: tuple[Period, ...]) -> list[date]:
    return [part.span.first + n * DAY for part in parts for n in range((part.span.last - part.span.first).days + 1)]


@given(calendars(), some.sampled_from(list(YearEnds)), some.integers(min_value=0, max_value=400))
def test_terms_add_up_to_the_year_and_so_do_months(drawn: tuple[int, TermCalendar], ends: YearEnds, as_of: int) -> None:
    start, calendar = drawn
    whole = parse(year_name(start), ends, calendar)
    for year in (whole, whole.up_to(whole.span.first + as_of * DAY)):
        days = every_day((year,))
        assert every_day(terms_in(year, ends, calendar)) == days
        assert every_day(months_in(year)) == days


@given(calendars(), some.sampled_from([AUGUST, MARCH]))
def test_every_day_is_in_the_term_it_is_said_to_be_in(drawn: tuple[int, TermCalendar], ends: YearEnds) -> None:
    start, calendar = drawn
    for part in terms_in(parse(year_name(start), ends, calendar), ends, calendar):
        for day in (part.span.first, part.span.last):
            assert term_of(day, calendar).text == part.text


@given(calendars(), some.sampled_from(list(YearEnds)), some.integers(min_value=0, max_value=400))
def test_a_comparison_is_made_within_the_same_term_a_year_before(
    drawn: tuple[int, TermCalendar], ends: YearEnds, as_of: int
) -> None:
    start, calendar = drawn
    year = parse(year_name(start), ends, calendar)
    for part in terms_in(year.up_to(year.span.first + as_of * DAY), ends, calendar):
        then = parse(f"{year_name(int(part.text[:4]) - 1)}/{part.text[8:]}", ends, calendar)
        assert then.span.first <= part.before.first <= part.before.last <= then.span.last
        if part.span == part.term:
            assert part.before == then.span


# -- what may be entered -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "field", "says"),
    [
        (replace(AUTUMN, term="winter"), "term", "Choose autumn, spring or summer."),
        (replace(AUTUMN, year=1800), "year", "School years are from 1900 to 9998."),
        (replace(AUTUMN, year=9999), "year", "School years are from 1900 to 9998."),
        (replace(AUTUMN, authority="x" * 201), "authority", "at most 200 characters"),
        (replace(AUTUMN, last=date(2026, 9, 2)), "last", "cannot end on 2 September 2026, before it begins"),
        (replace(AUTUMN, first=date(2025, 9, 3)), "first", "Autumn 2026-27 begins between 15 August 2026 and"),
        (replace(SUMMER, first=date(2026, 4, 12)), "first", "You entered 12 April 2026."),
        (replace(AUTUMN, last=date(2027, 12, 18)), "last", "Autumn 2026-27 ends by 31 January 2027."),
        (replace(AUTUMN, half_first=None), "half_first", "Enter the first day of half-term too"),
        (replace(AUTUMN, half_last=None), "half_last", "Enter the last day of half-term too"),
        (replace(AUTUMN, half_last=date(2026, 10, 1)), "half_last", "Half-term cannot end on 1 October 2026"),
        (
            replace(AUTUMN, half_first=date(2026, 9, 2)),
            "half_first",
            "Half-term is within the term; 2 September 2026 is not.",
        ),
        (
            replace(AUTUMN, half_last=date(2026, 12, 19)),
            "half_last",
            "Half-term is within the term; 19 December 2026 is not.",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_their_field(term: SchoolTerm, field: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_school_term(term)
    assert says in refused.value.problems[field]


@pytest.mark.parametrize(
    ("term", "field", "says"),
    [
        (replace(SPRING, first=date(2026, 12, 18)), "first", "Autumn 2026-27 runs from 3 September 2026"),
        (replace(SPRING, last=date(2027, 4, 12)), "last", "Summer 2026-27 runs from 12 April 2027"),
        (replace(SPRING, key=UUID(int=1)), "term", "Spring 2026-27 is entered already."),
    ],
)
def test_terms_of_one_authority_do_not_overlap(term: SchoolTerm, field: str, says: str) -> None:
    others = (AUTUMN, SPRING, SUMMER)
    with pytest.raises(Invalid) as refused:
        check_school_term(term, others)
    assert says in refused.value.problems[field]
    check_school_term(replace(term, authority="Elsewhere"), others)


def test_terms_side_by_side_and_early_autumns_may_be_entered() -> None:
    check_school_term(replace(SPRING, last=date(2027, 4, 11)), (AUTUMN, SPRING, SUMMER))
    check_school_term(replace(AUTUMN, first=date(2026, 8, 25)), (AUTUMN, SPRING, SUMMER))


@pytest.mark.parametrize(
    "term",
    [
        replace(AUTUMN, last=date(2027, 1, 31)),
        replace(SPRING, last=date(2027, 5, 31)),
        replace(SUMMER, last=date(2027, 8, 31)),
        replace(AUTUMN, half_first=date(2026, 10, 26), half_last=date(2026, 10, 26)),
        replace(AUTUMN, half_first=AUTUMN.first, half_last=AUTUMN.last),
    ],
)
def test_the_last_days_that_can_be_may_be_entered(term: SchoolTerm) -> None:
    check_school_term(term)


# -- whose terms -------------------------------------------------------------------------------------------------------


def test_without_a_name_the_authority_with_most_terms_counts() -> None:
    north = [replace(term, authority="North", key=UUID(int=place)) for place, term in enumerate((SPRING, SUMMER))]
    assert authorities_of([*north, AUTUMN]) == ("North", "")
    assert calendar_of([*north, AUTUMN]) == calendar_of([AUTUMN, *north], "North") == TermCalendar(tuple(north))
    assert calendar_of([*north, AUTUMN], "Elsewhere") == calendar_of([]) == ASSUMED
    assert authorities_of([replace(SPRING, authority="B"), replace(SUMMER, authority="A")]) == ("A", "B")
    assert authorities_of([replace(SPRING, authority="B"), replace(SPRING, authority="A")]) == ("A", "B")


def test_of_two_authorities_with_as_many_terms_the_one_with_later_terms_counts() -> None:
    earlier, later = replace(SPRING, authority="A"), replace(SUMMER, authority="B")
    assert authorities_of([earlier, later]) == ("B", "A")
    assert calendar_of([earlier, later]) == TermCalendar((later,))


def test_calendars_with_the_same_terms_are_the_same() -> None:
    assert hash(TermCalendar((SPRING, SUMMER))) == hash(TermCalendar((SPRING, SUMMER)))
    assert TermCalendar((SPRING,)) != ASSUMED
