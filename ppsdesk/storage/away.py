"""In the place of a shared database that has not answered yet: it refuses every question without asking anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL

from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.rights import Role
from ppsdesk.storage import engine
from ppsdesk.storage.plain_words import KEPT
from ppsdesk.storage.work import Storage, UnitOfWork

NO_ANSWER = "The database server did not answer."


class Away(Storage):
    """Nobody has looked yet whether this login may come in and whether the tables are ours: nothing goes through."""

    def __init__(self, url: URL, *, person: str, role: Role | None) -> None:
        super().__init__(engine.shared(url), person=person, role=role)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """`StorageUnavailable`, at once."""
        raise StorageUnavailable(NO_ANSWER, hint=KEPT)
        yield

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """`StorageUnavailable`, at once."""
        raise StorageUnavailable(NO_ANSWER, hint=KEPT)
        yield
