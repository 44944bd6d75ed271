"""A call that brings people, schools, words and a next step with it: kept together, once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import Call, NewCall, Provenance, facts_of
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.codes import ConsentAnswer, ConsentSubject, ContactKind, PersonKind, StepKind
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import Invalid, NotFound, Refused
from ppsdesk.domain.families import Affiliation, Consent, Relationship
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.new_terms import term_to_check
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.people import ContactPoint, NewPerson
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.work import Storage
from tests.builders import NOW, TODAY, a_call
from tests.storage.conftest import recorded_queries

PHONE = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value="07700 900123")


def a_person(given: str, family: str = "Thistledown", **said: Any) -> NewPerson:
    """Somebody who is typed for the first time."""
    return NewPerson(key=uuid4(), given_names=given, family_name=family, **said)


def a_family(desk: Services) -> tuple[NewCall, Intake]:
    """Rowan rings about Hazel and Bryony, at a school and with a word that are on no list yet."""
    rowan = a_person("Rowan", contacts=(PHONE,))
    hazel, bryony = (
        a_person(name, kind=PersonKind.CHILD, born_on=born)
        for name, born in (("Hazel", date(2015, 9, 3)), ("Bryony", date(2018, 1, 30)))
    )
    school = NewOrganisation(key=uuid4(), name="Bearwood Lane Primary", to_check=True)
    topic = term_to_check(Vocabulary.TOPIC, "Bus pass", desk.vocabularies.all().of(Vocabulary.TOPIC))
    call = a_call(
        topics=(topic.code, TermCode("annual-review")),
        caller=rowan.key,
        children=(bryony.key, hazel.key),
        organisations=(school.key,),
        information=_codes(desk, Vocabulary.INFORMATION, 2),
        signposted=_codes(desk, Vocabulary.SIGNPOST, 2),
        area=_codes(desk, Vocabulary.AREA, 1)[0],
        child_name="Hazel and Bryony",
    )
    mother = _codes(desk, Vocabulary.RELATIONSHIP, 1)[0]
    intake = Intake(
        terms=(topic,),
        organisations=(school,),
        people=(rowan, hazel, bryony),
        relationships=tuple(
            Relationship(key=uuid4(), person=rowan.key, other=child.key, kind=mother) for child in (hazel, bryony)
        ),
        affiliations=(Affiliation(key=uuid4(), person=hazel.key, organisation=school.key),),
        consents=(
            Consent(
                key=uuid4(),
                person=rowan.key,
                subject=ConsentSubject.RECORD,
                answer=ConsentAnswer.GIVEN,
                given_on=TODAY,
                how="by phone",
            ),
        ),
        step=NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY, owner="hana", call=call.key, person=rowan.key),
    )
    return call, intake


def _codes(desk: Services, vocabulary: Vocabulary, count: int) -> tuple[TermCode, ...]:
    return tuple(term.code for term in desk.vocabularies.all().offered(vocabulary, on=TODAY))[:count]


def _kept(storage: Storage) -> dict[str, int]:
    """How many rows each table that a call can touch has."""
    tables = ("call", "call_topic", "call_child", "call_organisation", "call_information", "call_signpost", "person",
              "contact_point", "relationship", "affiliation", "consent", "organisation", "next_step", "term",
              "draft")  # fmt: skip
    with storage.engine.connect() as connection:
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in tables}


# -- all of it, once -------------------------------------------------------------------------------------------------


def test_a_call_of_a_new_family_is_kept_with_everybody_it_brings(desk: Services) -> None:
    call, intake = a_family(desk)
    done = desk.calls.log(call, intake)
    read = desk.calls.get(done.value)
    assert facts_of(read) == facts_of(call)
    new = {Topic.PEOPLE, Topic.ORGANISATIONS, Topic.STEPS, Topic.VOCABULARIES}
    assert done.touched == {Topic.CALLS, Topic.DRAFTS, *new}
    record = desk.people.record(intake.people[0].key)
    assert [tie.other_name for tie in record.children()] == ["Hazel Thistledown", "Bryony Thistledown"]
    assert (record.calls, record.last_call) == (1, TODAY)
    assert record.consents == intake.consents
    assert [step.call_id for step in desk.steps.of_call(done.value)] == [done.value]
    term = desk.vocabularies.all().term(Vocabulary.TOPIC, TermCode("bus-pass"))
    assert term is not None
    assert term.to_check


def test_logging_the_same_family_twice_leaves_one_of_each(desk: Services, storage: Storage) -> None:
    call, intake = a_family(desk)
    first = desk.calls.log(call, intake).value
    once = _kept(storage)
    assert desk.calls.log(call, intake).value == first
    assert _kept(storage) == once
    assert (once["call"], once["person"], once["relationship"], once["next_step"], once["consent"]) == (1, 3, 2, 1, 1)


def test_what_was_put_right_before_saving_again_goes_into_the_same_records(desk: Services) -> None:
    call, intake = a_family(desk)
    desk.calls.log(call, intake)
    hazel = replace(intake.people[1], given_names="Hazelnut")
    again = replace(intake, people=(intake.people[0], hazel, intake.people[2]))
    number = desk.calls.log(replace(call, children=(hazel.key,)), again).value
    assert desk.calls.get(number).children == (hazel.key,)
    assert desk.people.record(hazel.key).person.given_names == "Hazelnut"


def test_a_next_step_follows_the_call_it_came_with_though_it_does_not_say_so(desk: Services) -> None:
    step = NewStep(key=uuid4(), kind=StepKind.SEND, due_on=TODAY)
    number = desk.calls.log(a_call(), Intake(step=step)).value
    assert [one.key for one in desk.steps.of_call(number)] == [step.key]


def test_a_call_that_brings_nobody_says_so_and_asks_nothing_about_people(desk: Services, storage: Storage) -> None:
    desk.calls.log(a_call())
    with recorded_queries(storage.engine) as said:
        done = desk.calls.log(a_call())
    assert done.touched == {Topic.CALLS, Topic.DRAFTS}
    # the local file is written to straight, past SQLAlchemy; a shared database is asked first whether it still is of
    # this version and may be written to, and then given the call, its topic and its draft
    shared = storage.engine.dialect.name != "sqlite"
    assert [text.split()[2] for text in said if not text.startswith("SELECT")] == (
        ["call", "call_topic", "draft"] if shared else []
    )
    assert sum(text.startswith("SELECT") for text in said) == int(shared)


# -- nothing of it ---------------------------------------------------------------------------------------------------

Spoil = Callable[[NewCall, Intake], tuple[NewCall, Intake]]
SPOILT: dict[str, tuple[Spoil, set[str]]] = {
    "a child of tomorrow": (
        lambda call, new: (call, replace(new, people=(replace(new.people[1], born_on=date(2026, 11, 21)),))),
        {"born_on"},
    ),
    "a phone of letters": (
        lambda call, new: (
            call,
            replace(new, people=(replace(new.people[0], contacts=(replace(PHONE, value="not a phone"),)),)),
        ),
        {"contacts"},
    ),
    "a mother of herself": (
        lambda call, new: (
            call,
            replace(new, relationships=(replace(new.relationships[0], other=new.relationships[0].person),)),
        ),
        {"other"},
    ),
    "a school without a name": (
        lambda call, new: (call, replace(new, organisations=(replace(new.organisations[0], name=" "),))),
        {"organisations"},
    ),
    "a topic of 10,000 letters": (
        lambda call, new: (call, replace(new, terms=(replace(new.terms[0], label="x" * 10_000),))),
        {"topics"},
    ),
    "a step of too many words": (
        lambda call, new: (call, replace(new, step=replace(_step(new), words="x" * 1_001))),
        {"words"},
    ),
    "no kind of caller, and a name of 10,000 letters": (
        lambda call, new: (
            replace(call, caller_kind=None),
            replace(new, people=(replace(new.people[0], given_names="x" * 10_000),)),
        ),
        {"caller_kind", "given_names"},
    ),
}


def _step(intake: Intake) -> NewStep:
    assert intake.step is not None
    return intake.step


@pytest.mark.parametrize("how", SPOILT)
def test_nothing_is_kept_of_a_call_with_a_part_that_cannot_be(desk: Services, storage: Storage, how: str) -> None:
    before = _kept(storage)
    spoil, fields = SPOILT[how]
    call, intake = spoil(*a_family(desk))
    with pytest.raises(Invalid) as refused:
        desk.calls.log(call, intake)
    assert set(refused.value.problems) == fields
    assert _kept(storage) == before


def test_a_fault_in_the_last_part_leaves_nothing_of_the_first_and_the_draft_stays(
    desk: Services, storage: Storage
) -> None:
    call, intake = a_family(desk)
    draft = Draft(key=call.key, person=desk.person, window="1", started_at=NOW, kept_at=NOW, content={"notes": "asked"})
    desk.drafts.keep(draft)
    before = _kept(storage)
    for spoilt in (
        replace(intake, step=replace(_step(intake), person=uuid4())),
        replace(intake, people=intake.people[:2]),
        replace(intake, organisations=()),
        replace(intake, terms=()),
    ):
        with pytest.raises((Refused, NotFound)):
            desk.calls.log(call, spoilt)
        assert _kept(storage) == before
    assert desk.drafts.mine() == (draft,)


def test_two_desks_may_bring_the_same_new_word_at_once(desk: Services) -> None:
    terms = desk.vocabularies.all().of(Vocabulary.TOPIC)
    for _ in range(2):
        word = term_to_check(Vocabulary.TOPIC, "Bus pass", terms)
        desk.calls.log(a_call(topics=(word.code,)), Intake(terms=(word,)))
    chosen = Chosen(vocabulary=Vocabulary.TOPIC, codes=frozenset({TermCode("bus-pass")}))
    assert desk.calls.count(Selection(chosen=(chosen,))) == 2


def test_a_call_cannot_name_a_person_or_a_school_that_is_not_on_record(desk: Services) -> None:
    for call in (a_call(caller=uuid4()), a_call(children=(uuid4(),)), a_call(organisations=(uuid4(),))):
        with pytest.raises(Refused) as refused:
            desk.calls.log(call)
        assert "not on record" in refused.value.message
    assert desk.calls.count(Selection()) == 0


# -- changing it afterwards ------------------------------------------------------------------------------------------


@pytest.fixture
def family(desk: Services) -> tuple[Call, Intake]:
    """The call of a new family, on record."""
    call, intake = a_family(desk)
    return desk.calls.get(desk.calls.log(call, intake).value), intake


def test_the_history_says_which_child_and_school_were_added_or_taken_out_by_name(
    desk: Services, family: tuple[Call, Intake]
) -> None:
    call, intake = family
    rowan, hazel, bryony = intake.people
    logged = len(desk.calls.history(call.id))
    changed = replace(facts_of(call), caller=None, children=(hazel.key,), organisations=(), signposted=(), area=None)
    call = desk.calls.amend(call.id, call.version, changed).value
    assert (call.caller, call.children, call.organisations, call.signposted) == (None, (hazel.key,), (), ())
    call = desk.calls.amend(call.id, call.version, replace(changed, caller=rowan.key, not_one_child=True)).value
    lines = {(line.field, line.action, line.old, line.new) for line in desk.calls.history(call.id)[logged:]}
    assert {
        ("caller", "update", rowan.name, ""),
        ("caller", "update", "", rowan.name),
        ("children", "delete", bryony.name, ""),
        ("children", "delete", hazel.name, ""),
        ("children", "insert", "", hazel.name),
        ("organisations", "delete", "Bearwood Lane Primary", ""),
        *(("signposted", "delete", code, "") for code in intake_codes(desk)),
        ("area", "update", _codes(desk, Vocabulary.AREA, 1)[0], ""),
    } <= lines
    assert any(field == "not_one_child" for field, *_ in lines)


def intake_codes(desk: Services) -> tuple[TermCode, ...]:
    """What the family's call was signposted to."""
    return _codes(desk, Vocabulary.SIGNPOST, 2)


