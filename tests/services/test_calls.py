"""Logging calls, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import Conflict, Invalid
from ppsdesk.domain.selection import Selection
from tests.builders import NOW, TODAY, a_call, a_call_on
from tests.conftest import Clock, MakeStorage, services_on


def test_a_logged_call_is_read_back_as_it_was_written_down(desk: Services) -> None:
    call = a_call(
        topics=("sen-concern", "annual-review"),
        advice=("information-sent",),
        stages=("SENSUP",),
        notes="Żółć – “quoted”",
    )
    read = desk.calls.get(desk.calls.log(call).value)
    assert facts_of(read) == facts_of(call)
    assert read.main_topic == "sen-concern"
    assert read.recorded_at == NOW


def test_saving_the_same_call_twice_leaves_one(desk: Services) -> None:
    call = a_call()
    assert desk.calls.log(call).value == desk.calls.log(call).value
    assert desk.calls.count(Selection()) == 1


def test_a_call_needs_a_kind_of_caller_and_a_topic(desk: Services) -> None:
    with pytest.raises(Invalid) as refused:
        desk.calls.log(a_call(caller_kind=None, topics=()))
    assert set(refused.value.problems) == {"caller_kind", "topics"}
    assert desk.calls.count(Selection()) == 0


def test_a_call_in_the_future_is_refused(desk: Services) -> None:
    with pytest.raises(Invalid) as refused:
        desk.calls.log(a_call_on(date(2026, 11, 21)))
    assert "future" in refused.value.problems["taken_on"]


def test_a_day_without_a_time_stays_a_day_without_a_time(desk: Services) -> None:
    read = desk.calls.get(desk.calls.log(a_call_on(date(2001, 10, 3))).value)
    assert (read.taken_on, read.started_at, read.minutes) == (date(2001, 10, 3), None, None)


def test_a_call_over_the_end_of_summer_time_lasts_twenty_minutes(desk: Services) -> None:
    call = a_call(
        taken_on=date(2026, 10, 25),
        started_at=datetime(2026, 10, 25, 0, 50, tzinfo=UTC),  # 01:50 BST
        ended_at=datetime(2026, 10, 25, 1, 10, tzinfo=UTC),  # 01:10 GMT
        minutes=None,
    )
    assert desk.calls.get(desk.calls.log(call).value).minutes == 20


def test_logging_the_call_ends_its_draft(desk: Services) -> None:
    call = a_call()
    draft = Draft(key=call.key, person=desk.person, window="1", started_at=NOW, kept_at=NOW, content={"notes": "asked"})
    desk.drafts.keep(draft)
    assert desk.drafts.mine() == (draft,)
    desk.calls.log(call)
    assert desk.drafts.mine() == ()


def test_the_second_of_two_people_sees_what_the_first_one_saved(
    make_storage: MakeStorage, tmp_path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    call_id = hana.calls.log(a_call()).value
    seen = priya.calls.get(call_id)
    hana.calls.amend(call_id, seen.version, replace(facts_of(seen), notes="Hana's words"))
    with pytest.raises(Conflict) as conflict:
        priya.calls.amend(call_id, seen.version, replace(facts_of(seen), notes="Priya's words"))
    assert conflict.value.theirs == hana.calls.get(call_id)
    assert hana.calls.get(call_id).notes == "Hana's words"


def test_a_removed_call_is_in_no_figure_and_can_be_put_back(desk: Services) -> None:
    call = desk.calls.get(desk.calls.log(a_call()).value)
    removed = desk.calls.remove(call.id, call.version).value
    assert desk.calls.count(Selection()) == 0
    assert desk.calls.count(Selection(removed=True)) == 1
    desk.calls.put_back(removed.id, removed.version)
    assert desk.calls.count(Selection()) == 1


def test_the_history_names_each_change_and_who_made_it(desk: Services) -> None:
    call = desk.calls.get(desk.calls.log(a_call(level="1")).value)
    desk.calls.amend(call.id, call.version, replace(facts_of(call), level="2", topics=("sen-concern",)))
    lines = desk.calls.history(call.id)
    assert {line.person for line in lines} == {desk.person}
    assert any((line.field, line.old, line.new) == ("level", "1", "2") for line in lines)
    assert [line.action for line in lines if line.table == "call_topic"] == ["insert", "delete", "insert"]


def test_the_newest_call_stands_first_in_the_list(desk: Services) -> None:
    old, dayless, new = (
        desk.calls.log(call).value for call in (a_call(taken_on=date(2026, 11, 1)), a_call_on(TODAY), a_call())
    )
    ids = desk.calls.ids(Selection())
    assert list(ids) == [new, dayless, old]
    assert desk.calls.lines(ids)[new].caller_name == "Rowan Thistledown"
