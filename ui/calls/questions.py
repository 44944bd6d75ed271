"""What is possible but unlikely about a call: asked once in a bar, accepted with one key, never refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.people import questions
from ppsdesk.domain.typed_dates import read_day

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

LONG = 3 * 60  # minutes: nobody talks for so long
_OF_CALLER = {"given_names": "new_given", "family_name": "new_family", "addresses": "new_postcode"}


def questions_of(call: NewCall, intake: Intake, today: date) -> dict[str, str]:
    """Sentences by the field of the pad they belong to."""
    asked: dict[str, str] = {}
    for person in intake.people:
        fields = _OF_CALLER if person.key == call.caller else {}
        elsewhere = "caller" if person.key == call.caller else "children"
        for name, sentence in questions(person, today=today).items():
            field = fields.get(name, elsewhere)
            asked[field] = " ".join(filter(None, (asked.get(field), f"{person.name}: {sentence}")))
    if call.minutes is not None and call.minutes > LONG:
        asked["minutes"] = f"{call.minutes} minutes is a very long call. Are they right?"
    if intake.step is not None and intake.step.due_on < today:
        asked["next_day"] = f"The next step is for {long_day(intake.step.due_on)}, which is past. Is the day right?"
    elif intake.step is not None and intake.step.due_on.weekday() >= 5:
        asked["next_day"] = f"The next step is for {long_day(intake.step.due_on)}, a weekend. Is the day right?"
    if intake.step is not None and _reads_as_day(intake.step.owner, today):
        asked["next_owner"] = f"The next step is for “{intake.step.owner}”, which reads as a day. Is it a name?"
    return asked


def _reads_as_day(words: str, today: date) -> bool:
    """Whether a day was typed where a name belongs: the step would be nobody's, and in nobody's list."""
    try:
        read_day(words, today, ahead=True)
    except ValueError:
        return False
    return True


def closed_schools(services: Services, keys: Iterable[UUID], day: date) -> dict[str, str]:
    """Schools of the call that were closed on its day, in one sentence. Touches no widget."""
    closed = services.organisations.closed_on(keys, day)
    return {"organisations": f"{' '.join(closed.values())} Is it the right one?"} if closed else {}
