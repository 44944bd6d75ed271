"""Who belongs to whom, what to know before speaking, and what stays hidden; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.codes import AlertKind, ConsentAnswer, ConsentSubject, Known
from ppsdesk.domain.errors import Conflict, Invalid, NotFound
from ppsdesk.domain.families import CHANGE_LABELS, Affiliation, Alert, Consent, HiddenAddress, PersonRecord
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.people import NewPerson
from tests.builders import NOW, TODAY, a_call, a_child, a_person, a_relationship, an_organisation
from tests.conftest import MakeStorage, services_on
from tests.fakes import Clock


@pytest.fixture
def mother(desk: Services) -> NewPerson:
    """Somebody with a phone."""
    person = a_person()
    desk.people.add(person)
    return person


@pytest.fixture
def child(desk: Services) -> NewPerson:
    """Her daughter, though nobody noted that yet."""
    person = a_child()
    desk.people.add(person)
    return person


def added(desk: Services, person: NewPerson) -> UUID:
    """The key of a person just put on record."""
    return desk.people.add(person).value.key


def an_alert(person: UUID, **said: Any) -> Alert:
    """Something to mind on the phone."""
    return replace(Alert(key=uuid4(), person=person, kind=AlertKind.HANDLING, words="Speak slowly."), **said)


def a_consent(person: UUID, **said: Any) -> Consent:
    """Yes to talking to the school, by phone, today."""
    consent = Consent(
        key=uuid4(),
        person=person,
        subject=ConsentSubject.SCHOOL,
        answer=ConsentAnswer.GIVEN,
        given_on=TODAY,
        how="by phone",
        noted_by="hana",
    )
    return replace(consent, **said)


# -- relationships -----------------------------------------------------------------------------------------------------


def test_a_relationship_is_read_from_both_sides(desk: Services, mother: NewPerson, child: NewPerson) -> None:
    tie = a_relationship(
        mother.key, child.key, responsibility=Known.YES, may_know=Known.NO, note="asks before", valid_from=TODAY
    )
    done = desk.families.relate(tie)
    assert (done.value, done.touched) == (tie, {Topic.PEOPLE})
    (hers,) = desk.people.record(mother.key).ties
    assert (hers.relationship, hers.other, hers.other_name, hers.other_kind, hers.other_born_on, hers.outgoing) == (
        tie, child.key, "Tamsin Thistledown", "child", date(2018, 3, 14), True,
    )  # fmt: skip
    (theirs,) = desk.people.record(child.key).ties
    assert (theirs.relationship, theirs.other, theirs.other_name, theirs.outgoing) == (
        tie, mother.key, "Rowan Thistledown", False,
    )  # fmt: skip


def test_a_child_with_two_homes_and_three_adults(desk: Services, mother: NewPerson, child: NewPerson) -> None:
    father = added(desk, a_person(given_names="Alder", family_name="Hazelby"))
    grandmother = added(desk, a_person(given_names="Heather", family_name="Hazelby"))
    sister = added(desk, a_child(given_names="Bryony", born_on=date(2014, 6, 1)))
    for person, kind, home in (
        (mother.key, "mother", Known.YES), (father, "father", Known.YES), (grandmother, "grandparent", Known.NO),
    ):  # fmt: skip
        desk.families.relate(a_relationship(person, child.key, kind=kind, lives_with=home))
    desk.families.relate(a_relationship(father, sister, kind="father"))
    desk.families.relate(a_relationship(sister, child.key, kind="sibling"))
    ties = desk.people.record(child.key).ties
    homes = {
        tie.other for tie in ties if tie.relationship.lives_with is Known.YES and tie.relationship.kind != "sibling"
    }
    assert homes == {mother.key, father}
    assert [tie.relationship.kind for tie in ties] == ["mother", "father", "grandparent", "sibling"]
    assert [tie.other for tie in desk.people.record(father).children()] == [sister, child.key]
    assert [tie.other for tie in desk.people.record(mother.key).children()] == [child.key]


def test_nobody_is_their_own_parent(desk: Services, mother: NewPerson) -> None:
    with pytest.raises(Invalid) as refused:
        desk.families.relate(a_relationship(mother.key, mother.key))
    assert refused.value.problems == {"other": "Nobody is their own relative. Choose the other person."}
    assert desk.people.record(mother.key).ties == ()


def test_a_relationship_with_nobody_on_record_is_refused(desk: Services, mother: NewPerson) -> None:
    with pytest.raises(NotFound) as refused:
        desk.families.relate(a_relationship(mother.key, uuid4()))
    assert refused.value.message == "This person is not in the database any more."


def test_a_relationship_put_to_the_wrong_child_is_put_right(
    desk: Services, mother: NewPerson, child: NewPerson
) -> None:
    tie = a_relationship(mother.key, added(desk, a_child()))
    desk.families.relate(tie)
    desk.families.amend_relationship(replace(tie, other=child.key))
    assert [one.other for one in desk.people.record(mother.key).ties] == [child.key]
    assert [one.other for one in desk.people.record(child.key).ties] == [mother.key]


def test_a_relationship_ends_on_a_day_and_stays_readable(desk: Services, mother: NewPerson, child: NewPerson) -> None:
    tie = a_relationship(mother.key, child.key, valid_from=date(2024, 9, 1))
    desk.families.relate(tie)
    ended = desk.families.end_relationship(tie.key, 1).value
    assert ended.valid_to == TODAY
    assert [one.relationship for one in desk.people.record(child.key).ties] == [ended]
    with pytest.raises(Invalid) as refused:
        desk.families.end_relationship(tie.key, 2, date(2024, 8, 31))
    assert refused.value.problems == {"valid_to": "It cannot end on 31 August 2024, before it begins."}
    again = desk.families.amend_relationship(replace(ended, valid_to=None)).value
    assert again == replace(tie, version=3)


# -- removed and put back, twice saved, two desks: the same for every part ---------------------------------------------

Parts = dict[str, tuple[Callable[[Services, UUID, UUID], Any], str, Callable[[PersonRecord], list[Any]]]]


def _school(desk: Services, person: UUID) -> Affiliation:
    school = an_organisation()
    desk.organisations.add(school)
    return Affiliation(key=uuid4(), person=person, organisation=school.key, role="pupil")


PARTS: Parts = {
    "relationship": (
        lambda _, mother, child: a_relationship(mother, child, note="one"),
        "relate relationship",
        lambda record: [tie.relationship for tie in record.ties],
    ),
    "alert": (lambda _, mother, __: an_alert(mother), "alert alert", lambda record: list(record.alerts)),
    "affiliation": (
        lambda desk, mother, _: _school(desk, mother),
        "attend affiliation",
        lambda record: [one.affiliation for one in record.attendances],
    ),
}


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest, desk: Services, mother: NewPerson, child: NewPerson) -> Any:
    """One part of the mother's record: itself, the ways to change it, and how to read it."""
    make, words, read = PARTS[request.param]
    add, name = words.split()
    return make(desk, mother.key, child.key), add, name, lambda services: read(services.people.record(mother.key))


