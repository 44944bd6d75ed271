"""What a report is asked with, what it says where nothing can be said, and how it is stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.breakdowns import TABLES
from ppsdesk.domain.calls import ChildStage
from ppsdesk.domain.codes import AttemptResult, CallerState, StepKind, StepState, Unit, YearEnds
from ppsdesk.domain.errors import Interrupted, Invalid, Refused
from ppsdesk.domain.figures import Count, Report
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.progress import silent
from ppsdesk.domain.school_terms import SchoolTerm
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import NewStep
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.storage.work import Storage
from tests.builders import NOW, a_call_on, a_child, a_person
from tests.fakes import Clock

AUTUMN = date(2025, 10, 6)
YEAR = ["2025-26"]


def report(desk: Services, wanted: list[str] | None = None, **said: Any) -> Report:
    """The call report of the last whole year."""
    return desk.reporting.call_volumes(wanted or YEAR, year_ends=YearEnds.AUGUST, **said)


def row(report: Report, table: str, label: str) -> tuple[int | None, ...]:
    """The counts of one row, without changes and shares."""
    [found] = [row for row in report.table(table).rows if row[0] == label]
    counted = [place for place, column in enumerate(report.table(table).columns) if column.kind == "count"]
    return tuple(cell.value for place in counted if isinstance(cell := found[place], Count))


def labels(report: Report, table: str) -> list[str]:
    """What the rows of a table are called, in their order."""
    return [str(row[0]) for row in report.table(table).rows]


def test_a_report_has_every_table_in_its_fixed_order(desk: Services) -> None:
    assert tuple(table.id for table in report(desk).tables) == TABLES


def test_only_the_tables_that_are_asked_for_are_made(desk: Services) -> None:
    desk.calls.log(a_call_on(AUTUMN))
    some = report(desk, tables=["waiting", "by-topic"])
    assert [table.id for table in some.tables] == ["by-topic", "waiting"]
    assert row(some, "by-topic", "Annual review")[0] == 1
    with pytest.raises(Refused, match="“by-mood” is no table of this report"):
        report(desk, tables=["by-mood"])
    with pytest.raises(Refused, match="No table was chosen"):
        report(desk, tables=[])


def test_progress_is_told_table_by_table_and_may_stop_the_report(desk: Services) -> None:
    told: list[tuple[int, int]] = []
    report(desk, progress=lambda done, of: told.append((done, of)))
    assert told[0] == (0, len(TABLES))
    assert told[-1] == (len(TABLES), len(TABLES))
    assert told == sorted(told)
    assert len(set(told)) >= len(TABLES) - 3

    def stop(done: int, of: int) -> None:
        if done == of // 2:
            raise Interrupted("Stopped.")

    with pytest.raises(Interrupted):
        report(desk, progress=stop)
    desk.calls.log(a_call_on(AUTUMN))  # nothing holds the database up
    assert row(report(desk, progress=silent), "by-year", "2025-26")[0] == 1


def test_days_of_which_nothing_is_on_record_are_no_nought(desk: Services) -> None:
    desk.calls.log(a_call_on(AUTUMN))
    made = report(desk)
    for table in ("by-year", "by-term", "by-month", "by-line", "new-and-returning", "by-stage", "waiting"):
        for found in made.table(table).rows:
            before = found[2]
            assert isinstance(before, Count)
            assert before.value is None, table
            assert "no calls are on record for" in before.why
    desk.calls.log(a_call_on(date(2024, 9, 2)))
    assert row(report(desk), "by-line", "Central") == (1, 1)


def test_a_caller_is_new_once_and_counted_once_however_often_they_ring(desk: Services) -> None:
    new, known, early = (desk.people.add(a_person()).value.key for _ in range(3))
    desk.calls.log(a_call_on(date(2025, 8, 30), caller=known))  # an August that no September-to-July year counts
    for day in (AUTUMN, date(2026, 2, 3)):
        for caller in (new, known):
            desk.calls.log(a_call_on(day, caller=caller))
    mistake = desk.calls.log(a_call_on(date(2025, 9, 1), caller=early)).value
    desk.calls.remove(mistake, 1)
    desk.calls.log(a_call_on(date(2026, 3, 3), caller=early))
    desk.calls.log(a_call_on(AUTUMN, anonymous=True, caller_name="", reference="H-1"))
    made = desk.reporting.call_volumes(["2025-26", "2025-26/spring"], year_ends=YearEnds.JULY)
    rows = labels(made, "new-and-returning")
    assert rows == ["New callers", "Returning callers", "Calls that cannot be classified"]
    assert [row(made, "new-and-returning", label)[:2] for label in rows] == [(2, 1), (1, 2), (1, 0)]
    assert [count.value for _, count in made.table("new-and-returning").bases] == [3, 3]
    assert made.table("new-and-returning").unit is Unit.CALLERS
    returning = Selection(first=date(2026, 1, 1), last=date(2026, 3, 31), caller_state=CallerState.RETURNING)
    assert desk.calls.count(returning) == 2
    assert desk.calls.count(Selection(caller_state=CallerState.RETURNING)) == 0  # of all days everybody is new
    assert desk.calls.count(Selection(caller_state=CallerState.NEW)) == 6


def test_a_call_about_two_children_counts_at_the_stage_of_each(desk: Services) -> None:
    children = tuple(desk.people.add(a_child()).value.key for _ in range(2))

    def at(*stages: str) -> tuple[ChildStage, ...]:
        return tuple(
            ChildStage(child=child, stage=TermCode(code)) for child, code in zip(children, stages, strict=False)
        )

    desk.calls.log(a_call_on(AUTUMN, children=children, child_stages=at("EHCP", "EHCP")))
    desk.calls.log(a_call_on(AUTUMN, children=children, child_stages=at("SENSUP")))
    desk.calls.log(a_call_on(AUTUMN, children=children, child_stages=at("SENSUP", "EHCP")))
    desk.calls.log(a_call_on(AUTUMN, stages=(TermCode("SENSUP"),)))
    desk.calls.log(a_call_on(AUTUMN))
    made = report(desk)
    found = {label: row(made, "by-stage", label)[0] for label in labels(made, "by-stage")}
    assert {label: number for label, number in found.items() if number} == {
        "SEN Support": 3, "EHC plan": 3, "Not entered": 1}  # fmt: skip
    assert [base.value for _, base in made.table("by-stage").bases] == [7]
    desk.vocabularies.merge(Vocabulary.STAGE, TermCode("SENSUP"), TermCode("EHCP"))
    made = report(desk)
    assert row(made, "by-stage", "EHC plan")[0] == 6
    assert "SEN Support" not in labels(made, "by-stage")


def test_a_call_with_an_entry_and_the_one_it_was_merged_into_counts_once(desk: Services) -> None:
    desk.calls.log(a_call_on(AUTUMN, topics=(TermCode("annual-review"), TermCode("admissions"))))
    desk.calls.log(a_call_on(AUTUMN, topics=(TermCode("admissions"),)))
    before = report(desk)
    assert (row(before, "by-topic", "Admissions")[0], row(before, "by-topic", "Annual review")[0]) == (2, 1)
    desk.vocabularies.merge(Vocabulary.TOPIC, TermCode("admissions"), TermCode("annual-review"))
    after = report(desk)
    assert row(after, "by-topic", "Annual review")[0] == 2
    assert "Admissions" not in labels(after, "by-topic")
    assert after.table("by-topic").several
    assert not after.table("by-line").several


def test_an_ended_entry_is_shown_while_it_counts_something(desk: Services) -> None:
    desk.calls.log(a_call_on(date(2001, 10, 1), stages=(TermCode("S94_3"),)))
    old, new = report(desk, ["2001-02"]), report(desk)
    assert row(old, "by-stage", "Stage 3 (school-based, 1994 Code)")[0] == 1
    assert "Stage 2 (school-based, 1994 Code)" not in labels(old, "by-stage")
    assert "Statement of SEN" in labels(old, "by-stage")  # it could be chosen on the last day of that year
    assert "EHC plan" not in labels(old, "by-stage")
    assert "EHC plan" in labels(new, "by-stage")
    assert not [label for label in labels(new, "by-stage") if "1994" in label]
    assert labels(new, "by-stage")[-1] == "Not entered"
    assert "Not entered" not in labels(new, "by-line")


def test_a_call_back_counts_by_the_days_in_london_and_the_attempt_that_reached_them(
    desk: Services, storage: Storage
) -> None:
    summer = date(2026, 6, 1)
    late, past = datetime(2026, 6, 1, 22, 50, tzinfo=UTC), datetime(2026, 6, 1, 23, 10, tzinfo=UTC)  # 00:10 in London
    _promise(desk, storage, summer, asked=late, tried=[(past, AttemptResult.REACHED)])
    _promise(
        desk, storage, summer, asked=past, tried=[(past, AttemptResult.ENGAGED)] * 3 + [(past, AttemptResult.REACHED)]
    )
    given_up = _promise(desk, storage, summer, asked=late, tried=[(past, AttemptResult.NO_ANSWER)])
    desk.steps.give_up(given_up, desk.steps.get(given_up).version)
    _promise(desk, storage, summer, asked=late, tried=[])
    _promise(desk, storage, summer, asked=late, tried=[], kind=StepKind.SEND)
    made = report(desk)
    found = {label: row(made, "waiting", label)[0] for label in labels(made, "waiting")}
    assert {label: number for label, number in found.items() if number} == {
        "Reached on the same day": 1, "Reached after 1 day": 1, "Ended without reaching them": 1, "Still waiting": 1,
        "Reached at attempt 1": 1, "Reached at attempt 3 or later": 1}  # fmt: skip
    assert [base.value for _, base in made.table("waiting").bases] == [4]
    assert made.table("waiting").unit is Unit.CALL_BACKS


def test_a_call_back_is_waited_for_since_it_was_asked_for_in_the_period_of_its_call(
    desk: Services, storage: Storage
) -> None:
    """A call of the last days of a school year, whose call-back was asked for in the next one."""
    call = a_call_on(date(2026, 8, 28))
    desk.calls.log(call)
    step = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=date(2026, 9, 7), call=call.key)
    with storage.writing() as work:
        work.steps.add_once(step, asked_at=datetime(2026, 9, 7, 9, tzinfo=UTC))
        reached = datetime(2026, 9, 9, 9, tzinfo=UTC)
        work.steps.add_attempt(step.key, 1, at=reached, by="hana", result=AttemptResult.REACHED, note="")
        work.commit()
    made = report(desk, ["2025-26", "2026-27"])
    assert [base.value for _, base in made.table("waiting").bases] == [1, 0]
    assert row(made, "waiting", "Reached after 2 days")[:2] == (1, 0)
    assert "the day of the call decides the period" in made.table("waiting").definition


@pytest.mark.parametrize("ended", [None, datetime(2026, 11, 15, 23, 50, tzinfo=UTC)])
def test_a_call_back_of_a_call_that_is_entered_late_was_asked_for_in_that_call(
    desk: Services, ended: datetime | None
) -> None:
    call = replace(a_call_on(date(2026, 11, 15)), started_at=ended, ended_at=ended, entered_late=True)
    step = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=date(2026, 11, 16), call=call.key)
    desk.calls.log(call, Intake(step=step))
    desk.steps.attempt(step.key, 1, AttemptResult.REACHED)
    assert desk.steps.get(step.key).days_waited == 5
    assert row(report(desk, ["2026-27"]), "waiting", "Reached after 3 to 5 days")[0] == 1


def _promise(
    desk: Services, storage: Storage, day: date, *, asked: datetime,
    tried: list[tuple[datetime, AttemptResult]], kind: StepKind = StepKind.CALL_BACK,
) -> UUID:  # fmt: skip
    call = a_call_on(day)
    desk.calls.log(call)
    step = NewStep(key=uuid4(), kind=kind, due_on=day, call=call.key)
    with storage.writing() as work:
        work.steps.add_once(step, asked_at=asked)
        for at, result in tried:
            work.steps.add_attempt(step.key, 1, at=at, by="hana", result=result, note="")
        work.commit()
    assert desk.steps.get(step.key).state is not StepState.GIVEN_UP
    return step.key


def test_terms_follow_the_dates_that_were_entered_and_are_compared_by_the_other_years_own(desk: Services) -> None:
    for day in (date(2026, 1, 5), date(2026, 1, 6), date(2025, 1, 2), date(2024, 9, 2)):
        desk.calls.log(a_call_on(day))
    assumed = report(desk)
    assert row(assumed, "by-term", "Spring 2025-26") == (2, 1)
    spring = SchoolTerm(key=uuid4(), year=2025, term="spring", first=date(2026, 1, 6), last=date(2026, 3, 27))
    desk.school_terms.keep(spring)
    entered = report(desk)
    assert row(entered, "by-term", "Autumn 2025-26") == (1, 1)
    assert row(entered, "by-term", "Spring 2025-26") == (1, 1)


def test_the_trend_sheet_puts_the_largest_changes_first(desk: Services) -> None:
    for day, topic, area, times in (
        (date(2026, 2, 2), "admissions", "north", 3),
        (date(2026, 5, 5), "admissions", "north", 1),
        (date(2026, 5, 5), "transport", "east", 5),
        (date(2026, 5, 5), "transport", None, 1),
    ):
        for _ in range(times):
            desk.calls.log(a_call_on(day, topics=(TermCode(topic),), area=TermCode(area) if area else None))
    made = desk.reporting.area_trends("2025-26/summer", year_ends=YearEnds.AUGUST)
    rows = {table.title: [(row[0], *_numbers(row)) for row in table.rows] for table in made.tables}
    everywhere = next(found for title, found in rows.items() if title.startswith("All areas"))
    assert everywhere == [("Transport", 6, 0), ("Admissions", 1, 3)]
    assert next(found for title, found in rows.items() if title.startswith("North")) == [("Admissions", 1, 3)]
    for table in made.tables:
        for found in table.rows:
            for count in found:
                if isinstance(count, Count) and count.selection is not None:
                    assert desk.calls.count(count.selection) == count.value
    with pytest.raises(Refused, match="is not a term"):
        desk.reporting.area_trends("2025-26", year_ends=YearEnds.AUGUST)


def _numbers(cells: tuple[object, ...]) -> tuple[int | None, ...]:
    return tuple(cell.value for cell in cells[1:3] if isinstance(cell, Count))


def test_the_least_number_published_is_the_services_own_and_holds_for_everybody(
    desk: Services, storage: Storage, clock: Clock
) -> None:
    from ppsdesk.services.reporting import Reporting

    for _ in range(4):
        desk.calls.log(a_call_on(AUTUMN))
    assert desk.reporting.least_published() == 5
    assert row(desk.reporting.public(report(desk)), "by-line", "Central")[0] is None
    desk.reporting.set_least_published(3)
    other = Reporting(storage, clock, person="hana")
    assert other.least_published() == 3
    assert row(other.public(report(desk)), "by-line", "Central")[0] == 4
    for number in (0, 101, -5):
        with pytest.raises(Invalid, match="from 1 to 100"):
            desk.reporting.set_least_published(number)
    assert other.least_published() == 3


def test_rings_that_were_no_enquiry_are_left_out_by_kind_and_open_no_list(desk: Services) -> None:
    found = [row for row in report(desk).table("excluded").rows if str(row[0]).startswith("No enquiry")]
    assert len(found) == 3
    for _label, count in found:
        assert isinstance(count, Count)
        assert (count.value, count.selection) == (0, None)
    assert NOW.date() == report(desk).as_of
