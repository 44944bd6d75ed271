"""The one box: who is found for what is typed, in which order, and why; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from ppsdesk.domain.codes import AlertKind, ContactKind, PersonKind, Reason
from ppsdesk.domain.families import Affiliation, Alert, HiddenAddress
from ppsdesk.domain.finding import MOST, Found, Why
from ppsdesk.domain.people import Address, ContactPoint, NewPerson, facts_of_person
from ppsdesk.domain.references import reference_for
from ppsdesk.domain.search_keys import keys_of
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage import opening
from ppsdesk.storage.people_rows import PersonRow, PersonSearchRow
from ppsdesk.storage.people_search import rebuild
from ppsdesk.storage.work import Storage, UnitOfWork
from tests import postgres
from tests.builders import (
    NOW,
    TODAY,
    a_call,
    a_call_on,
    a_child,
    a_person,
    a_phone,
    a_relationship,
    an_organisation,
)
from tests.conftest import PERSON
from tests.invented import put_on_record, slipped
from tests.storage.conftest import OpenLocal


@contextmanager
def kept(storage: Storage) -> Iterator[UnitOfWork]:
    """One job that is kept."""
    with storage.writing() as work:
        yield work
        work.commit()


def on_record(storage: Storage, *people: NewPerson) -> None:
    with kept(storage) as work:
        for person in people:
            work.people.add_once(person, recorded_at=NOW)


def found(storage: Storage, text: str, *, today: date = TODAY, limit: int = MOST) -> tuple[Found, ...]:
    with storage.reading() as work:
        return work.people_search.find(text, today=today, limit=limit)


def names(storage: Storage, text: str) -> list[str]:
    return [row.name for row in found(storage, text)]


def reasons(storage: Storage, text: str) -> list[tuple[Why, ...]]:
    return [row.why for row in found(storage, text)]


def at(town: str = "Hazelby", postcode: str = "ZZ10 7AB") -> Address:
    return Address(key=uuid4(), town=town, postcode=postcode)


JANE = a_person(
    given_names="Jane", family_name="Fernby", addresses=(at(),), known_as="Jinty", former_names="Jane Marsh"
)
TOM = a_child(given_names="Tom", family_name="Fernby", born_on=date(2018, 3, 14), addresses=(at(),))
ALAN = a_person(given_names="Alan", family_name="Furnby-O’Mallow", contacts=(a_phone("(01632) 960456 ext 12"),))
SIAN = a_person(given_names="Siân", family_name="Whinbeck", contacts=(
    a_phone("+44 7700 900999"), ContactPoint(key=uuid4(), kind=ContactKind.EMAIL, value="Sian.W@example.org")),
    addresses=(at("Great Ferncombe", "ZZ4 4BB"),))  # fmt: skip


@pytest.fixture
def family(storage: Storage) -> Storage:
    """Jane with Tom, Alan, and Siân."""
    on_record(storage, JANE, TOM, ALAN, SIAN)
    with kept(storage) as work:
        work.families.add_relationship(a_relationship(JANE.key, TOM.key))
    return storage


def test_name_parts_are_found_in_any_order_and_by_their_beginning(family: Storage) -> None:
    for typed in ("jane fernby", "Fernby, Jane", "fer jan", "JA FERN"):
        assert found(family, typed)[0].person == JANE.key
    assert reasons(family, "whin si")[0] == (
        Why(reason=Reason.NAME, words="Whinbeck"),
        Why(reason=Reason.NAME, words="Siân"),
    )


WAYS = (
    ("jinty", "Jane Fernby", Why(reason=Reason.KNOWN_AS, words="Jinty")),
    ("marsh", "Jane Fernby", Why(reason=Reason.KNOWN_AS, words="Marsh")),
    ("alun", "Alan Furnby-O’Mallow", Why(reason=Reason.KNOWN_AS, words="Alan")),
    ("whynbeck", "Siân Whinbeck", Why(reason=Reason.SOUND, words="Whinbeck")),
    ("shan", "Siân Whinbeck", Why(reason=Reason.KNOWN_AS, words="Siân")),
    ("whimbeck", "Siân Whinbeck", Why(reason=Reason.SOUND, words="Whinbeck")),
    ("whinbcek", "Siân Whinbeck", Why(reason=Reason.SPELLING, words="Whinbeck")),
    ("whirbeck", "Siân Whinbeck", Why(reason=Reason.SPELLING, words="Whinbeck")),
    ("whirbe", "Siân Whinbeck", Why(reason=Reason.SPELLING, words="Whinbeck")),
    ("omallow", "Alan Furnby-O’Mallow", Why(reason=Reason.NAME, words="O’Mallow")),
    ("o mallow", "Alan Furnby-O’Mallow", Why(reason=Reason.NAME, words="O’Mallow")),
    ("furnbyomallow", "Alan Furnby-O’Mallow", Why(reason=Reason.NAME, words="Furnby O’Mallow")),
    ("0456", "Alan Furnby-O’Mallow", Why(reason=Reason.PHONE, words="01632 960456")),
    ("01632 960", "Alan Furnby-O’Mallow", Why(reason=Reason.PHONE, words="01632 960456")),
    ("1632960456", "Alan Furnby-O’Mallow", Why(reason=Reason.PHONE, words="01632 960456")),
    ("0044 1632 960456", "Alan Furnby-O’Mallow", Why(reason=Reason.PHONE, words="01632 960456")),
    ("07700900999", "Siân Whinbeck", Why(reason=Reason.PHONE, words="07700 900999")),
    ("zz44bb", "Siân Whinbeck", Why(reason=Reason.POSTCODE, words="ZZ4 4BB")),
    ("zz4", "Siân Whinbeck", Why(reason=Reason.POSTCODE, words="ZZ4 4BB")),
    ("sian.w@ex", "Siân Whinbeck", Why(reason=Reason.EMAIL, words="Sian.W@example.org")),
    ("14/3/2018", "Tom Fernby", Why(reason=Reason.BORN, words="14 Mar 2018")),
    ("14032018", "Tom Fernby", Why(reason=Reason.BORN, words="14 Mar 2018")),
)


def test_each_way_to_find_somebody_says_why(family: Storage) -> None:
    for typed, person, why in WAYS:
        [row, *_] = found(family, typed)
        assert (row.name, row.why) == (person, (why,)), typed


def test_a_childs_name_finds_the_adults_too_after_the_child(family: Storage) -> None:
    assert names(family, "tom") == ["Tom Fernby", "Jane Fernby"]
    assert reasons(family, "tom")[1] == (Why(reason=Reason.FAMILY, words="child Tom"),)
    assert [row.about for row in found(family, "tom")] == ["8, mother Jane Fernby", "mother of Tom (8)"]
    assert names(family, "fernby tom")[:2] == ["Tom Fernby", "Jane Fernby"]
    assert Why(reason=Reason.FAMILY, words="child Tom") in reasons(family, "14/3/2018")[1]


def test_a_town_narrows_and_alone_finds_nobody(family: Storage) -> None:
    on_record(family, a_person(given_names="Jane", family_name="Fernwick", addresses=(at("Quillbury", "ZZ3 3CC"),)))
    assert names(family, "jane quillb") == ["Jane Fernwick"]
    assert Why(reason=Reason.PLACE, words="Quillbury") in reasons(family, "jane quillbury")[0]
    assert names(family, "tom hazelby") == ["Tom Fernby", "Jane Fernby"]
    assert names(family, "whinbeck ferncombe") == ["Siân Whinbeck"]
    assert names(family, "quillbury") == []


def test_exact_is_before_beginning_before_other_names_before_sound_before_spelling(storage: Storage) -> None:
    in_order = [
        a_person(given_names="Fern", family_name="Quill"),
        a_person(given_names="Ferndown", family_name="Quill"),
        a_person(given_names="Rowan", family_name="Quill", known_as="Fern"),
        a_person(given_names="Firn", family_name="Quill"),
        a_person(given_names="Fenr", family_name="Quilt", former_names=""),
    ]
    on_record(storage, *reversed(in_order))
    assert [row.person for row in found(storage, "fern")][:4] == [one.key for one in in_order[:4]]
    assert [row.person for row in found(storage, "fern quill")] == [one.key for one in in_order]
    scores = [row.score for row in found(storage, "fern quill")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_of_equal_rows_those_heard_of_last_come_first(storage: Storage) -> None:
    people = [a_person(given_names=f"Wren{n}", family_name="Alderby") for n in "abcdefghij"]
    children = [a_child(given_names="Wrenk", family_name="Alderby")]
    on_record(storage, *people, *children)
    with kept(storage) as work:
        ids = {one.key: work.people.id_of(one.key) for one in (*people, *children)}
        for days, one in enumerate(people[:5]):
            work.calls.add_once(a_call_on(TODAY - timedelta(days=days), caller=one.key), recorded_at=NOW)
        child_call = a_call_on(TODAY - timedelta(days=2), caller=None, children=(children[0].key,))
        work.calls.add_once(child_call, recorded_at=NOW)
        gone = work.calls.add_once(a_call_on(TODAY, caller=people[9].key), recorded_at=NOW)
        work.calls.mark_removed(gone, 1, NOW)
    rows = found(storage, "alderby")
    heard = [row.last_call for row in rows if row.last_call]
    assert [ids[row.person] for row in rows if row.person][:2] == [ids[people[0].key], ids[people[1].key]]
    assert {row.person for row in rows[2:4]} == {people[2].key, children[0].key}
    assert heard == sorted(heard, reverse=True)
    assert len(heard) == 6
    # nobody heard of: those put on record last; the call that was taken back does not count
    assert [row.person for row in rows[6:]] == [people[9].key, people[8].key]
    assert len(rows) == MOST


def test_many_of_one_rank_are_ordered_by_their_last_call_as_few_are(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        people = put_on_record(connection, 700)
        connection.execute(update(PersonRow).values(family_name="Alderby"))
        rebuild(connection)
    callers = [one for one in people if one.kind is PersonKind.ADULT][:40]
    with kept(storage) as work:
        for place, one in enumerate(callers):
            day = TODAY - timedelta(days=(place * 7) % 40)
            work.calls.add_once(a_call_on(day, caller=one.key), recorded_at=NOW)
    latest = sorted(callers, key=lambda one: (callers.index(one) * 7) % 40)
    assert [row.person for row in found(storage, "alderby")] == [one.key for one in latest[:8]]


def test_a_row_says_who_they_are_and_what_to_mind(family: Storage) -> None:
    ella, worker = a_child(given_names="Ella", born_on=None), a_person(
        kind=PersonKind.PROFESSIONAL, given_names="Cora", family_name="Quillwick", role="SENCO"
    )  # fmt: skip
    on_record(family, ella, worker)
    school = an_organisation(name="Fern Row School")
    with kept(family) as work:
        work.families.add_relationship(a_relationship(JANE.key, ella.key))
        work.families.add_relationship(
            a_relationship(ALAN.key, ella.key, kind=TermCode("father"), valid_to=date(2020, 1, 1))
        )
        work.organisations.add_once(school)
        work.families.add_affiliation(Affiliation(key=uuid4(), person=worker.key, organisation=school.key))
        yesterday = TODAY - timedelta(days=1)
        for words, kind, until in (
            ("Ask for Jinty", AlertKind.HANDLING, None),
            ("Over", AlertKind.TAKE_CARE, yesterday),
            ("No voicemail", AlertKind.SAFE_CONTACT, TODAY),
        ):
            work.families.add_alert(Alert(key=uuid4(), person=JANE.key, kind=kind, words=words, valid_to=until))
        work.calls.add_once(a_call(caller=JANE.key), recorded_at=NOW)
    [jane] = found(family, "jane fernby hazelby")
    assert jane.about == "mother of Tom (8) and Ella"
    assert jane.alerts == ("No voicemail", "Ask for Jinty")
    assert (jane.town, jane.last_call, jane.kind) == ("Hazelby", TODAY, PersonKind.ADULT)
    assert found(family, "quillwick")[0].about == "SENCO, Fern Row School"
    assert found(family, "alan")[0].about == ""


def test_a_reference_finds_the_anonymous_call_and_once_attached_the_caller(family: Storage) -> None:
    call = a_call(anonymous=True, caller_name="", phone="")
    reference = reference_for(call.key)
    with kept(family) as work:
        work.calls.add_once(replace(call, reference=reference), recorded_at=NOW)
    [row] = found(family, f" {reference.lower()} ")
    assert (row.person, row.reference, row.name, row.last_call) == (None, reference, "Anonymous caller", TODAY)
    assert row.why == (Why(reason=Reason.REFERENCE, words=reference),)
    with kept(family) as work:
        work.calls.attach(reference, work.people.id_of(SIAN.key))
    [row] = found(family, reference)
    assert (row.person, row.why) == (SIAN.key, (Why(reason=Reason.REFERENCE, words=reference),))
    assert found(family, "A-2222-2222") == ()


def test_people_who_were_removed_are_not_found_and_are_when_put_back(family: Storage) -> None:
    with kept(family) as work:
        work.people.mark_removed(TOM.key, 1, NOW)
    assert names(family, "tom fernby") == []
    assert [row.about for row in found(family, "jane fernby")] == [""]
    with kept(family) as work:
        work.people.mark_removed(TOM.key, 2, None)
    assert names(family, "tom") == ["Tom Fernby", "Jane Fernby"]


def test_a_change_of_the_record_changes_what_finds_it(family: Storage) -> None:
    with kept(family) as work:
        facts = replace(facts_of_person(SIAN), family_name="Sedgemere", contacts=())
        work.people.amend(SIAN.key, 1, facts)
    assert names(family, "whinbeck") == []
    assert names(family, "0999") == []
    assert names(family, "sedgem") == ["Siân Sedgemere"]


def test_hidden_addresses_are_never_searched(family: Storage) -> None:
    hidden = HiddenAddress(key=uuid4(), person=JANE.key, town="Secretby", postcode="ZZ9 9YY", lines="1 Fern Row")
    with kept(family) as work:
        work.families.keep_hidden_address(hidden)
        work.people.amend(JANE.key, 1, facts_of_person(JANE))
    for typed in ("jane secretby", "ZZ9 9YY", "zz99yy jane"):
        assert found(family, typed) == ()
    with family.engine.connect() as connection:
        rebuild(connection)
        assert not connection.execute(select(PersonSearchRow.word).where(PersonSearchRow.word.like("secret%"))).all()


HOSTILE = (
    "", " ", "%", "_", "*", "'", '"', "';--", "\\", "a%", "jane%", "NEAR(", "fern*", "\x00", "ja\x00ne", "😀", "\u200d",
    "\u202ejane", "\u200fjane\u200e", "jane'", "0", "07", "(", "+", "@", "jane@", "x" * 10_000, "fern " * 3_000,
    "7" * 10_000, "é" * 10_000, "１２３４", "A-", "a-2222", "\ud7ff", "12/13/2015", "99999999", "{}", "%s", ":among",
    "?", "\n\t", "%(x)s", "$1", "9" * 20 + "e99", "1e400", "٠١٢٣", "ß" * 500, "İ" * 50, "𝕁𝕒𝕟𝕖",
)  # fmt: skip


def test_nothing_typed_is_an_error(family: Storage) -> None:
    for typed in HOSTILE:
        rows = found(family, typed)
        assert len(rows) <= MOST
        if typed.strip("%'\u202e\u200f\u200e") in ("jane", "𝕁𝕒𝕟𝕖"):
            assert rows[0].name == "Jane Fernby", typed
    random = Random(3)
    signs = "jane0123 %_'\"\\*-:;,.@()[]{}\x00\t\u202e\u0301😀éßŁａ１"
    for _ in range(100):
        found(family, "".join(random.choices(signs, k=random.randint(1, 40))))


def test_signs_of_the_database_mean_nothing(family: Storage) -> None:
    for typed in ("%", "_", "*", "fern%by", "f_rnby"):
        assert JANE.key not in {row.person for row in found(family, typed)}


def test_limits_are_kept(family: Storage) -> None:
    assert len(found(family, "fernby", limit=1)) == 1
    assert found(family, "fernby", limit=0) == ()


def test_keys_made_at_once_are_those_made_one_by_one(family: Storage) -> None:
    def keys() -> set[tuple[object, ...]]:
        with family.engine.connect() as connection:
            return {tuple(row) for row in connection.execute(select(PersonSearchRow.__table__))}

    before = keys()
    assert {(sort, word) for sort, word, _ in before} == {
        key for one in (JANE, TOM, ALAN, SIAN) for key in keys_of(one)
    }
    with family.engine.begin() as connection:
        assert rebuild(connection) == 4
    assert keys() == before


def test_both_databases_give_the_same_rows_in_the_same_order(
    local_file: Path, open_file: OpenLocal, server: postgres.Server, shared_template: str
) -> None:
    with server.database(owner=PERSON, template=shared_template) as name:
        shared = opening.open_shared(opening.read_address(server.address(name, PERSON)), postgres.PASSWORD)
        answers = [_answers(storage) for storage in (open_file(local_file), shared)]
        shared.close()
    assert answers[0] == answers[1]
    assert sum(len(rows) for _, rows in answers[0]) > 1_000


def _answers(storage: Storage) -> list[tuple[str, tuple[Found, ...]]]:
    """Three hundred questions about three hundred invented people, some of whom rang; somebody asked for by their whole
    name is always there, unless eight of that name are."""
    random = Random(5)
    with storage.engine.begin() as connection:
        people = put_on_record(connection, 300)
    with kept(storage) as work:
        for one in random.choices(people, k=150):
            who = {"children": (one.key,)} if one.kind is PersonKind.CHILD else {"caller": one.key}
            day = TODAY - timedelta(days=random.randint(0, 30))
            work.calls.add_once(a_call_on(day, key=UUID(int=random.getrandbits(128)), **who), recorded_at=NOW)
    answers = []
    for one in random.choices(people, k=60):
        given, family = one.given_names, one.family_name
        whole = f"{family} {given}"
        phone = one.contacts[0].value if one.contacts else "0123"
        [home] = one.addresses
        some = (whole, whole[: random.randint(2, 12)], slipped(family, random), f"{given} {home.town}", phone[-4:],
                home.postcode[: random.randint(3, 8)])  # fmt: skip
        answers += [(typed, found(storage, typed)) for typed in some]
        rows = answers[-6][1]
        assert one.key in {row.person for row in rows} or len(rows) == MOST, whole
    return answers