CHANGED = {"relationship": {"note": "two"}, "alert": {"words": "two"}, "affiliation": {"role": "two"}}


def test_what_was_noted_by_mistake_is_removed_and_put_back(desk: Services, part: Any) -> None:
    one, add, name, read = part
    getattr(desk.families, add)(one)
    assert read(desk) == [one]
    removed = getattr(desk.families, f"remove_{name}")(one.key, 1)
    assert read(desk) == []
    assert removed.said.endswith("removed.")
    getattr(desk.families, f"put_back_{name}")(one.key, removed.value.version)
    assert read(desk) == [replace(one, version=3)]


def test_saving_a_part_twice_leaves_one_as_it_was_said_last(desk: Services, part: Any) -> None:
    one, add, name, read = part
    for _ in range(2):
        getattr(desk.families, add)(one)
    assert read(desk) == [one]
    getattr(desk.families, add)(replace(one, **CHANGED[name]))
    assert read(desk) == [replace(one, **CHANGED[name], version=2)]
    getattr(desk.families, add)(one)  # a late repetition does not undo what was said since
    assert read(desk) == [replace(one, **CHANGED[name], version=2)]


def test_the_second_desk_to_change_a_part_is_given_the_firsts(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock, desk: Services, part: Any
) -> None:
    priya = services_on(make_storage(), tmp_path / "desk", clock)
    one, add, name, read = part
    getattr(desk.families, add)(one)
    theirs = getattr(desk.families, f"amend_{name}")(replace(one, **CHANGED[name])).value
    for change in (
        lambda: getattr(priya.families, f"amend_{name}")(one),
        lambda: getattr(priya.families, f"remove_{name}")(one.key, 1),
    ):
        with pytest.raises(Conflict) as conflict:
            change()
        assert conflict.value.theirs == theirs
    assert read(priya) == [theirs]


# -- alerts ------------------------------------------------------------------------------------------------------------


