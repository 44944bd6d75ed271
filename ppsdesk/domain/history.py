"""Who changed what, and when: the audit trail as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a record's history. `field` is a stored column name, or "" for the record as a whole.

    `about` names the one of several the line is about: a child of the call.
    """

    at: datetime
    person: str
    action: str  # insert, update, delete
    table: str
    field: str
    old: str
    new: str
    about: str = ""


UNKNOWN_PROGRAM = "unknown program"
# what became of dates of the law, in the history of a call and of a person: `field` of a `Change`
MATTER_CHANGES = {
    "dates_kept": "Dates kept",
    "dates_corrected": "Dates corrected",
    "dates_closed": "Dates closed",
    "dates_reopened": "Dates opened again",
    "dates_came": "Dates now about this person",
    "dates_left": "Dates now about somebody else",
    "dates_moved": "Dates worked out again",
}


def saves(changes: Sequence[Change], table: str) -> Iterator[list[Change]]:
    """The changes that were saved together: those of the record's own `table`, which bear one time, then its parts."""
    save: list[Change] = []
    begun_at: datetime | None = None
    for change in changes:
        if change.table == table and change.at != begun_at:
            if save:
                yield save
            save, begun_at = [], change.at
        save.append(change)
    if save:
        yield save
