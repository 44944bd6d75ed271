"""The saves of one call, read from the audit trail by this harness itself and not through the program."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select

from ppsdesk.storage.rows import AuditEntryRow, AuditValueRow, TermRow

SINGLE = ("notes", "caller_name", "child_name", "phone", "minutes", "taken_by")
SEVERAL = ("topics", "advice")
_FIELD_OF = {"call_topic": "topics", "call_advice": "advice"}


@dataclass
class SavedChange:
    """One save: the version it made, and the fields as it left them. Lists of several are whole, in their order."""

    version: int
    version_before: int
    after: dict[str, Any] = field(default_factory=dict)


def trail_of(engine: Engine, call_id: int) -> list[SavedChange]:
    """Every save since the call was logged, oldest first.

    A save begins with the call's own row, which it locks: what follows until the next such entry is part of it.
    """
    tables = ("call", *_FIELD_OF)
    question = (
        select(
            AuditEntryRow.id, AuditEntryRow.table_name, AuditEntryRow.action,
            AuditValueRow.column_name, AuditValueRow.old, AuditValueRow.new,
        )
        .join(AuditValueRow, AuditValueRow.entry_id == AuditEntryRow.id)
        .where(AuditEntryRow.table_name.in_(tables), AuditEntryRow.record_id == call_id)
        .order_by(AuditEntryRow.id, AuditValueRow.id)
    )  # fmt: skip
    saves: list[SavedChange] = []
    with engine.connect() as connection:
        codes = {number: str(code) for number, code in connection.execute(select(TermRow.id, TermRow.code))}
        entry, version = 0, 1
        for number, table, action, column, old, new in connection.execute(question):
            if table == "call" and action == "update":
                if number != entry:
                    entry = number
                    saves.append(SavedChange(version, version))
                if column == "version":
                    saves[-1].version_before, saves[-1].version = int(old), int(new)
                    version = int(new)
                else:
                    saves[-1].after[column] = new
            elif saves:
                held = saves[-1].after.setdefault(_FIELD_OF[table], ())
                if action == "insert":
                    saves[-1].after[_FIELD_OF[table]] = (*held, codes[json.loads(new)["term_id"]])
    return saves
