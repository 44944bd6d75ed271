"""The calls as lists of any length: numbers first, then the lines one looks at."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, union

from ppsdesk.domain.codes import Direction
from ppsdesk.domain.lists import CallLine, CallOrder
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage.call_links import CHILD_STAGE, SEVERAL, linked_terms
from ppsdesk.storage.calls import CALL
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import TermRow
from ppsdesk.storage.selecting import where
from ppsdesk.storage.vocabularies import TermIds


class CallLists:
    """Lists of calls, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms

    def ids(self, selection: Selection, *, order: CallOrder, descending: bool, limit: int | None = None) -> array[int]:
        """The numbers of the calls a selection means, in order: eight bytes each, so a million fit easily."""
        columns = [(c.desc().nulls_last() if descending else c.asc().nulls_first()) for c in _ORDERS[order]]
        question = select(CALL.c.id).where(where(selection)).order_by(*columns).limit(limit)
        found = self._connection.execute(question)
        assert found.cursor is not None
        numbers: array[int] = array("q")
        # straight from the driver, never all at once: a Row for each of a million numbers costs more than the query
        while part := found.cursor.fetchmany(10_000):
            numbers.extend(number for (number,) in part)
        return numbers

    @stored_values()
    def lines(self, ids: Sequence[int]) -> dict[int, CallLine]:
        """Those calls as lines of a list, by id. Four queries, whatever the number."""
        wanted = list(ids)
        topics = self._linked(wanted, "topics")
        stages = self._with_stage(wanted)
        advice = self._linked(wanted, "advice")
        rows = self._connection.execute(select(CALL).where(CALL.c.id.in_(wanted)))
        return {
            row.id: CallLine(
                id=row.id,
                taken_on=row.taken_on,
                started_at=row.started_at,
                direction=Direction(row.direction),
                line=self._terms.code(self._connection, row.line_id),
                caller_kind=self._terms.code(self._connection, row.caller_kind_id),
                anonymous=row.anonymous,
                caller_name=row.caller_name,
                child_name=row.child_name,
                topics=topics.get(row.id, ()),
                minutes=row.minutes,
                taken_by=row.taken_by,
                missing=sum((row.level_id is None, row.outcome_id is None, row.id not in stages, row.id not in advice)),
                removed=row.removed_at is not None,
                reference=row.reference or "",
            )
            for row in rows
        }

    def people(self) -> tuple[str, ...]:
        """Everybody who took a call, by name."""
        question = select(CALL.c.taken_by).where(CALL.c.taken_by != "").distinct().order_by(CALL.c.taken_by)
        return tuple(self._connection.execute(question).scalars())

    def _with_stage(self, ids: list[int]) -> frozenset[int]:
        """Those of the calls that name a stage, of a child on record or of another."""
        tables = (SEVERAL["stages"][1], CHILD_STAGE)
        question = union(*(select(table.c.call_id).where(table.c.call_id.in_(ids)) for table in tables))
        return frozenset(self._connection.execute(question).scalars())

    def _linked(self, ids: list[int], name: str) -> dict[int, tuple[TermCode, ...]]:
        return linked_terms(self._connection, self._terms, SEVERAL[name][1], ids)


_LINE_LABEL = select(TermRow.label).where(TermRow.id == CALL.c.line_id).scalar_subquery()
_ORDERS: dict[CallOrder, tuple[Any, ...]] = {
    CallOrder.WHEN: (CALL.c.taken_on, CALL.c.started_at, CALL.c.id),
    CallOrder.CALLER: (CALL.c.caller_name, CALL.c.taken_on, CALL.c.id),
    CallOrder.LINE: (_LINE_LABEL, CALL.c.taken_on, CALL.c.id),
    CallOrder.MINUTES: (CALL.c.minutes, CALL.c.taken_on, CALL.c.id),
    CallOrder.TAKEN_BY: (CALL.c.taken_by, CALL.c.taken_on, CALL.c.id),
}
