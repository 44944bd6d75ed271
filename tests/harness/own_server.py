"""A shared database on a server of its own, for the harnesses that are run by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ppsdesk.domain.rights import Role
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.administrator import Address
from ppsdesk.storage.people_of_server import ServerPeople
from ppsdesk.storage.server import set_up
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


@contextmanager
def server_of_people(count: int) -> Iterator[tuple[str, list[str]]]:
    """A server as its administrator sets it up: the address of the administrator, and one for each of so many people
    of the helpline, all with logins of their own."""
    with postgres.running_server() as server, server.database() as name:
        whole = Address(opening.read_address(server.address(name)), postgres.PASSWORD)
        set_up(whole, starters(), now=NOW)
        people, logins = ServerPeople(whole), [f"desk.{number}.of.{name}" for number in range(count)]
        for login in logins:
            people.add(login, Role.HELPLINE, postgres.PASSWORD, same_person=False)
        yield server.address(name), [server.address(name, login) for login in logins]


def sign_in(address: str) -> Storage:
    """Open it as a desk does."""
    return opening.open_shared(opening.read_address(address), postgres.PASSWORD)
