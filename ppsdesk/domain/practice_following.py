"""What invented calls leave behind: calls to be returned, and rings that were no enquiry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from ppsdesk.domain.calendar import instant_of
from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.codes import AttemptResult, NonDataKind, StepKind
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.practice import STAFF
from ppsdesk.domain.steps import NewStep

RECENT, EVERY, MOST = 40, 4, 24  # days, calls, steps
SHARE_NON_DATA = 0.04
WORDS = ("Wants to know what the school said.", "Will have the letter by then.", "Ring about the draft plan.",
         "Promised the name of the charity.")  # fmt: skip


def steps_after(calls: Sequence[NewCall], today: date, me: str) -> Iterator[NewStep]:
    """Next steps of the latest calls whose caller is known: some late, some today, some to come; half of them mine."""
    recent = [call for call in calls if call.caller and (today - call.taken_on).days <= RECENT]
    for number, call in enumerate(recent[-MOST * EVERY :: EVERY]):
        window = (time(14), time(16)) if number % 3 == 0 else (None, None)
        yield NewStep(
            key=UUID(int=call.key.int ^ 1),
            kind=StepKind.SEND if number % 5 == 4 else StepKind.CALL_BACK,
            due_on=today + timedelta(days=number % 7 - 2),
            owner=me if number % 2 == 0 else STAFF[number % len(STAFF)],
            words=WORDS[number % len(WORDS)],
            not_before=window[0],
            not_after=window[1],
            phone=call.phone,
            call=call.key,
            person=call.caller,
        )


def attempts_at(step: NewStep, now: datetime) -> tuple[tuple[datetime, AttemptResult], ...]:
    """Of every three: nobody tried yet, nobody answered, reached at the second attempt."""
    first = now - timedelta(hours=5)
    tried = ((first, AttemptResult.NO_ANSWER), (first + timedelta(hours=2), AttemptResult.REACHED))
    return tried[: step.key.int % 3] if step.kind is StepKind.CALL_BACK else ()


def non_data_beside(calls: Sequence[NewCall], seed: int) -> Iterator[NewNonDataCall]:
    """One silent ring, wrong number or hang-up beside every twenty-fifth call."""
    random = Random(f"non-data {seed}")  # noqa: S311  # practice data wants to be repeatable, not secret
    for call in calls:
        if call.line and random.random() < SHARE_NON_DATA:
            yield NewNonDataCall(
                key=UUID(int=random.getrandbits(128), version=4),
                kind=random.choice(list(NonDataKind)),
                line=call.line,
                taken_on=call.taken_on,
                at=call.started_at or instant_of(call.taken_on, time(12)),
                taken_by=call.taken_by,
            )
