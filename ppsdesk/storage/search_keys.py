"""Search keys kept as rows: made anew with each change of a person, or all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from ppsdesk.domain.codes import ContactKind
from ppsdesk.domain.people import Address, ContactPoint, PersonFacts
from ppsdesk.domain.search_keys import keys_of
from ppsdesk.storage.people_rows import AddressRow, ContactPointRow, PersonRow, PersonSearchRow
from ppsdesk.storage.prepared import Prepared

SEARCH: Table = PersonSearchRow.__table__  # type: ignore[assignment]
AT_ONCE = 20_000  # people whose keys are made together
_ADD = Prepared(lambda _: insert(SEARCH).inline(), ("sort", "word", "person_id"))


def renew(connection: Connection, person_id: int, facts: PersonFacts) -> None:
    """Make one person's keys anew, in the transaction of the change; somebody removed keeps none.

    To be called after the person's row was written.
    """
    connection.execute(delete(SEARCH).where(SEARCH.c.person_id == person_id))
    there = select(PersonRow.id).where(PersonRow.id == person_id, PersonRow.removed_at.is_(None))
    if connection.execute(there).first():
        _ADD.run_many(connection, ((sort, word, person_id) for sort, word in sorted(keys_of(facts))))


def rebuild(connection: Connection) -> int:
    """Make everybody's keys anew, after an import or when the way they are made has changed; how many people."""
    connection.execute(delete(SEARCH))
    ids = connection.execute(
        select(PersonRow.id).where(PersonRow.removed_at.is_(None)).order_by(PersonRow.id)
    ).scalars().all()  # fmt: skip
    for begin in range(0, len(ids), AT_ONCE):
        some = ids[begin : begin + AT_ONCE]
        rows = sorted(
            (sort, word, number)
            for number, facts in _facts(connection, some[0], some[-1])
            for sort, word in keys_of(facts)
        )
        _ADD.run_many(connection, rows)
    return len(ids)


def _facts(connection: Connection, first: int, last: int) -> Iterator[tuple[int, PersonFacts]]:
    """What keys are made of, for the people of these numbers."""
    points, addresses = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
    for row in connection.execute(_between(ContactPointRow, first, last, "person_id", "key", "kind", "value")):
        points[row.person_id].append(ContactPoint(key=row.key, kind=ContactKind(row.kind), value=row.value))
    for row in connection.execute(_between(AddressRow, first, last, "person_id", "key", "town", "postcode")):
        addresses[row.person_id].append(Address(key=row.key, town=row.town, postcode=row.postcode))
    names = ("id", "given_names", "family_name", "known_as", "former_names", "born_on")
    for row in connection.execute(
        _between(PersonRow, first, last, *names, number="id").where(PersonRow.removed_at.is_(None))
    ):
        yield (
            row.id,
            PersonFacts(
                given_names=row.given_names,
                family_name=row.family_name,
                known_as=row.known_as,
                former_names=row.former_names,
                born_on=row.born_on,
                contacts=tuple(points[row.id]),
                addresses=tuple(addresses[row.id]),
            ),
        )


def _between(table: Any, first: int, last: int, *names: str, number: str = "person_id") -> Any:
    columns = table.__table__.c
    return select(*(columns[name] for name in names)).where(columns[number].between(first, last))
