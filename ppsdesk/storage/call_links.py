"""What hangs on a call: terms of lists that hold several, people on record, schools and other organisations.

Calls name people and organisations by key; the tables refer to them by number. Numbers are asked for only where a call
names somebody, so that a call without costs nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, insert, literal, literal_column, select, union_all

from ppsdesk.domain.calls import CallFacts, ChildStage, in_order
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.people_rows import OrganisationRow, PersonRow
from ppsdesk.storage.prepared import Prepared
from ppsdesk.storage.report_rows import CallChildStageRow
from ppsdesk.storage.rows import (
    CallAdviceRow,
    CallChildRow,
    CallInformationRow,
    CallOrganisationRow,
    CallSignpostRow,
    CallStageRow,
    CallTopicRow,
)
from ppsdesk.storage.vocabularies import TermIds

AT_ONCE = 5_000


def _table(row: Any) -> Table:
    return cast(Table, row.__table__)


SEVERAL: dict[str, tuple[Vocabulary, Table]] = {
    "topics": (Vocabulary.TOPIC, _table(CallTopicRow)),
    "advice": (Vocabulary.ADVICE, _table(CallAdviceRow)),
    "stages": (Vocabulary.STAGE, _table(CallStageRow)),
    "information": (Vocabulary.INFORMATION, _table(CallInformationRow)),
    "signposted": (Vocabulary.SIGNPOST, _table(CallSignpostRow)),
}
PERSON, ORGANISATION = _table(PersonRow), _table(OrganisationRow)
# the link table, its column for the record, and the record's table
RECORDS: dict[str, tuple[Table, str, Table]] = {
    "children": (_table(CallChildRow), "person_id", PERSON),
    "organisations": (_table(CallOrganisationRow), "organisation_id", ORGANISATION),
}
# a child and a term
STAGES, CHILD_STAGE = "child_stages", _table(CallChildStageRow)
NAMES = (*SEVERAL, *RECORDS, STAGES)
TABLES: dict[str, Table] = {
    **{name: table for name, (_, table) in SEVERAL.items()},
    **{name: table for name, (table, _, _) in RECORDS.items()},
    STAGES: CHILD_STAGE,
}


def _insert_into(table: Table, *numbers: str) -> Prepared:
    return Prepared(lambda _: insert(table).inline(), ("call_id", *numbers, "position"))


INSERTS = {
    **{name: _insert_into(table, "term_id") for name, (_, table) in SEVERAL.items()},
    **{name: _insert_into(table, column) for name, (table, column, _) in RECORDS.items()},
    STAGES: _insert_into(CHILD_STAGE, "person_id", "term_id"),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Row numbers of the people and organisations that calls name by key."""

    people: Mapping[UUID, int] = field(default_factory=dict)
    organisations: Mapping[UUID, int] = field(default_factory=dict)


NOBODY = Numbers()


def numbers_for(connection: Connection, calls: Iterable[CallFacts]) -> Numbers:
    """The numbers of everybody these calls name. `Refused` when somebody is not on record. No query for nobody."""
    people: set[UUID] = set()
    organisations: set[UUID] = set()
    for call in calls:
        if call.caller is not None:
            people.add(call.caller)
        if call.children:
            people.update(call.children)
        if call.child_stages:
            people.update(one.child for one in call.child_stages)
        if call.organisations:
            organisations.update(call.organisations)
    if not (people or organisations):
        return NOBODY
    return Numbers(
        _numbers(connection, PERSON, people, "A person this call names is not on record."),
        _numbers(connection, ORGANISATION, organisations, "A school or organisation this call names is not on record."),
    )


def _numbers(connection: Connection, table: Table, keys: set[UUID], missing: str) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    waiting = iter(keys)
    while part := list(islice(waiting, AT_ONCE)):
        rows = connection.execute(select(table.c.key, table.c.id).where(table.c.key.in_(part)))
        found |= {row.key: row.id for row in rows}
    if len(found) < len(keys):
        raise Refused(missing, hint="Nothing was saved. Choose again, or take the name out.")
    return found


