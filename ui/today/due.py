"""What must be known before anybody rings: read with the steps, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ppsdesk.domain.codes import Safety, StepKind
from ppsdesk.domain.errors import NotFound
from ppsdesk.domain.families import PersonRecord
from ppsdesk.domain.phones import same_phone
from ppsdesk.domain.steps import Step
from ppsdesk.domain.today import Today
from ui.today.scope import Scope
from ui.today.steps_table import DueStep

if TYPE_CHECKING:
    from ppsdesk.assembly import Services


def steps_of(services: Services, scope: Scope, today: Today) -> tuple[Step, ...]:
    """The steps of a scope, read anew unless the page's own answer has them."""
    if scope is Scope.MINE:
        return (*today.mine, *today.nobodys)
    if scope is Scope.EVERYBODY:
        return services.steps.due(None, today.day)
    if scope is Scope.REACHED:
        return services.steps.reached(today.term.span)
    steps = services.steps.open_steps()
    return steps if scope is Scope.OPEN else tuple(step for step in steps if step.kind is StepKind.CALL_BACK)


def due_steps(services: Services, steps: Sequence[Step], day: date) -> tuple[DueStep, ...]:
    """The steps with the alerts of their people and the safety of their numbers, by day and time window."""
    records: dict[UUID, PersonRecord | None] = {}
    for step in steps:
        if step.person is not None and step.person not in records:
            records[step.person] = _record(services, step.person)
    ordered = sorted(steps, key=_urgency)
    return tuple(with_safety(step, records.get(step.person) if step.person else None, day) for step in ordered)


def with_safety(step: Step, record: PersonRecord | None, day: date) -> DueStep:
    """One step with what its person's record says. A number nobody has on record was not asked about."""
    if record is None:
        return DueStep(step=step)
    alerts = tuple(f"{alert.kind.label}: {alert.words}" for alert in record.alerts_on(day))
    number = next((point for point in record.person.phones if step.phone and same_phone(point.value, step.phone)), None)
    if number is None:
        return DueStep(step=step, alerts=alerts)
    # a number that stopped being theirs may be somebody else's by now
    safety = number.safety if number.current_on(day) else Safety.NOT_SAFE
    note = number.note if number.current_on(day) else "no longer theirs"
    return DueStep(step=step, safety=safety, phone_note=note, alerts=alerts)


def _record(services: Services, person: UUID) -> PersonRecord | None:
    try:
        return services.people.record(person)
    except NotFound:
        return None


def _urgency(step: Step) -> tuple[date, str, int]:
    return step.due_on, f"{step.not_before:%H:%M}" if step.not_before else "", step.id
