"""The last day to appeal, to decide, to answer: dates that are known from the law's own examples."""

from __future__ import annotations

from datetime import date

import pytest

from ppsdesk.domain.clock_files import read_book
from ppsdesk.domain.clock_rules import Pick, RuleBook, read_limit
from ppsdesk.domain.clocks import Reckoned, corresponding, count, reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.services.shipped_rules import shipped_book, shipped_days

BOOK, DAYS = shipped_book(), shipped_days()


def the(day: str) -> date:
    return date.fromisoformat(day)


def counted(rule: str, /, *, book: RuleBook = BOOK, days: WorkingDays = DAYS, lifted: tuple[str, ...] = (),
            **on: str) -> tuple[Reckoned, ...]:  # fmt: skip
    return reckon(book, rule, {name: the(day) for name, day in on.items()}, days, lifted)


def dates(rule: str, /, **on: str) -> str:
    return " ".join(one.due.isoformat() for one in counted(rule, **on))


def refusal(rule: str, /, lifted: tuple[str, ...] = (), **on: str) -> str:
    with pytest.raises(Refused) as refused:
        counted(rule, lifted=lifted, **on)
    assert "\n" not in refused.value.sentence
    return refused.value.sentence


# One line each: rule, the days it starts from, and the dates in the rule's own order. Domain reference 3.8.
KNOWN = """
EHC6              start=2025-09-01                              2025-10-13
EHC16             start=2025-09-01                              2025-12-22
EHC20             start=2025-09-01                              2026-01-19
EHC6              start=2026-01-05                              2026-02-16
EHC16             start=2026-01-05                              2026-04-27
EHC20             start=2026-01-05                              2026-05-25
DRAFT15           start=2025-09-01                              2025-09-15
REV               meeting=2025-11-12                            2025-10-29 2025-11-26 2025-12-10 2026-02-04
AMN4              start=2025-11-12                              2025-12-10
APL               decision=2025-10-01 certificate=2025-11-29    2026-01-02
APL               decision=2025-06-10                           2025-09-01
APL               decision=2025-05-30 certificate=2025-06-20    2025-07-30
APL               decision=2025-10-01                           2025-12-01
APL               decision=2022-05-31                           2022-08-01
APL               decision=2025-12-31 certificate=2026-02-28    2026-03-30
APL               decision=2013-06-10                           2013-09-02
APL               decision=2013-02-05                           2013-04-05
APL               decision=2008-11-02                           2009-01-02
APL               decision=2008-06-10                           2008-08-10
LAR30             start=2025-07-21                              2025-09-30
REG44-assess      start=2026-03-02                              2026-03-16 2026-05-11 2026-06-08
REG44-make        start=2026-03-02                              2026-04-06 2026-05-18
REG44-amend       start=2026-03-02                              2026-04-06
REG44-school      start=2026-03-02                              2026-03-16
REG44-continue    start=2026-03-02                              2026-03-02 2026-04-06
REG44-cease       start=2026-03-02                              2026-03-02
REG44-reconsider  start=2026-03-02                              2026-03-16
REG45-amend       start=2015-03-22                              2015-04-19
REG45-amend       start=2015-03-23                              2015-04-27
REG45-assess      start=2015-03-22                              2015-04-19 2015-05-31 2015-06-28
REG45-assess      start=2015-03-23                              2015-04-06 2015-06-01 2015-06-29
S2001-DECIDE      start=2001-09-03                              2001-10-15
S2001-ASSESS      start=2001-10-15                              2001-12-24
S2001-PROPOSE     start=2001-12-24                              2002-01-07
S2001-FINAL       start=2002-01-07                              2002-03-04
S2001-BVPI        start=2001-09-03                              2002-01-07
S2001-TOTAL       start=2001-09-03                              2002-03-04
S2001-DECIDE      start=2013-09-02                              2013-10-14
SAR               start=2026-01-31                              2026-03-02
SAR               start=2013-01-31                              2013-03-12
PT215             transfer_year=2026-09-01                      2026-02-14
PT331             transfer_year=2026-01-01                      2026-03-30
PT5M              transfer=2026-07-31                           2026-02-28
MOVE              move=2025-09-22 aware=2025-09-01              2025-09-22
MOVE              move=2025-09-22 aware=2025-09-03              2025-09-23
MOVE              move=2025-09-22 aware=2025-09-06              2025-09-26
MOVEREV           last_review=2025-03-10 transfer=2025-09-01    2026-03-10
MOVEREV           last_review=2024-03-10 transfer=2025-11-30    2026-02-28
DISC6M            start=2024-02-29                              2024-08-28
DISC6M            start=2020-01-21                              2020-07-20
DISC6M            start=2019-02-10                              2019-09-02
DISC6M            start=2009-02-10                              2009-09-01
DISC6M            start=2008-02-10                              2008-08-09
DISC6M            start=2025-01-11                              2025-07-10
BUN10             start=2026-01-12                              2025-12-19
S2001-REPORT      start=2010-03-26 term_end=2010-04-01          2010-04-01
S2001-REPORT      start=2010-03-26                              2010-04-13
"""


