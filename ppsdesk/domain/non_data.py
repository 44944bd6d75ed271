"""Rings that were no enquiry: silent, hung up, wrong number. One key, counted apart, a stated exclusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ppsdesk.domain.calendar import local_day, plain_day
from ppsdesk.domain.codes import NonDataKind
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit
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


def check_non_data(call: NewNonDataCall, *, now: datetime) -> None:
    """Raises `Invalid` with words for each field, or returns."""
    problems: dict[str, str] = {}
    if not call.line:
        problems["line"] = "Choose the line the call came in on."
    if call.taken_on > local_day(now):
        problems["taken_on"] = f"The call cannot be in the future. You entered {plain_day(call.taken_on)}."
    if trouble := unfit("Taken by", call.taken_by, NAME_LIMIT):
        problems["taken_by"] = trouble
    if problems:
        raise Invalid(problems)