def test_a_person_is_found_in_calls_they_made_and_calls_they_are_the_child_of(
    desk: Services, family: tuple[Call, Intake]
) -> None:
    call, intake = family
    rowan, hazel, bryony = (person.key for person in intake.people)
    own = desk.calls.log(a_call(caller=hazel)).value
    desk.calls.log(a_call(caller_name=intake.people[1].name))
    assert [set(desk.calls.ids(Selection(person=one))) for one in (rowan, hazel, bryony)] == [
        {call.id},
        {call.id, own},
        {call.id},
    ]
    assert desk.calls.count(Selection(person=uuid4())) == 0


def test_schools_that_turn_out_to_be_one_have_their_calls_counted_together(
    desk: Services, family: tuple[Call, Intake]
) -> None:
    _, intake = family
    double, third = (
        desk.organisations.add(NewOrganisation(key=uuid4(), name=name)).value for name in ("Bearwood", "Bear Wood")
    )
    desk.calls.log(a_call(organisations=(double.key,)))
    desk.calls.log(a_call(organisations=(third.key, double.key)))
    [school] = intake.organisations

    def about(*keys: UUID) -> list[int]:
        return [desk.calls.count(Selection(organisation=key)) for key in keys]

    assert about(school.key, double.key, third.key, uuid4()) == [1, 2, 1, 0]
    desk.organisations.merge(third.key, third.version, double.key)
    merged = desk.organisations.merge(double.key, double.version, school.key).value
    assert about(school.key, double.key, third.key) == [3, 3, 3]
    desk.organisations.unmerge(merged.key, merged.version)
    assert about(school.key, double.key, third.key) == [1, 2, 2]


