"""What a call brings with it: new people, their ties, schools not in the list, the next step, and days from which dates
of the law follow. Saved with the call in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.families import Affiliation, Consent, Relationship, check_relationship
from ppsdesk.domain.family_checks import check_affiliation, check_consent
from ppsdesk.domain.list_checks import check_label
from ppsdesk.domain.organisations import NewOrganisation, check_organisation
from ppsdesk.domain.people import NewPerson, check_person
from ppsdesk.domain.steps import NewStep, check_step
from ppsdesk.domain.vocabulary import Term, Vocabulary

if TYPE_CHECKING:  # the rules of dates are read when somebody asks for one
    from ppsdesk.domain.matters import Matter


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
    matters: tuple[Matter, ...] = ()


NOTHING_NEW = Intake()
# fields of a call that are not called as their list is
FIELD_OF = {Vocabulary.TOPIC: "topics", Vocabulary.STAGE: "stages", Vocabulary.SIGNPOST: "signposted"}


def check_intake(intake: Intake, *, now: datetime) -> None:
    """Raises `Invalid` for the first part that cannot be kept.

    Words and schools that were typed as "not in list" name the field of the call they were typed in, people, ties and
    the next step their own.
    """
    for term in intake.terms:
        with _typed_in(FIELD_OF.get(term.vocabulary, term.vocabulary.value)):
            check_label(term.label)
    for organisation in intake.organisations:
        with _typed_in("organisations"):
            check_organisation(organisation)
    for person in intake.people:
        check_person(person, now=now)
    for tie in intake.relationships:
        check_relationship(tie)
    for affiliation in intake.affiliations:
        check_affiliation(affiliation)
    for consent in intake.consents:
        check_consent(consent, now=now)
    if intake.step is not None:
        check_step(intake.step)


@contextmanager
def _typed_in(field: str) -> Iterator[None]:
    try:
        yield
    except Invalid as invalid:
        raise Invalid({field: " ".join(invalid.problems.values())}) from None
