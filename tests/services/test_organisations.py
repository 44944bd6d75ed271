"""Schools and other organisations: found, closed, merged; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import Conflict, DeskError, Invalid, NotFound, Refused
from ppsdesk.domain.organisations import Organisation
from ppsdesk.domain.selection import Selection
from tests.builders import TODAY, a_call, an_organisation
from tests.conftest import MakeStorage, services_on
from tests.fakes import Clock
from tests.services.test_people import together


def added(desk: Services, name: str, **said: Any) -> UUID:
    """The key of a school just put on record."""
    return desk.organisations.add(an_organisation(name=name, **{"urn": "", "town": "", **said})).value.key


def names(found: tuple[Organisation, ...]) -> list[str]:
    """What the list shows."""
    return [one.name for one in found]


def test_an_organisation_is_read_back_as_it_was_written_down(desk: Services) -> None:
    successor = added(desk, "Hazelby Academy")
    school = an_organisation(
        name="Ysgol Siân Œnone – y Llan",
        phone="01992 555123",
        email="office@sian.example",
        postcode="HZ1 1AA",
        opened_on=date(1999, 9, 1),
        closed_on=date(2026, 8, 31),
        successor=successor,
        note="ask for Ms Ash",
        to_check=True,
    )
    done = desk.organisations.add(school)
    read = desk.organisations.get(school.key)
    assert {name: getattr(read, name) for name in school.__dataclass_fields__} == {
        name: getattr(school, name) for name in school.__dataclass_fields__
    }
    assert (done.value, done.touched, read.version, read.merged_into) == (read, {Topic.ORGANISATIONS}, 1, None)


def test_saving_a_school_twice_leaves_one_as_it_was_written_down_last(desk: Services) -> None:
    school = an_organisation()
    for _ in range(2):
        desk.organisations.add(school)
    desk.organisations.add(replace(school, town="Alderby"))
    assert [(one.town, one.version) for one in desk.organisations.all()] == [("Alderby", 2)]
    assert names(desk.organisations.find("alderby")) == [school.name]
    assert desk.organisations.find("hazelby") == ()


FOUND = {
    "the beginning of a name": "st m",
    "without the dot and in capitals": "ST. MALLOW",
    "words in any order": "primary mallow",
    "the town first": "hazelby primary st",
    "without the apostrophe": "st mallows",
    "the word written out": "saint mallow",
    "the reference number": "117999",
    "the beginning of the reference number": "1179",
    "the postcode": "HZ1 1AA",
    "the postcode in one": "hz11aa",
    "without the accent": "st mallows sian",
}


@pytest.mark.parametrize("typed", FOUND.values(), ids=list(FOUND))
def test_a_school_is_found_by(desk: Services, typed: str) -> None:
    added(desk, "Hazelby High School", town="Hazelby")
    added(desk, "St Mary’s Infant School", town="Alderby", urn="117998")
    school = added(desk, "St Mallow’s & Siân’s Primary School", town="Hazelby", urn="117999", postcode="HZ1 1AA")
    found = desk.organisations.find(typed)
    assert school in {one.key for one in found}
    assert len(found) == (2 if typed in ("st m", "1179") else 1)


def test_a_name_that_begins_with_the_words_stands_before_one_that_only_has_them(desk: Services) -> None:
    for name in ("Alder Hazel School", "Hazel Wood School", "Zinnia School, Hazel Road", "Hazel Bank School"):
        added(desk, name)
    assert names(desk.organisations.find("hazel")) == [
        "Hazel Bank School", "Hazel Wood School", "Alder Hazel School", "Zinnia School, Hazel Road",
    ]  # fmt: skip
    assert len(desk.organisations.find("hazel", limit=3)) == 3


def test_a_school_with_several_words_that_begin_so_takes_one_row(desk: Services) -> None:
    first, second = (added(desk, name, postcode="HZ1 1AA", town="Hzby") for name in ("Alder School", "Bryony School"))
    assert [one.key for one in desk.organisations.find("hz", limit=2)] == [first, second]


def test_one_that_is_still_to_be_checked_stands_last(desk: Services) -> None:
    added(desk, "Hazel Bank School", to_check=True)
    added(desk, "Hazel Wood School")
    assert names(desk.organisations.find("hazel")) == ["Hazel Wood School", "Hazel Bank School"]


@pytest.mark.parametrize("typed", ["", "  ", "’", "%", "_", "\x00", "\ud83c", "=", "zzz", "x" * 10_000, "( ) & -"])
def test_what_finds_nothing_finds_nothing(desk: Services, typed: str) -> None:
    added(desk, "Hazel Bank School")
    assert desk.organisations.find(typed) == ()


# -- open and closed ---------------------------------------------------------------------------------------------------


def test_a_closed_school_is_offered_on_days_it_was_open_and_when_asked_for(desk: Services) -> None:
    school = added(desk, "Hazel Bank School", opened_on=date(1999, 9, 1))
    done = desk.organisations.close(school, 1, date(2020, 8, 31))
    assert done.said == "Hazel Bank School is closed."
    assert desk.organisations.find("hazel") == ()
    assert desk.organisations.find("hazel", date(1999, 8, 31)) == ()
    assert names(desk.organisations.find("hazel", date(2020, 8, 31))) == ["Hazel Bank School"]
    assert names(desk.organisations.find("hazel", closed=True)) == ["Hazel Bank School"]
    desk.organisations.reopen(school, 2)
    assert names(desk.organisations.find("hazel")) == ["Hazel Bank School"]


def test_closed_and_merged_schools_take_no_room_from_one_that_is_open(desk: Services) -> None:
    real = added(desk, "Zinnia School at Hazel Bank")
    for number in range(4):
        added(desk, f"Hazel Bank {number}", closed_on=date(2020, 8, 31))
        added(desk, f"Bank of Hazel {number}", closed_on=date(2020, 8, 31))
        desk.organisations.merge(added(desk, f"Hazel Bank typed {number}"), 1, real)
        desk.organisations.merge(added(desk, f"Alder Hazel Bank {number}"), 1, real)
    other = added(desk, "Woad School, Hazel Bank")
    assert [one.key for one in desk.organisations.find("hazel bank", limit=3)] == [other, real]


def test_a_school_closed_on_that_date_is_named_with_who_took_over(desk: Services) -> None:
    last = added(desk, "Clover Academy")
    between = added(desk, "Bramble School")
    first, lone, fresh = added(desk, "Alder School"), added(desk, "Dill School"), added(desk, "Elder School")
    desk.organisations.close(first, 1, date(2010, 8, 31), between)
    desk.organisations.close(between, 1, date(2020, 8, 31), last)
    desk.organisations.close(lone, 1, date(2020, 8, 31))
    desk.organisations.amend(fresh, 1, an_organisation(name="Elder School", opened_on=date(2026, 9, 1)))
    keys = (first, between, lone, last, fresh, uuid4())
    assert desk.organisations.closed_on(keys, date(2010, 8, 31)) == {
        fresh: "Elder School opened only on 1 September 2026; choose another, or another day.",
    }
    assert desk.organisations.closed_on(keys, date(2015, 1, 1))[first] == (
        "Alder School closed on 31 August 2010; choose Bramble School, which took over."
    )
    assert desk.organisations.closed_on(keys, TODAY) == {
        first: "Alder School closed on 31 August 2010; choose Clover Academy, which took over.",
        between: "Bramble School closed on 31 August 2020; choose Clover Academy, which took over.",
        lone: "Dill School closed on 31 August 2020; choose another, or another day.",
    }


def test_two_schools_that_name_each_other_as_successor_do_not_go_round_for_ever(desk: Services) -> None:
    first, second = added(desk, "Alder School"), added(desk, "Bramble School")
    desk.organisations.close(first, 1, date(2020, 8, 31), second)
    desk.organisations.close(second, 1, date(2020, 8, 31), first)
    assert desk.organisations.closed_on([first], TODAY) == {
        first: "Alder School closed on 31 August 2020; choose another, or another day."
    }


def test_a_school_cannot_be_its_own_successor(desk: Services) -> None:
    school = added(desk, "Alder School")
    with pytest.raises(Refused) as refused:
        desk.organisations.close(school, 1, date(2020, 8, 31), school)
    assert refused.value.sentence == "An organisation cannot be its own successor. Nothing was saved."
    assert desk.organisations.get(school).closed_on is None


def test_a_school_cannot_close_before_it_opened(desk: Services) -> None:
    school = added(desk, "Alder School", opened_on=date(2020, 9, 1))
    with pytest.raises(Invalid) as refused:
        desk.organisations.close(school, 1, date(2020, 8, 31))
    assert refused.value.problems == {"closed_on": "It cannot close on 31 August 2020, before it opened."}


# -- two that are one --------------------------------------------------------------------------------------------------


def test_calls_of_a_merged_school_are_found_under_the_one_it_is(desk: Services) -> None:
    real, typed = added(desk, "St Mallow’s Primary School"), added(desk, "Saint Mallowe", to_check=True)
    before = desk.calls.log(a_call(organisations=(typed,))).value
    done = desk.organisations.merge(typed, 1, real)
    assert done.said == "Saint Mallowe now counts as St Mallow’s Primary School."
    assert done.touched == {Topic.ORGANISATIONS, Topic.PEOPLE, Topic.CALLS}
    assert desk.calls.count(Selection(organisation=real)) == 1
    assert desk.calls.get(before).organisations == (typed,)
    assert desk.organisations.all(to_check=True) == ()
    assert [one.merged_into for one in desk.organisations.all() if one.key == typed] == [real]
    desk.organisations.unmerge(typed, 2)
    assert desk.calls.count(Selection(organisation=real)) == 0
    assert [one.key for one in desk.organisations.all(to_check=True)] == [typed]


def test_the_words_of_a_merged_school_find_the_one_it_is(desk: Services) -> None:
    real, typed = added(desk, "St Mallow’s Primary School"), added(desk, "Mallowe Juniors", to_check=True)
    desk.organisations.merge(typed, 1, real)
    assert [one.key for one in desk.organisations.find("juniors")] == [real]
    assert [one.key for one in desk.organisations.find("mallow")] == [real]
    desk.organisations.unmerge(typed, 2)
    assert [one.key for one in desk.organisations.find("juniors")] == [typed]


def test_what_was_merged_into_a_school_that_closed_is_not_offered(desk: Services) -> None:
    real, typed = added(desk, "St Mallow’s Primary School"), added(desk, "Mallowe Juniors", to_check=True)
    desk.organisations.merge(typed, 1, real)
    desk.organisations.close(real, 1, date(2020, 8, 31))
    assert desk.organisations.find("juniors") == ()


def test_a_merge_of_a_merge_is_taken_back_step_by_step(desk: Services) -> None:
    first, second, third = (added(desk, f"{name} School") for name in ("Alder", "Bramble", "Clover"))
    desk.organisations.merge(first, 1, second)
    desk.organisations.merge(second, 1, third)
    assert [one.key for one in desk.organisations.find("alder")] == [third]
    desk.organisations.unmerge(second, 2)
    assert [one.key for one in desk.organisations.find("alder")] == [second]


def test_two_schools_are_never_merged_into_each_other(make_storage: MakeStorage, tmp_path: Path, clock: Clock) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    first, second = added(hana, "Alder School"), added(hana, "Bramble School")
    answers = together(
        lambda: hana.organisations.merge(first, 1, second), lambda: priya.organisations.merge(second, 1, first)
    )
    refused = [answer for answer in answers if isinstance(answer, DeskError)]
    assert [one.sentence for one in refused] == [
        "These two are the same on record already. Nothing was changed. Take the earlier merge back first."
    ]
    assert sum(one.merged_into is not None for one in hana.organisations.all()) == 1


def test_a_school_is_not_merged_into_itself(desk: Services) -> None:
    school = added(desk, "Alder School")
    with pytest.raises(Refused):
        desk.organisations.merge(school, 1, school)
    assert desk.organisations.get(school).merged_into is None


# -- two desks, bad input ----------------------------------------------------------------------------------------------


def test_the_second_of_two_desks_is_given_what_the_first_one_saved(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    school = added(hana, "Alder School")
    theirs = hana.organisations.amend(school, 1, an_organisation(name="Alder Academy")).value
    for change in (
        lambda: priya.organisations.amend(school, 1, an_organisation(name="Alder Free School")),
        lambda: priya.organisations.close(school, 1, TODAY),
    ):
        with pytest.raises(Conflict) as conflict:
            change()
        assert conflict.value.theirs == theirs
    assert names(hana.organisations.find("alder")) == ["Alder Academy"]


def test_one_school_typed_at_once_at_two_desks_is_on_record_once(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    for turn in range(5):
        school = an_organisation(name=f"Alder School {turn}", urn="")
        first, second = together(
            lambda s=school: hana.organisations.add(s), lambda s=school: priya.organisations.add(s)
        )
        assert first.value == second.value
        assert [one.key for one in hana.organisations.find(f"alder {turn}")] == [school.key]


REFUSED: dict[str, tuple[dict[str, object], str, str]] = {
    "no name": ({"name": " "}, "name", "Enter the name of the school or organisation."),
    "a name of ten thousand letters": (
        {"name": "x" * 10_000}, "name", "Name: at most 200 characters; this has 10,000.",
    ),
    "a NUL in the town": ({"town": "Hazel\x00by"}, "town", "Town holds a character that cannot be kept (NUL)."),
    "half an emoji in the note": (
        {"note": "\ud83c"}, "note", "Note holds half a character (perhaps of a cut emoji) that cannot be kept.",
    ),
    "a reference number of letters": (
        {"urn": "ABC"}, "urn", "A school's URN has five or six digits. You entered “ABC”.",
    ),
    "a postcode as long as a letter": (
        {"postcode": "A" * 21}, "postcode", "Postcode: at most 20 characters; this has 21.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_in_one_sentence(desk: Services, said: tuple[dict[str, object], str, str]) -> None:
    values, field, sentence = said
    school = an_organisation(**values)
    with pytest.raises(Invalid) as refused:
        desk.organisations.add(school)
    assert refused.value.problems == {field: sentence}
    with pytest.raises(NotFound) as missing:
        desk.organisations.get(school.key)
    assert missing.value.message == "This organisation is not in the database any more."
