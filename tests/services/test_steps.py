"""Next steps: who does what by when, and how often it was tried; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AttemptResult, StepKind, StepState
from ppsdesk.domain.errors import Conflict, Invalid, NotFound, Refused
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.steps import NewStep, Step, facts_of_step
from tests.builders import NOW, TODAY, a_call
from tests.conftest import Clock, MakeStorage, services_on
from tests.storage.test_concurrency import together


def a_step(**said: Any) -> NewStep:
    """Hana is to ring back tomorrow."""
    step = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=date(2026, 11, 21), owner="hana", phone="07700 900123")
    return replace(step, **said)


def added(desk: Services, **said: Any) -> Step:
    """A step that is on record."""
    return desk.steps.add(a_step(**said)).value


def test_a_step_is_read_back_as_it_was_written_down(desk: Services) -> None:
    call = a_call()
    call_id = desk.calls.log(call).value
    new = a_step(call=call.key, words="ring about the letter", not_before=time(11), not_after=time(12, 30))
    step = desk.steps.add(new).value
    assert facts_of_step(step) == facts_of_step(new)
    assert (step.call_id, step.caller, step.state, step.asked_at) == (call_id, call.caller_name, StepState.OPEN, NOW)
    assert desk.steps.of_call(call_id) == (step,) == desk.steps.open_steps()


def test_saving_the_same_step_twice_leaves_one_as_it_was_said_last(desk: Services) -> None:
    new = a_step()
    desk.steps.add(new)
    assert desk.steps.add(new).value.version == 1
    assert desk.steps.add(replace(new, words="after all about the school")).value.words == "after all about the school"
    assert len(desk.steps.open_steps()) == 1


def test_a_step_comes_with_its_call_in_one_save(desk: Services) -> None:
    call = a_call()
    call_id = desk.calls.log(call, Intake(step=a_step(call=call.key))).value
    assert [step.phone for step in desk.steps.of_call(call_id)] == ["07700 900123"]


def test_a_step_for_a_call_or_person_nobody_knows_is_refused(desk: Services) -> None:
    for nobody in ({"call": uuid4()}, {"person": uuid4()}):
        with pytest.raises(Refused, match="not on record"):
            desk.steps.add(a_step(**nobody))
    with pytest.raises(NotFound):
        desk.steps.get(uuid4())


def test_a_window_that_ends_before_it_begins_is_refused(desk: Services) -> None:
    with pytest.raises(Invalid) as refused:
        desk.steps.add(a_step(not_before=time(12), not_after=time(11)))
    assert set(refused.value.problems) == {"not_after"}
    assert desk.steps.open_steps() == ()


def test_what_is_due_stands_by_day_then_window_then_asking(desk: Services, clock: Clock) -> None:
    any_time = added(desk)
    clock.forward(minutes=1)
    late, early = added(desk, not_before=time(14, 30)), added(desk, not_after=time(11))
    clock.forward(minutes=1)
    any_time_too = added(desk)
    today, later = added(desk, due_on=TODAY), added(desk, due_on=date(2026, 12, 1))
    due = desk.steps.due(None, date(2026, 11, 21))
    assert due == (today, early, late, any_time, any_time_too)
    assert desk.steps.open_steps() == (*due, later)


def test_everybody_sees_their_own_and_what_nobody_has(desk: Services) -> None:
    mine, theirs, nobodys = added(desk), added(desk, owner="priya"), added(desk, owner="")
    assert desk.steps.due("hana", mine.due_on) == (mine,)
    assert desk.steps.due("priya", mine.due_on) == (theirs,)
    assert desk.steps.due("", mine.due_on) == (nobodys,)


def test_attempts_are_numbered_and_the_one_that_reaches_them_ends_the_step(desk: Services, clock: Clock) -> None:
    step = added(desk)
    for result in (AttemptResult.NO_ANSWER, AttemptResult.MESSAGE):
        clock.forward(hours=1)
        step = desk.steps.attempt(step.key, step.version, result, "rang twice").value
    clock.forward(days=2)
    done = desk.steps.attempt(step.key, step.version, AttemptResult.REACHED)
    assert done.said == "Attempt 3: reached."
    assert [(a.number, a.result, a.by) for a in done.value.attempts] == [
        (1, AttemptResult.NO_ANSWER, "hana"), (2, AttemptResult.MESSAGE, "hana"), (3, AttemptResult.REACHED, "hana"),
    ]  # fmt: skip
    assert (done.value.state, done.value.ended_at, done.value.days_waited) == (StepState.DONE, clock.now, 2)
    assert desk.steps.open_steps() == ()
    with pytest.raises(Conflict):
        desk.steps.attempt(step.key, done.value.version, AttemptResult.NO_ANSWER)


def test_each_end_of_a_step_is_undone(desk: Services) -> None:
    step = added(desk)
    for end in (desk.steps.finish, desk.steps.give_up):
        ended = end(step.key, step.version).value
        assert ended.ended_at == NOW
        assert desk.steps.open_steps() == ()
        step = desk.steps.reopen(ended.key, ended.version).value
        assert (step.state, step.ended_at) == (StepState.OPEN, None)
        assert desk.steps.open_steps() == (step,)


def test_giving_up_says_after_how_many_attempts(desk: Services) -> None:
    step = added(desk)
    for _ in range(3):
        step = desk.steps.attempt(step.key, step.version, AttemptResult.NO_ANSWER).value
    assert desk.steps.give_up(step.key, step.version).said == "Given up after 3 attempts."


def test_the_last_attempt_is_taken_back_and_with_it_the_end_it_brought(desk: Services) -> None:
    step = added(desk)
    desk.steps.attempt(step.key, step.version, AttemptResult.NO_ANSWER)
    done = desk.steps.attempt(step.key, step.version, AttemptResult.REACHED).value
    with pytest.raises(Conflict):
        desk.steps.take_back_attempt(done.key, done.version, 1)
    again = desk.steps.take_back_attempt(done.key, done.version, 2).value
    assert (again.state, again.ended_at, [a.number for a in again.attempts]) == (StepState.OPEN, None, [1])
    none = desk.steps.take_back_attempt(again.key, again.version, 1).value
    assert none.attempts == ()
    with pytest.raises(Conflict):
        desk.steps.take_back_attempt(none.key, none.version, 0)


def test_a_step_is_handed_over_and_back(desk: Services) -> None:
    step = added(desk, words="papers")
    theirs = desk.steps.hand_over(step.key, step.version, "priya")
    assert theirs.said == "Handed over to priya."
    assert facts_of_step(theirs.value) == facts_of_step(step, owner="priya")
    assert facts_of_step(desk.steps.hand_over(step.key, theirs.value.version, "hana").value) == facts_of_step(step)


def two_desks(make_storage: MakeStorage, folder: Path, clock: Clock) -> tuple[Services, Services]:
    """Two windows on one database."""
    hana, priya = (services_on(make_storage(), folder / "desk", clock) for _ in range(2))
    return hana, priya


def test_who_changes_a_step_second_is_told_who_was_first(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = two_desks(make_storage, tmp_path, clock)
    step = added(hana)
    moved = hana.steps.amend(step.key, step.version, replace(facts_of_step(step), due_on=date(2026, 12, 1))).value
    for change in (
        lambda: priya.steps.amend(step.key, step.version, facts_of_step(step)),
        lambda: priya.steps.hand_over(step.key, step.version, "priya"),
        lambda: priya.steps.attempt(step.key, step.version, AttemptResult.NO_ANSWER),
        lambda: priya.steps.finish(step.key, step.version),
        lambda: priya.steps.give_up(step.key, step.version),
        lambda: priya.steps.reopen(step.key, step.version),
    ):
        with pytest.raises(Conflict, match="hana changed this next step") as conflict:
            change()
        assert conflict.value.theirs == moved
    assert hana.steps.get(step.key) == moved


def test_attempts_of_two_people_at_once_are_all_kept_and_numbered_without_a_gap(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    desks = [*two_desks(make_storage, tmp_path, clock), *two_desks(make_storage, tmp_path, clock)]
    step = added(desks[0])

    def try_five(desk: Services) -> list[UUID]:
        return [desk.steps.attempt(step.key, step.version, AttemptResult.NO_ANSWER).value.key for _ in range(5)]

    answers = together(*(lambda desk=desk: try_five(desk) for desk in desks))
    assert answers == [[step.key] * 5] * 4
    assert [attempt.number for attempt in desks[0].steps.get(step.key).attempts] == list(range(1, 21))


def test_of_two_who_both_reach_them_at_once_one_ends_the_step(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    desks = two_desks(make_storage, tmp_path, clock)
    step = added(desks[0])
    answers = together(
        *(lambda desk=desk: desk.steps.attempt(step.key, step.version, AttemptResult.REACHED) for desk in desks)
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Done"]
    assert len(desks[0].steps.get(step.key).attempts) == 1


def test_the_step_of_a_call_entered_by_mistake_is_not_due(desk: Services) -> None:
    call = a_call()
    call_id = desk.calls.log(call, Intake(step=a_step(call=call.key))).value
    removed = desk.calls.remove(call_id, 1).value
    assert desk.steps.open_steps() == ()
    desk.calls.put_back(call_id, removed.version)
    assert len(desk.steps.open_steps()) == 1


def test_reached_call_backs_of_some_days_are_found(desk: Services, storage: Any, clock: Clock) -> None:
    step, other = added(desk), added(desk, kind=StepKind.SEND)
    clock.forward(days=3)
    for one in (step, other):
        desk.steps.attempt(one.key, one.version, AttemptResult.REACHED)
    start = datetime(2026, 11, 23, tzinfo=UTC)
    with storage.reading() as work:
        assert [found.key for found in work.steps.reached(start, start + timedelta(days=1))] == [step.key]
        assert work.steps.reached(start - timedelta(days=9), start) == ()
