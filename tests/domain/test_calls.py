"""What makes the record of a call complete, and what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from ppsdesk.domain import calls
from ppsdesk.domain.calls import (
    ChildStage,
    checked,
    differences,
    facts_of,
    in_order,
    to_complete,
    without_strangers,
)
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import NOW, TODAY, a_call, a_call_on


def problems(**said: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        checked(a_call(**said), now=NOW)
    return dict(refused.value.problems)


def test_an_ordinary_call_is_accepted() -> None:
    checked(a_call(), now=NOW)


def test_only_caller_kind_topic_and_line_must_be_there() -> None:
    assert set(problems(caller_kind=None, topics=(), line=None)) == {"caller_kind", "topics", "line"}
    bare = a_call_on(TODAY, method=None, caller_name="", taken_by="")
    checked(bare, now=NOW)


def test_a_call_in_the_future_is_refused_with_the_day_that_was_entered() -> None:
    assert problems(taken_on=TODAY + timedelta(days=1))["taken_on"] == (
        "The call cannot be in the future. You entered 21 November 2026."
    )
    checked(a_call_on(TODAY), now=NOW)


def test_a_start_a_little_ahead_is_a_clock_that_is_off_and_no_more() -> None:
    checked(a_call(started_at=NOW + timedelta(minutes=5), ended_at=None), now=NOW)
    assert "started_at" in problems(started_at=NOW + timedelta(minutes=5, seconds=1), ended_at=None)


def test_a_call_cannot_end_before_it_starts() -> None:
    assert "ended_at" in problems(started_at=NOW, ended_at=NOW - timedelta(seconds=1))
    checked(a_call(started_at=NOW, ended_at=NOW), now=NOW)


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1, 10**9])
def test_minutes_that_no_call_lasts_are_refused(minutes: int) -> None:
    assert f"You entered {minutes}." in problems(minutes=minutes)["minutes"]


@pytest.mark.parametrize("minutes", [0, 1, 24 * 60, None])
def test_minutes_that_a_call_may_last_are_accepted(minutes: int | None) -> None:
    checked(a_call(minutes=minutes), now=NOW)


@pytest.mark.parametrize("field", ["caller_name", "child_name", "phone", "taken_by", "reference"])
def test_a_line_of_text_has_room_for_200_characters(field: str) -> None:
    checked(a_call(**{field: "ż" * 200}), now=NOW)
    assert "this has 201" in problems(**{field: "ż" * 201})[field]


def test_notes_have_room_for_a_hundred_thousand_characters() -> None:
    checked(a_call(notes="n" * 100_000), now=NOW)
    assert "notes" in problems(notes="n" * 100_001)


@pytest.mark.parametrize("field", ["caller_name", "notes"])
def test_a_nul_character_is_refused_by_name(field: str) -> None:
    assert "NUL" in problems(**{field: "a\x00b"})[field]


def test_every_problem_is_said_at_once_and_nothing_is_lost() -> None:
    with pytest.raises(Invalid) as refused:
        checked(a_call(topics=(), minutes=-1), now=NOW)
    assert set(refused.value.problems) == {"topics", "minutes"}
    assert "what you typed is still here" in refused.value.sentence


def test_the_first_topic_is_the_main_one() -> None:
    assert a_call(topics=("sen-concern", "annual-review")).main_topic == "sen-concern"
    assert a_call(topics=()).main_topic is None


def test_the_length_is_what_was_typed_else_what_the_clock_says() -> None:
    assert a_call(minutes=3).length == 3
    assert a_call(minutes=None).length == 9
    assert a_call(minutes=0).length == 0
    assert a_call_on(date(2001, 10, 3)).length is None


def test_what_may_be_filled_in_later_is_named() -> None:
    assert to_complete(a_call()) == ("stages", "advice", "level", "outcome")
    assert to_complete(a_call(stages=("SENSUP",), advice=("signposting",), level="1")) == ("outcome",)


def test_the_stage_is_there_with_that_of_one_child() -> None:
    tom, ella = uuid4(), uuid4()
    call = a_call(children=(tom, ella), child_stages=(ChildStage(child=ella, stage=TermCode("SENSUP")),))
    assert to_complete(call) == ("advice", "level", "outcome")


def test_a_stage_for_a_child_the_call_is_not_about_is_refused_in_one_sentence() -> None:
    tom, ella = uuid4(), uuid4()
    stages = (ChildStage(child=ella, stage=TermCode("SENSUP")),)
    checked(a_call(children=(tom, ella), child_stages=stages), now=NOW)
    assert problems(children=(tom,), child_stages=stages) == {
        "stages": "A stage is given for a child this call is not about: choose the child, or take it out."
    }


def test_stages_stand_in_the_order_of_the_children_and_go_with_them() -> None:
    tom, ella, ned = uuid4(), uuid4(), uuid4()
    of = {child: ChildStage(child=child, stage=TermCode("SENSUP")) for child in (tom, ella, ned)}
    assert in_order((of[ned], of[tom], of[ned], of[ella]), (tom, ella, ned)) == (of[tom], of[ella], of[ned])
    call = a_call(children=(ella, tom), child_stages=(of[tom], of[ned], of[ella]))
    assert without_strangers(call).child_stages == (of[ella], of[tom])
    assert without_strangers(a_call()).child_stages == ()


def test_every_fact_has_words_for_people() -> None:
    assert set(calls.LABELS) == set(calls.FACTS)


def test_two_people_see_only_the_fields_they_left_different() -> None:
    before = facts_of(a_call(notes="before", caller_name="Ann", phone="1"))
    theirs = replace(before, notes="theirs", phone="2")
    yours = replace(before, notes="yours", caller_name="Bryony")
    found = {one.field: one for one in differences(before, theirs, yours)}
    assert set(found) == {"notes", "caller_name", "phone"}
    assert [name for name, one in found.items() if one.both_changed] == ["notes"]
    assert (found["phone"].before, found["phone"].theirs, found["phone"].yours) == ("1", "2", "1")


def test_the_same_change_by_two_people_is_no_difference() -> None:
    before = facts_of(a_call())
    same = replace(before, notes="both wrote this")
    assert differences(before, same, same) == ()
