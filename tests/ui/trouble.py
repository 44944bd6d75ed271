"""Real trouble for a database: it takes nothing for a while, as with a locked file or a stopped server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlcipher3

from ppsdesk.storage import engine
from ppsdesk.storage.work import Storage
from tests import postgres


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A local file that is locked is given up after a tenth of a second. Ask for it before the storage."""
    monkeypatch.setattr(engine, "BUSY_MS", 100)


@contextmanager
def taking_nothing(storage: Storage, server: postgres.Server | None) -> Iterator[None]:
    """Another program holds the file, or the server has thrown everybody out and lets nobody in."""
    if server is None:
        with storage.engine.connect() as connection:
            path = connection.exec_driver_sql("PRAGMA database_list").one()[2]
        other = sqlcipher3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    name = storage.engine.url.database
    with server.connect() as administrator:
        administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def server_of(storage: Storage, request: pytest.FixtureRequest) -> postgres.Server | None:
    """The server the storage is on, None for a local file."""
    if storage.engine.dialect.name != "postgresql":
        return None
    server: postgres.Server = request.getfixturevalue("server")
    return server
