"""One of everything about people, for the sample of the schema that brought them. Everybody here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID, uuid4

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import ChildStage, facts_of
from ppsdesk.domain.codes import AlertKind, AttemptResult, ConsentAnswer, ConsentSubject, NonDataKind, Safety, StepKind
from ppsdesk.domain.families import Affiliation, Alert, Consent, HiddenAddress
from ppsdesk.domain.non_data import NewNonDataCall
from ppsdesk.domain.people import Address
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.builders import NOW, TODAY, a_child, a_person, a_phone, a_relationship, an_organisation

WHO, SISTER = "Gwenllian", "Jenifry"


def add_everything(desk: Services) -> None:
    """Put them on record, on a database that has a call about an annual review."""
    mother = a_person(
        given_names=WHO,
        known_as="Wen",
        former_names="Quillcombe",
        born_on=date(1984, 2, 29),
        area=TermCode("east"),
        language=TermCode("welsh"),
        interpreter=True,
        formats=(TermCode("large-print"),),
        contacts=(a_phone(safety=Safety.CAREFUL, note="text only"),),
        addresses=(Address(key=uuid4(), lines="3 Orchard Way", town="Dunmere", postcode="ZZ1 4AF"),),
    )
    child, other = a_child(), a_person(given_names="Perran", contacts=())
    school, typed = an_organisation(), an_organisation(name="st mallows", urn="", to_check=True)
    for person in (mother, child, other):
        desk.people.add(person)
    for organisation in (school, typed):
        desk.organisations.add(organisation)
    desk.organisations.merge(typed.key, 1, school.key)
    desk.families.relate(a_relationship(mother.key, child.key))
    desk.families.alert(Alert(key=uuid4(), person=mother.key, kind=AlertKind.SAFE_CONTACT, words="No voicemail."))
    desk.families.consent(
        Consent(
            key=uuid4(),
            person=mother.key,
            subject=ConsentSubject.RECORD,
            answer=ConsentAnswer.GIVEN,
            given_on=TODAY,
            how="by phone",
        )
    )
    desk.families.attend(Affiliation(key=uuid4(), person=child.key, organisation=school.key, role="pupil"))
    desk.families.hide_address(HiddenAddress(key=uuid4(), person=mother.key, lines="9 Hidden Row", postcode="ZZ9 9ZZ"))
    desk.families.show_hidden_addresses(mother.key)
    desk.families.safeguarding(mother.key, "Spoke to the named officer.")
    desk.people.not_same(mother.key, other.key)
    _one_call(desk, mother.key, child.key, school.key)
    _call_about_two(desk, child.key)
    desk.vocabularies.add(
        Term(vocabulary=Vocabulary.TOPIC, code=TermCode("annual-reviews"), label="Annual reviews", to_check=True)
    )
    desk.vocabularies.merge(Vocabulary.TOPIC, TermCode("annual-reviews"), TermCode("annual-review"))


def _call_about_two(desk: Services, child: UUID) -> None:
    """The first call of 2001, about two children at different stages."""
    sister = a_child(given_names=SISTER, born_on=None)
    desk.people.add(sister)
    number = desk.calls.ids(Selection(), descending=False)[0]
    call = desk.calls.get(number)
    stages = (
        ChildStage(child=child, stage=TermCode("S94_3")),
        ChildStage(child=sister.key, stage=TermCode("S94_5")),
    )
    about = replace(facts_of(call), children=(child, sister.key), child_stages=stages)
    desk.calls.amend(number, call.version, about)


def _one_call(desk: Services, mother: object, child: object, school: object) -> None:
    number = desk.calls.ids(Selection())[0]
    call = desk.calls.get(number)
    facts = replace(
        facts_of(call),
        caller=mother,
        children=(child,),
        organisations=(school,),
        information=(TermCode("appeal-guide"),),
        signposted=(TermCode("ipsea"),),
        area=TermCode("east"),
    )
    desk.calls.amend(number, call.version, facts)
    step = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY, owner="hana", not_before=time(14), call=call.key)
    added = desk.steps.add(step).value
    desk.steps.attempt(added.key, added.version, AttemptResult.NO_ANSWER)
    ring = NewNonDataCall(key=uuid4(), kind=NonDataKind.SILENT, line=TermCode("central"), taken_on=TODAY, at=NOW)
    desk.non_data.log(ring)
