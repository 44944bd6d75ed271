"""What the coordinator decides about bank holidays and rules: checked, with a reason, and taken back again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.errors import Conflict, DeskError, Invalid, NotFound
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rule_changes import BankHoliday, HolidayOrigin
from ppsdesk.storage.work import Storage
from tests.conftest import PERSON, Clock
from tests.storage.conftest import reads_well

VISIT, EASTER = date(2026, 6, 17), date(2026, 4, 6)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def problems(work: Callable[[], Any]) -> dict[str, str]:
    """The fields that are wrong, with their words."""
    with pytest.raises(Invalid) as refused:
        work()
    assert reads_well(refused.value)
    return dict(refused.value.problems)


def holiday(desk: Services, day: date) -> BankHoliday | None:
    """What is said of a day, None where it is an ordinary one."""
    return next((one for one in desk.rules.holidays(day.year) if one.day == day), None)


# -- bank holidays -----------------------------------------------------------------------------------------------------


def test_the_holidays_of_a_year_are_those_that_are_shipped(desk: Services) -> None:
    assert desk.rules.years() == (1995, 2040)
    assert [(one.day, one.name) for one in desk.rules.holidays(2026)][:3] == [
        (date(2026, 1, 1), "New Year's Day"), (date(2026, 4, 3), "Good Friday"), (EASTER, "Easter Monday"),
    ]  # fmt: skip
    assert {one.origin for one in desk.rules.holidays(2026)} == {HolidayOrigin.SHIPPED}


def test_a_holiday_that_is_added_counts_and_says_who_and_why(desk: Services, clock: Clock) -> None:
    added = desk.rules.add_holiday(VISIT, "  State  visit ", "decided by the government").value
    found = holiday(desk, VISIT)
    assert found == added
    assert (added.name, added.reason, added.decided_by, added.decided_at, added.origin) == (
        "State visit", "decided by the government", PERSON, clock.now, HolidayOrigin.ADDED,
    )  # fmt: skip
    assert desk.dates.working_days().why_not(VISIT) == "a bank holiday, State visit"
    assert desk.dates.reckon("CERT3N", {"start": date(2026, 6, 16)})[0].due == date(2026, 6, 22)


def test_a_holiday_that_is_taken_out_does_not_count_and_is_still_shown(desk: Services, clock: Clock) -> None:
    out = desk.rules.take_out_holiday(EASTER, "we work on it").value
    assert (holiday(desk, EASTER), out.origin, out.name) == (out, HolidayOrigin.TAKEN_OUT, "Easter Monday")
    assert desk.dates.working_days().why_not(EASTER) == ""
    back = desk.rules.put_back(out.key, out.version)
    assert back.said.startswith("Bank holiday put back: Mon 6 Apr 2026 Easter Monday.")
    assert desk.dates.working_days().why_not(EASTER) == "a bank holiday, Easter Monday"
    clock.now = clock.now.replace(minute=clock.now.minute + 1)
    again = desk.rules.keep_holiday(back.value).value
    assert again == out
    assert desk.dates.working_days().why_not(EASTER) == ""


def test_a_holiday_that_was_added_is_taken_out_by_taking_it_back(desk: Services) -> None:
    added = desk.rules.add_holiday(VISIT, "Visit", "decided").value
    done = desk.rules.take_out_holiday(VISIT, "it was called off")
    assert done.said == "Bank holiday taken away again: Wed 17 Jun 2026 Visit. No date moved."
    assert holiday(desk, VISIT) is None
    assert desk.rules.keep_holiday(done.value).value == added


def test_days_that_cannot_be_decided_about_are_refused_in_words(desk: Services) -> None:
    rules = desk.rules
    assert problems(lambda: rules.add_holiday(EASTER, "Twice", "why")) == {
        "day": "There is a bank holiday on 6 April 2026 already: Easter Monday."
    }
    assert set(problems(lambda: rules.add_holiday(date(2026, 6, 20), "", " "))) == {"day", "name", "reason"}
    assert set(problems(lambda: rules.add_holiday(date(2041, 6, 19), "Far", "why"))) == {"day"}
    assert set(problems(lambda: rules.add_holiday(VISIT, "x" * 101, "y" * 501))) == {"name", "reason"}
    assert set(problems(lambda: rules.take_out_holiday(VISIT, "why"))) == {"day"}
    assert set(problems(lambda: rules.take_out_holiday(EASTER, ""))) == {"reason"}
    rules.take_out_holiday(EASTER, "why")
    for twice in (
        lambda: rules.take_out_holiday(EASTER, "why"),
        lambda: rules.add_holiday(EASTER, "Easter Monday", "why"),
    ):
        assert "Put it back instead" in problems(twice)["day"]
    assert len([one for one in rules.holidays(2026) if one.origin is not HolidayOrigin.SHIPPED]) == 1


def test_what_was_taken_back_already_cannot_be_taken_back_again(desk: Services) -> None:
    added = desk.rules.add_holiday(VISIT, "Visit", "decided").value
    with pytest.raises(Conflict) as conflict:
        desk.rules.put_back(added.key, 2)
    assert conflict.value.theirs == added
    desk.rules.put_back(added.key, 1)
    for late in (lambda: desk.rules.put_back(added.key, 1), lambda: desk.rules.withdraw(uuid4(), 1)):
        with pytest.raises(NotFound) as gone:
            late()
        assert reads_well(gone.value)


# -- rules -------------------------------------------------------------------------------------------------------------


def test_a_corrected_rule_counts_otherwise_from_its_day_on(desk: Services, clock: Clock) -> None:
    done = desk.rules.correct(
        "EHC6", "", ["8  weeks after start"], first=FIRST, last=None, law="SI 2025/1", reason="the law changed"
    )
    assert [desk.dates.reckon("EHC6", {"start": day})[0].due for day in (date(2025, 12, 31), FIRST)] == [
        date(2026, 2, 11), date(2026, 2, 26),
    ]  # fmt: skip
    [found] = desk.rules.changes()
    assert (found, found.decided_by, found.decided_at, found.suspends) == (done.value, PERSON, clock.now, False)
    assert found.change.counts == ("8 weeks after start",)
    said = [step.words for step in desk.dates.steps(desk.dates.reckon("EHC6", {"start": FIRST})[0])]
    assert any("SI 2025/1" in words for words in said)
    assert any("the law changed" in words for words in said)


def test_a_later_decision_wins_and_one_that_is_withdrawn_and_put_back_keeps_its_place(
    desk: Services, clock: Clock
) -> None:
    kept = []
    for weeks in (7, 8):
        counts = [f"{weeks} weeks after start"]
        kept.append(desk.rules.correct("EHC6", "", counts, first=FIRST, last=None, law="", reason="changed").value)
        clock.now = clock.now.replace(minute=clock.now.minute + 1)

    def due() -> date:
        return desk.dates.reckon("EHC6", {"start": FIRST})[0].due

    assert due() == date(2026, 2, 26)
    gone = desk.rules.withdraw(kept[1].key, 1)
    assert (due(), gone.said) == (
        date(2026, 2, 19), "Withdrawn: rule EHC6 corrected from 1 January 2026. No date moved.",
    )  # fmt: skip
    first = desk.rules.withdraw(kept[0].key, 1).value
    assert due() == date(2026, 2, 12)
    desk.rules.keep_change(gone.value)
    desk.rules.keep_change(first)
    assert due() == date(2026, 2, 26)
    assert desk.rules.changes() == tuple(kept)


def test_a_suspension_gets_its_last_day_at_the_version_that_was_read(desk: Services) -> None:
    begun = desk.rules.suspend("EHC6", FIRST, None, "an emergency", "SI 2026/9").value
    assert begun.suspends
    ended = desk.rules.amend(replace(begun, change=replace(begun.change, last=LAST))).value
    assert (ended.version, ended.change.last) == (2, LAST)
    with pytest.raises(Conflict) as conflict:
        desk.rules.amend(replace(begun, change=replace(begun.change, last=FIRST)))
    assert conflict.value.theirs == ended
    with pytest.raises(Conflict):
        desk.rules.withdraw(begun.key, 1)
    assert [one.suspended != () for one in desk.dates.reckon("EHC6", {"start": date(2026, 2, 1)})] == [True]
    assert [one.suspended for one in desk.dates.reckon("EHC6", {"start": date(2026, 4, 1)})] == [()]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"rule": "EHC99"}, "rule", "no rule that can be changed"),
        ({"rule": "REV"}, "rule", "It is made of PAP2, RPT2, DEC4, AMF12"),
        ({"part": "notify"}, "part", "has no part"),
        ({"counts": ["soon"]}, "counts", "cannot be counted"),
        ({"counts": [" "]}, "counts", "Write how it is counted"),
        ({"counts": ["6 weeks after decision"]}, "counts", "counts from “start”, not from “decision”"),
        ({"counts": ["6 weeks after start", "1 week after start"]}, "counts", "takes 1 countings, not 2"),
        ({"rule": "REG10", "counts": ["2 weeks after start"]}, "counts", "left out of working days only"),
        ({"last": date(2025, 1, 1)}, "last", "cannot be before the first"),
        ({"first": date(1066, 1, 1)}, "first", "too long ago"),
        ({"first": date(1990, 1, 1), "last": date(1991, 1, 1)}, "first", "was not law"),
        ({"law": "x" * 201}, "law", "at most"),
        ({"reason": " "}, "reason", "Say why"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    desk: Services, said: dict[str, Any], field: str, words: str
) -> None:
    right: dict[str, Any] = {"rule": "EHC6", "part": "", "counts": ["6 weeks after start"], "first": FIRST,
                             "last": None, "law": "", "reason": "why"}  # fmt: skip
    found = problems(lambda: desk.rules.correct(**{**right, **said}))
    assert set(found) == {field}
    assert words in found[field]
    assert desk.rules.changes() == ()


def test_a_part_of_a_rule_is_corrected_alone(desk: Services) -> None:
    counts = ["3 weeks after start"]
    desk.rules.correct("REG44-assess", "notify", counts, first=FIRST, last=LAST, law="", reason="ordered")
    found = {one.clock.part: one.due for one in desk.dates.reckon("REG44-assess", {"start": date(2026, 2, 2)})}
    assert (found["notify"], found["final"]) == (date(2026, 2, 23), date(2026, 5, 11))


# -- what stays behind -------------------------------------------------------------------------------------------------


def test_every_decision_is_on_the_audit_trail_with_who_and_why(desk: Services, storage: Storage) -> None:
    added = desk.rules.add_holiday(VISIT, "Visit", "because of a visit").value
    desk.rules.put_back(added.key, 1)
    begun = desk.rules.suspend("EHC6", FIRST, None, "because of an emergency").value
    desk.rules.amend(replace(begun, change=replace(begun.change, last=LAST)))
    question = (
        "SELECT e.table_name, e.action, e.person, coalesce(v.new, v.old) AS words FROM audit_entry e "
        "JOIN audit_value v ON v.entry_id = e.id WHERE e.table_name IN ('bank_holiday_change', 'rule_change') "
        "AND v.column_name <> 'version' ORDER BY e.id, v.id"
    )
    with storage.engine.connect() as connection:
        found = connection.exec_driver_sql(question).all()
    assert [(row.table_name, row.action, row.person) for row in found] == [
        ("bank_holiday_change", "insert", PERSON), ("bank_holiday_change", "delete", PERSON),
        ("rule_change", "insert", PERSON), ("rule_change", "update", PERSON),
    ]  # fmt: skip
    for row, why in zip(found, ("a visit", "a visit", "an emergency", "2026-03-31"), strict=True):
        assert why in row.words


def test_a_decision_that_fails_leaves_nothing_behind(desk: Services, storage: Storage) -> None:
    desk.dates.keep(Matter(key=uuid4(), happening="adviser", kind="no", facts={"told": VISIT}))
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE dated_matter SET lifted = '7'")
    with pytest.raises(DeskError, match="damaged"):
        desk.rules.add_holiday(date(2026, 6, 18), "Visit", "decided")
    assert holiday(desk, date(2026, 6, 18)) is None
