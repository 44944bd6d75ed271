"""Term dates as people enter them, and what they do to a term's days, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Conflict, Invalid, NotFound
from ppsdesk.domain.periods import parse
from ppsdesk.domain.practice_terms import easter_day, practice_terms
from ppsdesk.domain.school_terms import ASSUMED, SchoolTerm, TermCalendar, check_school_term
from tests.builders import TODAY, a_call_on
from tests.conftest import Clock

AUTUMN = SchoolTerm(key=UUID(int=1), year=2026, term="autumn", first=date(2026, 9, 3), last=date(2026, 12, 18))
SPRING = replace(AUTUMN, key=UUID(int=2), term="spring", first=date(2027, 1, 5), last=date(2027, 3, 25))


def test_until_dates_are_entered_terms_are_assumed(desk: Services) -> None:
    assert (desk.school_terms.list(), desk.school_terms.authorities()) == ((), ())
    assert desk.school_terms.calendar() == desk.school_terms.calendar("North") == ASSUMED


def test_dates_that_are_entered_are_those_of_the_term(desk: Services) -> None:
    done = desk.school_terms.keep(AUTUMN)
    assert (done.value.version, done.touched) == (1, {Topic.SCHOOL_TERMS})
    assert done.said == "Dates of Autumn 2026-27 saved."
    spring = desk.school_terms.keep(SPRING).value
    assert desk.school_terms.list() == (done.value, spring)
    assert desk.school_terms.calendar() == TermCalendar((done.value, spring))
    assert parse("2026-27/autumn", YearEnds.AUGUST, desk.school_terms.calendar()).span.last == date(2027, 1, 4)


def test_a_term_is_changed_and_who_saves_second_sees_what_the_first_one_saved(desk: Services) -> None:
    kept = desk.school_terms.keep(AUTUMN).value
    moved = desk.school_terms.keep(replace(kept, first=date(2026, 9, 7))).value
    assert moved.version == 2
    with pytest.raises(Conflict) as conflict:
        desk.school_terms.keep(replace(kept, first=date(2026, 9, 8)))
    assert conflict.value.theirs == moved
    with pytest.raises(Conflict):
        desk.school_terms.remove(kept.key, kept.version)
    assert desk.school_terms.list() == (moved,)


def test_dates_that_cannot_be_are_not_kept(desk: Services) -> None:
    kept = desk.school_terms.keep(AUTUMN).value
    for wrong, field in (
        (replace(SPRING, first=date(2026, 12, 10)), "first"),
        (replace(SPRING, last=date(2026, 12, 31)), "last"),
        (replace(AUTUMN, key=uuid4()), "term"),
        (replace(AUTUMN, key=uuid4(), term="winter"), "term"),
        (replace(kept, half_first=date(2026, 10, 26)), "half_last"),
    ):
        with pytest.raises(Invalid) as refused:
            desk.school_terms.keep(wrong)
        assert set(refused.value.problems) == {field}
    assert desk.school_terms.list() == (kept,)


def test_a_removed_term_is_put_back_by_keeping_it_again(desk: Services) -> None:
    kept = desk.school_terms.keep(AUTUMN).value
    done = desk.school_terms.remove(kept.key, kept.version)
    assert (done.said, done.touched) == ("Dates of Autumn 2026-27 removed.", {Topic.SCHOOL_TERMS})
    assert desk.school_terms.list() == ()
    with pytest.raises(NotFound):
        desk.school_terms.remove(kept.key, kept.version)
    assert desk.school_terms.keep(done.value).value == kept


def test_one_authority_is_not_two_because_of_a_capital_or_a_space(desk: Services) -> None:
    first = desk.school_terms.keep(replace(AUTUMN, authority=" North  Copperby ")).value
    second = desk.school_terms.keep(replace(SPRING, authority="north copperby")).value
    assert first.authority == second.authority == "North Copperby"
    south = desk.school_terms.keep(replace(AUTUMN, key=UUID(int=3), authority="South Copperby")).value
    assert desk.school_terms.authorities() == ("North Copperby", "South Copperby")
    assert desk.school_terms.list("South Copperby") == (south,)
    assert desk.school_terms.calendar() == desk.school_terms.calendar("North Copperby") == TermCalendar((first, second))
    assert desk.school_terms.calendar("South Copperby") == TermCalendar((south,))


def test_the_first_page_counts_the_term_that_is_entered(desk: Services, clock: Clock) -> None:
    for day in (date(2026, 8, 31), date(2026, 9, 1), TODAY, date(2027, 1, 4), date(2027, 1, 5)):
        clock.now = clock.now.replace(year=day.year, month=day.month, day=day.day)
        desk.calls.log(a_call_on(day))
    assumed = desk.today.today()
    assert (assumed.term.name, assumed.term.term_dates_assumed) == ("Spring 2026-27", True)
    assert assumed.figure("calls").value == 2
    for term in (SPRING, replace(SPRING, key=UUID(int=4), term="summer", first=date(2027, 4, 12),
                                 last=date(2027, 7, 23))):  # fmt: skip
        desk.school_terms.keep(term)
    entered = desk.today.today()
    assert (entered.term.span.first, entered.term.term_dates_assumed, entered.week) == (date(2027, 1, 5), False, 1)
    assert entered.figure("calls").value == 1
    left_open = entered.figure("calls_without_level").selection
    assert left_open is not None
    assert left_open.first == date(2026, 9, 1)  # since the term before began


def test_practice_years_have_term_dates_of_their_own(desk: Services) -> None:
    desk.practice.fill(years=2, calls_per_year=20, seed=7)
    terms = desk.school_terms.list()
    assert [term.name for term in terms][::8] == ["Autumn 2026-27", "Summer 2024-25"]
    assert [replace(term, version=0) for term in sorted(terms, key=lambda term: term.place)] == list(
        practice_terms(date(2024, 11, 20), TODAY, 7)
    )
    assert not desk.today.today().term.term_dates_assumed


def test_practice_data_leave_dates_alone_that_somebody_entered(desk: Services) -> None:
    kept = desk.school_terms.keep(AUTUMN).value
    desk.practice.fill(years=1, calls_per_year=20)
    assert desk.school_terms.list() == (kept,)


@pytest.mark.parametrize("seed", range(5))
def test_invented_terms_could_have_been_entered(seed: int) -> None:
    kept: list[SchoolTerm] = []
    for term in practice_terms(date(1990, 11, 20), date(2049, 11, 20), seed):
        check_school_term(term, kept[-6:])
        assert {term.first.weekday(), term.last.weekday()} <= {0, 1, 2, 3, 4}
        kept.append(term)
    assert len(kept) == 180
    assert kept == list(practice_terms(date(1990, 11, 20), date(2049, 11, 20), seed))
    assert kept != list(practice_terms(date(1990, 11, 20), date(2049, 11, 20), seed + 1))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)],
)
def test_easter_is_when_it_was_and_will_be(year: int, month: int, day: int) -> None:
    assert easter_day(year) == date(year, month, day)
