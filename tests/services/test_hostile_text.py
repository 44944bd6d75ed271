"""A NUL and a hundred thousand letters in every field people can type into: refused in a sentence, or kept whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import (
    AlertKind,
    AttemptResult,
    ConsentAnswer,
    ConsentSubject,
    ContactKind,
    PersonKind,
    StepKind,
)
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.families import Affiliation, Alert, Consent, HiddenAddress
from ppsdesk.domain.people import Address, ContactPoint
from ppsdesk.domain.snippets import Snippet
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.builders import TODAY, a_call, a_person, a_phone, a_relationship, an_organisation

LONG = "x" * 100_000
Keep = Callable[[Services, UUID, str], object]


def person(**said: Callable[[str], object]) -> Keep:
    """Somebody with the text in that field."""
    return lambda desk, _, text: desk.people.add(a_person(**{name: make(text) for name, make in said.items()}))


def contact(make: Callable[[str], ContactPoint]) -> Keep:
    return lambda desk, _, text: desk.people.add(a_person(contacts=(make(text),)))


def address(name: str) -> Keep:
    return lambda desk, _, text: desk.people.add(a_person(addresses=(Address(key=uuid4(), **{name: text}),)))


def hidden(name: str) -> Keep:
    return lambda desk, who, text: desk.families.hide_address(
        HiddenAddress(key=uuid4(), person=who, **{"town": "Hazelby", name: text})
    )


def organisation(name: str) -> Keep:
    return lambda desk, _, text: desk.organisations.add(an_organisation(key=uuid4(), **{name: text}))


def call(name: str) -> Keep:
    return lambda desk, _, text: desk.calls.log(a_call(**{name: text}))


def step(name: str) -> Keep:
    return lambda desk, _, text: desk.steps.add(
        NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY, **{name: text})
    )


def consent(name: str) -> Keep:
    return lambda desk, who, text: desk.families.consent(
        Consent(key=uuid4(), person=who, subject=ConsentSubject.RECORD, answer=ConsentAnswer.GIVEN,
                given_on=date(2026, 11, 1), **{name: text})
    )  # fmt: skip


def alert(desk: Services, who: UUID, text: str) -> object:
    return desk.families.alert(Alert(key=uuid4(), person=who, kind=AlertKind.HANDLING, words=text))


def relationship(desk: Services, who: UUID, text: str) -> object:
    other = a_person()
    desk.people.add(other)
    return desk.families.relate(a_relationship(who, other.key, note=text))


def role_at_school(desk: Services, who: UUID, text: str) -> object:
    school = an_organisation(key=uuid4())
    desk.organisations.add(school)
    return desk.families.attend(Affiliation(key=uuid4(), person=who, organisation=school.key, role=text))


def attempt(desk: Services, _: UUID, text: str) -> object:
    kept = desk.steps.add(NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY)).value
    return desk.steps.attempt(kept.key, kept.version, AttemptResult.NO_ANSWER, text)


def term(desk: Services, _: UUID, text: str) -> object:
    return desk.vocabularies.add(Term(vocabulary=Vocabulary.TOPIC, code=TermCode(""), label=text))


def group(desk: Services, _: UUID, text: str) -> object:
    new = Term(vocabulary=Vocabulary.TOPIC, code=TermCode(""), label="something", group=text)
    return desk.vocabularies.add(new)


def rename(desk: Services, _: UUID, text: str) -> object:
    [one, *_others] = desk.vocabularies.all().of(Vocabulary.TOPIC)
    return desk.vocabularies.rename(one.vocabulary, one.code, one.version, text)


def snippet(name: str) -> Keep:
    return lambda desk, _, text: desk.snippets.keep(
        Snippet(**{"key": uuid4(), "title": "Heads", "body": "Asked: …", name: text})  # type: ignore[arg-type]
    )


def same(text: str) -> str:
    return text


FIELDS: dict[str, Keep] = {
    **{name: person(**{name: same}) for name in ("given_names", "family_name", "known_as", "former_names", "note")},
    "role": person(kind=lambda text: PersonKind.PROFESSIONAL, role=same),
    "phone": contact(lambda text: a_phone(f"07700 900123 {text}")),
    "e-mail": contact(lambda text: ContactPoint(key=uuid4(), kind=ContactKind.EMAIL, value=f"{text}@x")),
    "note of a phone": contact(lambda text: a_phone(note=text)),
    **{f"address, {name}": address(name) for name in ("lines", "town", "postcode", "note")},
    **{f"hidden address, {name}": hidden(name)
       for name in ("lines", "town", "postcode", "note", "told_to_nobody_but")},
    "safeguarding note": lambda desk, who, text: desk.families.safeguarding(who, text),
    "alert": alert,
    "relationship note": relationship,
    "role at a school": role_at_school,
    **{f"consent, {name}": consent(name) for name in ("how", "noted_by")},
    **{f"organisation, {name}": organisation(name)
       for name in ("name", "urn", "phone", "email", "town", "postcode", "note")},
    **{f"call, {name}": call(name)
       for name in ("caller_name", "child_name", "phone", "notes", "taken_by", "reference")},
    **{f"step, {name}": step(name) for name in ("words", "owner", "phone")},
    "attempt": attempt,
    "term": term,
    "group of a term": group,
    "renamed term": rename,
    **{f"text, {name}": snippet(name) for name in ("title", "body")},
}  # fmt: skip
KEPT_WHOLE = {"call, notes"}  # of a hundred thousand letters


@pytest.fixture
def somebody(desk: Services) -> UUID:
    mother = a_person()
    desk.people.add(mother)
    return mother.key


@pytest.mark.parametrize("text", ["a\0b", LONG], ids=["NUL", "100,000 letters"])
def test_what_cannot_be_kept_is_refused_in_one_sentence(desk: Services, somebody: UUID, text: str) -> None:
    kept = {name for name, keep in FIELDS.items() if not refused(lambda keep=keep: keep(desk, somebody, text))}
    assert kept == (KEPT_WHOLE if text == LONG else set())


def test_as_much_as_a_note_may_hold_comes_back_whole(desk: Services) -> None:
    assert desk.calls.get(desk.calls.log(a_call(notes=LONG)).value).notes == LONG


def refused(keep: Callable[[], object]) -> bool:
    """Whether it was, in one sentence for each field that says what is wrong and repeats nothing that harms."""
    try:
        keep()
    except Invalid as error:
        sentences = list(error.problems.values())
    except DeskError as error:
        sentences = [error.sentence]
    else:
        return False
    for words in sentences:
        assert words.endswith("."), words
        assert ". " not in words.replace(". You entered ", " "), words
        assert len(words) <= 160, words
        assert words.isprintable(), words
    return True