def test_an_alert_expires_by_itself_and_stays_readable(desk: Services, mother: NewPerson) -> None:
    ends_today = an_alert(mother.key, words="Until tonight", valid_to=TODAY)
    urgent = an_alert(mother.key, kind=AlertKind.SAFE_CONTACT, words="Never leave a message", valid_from=TODAY)
    for alert in (ends_today, urgent):
        desk.families.alert(alert)
    record = desk.people.record(mother.key)
    assert record.alerts_on(TODAY) == (urgent, ends_today)
    assert record.alerts_on(TODAY + timedelta(days=1)) == (urgent,)
    assert record.alerts_on(TODAY - timedelta(days=1)) == (ends_today,)
    assert record.alerts == (ends_today, urgent)


def test_an_alert_without_words_is_refused(desk: Services, mother: NewPerson) -> None:
    with pytest.raises(Invalid) as refused:
        desk.families.alert(an_alert(mother.key, words=" "))
    assert refused.value.problems == {"words": "Write what the next person to speak must know."}


# -- consents ----------------------------------------------------------------------------------------------------------


def test_the_newest_answer_counts_and_the_older_ones_stay(desk: Services, mother: NewPerson) -> None:
    given = a_consent(mother.key, given_on=date(2026, 3, 1))
    withdrawn = a_consent(mother.key, answer=ConsentAnswer.WITHDRAWN, given_on=date(2026, 10, 1))
    late = a_consent(mother.key, answer=ConsentAnswer.REFUSED, given_on=date(2025, 1, 1))
    other = a_consent(mother.key, subject=ConsentSubject.RECORD)
    for consent in (given, withdrawn, late, other, given):
        desk.families.consent(consent)
    record = desk.people.record(mother.key)
    assert record.consent(ConsentSubject.SCHOOL) == withdrawn
    assert record.consent(ConsentSubject.RECORD) == other
    assert record.consent(ConsentSubject.HEALTH) is None
    assert record.consents == (other, withdrawn, given, late)


def test_of_two_answers_of_one_day_the_one_noted_last_counts(desk: Services, mother: NewPerson) -> None:
    first, last = a_consent(mother.key), a_consent(mother.key, answer=ConsentAnswer.WITHDRAWN)
    for consent in (first, last):
        desk.families.consent(consent)
    assert desk.people.record(mother.key).consent(ConsentSubject.SCHOOL) == last


def test_an_answer_taken_back_lets_the_one_before_it_count_again(desk: Services, mother: NewPerson) -> None:
    before = a_consent(mother.key, given_on=date(2026, 3, 1))
    mistake = a_consent(mother.key, answer=ConsentAnswer.REFUSED)
    for consent in (before, mistake):
        desk.families.consent(consent)
    assert desk.families.take_back_consent(mistake.key).value == mistake
    assert desk.people.record(mother.key).consent(ConsentSubject.SCHOOL) == before
    desk.families.put_back_consent(mistake.key)
    assert desk.people.record(mother.key).consent(ConsentSubject.SCHOOL) == mistake


def test_nobody_can_have_answered_tomorrow(desk: Services, mother: NewPerson) -> None:
    with pytest.raises(Invalid) as refused:
        desk.families.consent(a_consent(mother.key, given_on=date(2026, 11, 21)))
    assert refused.value.problems == {"given_on": "Nobody has answered yet on 21 November 2026."}


# -- schools over time -------------------------------------------------------------------------------------------------


def test_a_child_changes_school_and_both_are_remembered(desk: Services, child: NewPerson) -> None:
    first, second = an_organisation(), an_organisation(name="Hazelby High School")
    for school in (first, second):
        desk.organisations.add(school)
    before = Affiliation(key=uuid4(), person=child.key, organisation=first.key, valid_from=date(2022, 9, 1))
    after = Affiliation(key=uuid4(), person=child.key, organisation=second.key, valid_from=date(2026, 9, 1))
    desk.families.attend(before)
    ended = desk.families.amend_affiliation(replace(before, valid_to=date(2026, 8, 31))).value
    desk.families.attend(after)
    found = desk.people.record(child.key).attendances
    assert [(one.affiliation, one.organisation.name) for one in found] == [
        (ended, "St Mallow’s Primary School"), (after, "Hazelby High School"),
    ]  # fmt: skip


