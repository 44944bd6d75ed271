"""What a person has several of: ways to reach them, addresses, formats. Kept apart by their keys, so that a change of
one leaves the others alone and the trail says which it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select, update

from ppsdesk.domain.codes import Code, ContactKind, Safety
from ppsdesk.domain.people import Address, ContactPoint, PersonFacts
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.keyed import KeyedTable, term_id
from ppsdesk.storage.people_rows import AddressRow, ContactPointRow, PersonFormatRow
from ppsdesk.storage.prepared import Prepared
from ppsdesk.storage.vocabularies import TermIds

FORMAT: Table = PersonFormatRow.__table__  # type: ignore[assignment]
_ADD_FORMAT = Prepared(lambda _: insert(FORMAT).inline(), ("person_id", "term_id", "position"))
_CODES: dict[str, type[Code]] = {"kind": ContactKind, "safety": Safety}


class Part:
    """One kind of part: the field of the record that holds it, its table, and the record of one."""

    def __init__(self, field: str, row: type, record: type[ContactPoint] | type[Address]) -> None:
        self.field = field
        self.rows = KeyedTable(row.__table__, "This entry is not in the database any more.")  # type: ignore[attr-defined]
        self.record = record
        self.columns = tuple(one.name for one in fields(record))

    def values(self, part: ContactPoint | Address) -> dict[str, Any]:
        """One as columns, without whose it is and where it stands."""
        said = ((name, getattr(part, name)) for name in self.columns)
        return {name: value.value if isinstance(value, Code) else value for name, value in said}

    def read(self, row: Mapping[str, Any]) -> Any:
        """One as a record."""
        said: dict[str, Any] = {name: row[name] for name in self.columns}
        return self.record(**said | {name: code(said[name]) for name, code in _CODES.items() if name in said})


PARTS = (Part("contacts", ContactPointRow, ContactPoint), Part("addresses", AddressRow, Address))


class PersonParts:
    """The parts of people, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms

    def add(self, person_id: int, facts: PersonFacts) -> None:
        """Every part of somebody new."""
        for part in PARTS:
            placed = _placed(getattr(facts, part.field))
            part.rows.add(self._connection, [_row(part, person_id, *standing) for standing in placed.values()])
        self._add_formats(person_id, facts.formats)

    def keep(self, person_id: int, before: PersonFacts, after: PersonFacts) -> None:
        """Bring the parts to what `after` says: only what is gone, new, different or moved is touched."""
        for part in PARTS:
            was, now = _placed(getattr(before, part.field)), _placed(getattr(after, part.field))
            table = part.rows.table
            if gone := was.keys() - now.keys():
                self._connection.execute(delete(table).where(table.c.person_id == person_id, table.c.key.in_(gone)))
            part.rows.add(self._connection, [_row(part, person_id, *now[key]) for key in now if key not in was])
            for key in now.keys() & was.keys():
                if now[key] != was[key]:
                    mine = update(table).where(table.c.person_id == person_id, table.c.key == key)
                    self._connection.execute(mine, _row(part, person_id, *now[key]))
        if before.formats != after.formats:
            self._connection.execute(delete(FORMAT).where(FORMAT.c.person_id == person_id))
            self._add_formats(person_id, after.formats)

    def of(self, ids: list[int]) -> dict[int, dict[str, Any]]:
        """Contacts, addresses and formats of these people, each in its order, as arguments of their records."""
        found: dict[int, dict[str, Any]] = {
            person_id: {"contacts": (), "addresses": (), "formats": ()} for person_id in ids
        }
        for part in PARTS:
            table = part.rows.table
            question = select(table).where(table.c.person_id.in_(ids)).order_by(table.c.person_id, table.c.position)
            for row in self._connection.execute(question).mappings():
                mine = found[row["person_id"]]
                mine[part.field] = (*mine[part.field], part.read(dict(row)))
        question = select(FORMAT.c.person_id, FORMAT.c.term_id).where(FORMAT.c.person_id.in_(ids))
        for person_id, number in self._connection.execute(question.order_by(FORMAT.c.person_id, FORMAT.c.position)):
            mine = found[person_id]
            mine["formats"] = (*mine["formats"], self._terms.code(self._connection, number))
        return found

    def _add_formats(self, person_id: int, formats: Iterable[TermCode]) -> None:
        numbers = [
            term_id(self._connection, self._terms, Vocabulary.FORMAT, code) for code in dict.fromkeys(formats) if code
        ]
        _ADD_FORMAT.run_many(self._connection, ((person_id, number, place) for place, number in enumerate(numbers)))


Standing = tuple[int, ContactPoint | Address]


def _placed(parts: Iterable[ContactPoint | Address]) -> dict[UUID, Standing]:
    """By key, each with its place; of two with one key the later one."""
    by_key = {part.key: part for part in parts}
    return {key: (place, part) for place, (key, part) in enumerate(by_key.items())}


def _row(part: Part, person_id: int, place: int, one: ContactPoint | Address) -> dict[str, Any]:
    return {**part.values(one), "person_id": person_id, "position": place}
