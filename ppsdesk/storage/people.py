"""People in, people out. Records only; SQLAlchemy Core on one unit of work's connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.history import Change
from ppsdesk.domain.people import NewPerson, Person, PersonFacts, facts_of_person
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage import person_history, search_keys
from ppsdesk.storage.keyed import AT_ONCE, KeyedTable, term_code, term_id
from ppsdesk.storage.people_rows import PersonRow
from ppsdesk.storage.person_parts import PersonParts
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.vocabularies import TermIds

PERSON: Table = PersonRow.__table__  # type: ignore[assignment]
PEOPLE = KeyedTable(PERSON, "This person is not in the database any more.")
ONE: dict[str, tuple[Vocabulary, str]] = {
    "area": (Vocabulary.AREA, "area_id"),
    "language": (Vocabulary.LANGUAGE, "language_id"),
}
SAME = ("given_names", "family_name", "known_as", "former_names", "born_on", "own_right", "role", "interpreter",
        "note")  # fmt: skip


class PeopleRepository:
    """The people, on one unit of work's connection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms
        self._parts = PersonParts(connection, terms)

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_once(self, person: NewPerson, *, recorded_at: datetime) -> int:
        """Put a person on record, or find that one of this key is there already; their id either way.

        Where the answer to an earlier save was lost, what was typed since goes into that same record, unless somebody
        changed it meanwhile: then theirs stands.
        """
        values = {**self._values(person), "key": person.key, "version": 1, "recorded_at": recorded_at}
        added = PEOPLE.add_once(self._connection, values)
        if added is None:
            return self._added_before(person)
        self._parts.add(added, person)
        search_keys.renew(self._connection, added, person)
        return added

    def _added_before(self, person: NewPerson) -> int:
        kept = self.get(person.key)
        if kept.version == 1 and not same_facts(kept, person):
            self.amend(person.key, 1, facts_of_person(person))
        return kept.id

    def amend(self, key: UUID, version: int, facts: PersonFacts) -> Person:
        """Change what is written down. `Conflict` (with the record as it now is) when somebody changed it since."""
        before = self.get(key)
        self._update(key, version, self._values(facts))
        self._parts.keep(before.id, before, facts)
        search_keys.renew(self._connection, before.id, facts)
        return self.get(key)

    def mark_removed(self, key: UUID, version: int, at: datetime | None) -> Person:
        """Take out somebody entered by mistake: found no more, but never gone; or put them back (`at` None)."""
        self._update(key, version, {"removed_at": at})
        person = self.get(key)
        search_keys.renew(self._connection, person.id, person)
        return person

    # -- reading ---------------------------------------------------------------------------------------------------

    def get(self, key: UUID) -> Person:
        """One person, removed or not. `NotFound` when there is none."""
        found = self.get_many([key])
        if key not in found:
            raise PEOPLE.not_there()
        return found[key]

    @stored_values()
    def get_many(self, keys: Iterable[UUID]) -> dict[UUID, Person]:
        """Those of these people who are there, removed or not."""
        wanted, found = list(dict.fromkeys(keys)), dict[UUID, Person]()
        for start in range(0, len(wanted), AT_ONCE):
            question = select(PERSON).where(PERSON.c.key.in_(wanted[start : start + AT_ONCE]))
            rows = self._connection.execute(question).all()
            parts = self._parts.of([row.id for row in rows])
            found |= {row.key: self._person(row, parts[row.id]) for row in rows}
        return found

    def id_of(self, key: UUID) -> int:
        """The number other tables refer to this person by. `NotFound` when there is none."""
        return PEOPLE.id(self._connection, key)

    @stored_values()
    def history(self, key: UUID) -> tuple[Change, ...]:
        """Every change to the person and what belongs to them, oldest first, in words; of what must not be disclosed
        only that it was written or looked at."""
        return person_history.of(self._connection, self._terms, self.id_of(key))

    def changed(self, theirs: Person) -> Conflict:
        """What to raise for somebody whose record is not as it was read."""
        who = person_history.last_change_by(self._connection, theirs.id) or "Somebody"
        return Conflict(
            f"{who} changed {theirs.name} while you had the record open.",
            hint="Your version is still here. Compare the two, then save again.",
            theirs=theirs,
        )

    # -- inside ----------------------------------------------------------------------------------------------------

    def _values(self, facts: PersonFacts) -> dict[str, Any]:
        values: dict[str, Any] = dict(zip(SAME, _same_of(facts), strict=True))
        for name, (vocabulary, column) in ONE.items():
            values[column] = term_id(self._connection, self._terms, vocabulary, getattr(facts, name))
        values["kind"] = facts.kind.value
        return values

    def _person(self, row: Any, parts: dict[str, Any]) -> Person:
        one: dict[str, Any] = {
            name: term_code(self._connection, self._terms, getattr(row, column)) for name, (_, column) in ONE.items()
        }
        return Person(
            id=row.id,
            key=row.key,
            version=row.version,
            recorded_at=row.recorded_at,
            removed_at=row.removed_at,
            kind=PersonKind(row.kind),
            **{name: getattr(row, name) for name in SAME},
            **one,
            **parts,
        )

    def _update(self, key: UUID, version: int, values: dict[str, Any]) -> None:
        """The one way a person is changed: only at the version they were read at."""
        if not PEOPLE.change(self._connection, key, version, values):
            raise self.changed(self.get(key))


def same_facts(one: PersonFacts, other: PersonFacts) -> bool:
    """Whether both say the same, as the tables can keep it."""
    first, second = (
        replace(facts, formats=tuple(dict.fromkeys(facts.formats)))
        for facts in (facts_of_person(one), facts_of_person(other))
    )
    return first == second


_same_of = attrgetter(*SAME)
