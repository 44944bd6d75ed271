"""Rings that were no enquiry: silent, hung up, wrong number. One key, counted apart, a stated exclusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ppsdesk.domain.codes import NonDataKind
from ppsdesk.domain.vocabulary import TermCode


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNonDataCall:
    """One such ring. `key` is the pad's: closing it twice leaves one."""

    key: UUID
    kind: NonDataKind
    line: TermCode
    taken_on: date
    at: datetime
    taken_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NonDataCall(NewNonDataCall):
    """One on record."""

    id: int
    version: int
    removed_at: datetime | None = None
