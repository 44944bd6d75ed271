"""A shared database on a server of its own, for the harnesses that are run by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.harness.checking import PERSON


@contextmanager
def own_server() -> Iterator[tuple[postgres.Server, str]]:
    """The server and the address of a database with the schema and the lists; thrown away afterwards."""
    with postgres.running_server() as server:
        server.add_login(PERSON)
        with server.database(owner=PERSON) as name:
            address = server.address(name, PERSON)
            opening.create_shared(opening.read_address(address), postgres.PASSWORD, starters(), now=NOW)
            yield server, address


def sign_in(address: str) -> Storage:
    """Open it as a desk does."""
    return opening.open_shared(opening.read_address(address), postgres.PASSWORD)
