"""The slow count of the legal dates is itself held against dates that were worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.slow_clocks import (
    RULES,
    covid_marked,
    due,
    in_force,
    inputs,
    months_after,
    months_before,
    working_days_after,
)
from tests.domain.slow_holidays import bank_holidays, easter_sunday, of_year

OFF = bank_holidays()
NOTHING_OFF: frozenset[date] = frozenset()


def the(day: str) -> date:
    return date.fromisoformat(day)


def counted(rule: str, off: frozenset[date] = OFF, /, **on: str) -> dict[str, str]:
    given = {name: the(day) for name, day in on.items()}
    return {name: day.isoformat() for name, day in due(rule, given, off).items()}


# One line each: the rule, the day it starts, the day it ends.
FROM_ONE_DATE = """
EHC6            2025-09-01  2025-10-13
EHC16           2025-09-01  2025-12-22
EHC20           2025-09-01  2026-01-19
EHC6            2026-01-05  2026-02-16
EHC16           2026-01-05  2026-04-27
EHC20           2026-01-05  2026-05-25
DRAFT15         2025-09-01  2025-09-15
AMD15           2025-09-01  2025-09-15
REASS15         2025-09-01  2025-09-16
SCH15           2025-09-01  2025-09-16
MED30           2026-01-31  2026-03-02
INV2            2025-11-12  2025-10-29
AMN4            2025-11-12  2025-12-10
LAR30           2025-07-21  2025-09-30
REG10           2025-12-15  2026-01-06
DEC10           2025-07-28  2025-09-09
BUN10           2025-09-10  2025-07-29
BUN10           2026-01-12  2025-12-19
CERT3N          2026-04-02  2026-04-09
CERT3E          2026-08-28  2026-09-03
MED2M           2025-12-31  2026-02-28
MED2M           2025-06-10  2025-08-10
REV12           2024-02-29  2025-02-28
S2001-DECIDE    2001-09-03  2001-10-15
S2001-PROPOSE   2001-12-24  2002-01-07
S2001-TOTAL     2001-09-03  2002-03-04
S2001-APPEAL    2003-06-10  2003-08-10
S2001-APPEAL    2009-06-10  2009-09-01
S2001-REPORT    2010-03-26  2010-04-13
S2001-REPS      2001-12-24  2002-01-08
S2001-PAPERS    2005-03-15  2005-03-01
S2001-BVPI      2001-09-03  2002-01-07
SAR             2026-01-31  2026-03-02
SAR             2026-07-03  2026-08-03
DISC6M          2020-01-21  2020-07-20
DISC6M          2020-02-10  2020-08-09
DISC6M          2019-02-10  2019-09-02
DISC6M          2018-06-28  2019-01-02
DISC6M          2009-02-10  2009-09-01
DISC6M          2008-02-10  2008-08-09
DISC6M          2025-01-11  2025-07-10
DISC6M          2025-02-02  2025-08-01
DISC6M          2025-01-14  2025-07-13
SAR             2013-01-31  2013-03-12
DISC6M          2024-06-28  2024-12-27
DISC6M          2024-02-12  2024-08-11
REG44-reconsider 2026-03-02 2026-03-16
REG44-cease     2026-03-02  2026-03-02
"""


@pytest.mark.parametrize("line", FROM_ONE_DATE.strip().splitlines())
def test_a_date_counted_by_hand_comes_out_of_the_slow_count(line: str) -> None:
    rule, start, end = line.split()
    assert counted(rule, start=start) == {rule: end}


def test_a_review_meeting_yields_papers_report_decision_and_longstop() -> None:
    assert counted("REV", meeting="2025-11-12") == {
        "PAP2": "2025-10-29", "RPT2": "2025-11-26", "DEC4": "2025-12-10", "AMF12": "2026-02-04",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "certificate", "last"),
    [
        ("2025-10-01", "2025-11-29", "2026-01-02"),
        ("2025-10-01", "", "2025-12-01"),
        ("2025-06-10", "", "2025-09-01"),
        ("2025-05-30", "2025-06-20", "2025-07-30"),
        ("2022-05-31", "", "2022-08-01"),  # Sunday 31 July is not in August: the next working day is
        ("2023-10-24", "", "2023-12-27"),  # Sunday 24 December: two bank holidays, then Wednesday
        ("2023-10-25", "", "2024-01-02"),
        ("2025-11-01", "", "2026-01-02"),
        ("2026-01-31", "", "2026-03-31"),
        ("2025-12-31", "2026-02-28", "2026-03-30"),  # 28 March 2026 is a Saturday
    ],
)
def test_an_appeal_is_in_time_until_the_later_of_two_dates(decision: str, certificate: str, last: str) -> None:
    on = {"decision": decision} | ({"certificate": certificate} if certificate else {})
    assert counted("APL", **on) == {"APL": last}


@pytest.mark.parametrize(
    ("move", "aware", "last"),
    [
        ("2025-09-22", "2025-09-01", "2025-09-22"),  # fifteen working days before
        ("2025-09-22", "2025-09-02", "2025-09-22"),  # fourteen: the fifteenth working day is by chance the move
        ("2025-09-22", "2025-09-03", "2025-09-23"),
        ("2025-09-21", "2025-08-31", "2025-09-21"),  # a Sunday stays a Sunday
        ("2025-09-22", "2025-09-06", "2025-09-26"),  # told on a Saturday: Monday is day 1
        ("2025-09-22", "2025-12-24", "2026-01-16"),
    ],
)
def test_a_plan_moves_with_the_child_or_within_fifteen_working_days(move: str, aware: str, last: str) -> None:
    assert counted("MOVE", move=move, aware=aware) == {"MOVE": last}


def test_a_review_after_a_move_waits_for_the_later_of_two_dates() -> None:
    assert counted("MOVEREV", last_review="2025-03-10", transfer="2025-09-01") == {"MOVEREV": "2026-03-10"}
    assert counted("MOVEREV", last_review="2024-03-10", transfer="2025-11-30") == {"MOVEREV": "2026-02-28"}


def test_a_phase_transfer_is_ready_the_day_before_the_date_in_the_law() -> None:
    assert counted("PT215", transfer_year="2026-09-01") == {"PT215": "2026-02-14"}
    assert counted("PT331", transfer_year="2026-01-01") == {"PT331": "2026-03-30"}
    assert counted("PT5M", transfer="2026-07-31") == {"PT5M": "2026-02-28"}
    assert counted("PT5M", transfer="2026-09-01") == {"PT5M": "2026-04-01"}


def test_an_order_of_the_tribunal_is_done_in_plain_weeks() -> None:
    order = {"start": "2026-03-02"}
    assert counted("REG44-assess", **order) == {"notify": "2026-03-16", "no-plan": "2026-05-11", "final": "2026-06-08"}
    assert counted("REG44-make", **order) == {"draft": "2026-04-06", "final": "2026-05-18"}
    assert counted("REG44-amend", **order) == {"final": "2026-04-06"}
    assert counted("REG44-school", **order) == {"final": "2026-03-16"}
    assert counted("REG44-continue", **order) == {"REG44-continue": "2026-03-02", "final": "2026-04-06"}
    assert counted("REG45-continue", **order) == {"final": "2026-04-06"}
    assert counted("REG45-cease", **order) == counted("REG45-reconsider", **order) == {}


def test_a_conceded_appeal_has_the_figures_of_its_day() -> None:
    assert counted("REG45-amend", start="2015-03-22") == {"final": "2015-04-19"}
    assert counted("REG45-amend", start="2015-03-23") == {"final": "2015-04-27"}
    assert counted("REG45-assess", start="2015-03-22")["notify"] == "2015-04-19"
    assert counted("REG45-assess", start="2015-03-23")["notify"] == "2015-04-06"


def test_a_holiday_added_afterwards_moves_working_days_and_nothing_else() -> None:
    more = OFF | {the("2026-06-22")}
    assert counted("CERT3N", start="2026-06-19") == {"CERT3N": "2026-06-24"}
    assert counted("CERT3N", more, start="2026-06-19") == {"CERT3N": "2026-06-25"}
    assert counted("SAR", more, start="2026-05-22") == {"SAR": "2026-06-23"}
    assert counted("EHC6", more, start="2026-05-11") == {"EHC6": "2026-06-22"}
    assert counted("LAR30", NOTHING_OFF, start="2025-07-21") == counted("LAR30", start="2025-07-21")
    assert counted("CERT3N", NOTHING_OFF, start="2026-04-02") == {"CERT3N": "2026-04-07"}
    assert counted("APL", NOTHING_OFF, decision="2024-11-01") == {"APL": "2025-01-02"}  # 1 January itself is left out


def test_months_end_where_the_calendar_has_the_same_number_or_the_month_ends() -> None:
    assert months_after(the("2025-12-31"), 2) == the("2026-02-28")
    assert months_after(the("2023-12-29"), 2) == the("2024-02-29")
    assert months_after(the("2024-02-29"), 1) == the("2024-03-29")
    assert months_after(the("2025-10-01"), 2) == the("2025-12-01")
    assert months_before(the("2026-02-28"), 5) == the("2025-09-28")
    assert months_before(the("2024-03-31"), 1) == the("2024-02-29")
    assert months_before(the("2026-01-01"), 1) == the("2025-12-01")


def test_thirty_plain_working_days_from_july_would_end_sooner() -> None:
    """The other reading of the vector for the council's response, which leaves August in."""
    assert working_days_after(the("2025-07-21"), 30, OFF) == the("2025-09-02")


