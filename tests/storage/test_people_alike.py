"""Perhaps the same person: while somebody is typed, and as pairs over everybody; on both databases."""

from __future__ import annotations

import cProfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from ppsdesk.domain.finding import Alike
from ppsdesk.domain.people import Address, NewPerson, PersonFacts, facts_of_person
from ppsdesk.storage.work import Storage
from tests.builders import NOW, TODAY, a_child, a_person, a_phone, a_relationship
from tests.invented import put_on_record
from tests.storage.conftest import OpenLocal


def home(postcode: str = "ZZ10 7AB") -> Address:
    return Address(key=uuid4(), postcode=postcode)


JANE = a_person(given_names="Jane", family_name="Fernby", contacts=(a_phone("07700 900123"),), addresses=(home(),))
AGAIN = a_person(
    given_names="Jayne", family_name="Fernbie", contacts=(a_phone("+44 7700 900123"),), addresses=(home(),)
)
PARTNER = a_person(given_names="Alan", family_name="Fernby", contacts=(a_phone("07700 900123"),), addresses=(home(),))
TOM = a_child(given_names="Tom", family_name="Fernby", born_on=date(2018, 3, 14), addresses=(home(),))
TWIN = a_child(given_names="Tod", family_name="Fernby", born_on=date(2018, 3, 14), addresses=(home(),))


def on_record(storage: Storage, *people: NewPerson) -> None:
    with storage.writing() as work:
        for person in people:
            work.people.add_once(person, recorded_at=NOW)
        work.commit()


def alike(storage: Storage, facts: PersonFacts, but: UUID | None = None) -> tuple[Alike, ...]:
    with storage.reading() as work:
        return work.people_search.alike(facts, but=but, today=TODAY)


def pairs(storage: Storage, limit: int = 50) -> list[set[str]]:
    with storage.reading() as work:
        return [{one.name, one.other_name} for one in work.people_search.perhaps_same(today=TODAY, limit=limit)]


def say(storage: Storage, first: UUID, second: UUID) -> None:
    with storage.writing() as work:
        work.people_search.say_not_same(first, second, by="Hana Helpline", at=NOW)
        work.commit()


def test_somebody_typed_twice_is_shown_with_the_facts_both_share(storage: Storage) -> None:
    on_record(storage, JANE, PARTNER, TOM, TWIN)
    [one] = alike(storage, facts_of_person(AGAIN))
    assert one.person == JANE.key
    assert one.shared == ("like name Jane Fernby", "same phone 07700 900123", "same postcode ZZ10 7AB")
    by_phone = alike(storage, PersonFacts(contacts=(a_phone("07700900123"),)))
    assert [one.name for one in by_phone] == ["Jane Fernby", "Alan Fernby"]
    [thomas] = alike(storage, replace(facts_of_person(TOM), given_names="Thomas"))
    assert thomas.name == "Tom Fernby"


def test_nobody_is_shown_for_a_name_alone_a_twin_or_a_partner(storage: Storage) -> None:
    on_record(storage, JANE, TOM)
    assert alike(storage, PersonFacts(given_names="Jane", family_name="Fernby")) == ()
    assert alike(storage, facts_of_person(PARTNER)) == ()
    assert alike(storage, facts_of_person(TWIN)) == ()
    assert alike(storage, PersonFacts()) == ()


def test_a_record_is_not_like_itself_nor_like_relatives_or_the_removed(storage: Storage) -> None:
    mother = replace(AGAIN, key=uuid4(), given_names="Jane", family_name="Fernby")
    on_record(storage, JANE, mother)
    assert [one.person for one in alike(storage, facts_of_person(JANE), JANE.key)] == [mother.key]
    with storage.writing() as work:
        work.families.add_relationship(a_relationship(mother.key, JANE.key))
        work.commit()
    assert alike(storage, facts_of_person(JANE), JANE.key) == ()
    assert alike(storage, facts_of_person(mother), mother.key) == ()
    assert pairs(storage) == []
    with storage.writing() as work:
        work.people.mark_removed(mother.key, 1, NOW)
        work.commit()
    assert [one.person for one in alike(storage, facts_of_person(AGAIN))] == [JANE.key]


def test_pairs_are_listed_once_the_most_alike_first(storage: Storage) -> None:
    rowan = a_person(given_names="Rowan", family_name="Quill", contacts=(a_phone("01632 960001"),))
    same = replace(rowan, key=uuid4(), contacts=(a_phone("+44 1632 960001"),), addresses=(home("ZZ1 1AA"),))
    nameless = NewPerson(key=uuid4(), family_name="Sedge", contacts=(a_phone("01632 960002"),))
    sedge = a_person(given_names="Mab", family_name="Sedge", contacts=(a_phone("01632 960002"),))
    names = ("Wren", "Cai", "Idris", "Sorrel", "Dougal", "Niamh")
    switchboard = [a_person(given_names=name, contacts=(a_phone("01632 960003"),)) for name in names]
    on_record(storage, JANE, PARTNER, TOM, TWIN, rowan, AGAIN, same, nameless, sedge, *switchboard)
    assert pairs(storage) == [{"Jane Fernby", "Jayne Fernbie"}, {"Rowan Quill"}, {"Mab Sedge", "Sedge"}]
    assert pairs(storage, limit=1) == [{"Jane Fernby", "Jayne Fernbie"}]


def test_not_the_same_is_remembered_in_both_directions_and_can_be_forgotten(storage: Storage) -> None:
    on_record(storage, JANE, AGAIN)
    assert pairs(storage) == [{"Jane Fernby", "Jayne Fernbie"}]
    say(storage, AGAIN.key, JANE.key)
    say(storage, JANE.key, AGAIN.key)
    assert pairs(storage) == []
    assert alike(storage, facts_of_person(JANE), JANE.key) == alike(storage, facts_of_person(AGAIN), AGAIN.key) == ()
    with storage.writing() as work:
        work.people_search.forget_not_same(JANE.key, AGAIN.key)
        work.commit()
    assert pairs(storage) == [{"Jane Fernby", "Jayne Fernbie"}]
    say(storage, JANE.key, JANE.key)
    say(storage, JANE.key, uuid4())


def test_over_thousands_pairs_are_found_by_shared_keys_not_one_by_one(local_file: Path, open_file: OpenLocal) -> None:
    storage = open_file(local_file)
    with storage.engine.begin() as connection:
        people = put_on_record(connection, 6_000)
    twice = [replace(one, key=uuid4(), contacts=one.contacts[:1]) for one in people[:400] if one.contacts][:50]
    on_record(storage, *(replace(one, contacts=(a_phone(one.contacts[0].value),), addresses=()) for one in twice))
    with cProfile.Profile() as watched, storage.reading() as work:
        found = work.people_search.perhaps_same(today=TODAY, limit=1_000)
    compared = sum(one.callcount for one in watched.getstats() if getattr(one.code, "co_name", "") == "likeness")
    assert len(found) <= compared < 6_000  # one by one there are eighteen million pairs
    named = {(one.name, one.other_name) for one in found}
    assert {(one.name, one.name) for one in twice} <= named
    assert len(found) < 80
