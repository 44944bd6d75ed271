"""Who changed what, and when: the audit trail as people read it."""

from __future__ import annotations

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