def test_a_rule_is_law_from_its_day_on() -> None:
    assert not in_force("EHC6", {"start": the("2014-08-31")})
    assert in_force("EHC6", {"start": the("2014-09-01")})
    assert in_force("S2001-DECIDE", {"start": the("2014-08-31")})
    assert not in_force("S2001-DECIDE", {"start": the("2014-09-01")})
    assert in_force("S2001-FINAL", {"start": the("2018-03-31")})
    assert not in_force("S2001-FINAL", {"start": the("2018-04-01")})
    assert in_force("APL", {"decision": the("2013-05-01")})
    assert in_force("SAR", {"start": the("2013-05-01")})
    assert not in_force("SAR", {"start": the("2000-02-29")})
    assert not in_force("HSC5", {"start": the("2018-04-02")})
    assert in_force("HSC5", {"start": the("2018-04-03")})


def test_the_spring_and_summer_of_2020_mark_a_duty_and_move_no_date() -> None:
    def marked(rule: str, start: str) -> bool:
        return covid_marked(rule, {"start": the(start)}, OFF)

    assert counted("EHC6", start="2020-03-20") == {"EHC6": "2020-05-01"}
    assert marked("EHC6", "2020-03-20")
    assert not marked("EHC6", "2020-03-19")
    assert marked("EHC6", "2020-09-25")
    assert not marked("EHC6", "2020-09-26")
    assert not marked("MED2M", "2020-06-01")
    assert not marked("S2001-TOTAL", "2020-06-01")


