"""Finding people, putting them on record, and keeping apart those who are only alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from ppsdesk.domain.calendar import Clock, local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.families import PersonRecord
from ppsdesk.domain.finding import MOST, Alike, Found
from ppsdesk.domain.history import Change
from ppsdesk.domain.people import NewPerson, Person, PersonFacts, check_person, facts_of_person, questions
from ppsdesk.services.matter_history import with_dates
from ppsdesk.storage.people import same_facts
from ppsdesk.storage.work import Storage

TOUCHED = frozenset({Topic.PEOPLE})
Facts = TypeVar("Facts", bound=PersonFacts)


class PeopleDesk:
    """What the helpline does with people."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # -- finding ---------------------------------------------------------------------------------------------------

    def find(self, text: str, limit: int = MOST) -> tuple[Found, ...]:
        """Who is meant by what was typed, the best first, each saying why; nobody for nothing typed."""
        with self._storage.reading() as work:
            return work.people_search.find(text, today=local_day(self._clock()), limit=limit)

    def record(self, key: UUID) -> PersonRecord:
        """Everything the page and the pad show of a person, read in one moment. Raises `NotFound`."""
        with self._storage.reading() as work:
            return work.families.record(key)

    def get(self, key: UUID) -> Person:
        """One person, removed or not. Raises `NotFound`."""
        with self._storage.reading() as work:
            return work.people.get(key)

    def get_many(self, keys: tuple[UUID, ...]) -> dict[UUID, Person]:
        """Those of these people who are on record, removed or not."""
        with self._storage.reading() as work:
            return work.people.get_many(keys)

    def history(self, key: UUID) -> tuple[Change, ...]:
        """Who changed what of the person and what belongs to them, oldest first, in words; `field` is a name of
        `domain.families.CHANGE_LABELS`. The dates of the law that are, or were, about the person included."""
        with self._storage.reading() as work:
            number = work.people.id_of(key)
            return with_dates(work, work.people.history(key), self._storage.role, person=number)

    def questions(self, facts: PersonFacts) -> dict[str, str]:
        """What is possible but unlikely, by field: asked once, never refused."""
        return questions(facts, today=local_day(self._clock()))

    # -- writing down ----------------------------------------------------------------------------------------------

    def add(self, person: NewPerson) -> Done[Person]:
        """Put a person on record; doing it twice with the same key leaves one, as it was written down last.

        Raises `Invalid` with words for each field, and `Conflict` when an earlier save whose answer was lost did
        succeed, somebody changed the record since, and this one says otherwise.
        """
        now, person = self._clock(), tidied(person)
        check_person(person, now=now)
        with self._storage.writing() as work:
            work.people.add_once(person, recorded_at=now)
            added = work.people.get(person.key)
            if not same_facts(added, person):
                raise work.people.changed(added)
            work.commit()
        return Done(added, TOUCHED, said=f"{added.name} is on record.")

    def amend(self, key: UUID, version: int, facts: PersonFacts) -> Done[Person]:
        """Change what is written down; the person as they now are.

        Raises `Conflict`, holding the saved record as `theirs`, when somebody changed it since `version` was read.
        """
        facts = tidied(facts_of_person(facts))
        check_person(facts, now=self._clock())
        with self._storage.writing() as work:
            person = work.people.amend(key, version, facts)
            work.commit()
        return Done(person, TOUCHED, said=f"{person.name} changed.")

    def remove(self, key: UUID, version: int) -> Done[Person]:
        """Take out somebody entered by mistake: found no more, but never gone; their calls stay."""
        with self._storage.writing() as work:
            person = work.people.mark_removed(key, version, self._clock())
            work.commit()
        return Done(person, TOUCHED, said=f"{person.name} removed.")

    def put_back(self, key: UUID, version: int) -> Done[Person]:
        """Undo a removal."""
        with self._storage.writing() as work:
            person = work.people.mark_removed(key, version, None)
            work.commit()
        return Done(person, TOUCHED, said=f"{person.name} put back.")

    # -- perhaps the same ------------------------------------------------------------------------------------------

    def alike(self, facts: PersonFacts, but: UUID | None = None) -> tuple[Alike, ...]:
        """Who on record may be the person being typed, with the facts both share; never `but`."""
        with self._storage.reading() as work:
            return work.people_search.alike(facts, but=but, today=local_day(self._clock()))

    def perhaps_same(self, limit: int = 50) -> tuple[Alike, ...]:
        """Pairs on record that may be one person, without those said not to be."""
        with self._storage.reading() as work:
            return work.people_search.perhaps_same(today=local_day(self._clock()), limit=limit)

    def not_same(self, first: UUID, second: UUID) -> Done[None]:
        """Say that these are two people; nobody is asked again."""
        with self._storage.writing() as work:
            work.people_search.say_not_same(first, second, by=work.person, at=self._clock())
            work.commit()
        return Done(None, TOUCHED, said="Noted: not the same person.")

    def forget_not_same(self, first: UUID, second: UUID) -> Done[None]:
        """Undo: they may be the same after all."""
        with self._storage.writing() as work:
            work.people_search.forget_not_same(first, second)
            work.commit()
        return Done(None, TOUCHED, said="Noted: perhaps the same person.")


def tidied(facts: Facts) -> Facts:
    """Without spaces at the ends of names, numbers and addresses, and without empty contacts."""
    tidy: dict[str, Any] = _stripped(facts, "given_names", "family_name", "known_as", "former_names", "role", "note")
    contacts = (replace(point, **_stripped(point, "value", "note")) for point in facts.contacts)
    tidy["contacts"] = tuple(point for point in contacts if point.value)
    tidy["addresses"] = tuple(
        replace(one, **_stripped(one, "lines", "town", "postcode", "note")) for one in facts.addresses
    )
    tidy["formats"] = tuple(dict.fromkeys(code for code in facts.formats if code))
    return replace(facts, **tidy)


def _stripped(record: object, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name).strip() for name in names}
