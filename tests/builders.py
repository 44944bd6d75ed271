"""One builder per record, with sensible defaults: a test says only what it is about. Everybody here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.vocabulary import TermCode

NOW = datetime(2026, 11, 20, 10, 43, 15, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def a_call(**said: Any) -> NewCall:
    """A parent rang the central line this morning about an annual review."""
    call = NewCall(
        key=uuid4(),
        caller_kind=TermCode("PARENT"),
        topics=(TermCode("annual-review"),),
        line=TermCode("central"),
        method=TermCode("PHONE_IN"),
        taken_on=TODAY,
        started_at=datetime(2026, 11, 20, 10, 31, tzinfo=UTC),
        ended_at=datetime(2026, 11, 20, 10, 40, tzinfo=UTC),
        minutes=9,
        caller_name="Rowan Thistledown",
        taken_by="Hana Helpline",
    )
    return replace(call, **said)


def a_call_on(day: date, **said: Any) -> NewCall:
    """A call of which only the day is known."""
    return a_call(taken_on=day, started_at=None, ended_at=None, minutes=None, **said)
