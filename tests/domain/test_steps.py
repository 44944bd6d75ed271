"""What comes next after a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from ppsdesk.domain.codes import AttemptResult, StepKind, StepState
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.steps import Attempt, Step, StepFacts, check_step, facts_of_step, proposed
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.services.starter_lists import starter_terms

FRIDAY = date(2026, 11, 20)


def an_outcome(step: str, days: int | None, owner: str) -> Term:
    return Term(
        vocabulary=Vocabulary.OUTCOME,
        code=TermCode("promised"),
        label="promised",
        next_step=step,
        next_days=days,
        next_owner=owner,
    )


def after(term: Term, day: date = FRIDAY) -> StepFacts | None:
    return proposed(term, on=day, me="hana", coordinator="cora")


@pytest.mark.parametrize(
    ("on", "days", "due"),
    [
        (date(2026, 11, 19), 1, date(2026, 11, 20)),  # Thursday: on Friday
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 11, 23)),  # Saturday: on Monday
        (FRIDAY, 2, date(2026, 11, 23)),  # Sunday: on Monday
        (FRIDAY, 3, date(2026, 11, 23)),
        (FRIDAY, 8, date(2026, 11, 30)),
        (date(2026, 11, 21), None, date(2026, 11, 23)),  # a call on a Saturday
        (date(2026, 12, 31), 2, date(2027, 1, 4)),
    ],
)
def test_a_proposed_step_is_due_on_a_weekday(on: date, days: int | None, due: date) -> None:
    assert after(an_outcome("call_back", days, "me"), on) == StepFacts(
        kind=StepKind.CALL_BACK, due_on=due, owner="hana"
    )


def test_the_outcome_says_who_does_it_and_a_supporter_is_still_to_be_named() -> None:
    owners = {owner: after(an_outcome("refer", 3, owner)) for owner in ("me", "coordinator", "supporter", "")}
    assert {owner: step and step.owner for owner, step in owners.items()} == {
        "me": "hana", "coordinator": "cora", "supporter": "", "": "",
    }  # fmt: skip


def test_an_outcome_that_ends_the_matter_proposes_nothing() -> None:
    assert after(an_outcome("", 3, "me")) is None


def test_four_outcomes_a_helpline_starts_with_propose_a_step() -> None:
    outcomes = Vocabularies(starter_terms()).of(Vocabulary.OUTCOME)
    steps = {term.code: step.kind for term in outcomes if (step := after(term))}
    assert steps == {
        "call-back-promised": StepKind.CALL_BACK,
        "information-to-be-sent": StepKind.SEND,
        "handed-over-to-a-supporter": StepKind.REFER,
        "question-for-the-coordinator": StepKind.OTHER,
    }


def a_step(asked_at: datetime, *attempts: tuple[datetime, AttemptResult]) -> Step:
    return Step(
        id=1,
        key=UUID(int=1),
        version=1,
        kind=StepKind.CALL_BACK,
        state=StepState.OPEN,
        due_on=FRIDAY,
        asked_at=asked_at,
        attempts=tuple(
            Attempt(number=number, at=at, by="hana", result=result) for number, (at, result) in enumerate(attempts, 1)
        ),
    )


def test_a_caller_waits_london_days_until_they_are_reached() -> None:
    asked = datetime(2026, 11, 18, 16, 55, tzinfo=UTC)
    tried = (datetime(2026, 11, 19, 9, 0, tzinfo=UTC), AttemptResult.MESSAGE)
    reached = (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), AttemptResult.REACHED)
    assert a_step(asked, tried, reached).days_waited == 2
    assert a_step(asked, (datetime(2026, 11, 18, 17, 30, tzinfo=UTC), AttemptResult.REACHED)).days_waited == 0
    # 23:30 UTC in summer is half past midnight of the next day in London
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert a_step(late, (datetime(2026, 7, 2, 8, 0, tzinfo=UTC), AttemptResult.REACHED)).days_waited == 0


def test_who_was_not_reached_has_no_waiting_time() -> None:
    asked = datetime(2026, 11, 18, 16, 55, tzinfo=UTC)
    assert a_step(asked).days_waited is None
    assert a_step(asked, (asked, AttemptResult.NO_ANSWER)).reached_at is None


def test_the_facts_of_a_step_are_what_was_written_down() -> None:
    facts = StepFacts(kind=StepKind.SEND, due_on=FRIDAY, owner="hana", words="factsheet", not_before=time(9))
    assert facts_of_step(facts) == facts
    assert facts_of_step(facts, owner="") == replace(facts, owner="")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"not_before": time(12), "not_after": time(11)}, "not_after"),
        ({"words": "x" * 1_001}, "words"),
        ({"owner": "x" * 201}, "owner"),
        ({"phone": "\x00"}, "phone"),
        ({"words": "\ud800"}, "words"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(said: dict[str, object], field: str) -> None:
    facts = replace(StepFacts(kind=StepKind.SEND, due_on=FRIDAY), **said)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        check_step(facts)
    assert set(refused.value.problems) == {field}


def test_a_window_of_one_moment_and_a_day_in_the_past_are_taken() -> None:
    check_step(StepFacts(kind=StepKind.SEND, due_on=date(2001, 1, 1), not_before=time(9), not_after=time(9)))
