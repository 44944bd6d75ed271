"""A look at a shared server, one answer after the other, with the connection the program itself would use.

The first bad answer ends it. Every step ends within seconds: a server that says nothing is given up.
"""

from __future__ import annotations

import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from ppsdesk.domain.errors import CannotStart, DeskError
from ppsdesk.domain.rights import Role
from ppsdesk.domain.server_place import (
    ENCRYPTION,
    ROLE,
    SERVER,
    SIGN_IN,
    TABLES,
    USUAL_PORT,
    CheckLine,
    role_in_words,
)
from ppsdesk.storage import engine, opening, own_password, server
from ppsdesk.storage.granting import SCHEMA
from ppsdesk.storage.listening import SSL_REQUEST
from ppsdesk.storage.plain_words import KEPT
from ppsdesk.storage.rows import DataSetRow
from ppsdesk.storage.work import plain_errors

PATIENCE = 5.0  # seconds for a server to be found and to answer its door
ANSWERS = (b"S", b"N", b"E")  # what PostgreSQL says to whoever asks for encryption
VERIFIED = "verify-full"
NO_RIGHT = "42501"  # PostgreSQL's error codes, appendix A
SHEET = "Check it against the administrator's sheet, letter by letter."
ADD_PERSON = "Ask whoever looks after the server to run: python main.py server add-person {} --role ROLE"


class ServerCheck:
    """Asks step by step; holds the connection until `close`, so that the password can be changed with it."""

    def __init__(self, url: URL, password: str) -> None:
        self._url = url
        self._engine: Engine = engine.shared(url.set(password=password))
        self.person = url.username or ""
        self.role: Role | None = None

    def lines(self) -> Generator[CheckLine]:
        """The answers in the order of the questions, up to the first bad one."""
        door = self._door()
        yield door
        if not door.good:
            return
        if self._certificate_file and not Path(self._certificate_file).is_file():
            yield _certificate("root certificate file", CannotStart(""), self._url)
            return
        try:
            with plain_errors(), self._engine.connect() as connection:
                yield self._encrypted(connection)
                yield self._signed_in(connection)
                yield from self._records(connection)
        except DeskError as error:
            yield from self._not_let_in(error)

    def is_one_time(self) -> bool:
        """Whether the password is one that an administrator made."""
        return own_password.is_one_time(self._engine)

    def change_password(self, new: str) -> None:
        """Change it on the server."""
        own_password.change(self._engine, new)

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()

    @property
    def _certificate_file(self) -> str:
        named = str(self._url.query.get("sslrootcert", ""))
        return "" if named == "system" else named

    # -- the door ------------------------------------------------------------------------------------------------------

    def _door(self) -> CheckLine:
        hosts = engine.hosts(self._url)
        host, port = hosts[-1], self._url.port or USUAL_PORT
        if len(hosts) > 1 or not host or host.startswith("/"):  # a socket of this computer, or a choice of servers
            return CheckLine(about=SERVER, words="The server is asked when you sign in.")
        ends = monotonic() + PATIENCE
        try:
            said = _knock(_looked_up(host, port, ends), ends)
        except socket.gaierror:
            return _bad(
                SERVER,
                f"There is no server named “{host}”, or this computer has no network.",
                f"{SHEET} Away from the office you may have to connect to the council's network first.",
                "server",
            )
        except ConnectionError:
            return _bad(
                SERVER,
                f"{host} can be reached, but no database answers there at port {port}.",
                "Check the port on the administrator's sheet. If it is right, the server may be switched off just now.",
                "port",
            )
        except OSError as error:
            within = f" within {PATIENCE:.0f} seconds" if isinstance(error, TimeoutError) else ""
            return _bad(
                SERVER,
                f"{host} did not answer{within}.",
                "Check the name and the network. Away from the office you may have to connect to the council's network"
                " first; otherwise a firewall may be in the way.",
                "server",
            )
        if said not in ANSWERS:
            return _bad(
                SERVER,
                f"Something answers at {host}, port {port}, but it is not a PostgreSQL server.",
                SHEET,
                "port",
            )
        return CheckLine(about=SERVER, words=f"The server {host} answers.")

    # -- signing in ----------------------------------------------------------------------------------------------------

    def _encrypted(self, connection: Connection) -> CheckLine:
        for line in self._reached_safely():
            return line
        driver: Any = connection.connection.dbapi_connection
        if not driver.pgconn.ssl_in_use:
            words = "The connection is not encrypted: the address switches it off."
            return CheckLine(about=ENCRYPTION, words=words, hint="Leave sslmode out of the address.", doubtful=True)
        words = "The connection is encrypted, but the address switches off the check that this is the right server."
        return CheckLine(about=ENCRYPTION, words=words, hint="Leave sslmode out of the address.", doubtful=True)

    def _reached_safely(self) -> Iterator[CheckLine]:
        """Where nobody else can listen: without that no connection is made at all. Nothing for an address of less."""
        local, mode = engine.is_this_computer(self._url), self._url.query.get("sslmode")
        if mode == VERIFIED or (mode is None and not local):
            host = self._url.host or ", ".join(engine.hosts(self._url))
            words = f"The connection is encrypted, and the certificate is that of {host}."
            yield CheckLine(about=ENCRYPTION, words=words)
        elif local:
            yield CheckLine(about=ENCRYPTION, words="The server is this computer itself: nothing leaves it.")

    def _signed_in(self, connection: Connection) -> CheckLine:
        self.person = connection.exec_driver_sql("SELECT session_user").scalar_one()
        return CheckLine(about=SIGN_IN, words=f"You are signed in as {self.person}.")

    def _not_let_in(self, error: DeskError) -> Iterator[CheckLine]:
        """Which question it was the answer to, by what the driver said."""
        cause = error.__cause__
        said = str(getattr(cause, "orig", None) or cause).lower()
        if "pg_hba.conf" not in said and ("certificate" in said or "ssl" in said):
            yield _certificate(said, error, self._url)
            return
        if "fatal" in said:  # the server itself said no, so it was reached as safely as was wanted
            yield from self._reached_safely()
        name, database = self._url.username or "", self._url.database or ""
        if "permission denied for database" in said:
            words = f"The password is right, but {name} has no role in the database {database}."
            yield _bad(SIGN_IN, words, ADD_PERSON.format(name), "name")
        elif "authentication failed" in said or "no password supplied" in said:
            yield _bad(
                SIGN_IN,
                f"The server did not accept the name {name} with this password.",
                "Check the name and type the password again, with capitals as they are. After several attempts ask"
                " whoever looks after the server for a new one-time password.",
                "password",
            )
        elif "database" in said and "does not exist" in said:
            yield _bad(SIGN_IN, f"The server has no database named {database}.", SHEET, "database")
        else:
            hint = error.hint.replace(KEPT, "Try again in a moment.")
            yield _bad(SIGN_IN, error.message.replace(", so this was not saved", ""), hint)

    # -- the records ---------------------------------------------------------------------------------------------------

    def _records(self, connection: Connection) -> Iterator[CheckLine]:
        try:
            if not connection.exec_driver_sql(_MAY_LOOK).scalar_one():
                yield self._no_role()
                return
            opening.refuse_another_age(connection)
            yield CheckLine(about=TABLES, words="The records of ppsdesk are there, and of this version.")
            connection.execute(select(DataSetRow.id))  # a login may be let in and still have no right to anything
            self.role = server.role_of(connection, self._url.database or "")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != NO_RIGHT:
                raise
            yield self._no_role()
        except DeskError as error:
            yield _bad(TABLES, error.message, error.hint, "database")
        else:
            yield _role(self.role)

    def _no_role(self) -> CheckLine:
        words = f"{self.person} has no role in the database {self._url.database}."
        return _bad(ROLE, words, ADD_PERSON.format(self.person), "name")