def test_a_school_that_was_closed_then_is_refused_with_its_successor(desk: Services, child: NewPerson) -> None:
    old, new = an_organisation(), an_organisation(name="Hazelby Academy", urn="")
    for school in (old, new):
        desk.organisations.add(school)
    desk.organisations.close(old.key, 1, date(2020, 8, 31), new.key)
    now = Affiliation(key=uuid4(), person=child.key, organisation=old.key)
    with pytest.raises(Invalid) as refused:
        desk.families.attend(now)
    assert refused.value.problems == {
        "organisation": "St Mallow’s Primary School closed on 31 August 2020; choose Hazelby Academy, which took over."
    }
    while_open = replace(now, valid_from=date(2018, 9, 1), valid_to=date(2020, 8, 31))
    desk.families.attend(while_open)
    with pytest.raises(Invalid):
        desk.families.amend_affiliation(replace(while_open, valid_to=date(2020, 9, 1)))
    assert [one.affiliation for one in desk.people.record(child.key).attendances] == [while_open]


def test_a_school_cannot_have_been_attended_before_it_opened(desk: Services, child: NewPerson) -> None:
    school = an_organisation(opened_on=date(2019, 9, 2))
    desk.organisations.add(school)
    with pytest.raises(Invalid) as refused:
        desk.families.attend(
            Affiliation(key=uuid4(), person=child.key, organisation=school.key, valid_from=date(2019, 9, 1))
        )
    assert refused.value.problems == {
        "valid_from": "St Mallow’s Primary School opened only on 2 September 2019; choose another, or another day."
    }


def test_a_school_that_turned_out_to_be_another_is_shown_as_that_one(desk: Services, child: NewPerson) -> None:
    typed, real = an_organisation(name="St Mallows", urn="", to_check=True), an_organisation()
    for school in (typed, real):
        desk.organisations.add(school)
    attends = Affiliation(key=uuid4(), person=child.key, organisation=typed.key)
    desk.families.attend(attends)
    desk.organisations.merge(typed.key, 1, real.key)
    (one,) = desk.people.record(child.key).attendances
    assert (one.affiliation, one.organisation.key) == (attends, real.key)


# -- what must stay hidden ---------------------------------------------------------------------------------------------


def a_refuge(person: UUID, **said: Any) -> HiddenAddress:
    """An address nobody may be told."""
    return replace(
        HiddenAddress(
            key=uuid4(),
            person=person,
            lines="Quillfeather House",
            town="Sorrelwick",
            postcode="QX9 9ZZ",
            told_to_nobody_but="the police",
        ),
        **said,
    )


def test_a_hidden_address_is_counted_and_shown_only_to_who_asks_and_is_noted(desk: Services, mother: NewPerson) -> None:
    refuge = a_refuge(mother.key)
    assert desk.families.hide_address(refuge).value == refuge
    record = desk.people.record(mother.key)
    assert record.hidden_addresses == 1
    assert "Quillfeather" not in repr(record)
    looks = [line for line in desk.people.history(mother.key) if line.field == "disclosures"]
    assert looks == []
    assert desk.families.show_hidden_addresses(mother.key).value == (refuge,)
    looks = [line for line in desk.people.history(mother.key) if line.field == "disclosures"]
    assert [(look.person, look.action) for look in looks] == [(desk.person, "insert")]


def test_a_hidden_address_changed_by_somebody_else_is_not_disclosed_by_the_conflict(
    desk: Services, mother: NewPerson
) -> None:
    refuge = a_refuge(mother.key)
    desk.families.hide_address(refuge)
    moved = desk.families.hide_address(replace(refuge, lines="Another Lane")).value
    assert moved.version == 2
    with pytest.raises(Conflict) as conflict:
        desk.families.hide_address(replace(refuge, lines="A third lane"))
    assert conflict.value.theirs is None
    assert "Another" not in conflict.value.sentence
    assert desk.families.show_hidden_addresses(mother.key).value == (moved,)


@pytest.mark.parametrize("words", ["Quillfeather", "Sorrelwick", "QX9 9ZZ", "QX99ZZ", "QX9"])
def test_nobody_is_found_by_a_hidden_address(desk: Services, mother: NewPerson, words: str) -> None:
    desk.families.hide_address(a_refuge(mother.key))
    assert desk.people.find(words) == ()
    assert [found.person for found in desk.people.find("Rowan")] == [mother.key]


def test_a_safeguarding_note_is_counted_and_every_look_is_noted(desk: Services, child: NewPerson, clock: Clock) -> None:
    key = uuid4()
    for _ in range(2):
        done = desk.families.safeguarding(child.key, "Bruise noted at the fair", key=key)
    record = desk.people.record(child.key)
    assert record.safeguarding_notes == 1
    assert "Bruise" not in repr((record, desk.people.history(child.key)))
    for _ in range(2):
        (note,) = desk.families.show_safeguarding(child.key).value
        assert (note.words, note.written_by, note.written_at) == ("Bruise noted at the fair", desk.person, NOW)
    assert done.value == note
    fields = [line.field for line in desk.people.history(child.key)]
    assert fields == ["", "safeguarding_notes", "disclosures", "disclosures"]


