"""Putting people on record, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.codes import ContactKind, PersonKind, Safety
from ppsdesk.domain.errors import Conflict, Invalid, NotFound, Refused
from ppsdesk.domain.families import CHANGE_LABELS
from ppsdesk.domain.history import Change
from ppsdesk.domain.people import Address, ContactPoint, PersonFacts, facts_of_person
from tests.builders import NOW, TODAY, a_call, a_child, a_person, a_phone, a_relationship
from tests.conftest import MakeStorage, services_on
from tests.fakes import Clock


def everything() -> PersonFacts:
    """A person of whom every field is filled in."""
    return PersonFacts(
        kind=PersonKind.PROFESSIONAL,
        given_names="Siân Œnone",
        family_name="Żółćfield-O’Hazel",
        known_as="Shân",
        former_names="Brambleby",
        born_on=date(1981, 2, 28),
        own_right=True,
        role="SENCO",
        area="north",
        language="welsh",
        interpreter=True,
        formats=("easy-read", "braille"),
        contacts=(
            a_phone("+44 7700 900 123", safety=Safety.SAFE, note="text only", valid_from=date(2026, 1, 1)),
            ContactPoint(key=uuid4(), kind=ContactKind.EMAIL, value="sian@hazel.example", valid_to=date(2026, 6, 30)),
        ),
        addresses=(
            Address(key=uuid4(), lines="The Old Hedge\n4 Bramble Lane", town="Hazelby", postcode="HZ1 1AA"),
            Address(key=uuid4(), no_fixed_address=True, note="write to the library", safety=Safety.CAREFUL),
        ),
        note="prefers – “mornings” 🌿",
    )


def new(facts: PersonFacts):
    """The same, to be put on record."""
    return replace(a_person(), **{name: getattr(facts, name) for name in PersonFacts.__dataclass_fields__})


def test_a_person_is_read_back_as_they_were_written_down(desk: Services) -> None:
    person = new(everything())
    done = desk.people.add(person)
    assert facts_of_person(desk.people.record(person.key).person) == everything_of(person)
    assert (done.value.version, done.value.recorded_at, done.value.removed_at) == (1, NOW, None)
    assert done.touched == {Topic.PEOPLE}
    assert done.said == "Siân Œnone Żółćfield-O’Hazel is on record."


def everything_of(person: PersonFacts) -> PersonFacts:
    """Only what is written down."""
    return facts_of_person(person)


def test_saving_the_same_person_twice_leaves_one(desk: Services) -> None:
    person = new(everything())
    assert desk.people.add(person).value == desk.people.add(person).value
    assert len(desk.people.history(person.key)) == 7  # the person, two formats, two contacts, two addresses


def test_what_was_typed_after_a_lost_answer_goes_into_the_same_record(desk: Services) -> None:
    person = a_person()
    desk.people.add(person)
    again = desk.people.add(replace(person, note="rang twice", contacts=(*person.contacts, a_phone("01992 555001"))))
    assert (again.value.note, len(again.value.phones)) == ("rang twice", 2)


def test_saving_again_does_not_undo_what_somebody_changed_meanwhile(desk: Services) -> None:
    person = a_person()
    kept = desk.people.add(person).value
    theirs = desk.people.amend(person.key, kept.version, replace(facts_of_person(kept), note="theirs")).value
    with pytest.raises(Conflict) as conflict:
        desk.people.add(replace(person, note="yours"))
    assert conflict.value.theirs == theirs
    assert desk.people.get(person.key) == theirs


def test_spaces_at_the_ends_and_empty_phones_are_not_kept(desk: Services) -> None:
    person = a_person(given_names=" Rowan ", contacts=(a_phone(" 07700 900123 "), a_phone("  ")))
    kept = desk.people.add(person).value
    assert (kept.given_names, [point.value for point in kept.contacts]) == ("Rowan", ["07700 900123"])


def test_only_the_parts_that_changed_are_touched(desk: Services) -> None:
    stays, ends, goes = (a_phone(f"07700 90000{n}") for n in range(3))
    home = Address(key=uuid4(), lines="1 Bramble Lane", town="Hazelby")
    person = a_person(contacts=(stays, ends, goes), addresses=(home,), formats=("braille", "easy-read"))
    kept = desk.people.add(person).value
    before = len(desk.people.history(person.key))
    come = a_phone("01992 555123")
    ended = replace(ends, valid_to=TODAY)
    after = replace(facts_of_person(kept), contacts=(stays, ended, come), addresses=(replace(home, town="Alderby"),))
    assert facts_of_person(desk.people.amend(person.key, 1, after).value) == after
    lines = desk.people.history(person.key)[before:]
    assert [told(line) for line in lines] == [
        ("delete", "contacts", "07700 900002", ""),
        ("insert", "contacts", "", "01992 555123"),
        ("update", "contacts", "", "valid to: 2026-11-20"),
        ("update", "addresses", "town: Hazelby", "town: Alderby"),
    ]


def told(line: Change) -> tuple[str, str, str, str]:
    """What a line of history says, without who and when."""
    return line.action, line.field, line.old, line.new


def test_phones_and_formats_keep_the_order_they_are_put_in(desk: Services) -> None:
    first, second, third = (a_phone(f"07700 90000{n}") for n in range(3))
    person = a_person(contacts=(first, second, third), formats=("braille", "easy-read"))
    kept = desk.people.add(person).value
    turned = replace(facts_of_person(kept), contacts=(third, first, second), formats=("easy-read", "braille"))
    amended = desk.people.amend(person.key, 1, turned).value
    assert (amended.contacts, amended.formats) == ((third, first, second), ("easy-read", "braille"))


def test_the_second_of_two_desks_that_change_a_person_is_given_the_firsts_words(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    person = a_person()
    hana.people.add(person)
    seen = priya.people.get(person.key)
    hana.people.amend(person.key, seen.version, replace(facts_of_person(seen), note="Hana's words"))
    with pytest.raises(Conflict) as conflict:
        priya.people.amend(
            person.key, seen.version, replace(facts_of_person(seen), contacts=(a_phone("01992 555999"),))
        )
    assert conflict.value.theirs == hana.people.get(person.key)
    assert conflict.value.message == "hana changed Rowan Thistledown while you had the record open."
    assert [point.value for point in hana.people.get(person.key).contacts] == ["07700 900123"]


def together(*jobs: Callable[[], object]) -> list[object]:
    """Do them in threads that begin at the same moment; what each gave, or what it raised."""
    answers: list[object] = [None] * len(jobs)
    begin = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        begin.wait(30)
        try:
            answers[place] = jobs[place]()
        except BaseException as fault:  # noqa: BLE001  # looked at by the test, in its own thread
            answers[place] = fault

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_two_callers_created_at_once_from_two_desks_are_both_on_record(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    for turn in range(5):
        first, second = a_person(note=f"{turn}"), a_person(note=f"{turn}")
        answers = together(lambda p=first: hana.people.add(p), lambda p=second: priya.people.add(p))
        assert [done.value.key for done in answers] == [first.key, second.key]
        assert set(hana.people.get_many((first.key, second.key))) == {first.key, second.key}


def test_one_caller_created_at_once_from_two_desks_is_on_record_once(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    for _ in range(5):
        person = new(everything())
        first, second = together(lambda p=person: hana.people.add(p), lambda p=person: priya.people.add(p))
        assert first.value == second.value == hana.people.get(person.key)
        assert facts_of_person(first.value) == facts_of_person(person)


def test_a_removed_person_is_kept_and_can_be_put_back(desk: Services) -> None:
    mother, child = a_person(), a_child()
    for person in (mother, child):
        desk.people.add(person)
    desk.families.relate(a_relationship(mother.key, child.key))
    removed = desk.people.remove(child.key, 1).value
    assert removed.removed_at == NOW
    assert desk.people.record(mother.key).ties == ()
    assert desk.people.record(child.key).person == removed
    back = desk.people.put_back(child.key, removed.version).value
    assert back.removed_at is None
    assert [tie.other for tie in desk.people.record(mother.key).children()] == [child.key]


def test_a_person_is_found_by_what_their_record_says_now(desk: Services) -> None:
    person = a_person()
    kept = desk.people.add(person).value
    renamed = replace(facts_of_person(kept), family_name="Sorrelwick", contacts=(a_phone("01992 555777"),))
    assert [found.person for found in desk.people.find("thistledown")] == [person.key]
    amended = desk.people.amend(person.key, 1, renamed).value
    for typed in ("sorrelwick", "555777"):
        assert [found.person for found in desk.people.find(typed)] == [person.key]
    for typed in ("thistledown", "900123"):
        assert desk.people.find(typed) == ()
    removed = desk.people.remove(person.key, amended.version).value
    assert desk.people.find("sorrelwick") == ()
    desk.people.put_back(person.key, removed.version)
    assert [found.person for found in desk.people.find("sorrelwick")] == [person.key]


def test_the_history_says_in_words_what_changed(desk: Services) -> None:
    person = a_person(area="north", kind=PersonKind.ADULT)
    desk.people.add(person)
    facts = replace(
        facts_of_person(person), area="south", kind=PersonKind.PROFESSIONAL, interpreter=True, formats=("braille",)
    )
    desk.people.amend(person.key, 1, facts)
    lines = desk.people.history(person.key)
    assert {line.person for line in lines} == {desk.person}
    assert set(map(told, lines)) == {
        ("insert", "", "", "Rowan Thistledown"),
        ("insert", "contacts", "", "07700 900123"),
        ("update", "area", "north", "south"),
        ("update", "kind", "Parent, carer or other family", "Professional"),
        ("update", "interpreter", "no", "yes"),
        ("insert", "formats", "", "braille"),
    }
    assert {line.field for line in lines} - {""} <= set(CHANGE_LABELS)


def test_calls_as_caller_and_as_child_are_counted_once_each(desk: Services) -> None:
    mother, child = a_person(), a_child()
    for person in (mother, child):
        desk.people.add(person)
    desk.calls.log(a_call(caller=mother.key, children=(child.key,), taken_on=TODAY - timedelta(days=3)))
    last = desk.calls.log(a_call(caller=mother.key, children=(child.key, mother.key))).value
    desk.calls.log(a_call())
    record = desk.people.record(mother.key)
    assert (record.calls, record.last_call) == (2, TODAY)
    assert desk.people.record(child.key).calls == 2
    desk.calls.remove(last, 1)
    record = desk.people.record(mother.key)
    assert (record.calls, record.last_call) == (1, TODAY - timedelta(days=3))


# -- bad input ---------------------------------------------------------------------------------------------------------


REFUSED: dict[str, tuple[dict[str, object], str, str]] = {
    "a phone of letters": (
        {"contacts": (a_phone("ask for mum"),)},
        "contacts",
        "“ask for mum” is no phone number: it has no digits.",
    ),
    "a birth date in the future": (
        {"born_on": date(2026, 11, 21)},
        "born_on",
        "Date of birth must be in the past. You entered 21 November 2026.",
    ),
    "a name of ten thousand letters": (
        {"family_name": "Thistle" * 1428 + "down"},
        "family_name",
        "Family name: at most 200 characters; this has 10,000.",
    ),
    "a NUL in a name": (
        {"given_names": "Row\x00an"},
        "given_names",
        "Given names holds a character that cannot be kept (NUL).",
    ),
    "half an emoji in a note": (
        {"note": "\ud83c"},
        "note",
        "Note holds half a character (perhaps of a cut emoji) that cannot be kept.",
    ),
    "nothing at all": (
        {"given_names": "", "family_name": " ", "contacts": ()},
        "family_name",
        "Enter a name or a phone number; one of them is enough.",
    ),
}


@pytest.mark.parametrize("said", REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_in_one_sentence(desk: Services, said: tuple[dict[str, object], str, str]) -> None:
    values, field, sentence = said
    person = a_person(**values)
    with pytest.raises(Invalid) as refused:
        desk.people.add(person)
    assert refused.value.problems == {field: sentence}
    with pytest.raises(NotFound):
        desk.people.get(person.key)


def test_a_change_is_checked_as_a_new_person_is(desk: Services) -> None:
    person = a_person()
    desk.people.add(person)
    with pytest.raises(Invalid):
        desk.people.amend(person.key, 1, replace(facts_of_person(person), born_on=date(2026, 11, 21)))
    assert desk.people.get(person.key).version == 1


def test_a_birth_date_140_years_ago_is_asked_about_and_then_kept(desk: Services) -> None:
    person = a_person(born_on=date(1886, 11, 20))
    assert desk.people.questions(person) == {
        "born_on": "That would make this person 140. Is the year right?",
    }
    assert desk.people.add(person).value.born_on == date(1886, 11, 20)


UNLIKELY: dict[str, tuple[dict[str, object], dict[str, str]]] = {
    "a number for a name": (
        {"family_name": "07700 900456"},
        {"family_name": "“07700 900456” has a number in it. Is it the family name?"},
    ),
    "a number beside a name": (
        {"given_names": "Mab 900456", "known_as": "Mabbie, 0145"},
        {
            "given_names": "“Mab 900456” has a number in it. Is it the given name?",
            "known_as": "“Mabbie, 0145” has a number in it. Is it the name they are known by?",
        },
    ),
    "a name for a postcode": (
        {"addresses": (Address(key=uuid4(), postcode="AL10 7AB"), Address(key=uuid4(), postcode="Tom"))},
        {"addresses": "“Tom” does not look like a postcode. Is it right?"},
    ),
    "the beginning of a postcode": ({"addresses": (Address(key=uuid4(), postcode="al10"),)}, {}),
    "no postcode": ({"addresses": (Address(key=uuid4(), town="Hatfield"),)}, {}),
    "three digits": ({"family_name": "Hazel 007"}, {}),
}


@pytest.mark.parametrize("said", UNLIKELY.values(), ids=list(UNLIKELY))
def test_what_looks_like_something_else_is_asked_about_and_then_kept(
    desk: Services, said: tuple[dict[str, object], dict[str, str]]
) -> None:
    values, asked = said
    person = a_person(**values)
    assert desk.people.questions(person) == asked
    kept = desk.people.add(person).value
    assert {name: getattr(kept, name) for name in values} == values


def test_two_hundred_letters_of_any_script_fit_a_name(desk: Services) -> None:
    person = a_person(family_name="ß" * 200, given_names="李" * 200)
    assert desk.people.add(person).value.family_name == "ß" * 200


def test_a_language_that_is_in_no_list_is_refused_and_nothing_is_kept(desk: Services) -> None:
    person = a_person(language="hedgehog")
    with pytest.raises(Refused) as refused:
        desk.people.add(person)
    assert refused.value.sentence == "“hedgehog” is not in the list Language. Nothing was saved."
    with pytest.raises(NotFound):
        desk.people.get(person.key)


def test_somebody_nobody_knows_is_not_found(desk: Services) -> None:
    for ask in (desk.people.get, desk.people.record, desk.people.history):
        with pytest.raises(NotFound) as refused:
            ask(uuid4())
        assert refused.value.message == "This person is not in the database any more."
    assert desk.people.get_many((uuid4(),)) == {}
