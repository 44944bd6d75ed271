"""Calls in, calls out. Records only; SQLAlchemy Core on one unit of work's connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from ppsdesk.domain.calls import Call, CallFacts, NewCall, Provenance, facts_of, in_order
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Conflict, NotFound, Refused
from ppsdesk.domain.history import Change
from ppsdesk.domain.imports import PlannedCall
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage import audit
from ppsdesk.storage.call_history import call_history
from ppsdesk.storage.call_links import NAMES, NOBODY, PERSON, STAGES, CallLinks, Numbers, numbers_for
from ppsdesk.storage.date_rows import DatedMatterRow
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.prepared import Prepared
from ppsdesk.storage.rows import AuditEntryRow, AuditValueRow, CallRow, ImportBatchRow, NextStepRow
from ppsdesk.storage.vocabularies import TermIds

CALL: Table = CallRow.__table__  # type: ignore[assignment]
ONE: dict[str, tuple[Vocabulary, str]] = {
    "line": (Vocabulary.LINE, "line_id"),
    "method": (Vocabulary.METHOD, "method_id"),
    "caller_kind": (Vocabulary.CALLER_KIND, "caller_kind_id"),
    "level": (Vocabulary.LEVEL, "level_id"),
    "outcome": (Vocabulary.OUTCOME, "outcome_id"),
    "how_heard": (Vocabulary.HOW_HEARD, "how_heard_id"),
    "area": (Vocabulary.AREA, "area_id"),
}
SAME = ("taken_on", "started_at", "ended_at", "minutes", "minutes_by_hand", "anonymous", "caller_name", "phone",
        "child_name", "notes", "taken_by", "entered_late", "not_one_child")  # fmt: skip
AT_ONCE = 2_000
FILLED = tuple(column.name for column in CALL.columns if column.name not in ("id", "removed_at"))


def _insert_once(dialect: str) -> Insert:
    """An insert that adds nothing where the key is there already: saved twice, or again after a lost answer."""
    if dialect == "sqlite":
        return sqlite.insert(CALL).on_conflict_do_nothing(index_elements=["key"]).returning(CALL.c.id)
    return postgresql.insert(CALL).on_conflict_do_nothing(index_elements=["key"]).returning(CALL.c.id)


ADD_ONCE = Prepared(_insert_once, FILLED)
ADD = Prepared(lambda _: insert(CALL).inline(), ("id", *FILLED))
AS_ROW = itemgetter(*FILLED)


class CallRepository:
    """The calls, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms
        self._links = CallLinks(connection, self._number, terms)

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_once(self, call: NewCall, *, recorded_at: datetime) -> int:
        """Log the call, or find that a call of this key is there already; its id either way.

        Where the answer to an earlier save was lost, what was typed since goes into that same call; `Conflict` when
        somebody changed it meanwhile.
        """
        numbers = numbers_for(self._connection, (call,))
        row = AS_ROW(self._new(call, call.key, recorded_at, numbers, call.provenance))
        added = ADD_ONCE.run(self._connection, row)
        if added is None:
            return self._logged_before(call)
        self._links.write(((added, call),), numbers)
        return int(added)

    def _logged_before(self, call: NewCall) -> int:
        number = int(self._connection.execute(select(CALL.c.id).where(CALL.c.key == call.key)).scalar_one())
        kept = facts_of(self.get(number))
        several: dict[str, Any] = {name: tuple(dict.fromkeys(getattr(call, name))) for name in NAMES}
        several[STAGES] = in_order(call.child_stages, call.children)
        if kept != replace(facts_of(call), minutes=call.length, **several):
            self.amend(number, 1, call)
        return number

    def add_many(self, calls: Sequence[NewCall], *, recorded_at: datetime) -> None:
        """Log calls that are known to be new, in bulk."""
        numbers = numbers_for(self._connection, calls)
        new = [(call, self._new(call, call.key, recorded_at, numbers, call.provenance)) for call in calls]
        self._add(new, numbers)

    def add_imported(self, calls: Sequence[PlannedCall], batch_id: int, *, recorded_at: datetime) -> None:
        """Log rows of a call log that are known to be new, in bulk."""
        new = [(call.facts, self._new(call.facts, uuid4(), recorded_at, NOBODY)) for call in calls]
        for call, (_, values) in zip(calls, new, strict=True):
            values |= {"import_batch_id": batch_id, "import_row": call.row, "import_identity": call.identity}
        self._add(new, NOBODY)

    def _add(self, calls: Sequence[tuple[CallFacts, dict[str, Any]]], numbers: Numbers) -> None:
        numbered = list(zip(self._new_ids(len(calls)), calls, strict=True))
        ADD.run_many(self._connection, ((number, *AS_ROW(values)) for number, (_, values) in numbered))
        self._links.write([(number, facts) for number, (facts, _) in numbered], numbers)

    def amend(self, call_id: int, version: int, facts: CallFacts) -> Call:
        """Change what was written down. `Conflict` (with the record as it now is) when somebody changed it since."""
        before = self.get(call_id)
        if before.version != version:
            raise self._changed(before)
        numbers = numbers_for(self._connection, (facts,))
        self._update(call_id, version, self._values(facts, numbers))
        self._links.rewrite(call_id, before, facts, numbers)
        return self.get(call_id)

    def attach(self, reference: str, person: int) -> int:
        """Make this person the caller of every call with that reference and no caller on record; how many."""
        mine = (CALL.c.reference == reference, CALL.c.caller_id.is_(None))
        return self._connection.execute(update(CALL).where(*mine).values(caller_id=person, **_NEXT)).rowcount

    def detach(self, reference: str, person: int) -> int:
        """Take the caller away again from the calls of that reference that were logged without one; how many."""
        given = exists().where(
            AuditEntryRow.table_name == "call", AuditEntryRow.record_id == CALL.c.id,
            AuditValueRow.entry_id == AuditEntryRow.id, AuditValueRow.column_name == "caller_id",
            AuditValueRow.old.is_(None), AuditValueRow.new == str(person),
        )  # fmt: skip
        mine = (CALL.c.reference == reference, CALL.c.caller_id == person, given)
        return self._connection.execute(update(CALL).where(*mine).values(caller_id=None, **_NEXT)).rowcount

    def mark_removed(self, call_id: int, version: int, at: datetime | None) -> Call:
        """Take a call entered by mistake out of every list and figure, or put it back (`at` None)."""
        self._update(call_id, version, {"removed_at": at})
        return self.get(call_id)

    def delete_untouched(self, batch_id: int) -> tuple[int, int]:
        """Delete the calls of an import that nobody changed since and nothing follows from; (deleted, kept)."""
        mine = CALL.c.import_batch_id == batch_id
        untouched = (CALL.c.version == 1, ~exists().where(NextStepRow.call_id == CALL.c.id),
                     ~exists().where(DatedMatterRow.call_id == CALL.c.id))  # fmt: skip
        wanted = self._connection.execute(select(CALL.c.id).where(mine, *untouched)).scalars().all()
        gone = 0
        for start in range(0, len(wanted), AT_ONCE):  # a shared server stops a statement after half a minute
            part = CALL.c.id.in_(wanted[start : start + AT_ONCE])
            gone += self._connection.execute(delete(CALL).where(part, *untouched)).rowcount
        kept = self._connection.execute(select(func.count()).select_from(CALL).where(mine)).scalar_one()
        return gone, kept

    # -- reading ---------------------------------------------------------------------------------------------------

    @stored_values()
    def get(self, call_id: int) -> Call:
        """One call, removed or not. `NotFound` when there is none."""
        row = self._connection.execute(_ONE_CALL, {"wanted": call_id}).one_or_none()
        if row is None:
            raise NotFound("This call is not in the database any more.", hint="The list shows what is there now.")
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
            caller=row.caller_key,
            **{name: getattr(row, name) for name in SAME},
            **one,
            **self._links.read(call_id),
        )

    @stored_values()
    def history(self, call_id: int) -> tuple[Change, ...]:
        """Every change to the call, oldest first, with numbers turned back into codes and names."""
        return call_history(self._connection, partial(self._terms.code, self._connection), call_id)

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
        self,
        facts: CallFacts,
        key: UUID,
        recorded_at: datetime,
        numbers: Numbers,
        source: Provenance | None = None,
    ) -> dict[str, Any]:
        values = self._values(facts, numbers)
        values["key"], values["version"], values["recorded_at"] = key, 1, recorded_at
        values["import_batch_id"] = source.batch_id if source else None
        values["import_row"] = source.row if source else None
        values["import_identity"] = source.identity if source else None
        return values

    def _values(self, facts: CallFacts, numbers: Numbers) -> dict[str, Any]:
        values: dict[str, Any] = dict(zip(SAME, _same_of(facts), strict=True))
        for (vocabulary, column), code in zip(ONE.values(), _one_of(facts), strict=True):
            values[column] = self._number(vocabulary, code) if code else None
        values["direction"], values["reference"] = facts.direction.value, facts.reference or None
        values["minutes"] = facts.length
        values["caller_id"] = numbers.people[facts.caller] if facts.caller is not None else None
        return values

    def _number(self, vocabulary: Vocabulary, code: TermCode) -> int:
        try:
            return self._terms.id(self._connection, vocabulary, code)
        except KeyError:
            raise Refused(f"“{code}” is not in the list {vocabulary.label}.", hint="Nothing was saved.") from None

    def _code(self, number: int | None) -> TermCode | None:
        return None if number is None else self._terms.code(self._connection, number)

    def _update(self, call_id: int, version: int, values: dict[str, Any]) -> None:
        """The one way a call is changed: only at the version it was read at."""
        question = update(CALL).where(CALL.c.id == call_id, CALL.c.version == version)
        if self._connection.execute(question, {**values, "version": version + 1}).rowcount != 1:
            raise self._changed(self.get(call_id))

    def _changed(self, theirs: Call) -> Conflict:
        who = audit.last_person(self._connection, (CALL.name,), theirs.id) or "Somebody"
        return Conflict(
            f"{who} changed this call while you had it open.",
            hint="Your version is still here. Compare the two, then save again.",
            theirs=theirs,
        )

    def _new_ids(self, count: int) -> range | list[int]:
        if self._connection.dialect.name == "sqlite":  # the writer holds the lock, so nobody else takes them
            last = self._connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'call'").scalar() or 0
            return range(last + 1, last + 1 + count)
        question = "SELECT nextval(pg_get_serial_sequence('call', 'id')) FROM generate_series(1, %(count)s)"
        return [n for (n,) in self._connection.exec_driver_sql(question, {"count": count})]


_ONE_CALL = (
    select(CALL, ImportBatchRow.file_name, PERSON.c.key.label("caller_key"))
    .join_from(CALL, ImportBatchRow, ImportBatchRow.id == CALL.c.import_batch_id, isouter=True)
    .join(PERSON, PERSON.c.id == CALL.c.caller_id, isouter=True)
    .where(CALL.c.id == bindparam("wanted"))
)
_NEXT = {"version": CALL.c.version + 1}
_same_of, _one_of = attrgetter(*SAME), attrgetter(*ONE)
