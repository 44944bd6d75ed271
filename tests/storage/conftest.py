"""What the storage tests share: local files, a count of queries, and how a refusal reads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from ppsdesk.assembly import Services
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.rights import Role
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.conftest import PERSON, services_on
from tests.fakes import Clock
from tests.storage.shared_server import Shared, shared_server

OpenLocal = Callable[[Path], Storage]
At = Callable[[Role], Services]  # the desk of whoever has that role


@pytest.fixture(scope="module")
def shared(server: postgres.Server) -> Iterator[Shared]:
    """Set up as the administrator does it; everybody has the password of the tests."""
    with shared_server(server) as made:
        yield made


@pytest.fixture
def at(shared: Shared, tmp_path: Path, clock: Clock) -> Iterator[At]:
    """The desk of whoever has that role."""
    opened: list[Services] = []

    def at(role: Role) -> Services:
        opened.append(services_on(shared.sign_in(role), tmp_path / role.value, clock))
        return opened[-1]

    yield at
    for desk in opened:
        desk.close()


@pytest.fixture
def local_file(local_template: Path, tmp_path: Path) -> Path:
    """A closed local database with the lists and no calls."""
    path = tmp_path / "desk" / "ppsdesk.db"
    path.parent.mkdir()
    shutil.copy(local_template, path)
    return path


@pytest.fixture
def open_file() -> Iterator[OpenLocal]:
    """Opens local databases; closes them after the test."""
    opened: list[Storage] = []

    def open_one(path: Path) -> Storage:
        opened.append(opening.open_local(path, starters(), person=PERSON, backups=path.parent / "backups", now=NOW))
        return opened[-1]

    yield open_one
    for storage in opened:
        storage.close()


@contextmanager
def recorded_queries(engine: Engine) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile, without those that only begin or sign."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if not statement.startswith(("BEGIN", "UPDATE acting_person")):
            said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def queries() -> Callable[[Engine], Any]:
    """Records what is asked of a database: `with queries(engine) as said`."""
    return recorded_queries


def reads_well(error: DeskError) -> bool:
    """Whether a person is told what happened and what is safe, without the words of a machine."""
    technical = r"traceback|exception|errno|sqlalchemy|psycopg|sqlcipher|OperationalError|0x[0-9a-f]+|\bNone\b"
    both = (error.message, error.hint)
    return all((part and part[0].isupper()) or part[:1] == "“" for part in both) and all(
        part.endswith((".", "--create", "server setup", "?"))
        and "\n" not in part
        and not re.search(technical, part, re.IGNORECASE)
        for part in both
    )
