"""A long list: which order, and the lines it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ppsdesk.domain.codes import Code, Direction
from ppsdesk.domain.vocabulary import TermCode


class CallOrder(Code):
    """What the list of calls can be sorted by."""

    WHEN = "when", "When"
    CALLER = "caller", "Caller"
    LINE = "line", "Line"
    MINUTES = "minutes", "Minutes"
    TAKEN_BY = "taken_by", "Taken by"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One call as a line of a list. `missing` counts the fields that are still to complete."""

    id: int
    taken_on: date
    started_at: datetime | None
    direction: Direction
    line: TermCode
    caller_kind: TermCode
    anonymous: bool
    caller_name: str
    child_name: str
    topics: tuple[TermCode, ...]
    minutes: int | None
    taken_by: str
    missing: int
    removed: bool
    reference: str
