"""The server is switched off and on in the middle of saving: nothing that was acknowledged is lost, doubled or half."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgres
from tests.conftest import PERSON
from tests.harness import restarts
from tests.harness.restarts import in_two_steps, too_early, under_new_keys

WRITERS, RESTARTS, ROUNDS = 8, 4, 12


@pytest.fixture
def address(server: postgres.Server, shared_template: str) -> Iterator[str]:
    """A shared database with the schema and no calls."""
    with server.database(owner=PERSON, template=shared_template) as name:
        yield server.address(name, PERSON)


def test_a_server_that_goes_down_again_and_again_loses_and_doubles_nothing(
    address: str, server: postgres.Server
) -> None:
    figures = restarts.run(server, address, writers=WRITERS, restarts=RESTARTS)
    print(figures.told())
    assert figures.found == ()
    assert figures.there_already >= RESTARTS


@pytest.mark.parametrize(
    ("manner", "found"), [(too_early, "lost: "), (under_new_keys, "twice: "), (in_two_steps, "half: ")]
)
def test_a_desk_that_is_less_careful_is_found_out(
    address: str, server: postgres.Server, manner: restarts.Manner, found: str
) -> None:
    for seed in range(ROUNDS):
        figures = restarts.run(server, address, writers=WRITERS, restarts=1, manner=manner, seed=seed)
        if any(words.startswith(found) for words in figures.found):
            return
    pytest.fail(f"{ROUNDS} restarts did not find it out")
