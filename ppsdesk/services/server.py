"""Looking after a shared server: setting it up, its people, and everybody's own password."""

from __future__ import annotations

from collections.abc import Callable

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.logins import Added, Login, SetUp, check_password, one_time_password
from ppsdesk.domain.rights import Role
from ppsdesk.domain.starters import Starters
from ppsdesk.storage import own_password
from ppsdesk.storage.administrator import Address
from ppsdesk.storage.people_of_server import ServerPeople
from ppsdesk.storage.server import set_up
from ppsdesk.storage.work import Storage


class ServerDesk:
    """What an administrator of the database may do. Every method signs in for itself, as the administrator."""

    def __init__(self, address: Address, starters: Callable[[], Starters], clock: Clock) -> None:
        self._address = address
        self._starters = starters
        self._clock = clock
        self._people = ServerPeople(address)

    def set_up(self) -> SetUp:
        """Make or upgrade the tables, roles and rights, as often as wanted. Raises `Refused`, `CannotStart`."""
        return set_up(self._address, self._starters(), now=self._clock())

    def add_person(self, name: str, role: Role, *, same_person: bool = False) -> Added:
        """A login with this role; or another role for who has one. Refused for a name that is somebody else's."""
        return self._people.add(name, role, one_time_password(), same_person=same_person)

    def new_password(self, name: str) -> str:
        """A one-time password for who lost theirs."""
        password = one_time_password()
        self._people.new_password(name, password)
        return password

    def remove_person(self, name: str) -> tuple[bool, int]:
        """Whether they can sign in nowhere on the server any more, and how many sessions were ended."""
        return self._people.remove(name)

    def people(self) -> tuple[Login, ...]:
        """Who has a role or had one, by name."""
        return self._people.all()


class PasswordDesk:
    """The password of whoever is signed in to a shared database."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @property
    def applies(self) -> bool:
        """Whether there is a password at all: not in a local file."""
        return self._storage.engine.dialect.name == "postgresql"

    def is_one_time(self) -> bool:
        """Whether the password was made by an administrator and not changed since."""
        return self.applies and own_password.is_one_time(self._storage.engine)

    def change(self, new: str) -> None:
        """Change it; this program goes on working with the new one. Refused for one that is too weak.

        Whoever keeps it in the keyring keeps the new one there afterwards (`passwords.remember`).
        """
        check_password(new, name=self._storage.person)
        own_password.change(self._storage.engine, new)