# -- anonymous callers and tally sheets ------------------------------------------------------------------------------


def test_an_anonymous_caller_who_says_who_they_are_gets_all_their_calls(desk: Services) -> None:
    rowan = desk.people.add(a_person("Rowan")).value
    earlier = [
        desk.calls.log(
            a_call(anonymous=True, caller_name="", reference="A-3K74-9QX2", taken_on=date(2026, 11, day))
        ).value
        for day in (3, 9)
    ]
    other = desk.calls.log(a_call(anonymous=True, reference="A-3K74-9QY2")).value
    known = desk.calls.log(a_call(reference="A-3K74-9QX2", caller=rowan.key)).value
    assert set(desk.calls.ids(Selection(reference="A-3K74-9QX2"))) == {*earlier, known}
    version = desk.calls.get(earlier[0]).version
    done = desk.calls.attach("A-3K74-9QX2", rowan.key)
    assert (done.value, done.said) == (2, "2 calls attached.")
    assert {number: desk.calls.get(number).caller for number in (*earlier, other, known)} == {
        **dict.fromkeys([*earlier, known], rowan.key),
        other: None,
    }
    assert desk.calls.get(earlier[0]).version == version + 1
    assert desk.calls.get(earlier[0]).anonymous
    assert desk.calls.attach("A-3K74-9QX2", rowan.key).value == 0
    assert desk.calls.detach("A-3K74-9QX2", rowan.key).value == 2
    assert [desk.calls.get(number).caller for number in (*earlier, known)] == [None, None, rowan.key]


