"""Dates of the law in the history of a call and of a person: kept, corrected, closed, worked out again, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.families import CHANGE_LABELS
from ppsdesk.domain.history import MATTER_CHANGES, Change
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.rights import Role
from ppsdesk.storage.work import Storage
from tests.builders import a_call, a_child

LETTER = date(2026, 10, 1)
KEPT = "The council sent a decision letter: It will not assess; Date on the decision letter: Thu 1 Oct 2026"


@pytest.fixture
def child(desk: Services) -> NewPerson:
    """On record."""
    made = a_child()
    desk.people.add(made)
    return made


@pytest.fixture
def told(desk: Services, child: NewPerson) -> Matter:
    """A decision letter, told in a call about the child."""
    matter = Matter(key=UUID(int=7), child=child.key, happening="decision", kind="RTA", facts={"decision": LETTER})
    desk.calls.log(a_call(children=(child.key,)), Intake(matters=(matter,)))
    return desk.dates.get(matter.key)


def of_dates(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """What was done about dates, with the words before and after it."""
    return [(MATTER_CHANGES[one.field], one.old, one.new) for one in changes if one.field in MATTER_CHANGES]


def both(desk: Services, child: UUID) -> list[tuple[str, str, str]]:
    """The history of the only call, which that of the child must repeat."""
    found = of_dates(desk.calls.history(1))
    assert of_dates(desk.people.history(child)) == found
    return found


def test_dates_told_in_a_call_stand_in_its_history_and_in_that_of_the_child(
    desk: Services, child: NewPerson, told: Matter
) -> None:
    assert both(desk, child.key) == [("Dates kept", "", KEPT)]
    [kept] = [one for one in desk.people.history(child.key) if one.field in MATTER_CHANGES]
    assert kept.person == desk.person
    assert set(MATTER_CHANGES) <= set(CHANGE_LABELS)


def test_a_correction_says_what_was_told_before_and_what_is_told_now(
    desk: Services, child: NewPerson, told: Matter
) -> None:
    facts = {"decision": date(2026, 10, 8), "certificate": date(2026, 11, 19)}
    desk.dates.amend(replace(told, kind="CTM", facts=facts))
    now = (
        "The council sent a decision letter: It will end the plan; Date on the decision letter: Thu 8 Oct 2026; "
        "Date on the mediation certificate: Thu 19 Nov 2026"
    )
    assert ("Dates corrected", KEPT, now) in both(desk, child.key)


def test_a_day_that_was_told_by_mistake_is_gone_from_the_words_once_it_was_taken_out(
    desk: Services, child: NewPerson, told: Matter
) -> None:
    both_days = {"decision": LETTER, "certificate": date(2026, 11, 19)}
    amended = desk.dates.amend(replace(told, facts=both_days)).value
    desk.dates.amend(replace(amended, facts={"decision": LETTER}))
    with_certificate = f"{KEPT}; Date on the mediation certificate: Thu 19 Nov 2026"
    assert both(desk, child.key)[-1] == ("Dates corrected", with_certificate, KEPT)


def test_several_matters_of_a_child_are_told_in_the_order_in_which_they_happened(
    desk: Services, child: NewPerson, told: Matter
) -> None:
    asked = Matter(key=UUID(int=8), child=child.key, happening="request", facts={"request": LETTER})
    desk.dates.keep(asked)
    desk.dates.close(told.key, told.version)
    asked_words = "Somebody asked for an assessment: Day the council got the request: Thu 1 Oct 2026"
    assert of_dates(desk.people.history(child.key)) == [
        ("Dates kept", "", KEPT), ("Dates kept", "", asked_words), ("Dates closed", "", KEPT),
    ]  # fmt: skip


def test_closed_and_opened_again_are_lines_of_their_own(desk: Services, child: NewPerson, told: Matter) -> None:
    closed = desk.dates.close(told.key, told.version).value
    desk.dates.reopen(told.key, closed.version)
    assert both(desk, child.key) == [
        ("Dates kept", "", KEPT), ("Dates closed", "", KEPT), ("Dates opened again", "", KEPT),
    ]  # fmt: skip


def test_what_lifts_a_limit_is_told_in_a_sentence(desk: Services, child: NewPerson) -> None:
    asked = Matter(key=UUID(int=8), child=child.key, happening="request", facts={"request": LETTER})
    kept = desk.dates.keep(asked).value
    desk.dates.amend(replace(kept, lifted=("EX_ABSENT",)))
    words = "Somebody asked for an assessment: Day the council got the request: Thu 1 Oct 2026"
    lifted = "Lifts a limit: The family was away from the area for 4 weeks or more. (Check this.)"
    assert of_dates(desk.people.history(child.key)) == [
        ("Dates kept", "", words),
        ("Dates corrected", words, f"{words}; {lifted}"),
    ]


def test_everything_that_lifts_a_limit_is_told(desk: Services, child: NewPerson) -> None:
    asked = Matter(key=UUID(int=8), child=child.key, happening="request", facts={"request": LETTER},
                   lifted=("EX_ABSENT", "EX_PERSONAL"))  # fmt: skip
    desk.dates.keep(asked)
    [(_, _, words)] = of_dates(desk.people.history(child.key))
    assert "The family was away from the area for 4 weeks or more." in words
    assert "Something exceptional happened." in words


def test_a_date_that_fell_away_with_the_day_it_ran_from_is_said_to_be_none(desk: Services, child: NewPerson) -> None:
    appeal = Matter(key=UUID(int=9), child=child.key, happening="appeal", facts={"received": LETTER, "sent": LETTER})
    kept = desk.dates.keep(appeal).value
    desk.dates.amend(replace(kept, facts={"received": LETTER}))
    [moved] = [line for line in desk.people.history(child.key) if line.field == "dates_moved"]
    assert moved.new.startswith("Council answers the appeal: no date now. Corrected:")


def test_dates_that_moved_are_told_together_with_the_reason(desk: Services, child: NewPerson) -> None:
    appeal = Matter(key=UUID(int=9), child=child.key, happening="appeal", facts={"received": LETTER, "sent": LETTER})
    kept = desk.dates.keep(appeal).value
    day = next(one.due for one in kept.dates if one.clock == "LAR30")
    desk.rules.add_holiday(day, "Coronation", "decided by the government")
    [moved] = [line for line in desk.people.history(child.key) if line.field == "dates_moved"]
    assert moved.person == "the program"
    assert "Bank holiday added" in moved.new
    assert moved.old
    assert moved.old != moved.new


def test_dates_that_go_along_with_another_child_leave_the_first_one_s_history_in_words(
    desk: Services, child: NewPerson, told: Matter
) -> None:
    other = a_child(given_names="Elin")
    desk.people.add(other)
    call = desk.calls.get(1)
    desk.calls.amend(1, call.version, replace(facts_of(call), children=(other.key,)))
    now = desk.dates.get(told.key)
    desk.dates.close(now.key, now.version)
    assert of_dates(desk.people.history(child.key)) == [
        ("Dates kept", "", KEPT), ("Dates now about somebody else", KEPT, ""),
    ]  # fmt: skip
    assert of_dates(desk.people.history(other.key)) == [
        ("Dates now about this person", "", KEPT), ("Dates closed", "", KEPT),
    ]  # fmt: skip


def test_dates_that_moved_once_they_were_another_child_s_are_told_of_that_child_only(
    desk: Services, child: NewPerson
) -> None:
    other = a_child(given_names="Elin")
    desk.people.add(other)
    appeal = Matter(key=UUID(int=9), child=child.key, happening="appeal", facts={"received": LETTER, "sent": LETTER})
    desk.calls.log(a_call(children=(child.key,)), Intake(matters=(appeal,)))
    call = desk.calls.get(1)
    desk.calls.amend(1, call.version, replace(facts_of(call), children=(other.key,)))
    day = next(one.due for one in desk.dates.get(appeal.key).dates if one.clock == "LAR30")
    desk.rules.add_holiday(day, "Coronation", "decided by the government")
    assert "dates_moved" in [line.field for line in desk.people.history(other.key)]
    assert "dates_moved" not in [line.field for line in desk.people.history(child.key)]


def test_a_call_that_was_removed_takes_its_dates_out_of_the_child_s_history(
    desk: Services, child: NewPerson, told: Matter
) -> None:
    call = desk.calls.get(1)
    desk.calls.remove(1, call.version)
    assert of_dates(desk.people.history(child.key)) == []
    assert of_dates(desk.calls.history(1)) == [("Dates kept", "", KEPT)]


def test_who_may_not_look_at_dates_is_told_of_none(
    desk: Services, storage: Storage, child: NewPerson, told: Matter
) -> None:
    assert both(desk, child.key)
    storage.role = Role.VOLUNTEER
    assert both(desk, child.key) == []
