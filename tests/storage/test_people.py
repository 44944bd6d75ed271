"""People, families and schools in the tables: what is written, what is asked, and what is never read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import AlertKind, ConsentAnswer, ConsentSubject
from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.families import Affiliation, Alert, Consent, HiddenAddress
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.people import Address, facts_of_person
from ppsdesk.storage import organisation_search
from ppsdesk.storage.people_rows import ContactPointRow, OrganisationSearchRow, PersonSearchRow
from ppsdesk.storage.rows import AuditEntryRow
from ppsdesk.storage.work import Storage
from tests.builders import NOW, TODAY, a_call, a_child, a_person, a_phone, a_relationship, an_organisation
from tests.storage.conftest import OpenLocal

Queries = Callable[..., Any]


def rows(storage: Storage, table: type) -> int:
    """How many rows a table has."""
    with storage.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_person_is_added_within_another_job_or_not_at_all(storage: Storage) -> None:
    mother, child = a_person(), a_child()
    with storage.writing() as work:
        for person in (mother, child):
            work.people.add_once(person, recorded_at=NOW)
        work.families.add_relationship(a_relationship(mother.key, child.key))
        # not committed: a call that could not be saved leaves nobody behind
    with storage.reading() as work:
        assert work.people.get_many([mother.key, child.key]) == {}
    assert rows(storage, PersonSearchRow) == 0
    with storage.writing() as work:
        ids = [work.people.add_once(person, recorded_at=NOW) for person in (mother, child, mother)]
        work.families.add_relationship(a_relationship(mother.key, child.key))
        work.calls.add_once(a_call(caller=mother.key, children=(child.key,)), recorded_at=NOW)
        work.commit()
    assert ids[0] == ids[2] != ids[1]
    with storage.reading() as work:
        assert (work.people.id_of(child.key), work.families.record(child.key).calls) == (ids[1], 1)


def test_added_again_by_a_repeated_save_what_somebody_changed_meanwhile_stands(storage: Storage) -> None:
    person = a_person()
    with storage.writing() as work:
        work.people.add_once(person, recorded_at=NOW)
        work.people.amend(person.key, 1, replace(facts_of_person(person), note="theirs"))
        work.people.add_once(person, recorded_at=NOW)
        work.commit()
    with storage.reading() as work:
        assert (work.people.get(person.key).note, work.people.get(person.key).version) == ("theirs", 2)


def test_a_change_that_says_the_same_writes_no_part_again(storage: Storage) -> None:
    person = a_person(
        contacts=(a_phone("07700 900001"), a_phone("07700 900002")),
        addresses=(Address(key=uuid4(), town="Hazelby"),),
        formats=("braille",),
    )
    with storage.writing() as work:
        work.people.add_once(person, recorded_at=NOW)
        work.commit()
    before = rows(storage, AuditEntryRow)
    with storage.writing() as work:
        work.people.amend(person.key, 1, facts_of_person(person))
        work.commit()
    assert rows(storage, AuditEntryRow) == before + 1  # the version of the person


def test_a_phone_of_one_person_cannot_be_put_under_another(storage: Storage) -> None:
    mother, other = (a_person(contacts=(a_phone(key=UUID(int=1)),)) for _ in range(2))
    with storage.writing() as work:
        work.people.add_once(mother, recorded_at=NOW)
        work.commit()
    with pytest.raises(Conflict) as refused, storage.writing() as work:
        work.people.add_once(other, recorded_at=NOW)
    assert refused.value.sentence == "A record with the same key is there already. Nothing was changed."
    assert rows(storage, ContactPointRow) == 1


@pytest.fixture
def family(storage: Storage, desk: Services) -> Callable[[int], UUID]:
    """A mother with so many children, schools, alerts and consents."""

    def make(many: int) -> UUID:
        mother = a_person(contacts=tuple(a_phone(f"07700 9000{n:02}") for n in range(many)), formats=("braille",))
        desk.people.add(mother)
        for number in range(many):
            child, school = a_child(), an_organisation(name=f"Alder School {number}")
            desk.people.add(child)
            desk.organisations.add(school)
            desk.families.relate(a_relationship(mother.key, child.key))
            desk.families.attend(Affiliation(key=uuid4(), person=mother.key, organisation=school.key))
            desk.families.alert(Alert(key=uuid4(), person=mother.key, kind=AlertKind.HANDLING, words="Slowly"))
            desk.families.consent(
                Consent(
                    key=uuid4(),
                    person=mother.key,
                    subject=ConsentSubject.RECORD,
                    answer=ConsentAnswer.GIVEN,
                    given_on=TODAY,
                )
            )
            desk.families.hide_address(HiddenAddress(key=uuid4(), person=mother.key, lines="A hidden lane"))
            desk.calls.log(a_call(caller=mother.key, children=(child.key,)))
        return mother.key

    return make


def test_a_record_asks_as_often_for_a_large_family_as_for_a_small_one(
    storage: Storage, desk: Services, family: Callable[[int], UUID], queries: Queries
) -> None:
    small, large = family(1), family(7)
    asked: list[int] = []
    for ask in (desk.people.record, desk.people.history):
        for key in (small, small, large):  # the numbers of the terms are learnt once
            with queries(storage.engine) as said:
                ask(key)
            asked.append(len(said))
    record, history = asked[2], asked[5]
    assert asked[1] == record <= 11
    assert asked[4] == history <= 9  # two of them for dates of the law


def test_a_history_asks_as_often_for_many_dates_of_the_law_as_for_one(
    storage: Storage, desk: Services, queries: Queries
) -> None:
    child = a_child()
    desk.people.add(child)
    asked: list[int] = []
    for letters in (1, 6):
        for day in range(letters):
            facts = {"decision": TODAY - timedelta(days=10 * letters + day)}
            desk.dates.keep(Matter(key=uuid4(), child=child.key, happening="decision", kind="RTA", facts=facts))
        with queries(storage.engine) as said:
            found = desk.people.history(child.key)
        asked.append(len(said))
    assert len([change for change in found if change.field == "dates_kept"]) == 7
    assert asked[0] == asked[1]


def test_nothing_but_its_own_methods_reads_what_is_hidden(
    storage: Storage, desk: Services, family: Callable[[int], UUID], queries: Queries
) -> None:
    key = family(2)
    with queries(storage.engine) as said:
        record = desk.people.record(key)
        desk.people.history(key)
        desk.people.find("Rowan")
        desk.people.amend(key, 1, facts_of_person(record.person))
    touching = [statement for statement in said if re.search(r"hidden_address|safeguarding_note", statement)]
    assert len(touching) == 1  # how many there are
    assert "count(*)" in touching[0]
    assert not re.search(r"\b(lines|town|words|postcode|told_to_nobody_but)\b", touching[0])
    assert record.hidden_addresses == 2


def test_all_that_counts_as_one_school_is_known_from_each_of_them(storage: Storage) -> None:
    schools = [an_organisation(name=f"{name} School") for name in ("Alder", "Bryony", "Clover", "Dill")]
    first, second, third, other = schools
    with storage.writing() as work:
        ids = {school.key: work.organisations.add_once(school) for school in schools}
        work.organisations.merge(first.key, 1, second.key)
        work.organisations.merge(second.key, 1, third.key)
        work.commit()
    with storage.reading() as work:
        for school in (first, second, third):
            assert set(work.organisations.same_as(school.key)) == {ids[one.key] for one in (first, second, third)}
        assert work.organisations.same_as(other.key) == (ids[other.key],)
        assert work.organisations.survivor(work.organisations.get(first.key)).key == third.key


def test_schools_are_found_as_before_when_their_words_are_made_again(storage: Storage) -> None:
    school = an_organisation(name="Żółć & St Mallow’s", postcode="HZ1 1AA")
    with storage.writing() as work:
        work.organisations.add_once(school)
        work.commit()
    with storage.writing() as work:
        before = set(work._connection.execute(select(OrganisationSearchRow.word)).scalars())
        work._connection.execute(OrganisationSearchRow.__table__.delete())
        assert work.organisations.find("zolc", on=None) == ()
        organisation_search.rebuild(work._connection)
        assert set(work._connection.execute(select(OrganisationSearchRow.word)).scalars()) == before
        assert [one.key for one in work.organisations.find("zolc", on=None)] == [school.key]
    assert {"=zolc st mallows", "zolc", "st", "saint", "mallows", "117999", "hz1", "1aa", "hz11aa", "hazelby"} == before


def test_the_words_of_a_school_are_searched_through_their_index(
    local_file: Path, open_file: OpenLocal, queries: Queries
) -> None:
    storage = open_file(local_file)
    with storage.reading() as work:
        with queries(storage.engine) as said:
            work.organisations.find("alder hazelby", on=TODAY)
        explained = [f"EXPLAIN QUERY PLAN {statement.replace('?', '1')}" for statement in said]
        plans = [row[3] for statement in explained for row in work._connection.exec_driver_sql(statement)]
    through_index = "SEARCH organisation_search USING PRIMARY KEY (word>? AND word<?)"
    assert sum(plan == through_index for plan in plans) == 3  # the whole name, then each word
    assert not any(plan.startswith("SCAN organisation") for plan in plans)
