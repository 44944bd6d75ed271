"""Term dates in and out of the database, on both databases, and who may be told of every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from ppsdesk.domain.errors import CannotStart, Conflict, Invalid, NotFound
from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.storage.work import Storage
from tests.conftest import MakeStorage

AUTUMN = SchoolTerm(key=UUID(int=1), authority="North", year=2026, term="autumn", first=date(2026, 9, 3),
                    last=date(2026, 12, 18), half_first=date(2026, 10, 26), half_last=date(2026, 10, 30))  # fmt: skip
SPRING = replace(AUTUMN, key=UUID(int=2), term="spring", first=date(2027, 1, 5), last=date(2027, 3, 25),
                 half_first=None, half_last=None)  # fmt: skip


def keep(storage: Storage, term: SchoolTerm) -> SchoolTerm:
    with storage.writing() as work:
        kept = work.school_terms.keep(term)
        work.commit()
    return kept


def remove(storage: Storage, key: UUID, version: int) -> SchoolTerm:
    with storage.writing() as work:
        gone = work.school_terms.remove(key, version)
        work.commit()
    return gone


def every(storage: Storage) -> tuple[SchoolTerm, ...]:
    with storage.reading() as work:
        return work.school_terms.all()


def test_a_term_is_kept_as_it_was_entered_and_once(storage: Storage) -> None:
    assert keep(storage, AUTUMN) == keep(storage, AUTUMN) == replace(AUTUMN, version=1)
    assert every(storage) == (replace(AUTUMN, version=1),)


def test_the_newest_year_stands_first_and_each_year_in_its_own_order(storage: Storage) -> None:
    summer = replace(SPRING, key=UUID(int=3), term="summer", first=date(2027, 4, 12), last=date(2027, 7, 23))
    old = replace(AUTUMN, key=UUID(int=4), year=2025, first=date(2025, 9, 3), last=date(2025, 12, 19),
                  half_first=None, half_last=None)  # fmt: skip
    for term in (summer, old, SPRING, AUTUMN):
        keep(storage, term)
    assert [term.name for term in every(storage)] == [
        "Autumn 2026-27", "Spring 2026-27", "Summer 2026-27", "Autumn 2025-26",
    ]  # fmt: skip


def test_a_term_is_changed_only_at_the_version_that_was_read(storage: Storage) -> None:
    kept = keep(storage, AUTUMN)
    moved = keep(storage, replace(kept, first=date(2026, 9, 7)))
    assert (moved.version, moved.first) == (2, date(2026, 9, 7))
    with pytest.raises(Conflict, match="Autumn 2026-27") as conflict:
        keep(storage, replace(kept, first=date(2026, 9, 8)))
    assert conflict.value.theirs == moved
    assert every(storage) == (moved,)


def test_an_authority_has_each_term_once(storage: Storage) -> None:
    kept, spring = keep(storage, AUTUMN), keep(storage, SPRING)
    for term in (replace(AUTUMN, key=UUID(int=9)), replace(spring, term="autumn")):
        with pytest.raises(Invalid) as refused:
            keep(storage, term)
        assert refused.value.problems == {
            "term": "Autumn 2026-27 of North is entered already. Change that entry instead."
        }
    assert every(storage) == (kept, spring)
    assert keep(storage, replace(AUTUMN, key=UUID(int=9), authority="South")).authority == "South"


def test_a_term_that_is_removed_is_gone_and_can_be_added_again(storage: Storage) -> None:
    kept = keep(storage, AUTUMN)
    assert remove(storage, kept.key, 1) == kept
    assert every(storage) == ()
    for lost in (lambda: remove(storage, kept.key, 1), lambda: keep(storage, replace(kept, last=date(2026, 12, 17)))):
        with pytest.raises(NotFound, match="not on record any more"):
            lost()
    assert keep(storage, replace(kept, version=0)) == kept


def test_a_term_somebody_changed_is_not_removed(storage: Storage) -> None:
    moved = keep(storage, replace(keep(storage, AUTUMN), first=date(2026, 9, 7)))
    with pytest.raises(Conflict) as conflict:
        remove(storage, AUTUMN.key, 1)
    assert conflict.value.theirs == moved
    assert every(storage) == (moved,)


def test_without_a_commit_nothing_is_kept(make_storage: MakeStorage) -> None:
    storage = make_storage()
    with storage.writing() as work:
        work.school_terms.keep(AUTUMN)
    assert every(make_storage()) == ()


def test_every_change_of_term_dates_leaves_its_trace(storage: Storage) -> None:
    kept = keep(storage, AUTUMN)
    keep(storage, replace(kept, first=date(2026, 9, 7)))
    remove(storage, kept.key, 2)
    with storage.engine.connect() as connection:
        question = "SELECT action FROM audit_entry WHERE table_name = 'school_term' ORDER BY id"
        actions = list(connection.execute(text(question)).scalars())
    assert actions == ["insert", "update", "delete"]


def test_a_damaged_row_is_told_in_a_sentence(storage: Storage) -> None:
    keep(storage, AUTUMN)
    with storage.engine.begin() as connection:
        connection.execute(text("UPDATE school_term SET term = 'winter'"))
    with pytest.raises(CannotStart, match="damaged"):
        every(storage)
