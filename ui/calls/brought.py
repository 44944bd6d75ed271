"""What a call brings with it when it is saved: the new caller, new children, their ties and school, the next step.

Every part has a key made from the call's own, so that a second try after a lost answer leaves one of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from uuid import UUID, uuid5

from ppsdesk.domain.calls import Call, CallFacts, NewCall
from ppsdesk.domain.codes import ContactKind, PersonKind, StepKind
from ppsdesk.domain.families import Affiliation, Relationship, Tie
from ppsdesk.domain.finding import Typed
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import Address, ContactPoint, NewPerson, Person
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import Term, TermCode
from ui.calls.dates_told import matters_of
from ui.calls.stages_editor import ChildStages
from ui.kit.editors import TermTokens
from ui.kit.form import Form
from ui.who.child_chips import Children
from ui.who.organisation_tokens import OrganisationTokens

Values = Mapping[str, object]

PROFESSIONALS = frozenset({"SCHOOL", "LA", "HEALTH", "SOCIAL", "VOL", "OTHERPRO"})
THEMSELVES = frozenset({"CHILD", "YP"})  # the caller is the child the call is about
_OTHER_FAMILY, _OTHER_PROFESSIONAL = TermCode("other-family"), TermCode("other-professional")
# What a caller of this kind most often is to the child; shown, and changed by one key.
_RELATION = {
    "PARENT": TermCode("parent"),
    "CARER": TermCode("foster-carer"),
    "GRANDP": TermCode("grandparent"),
    "SCHOOL": TermCode("teacher"),
    "SOCIAL": TermCode("social-worker"),
}
_KIND_BY_TIE = {
    **dict.fromkeys(("mother", "father", "parent", "step-parent", "adoptive-parent"), TermCode("PARENT")),
    **dict.fromkeys(("foster-carer", "special-guardian"), TermCode("CARER")),
    **dict.fromkeys(
        ("grandparent", "sibling", "other-family", "family-friend", "partner-of-a-parent"), TermCode("GRANDP")
    ),
    "social-worker": TermCode("SOCIAL"),
    **dict.fromkeys(("senco", "teacher"), TermCode("SCHOOL")),
    "other-professional": TermCode("OTHERPRO"),
}
# Fields of a part under the names of the pad's fields, where words of a problem belong.
PROBLEMS_AT = {
    "caller_name": "caller",
    "child_name": "children",
    "family_name": "new_family",
    "given_names": "new_given",
    "contacts": "phone",
    "addresses": "new_postcode",
    "not_after": "next_to",
    "words": "next_words",
    "owner": "next_owner",
    "name": "organisations",
    "other": "children",
    "born_on": "children",
}


def problem_at(name: str) -> str:
    """The pad's field in which words of a problem belong."""
    return "dates" if name.startswith("dates.") else PROBLEMS_AT.get(name, name)


def part_key(call: UUID, what: str) -> UUID:
    """The key of one part of what this call brings; always the same for the same part."""
    return uuid5(call, what)


def relation_of(kind: object) -> TermCode:
    """What a caller of this kind is to the child, as far as the kind says."""
    if kind in PROFESSIONALS:
        return _RELATION.get(str(kind), _OTHER_PROFESSIONAL)
    return _RELATION.get(str(kind), _OTHER_FAMILY)


def kind_of_caller(person: Person, ties: Iterable[Tie], last: TermCode | None, today: date) -> TermCode | None:
    """The kind a person calls as: as the last time they rang, else by who they are; None where nothing says it."""
    if last:
        return last
    if person.kind is PersonKind.CHILD:
        age = person.age_on(today)
        return TermCode("YP" if person.own_right or (age is not None and age > 16) else "CHILD")
    for tie in ties:
        if tie.outgoing and tie.other_kind == PersonKind.CHILD and tie.relationship.kind in _KIND_BY_TIE:
            return _KIND_BY_TIE[tie.relationship.kind]
    return TermCode("OTHERPRO") if person.kind is PersonKind.PROFESSIONAL else None