@pytest.mark.parametrize("line", KNOWN.strip().splitlines())
def test_a_known_date_comes_out(line: str) -> None:
    rule, *words = line.split()
    on = dict(word.split("=") for word in words if "=" in word)
    assert dates(rule, **on) == " ".join(word for word in words if "=" not in word)


def test_the_later_of_two_dates_is_shown_with_both_and_with_what_moved_it() -> None:
    (found,) = counted("APL", decision="2025-10-01", certificate="2025-11-29")
    assert [leg.day for leg in found.legs] == [the("2025-12-01"), the("2025-12-29")]
    assert (found.chosen, found.counted_to) == (1, the("2025-12-29"))
    assert [day for day, _ in found.passed] == [the(f"2025-12-{day}") for day in (29, 30, 31)] + [the("2026-01-01")]
    assert found.missing == ()
    assert found.falls_on == ""
    assert counted("APL", decision="2025-10-01")[0].missing == ("certificate",)


def test_a_move_that_was_known_in_time_is_told_from_one_that_was_not() -> None:
    (in_time,) = counted("MOVE", move="2025-09-22", aware="2025-09-01")
    (late,) = counted("MOVE", move="2025-09-22", aware="2025-09-02")
    assert in_time.due == late.due == the("2025-09-22")
    assert (in_time.chosen, late.chosen) == (0, 1)
    assert in_time.known is not None
    assert in_time.known.day == the("2025-09-01")
    assert counted("EHC6", start="2025-09-01")[0].known is None


def test_what_had_to_be_known_leaves_out_the_same_days_as_the_rule() -> None:
    known = {**_entry("TEA"), "counts": ["5 working days before move", "3 working days after aware"], "skips": True,
             "pick": "if_known", "known": "2 working days before move"}  # fmt: skip
    (found,) = counted("TEA", book=read_book([{"clock": [known]}]), move="2025-09-02", aware="2025-08-15")
    assert found.known is not None
    assert (found.known.day, found.due) == (the("2025-07-31"), the("2025-09-03"))


def test_of_two_days_the_earlier_is_taken_where_the_rule_says_so() -> None:
    entry = {**_entry("TEA"), "counts": ["2 weeks after start", "10 days after start"], "pick": "earlier"}
    (found,) = counted("TEA", book=read_book([{"clock": [entry]}]), start="2025-09-01")
    assert (found.due, found.chosen) == (the("2025-09-11"), 1)


def _entry(rule: str) -> dict[str, object]:
    return {"rule": rule, "title": "Tea", "duty": "Tea.", "owes": "us", "law": "none", "source": "none"}


def test_the_days_that_were_left_out_are_kept_with_the_reason() -> None:
    (found,) = counted("CERT3N", start="2026-04-02")
    assert found.due == the("2026-04-09")
    assert found.legs[0].skipped == (
        (the("2026-04-03"), "a bank holiday, Good Friday"),
        (the("2026-04-04"), "a Saturday"),
        (the("2026-04-05"), "a Sunday"),
        (the("2026-04-06"), "a bank holiday, Easter Monday"),
    )


def test_august_is_only_left_out_where_it_is_asked_for() -> None:
    limit = read_limit("1 working day after start")
    assert count(limit, the("2025-07-31"), DAYS).day == the("2025-08-01")
    assert count(limit, the("2025-07-31"), DAYS, skips=True).day == the("2025-09-01")
    answer = read_limit("30 working days after start")
    assert count(answer, the("2025-07-21"), DAYS).day == the("2025-09-02")
    assert count(answer, the("2025-07-21"), DAYS, skips=True).day == the("2025-09-30")


