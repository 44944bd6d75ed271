"""Call-backs that were promised on a call: how long somebody waited, and at which attempt they were reached.

One reading of it, for counting them and for finding the calls behind a figure. A call-back that was reached counts as
reached, whatever became of it afterwards, as `domain.steps.Step.days_waited` says.
"""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Table, and_, exists, func, select

from ppsdesk.domain.codes import AttemptResult, StepKind, StepState, Waited
from ppsdesk.storage.london import DaysBetween
from ppsdesk.storage.rows import NextStepRow, StepAttemptRow

STEP: Table = NextStepRow.__table__  # type: ignore[assignment]
TRIED: Table = StepAttemptRow.__table__  # type: ignore[assignment]
LATER_ATTEMPT = 3  # the third, or any later one
_EVER = 1_000_000
# the first and last of the days of the calendar; before the asking is the same day
_DAYS = {
    Waited.SAME_DAY: (-_EVER, 0),
    Waited.ONE_DAY: (1, 1),
    Waited.TWO_DAYS: (2, 2),
    Waited.UP_TO_FIVE: (3, 5),
    Waited.UP_TO_TEN: (6, 10),
    Waited.LONGER: (11, _EVER),
}

_first_reached = (
    select(func.min(TRIED.c.number))
    .where(TRIED.c.step_id == STEP.c.id, TRIED.c.result == AttemptResult.REACHED.value)
    .correlate(STEP)
    .scalar_subquery()
)
REACHED = TRIED.alias("reached")
# joins the attempt that reached them, if any did
REACHED_BY = and_(REACHED.c.step_id == STEP.c.id, REACHED.c.number == _first_reached)
IS_ONE = STEP.c.kind == StepKind.CALL_BACK.value
# none where nobody was reached
DAYS_WAITED = DaysBetween(STEP.c.asked_at, REACHED.c.at)


def how_long(days: int | None, state: StepState) -> Waited:
    """How a call-back is counted that was reached after so many days, or, with None, not at all."""
    if days is None:
        return Waited.OPEN if state is StepState.OPEN else Waited.GIVEN_UP
    return next(waited for waited, (_, last) in _DAYS.items() if days <= last)


def at_attempt(number: int | None) -> int | None:
    """The attempt it is counted under."""
    return None if number is None else min(number, LATER_ATTEMPT)


def promised(call_id: Column[int], waited: Waited | None, attempts: int | None) -> ColumnElement[bool]:
    """Calls after which a call-back was promised that was waited for so long, and reached at that attempt."""
    parts = [STEP.c.call_id == call_id, IS_ONE]
    if waited is not None:
        parts.append(_waited(waited))
    if attempts is not None:
        parts.append(REACHED.c.number >= attempts if attempts == LATER_ATTEMPT else REACHED.c.number == attempts)
    one = select(STEP.c.id).select_from(STEP.outerjoin(REACHED, REACHED_BY)).where(*parts)
    return exists(one.correlate(call_id.table))


def _waited(waited: Waited) -> ColumnElement[bool]:
    if waited not in _DAYS:
        ended = STEP.c.state != StepState.OPEN.value
        return and_(REACHED.c.number.is_(None), ended if waited is Waited.GIVEN_UP else ~ended)
    return DAYS_WAITED.between(*_DAYS[waited])
