"""A person's history: the audit trail of the person and of what belongs to them, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, select

from ppsdesk.domain.codes import AlertKind, Code, ConsentAnswer, ConsentSubject, ContactKind, Known, PersonKind, Safety
from ppsdesk.domain.history import Change
from ppsdesk.domain.people import PersonFacts
from ppsdesk.storage import audit
from ppsdesk.storage.people_rows import OrganisationRow, PersonRow, RelationshipRow
from ppsdesk.storage.rows import AuditEntryRow, AuditValueRow, TermRow
from ppsdesk.storage.vocabularies import TermIds

ENTRY: Table = AuditEntryRow.__table__  # type: ignore[assignment]
VALUE: Table = AuditValueRow.__table__  # type: ignore[assignment]
PERSON: Table = PersonRow.__table__  # type: ignore[assignment]
ORGANISATION: Table = OrganisationRow.__table__  # type: ignore[assignment]
RELATIONSHIP: Table = RelationshipRow.__table__  # type: ignore[assignment]
TERM: Table = TermRow.__table__  # type: ignore[assignment]

OWN = ("person", "person_format", "contact_point", "address")
# table, and the part of the record its changes are told under
TOLD = {
    "person_format": "formats",
    "contact_point": "contacts",
    "address": "addresses",
    "relationship": "relationships",
    "alert": "alerts",
    "consent": "consents",
    "affiliation": "affiliations",
}
# of these only that something happened is told; what they say is not even read
UNTOLD = {"hidden_address": "hidden_addresses", "safeguarding_note": "safeguarding_notes", "disclosure": "disclosures"}
SILENT = ("version", "position", "key", "id")
CODES: dict[tuple[str, str], type[Code]] = {
    ("person", "kind"): PersonKind,
    ("contact_point", "kind"): ContactKind,
    ("contact_point", "safety"): Safety,
    ("address", "safety"): Safety,
    ("relationship", "responsibility"): Known,
    ("relationship", "lives_with"): Known,
    ("relationship", "may_know"): Known,
    ("alert", "kind"): AlertKind,
}
YES_NO = ("own_right", "interpreter", "no_fixed_address")
# the column that says what a part is; every other one is told with its name
SPEAKING = {"contact_point": "value", "address": "lines", "alert": "words"}


def of(connection: Connection, terms: TermIds, person_id: int) -> tuple[Change, ...]:
    """Every change, oldest first. `field` is a name of `domain.families.CHANGE_LABELS`, "" for the record as a whole.

    A relationship stands in the history of both; what was changed about it later, in that of its first person.
    """
    found = [*audit.history(connection, ("person", *TOLD), person_id), *_from_others(connection, person_id)]
    words = _Words(connection, terms, person_id, found)
    told = [words.said(change) for change in found if change.field not in SILENT]
    return tuple(sorted([*told, *_untold(connection, person_id)], key=lambda change: change.at))


def last_change_by(connection: Connection, person_id: int) -> str:
    """Who changed the record itself last; "" when nobody is known."""
    question = select(ENTRY.c.person).where(ENTRY.c.table_name.in_(OWN), ENTRY.c.record_id == person_id)
    return connection.execute(question.order_by(ENTRY.c.id.desc()).limit(1)).scalar() or ""


def _from_others(connection: Connection, person_id: int) -> list[Change]:
    """Relationships that were noted from the other side."""
    others = select(RELATIONSHIP.c.person_id).where(RELATIONSHIP.c.other_id == person_id)
    question = select(ENTRY.c.at, ENTRY.c.person, VALUE.c.new).join_from(ENTRY, VALUE, VALUE.c.entry_id == ENTRY.c.id)
    question = question.where(
        ENTRY.c.table_name == "relationship", ENTRY.c.action == "insert", ENTRY.c.record_id.in_(others)
    )
    return [
        Change(at=row.at, person=row.person, action="insert", table="relationship", field="", old="", new=row.new)
        for row in connection.execute(question.order_by(ENTRY.c.id))
        if json.loads(row.new)["other_id"] == person_id
    ]


def _untold(connection: Connection, person_id: int) -> list[Change]:
    question = select(ENTRY).where(ENTRY.c.table_name.in_(UNTOLD), ENTRY.c.record_id == person_id)
    return [
        Change(
            at=row.at,
            person=row.person,
            action=row.action,
            table=row.table_name,
            field=UNTOLD[row.table_name],
            old="",
            new="",
        )
        for row in connection.execute(question.order_by(ENTRY.c.id))
    ]


def _mentioned(changes: Iterable[Change]) -> tuple[set[int], set[int], set[int]]:
    """The people, organisations and kinds of relationship that changes speak of, by number."""
    found: dict[str, set[int]] = {}
    for change in changes:
        for text in filter(None, (change.old, change.new)):
            row = {change.field: text} if change.field else json.loads(text)
            for name in ("person_id", "other_id", "organisation_id", "kind_id"):
                if name in row:
                    found.setdefault(name, set()).add(int(row[name]))
    people = found.get("person_id", set()) | found.get("other_id", set())
    return people, found.get("organisation_id", set()), found.get("kind_id", set())


class _Words:
    """Puts changes into words; the names they need are asked for once."""

    def __init__(self, connection: Connection, terms: TermIds, person_id: int, changes: Iterable[Change]) -> None:
        self._connection = connection
        self._terms = terms
        self._person_id = person_id
        people, organisations, kinds = _mentioned(changes)
        named = select(PERSON.c.id, PERSON.c.given_names, PERSON.c.family_name, PERSON.c.known_as)
        self._people = {
            row.id: PersonFacts(given_names=row.given_names, family_name=row.family_name, known_as=row.known_as).name
            for row in self._those(named, PERSON, people)
        }
        self._organisations = {
            row.id: row.name
            for row in self._those(select(ORGANISATION.c.id, ORGANISATION.c.name), ORGANISATION, organisations)
        }
        self._kinds = {row.id: row.label for row in self._those(select(TERM.c.id, TERM.c.label), TERM, kinds)}

    def _those(self, question: Any, table: Table, ids: set[int]) -> list[Any]:
        return list(self._connection.execute(question.where(table.c.id.in_(ids)))) if ids else []

    def said(self, change: Change) -> Change:
        """One change in words, told under the part of the record that it is about."""
        if not change.field:
            old, new = self._row(change.table, change.old), self._row(change.table, change.new)
            return replace(change, field=TOLD.get(change.table, ""), old=old, new=new)
        old, new = (self._value(change.table, change.field, text) for text in (change.old, change.new))
        if change.table == "person":
            return replace(change, field=change.field.removesuffix("_id"), old=old, new=new)
        if change.field != SPEAKING.get(change.table):
            name = change.field.removesuffix("_id").replace("_", " ")
            old, new = (f"{name}: {text}" if text else "" for text in (old, new))
        return replace(change, field=TOLD[change.table], old=old, new=new)

    def _value(self, table: str, column: str, text: str) -> str:
        if not text:
            return ""
        if (table, column) in CODES:
            return CODES[table, column](text).label
        if column in YES_NO:
            return "yes" if text in ("1", "true") else "no"
        return self._named(column, int(text)) if column.endswith("_id") else text

    def _named(self, column: str, number: int) -> str:
        if column in ("other_id", "person_id"):
            return self._name(number)
        if column == "organisation_id":
            return self._school(number)
        return str(self._terms.code(self._connection, number))

    def _school(self, number: int) -> str:
        return str(self._organisations.get(number, "another organisation"))

    def _name(self, number: int) -> str:
        return self._people.get(number, "somebody else")

    def _row(self, table: str, text: str) -> str:
        """A whole row, added or taken away."""
        row = json.loads(text) if text else None
        return _ROWS[table](self, row) if row is not None else ""

    def person(self, row: dict[str, Any]) -> str:
        names = {name: row[name] for name in ("given_names", "family_name", "known_as")}
        return PersonFacts(**names).name

    def format(self, row: dict[str, Any]) -> str:
        return self._terms.code(self._connection, row["term_id"])

    def contact(self, row: dict[str, Any]) -> str:
        safety = Safety(row["safety"])
        said = (row["value"], safety.label if safety is not Safety.NOT_ASKED else "", row["note"])
        return ", ".join(part for part in said if part)

    def address(self, row: dict[str, Any]) -> str:
        nowhere = "no fixed address" if row["no_fixed_address"] else ""
        said = (nowhere, *row["lines"].splitlines(), row["town"], row["postcode"], row["note"])
        return ", ".join(part for part in said if part)

    def relationship(self, row: dict[str, Any]) -> str:
        kind = self._kinds.get(row["kind_id"], "")
        if row["other_id"] == self._person_id:
            return f"{self._name(row['person_id'])}: {kind}"
        return f"{kind} of {self._name(row['other_id'])}"

    def alert(self, row: dict[str, Any]) -> str:
        return f"{AlertKind(row['kind']).label}: {row['words']}"

    def consent(self, row: dict[str, Any]) -> str:
        return f"{ConsentSubject(row['subject']).label}: {ConsentAnswer(row['answer']).label}"

    def affiliation(self, row: dict[str, Any]) -> str:
        name = self._school(row["organisation_id"])
        return f"{name}, {row['role']}" if row["role"] else name


_ROWS: dict[str, Any] = {
    "person": _Words.person,
    "person_format": _Words.format,
    "contact_point": _Words.contact,
    "address": _Words.address,
    "relationship": _Words.relationship,
    "alert": _Words.alert,
    "consent": _Words.consent,
    "affiliation": _Words.affiliation,
}
