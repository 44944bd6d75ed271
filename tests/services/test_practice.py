"""Practice data: plenty, plausible, repeatable, marked for good, and never among real calls."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import checked, facts_of
from ppsdesk.domain.errors import Interrupted, Refused
from ppsdesk.domain.selection import Selection
from ppsdesk.services.practice import MOST_CALLS, MOST_YEARS
from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage
from tests.builders import NOW, TODAY, a_call
from tests.conftest import MakeStorage


def _practice(storage: Storage) -> bool:
    return opening.whereabouts(storage, Path("ppsdesk.db"), None).practice


def test_as_many_calls_as_were_asked_for_and_the_mark(storage: Storage, desk: Services) -> None:
    told: list[tuple[int, int]] = []
    assert not _practice(storage)
    done = desk.practice.fill(years=2, calls_per_year=150, progress=lambda *at: told.append(at))
    assert done.value == desk.calls.count(Selection()) == 300
    assert _practice(storage)
    assert (told[0], told[-1]) == ((0, 300), (300, 300))
    assert told == sorted(told)


def test_every_invented_call_could_have_been_logged_at_the_desk(desk: Services) -> None:
    desk.practice.fill(years=1, calls_per_year=120)
    for number in desk.calls.ids(Selection()):
        checked(facts_of(desk.calls.get(number)), now=NOW)
    assert desk.calls.count(Selection(last=TODAY)) == 120


def test_the_same_seed_makes_the_same_calls_and_another_one_others(make_storage: MakeStorage, desk: Services) -> None:
    lists = desk.vocabularies.all()
    from ppsdesk.domain.practice import PracticeCalls

    first, again, other = (list(PracticeCalls(lists, seed).year(TODAY, 40, NOW)) for seed in (1, 1, 2))
    assert first == again
    assert {call.key for call in first}.isdisjoint(call.key for call in other)


def test_children_on_record_have_their_own_stages_and_keep_them_for_a_while(desk: Services) -> None:
    desk.practice.fill(years=1, calls_per_year=300)
    calls = [desk.calls.get(number) for number in desk.calls.ids(Selection(), descending=False)]
    assert not [call for call in calls if call.children and call.stages]
    assert [call for call in calls if call.stages]  # of those who gave no name
    of: dict[UUID, list[str]] = {}
    for call in calls:
        assert {one.child for one in call.child_stages} in (set(), set(call.children))
        for one in call.child_stages:
            of.setdefault(one.child, []).append(one.stage)
    again = [(then, now) for stages in of.values() for then, now in pairwise(stages)]
    assert len(again) > 100
    assert 0.7 < sum(then == now for then, now in again) / len(again) < 1


def test_calls_that_are_there_are_never_mixed_with_invented_ones(storage: Storage, desk: Services) -> None:
    removed = desk.calls.get(desk.calls.log(a_call()).value)
    desk.calls.remove(removed.id, removed.version)
    with pytest.raises(Refused, match="holds calls already"):
        desk.practice.fill(years=1, calls_per_year=10)
    assert desk.calls.count(Selection()) == 0
    assert not _practice(storage)


def test_stopped_on_the_way_nothing_is_there_not_even_the_mark(storage: Storage, desk: Services) -> None:
    def stop(done: int, of: int) -> None:
        if done:
            raise Interrupted("Stopped.")

    with pytest.raises(Interrupted):
        desk.practice.fill(years=2, calls_per_year=100, progress=stop)
    assert desk.calls.count(Selection()) == 0
    assert not _practice(storage)
    desk.practice.fill(years=1, calls_per_year=10)
    assert desk.calls.count(Selection()) == 10


@pytest.mark.parametrize(
    ("years", "calls_per_year"), [(0, 10), (-1, 10), (MOST_YEARS + 1, 10), (1, -1), (1, MOST_CALLS + 1)]
)
def test_numbers_that_make_no_sense_are_refused(years: int, calls_per_year: int, desk: Services) -> None:
    with pytest.raises(Refused, match="Practice data are from 1 to 60 years"):
        desk.practice.fill(years=years, calls_per_year=calls_per_year)
