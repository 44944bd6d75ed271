"""A desk is killed, or the server is: on a shared database too nothing is lost, doubled or half there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import func, select

from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.services.calls import CallDesk
from ppsdesk.storage import opening
from ppsdesk.storage.rows import CallRow
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.conftest import PERSON
from tests.harness.checking import troubles
from tests.harness.killing import kill_often, nursery
from tests.harness.writer import a_full_call

WRITERS, RESTARTS = 4, 5


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


class Writer(threading.Thread):
    """Logs calls; where it is not told that one is saved, it saves the same one again until it is."""

    def __init__(self, address: str, stop: threading.Event) -> None:
        super().__init__()
        self._storage = opening.open_shared(opening.read_address(address), postgres.PASSWORD)
        self._desk = CallDesk(self._storage, lambda: NOW)
        self._stop_it = stop
        self.saved: list[UUID] = []
        self.tried_again = 0
        self.fault: BaseException | None = None

    def run(self) -> None:
        """Until stopped, and the call at hand is saved."""
        try:
            while not self._stop_it.is_set():
                call = a_full_call()
                while not self._logged(call):
                    self.tried_again += 1
                    threading.Event().wait(0.02)
                self.saved.append(call.key)
        except BaseException as fault:  # noqa: BLE001  # reported by the test, in its own thread
            self.fault = fault
        finally:
            self._storage.close()

    def _logged(self, call) -> bool:
        try:
            self._desk.log(call)
        except StorageUnavailable:
            return False
        return True


def test_a_server_that_goes_down_again_and_again_loses_and_doubles_nothing(
    address: str, storage: Storage, server: postgres.Server
) -> None:
    stop = threading.Event()
    writers = [Writer(address, stop) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(RESTARTS):
        threading.Event().wait(0.4)
        server.restart("immediate")
    threading.Event().wait(0.4)
    stop.set()
    for writer in writers:
        writer.join(60)
    assert [writer.fault for writer in writers] == [None] * WRITERS
    keys = [key for writer in writers for key in writer.saved]
    assert troubles(storage.engine, keys) == []
    with storage.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(CallRow)).scalar_one() == len(set(keys)) == len(keys)
    assert sum(writer.tried_again for writer in writers) > 0
    print(f"{RESTARTS} restarts, {len(keys)} saved, {sum(w.tried_again for w in writers)} tries again")
