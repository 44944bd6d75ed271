"""A list page and a report ask the database a fixed number of questions, however much there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.selection import Selection
from ppsdesk.storage.work import Storage
from tests.builders import a_call
from tests.harness.writer import a_full_call

Ask = Callable[[Services], object]

PAGES: dict[str, Ask] = {
    "the numbers of a list": lambda desk: desk.calls.ids(Selection()),
    "a page of the list": lambda desk: desk.calls.lines(desk.calls.ids(Selection())),
    "one call": lambda desk: desk.calls.get(desk.calls.ids(Selection(), limit=1)[0]),
    "the people": lambda desk: desk.calls.people(),
    "the lists": lambda desk: desk.vocabularies.all(),
    "a report": lambda desk: desk.reporting.call_volumes(["2025-26", "2026-27"], year_ends=YearEnds.AUGUST),
    "a count": lambda desk: desk.calls.count(Selection(words="review", to_complete=True)),
}


def test_a_page_asks_as_often_for_forty_calls_as_for_one(
    storage: Storage, desk: Services, queries: Callable[..., Any]
) -> None:
    desk.calls.log(a_call())
    for ask in PAGES.values():
        ask(desk)  # the numbers of the terms are learnt once
    few = {page: _asked(storage, desk, queries, ask) for page, ask in PAGES.items()}
    for _ in range(39):
        desk.calls.log(a_full_call())
    assert {page: _asked(storage, desk, queries, ask) for page, ask in PAGES.items()} == few
    assert few == {
        "the numbers of a list": 1,
        "a page of the list": 5,
        "one call": 4,
        "the people": 1,
        "the lists": 1,
        "a count": 1,
        "a report": few["a report"],
    }
    assert 1 <= few["a report"] <= 22  # one or two for each of its sixteen tables


def _asked(storage: Storage, desk: Services, queries: Callable[..., Any], ask: Ask) -> int:
    with queries(storage.engine) as said:
        ask(desk)
    return len(said)
