"""A coordinator corrects or suspends a rule: from its day to its day, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ppsdesk.domain.clock_files import check_book
from ppsdesk.domain.clock_rules import ClockChange, RuleBook, changed
from ppsdesk.domain.clocks import Reckoned, reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.services.shipped_rules import shipped_book, shipped_days

BOOK, DAYS = shipped_book(), shipped_days()
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 10), date(2026, 2, 20)


def counted(book: RuleBook, rule: str, start: date) -> Reckoned:
    (found,) = reckon(book, rule, {"start": start}, DAYS)
    return found


def weeks(book: RuleBook, rule: str, start: date) -> float:
    return (counted(book, rule, start).due - start).days / 7


def corrected(rule: str = "EHC6", *, first: date = FIRST, last: date | None = LAST, counts: str = "5 weeks after start",
              part: str = "", law: str = "SI 2026/1") -> RuleBook:  # fmt: skip
    change = ClockChange(
        rule=rule, part=part, first=first, last=last, counts=(counts,), law=law, reason="the law moved"
    )
    book = changed(BOOK, [change])
    check_book(book)
    return book


def test_a_correction_holds_from_its_first_to_its_last_day_only() -> None:
    book = corrected()
    found = {day: weeks(book, "EHC6", day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)}
    assert list(found.values()) == [6, 5, 5, 6]


def test_a_correction_names_its_law_its_reason_and_keeps_all_else() -> None:
    before, after = counted(BOOK, "EHC6", FIRST).clock, counted(corrected(), "EHC6", FIRST).clock
    assert (after.law, after.note) == ("SI 2026/1", "Corrected by the service: the law moved")
    assert (after.title, after.duty, after.lifted_by, after.source) == (
        before.title, before.duty, before.lifted_by, before.source,
    )  # fmt: skip
    assert counted(corrected(law=""), "EHC6", FIRST).clock.law == before.law
    outside = counted(corrected(), "EHC6", LAST + DAY).clock
    assert (outside.law, outside.note) == (before.law, before.note)


def test_a_correction_without_an_end_holds_ever_after() -> None:
    book = corrected(last=None)
    assert [weeks(book, "EHC6", day) for day in (FIRST - DAY, FIRST, date(2040, 1, 1))] == [6, 5, 5]
    assert [clock.last for clock in book.versions("EHC6")] == [FIRST - DAY, None]


def test_a_correction_of_one_day_is_possible() -> None:
    book = corrected(first=FIRST, last=FIRST)
    assert [weeks(book, "EHC6", day) for day in (FIRST - DAY, FIRST, FIRST + DAY)] == [6, 5, 6]


def test_a_correction_from_the_first_day_of_a_rule_leaves_no_day_before_it() -> None:
    began = date(2014, 9, 1)
    book = corrected(first=date(2000, 1, 1), last=LAST)
    assert [(clock.first, clock.last) for clock in book.versions("EHC6")] == [(began, LAST), (LAST + DAY, None)]
    with pytest.raises(Refused):
        counted(book, "EHC6", began - DAY)
    same = corrected(first=began, last=LAST)
    assert [clock.first for clock in same.versions("EHC6")] == [began, LAST + DAY]
    late = corrected(first=began + DAY, last=LAST)
    assert [clock.last for clock in late.versions("EHC6")] == [began, LAST, None]


def test_a_correction_up_to_the_last_day_of_a_rule_leaves_no_day_after_it() -> None:
    ended = date(2014, 8, 31)
    for last in (ended, None, date(2020, 1, 1)):
        book = corrected("S2001-DECIDE", first=date(2010, 1, 1), last=last)
        assert [(clock.first, clock.last) for clock in book.versions("S2001-DECIDE")] == [
            (date(1994, 9, 1), date(2009, 12, 31)), (date(2010, 1, 1), ended),
        ]  # fmt: skip
    nearly = corrected("S2001-DECIDE", first=date(2010, 1, 1), last=ended - DAY)
    assert [clock.last for clock in nearly.versions("S2001-DECIDE")] == [date(2009, 12, 31), ended - DAY, ended]


def test_a_correction_of_days_on_which_the_rule_was_no_law_changes_nothing() -> None:
    assert corrected(first=date(2000, 1, 1), last=date(2014, 8, 31)).clocks == BOOK.clocks
    assert corrected("S2001-DECIDE", first=date(2014, 9, 1), last=None).clocks == BOOK.clocks
    on_the_last = corrected("S2001-DECIDE", first=date(2014, 8, 31), last=None)
    assert weeks(on_the_last, "S2001-DECIDE", date(2014, 8, 31)) == 5


def test_a_correction_of_a_rule_that_was_always_law_holds_always() -> None:
    [old] = BOOK.versions("HRG12")
    ever = replace(BOOK, clocks=(replace(old, first=None),))
    change = ClockChange(rule="HRG12", first=date.min, counts=("11 weeks after start",), reason="the aim moved")
    [clock] = changed(ever, [change]).clocks
    assert (clock.first, clock.last, clock.counting) == (None, None, "11 weeks after start")


def test_a_correction_across_two_versions_cuts_both() -> None:
    turn = date(2018, 5, 25)
    book = corrected("SAR", first=turn - DAY, last=turn, counts="2 weeks after start")
    assert [(clock.first, clock.last) for clock in book.versions("SAR")] == [
        (turn, turn), (turn + DAY, None), (date(2000, 3, 1), turn - 2 * DAY), (turn - DAY, turn - DAY),
    ]  # fmt: skip


def test_a_correction_of_one_part_leaves_the_others() -> None:
    def dates(book: RuleBook) -> list[float]:
        found = reckon(book, "REG44-assess", {"start": FIRST}, DAYS)
        return [(one.due - FIRST).days / 7 for one in found]

    assert dates(BOOK) == [2, 10, 14]
    assert dates(corrected("REG44-assess", part="no-plan", counts="9 weeks after start")) == [2, 9, 14]
    assert dates(corrected("REG44-assess", counts="9 weeks after start")) == [9, 9, 9]


def test_no_other_rule_is_touched_by_a_correction() -> None:
    book = corrected()
    assert [clock for clock in book.clocks if clock.rule != "EHC6"] == [
        clock for clock in BOOK.clocks if clock.rule != "EHC6"
    ]
    assert book.suspensions == BOOK.suspensions
    assert weeks(book, "MOVE6", FIRST) == 6


def test_of_two_corrections_the_later_one_wins() -> None:
    first = ClockChange(rule="EHC6", first=FIRST, last=LAST, counts=("5 weeks after start",), reason="one")
    second = ClockChange(rule="EHC6", first=FIRST + DAY, counts=("4 weeks after start",), reason="two")
    book = changed(BOOK, [first, second])
    check_book(book)
    assert [weeks(book, "EHC6", day) for day in (FIRST - DAY, FIRST, FIRST + DAY, LAST, LAST + DAY)] == [6, 5, 4, 4, 4]
    back = changed(BOOK, [second, first])
    assert [weeks(back, "EHC6", day) for day in (FIRST - DAY, FIRST, FIRST + DAY, LAST, LAST + DAY)] == [6, 5, 5, 5, 4]


def test_a_suspension_marks_what_runs_on_its_days_and_moves_nothing() -> None:
    change = ClockChange(rule="EHC6", first=FIRST, last=LAST, law="SI 2026/2", reason="Floods.")
    book = changed(BOOK, [change])
    check_book(book)
    for start, marked in (
        (FIRST - 43 * DAY, False),
        (FIRST - 42 * DAY, True),  # ends on its first day
        (LAST, True),
        (LAST + DAY, False),
    ):
        found = counted(book, "EHC6", start)
        assert [one.words for one in found.suspended] == (["Floods."] if marked else [])
        assert found.due == counted(BOOK, "EHC6", start).due
        assert found.certain
    assert counted(book, "MOVE6", FIRST).suspended == ()
    (mark,) = counted(book, "EHC6", LAST).suspended
    assert (mark.code, mark.title, mark.law, mark.source) == (
        "EHC6 suspended", "Suspended by the service", "SI 2026/2", "decided by the service",
    )  # fmt: skip


def test_a_suspension_without_an_end_marks_ever_after() -> None:
    book = changed(BOOK, [ClockChange(rule="EHC6", first=FIRST, reason="Floods.")])
    assert counted(book, "EHC6", date(2040, 1, 3)).suspended
    assert not counted(book, "EHC6", FIRST - 43 * DAY).suspended
