"""Calls in, calls out. Records only; SQLAlchemy Core on one unit of work's connection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from ppsdesk.domain.calls import Call, CallFacts, NewCall, Provenance, facts_of
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Conflict, NotFound, Refused
from ppsdesk.domain.history import Change
from ppsdesk.domain.imports import PlannedCall
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage import audit
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.prepared import Prepared
from ppsdesk.storage.rows import CallAdviceRow, CallRow, CallStageRow, CallTopicRow, ImportBatchRow
from ppsdesk.storage.vocabularies import TermIds

CALL: Table = CallRow.__table__  # type: ignore[assignment]
SEVERAL: dict[str, tuple[Vocabulary, Table]] = {
    "topics": (Vocabulary.TOPIC, CallTopicRow.__table__),  # type: ignore[dict-item]
    "advice": (Vocabulary.ADVICE, CallAdviceRow.__table__),  # type: ignore[dict-item]
    "stages": (Vocabulary.STAGE, CallStageRow.__table__),  # type: ignore[dict-item]
}
ONE: dict[str, tuple[Vocabulary, str]] = {
    "line": (Vocabulary.LINE, "line_id"),
    "method": (Vocabulary.METHOD, "method_id"),
    "caller_kind": (Vocabulary.CALLER_KIND, "caller_kind_id"),
    "level": (Vocabulary.LEVEL, "level_id"),
    "outcome": (Vocabulary.OUTCOME, "outcome_id"),
    "how_heard": (Vocabulary.HOW_HEARD, "how_heard_id"),
}
SAME = ("taken_on", "started_at", "ended_at", "minutes", "minutes_by_hand", "anonymous", "caller_name", "phone",
        "child_name", "notes", "taken_by", "entered_late")  # fmt: skip
AT_ONCE = 2_000
FILLED = tuple(column.name for column in CALL.columns if column.name not in ("id", "removed_at"))


def _insert_once(dialect: str) -> Insert:
    """An insert that adds nothing where the key is there already: saved twice, or again after a lost answer."""
    if dialect == "sqlite":
        return sqlite.insert(CALL).on_conflict_do_nothing(index_elements=["key"]).returning(CALL.c.id)
    return postgresql.insert(CALL).on_conflict_do_nothing(index_elements=["key"]).returning(CALL.c.id)


def _insert_into(table: Table, columns: Iterable[str]) -> Prepared:
    return Prepared(lambda _: insert(table).inline(), columns)


ADD_ONCE = Prepared(_insert_once, FILLED)
ADD = _insert_into(CALL, ("id", *FILLED))
AS_ROW = itemgetter(*FILLED)
LINKS = {name: _insert_into(table, ("call_id", "term_id", "position")) for name, (_, table) in SEVERAL.items()}


class CallRepository:
    """The calls, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_once(self, call: NewCall, *, recorded_at: datetime) -> int:
        """Log the call, or find that a call of this key is there already; its id either way.

        Where the answer to an earlier save was lost, what was typed since goes into that same call; `Conflict` when
        somebody changed it meanwhile.
        """
        row = AS_ROW(self._new(call, call.key, recorded_at, call.provenance))
        added = ADD_ONCE.run(self._connection, row)
        if added is None:
            return self._logged_before(call)
        for name, links in LINKS.items():
            links.run_many(self._connection, self._link_rows(added, call, name))
        return int(added)

    def _logged_before(self, call: NewCall) -> int:
        number = int(self._connection.execute(select(CALL.c.id).where(CALL.c.key == call.key)).scalar_one())
        kept = facts_of(self.get(number))
        several: dict[str, Any] = {name: tuple(dict.fromkeys(getattr(call, name))) for name in SEVERAL}
        if kept != replace(facts_of(call), minutes=call.length, **several):
            self.amend(number, 1, call)
        return number

    def add_many(self, calls: Sequence[NewCall], *, recorded_at: datetime) -> None:
        """Log calls that are known to be new, in bulk."""
        self._add([(call, self._new(call, call.key, recorded_at, call.provenance)) for call in calls])

    def add_imported(self, calls: Sequence[PlannedCall], batch_id: int, *, recorded_at: datetime) -> None:
        """Log rows of a call log that are known to be new, in bulk."""
        new = [(call.facts, self._new(call.facts, uuid4(), recorded_at)) for call in calls]
        for call, (_, values) in zip(calls, new, strict=True):
            values |= {"import_batch_id": batch_id, "import_row": call.row, "import_identity": call.identity}
        self._add(new)

    def _add(self, calls: Sequence[tuple[CallFacts, dict[str, Any]]]) -> None:
        numbered = list(zip(self._new_ids(len(calls)), calls, strict=True))
        ADD.run_many(self._connection, ((number, *AS_ROW(values)) for number, (_, values) in numbered))
        for name, links in LINKS.items():
            rows = (row for number, (facts, _) in numbered for row in self._link_rows(number, facts, name))
            links.run_many(self._connection, rows)

    def amend(self, call_id: int, version: int, facts: CallFacts) -> Call:
        """Change what was written down. `Conflict` (with the record as it now is) when somebody changed it since."""
        before = self.get(call_id)
        if before.version != version:
            raise self._changed(before)
        self._update(call_id, version, self._values(facts))
        for name, (_, table) in SEVERAL.items():
            if getattr(before, name) != getattr(facts, name):
                self._connection.execute(delete(table).where(table.c.call_id == call_id))
                LINKS[name].run_many(self._connection, self._link_rows(call_id, facts, name))
        return self.get(call_id)

    def mark_removed(self, call_id: int, version: int, at: datetime | None) -> Call:
        """Take a call entered by mistake out of every list and figure, or put it back (`at` None)."""
        self._update(call_id, version, {"removed_at": at})
        return self.get(call_id)

    def delete_untouched(self, batch_id: int) -> tuple[int, int]:
        """Delete the calls of an import that nobody changed since; (deleted, kept)."""
        mine = CALL.c.import_batch_id == batch_id
        wanted = self._connection.execute(select(CALL.c.id).where(mine, CALL.c.version == 1)).scalars().all()
        gone = 0
        for start in range(0, len(wanted), AT_ONCE):  # a shared server stops a statement after half a minute
            part = CALL.c.id.in_(wanted[start : start + AT_ONCE])
            gone += self._connection.execute(delete(CALL).where(part, CALL.c.version == 1)).rowcount
        kept = self._connection.execute(select(func.count()).select_from(CALL).where(mine)).scalar_one()
        return gone, kept

    # -- reading ---------------------------------------------------------------------------------------------------

    @stored_values()
    def get(self, call_id: int) -> Call:
        """One call, removed or not. `NotFound` when there is none."""
        row = self._connection.execute(_ONE_CALL, {"wanted": call_id}).one_or_none()
        if row is None:
            raise NotFound("This call is not in the database any more.", hint="The list shows what is there now.")
        several: dict[str, Any] = {name: self._linked(call_id, table) for name, (_, table) in SEVERAL.items()}
        one: dict[str, Any] = {name: self._code(getattr(row, column)) for name, (_, column) in ONE.items()}
        found = None
        if row.import_batch_id is not None:
            found = Provenance(
                batch_id=row.import_batch_id, file=row.file_name, row=row.import_row, identity=row.import_identity
            )
        return Call(
            id=row.id,
            key=row.key,
            version=row.version,
            recorded_at=row.recorded_at,
            removed_at=row.removed_at,
            provenance=found,
            direction=Direction(row.direction),
            reference=row.reference or "",
            **{name: getattr(row, name) for name in SAME},
            **one,
            **several,
        )

    @stored_values()
    def history(self, call_id: int) -> tuple[Change, ...]:
        """Every change to the call, oldest first, with list numbers turned back into codes."""
        found = audit.history(self._connection, ("call", *(table.name for _, table in SEVERAL.values())), call_id)
        return tuple(self._readable(change) for change in found)

    def known_identities(self, identities: Iterable[str]) -> frozenset[str]:
        """Which of these imported rows are on record already."""
        wanted, found = list(identities), set[str]()
        for start in range(0, len(wanted), 5_000):
            part = wanted[start : start + 5_000]
            question = select(CALL.c.import_identity).where(CALL.c.import_identity.in_(part))
            found |= {identity for identity in self._connection.execute(question).scalars() if identity}
        return frozenset(found)

    def any(self) -> bool:
        """Whether there is a call at all, removed ones included."""
        return self._connection.execute(select(CALL.c.id).limit(1)).first() is not None

    # -- inside ----------------------------------------------------------------------------------------------------

    def _new(
        self, facts: CallFacts, key: UUID, recorded_at: datetime, source: Provenance | None = None
    ) -> dict[str, Any]:
        values = self._values(facts)
        values["key"], values["version"], values["recorded_at"] = key, 1, recorded_at
        values["import_batch_id"] = source.batch_id if source else None
        values["import_row"] = source.row if source else None
        values["import_identity"] = source.identity if source else None
        return values

    def _values(self, facts: CallFacts) -> dict[str, Any]:
        values: dict[str, Any] = dict(zip(SAME, _same_of(facts), strict=True))
        for (vocabulary, column), code in zip(ONE.values(), _one_of(facts), strict=True):
            values[column] = self._number(vocabulary, code) if code else None
        values["direction"], values["reference"] = facts.direction.value, facts.reference or None
        values["minutes"] = facts.length
        return values

    def _number(self, vocabulary: Vocabulary, code: TermCode) -> int:
        try:
            return self._terms.id(self._connection, vocabulary, code)
        except KeyError:
            raise Refused(f"“{code}” is not in the list {vocabulary.label}.", hint="Nothing was saved.") from None

    def _code(self, number: int | None) -> TermCode | None:
        return None if number is None else self._terms.code(self._connection, number)

    def _link_rows(self, call_id: int, facts: CallFacts, name: str) -> list[tuple[int, int, int]]:
        vocabulary, _ = SEVERAL[name]
        codes = dict.fromkeys(code for code in getattr(facts, name) if code)
        return [(call_id, self._number(vocabulary, code), place) for place, code in enumerate(codes)]

    def _linked(self, call_id: int, table: Table) -> tuple[TermCode, ...]:
        return linked_terms(self._connection, self._terms, table, [call_id]).get(call_id, ())

    def _update(self, call_id: int, version: int, values: dict[str, Any]) -> None:
        """The one way a call is changed: only at the version it was read at."""
        question = update(CALL).where(CALL.c.id == call_id, CALL.c.version == version)
        if self._connection.execute(question, {**values, "version": version + 1}).rowcount != 1:
            raise self._changed(self.get(call_id))

    def _changed(self, theirs: Call) -> Conflict:
        last = self.history(theirs.id)[-1:]
        who = last[0].person if last else "Somebody"
        return Conflict(
            f"{who} changed this call while you had it open.",
            hint="Your version is still here. Compare the two, then save again.",
            theirs=theirs,
        )

    def _readable(self, change: Change) -> Change:
        if change.table in _LINKED:
            gone, come = self._linked_code(change.old), self._linked_code(change.new)
            return replace(change, field=_LINKED[change.table], old=gone, new=come)
        if not change.field.endswith("_id") or change.field == "import_batch_id":
            return change
        old, new = (self._code(int(v)) if v.isdecimal() else None for v in (change.old, change.new))
        return replace(change, field=change.field.removesuffix("_id"), old=old or "", new=new or "")

    def _linked_code(self, row: str) -> str:
        return (self._code(json.loads(row)["term_id"]) or "") if row else ""

    def _new_ids(self, count: int) -> range | list[int]:
        if self._connection.dialect.name == "sqlite":  # the writer holds the lock, so nobody else takes them
            last = self._connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'call'").scalar() or 0
            return range(last + 1, last + 1 + count)
        question = "SELECT nextval(pg_get_serial_sequence('call', 'id')) FROM generate_series(1, %(count)s)"
        return [n for (n,) in self._connection.exec_driver_sql(question, {"count": count})]


def linked_terms(
    connection: Connection, terms: TermIds, table: Table, ids: list[int]
) -> dict[int, tuple[TermCode, ...]]:
    """The codes of a list with several terms for each of these calls, in their order; none has no entry."""
    found: dict[int, tuple[TermCode, ...]] = {}
    question = select(table.c.call_id, table.c.term_id).where(table.c.call_id.in_(ids))
    for call_id, number in connection.execute(question.order_by(table.c.call_id, table.c.position)):
        found[call_id] = (*found.get(call_id, ()), terms.code(connection, number))
    return found


_LINKED = {table.name: name for name, (_, table) in SEVERAL.items()}
_ONE_CALL = (
    select(CALL, ImportBatchRow.file_name)
    .join_from(CALL, ImportBatchRow, ImportBatchRow.id == CALL.c.import_batch_id, isouter=True)
    .where(CALL.c.id == bindparam("wanted"))
)
_same_of, _one_of = attrgetter(*SAME), attrgetter(*ONE)
