"""What happens next: calls to be returned, papers to be sent, families to be handed over, each with an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from ppsdesk.domain.codes import AttemptResult, StepKind, StepState
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit

WORDS_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A next step. `due_on` is a London day; `not_before` and `not_after` are the caller's time window on it.

    `owner` is a person of the helpline, "" while nobody was named. `phone` is the number to ring.
    """

    kind: StepKind
    due_on: date
    owner: str = ""
    words: str = ""
    not_before: time | None = None
    not_after: time | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep(StepFacts):
    """A step to be added, for a call and, where known, the person it is for."""

    key: UUID
    call: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One numbered attempt to reach somebody."""

    number: int
    at: datetime
    by: str
    result: AttemptResult
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(StepFacts):
    """A step on record, with its attempts and the words a list shows of whom it is for."""

    id: int
    key: UUID
    version: int
    state: StepState
    asked_at: datetime
    ended_at: datetime | None = None
    call_id: int | None = None
    person: UUID | None = None
    caller: str = ""
    attempts: tuple[Attempt, ...] = ()


def check_step(facts: StepFacts) -> None:
    """Raises `Invalid` with words for each field, or returns. A day in the past is taken: late entry."""
    problems: dict[str, str] = {}
    if facts.not_before and facts.not_after and facts.not_after < facts.not_before:
        problems["not_after"] = "The window cannot end before it begins."
    for name, label, limit in (("words", "Next step", WORDS_LIMIT), ("owner", "For", NAME_LIMIT),
                               ("phone", "Phone", NAME_LIMIT)):  # fmt: skip
        if trouble := unfit(label, getattr(facts, name), limit):
            problems[name] = trouble
    if problems:
        raise Invalid(problems)