def _bad(about: str, words: str, hint: str, field: str = "") -> CheckLine:
    return CheckLine(about=about, words=words, hint=hint, good=False, field=field)


def _looked_up(host: str, port: int, ends: float) -> list[Any]:
    """Its numbers; in a thread of its own, as the system may take half a minute to find out that there are none."""
    answers: SimpleQueue[list[Any] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except OSError as error:
            answers.put(error)
        except UnicodeError:  # a name with an empty part, or a part that is too long
            answers.put(socket.gaierror(f"{host} is no name"))

    Thread(target=ask, name="looking-up", daemon=True).start()
    try:
        found = answers.get(timeout=max(ends - monotonic(), 0.1))
    except Empty:
        raise TimeoutError from None
    if isinstance(found, OSError):
        raise found
    return found


def _knock(places: list[Any], ends: float) -> bytes:
    """What answers at the first of these places that does. The `OSError` of the last one where none does."""
    trouble: OSError = TimeoutError()
    for family, kind, protocol, _name, place in places:
        left = ends - monotonic()
        if left <= 0:
            break
        try:
            with socket.socket(family, kind, protocol) as door:
                door.settimeout(left)
                door.connect(place)
                door.sendall(SSL_REQUEST)
                return door.recv(1)
        except OSError as error:
            trouble = error
    raise trouble


_MAY_LOOK = f"SELECT has_schema_privilege('{SCHEMA}', 'USAGE')"  # without it no table is seen at all

# part of what the driver said, words, hint, field to put right
_CERTIFICATES = (
    ("does not match host name", "The server's certificate is made out for another name than {host}.",
     f"Your password was not sent. {SHEET} Take the server's name exactly as it stands there.", "server"),
    ("root certificate file", "The certificate file {file} cannot be read.",
     "Check where the file is, or leave the field empty if there is none on the sheet.", "certificate"),
    ("could not read root certificate", "The certificate file {file} cannot be read.",
     "Check that it is the file the administrator gave you.", "certificate"),
    ("does not support ssl", "The server offers no encrypted connection.",
     "Your password was not sent. Ask whoever looks after the server to switch TLS on.", ""),
    ("verify failed",
     "The server could not prove that it is the right one: this computer does not know who signed its certificate, or"
     " it has run out.",
     "Your password was not sent. If the council signs its own certificates, the administrator's sheet names a"
     " certificate file: enter it.", "certificate"),
)  # fmt: skip


def _certificate(said: str, error: DeskError, url: URL) -> CheckLine:
    named = {"host": url.host or "this computer", "file": url.query.get("sslrootcert", "")}
    for part, words, hint, field in _CERTIFICATES:
        if part in said:
            return _bad(ENCRYPTION, words.format(**named), hint, field)
    return _bad(ENCRYPTION, error.message, error.hint.replace(KEPT, "Your password was not sent."))


def _role(role: Role | None) -> CheckLine:
    if role is None:
        words = "You have no role: this login owns the records or looks after the server, and nothing is held back."
        return CheckLine(
            about=ROLE, words=words, hint="For daily work sign in with a login of your own.", doubtful=True
        )
    return CheckLine(about=ROLE, words=f"Your role is {role.label}.", hint=role_in_words(role))
