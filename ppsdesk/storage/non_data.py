"""Rings that were no enquiry: in and out of a table of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, select, update

from ppsdesk.domain.codes import NonDataKind
from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.non_data import NewNonDataCall, NonDataCall
from ppsdesk.domain.periods import Span
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage.keyed import KeyedTable, term_id
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import NonDataCallRow
from ppsdesk.storage.vocabularies import TermIds

RING: Table = NonDataCallRow.__table__  # type: ignore[assignment]
KEYED = KeyedTable(RING, "This non-data call is not on record.")


class NonDataRepository:
    """The non-data calls, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms

    def add_once(self, call: NewNonDataCall) -> int:
        """Write the ring down, or find one of this key there already; its id either way."""
        values = {
            "key": call.key,
            "version": 1,
            "kind": call.kind.value,
            "line_id": term_id(self._connection, self._terms, Vocabulary.LINE, call.line),
            "taken_on": call.taken_on,
            "at": call.at,
            "taken_by": call.taken_by,
        }
        return KEYED.add_once(self._connection, values) or KEYED.id(self._connection, call.key)

    def mark_removed(self, call_id: int, version: int, at: datetime | None) -> NonDataCall:
        """Take one entered by mistake out of every list and figure, or put it back (`at` None)."""
        question = update(RING).where(RING.c.id == call_id, RING.c.version == version)
        changed = self._connection.execute(question, {"removed_at": at, "version": version + 1}).rowcount
        ring = self.get(call_id)
        if changed != 1:
            raise Conflict(
                "Somebody changed this non-data call while you had it open.",
                hint="Nothing was saved. Look at how it stands now, then do it again.",
                theirs=ring,
            )
        return ring

    def get(self, call_id: int) -> NonDataCall:
        """One of them, removed or not. `NotFound` when there is none."""
        found = self._read(RING.c.id == call_id)
        if not found:
            raise KEYED.not_there()
        return found[0]

    def all(self, span: Span) -> tuple[NonDataCall, ...]:
        """Those of these days, newest first, without the removed ones."""
        return self._read(counted(span))

    @stored_values()
    def counts(self, span: Span) -> Mapping[NonDataKind, int]:
        """How many of each kind in these days; a kind without any is 0."""
        question = select(RING.c.kind, func.count()).where(counted(span)).group_by(RING.c.kind)
        found = {NonDataKind(kind): number for kind, number in self._connection.execute(question)}
        return {kind: found.get(kind, 0) for kind in NonDataKind}

    @stored_values()
    def _read(self, wanted: ColumnElement[bool]) -> tuple[NonDataCall, ...]:
        found = self._connection.execute(select(RING).where(wanted).order_by(RING.c.at.desc(), RING.c.id.desc()))
        return tuple(self._ring(row) for row in found)

    def _ring(self, row: Row[Any]) -> NonDataCall:
        return NonDataCall(
            id=row.id,
            key=row.key,
            version=row.version,
            kind=NonDataKind(row.kind),
            line=self._terms.code(self._connection, row.line_id),
            taken_on=row.taken_on,
            at=row.at,
            taken_by=row.taken_by,
            removed_at=row.removed_at,
        )


def counted(span: Span) -> ColumnElement[bool]:
    """Those of these days that were not removed."""
    return and_(RING.c.removed_at.is_(None), RING.c.taken_on.between(span.first, span.last))
