"""The network between a desk and the server stalls, is cut at any byte, or loses the answer to a COMMIT."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.selection import Selection
from ppsdesk.services.calls import CallDesk
from ppsdesk.storage import opening
from ppsdesk.storage.listening import QUIET, REPLY, Listening
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import PERSON
from tests.harness.checking import troubles
from tests.harness.proxy import COMMIT, Proxy
from tests.harness.writer import a_full_call
from tests.storage.conftest import reads_well

CUTS = 16
Log = Callable[[Storage, NewCall], UUID]


@pytest.fixture
def storage(network: Proxy, database: str) -> Iterator[Storage]:
    """That database through the proxy; a silent server is given up within a second."""
    listening = Listening(quiet=0.3, reply=0.5)
    opened = opening.open_shared(opening.read_address(network.address(database, PERSON)), postgres.PASSWORD, listening)
    yield opened
    network.flow()
    opened.close()


@pytest.fixture
def straight(server: postgres.Server, database: str) -> Iterator[Storage]:
    """The same database, past the proxy."""
    opened = opening.open_shared(opening.read_address(server.address(database, PERSON)), postgres.PASSWORD)
    yield opened
    opened.close()


def until_told(storage: Storage, call: NewCall, log: Log, network: Proxy) -> UUID:
    """Save, and save again until one is told that it is on record; the key one was told."""
    for _ in range(200):
        try:
            return log(storage, call)
        except StorageUnavailable:
            network.flow()
            threading.Event().wait(0.02)
    pytest.fail("never told that the call is on record")


def as_it_is(storage: Storage, call: NewCall) -> UUID:
    """The real thing."""
    CallDesk(storage, lambda: NOW).log(call)
    return call.key


def without_its_key(storage: Storage, call: NewCall) -> UUID:
    """A faulty desk: every try makes a call of its own."""
    return as_it_is(storage, replace(call, key=uuid4()))


def told_too_early(storage: Storage, call: NewCall) -> UUID:
    """A faulty desk: what went wrong at the COMMIT is not heard."""
    try:
        return as_it_is(storage, call)
    except StorageUnavailable:
        return call.key


def sweep(network: Proxy, storage: Storage, log: Log) -> tuple[list[UUID], int]:
    """Log one call for each cut, at bytes spread over a whole save, there and back; (keys told, how many cuts)."""
    as_it_is(storage, a_full_call())
    network.count_anew()
    first = a_full_call()
    as_it_is(storage, first)
    asked, answered = network.asked, network.answered
    keys, before = [first.key], network.cuts
    for number in range(CUTS):
        for way, whole in (("asked", asked), ("answered", answered)):
            network.cut_after(**{way: whole * number // CUTS})
            keys.append(until_told(storage, a_full_call(), log, network))
            network.flow()
    return keys, network.cuts - before


def on_record(storage: Storage) -> int:
    """How many calls there are."""
    with storage.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(CallRow)).scalar_one())


def test_cut_at_any_byte_of_a_save_nothing_is_lost_doubled_or_half_there(
    network: Proxy, storage: Storage, straight: Storage
) -> None:
    keys, cuts = sweep(network, storage, as_it_is)
    assert troubles(straight.engine, keys) == []
    assert on_record(straight) == len(keys) + 1
    assert cuts >= CUTS
    print(f"{cuts} cuts, {len(keys)} calls acknowledged: none lost, none twice, none half")


def test_a_desk_that_makes_a_new_key_for_every_try_is_found_out(
    network: Proxy, storage: Storage, straight: Storage
) -> None:
    for _ in range(3):
        network.lose_the_answer_to(COMMIT)
        until_told(storage, a_full_call(), without_its_key, network)
    assert on_record(straight) == 6


def test_a_desk_that_does_not_wait_for_the_commit_is_found_out(
    network: Proxy, storage: Storage, straight: Storage
) -> None:
    keys, _ = sweep(network, storage, told_too_early)
    assert any(trouble.startswith("lost: ") for trouble in troubles(straight.engine, keys))


def test_a_commit_whose_answer_is_lost_is_found_again_by_its_key(
    network: Proxy, storage: Storage, straight: Storage
) -> None:
    desk, call = CallDesk(storage, lambda: NOW), a_full_call()
    network.lose_the_answer_to(COMMIT)
    with pytest.raises(StorageUnavailable) as lost:
        desk.log(call)
    assert reads_well(lost.value)
    assert on_record(straight) == 1
    network.flow()
    assert desk.log(call).value == CallDesk(straight, lambda: NOW).log(call).value
    assert troubles(straight.engine, [call.key]) == []
    assert on_record(straight) == 1


@pytest.mark.parametrize("job", ["question", "change"])
def test_a_connection_that_stalls_is_given_up_in_one_sentence(network: Proxy, storage: Storage, job: str) -> None:
    """Half-open: everything that is sent is still taken, so TCP itself notices nothing."""
    desk = CallDesk(storage, lambda: NOW)
    desk.count(Selection())
    network.stall()
    with pytest.raises(StorageUnavailable, match="did not answer") as lost:
        desk.count(Selection()) if job == "question" else desk.log(a_call())
    assert reads_well(lost.value)
    network.flow()
    network.cut()
    until_told(storage, a_call(), as_it_is, network)
    assert desk.count(Selection()) == 1


def test_as_it_is_shipped_a_stalled_connection_is_given_up_within_ten_seconds() -> None:
    """Silence, then the answer from the door that does not come; no new connection is tried right after."""
    assert QUIET + REPLY < 10


def test_a_long_question_to_a_server_that_is_well_is_left_in_peace(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT pg_sleep(1.2), 7").one()[1] == 7


def test_a_slow_network_is_only_slow(network: Proxy, storage: Storage) -> None:
    network.delay = 0.02
    CallDesk(storage, lambda: NOW).log(a_call())
