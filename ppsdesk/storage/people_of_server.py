"""Adding, removing and listing the people of a shared server, each as one transaction of its administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from ppsdesk.domain.errors import CannotStart, Refused
from ppsdesk.domain.logins import Added, Login
from ppsdesk.domain.rights import Role
from ppsdesk.storage import logins, schema
from ppsdesk.storage.administrator import Address, acting_as, me, needs
from ppsdesk.storage.granting import Names, quote

MADE_BY_ANOTHER = "Sign in as whoever set the database up, or as the server's superuser."


class ServerPeople:
    """The logins of one shared database."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._names = Names(address.database)

    def add(self, name: str, role: Role, password: str, *, same_person: bool) -> Added:
        """See `logins.add`."""
        with self._changing("make logins and give them a role") as connection:
            return logins.add(connection, self._names, name, role, password, same_person=same_person)

    def new_password(self, name: str, password: str) -> None:
        """See `logins.new_password`."""
        with self._changing("change the password of others") as connection:
            logins.new_password(connection, self._names, name, password)

    def remove(self, name: str) -> tuple[bool, int]:
        """The login first, then what it has open: no session can begin in between."""
        with self._changing("take logins away") as connection:
            everywhere = logins.remove(connection, self._names, name)
        with self._changing("end the sessions of others") as connection:
            return everywhere, logins.end_sessions(connection, name, everywhere=everywhere)

    def all(self) -> tuple[Login, ...]:
        """See `logins.everybody`."""
        with self._changing("read the audit trail of this database") as connection:
            return logins.everybody(connection, self._names)

    @contextmanager
    def _changing(self, what: str) -> Iterator[Connection]:
        with acting_as(self._address) as engine, engine.begin() as connection:
            self._refuse_not_set_up(connection)
            with needs(what, MADE_BY_ANOTHER):
                yield connection

    def _refuse_not_set_up(self, connection: Connection) -> None:
        asking = me(connection)
        if not asking.superuser and not asking.makes_roles:
            raise Refused(
                f"The login {asking.name} may not make or change logins on this server.",
                hint=f"Nothing was changed. Its superuser can allow it: ALTER ROLE {quote(asking.name)} CREATEROLE",
            )
        known = connection.exec_driver_sql("SELECT rolname FROM pg_roles").scalars().all()
        missing = {self._names.owner, *self._names.groups} - set(known)
        if not missing and not connection.exec_driver_sql(_SEES).scalar_one():
            raise Refused(
                f"The login {asking.name} may not look into the database {self._names.database}.",
                hint=f"Nothing was changed. {MADE_BY_ANOTHER}",
            )
        found = schema.revision(connection)
        schema.refuse_unknown(found, "The shared database")
        if missing or found != schema.HEAD:
            raise CannotStart(
                f"The database {self._names.database} is not set up for this version yet.",
                hint="Nothing was changed. Run first: python main.py server setup",
            )


_SEES = "SELECT has_schema_privilege('public', 'USAGE')"
