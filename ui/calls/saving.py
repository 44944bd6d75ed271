"""What happens in the background when a call is saved, and when saving it is undone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from uuid import UUID

from ppsdesk.domain.calls import Call, CallFacts, NewCall
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import AttemptResult, StepState
from ppsdesk.domain.errors import Invalid, NotFound
from ppsdesk.domain.intake import Intake
from ui.calls.questions import closed_schools
from ui.kit.desk import Desk

if TYPE_CHECKING:
    from ppsdesk.assembly import Services


class Asked(Invalid):
    """Possible, but unlikely: `problems` are questions by field, to be accepted with one key."""


def logging(
    desk: Desk,
    call: NewCall,
    intake: Intake,
    *,
    not_same: Collection[UUID],
    accepted: Collection[str],
    returned: str,
) -> Callable[[], Done[int]]:
    """Save the call with everything it brings; then note who its new caller is not, and that a call was returned."""
    services = desk.services

    def log() -> Done[int]:
        if call.organisations:
            asked = closed_schools(services, call.organisations, call.taken_on)
            if open_questions := {name: words for name, words in asked.items() if words not in accepted}:
                raise Asked(open_questions)
        done = services.calls.log(call, intake)
        services.drafts.saved(call.key)
        touched = set(done.touched)
        if call.caller is not None and any(person.key == call.caller for person in intake.people):
            for other in not_same:
                touched |= services.people.not_same(call.caller, other).touched
        if returned:
            touched |= _reached(services, UUID(returned))
        return Done(done.value, frozenset(touched), said=done.said)

    return log


def amending(desk: Desk, before: Call, wanted: CallFacts, brings: Intake) -> Callable[[], Done[Call]]:
    """Change a call on record; what was typed as new comes on record before it. Twice leaves one of each."""
    services = desk.services

    def amend() -> Done[Call]:
        touched: set[Topic] = set()
        for term in brings.terms:
            touched |= services.vocabularies.add(term).touched
        for organisation in brings.organisations:
            touched |= services.organisations.add(organisation).touched
        for person in brings.people:
            touched |= services.people.add(person).touched
        for tie in brings.relationships:
            touched |= services.families.relate(tie).touched
        done = services.calls.amend(before.id, before.version, wanted)
        return Done(done.value, done.touched | touched, said=done.said)

    return amend


def taking_out(desk: Desk, call_id: int, intake: Intake) -> Callable[[], None]:
    """Undo a save: the call is removed, and what it brought with it, as long as nobody went on with that."""
    services = desk.services

    def take_out() -> Done[None]:
        done = services.calls.remove(call_id, services.calls.get(call_id).version)
        touched = set(done.touched)
        if intake.step is not None:
            step = services.steps.get(intake.step.key)
            if step.state is StepState.OPEN and not step.attempts:
                touched |= services.steps.give_up(step.key, step.version).touched
        for person in reversed(intake.people):
            record = services.people.record(person.key)
            if record.person.version == 1 and record.calls == 0:
                touched |= services.people.remove(person.key, 1).touched
        return Done(None, frozenset(touched), said=done.said)

    def said(done: Done[None]) -> None:
        desk.notices.inform(done.said)

    return lambda: desk.change(desk, take_out, said)


def _reached(services: Services, key: UUID) -> frozenset[Topic]:
    """The call that was promised was made: the step ends, if nobody ended it meanwhile."""
    try:
        step = services.steps.get(key)
    except NotFound:
        return frozenset()
    if step.state is not StepState.OPEN:
        return frozenset()
    return services.steps.attempt(key, step.version, AttemptResult.REACHED).touched
