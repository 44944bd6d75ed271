"""What the day begins with, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AttemptResult, ContactKind, NonDataKind, StepKind
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import ContactPoint, NewPerson
from ppsdesk.domain.periods import term_of
from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.today import Opens, week_of
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.builders import NOW, TODAY, a_call, a_call_on
from tests.conftest import Clock

WHOLE = {"stages": ("SENSUP",), "advice": ("information-sent",), "level": "1", "outcome": "information-need-met"}


def value(desk: Services, name: str) -> float | None:
    return desk.today.today().figure(name).value


def a_step(desk: Services, **said: Any) -> NewStep:
    step = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY, owner=desk.person)
    step = replace(step, **said)
    desk.steps.add(step)
    return step


def somebody(name: str, phone: str) -> NewPerson:
    given, family = name.split()
    contact = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value=phone)
    return NewPerson(key=uuid4(), given_names=given, family_name=family, contacts=(contact,))


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 9, 1), "Autumn 2026-27", date(2026, 9, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), "Autumn 2026-27", date(2026, 9, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), "Spring 2026-27", date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 3, 31), "Spring 2026-27", date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), "Summer 2026-27", date(2027, 4, 1), date(2027, 8, 31)),
        (date(2027, 8, 31), "Summer 2026-27", date(2027, 4, 1), date(2027, 8, 31)),
    ],
)
def test_every_day_of_the_year_is_in_a_term(day: date, name: str, first: date, last: date) -> None:
    term = term_of(day)
    assert (term.name, term.whole.first, term.whole.last, term.term_dates_assumed) == (name, first, last, True)


def test_weeks_of_a_term_turn_on_mondays() -> None:
    """1 September 2026 is a Tuesday."""
    term = term_of(TODAY)
    assert [week_of(term, day) for day in (date(2026, 9, 1), date(2026, 9, 6), date(2026, 9, 7), TODAY)] == [
        1,
        1,
        2,
        12,
    ]


def test_an_empty_desk_has_a_page_that_says_so(desk: Services) -> None:
    page = desk.today.today()
    assert (page.as_of, page.day, page.week, page.mine, page.nobodys) == (NOW, TODAY, 12, (), ())
    assert (page.term.label, page.term.term_dates_assumed) == ("Autumn 2026-27 to 20 November", True)
    assert {figure.value for figure in (*page.figures, *page.to_complete)} == {0, None}
    assert page.figure("call_back_wait").shown == "nobody rung back yet"
    assert page.figure("calls_before").shown == "none on record"
    assert all(figure.label and figure.definition and figure.shown for figure in (*page.figures, *page.to_complete))
    with pytest.raises(KeyError):
        page.figure("weather")


def test_calls_are_counted_by_term_by_the_year_before_and_by_week(desk: Services) -> None:
    for day in (
        date(2026, 8, 31),  # last term
        date(2026, 9, 1),
        date(2026, 11, 15),  # Sunday of last week
        date(2026, 11, 16),
        TODAY,
        date(2025, 8, 31),
        date(2025, 9, 1),
        date(2025, 11, 20),
        date(2025, 11, 21),  # later than these days a year before
    ):
        desk.calls.log(a_call_on(day))
    assert [value(desk, name) for name in ("calls", "calls_before", "calls_week")] == [4, 2, 2]


@pytest.mark.parametrize(("first", "shown"), [(date(2025, 11, 20), "1"), (date(2025, 11, 21), "none on record")])
def test_a_year_before_is_compared_from_the_first_day_on_record(desk: Services, first: date, shown: str) -> None:
    desk.calls.log(a_call_on(first))
    assert desk.today.today().figure("calls_before").shown == shown


def test_every_figure_of_calls_opens_exactly_the_calls_it_counted(desk: Services) -> None:
    kinds: list[dict[str, Any]] = [WHOLE, {}, {**WHOLE, "stages": ()}, {**WHOLE, "advice": ()},
                                   {**WHOLE, "level": None}, {**WHOLE, "outcome": None}]  # fmt: skip
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2025, 9, 30), TODAY):
        for number, kind in enumerate(kinds):
            for taken_by in (desk.person, "priya"):
                desk.calls.log(a_call_on(day, taken_by=taken_by, **{**kind, "notes": f"{number}"}))
    page = desk.today.today()
    opened = [figure for figure in (*page.figures, *page.to_complete) if figure.opens is Opens.CALLS]
    assert len(opened) == 11
    for figure in opened:
        assert figure.selection is not None
        assert figure.value == len(desk.calls.ids(figure.selection)) == desk.calls.count(figure.selection) > -1
    # 1 April and today, each with an empty call and one that lacks just this, of two people
    for what in ("stage", "advice", "level", "outcome"):
        assert value(desk, f"calls_without_{what}") == 8
        assert value(desk, f"my_calls_without_{what}") == 4
    assert page.figure("calls").value == 12


def test_what_is_missing_is_looked_for_from_the_term_before(desk: Services) -> None:
    selection = desk.today.today().figure("calls_without_stage").selection
    assert selection is not None
    assert (selection.first, selection.last) == (date(2026, 4, 1), TODAY)


def test_my_steps_due_and_those_nobody_has_stand_on_the_page(desk: Services) -> None:
    mine, overdue = a_step(desk), a_step(desk, due_on=date(2026, 11, 2), kind=StepKind.SEND)
    nobodys = a_step(desk, owner="")
    a_step(desk, owner="priya")
    a_step(desk, due_on=TODAY + timedelta(days=1))
    page = desk.today.today()
    assert [step.key for step in page.mine] == [overdue.key, mine.key]
    assert [step.key for step in page.nobodys] == [nobodys.key]
    assert page.figure("call_backs").value == 4


def test_the_median_wait_is_of_the_call_backs_that_reached_somebody_this_term(desk: Services, clock: Clock) -> None:
    def reached_after(days: int, asked_at: datetime, **said: Any) -> None:
        clock.now = asked_at
        step = desk.steps.get(a_step(desk, **said).key)
        clock.forward(days=days)
        desk.steps.attempt(step.key, step.version, AttemptResult.REACHED)

    for days in (0, 1, 5):
        reached_after(days, datetime(2026, 11, 2, 10, tzinfo=UTC))
    reached_after(2, datetime(2026, 8, 31, 10, tzinfo=UTC))  # asked last term, reached in this one
    reached_after(40, datetime(2026, 7, 1, 10, tzinfo=UTC))  # reached last term
    reached_after(9, datetime(2026, 11, 2, 10, tzinfo=UTC), kind=StepKind.SEND)
    clock.now = NOW
    a_step(desk)
    figure = desk.today.today().figure("call_back_wait")
    assert (figure.value, figure.base, figure.shown) == (1.5, 4, "1.5 days (of 4)")


@pytest.mark.parametrize(("days", "shown"), [(0, "0 days (of 1)"), (1, "1 day (of 1)"), (2, "2 days (of 1)")])
def test_the_wait_for_a_call_back_is_told_in_words(desk: Services, clock: Clock, days: int, shown: str) -> None:
    clock.now = datetime(2026, 11, 2, 10, tzinfo=UTC)
    step = desk.steps.get(a_step(desk).key)
    clock.forward(days=days)
    desk.steps.attempt(step.key, step.version, AttemptResult.REACHED)
    clock.now = NOW
    assert desk.today.today().figure("call_back_wait").shown == shown


def test_non_data_calls_of_the_term_are_counted_apart(desk: Services) -> None:
    for day in (TODAY, date(2026, 9, 1), date(2026, 8, 31)):
        ring = NewNonDataCall(key=uuid4(), kind=NonDataKind.SILENT, line=TermCode("central"), taken_on=day, at=NOW)
        desk.non_data.log(ring)
    assert value(desk, "non_data") == 2
    assert value(desk, "calls") == 0


def test_drafts_untouched_for_over_a_week_are_brought_up(desk: Services) -> None:
    for days in (6, 7, 8):
        at = NOW - timedelta(days=days, seconds=1 if days == 7 else 0)
        desk.drafts.keep(Draft(key=uuid4(), person=desk.person, window="1", started_at=at, kept_at=at, content={}))
    assert value(desk, "old_drafts") == 2


def test_what_was_left_open_is_looked_for_since_the_first_day_of_the_term_before_as_it_is_entered(
    desk: Services,
) -> None:
    assert selected_since(desk) == date(2026, 4, 1)
    summer = SchoolTerm(key=uuid4(), year=2025, term="summer", first=date(2026, 4, 14), last=date(2026, 7, 22))
    desk.school_terms.keep(summer)
    assert selected_since(desk) == date(2026, 4, 14)


def selected_since(desk: Services) -> date | None:
    found = desk.today.today().figure("calls_without_stage").selection
    assert found is not None
    return found.first


def test_a_draft_that_was_begun_long_ago_and_touched_this_week_is_left_in_peace(desk: Services) -> None:
    begun, touched = NOW - timedelta(days=20), NOW - timedelta(days=1)
    desk.drafts.keep(Draft(key=uuid4(), person=desk.person, window="1", started_at=begun, kept_at=touched, content={}))
    assert value(desk, "old_drafts") == 0


def test_entries_typed_during_a_call_are_to_be_checked(desk: Services) -> None:
    term = Term(vocabulary=Vocabulary.TOPIC, code=TermCode("trains"), label="trains", to_check=True)
    school = NewOrganisation(key=uuid4(), name="Thistle Lane School", to_check=True)
    desk.calls.log(a_call(topics=("trains",)), Intake(terms=(term,), organisations=(school,)))
    assert (value(desk, "terms_to_check"), value(desk, "organisations_to_check")) == (1, 1)


def test_people_who_may_be_the_same_are_brought_up_once_as_a_pair(desk: Services) -> None:
    for name in ("Rowan Thistledown", "Rowan Thistledowne", "Juniper Ware"):
        desk.people.add(somebody(name, "07700 900123" if name.startswith("Rowan") else "07700 900999"))
    assert len(desk.people.perhaps_same()) == value(desk, "perhaps_same") == 1


def test_more_pairs_than_are_looked_for_are_said_to_be_more(desk: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ppsdesk.services.today.MOST_PAIRS", 1)
    for name in ("Rowan Thistledown", "Rowan Thistledowne"):
        desk.people.add(somebody(name, "07700 900123"))
    assert desk.today.today().figure("perhaps_same").shown == "1 or more"


def test_the_caller_of_a_step_is_who_is_on_record_else_who_was_written_down(desk: Services) -> None:
    person = somebody("Rowan Thistledown", "07700 900123")
    desk.people.add(person)
    named, anonymous = (
        a_call(caller_name="R.", caller=person.key),
        a_call(caller_name="", anonymous=True, reference="A-3K74-9QX2"),
    )
    for call in (named, anonymous):
        desk.calls.log(call, Intake(step=NewStep(key=uuid4(), kind=StepKind.SEND, due_on=TODAY, call=call.key)))
    a_step(desk, owner="", person=person.key)
    a_step(desk, owner="")
    callers = [(step.caller, step.person) for step in desk.today.today().nobodys]
    assert callers == [
        ("Rowan Thistledown", person.key),
        ("A-3K74-9QX2", None),
        ("Rowan Thistledown", person.key),
        ("", None),
    ]
    assert len(desk.steps.of_person(person.key)) == 2
    assert desk.steps.of_person(UUID(int=1)) == ()
    desk.calls.attach("A-3K74-9QX2", person.key)
    assert len(desk.steps.of_person(person.key)) == 3


def test_the_page_is_of_one_moment(desk: Services) -> None:
    """Whatever is counted twice on it agrees."""
    desk.calls.log(a_call(taken_by=desk.person))
    page = desk.today.today()
    assert (
        page.figure("my_calls_without_level").value == page.figure("calls").value == desk.calls.count(Selection()) == 1
    )
