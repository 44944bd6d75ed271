"""A list page and a report ask the database a fixed number of questions, however much there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ppsdesk.assembly import Services
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
    "a count": lambda desk: desk.calls.count(Selection(words="review", to_complete=True)),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_for_forty_calls_as_for_one(
    storage: Storage, desk: Services, queries: Callable[..., Any], page: str
) -> None:
    desk.calls.log(a_call())
    PAGES[page](desk)  # the numbers of the terms are learnt once
    with queries(storage.engine) as few:
        PAGES[page](desk)
    for _ in range(39):
        desk.calls.log(a_full_call())
    with queries(storage.engine) as many:
        PAGES[page](desk)
    assert len(many) == len(few) <= 6
    assert few
