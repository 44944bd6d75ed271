"""Rings that were no enquiry, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import NonDataKind
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import Conflict, Invalid, NotFound, Refused
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.periods import Span
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import NOW, TODAY

THIS_DAY = Span(first=TODAY, last=TODAY)


def a_ring(**said: Any) -> NewNonDataCall:
    """Somebody rang and said nothing."""
    ring = NewNonDataCall(
        key=uuid4(), kind=NonDataKind.SILENT, line=TermCode("central"), taken_on=TODAY, at=NOW, taken_by="hana"
    )
    return replace(ring, **said)


def test_a_ring_is_read_back_as_it_was_closed_and_is_no_call(desk: Services) -> None:
    ring = a_ring(kind=NonDataKind.WRONG_NUMBER)
    kept = desk.non_data.get(desk.non_data.log(ring).value)
    assert (kept.key, kept.kind, kept.line, kept.taken_on, kept.at, kept.taken_by) == (
        ring.key, ring.kind, ring.line, ring.taken_on, ring.at, ring.taken_by,
    )  # fmt: skip
    assert desk.non_data.list(THIS_DAY) == (kept,)
    assert desk.calls.count(Selection()) == 0


def test_closing_the_pad_twice_leaves_one_and_ends_its_draft(desk: Services) -> None:
    ring = a_ring()
    desk.drafts.keep(Draft(key=ring.key, person=desk.person, window="1", started_at=NOW, kept_at=NOW, content={}))
    assert desk.non_data.log(ring).value == desk.non_data.log(ring).value
    assert desk.non_data.count(THIS_DAY) == 1
    assert desk.drafts.mine() == ()


def test_rings_are_counted_by_kind_within_the_days(desk: Services) -> None:
    for kind in (NonDataKind.SILENT, NonDataKind.SILENT, NonDataKind.HUNG_UP):
        desk.non_data.log(a_ring(kind=kind))
    desk.non_data.log(a_ring(taken_on=date(2026, 11, 19)))
    assert desk.non_data.counts(THIS_DAY) == {
        NonDataKind.SILENT: 2, NonDataKind.HUNG_UP: 1, NonDataKind.WRONG_NUMBER: 0,
    }  # fmt: skip
    assert desk.non_data.count(THIS_DAY) == 3
    assert desk.non_data.count(Span(first=date(2026, 11, 19), last=TODAY)) == 4


def test_a_ring_entered_by_mistake_is_removed_and_put_back(desk: Services) -> None:
    number = desk.non_data.log(a_ring()).value
    removed = desk.non_data.remove(number, 1).value
    assert removed.removed_at == NOW
    assert desk.non_data.count(THIS_DAY) == 0
    assert desk.non_data.list(THIS_DAY) == ()
    with pytest.raises(Conflict) as conflict:
        desk.non_data.put_back(number, 1)
    assert conflict.value.theirs == removed
    desk.non_data.put_back(number, removed.version)
    assert desk.non_data.count(THIS_DAY) == 1


def test_what_cannot_be_is_refused(desk: Services) -> None:
    with pytest.raises(Invalid) as refused:
        desk.non_data.log(a_ring(taken_on=date(2026, 11, 21), line=TermCode("")))
    assert set(refused.value.problems) == {"taken_on", "line"}
    with pytest.raises(Refused, match="“attic” is not in the list Line"):
        desk.non_data.log(a_ring(line=TermCode("attic")))
    with pytest.raises(NotFound):
        desk.non_data.remove(99, 1)
    assert desk.non_data.count(THIS_DAY) == 0