def new_caller(key: UUID, values: Values, typed: Typed) -> NewPerson:
    """The new caller as written down, with what else was typed into the box; one of name and phone is enough."""
    kind = values.get("caller_kind")
    phone, postcode = _text(values, "phone"), _text(values, "new_postcode")
    contacts = ((ContactKind.PHONE, phone), (ContactKind.EMAIL, typed.email))
    return NewPerson(
        key=part_key(key, "caller"),
        kind=_person_kind(kind),
        given_names=_text(values, "new_given"),
        family_name=_text(values, "new_family"),
        own_right=kind in THEMSELVES,
        area=_term(values.get("area")),
        born_on=typed.born_on,
        contacts=tuple(
            ContactPoint(key=part_key(key, f"caller's {way}"), kind=way, value=value)
            for way, value in contacts
            if value
        ),
        addresses=(Address(key=part_key(key, "caller's address"), postcode=postcode),) if postcode else (),
    )


def new_in(form: Form) -> tuple[tuple[NewOrganisation, ...], tuple[Term, ...]]:
    """Schools and words that were typed into a form as "not in the list"."""
    schools = form.editor("organisations")
    assert isinstance(schools, OrganisationTokens)
    tokens = (form.editor(name) for name in form.names())
    lists = (editor for editor in tokens if isinstance(editor, TermTokens | ChildStages))
    terms = tuple(term for editor in lists for term in editor.new_terms())
    return schools.new_organisations(), terms


def brought_to(call: Call, facts: CallFacts, form: Form, values: Values) -> Intake:
    """What a change of a call on record brings: children, schools and words that are new."""
    organisations, terms = new_in(form)
    children = values["children"]
    assert isinstance(children, Children)
    return Intake(
        terms=terms,
        organisations=organisations,
        people=children.new,
        relationships=_ties(call.key, facts.caller, values, children.new),
    )


def brought(
    call: NewCall,
    values: Values,
    *,
    caller: NewPerson | None,
    children: tuple[NewPerson, ...],
    organisations: tuple[NewOrganisation, ...],
    terms: tuple[Term, ...],
) -> Intake:
    """Everything to be saved with the call, in one record."""
    people = (*((caller,) if caller else ()), *children)
    return Intake(
        terms=terms,
        organisations=organisations,
        people=people,
        relationships=_ties(call.key, call.caller, values, children),
        affiliations=_affiliations(call, people),
        step=_step(call, values),
        matters=matters_of(call, values.get("dates")),
    )


def _ties(call: UUID, person: UUID | None, values: Values, children: tuple[NewPerson, ...]) -> tuple[Relationship, ...]:
    if person is None:
        return ()
    kind = _term(values.get("relation")) or relation_of(values.get("caller_kind"))
    return tuple(
        Relationship(key=part_key(call, f"tie {child.key}"), person=person, other=child.key, kind=kind)
        for child in children
        if child.key != person
    )


def _affiliations(call: NewCall, people: tuple[NewPerson, ...]) -> tuple[Affiliation, ...]:
    """New children go to the first school named, new professionals work there; a parent has nothing to do with it."""
    if not call.organisations:
        return ()
    return tuple(
        Affiliation(
            key=part_key(call.key, f"school {person.key}"),
            person=person.key,
            organisation=call.organisations[0],
        )
        for person in people
        if person.kind is not PersonKind.ADULT
    )


def _step(call: NewCall, values: Values) -> NewStep | None:
    kind, due_on = values.get("next_kind"), values.get("next_day")
    if not isinstance(kind, StepKind) or not isinstance(due_on, date):
        return None
    return NewStep(
        key=part_key(call.key, "step"),
        call=call.key,
        person=call.caller,
        kind=kind,
        due_on=due_on,
        owner=_text(values, "next_owner"),
        words=_text(values, "next_words"),
        not_before=_clock(values.get("next_from")),
        not_after=_clock(values.get("next_to")),
        phone=call.phone if kind is StepKind.CALL_BACK else "",
    )


def _person_kind(kind: object) -> PersonKind:
    if kind in THEMSELVES:
        return PersonKind.CHILD
    return PersonKind.PROFESSIONAL if kind in PROFESSIONALS else PersonKind.ADULT


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _term(value: object) -> TermCode | None:
    return TermCode(str(value)) if value else None


def _clock(value: object) -> time | None:
    return value if isinstance(value, time) else None
