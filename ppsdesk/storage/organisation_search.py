"""Finding schools and other organisations by any words of name, town, postcode or URN, in any order.

The words are kept as rows, so that thirty thousand schools are searched through an index, the same on both databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    intersect,
    select,
)

from ppsdesk.domain.names import fold
from ppsdesk.storage.people_rows import OrganisationRow, OrganisationSearchRow
from ppsdesk.storage.prepared import Prepared

ORGANISATION: Table = OrganisationRow.__table__  # type: ignore[assignment]
SEARCH: Table = OrganisationSearchRow.__table__  # type: ignore[assignment]
WORD_LIMIT = 40
WHOLE_LIMIT = 79
MOST_WORDS = 8  # of what was typed
MOST_NAMED, MOST_OTHERS = 200, 1_000  # organisations that are looked at
WHOLE = "="  # stands before a whole name
LAST = "\U0010ffff"  # after every word that begins with what stands before it
SAME = {"st": "saint", "saint": "st"}

_FORGET = Prepared(lambda _: delete(SEARCH).where(SEARCH.c.organisation_id == bindparam("number")), ("number",))
_ADD = Prepared(lambda _: insert(SEARCH).inline(), ("word", "organisation_id"))


def renew(connection: Connection, organisation_id: int, values: Mapping[str, Any]) -> None:
    """Make the words of one organisation again; `values` are its columns."""
    _FORGET.run(connection, (organisation_id,))
    _ADD.run_many(connection, ((word, organisation_id) for word in _words(values)))


def rebuild(connection: Connection) -> None:
    """Make the words of every organisation again."""
    connection.execute(delete(SEARCH))
    rows = connection.execute(select(ORGANISATION)).mappings().all()
    _ADD.run_many(connection, ((word, row["id"]) for row in rows for word in _words(dict(row))))


def find(connection: Connection, text: str, *, on: date | None, limit: int) -> list[int]:
    """The ids of organisations that have every word of `text` or one that begins so, at most `limit`, the best first.

    Those whose name begins with the text come first, then the others by name, those to be checked and those merged into
    another last. `on` leaves out those that were not open on that day; of merged ones that is for the other to say.
    Of words that more than a thousand have, as "primary", a thousand are looked at.
    """
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return []
    # Asked of the words alone, then of the organisations by number: joined, a server that has not yet counted the rows
    # of a list just taken in goes through all the words for each organisation.
    named = _offered(connection, _run(connection, _named(" ".join(words))), on)
    if sum(row.merged_into_id is None for row in named) < limit:
        having = intersect(*(select(SEARCH.c.organisation_id).where(_begins(word[:WORD_LIMIT])) for word in words))
        others = _run(connection, having.order_by(SEARCH.c.organisation_id).limit(MOST_OTHERS))
        known = {row.id for row in named}
        more = _offered(connection, [number for number in dict.fromkeys(others) if number not in known], on)
        named += sorted(more, key=lambda row: (row.name, row.id))
    named.sort(key=lambda row: (row.merged_into_id is not None, row.to_check))
    return [row.id for row in named[:limit]]


def _offered(connection: Connection, ids: list[int], on: date | None) -> list[Any]:
    """Of these organisations, in this order, those open on a day; of merged ones that is for the other to say."""
    if not ids:
        return []
    rows = {row.id: row for row in connection.execute(_OFFERED, {"ids": ids})}
    there = (rows[number] for number in ids)
    return [row for row in there if row.merged_into_id is not None or on is None or _open_on(row, on)]


def _words(values: Mapping[str, Any]) -> Iterable[str]:
    name = fold(values["name"])
    words = [*name.split(), *fold(values["town"]).split(), *fold(values["urn"]).split()]
    postcode = fold(values["postcode"])
    words += [*postcode.split(), postcode.replace(" ", "")]
    words += [SAME[word] for word in words if word in ("st", "saint")]
    return dict.fromkeys([WHOLE + name[:WHOLE_LIMIT], *(word[:WORD_LIMIT] for word in words if word)])


def _begins(word: str) -> ColumnElement[bool]:
    return and_(SEARCH.c.word >= word, SEARCH.c.word < word + LAST)


def _named(whole: str) -> Select[int]:
    named = select(SEARCH.c.organisation_id).where(_begins((WHOLE + whole)[:WHOLE_LIMIT]))
    return named.order_by(SEARCH.c.word, SEARCH.c.organisation_id).limit(MOST_NAMED)


def _open_on(row: Any, day: date) -> bool:
    return (row.opened_on is None or row.opened_on <= day) and (row.closed_on is None or day <= row.closed_on)


def _run(connection: Connection, question: Executable) -> list[int]:
    return list(connection.execute(question).scalars())


_OFFERED = select(
    ORGANISATION.c.id,
    ORGANISATION.c.name,
    ORGANISATION.c.to_check,
    ORGANISATION.c.opened_on,
    ORGANISATION.c.closed_on,
    ORGANISATION.c.merged_into_id,
).where(ORGANISATION.c.id.in_(bindparam("ids", expanding=True, literal_execute=True)))