def test_a_name_that_is_no_rule_and_a_date_it_does_not_ask_for_are_refused() -> None:
    day = the("2026-01-05")
    with pytest.raises(KeyError):
        due("NOCERT", {"start": day}, OFF)
    with pytest.raises(KeyError):
        due("APL", {"certificate": day}, OFF)
    with pytest.raises(ValueError, match="decision"):
        due("EHC6", {"decision": day}, OFF)


def test_every_rule_yields_a_date_for_every_day_of_a_leap_year() -> None:
    """Only two do not: what a council concedes has no limit of its own when it ceases or reconsiders."""
    day, silent = the("2024-01-01"), set()
    while day.year == 2024:
        silent |= {rule for rule in RULES if not due(rule, dict.fromkeys(inputs(rule), day), OFF)}
        day += timedelta(days=1)
    assert silent == {"REG45-cease", "REG45-reconsider"}


# --- holidays ---


def test_the_bank_holidays_of_2026_and_2027_are_those_that_were_published() -> None:
    assert " ".join(f"{day:%d.%m}" for day in of_year(2026)) == "01.01 03.04 06.04 04.05 25.05 31.08 25.12 28.12"
    assert " ".join(f"{day:%d.%m}" for day in of_year(2027)) == "01.01 26.03 29.03 03.05 31.05 30.08 27.12 28.12"


@pytest.mark.parametrize(
    ("given", "not_given"),
    [
        ("1995-05-08", "1995-05-01"),
        ("1999-12-31", ""),
        ("2002-06-03", "2002-05-27"),
        ("2002-06-04", ""),
        ("2011-04-29", ""),
        ("2012-06-04", "2012-05-28"),
        ("2012-06-05", ""),
        ("2020-05-08", "2020-05-04"),
        ("2022-06-02", "2022-05-30"),
        ("2022-06-03", ""),
        ("2022-09-19", ""),
        ("2023-05-08", ""),
        ("2023-05-01", ""),
    ],
)
def test_a_holiday_of_one_year_only_is_given_and_the_one_it_replaced_is_not(given: str, not_given: str) -> None:
    assert the(given) in OFF
    assert not not_given or the(not_given) not in OFF


@pytest.mark.parametrize(
    "day",
    ["2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27", "2024-03-31", "2026-04-05", "2035-03-25", "2038-04-25"],
)
def test_easter_is_on_the_sunday_it_was_or_will_be(day: str) -> None:
    assert easter_sunday(the(day).year) == the(day)


def test_a_fixed_holiday_on_a_weekend_gives_a_later_weekday() -> None:
    ends = {
        year: [f"{day:%d.%m}" for day in of_year(year) if day.month in (1, 12)] for year in (2011, 2021, 2022, 2023)
    }
    assert ends == {
        2011: ["03.01", "26.12", "27.12"],
        2021: ["01.01", "27.12", "28.12"],
        2022: ["03.01", "26.12", "27.12"],
        2023: ["02.01", "25.12", "26.12"],
    }


def test_each_year_has_eight_holidays_on_weekdays_and_more_where_more_were_given() -> None:
    more = {1999: 9, 2002: 9, 2011: 9, 2012: 9, 2022: 10, 2023: 9}
    assert {year: len(set(of_year(year))) for year in range(1995, 2041)} == {
        year: more.get(year, 8) for year in range(1995, 2041)
    }
    assert all(day.weekday() < 5 for day in OFF)
    with pytest.raises(ValueError, match="1994"):
        of_year(1994)