def test_a_limit_that_ends_on_a_bank_holiday_is_not_extended_and_says_so() -> None:
    (found,) = counted("EHC20", start="2026-01-05")
    assert (found.due, found.passed, found.falls_on) == (the("2026-05-25"), (), "a bank holiday, Spring Bank Holiday")


def test_a_day_is_refused_when_the_rule_was_not_law_and_the_rule_of_then_is_named() -> None:
    assert refusal("EHC6", start="2013-09-02") == (
        "EHC6 has been the law since 1 September 2014; 2 September 2013 was before that. For that day ask S2001-DECIDE."
    )
    assert refusal("EHC20", start="2014-08-31").endswith("For that day ask S2001-TOTAL.")
    assert refusal("S2001-DECIDE", start="2014-09-01") == (
        "S2001-DECIDE was the law until 31 August 2014; 1 September 2014 is after that. For that day ask EHC6."
    )
    assert refusal("HSC5", start="2018-04-02") == (
        "HSC5 has been the law since 3 April 2018; 2 April 2018 was before that."
    )
    assert refusal("REV", meeting="2013-05-01").endswith("For that day ask S2001-PAPERS.")
    assert refusal("REG45-amend", start="2014-08-31").startswith("REG45-amend has been the law since 1 September 2014")
    assert refusal("S2001-REPS", start="2018-04-01") == (
        "S2001-REPS was the law until 31 March 2018; 1 April 2018 is after that."
    )
    assert refusal("APL", decision="1850-04-03") == (
        "APL has been the law since 1 September 1994; 3 April 1850 was before that."
    )
    assert refusal("EHC6", start="1850-04-03") == (
        "EHC6 has been the law since 1 September 2014; 3 April 1850 was before that."
    )
    assert refusal("BUN10", start="0001-01-05").startswith("BUN10 has been the law since 1 September 1994")
    assert refusal("S2001-FINAL", start="1994-08-31").startswith("S2001-FINAL has been the law since 1 September 1994")
    assert refusal("DISC6M", start="2002-08-31").startswith("DISC6M has been the law since 1 September 2002")
    assert "; 2 January 2013 was before that." in refusal("MOVE", move="2013-01-02", aware="2013-01-05")
    assert refusal("SAR", start="2000-02-29").startswith("SAR has been the law since 1 March 2000")


def test_an_appeal_of_2013_has_no_certificate_and_is_not_sure() -> None:
    (found,) = counted("APL", decision="2013-06-10", certificate="2013-08-20")
    assert [leg.limit.fact for leg in found.legs] == ["decision"]
    assert (found.due, found.certain) == (the("2013-09-02"), False)


def test_a_name_that_is_no_rule_is_refused_with_what_may_be_meant() -> None:
    assert refusal("EHC66", start="2026-01-05").startswith("There is no rule “EHC66”. Did you mean EHC6")
    assert "Did you mean REG44-amend or" in refusal("reg44-amend", start="2026-01-05")
    assert refusal("zzz", start="2026-01-05") == "There is no rule “zzz”. “dates --list” shows all rules."
    assert refusal("?" * 60, start="2026-01-05").startswith(f"There is no rule “{'?' * 40}”.")
    assert refusal("REG45-cease", start="2026-01-05") == (
        "REG45-cease has no date. Regulation 45 sets no time for this."
    )


def test_what_only_lifts_a_limit_is_told_from_a_rule() -> None:
    for name in ("NOCERT", "EX_SCHOOL", "ex_appt", "EX_COVID"):
        assert refusal(name, start="2025-09-01") == (
            f"{name.upper()} lifts a limit and has no date of its own. “dates --list” shows all rules."
        )


def test_a_day_that_is_missing_or_that_the_rule_does_not_know_is_refused() -> None:
    assert refusal("APL", certificate="2026-01-05") == (
        "APL cannot be counted without decision. It takes decision and certificate (if there is one)."
    )
    assert refusal("MOVE") == "MOVE cannot be counted without move and aware. It takes move and aware."
    assert refusal("EHC6", start="2026-01-05", decision="2026-01-05") == (
        "EHC6 has no date called “decision”. It takes start."
    )
    assert "“dddddddddddddddddddddddddddddddddddddddd”" in refusal("EHC6", **{"d" * 60: "2026-01-05"})


