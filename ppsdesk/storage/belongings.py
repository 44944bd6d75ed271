"""What the tables of a family have in common: they belong to a person, and are changed only at their version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, select

from ppsdesk.domain.errors import Conflict
from ppsdesk.storage.keyed import KeyedTable
from ppsdesk.storage.organisations import OrganisationRepository
from ppsdesk.storage.people import PERSON, PeopleRepository
from ppsdesk.storage.vocabularies import TermIds


class Belongings:
    """On one unit of work's connection, beside its people and organisations."""

    def __init__(
        self, connection: Connection, terms: TermIds, people: PeopleRepository, organisations: OrganisationRepository
    ) -> None:
        self._connection = connection
        self._terms = terms
        self._people = people
        self._organisations = organisations

    def _one(self, rows: KeyedTable, key: UUID) -> Any:
        """The row of that key, as `with_person` reads it. Raises `NotFound`."""
        row = self._connection.execute(with_person(rows.table).where(rows.table.c.key == key)).one_or_none()
        if row is None:
            raise rows.not_there()
        return row

    def _all(self, table: Table, person_id: int) -> list[Any]:
        """Those of one person that were not removed, in the order they were noted in."""
        mine = with_person(table).where(table.c.person_id == person_id, table.c.removed_at.is_(None))
        return list(self._connection.execute(mine.order_by(table.c.id)))


def with_person(table: Table) -> Select[Any]:
    """Rows with the key of the person they belong to."""
    question = select(table, PERSON.c.key.label("person_key"))
    return question.join_from(table, PERSON, table.c.person_id == PERSON.c.id)


def changed_meanwhile(what: str, theirs: object) -> Conflict:
    """Somebody else saved that part first."""
    return Conflict(
        f"Somebody changed this {what} while you had it open.",
        hint="Your version is still here. Compare the two, then save again.",
        theirs=theirs,
    )
