"""What happens next: calls to be returned, papers to be sent, families to be handed over, each with an owner."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import AttemptResult, StepKind, StepOwner, StepState
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit
from ppsdesk.domain.vocabulary import Term

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

    @property
    def reached_at(self) -> datetime | None:
        """When they were reached; None while they were not, or when it ended in another way."""
        return next((attempt.at for attempt in self.attempts if attempt.result is AttemptResult.REACHED), None)

    @property
    def days_waited(self) -> int | None:
        """London days from the asking to the reaching: 0 is the same day. None for somebody who was not reached."""
        return None if self.reached_at is None else (local_day(self.reached_at) - local_day(self.asked_at)).days


def facts_of_step(step: StepFacts, *, owner: str | None = None) -> StepFacts:
    """Only what was written down, without key and state; for another owner, if one is given."""
    facts = StepFacts(**{field.name: getattr(step, field.name) for field in fields(StepFacts)})
    return facts if owner is None else replace(facts, owner=owner)


def proposed(term: Term, *, on: date, me: str, coordinator: str) -> StepFacts | None:
    """The next step that an outcome of that day decides on; None for one that ends the matter.

    `me` took the call. It is due the term's days later, on the Monday where that is a weekend; a supporter is still to
    be named.
    """
    if not term.next_step:
        return None
    owners = {StepOwner.ME.value: me, StepOwner.COORDINATOR.value: coordinator}
    due_on = on + timedelta(days=term.next_days or 0)
    if due_on.weekday() >= 5:
        due_on += timedelta(days=7 - due_on.weekday())
    return StepFacts(kind=StepKind(term.next_step), due_on=due_on, owner=owners.get(term.next_owner, ""))


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
