"""A shared server as its administrator sets it up, with one person for each role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from ppsdesk.domain.rights import Role
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.administrator import Address
from ppsdesk.storage.granting import Names
from ppsdesk.storage.people_of_server import ServerPeople
from ppsdesk.storage.server import set_up
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW


@dataclass(frozen=True, slots=True)
class Shared:
    """A database with its roles, and a login for each: everybody has the password of the tests."""

    server: postgres.Server
    database: str

    @property
    def names(self) -> Names:
        """Its roles."""
        return Names(self.database)

    @property
    def address(self) -> Address:
        """As its administrator."""
        return Address(opening.read_address(self.server.address(self.database)), postgres.PASSWORD)

    def login(self, role: Role) -> str:
        """Whoever has that role."""
        return f"{role.value}.of.{self.database}"

    def as_person(self, role: Role) -> psycopg.Connection:
        """Past the program, with that person's own login."""
        return self.server.connect(self.database, self.login(role))

    def sign_in(self, role: Role) -> Storage:
        """With the program."""
        url = opening.read_address(self.server.address(self.database, self.login(role)))
        return opening.open_shared(url, postgres.PASSWORD)

    def as_server(self, *statements: str) -> None:
        """As the server's superuser."""
        with self.server.connect(self.database) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def shared_server(server: postgres.Server) -> Iterator[Shared]:
    """Set up; thrown away afterwards."""
    with server.database() as name:
        made = Shared(server, name)
        set_up(made.address, starters(), now=NOW)
        for role in Role:
            ServerPeople(made.address).add(made.login(role), role, postgres.PASSWORD, same_person=False)
        yield made