def test_a_reference_is_needed_to_attach_calls_and_a_person_who_is_there(desk: Services) -> None:
    for reference in ("", "  ", "A\x00"):
        with pytest.raises(Refused):
            desk.calls.attach(reference, uuid4())
    with pytest.raises(NotFound):
        desk.calls.attach("A-3K74-9QX2", uuid4())
    assert desk.calls.count(Selection(reference="A\x00")) == 0


def test_a_tally_sheet_is_logged_whole_and_only_once(desk: Services) -> None:
    sheet = [a_call(), a_call(topics=(TermCode("transport"),)), a_call()]
    done = desk.calls.log_many(sheet)
    assert [desk.calls.get(number).key for number in done.value] == [call.key for call in sheet]
    assert done.said == "3 calls logged."
    assert desk.calls.log_many(sheet).value == done.value
    assert desk.calls.count(Selection()) == 3


def test_a_tally_sheet_with_bad_rows_names_each_and_keeps_none(desk: Services) -> None:
    sheet = [a_call(), a_call(caller_kind=None), a_call(topics=(), minutes=-1)]
    with pytest.raises(Invalid) as refused:
        desk.calls.log_many(sheet)
    assert set(refused.value.problems) == {"2.caller_kind", "3.topics", "3.minutes"}
    with pytest.raises(Refused):
        desk.calls.log_many([a_call(), a_call(topics=(TermCode("on-no-list"),))])
    assert desk.calls.count(Selection()) == 0


def test_taking_an_import_back_keeps_a_call_that_something_follows_from(desk: Services, storage: Storage) -> None:
    with storage.writing() as work:
        batch = work.imports.begin(file_name="old.csv", rows_added=2, rows_known=0, at=NOW, person="hana")
        work.commit()
    calls = [
        a_call(provenance=Provenance(batch_id=batch, file="old.csv", row=row, identity=f"ref:{row}")) for row in (2, 3)
    ]
    desk.calls.log_many(calls)
    desk.steps.add(NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY, call=calls[0].key))
    assert desk.importing.undo(batch).value == (1, 1)
