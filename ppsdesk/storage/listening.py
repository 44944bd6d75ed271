"""A server that has fallen silent is found out within seconds, though its connection still seems open.

TCP alone does not notice when something in between goes on taking what is sent: a stalled tunnel, a firewall, a server
that hangs. So whoever waits for an answer and hears nothing for a while asks the server's door, on a connection of its
own and without signing in, whether anybody is there. A long question to a server that is well is left in peace.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import psycopg
from psycopg import OperationalError

QUIET = 3.0  # seconds of silence after which the door is asked
REPLY = 4.0  # seconds it may take to answer; together well below ten
REMEMBERED = 0.2  # seconds: the connection that is made in its place is told the same at once
SSL_REQUEST = bytes((0, 0, 0, 8, 4, 210, 22, 47))  # "may I encrypt?": one byte is answered, before any signing in
SILENT = "the server does not answer any more"


@dataclass(slots=True)
class Listening:
    """How long one engine's connections wait; seconds."""

    quiet: float = QUIET
    reply: float = REPLY
    _silent_until: float = field(default=0.0, init=False)

    def connect(self, **parameters: Any) -> psycopg.Connection[Any]:
        """Sign in. `psycopg.OperationalError` where nobody answers."""
        if monotonic() < self._silent_until:
            raise OperationalError(SILENT)
        connection = _Connection.connect(**_resolved(parameters))
        connection.listening = self
        return connection

    def ask(self, pgconn: Any) -> None:
        """Whether the server of that connection is still there; `OperationalError` when it says nothing."""
        host = _said(pgconn, "hostaddr") or _said(pgconn, "host")
        if not host or host.startswith("/"):  # a socket on this computer does not stall
            return
        try:
            with socket.create_connection((host, int(_said(pgconn, "port") or 5432)), timeout=self.reply) as door:
                door.sendall(SSL_REQUEST)
                if door.recv(1):
                    return
        except OSError:
            pass
        self._silent_until = monotonic() + REMEMBERED
        raise OperationalError(SILENT)


class _Connection(psycopg.Connection[Any]):
    """Waits for answers as every connection does, and asks after the server while it waits."""

    listening: Listening | None = None

    def wait(self, gen: Any, *args: Any, **named: Any) -> Any:
        """Wait until `gen` has ended. `OperationalError`, and this connection closed, when the server is gone."""
        return super().wait(self._heard(gen) if self.listening else gen, *args, **named)

    def _heard(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            waits_for = next(gen)
            since = monotonic()
            while True:
                ready = yield waits_for
                if ready:
                    since = monotonic()
                elif self.listening is not None and monotonic() - since > self.listening.quiet:
                    self._ask(self.listening.ask)
                    since = monotonic()
                waits_for = gen.send(ready)
        except StopIteration as ended:
            return ended.value

    def _ask(self, ask: Callable[[Any], None]) -> None:
        try:
            ask(self.pgconn)
        except OperationalError:
            self.pgconn.finish()
            raise


def _said(pgconn: Any, what: str) -> str:
    with suppress(psycopg.Error, AttributeError):
        return str(getattr(pgconn, what).decode())
    return ""


def _resolved(parameters: dict[str, Any]) -> dict[str, Any]:
    """With the addresses of its host: looked up here, as the driver would hold up every other thread meanwhile."""
    host = str(parameters.get("host") or "")
    if not host or "hostaddr" in parameters or host.startswith("/") or "," in host:
        return parameters
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise OperationalError(f'could not translate host name "{host}" to address') from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    return parameters | {"host": ",".join([host] * len(addresses)), "hostaddr": ",".join(addresses)}
