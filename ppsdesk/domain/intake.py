"""What a call brings with it: new people, their ties, schools not in the list, and the next step. Saved with the call
in one transaction, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ppsdesk.domain.families import Affiliation, Consent, Relationship, check_relationship
from ppsdesk.domain.organisations import NewOrganisation, check_organisation
from ppsdesk.domain.people import NewPerson, check_person
from ppsdesk.domain.steps import NewStep, check_step
from ppsdesk.domain.vocabulary import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything has a key of its own, so that saving twice leaves one of each.

    `terms` are entries typed as "not in list", marked `to_check`.
    """

    terms: tuple[Term, ...] = ()
    organisations: tuple[NewOrganisation, ...] = ()
    people: tuple[NewPerson, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    consents: tuple[Consent, ...] = ()
    step: NewStep | None = None


NOTHING_NEW = Intake()


def check_intake(intake: Intake, *, now: datetime) -> None:
    """Raises `Invalid` for the first part that cannot be kept; a problem of a part names the part's own field."""
    for organisation in intake.organisations:
        check_organisation(organisation)
    for person in intake.people:
        check_person(person, now=now)
    for tie in intake.relationships:
        check_relationship(tie)
    if intake.step is not None:
        check_step(intake.step)