def test_a_date_beyond_the_calendar_is_refused() -> None:
    beyond = "That is further away than the calendar goes. Check the year that was typed."
    assert refusal("EHC6", start="9999-12-01") == beyond
    assert refusal("REV12", start="9999-01-01") == beyond
    assert refusal("LAR30", start="9999-12-20") == beyond
    assert dates("SAR", start="9999-11-30") == "9999-12-30"


def test_an_exception_lifts_the_limit_and_sets_no_other_date() -> None:
    (found,) = counted("EHC6", start="2026-01-05", lifted=("EX_PERSONAL", "NOCERT"))
    assert (found.due, found.lifted) == (the("2026-02-16"), ("EX_PERSONAL",))
    assert counted("EHC6", start="2026-01-05")[0].lifted == ()
    assert refusal("EHC6", lifted=("EX_SNOW",), start="2026-01-05").startswith(
        "There is no exception “EX_SNOW”. Known are EX_SCHOOL, EX_EY,"
    )
    assert refusal("EHC6", lifted=("EX_SNOW",), start="2026-01-05").endswith(", EX_LATE_REPS and NOCERT.")
    assert f"“{'E' * 40}”" in refusal("EHC6", lifted=("E" * 60,), start="2026-01-05")


@pytest.mark.parametrize(
    ("rule", "start", "marked"),
    [
        ("EHC6", "2020-03-20", True),  # ends on 1 May 2020
        ("EHC6", "2020-03-19", False),
        ("EHC6", "2020-09-25", True),
        ("EHC6", "2020-09-26", False),
        ("INV2", "2020-10-09", True),  # counted back to 25 September
        ("INV2", "2020-10-10", False),
        ("INV2", "2020-04-30", False),
        ("INV2", "2020-05-01", True),
        ("MED2M", "2020-06-01", False),
    ],
)
def test_the_rules_of_2020_mark_a_limit_that_ran_in_their_days_and_move_nothing(
    rule: str, start: str, marked: bool
) -> None:
    (found,) = counted(rule, start=start)
    assert [one.code for one in found.suspended] == (["EX_COVID"] if marked else [])
    assert found.certain is not marked
    assert dates("EHC6", start="2020-03-20") == "2020-05-01"


def test_it_is_said_when_the_bank_holidays_of_a_year_are_not_known() -> None:
    assert counted("CERT3N", start="2040-12-20")[0].holidays_known
    assert not counted("CERT3N", start="2040-12-31")[0].holidays_known
    assert not counted("CERT3N", start="2041-01-02")[0].certain
    assert counted("BUN10", start="1995-02-01")[0].holidays_known
    assert not counted("BUN10", start="1995-01-05")[0].holidays_known
    assert counted("EHC6", start="2050-01-03")[0].holidays_known
    assert not counted("SAR", start="2050-01-03")[0].holidays_known
    assert not counted("SAR", start="2040-12-15")[0].holidays_known
    assert counted("SAR", start="2040-11-15")[0].holidays_known


def test_what_rests_on_a_source_nobody_saw_is_not_certain() -> None:
    assert counted("EHC6", start="2026-01-05")[0].certain
    assert not counted("REASS15", start="2026-01-05")[0].certain


def test_a_months_last_day_stands_for_a_day_the_month_does_not_have() -> None:
    assert corresponding(the("2025-12-31"), 2) == the("2026-02-28")
    assert corresponding(the("2023-12-29"), 2) == the("2024-02-29")
    assert corresponding(the("2024-03-31"), -1) == the("2024-02-29")
    assert corresponding(the("2026-01-01"), -1) == the("2025-12-01")
    assert corresponding(the("2026-12-15"), 0) == the("2026-12-15")
    assert corresponding(date.min, 0) == date.min
    assert corresponding(date(9999, 11, 30), 1) == date(9999, 12, 30)
    for day, months in ((date(9999, 12, 1), 1), (date(1, 1, 31), -1)):
        with pytest.raises(OverflowError):
            corresponding(day, months)


def test_only_the_rule_about_old_reports_takes_the_earlier_day() -> None:
    assert [clock.rule for clock in BOOK.clocks if clock.pick is Pick.EARLIER] == ["S2001-REPORT"]
