"""Working on a shared server as its administrator: a superuser, or a login that may make roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from ppsdesk.domain.errors import Refused
from ppsdesk.storage import engine
from ppsdesk.storage.work import plain_errors

NO_RIGHT = "42501"  # PostgreSQL's error codes, appendix A
NARROW = 160_000  # since this version whoever makes a role only gets the right to hand it out


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is and who signs in to it; the password shows nowhere."""

    url: URL
    password: str | None = field(repr=False)

    @property
    def database(self) -> str:
        """Its name."""
        return self.url.database or ""


@dataclass(frozen=True, slots=True)
class Me:
    """What the login of the session may do on the server."""

    name: str
    superuser: bool
    makes_roles: bool
    owns: bool
    version: int

    @property
    def narrow(self) -> bool:
        """Whether memberships say one by one what they bring (PostgreSQL 16)."""
        return self.version >= NARROW


def me(connection: Connection) -> Me:
    """Who is signed in."""
    return Me(*connection.exec_driver_sql(_ME).one())


@contextmanager
def acting_as(address: Address) -> Iterator[Engine]:
    """An engine with the administrator's own login, for one task."""
    opened = engine.shared(address.url.set(password=address.password))
    try:
        with plain_errors():
            yield opened
    finally:
        opened.dispose()


@contextmanager
def needs(what: str, hint: str) -> Iterator[None]:
    """A right that turns out to be missing is said by its name. Raises `Refused`."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != NO_RIGHT:
            raise
        said = str(error.orig).splitlines()[0]
        raise Refused(f"This login may not {what} ({said}).", hint=f"Nothing was changed. {hint}") from error


_ME = """
SELECT r.rolname, r.rolsuper, r.rolcreaterole, pg_has_role(session_user, d.datdba, 'USAGE'),
    current_setting('server_version_num')::int
FROM pg_roles r, pg_database d WHERE r.rolname = session_user AND d.datname = current_database()
"""
