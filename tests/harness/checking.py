"""What must hold after a desk was killed, asked of the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, Engine, func, select

from ppsdesk.storage.rows import (
    ActingPersonRow,
    AuditEntryRow,
    AuditValueRow,
    CallAdviceRow,
    CallRow,
    CallTopicRow,
)

PERSON = "hana"
TOPICS = ("annual-review", "sen-concern")
ADVICE = ("information-sent", "signposting")
PARTS = {"call": 1, "call_topic": len(TOPICS), "call_advice": len(ADVICE)}


def troubles(engine: Engine, acknowledged: Iterable[UUID]) -> list[str]:
    """Everything that is not as it should be; empty when nothing acknowledged was lost and nothing is half there."""
    with engine.connect() as connection:
        calls = {row.key: row.id for row in connection.execute(select(CallRow.id, CallRow.key))}
        return [
            *(f"lost: {key}" for key in acknowledged if key not in calls),
            *_half_written(connection, set(calls.values())),
            *_trail(connection),
            *_local(connection),
        ]


def _half_written(connection: Connection, calls: set[int]) -> list[str]:
    wrong = []
    for row in (CallTopicRow, CallAdviceRow):
        counted = select(row.call_id, func.count()).group_by(row.call_id)
        found = dict(connection.execute(counted).all())
        wanted = PARTS[row.__tablename__]
        wrong += [f"half: call {call} in {row.__tablename__}" for call in calls if found.get(call, 0) != wanted]
        wrong += [f"loose: {row.__tablename__} of {call}" for call in found.keys() - calls]
    for table, wanted in PARTS.items():
        mine = (AuditEntryRow.table_name == table) & (AuditEntryRow.action == "insert")
        counted = select(AuditEntryRow.record_id, func.count()).where(mine).group_by(AuditEntryRow.record_id)
        found = dict(connection.execute(counted).all())
        wrong += [f"trail: call {call} in {table}" for call in calls if found.get(call, 0) != wanted]
        wrong += [f"trail of nothing: {table} of {call}" for call in found.keys() - calls]
    return wrong


def _trail(connection: Connection) -> list[str]:
    mine = AuditEntryRow.table_name.in_(PARTS)
    people = set(connection.execute(select(AuditEntryRow.person).where(mine)).scalars())
    empty = ~select(AuditValueRow.id).where(AuditValueRow.entry_id == AuditEntryRow.id).exists()
    unsaid = connection.execute(select(func.count()).select_from(AuditEntryRow).where(empty)).scalar_one()
    wrong = [f"written by {person}" for person in people - {PERSON}]
    return [*wrong, f"{unsaid} entries without values"] if unsaid else wrong


def _local(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    wrong = []
    said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if said != ["ok"]:
        wrong.append(f"integrity: {said}")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        wrong.append("a row points to nothing")
    if (name := connection.execute(select(ActingPersonRow.name)).scalar_one()) is not None:
        wrong.append(f"acting person still {name}")
    return wrong