class CallLinks:
    """The links of calls, on one unit of work's connection."""

    def __init__(self, connection: Connection, number: Callable[[Vocabulary, TermCode], int], terms: TermIds) -> None:
        self._connection = connection
        self._number = number
        self._terms = terms

    def write(self, calls: Sequence[tuple[int, CallFacts]], numbers: Numbers) -> None:
        """Everything that hangs on these new calls: one statement for each kind of link that there is."""
        for name in NAMES:
            rows = [row for call_id, facts in calls if getattr(facts, name)
                    for row in self._rows(call_id, facts, name, numbers)]  # fmt: skip
            if rows:
                INSERTS[name].run_many(self._connection, rows)

    def rewrite(self, call_id: int, before: CallFacts, facts: CallFacts, numbers: Numbers) -> None:
        """Put `facts`' links in place of `before`'s, where they differ."""
        for name in NAMES:
            if getattr(before, name) != getattr(facts, name):
                table = TABLES[name]
                self._connection.execute(delete(table).where(table.c.call_id == call_id))
                INSERTS[name].run_many(self._connection, self._rows(call_id, facts, name, numbers))

    def read(self, call_id: int) -> dict[str, Any]:
        """Codes and keys by the name of the field, in their order. Two queries."""
        found: dict[str, list[Any]] = {name: [] for name in NAMES}
        for name, number in self._connection.execute(_TERMS_OF_ONE, {"wanted": call_id}):
            found[name].append(self._terms.code(self._connection, number))
        for name, key, number in self._connection.execute(_RECORDS_OF_ONE, {"wanted": call_id}):
            found[name].append(ChildStage(child=key, stage=self._stage(number)) if name == STAGES else key)
        return {name: tuple(held) for name, held in found.items()}

    def _rows(self, call_id: int, facts: CallFacts, name: str, numbers: Numbers) -> list[tuple[int, ...]]:
        if name == STAGES:
            stages = enumerate(in_order(facts.child_stages, facts.children))
            return [(call_id, numbers.people[one.child], self._number(Vocabulary.STAGE, one.stage), place)
                    for place, one in stages]  # fmt: skip
        held = dict.fromkeys(one for one in getattr(facts, name) if one)
        if name in SEVERAL:
            vocabulary, _ = SEVERAL[name]
            return [(call_id, self._number(vocabulary, code), place) for place, code in enumerate(held)]
        known = numbers.people if name == "children" else numbers.organisations
        return [(call_id, known[key], place) for place, key in enumerate(held)]

    def _stage(self, number: int) -> TermCode:
        return self._terms.code(self._connection, number)


def linked_terms(
    connection: Connection, terms: TermIds, table: Table, ids: list[int]
) -> dict[int, tuple[TermCode, ...]]:
    """The codes of a list with several terms for each of these calls, in their order; none has no entry."""
    found: dict[int, tuple[TermCode, ...]] = {}
    question = select(table.c.call_id, table.c.term_id).where(table.c.call_id.in_(ids))
    for call_id, number in connection.execute(question.order_by(table.c.call_id, table.c.position)):
        found[call_id] = (*found.get(call_id, ()), terms.code(connection, number))
    return found


_TERMS = union_all(
    *(
        select(literal(name).label("name"), table.c.term_id, table.c.position).where(
            table.c.call_id == bindparam("wanted")
        )
        for name, (_, table) in SEVERAL.items()
    )
).subquery()
_KEYS = union_all(
    *(
        select(literal(name).label("name"), record.c.key, term.label("term_id"), table.c.position)
        .join_from(table, record, record.c.id == table.c[column])
        .where(table.c.call_id == bindparam("wanted"))
        for name, term, (table, column, record) in (
            *((name, literal_column("0"), held) for name, held in RECORDS.items()),
            (STAGES, CHILD_STAGE.c.term_id, (CHILD_STAGE, "person_id", PERSON)),
        )
    )
).subquery()
_TERMS_OF_ONE = select(_TERMS.c.name, _TERMS.c.term_id).order_by(_TERMS.c.position)
_RECORDS_OF_ONE = select(_KEYS.c.name, _KEYS.c.key, _KEYS.c.term_id).order_by(_KEYS.c.position)
