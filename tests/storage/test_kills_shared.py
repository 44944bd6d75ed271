"""A desk is killed: on a shared database too nothing is lost, doubled or half there."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.conftest import PERSON
from tests.harness.checking import troubles
from tests.harness.killing import kill_often, nursery


@pytest.fixture
def address(server: postgres.Server, shared_template: str) -> Iterator[str]:
    """A shared database with the schema and no calls."""
    with server.database(owner=PERSON, template=shared_template) as name:
        yield server.address(name, PERSON)


@pytest.fixture
def storage(address: str) -> Iterator[Storage]:
    """That database, open."""
    opened = opening.open_shared(opening.read_address(address), postgres.PASSWORD)
    yield opened
    opened.close()


def test_a_desk_that_is_killed_loses_nothing_it_acknowledged(address: str, storage: Storage) -> None:
    with nursery() as desks:
        kills, keys = kill_often(desks, "log_calls", address, times=25, seed=4)
    assert troubles(storage.engine, keys) == []
    assert len(keys) > kills
    print(f"{kills} kills, {len(keys)} calls acknowledged")


def test_a_desk_that_acknowledges_too_early_is_found_out(address: str, storage: Storage) -> None:
    keys: list[UUID] = []
    with nursery() as desks:
        for seed in range(20):
            keys += kill_often(desks, "say_saved_too_early", address, times=10, seed=seed)[1]
            if any(trouble.startswith("lost: ") for trouble in troubles(storage.engine, keys)):
                return
    pytest.fail("a desk that acknowledges before it commits was not found out")
