"""Opening the two databases, with every protection read back.

Local files are opened by sqlcipher3 (SQLite 3.53), never by the standard library's sqlite3: two SQLite libraries on one
file destroy it. Nothing in this program opens, copies or hashes the live file in any other way, as closing any
descriptor of it drops the locks of the whole process.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from ppsdesk.domain.errors import CannotStart
from ppsdesk.storage.london import FUNCTION, london_days

if TYPE_CHECKING:
    from ppsdesk.storage.listening import Listening

APPLICATION_ID = 0x50505344  # "PPSD" in the file's header: a file of ours and nobody else's
BUSY_MS = 10_000
# WAL is safe from this version on; earlier ones can lose commits when two connections meet (SQLite change log, 3.51.3).
WAL_SAFE = (3, 51, 3)
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def local(path: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine on a SQLite file. Transactions are ours: BEGIN, or BEGIN IMMEDIATE for writers.

    `foreign_keys` is switched off for upgrades only: batch migrations drop and rename tables.
    """
    from sqlcipher3 import dbapi2

    def connect() -> Any:
        connection = dbapi2.connect(str(path), timeout=BUSY_MS / 1000, check_same_thread=False)
        connection.isolation_level = None  # the driver's own BEGIN leaves DDL outside the transaction
        try:
            set_pragmas(connection, foreign_keys=foreign_keys)
            connection.create_function(FUNCTION, 2, london_days, deterministic=True)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool if foreign_keys else NullPool,
        hide_parameters=True,
        **({"pool_size": 5, "max_overflow": 5} if foreign_keys else {}),
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def set_pragmas(connection: Any, *, foreign_keys: bool = True) -> None:
    """Safety first, then read back: a pragma that did not take is a refusal, not a hope."""
    from sqlcipher3 import dbapi2

    journal = "wal" if dbapi2.sqlite_version_info >= WAL_SAFE else "delete"
    wanted = {
        "busy_timeout": BUSY_MS,
        "journal_mode": journal,
        "synchronous": 2,  # FULL: NORMAL loses acknowledged calls at a power cut
        "foreign_keys": int(foreign_keys),
        "temp_store": 2,
        "trusted_schema": 0,
    }
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
    for name, value in wanted.items():
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise CannotStart(
                f"The database file does not accept a safety setting ({name} stays {found}).",
                hint="Nothing was changed. It may lie on a network drive; keep it on this computer's own disk.",
            )


def first_look(path: Path) -> tuple[int, str | None]:
    """The mark in the file's header and the age of its schema (None: none), read without changing a byte."""
    from sqlcipher3 import dbapi2

    try:
        return _look(path, "mode=ro")
    except dbapi2.OperationalError as error:
        if not _needs_recovery(error):
            raise
        return _look(path, "immutable=1")


def _needs_recovery(error: Any) -> bool:
    # A journal that a crash left behind is for whoever may write: here it is read past, and our own file is then
    # opened for writing, which carries the journal out.
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))


def _look(path: Path, how: str) -> tuple[int, str | None]:
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=BUSY_MS / 1000)) as connection:
        mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
        if mark != APPLICATION_ID:
            return mark, None
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone():
            return mark, None
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return mark, str(found[0]) if found else None


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"BEGIN {kind}")


def straight(connection: Connection, statement: str, parameters: Any = (), *, many: bool = False) -> Any:
    """A statement given to SQLite's driver itself, within the connection's transaction; the driver's cursor.

    For the few that every save is made of, at a tenth of the cost. Errors are the driver's own, as `plain_words` knows.
    """
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.dbapi_connection
    return driver.executemany(statement, parameters) if many else driver.execute(statement, parameters)


def shared(url: URL, listening: Listening | None = None) -> Engine:
    """An engine on a PostgreSQL server, signing in as the person. TLS with a checked name for any host but this one.

    `listening` says how soon a server that has fallen silent is given up.
    """
    from ppsdesk.storage import listening as patience

    listens = listening or patience.Listening()
    query = dict(url.query)
    if "sslmode" not in query and not is_this_computer(url):
        query |= {"sslmode": "verify-full", "sslrootcert": query.get("sslrootcert", "system")}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query=query),
        pool_size=2,
        max_overflow=1,
        pool_pre_ping=True,
        pool_timeout=15,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "ppsdesk",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "tcp_user_timeout": 10_000,
            "options": "-c TimeZone=UTC -c lock_timeout=5s -c statement_timeout=30s "
            "-c idle_in_transaction_session_timeout=60s",
        },
    )

    def sign_in(dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> Any:
        changed = {"password": _changed_passwords[dialect]} if dialect in _changed_passwords else {}
        return listens.connect(**parameters | changed)

    event.listen(engine, "do_connect", sign_in)
    event.listen(engine, "checkout", _as_the_server_has_it)
    return engine


# of engines whose person changed their password since; by the dialect, which each engine has for itself
_changed_passwords: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def use_password(engine: Engine, password: str) -> None:
    """Sign in with this from now on: the person has changed it."""
    _changed_passwords[engine.dialect] = password


def _as_the_server_has_it(connection: Any, _record: Any, _proxy: Any) -> None:
    # After a question the pool leaves "READ WRITE" to be asked for, which a server that became read-only would grant.
    if connection.read_only is not None:
        connection.read_only = None


def hosts(url: URL) -> tuple[str, ...]:
    """Every server an address names, in its own place or among the options; "" is this computer."""
    named = [url.host or ""]
    for option in ("host", "hostaddr"):
        said = url.query.get(option, ())
        named += [said] if isinstance(said, str) else said
    return tuple(host for names in named for host in names.split(",")) or ("",)


def is_this_computer(url: URL) -> bool:
    """Whether nothing that is said to that server leaves this computer."""
    return all(host in LOCAL_HOSTS or host.startswith("/") for host in hosts(url))  # a folder is a socket here


def for_reading(engine: Engine) -> Engine:
    """Same pool; everything one job reads is of one moment."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def for_writing(engine: Engine) -> Engine:
    """Same pool; SQLite transactions take the write lock up front, so that a second writer waits instead of failing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(sqlite_begin="IMMEDIATE")
    return engine
