"""Taking back a merge of two entries of a list: what was before stands on the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from ppsdesk.storage.rows import AuditEntryRow, AuditValueRow

# by column, what it was and what it became
Step = Mapping[str, tuple[str | None, str | None]]


def last_day_before(connection: Connection, term_id: int, now: date | None) -> date | None:
    """The last day a merged term had before it was merged; `now`, the one it has, when that was changed since."""
    since = _since_merged(_trail(connection, term_id))
    if not since or any("valid_to" in step for step in since[1:]):
        return now
    if "valid_to" not in since[0]:
        return now
    was, _ = since[0]["valid_to"]
    return date.fromisoformat(was) if was else None


def counted_as_before(connection: Connection, term_id: int, other_id: int) -> bool:
    """Whether a merged term counted as `other_id` at any time since it last counted as itself."""
    into = [
        step["merged_into_id"][1] for step in _since_merged(_trail(connection, term_id)) if "merged_into_id" in step
    ]
    return str(other_id) in into


def _trail(connection: Connection, term_id: int) -> list[dict[str, tuple[str | None, str | None]]]:
    """What each change of a term changed, oldest first."""
    entry, value = AuditEntryRow.__table__.c, AuditValueRow.__table__.c
    found = connection.execute(
        select(entry.id, value.column_name, value.old, value.new)
        .where(value.entry_id == entry.id)
        .where(entry.table_name == "term", entry.record_id == term_id, entry.action == "update")
        .order_by(entry.id)
    )
    steps: dict[int, dict[str, tuple[str | None, str | None]]] = {}
    for row in found:
        steps.setdefault(row.id, {})[row.column_name] = (row.old, row.new)
    return list(steps.values())


def _since_merged(trail: Sequence[Step]) -> Sequence[Step]:
    """The part of the trail that begins where the term last stopped counting as itself."""
    for place in range(len(trail) - 1, -1, -1):
        if "merged_into_id" in trail[place] and trail[place]["merged_into_id"][0] is None:
            return trail[place:]
    return ()
