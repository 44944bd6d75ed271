"""A bad network: a proxy on this machine between a desk and the server, which does what it is told.

Bytes are taken and given on by a thread for each direction of each connection. Told to stall, it goes on taking what is
sent and gives nothing on, as a half-open connection does; told to cut, it closes everything at once.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests import postgres

COMMIT = b"COMMIT\0"  # "BEGIN ... READ COMMITTED" holds the word too
AT_ONCE = 65_536
AT_ONCE_CLOSED = struct.pack("ii", 1, 0)  # SO_LINGER: a reset, not a polite end


@dataclass
class Link:
    """One connection of a desk, and the proxy's own to the server."""

    desk: socket.socket
    server: socket.socket

    def cut(self) -> None:
        """Reset both."""
        for end in (self.desk, self.server):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE_CLOSED)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass
class Proxy:
    """`asked` and `answered` count the bytes given on since `count_anew`, to the server and from it."""

    server_port: int
    listening: socket.socket
    asked: int = 0
    answered: int = 0
    refuses: bool = False
    delay: float = 0.0
    _flows: threading.Event = field(default_factory=threading.Event)
    _links: list[Link] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _cut_asked: int | None = None
    _cut_answered: int | None = None
    _no_answer_to: bytes = b""
    _swallowed: Link | None = None
    cuts: int = 0
    taken: int = 0

    @property
    def port(self) -> int:
        """Where a desk finds it."""
        return int(self.listening.getsockname()[1])

    def address(self, database: str, login: str) -> str:
        """What a person would type to reach the server through it."""
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def stall(self) -> None:
        """Give nothing on, in any direction, and go on taking."""
        self._flows.clear()

    def flow(self) -> None:
        """All is well: what waited is given on."""
        self.refuses, self._swallowed, self._no_answer_to = False, None, b""
        self._cut_asked = self._cut_answered = None
        self._flows.set()

    def cut(self, *, and_refuse: bool = False) -> None:
        """Reset every connection; new ones are reset too if it is to refuse."""
        self.refuses = and_refuse
        with self._lock:
            links, self._links = self._links, []
        self.cuts += bool(links)
        for link in links:
            link.cut()

    def count_anew(self) -> None:
        """Bytes are counted from here on."""
        self.asked = self.answered = 0

    def cut_after(self, *, asked: int | None = None, answered: int | None = None) -> None:
        """Once so many bytes more have been given on to the server, or from it, everything is cut."""
        self.count_anew()
        self._cut_asked, self._cut_answered = asked, answered

    def lose_the_answer_to(self, words: bytes) -> None:
        """The server gets this statement; what it answers is lost, and the connection with it."""
        self._no_answer_to = words

    def serve(self) -> None:
        """Take connections until the listening socket is closed."""
        while True:
            try:
                desk, _ = self.listening.accept()
            except OSError:
                return
            self.taken += 1
            if self.refuses:
                Link(desk, desk).cut()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.server_port), timeout=10)
            except OSError:
                Link(desk, desk).cut()
                continue
            link = Link(desk, server)
            server.settimeout(None)
            for end in (desk, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._links.append(link)
            for come, go, asking in ((desk, server, True), (server, desk, False)):
                threading.Thread(
                    target=self._carry, args=(link, come, go), kwargs={"asking": asking}, daemon=True
                ).start()

    def _carry(self, link: Link, come: socket.socket, go: socket.socket, *, asking: bool) -> None:
        try:
            while content := come.recv(AT_ONCE):
                self._flows.wait()
                if self.delay:
                    threading.Event().wait(self.delay)
                if not self._give_on(link, content, go, asking=asking):
                    return
        except OSError:
            pass
        for end in (come, go):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _give_on(self, link: Link, content: bytes, go: socket.socket, *, asking: bool) -> bool:
        """Give it on, as far as it is to be; whether the connection lives."""
        if asking and self._no_answer_to and self._no_answer_to in content:
            self._no_answer_to, self._swallowed = b"", link
        elif not asking and self._swallowed is link:
            self._swallowed = None
            self.cut()
            return False
        ends = self._cut_asked if asking else self._cut_answered
        sent = self.asked if asking else self.answered
        part = content if ends is None else content[: max(0, ends - sent)]
        go.sendall(part)
        if asking:
            self.asked += len(part)
        else:
            self.answered += len(part)
        if ends is not None and len(part) < len(content):
            self._cut_asked = self._cut_answered = None
            self.cut()
            return False
        return True


@contextmanager
def bad_network(server: postgres.Server) -> Iterator[Proxy]:
    """A proxy before the server of the tests, well at first."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        proxy = Proxy(server.port, listening)
        proxy.flow()
        serving = threading.Thread(target=proxy.serve, daemon=True)
        serving.start()
        try:
            yield proxy
        finally:
            proxy.flow()
            proxy.cut(and_refuse=True)
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
    serving.join(10)
