"""The fields of a person, declared: names, addresses and what to mind, as the record and the new person show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ppsdesk.domain.codes import ContactKind, PersonKind, Safety
from ppsdesk.domain.people import LABELS, PERSON_FACTS, Address, ContactPoint, PersonFacts
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ui.kit.editors import CodePicker, DayEditor, NotesEditor, TermPicker, TermTokens, TextEditor, TickEditor
from ui.kit.form import Field, Form
from ui.people.parts_editor import PartField, PartsEditor

Today = Callable[[], date]
Values = dict[str, object]

_LISTS = {"area": Vocabulary.AREA, "language": Vocabulary.LANGUAGE, "formats": Vocabulary.FORMAT}


def person_fields(today: Today) -> tuple[Field, ...]:
    """Everything that is written down about a person, in the order of the form."""
    return (
        Field("kind", LABELS["kind"], CodePicker(PersonKind)),
        Field("born_on", LABELS["born_on"], DayEditor(today, placeholder="3 sep 2015")),
        Field("given_names", LABELS["given_names"], TextEditor()),
        Field("family_name", LABELS["family_name"], TextEditor()),
        Field("known_as", LABELS["known_as"], TextEditor(), hint="Other names they use, with commas between them."),
        Field("former_names", LABELS["former_names"], TextEditor(), hint="Names they had."),
        Field("own_right", LABELS["own_right"], TickEditor(), hint="A young person who calls and decides themselves."),
        Field("role", LABELS["role"], TextEditor(), hint="Of a professional: SENCO, social worker."),
        Field("area", LABELS["area"], TermPicker(Vocabulary.AREA), hint="Where the family lives."),
        Field("language", LABELS["language"], TermPicker(Vocabulary.LANGUAGE)),
        Field("interpreter", LABELS["interpreter"], TickEditor()),
        Field("formats", LABELS["formats"], TermTokens(Vocabulary.FORMAT, with_main=False)),
        Field("contacts", LABELS["contacts"], contacts_editor(today), wide=True),
        Field("addresses", LABELS["addresses"], addresses_editor(today), wide=True),
        Field("note", LABELS["note"], NotesEditor(rows=3, most=8), wide=True),
    )


def offer_lists(form: Form, lists: Vocabularies, day: date) -> None:
    """Area, languages and formats as they are offered on that day."""
    for name, vocabulary in _LISTS.items():
        editor = form.editor(name)
        assert isinstance(editor, TermPicker | TermTokens)
        editor.offer(lists.offered(vocabulary, on=day), day)


def values_of(facts: PersonFacts) -> Values:
    """A person as the form shows them."""
    return {name: getattr(facts, name) for name in PERSON_FACTS}


def amended(facts: PersonFacts, before: Mapping[str, object], now: Mapping[str, object]) -> PersonFacts:
    """The facts with what was changed in the form; what nobody touched stays to the letter."""
    changed: dict[str, Any] = {name: value for name, value in now.items() if value != before[name]}
    return replace(facts, **changed)


def facts_from(values: Mapping[str, object]) -> PersonFacts:
    """A person made of what stands in the form."""
    said: dict[str, Any] = dict(values)
    return PersonFacts(**said)


def contacts_editor(today: Today) -> PartsEditor:
    """Phones and e-mails, each with whether it may be used."""
    return PartsEditor(
        "Phone or e-mail",
        lambda: _contact(today),
        read=_read_contact,
        shows=lambda point: _held(point, "kind", "value", "safety", "note", "valid_from", "valid_to"),
        telling=("value",),
        begins={"Phone": {"kind": ContactKind.PHONE}, "E-mail": {"kind": ContactKind.EMAIL}},
    )


def addresses_editor(today: Today) -> PartsEditor:
    """Addresses that may be disclosed; those that may not are asked for by themselves."""
    return PartsEditor(
        "Address",
        lambda: _address(today),
        read=_read_address,
        shows=lambda address: _held(address, *_ADDRESS),
        telling=("lines", "town", "postcode", "no_fixed_address", "note"),
        begins={"Address": {}},
    )


_ADDRESS = ("lines", "town", "postcode", "no_fixed_address", "safety", "note", "valid_from", "valid_to")


def _contact(today: Today) -> tuple[PartField, ...]:
    return (
        PartField("value", "Number or address", TextEditor(), 240),
        PartField("kind", "Kind", CodePicker(ContactKind), 120),
        PartField("safety", "May it be used", CodePicker(Safety), 150),
        PartField("note", "What to mind", TextEditor(placeholder="text only, after six"), 230),
        *_span(today),
    )


def _address(today: Today) -> tuple[PartField, ...]:
    return (
        PartField("lines", "House and street", NotesEditor(rows=2, most=4), 260),
        PartField("town", "Town", TextEditor(), 200),
        PartField("postcode", "Postcode", TextEditor(limit=20), 110),
        PartField("no_fixed_address", " ", TickEditor("No fixed address"), 190),
        PartField("safety", "May it be used", CodePicker(Safety), 150),
        PartField("note", "What to mind", TextEditor(placeholder="where to write to"), 230),
        *_span(today),
    )


def _span(today: Today) -> tuple[PartField, PartField]:
    return (
        PartField("valid_from", "Theirs from", DayEditor(today), 260, None),
        PartField("valid_to", "Theirs until", DayEditor(today), 260, None),
    )


def _held(record: object, *names: str) -> Values:
    return {name: getattr(record, name) for name in names}


def _read_contact(key: UUID, values: Values) -> ContactPoint:
    said: dict[str, Any] = dict(values)
    return ContactPoint(key=key, **said)


def _read_address(key: UUID, values: Values) -> Address:
    said: dict[str, Any] = dict(values)
    return Address(key=key, **said)