def test_an_empty_hidden_address_and_an_empty_note_are_refused(desk: Services, child: NewPerson) -> None:
    with pytest.raises(Invalid) as refused:
        desk.families.hide_address(HiddenAddress(key=uuid4(), person=child.key))
    assert set(refused.value.problems) == {"lines"}
    with pytest.raises(Invalid) as refused:
        desk.families.safeguarding(child.key, " ")
    assert set(refused.value.problems) == {"words"}


# -- history and bad input ---------------------------------------------------------------------------------------------


def test_the_history_tells_of_the_family_in_words(desk: Services, mother: NewPerson, child: NewPerson) -> None:
    tie = a_relationship(mother.key, child.key)
    desk.families.relate(tie)
    brother = added(desk, a_child(given_names="Alder"))
    desk.families.relate(a_relationship(mother.key, brother))
    desk.families.amend_relationship(replace(tie, kind="foster-carer", may_know=Known.NO))
    desk.families.alert(an_alert(mother.key))
    desk.families.consent(a_consent(mother.key))
    desk.families.attend(_school(desk, mother.key))
    desk.families.hide_address(a_refuge(mother.key))
    lines = desk.people.history(mother.key)
    said = {(line.field, line.old, line.new) for line in lines}
    assert said == {
        ("", "", "Rowan Thistledown"),
        ("contacts", "", "07700 900123"),
        ("relationships", "", "mother of Tamsin Thistledown"),
        ("relationships", "", "mother of Alder Thistledown"),
        ("relationships", "kind: mother", "kind: foster-carer"),
        ("relationships", "may know: Not known", "may know: No"),
        ("alerts", "", "How to help: Speak slowly."),
        ("consents", "", "Talk to the school: Given"),
        ("affiliations", "", "St Mallow’s Primary School, pupil"),
        ("hidden_addresses", "", ""),
    }
    assert {line.field for line in lines} - {""} <= set(CHANGE_LABELS)
    assert [(line.field, line.new) for line in desk.people.history(child.key)] == [
        ("", "Tamsin Thistledown"), ("relationships", "Rowan Thistledown: mother"),
    ]  # fmt: skip


def test_consents_and_schools_that_come_with_a_call_are_checked_with_it(desk: Services, mother: NewPerson) -> None:
    school = an_organisation()
    attends = Affiliation(key=uuid4(), person=mother.key, organisation=school.key, role="x" * 10_000)
    for intake in (
        Intake(consents=(a_consent(mother.key, given_on=date(2026, 11, 21)),)),
        Intake(organisations=(school,), affiliations=(attends,)),
    ):
        with pytest.raises(Invalid):
            desk.calls.log(a_call(caller=mother.key), intake)
    assert desk.people.record(mother.key).calls == 0
    assert desk.organisations.all() == ()


LONG = "x" * 10_000
UNFIT: dict[str, Callable[[Services, UUID, UUID], object]] = {
    "a relationship's note": lambda desk, one, two: desk.families.relate(a_relationship(one, two, note="a\x00b")),
    "an alert": lambda desk, one, _: desk.families.alert(an_alert(one, words="\ud83c")),
    "a consent": lambda desk, one, _: desk.families.consent(a_consent(one, how=LONG)),
    "a role": lambda desk, one, _: desk.families.attend(replace(_school(desk, one), role=LONG)),
    "a hidden address": lambda desk, one, _: desk.families.hide_address(a_refuge(one, postcode=LONG)),
    "a safeguarding note": lambda desk, one, _: desk.families.safeguarding(one, "a\x00b"),
}


@pytest.mark.parametrize("keep", UNFIT.values(), ids=list(UNFIT))
def test_what_does_not_fit_is_refused_in_one_sentence(
    desk: Services, mother: NewPerson, child: NewPerson, keep: Callable[[Services, UUID, UUID], object]
) -> None:
    before = desk.people.record(mother.key)
    with pytest.raises(Invalid) as refused:
        keep(desk, mother.key, child.key)
    (sentence,) = refused.value.problems.values()
    assert sentence.endswith(".")
    assert len(sentence) < 120
    assert desk.people.record(mother.key) == before
