"""`dates`: the dates of the law on the command line, without a database and with one."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ppsdesk.commands.desk import services
from ppsdesk.commands.line import read_line
from ppsdesk.domain.clock_steps import in_law_words
from ppsdesk.services.shipped_rules import shipped_book
from tests.commands.conftest import ROOT, Run, apart, finished

README = (ROOT / "README.md").read_text(encoding="utf-8")
AS_OF = ("--as-of", "2025-10-06")
SHIPPED, OF_THE_DESK = "Rules and bank holidays as shipped.", "Rules and bank holidays of this desk."
LIGHT = (
    "import sys; from main import main; status = main(sys.argv[1:]);"
    "heavy = ('PySide6', 'shiboken6', 'sqlalchemy', 'alembic', 'sqlcipher3', 'psycopg', 'reportlab', 'icalendar');"
    "sys.exit(9 if any(name.partition('.')[0] in heavy for name in sys.modules) else status)"
)


def asked(run: Run, *arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("dates", *arguments, "--json").done)
    return answer


@pytest.mark.parametrize(
    ("asked_for", "due"),
    [
        ("EHC6 start=2025-09-01", "2025-10-13"),
        ("EHC16 start=2025-09-01", "2025-12-22"),
        ("EHC20 start=2025-09-01", "2026-01-19"),
        ("EHC20 start=2026-01-05", "2026-05-25"),
        ("DRAFT15 start=2025-09-01", "2025-09-15"),
        ("REV meeting=2025-11-12", "2025-10-29"),
        ("AMF8 start=2025-12-10", "2026-02-04"),
        ("APL decision=2025-10-01 certificate=2025-11-29", "2026-01-02"),
        ("APL decision=2025-06-10", "2025-09-01"),
        ("APL decision=2025-05-30 certificate=2025-06-20", "2025-07-30"),
        ("LAR30 start=2025-07-21", "2025-09-30"),
        ("REG44-assess start=2026-03-02", "2026-03-16"),
        ("S2001-DECIDE start=2001-09-03", "2001-10-15"),
        ("S2001-TOTAL start=2001-09-03", "2002-03-04"),
        ("SAR start=2026-01-31", "2026-03-02"),
        ("PT215 transfer_year=2026", "2026-02-14"),
        ("PT215 transfer_year=2026-09-02", "2026-02-14"),
        ("PT331 transfer_year=2026", "2026-03-30"),
        ("MOVE move=2025-10-20 aware=2025-09-01", "2025-10-20"),
    ],
)
def test_the_date_of_a_rule(run: Run, asked_for: str, due: str) -> None:
    rule, *days = asked_for.split()
    assert asked(run, rule, *(word for day in days for word in ("--on", day)))["due"] == due


def test_an_answer_for_programs_says_who_where_it_is_written_and_how_it_was_counted(run: Run) -> None:
    answer = asked(run, "APL", "--on", "decision=2025-10-01", "--on", "certificate=2025-11-29")
    assert list(answer) == ["rule", "due", "who", "source", "certain", "steps"]
    assert (answer["rule"], answer["due"], answer["who"], answer["certain"]) == ("APL", "2026-01-02", "parent", True)
    assert answer["source"].startswith("SI 2008/2699 rules 12, 20(1)(c); ")
    assert "legislation.gov.uk" in answer["source"]
    assert any("later counts: Mon 29 Dec 2025" in step for step in answer["steps"])
    assert any(step.startswith("Law: SI 2008/2699 rules 12, 20(1)(c).") for step in answer["steps"])
    assert any("Passed over: Mon 29 Dec 2025 to Thu 1 Jan 2026 (from 25 December" in step for step in answer["steps"])
    assert answer["steps"][-1] == SHIPPED


def test_a_rule_of_several_dates_gives_each_and_the_earliest_as_due(run: Run) -> None:
    answer = asked(run, "REV", "--on", "meeting=2025-11-12")
    assert list(answer) == ["rule", "due", "who", "source", "certain", "steps", "dates"]
    assert answer["dates"] == {"PAP2": "2025-10-29", "RPT2": "2025-11-26", "DEC4": "2025-12-10", "AMF12": "2026-02-04"}
    assert (answer["due"], answer["who"], answer["certain"]) == ("2025-10-29", "school", False)
    assert answer["source"].index("SI 2014/1530 regs 20(10), 22(3)") < answer["source"].index("legislation.gov.uk")
    assert answer["source"].count("R (L, M and P) v Devon") == 1
    assert [step for step in answer["steps"] if re.match(r"[A-Z0-9]+: ", step)] == [
        "PAP2: Papers for the review meeting, Wed 29 Oct 2025.",
        "RPT2: Report of the review meeting, Wed 26 Nov 2025.",
        "DEC4: Decide after the review, Wed 10 Dec 2025.",
        "AMF12: Latest day for the changed plan, Wed 4 Feb 2026.",
    ]


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("REG44-assess", {"notify": "2026-03-16", "no-plan": "2026-05-11", "final": "2026-06-08"}),
        ("REG44-make", {"draft": "2026-04-06", "final": "2026-05-18"}),
        ("REG44-amend", {"final": "2026-04-06"}),
        ("REG44-continue", {"REG44-continue": "2026-03-02", "final": "2026-04-06"}),
    ],
)
def test_the_dates_of_an_order_are_called_by_its_parts(run: Run, rule: str, dates: dict[str, str]) -> None:
    answer = asked(run, rule, "--on", "start=2026-03-02")
    assert answer["dates"] == dates
    assert answer["due"] == min(dates.values())


def test_a_rule_may_be_written_in_any_case(run: Run) -> None:
    for written in ("reg44-ASSESS", "REG44-assess", "Reg44-Assess"):
        assert asked(run, written, "--on", "start=2026-03-02")["rule"] == "REG44-assess"


def test_every_rule_of_the_list_can_be_asked_with_the_days_the_list_says_it_takes(run: Run) -> None:
    listed = json.loads(run("dates", "--list", "--json").done)
    assert [rule["rule"] for rule in listed] == [rule.code for rule in shipped_book().rules]
    for rule in listed:
        last = date.fromisoformat(rule["last"] or "2026-03-31")
        needed = [taken["name"] for taken in rule["inputs"] if not taken["optional"]]
        answer = asked(run, rule["rule"], *(word for name in needed for word in ("--on", f"{name}={last}")))
        assert set(answer.get("dates", {})) <= set(rule["parts"])
        assert set(answer["source"].split("; ")) <= set(f"{rule['law']}; {rule['source']}".split("; "))
        assert any(law in step for law in rule["law"].split("; ") for step in answer["steps"])


def test_the_list_for_programs_says_everything_about_a_rule(run: Run) -> None:
    listed = {rule["rule"]: rule for rule in json.loads(run("dates", "--list", "--json", *AS_OF).done)}
    assert listed["EHC6"] == {
        "rule": "EHC6",
        "title": "Decide whether to assess",
        "who": ["authority"],
        "inputs": [{"name": "start", "optional": False}],
        "law": "SI 2014/1530 reg 5(1)",
        "source": "legislation.gov.uk, SI 2014/1530",
        "certain": True,
        "first": "2014-09-01",
        "last": None,
        "counts": ["6 weeks after start"],
        "exceptions": ["EX_SCHOOL", "EX_EY", "EX_PERSONAL", "EX_ABSENT"],
        "parts": ["EHC6"],
    }
    assert listed["APL"]["inputs"] == [
        {"name": "decision", "optional": False}, {"name": "certificate", "optional": True}
    ]  # fmt: skip
    assert (listed["APL"]["certain"], listed["DISC6M"]["certain"]) == (True, False)
    assert listed["REG44-assess"]["parts"] == ["notify", "no-plan", "final"]
    assert (listed["S2001-DECIDE"]["first"], listed["S2001-DECIDE"]["last"]) == ("1994-09-01", "2014-08-31")


def test_the_list_is_read_as_columns(run: Run) -> None:
    lines = run("dates", "--list").done.splitlines()
    [appeal] = [line for line in lines if line.startswith("APL ")]
    assert re.split(r"  +", appeal) == [
        "APL",
        "Last day to appeal",
        "Parent or young person",
        "decision, [certificate]",
        "since 1 September 1994",
    ]
    [schools] = [line for line in lines if line.startswith("SCH15 ")]
    assert re.split(r"  +", schools)[-2:] == ["since 1 September 2014", "check this"]
    assert len(lines) == len(shipped_book().rules) + 4


def test_in_words_it_says_the_day_who_what_and_how_long_there_is(run: Run) -> None:
    said = run("dates", "EHC6", "--on", "start=2025-09-01", *AS_OF).done.splitlines()
    assert said == [
        "EHC6: Decide whether to assess",
        "Mon 13 Oct 2025 (in 7 days) – Local authority – SI 2014/1530 reg 5(1)",
        "--explain says how it was counted.",
        "Rules and bank holidays as shipped.",
    ]


def test_the_readme_shows_what_is_really_printed(run: Run) -> None:
    [(typed, printed)] = re.findall(r"^```text\n\$ python main.py (dates .*)\n((?:.+\n)+)```", README, re.MULTILINE)
    assert run(*typed.split()).done == printed


def test_explained_every_step_has_a_line_of_its_own(run: Run) -> None:
    said = run("dates", "EHC6", "--on", "start=2025-09-01", "--explain", *AS_OF).done.splitlines()
    steps = asked(run, "EHC6", "--on", "start=2025-09-01")["steps"]
    assert said[2:] == [*(f"  {step}" for step in steps[:-1]), SHIPPED]
    assert "Law: SI 2014/1530 reg 5(1). Source: legislation.gov.uk, SI 2014/1530." in steps


def test_an_exception_lifts_the_limit_and_sets_no_other_date(run: Run) -> None:
    plain = asked(run, "EHC6", "--on", "start=2025-09-01")
    lifted = asked(run, "EHC6", "--on", "start=2025-09-01", "--exception", "ex_school", "--exception", "EX_APPT")
    assert lifted["lifted"] == ["EX_SCHOOL"]
    assert lifted["due"] == plain["due"]
    assert any(step.startswith("Lifted: A school or college was closed") for step in lifted["steps"])
    assert "EX_APPT does not lift this limit." in lifted["steps"]
    said = run("dates", "EHC6", "--on", "start=2025-09-01", "--exception", "EX_SCHOOL").done
    assert "lifted by EX_SCHOOL" in said


@pytest.mark.parametrize(
    ("days", "question"),
    [
        (
            ("APL", "decision=2025-09-12", "certificate=2025-09-01"),
            "The certificate is dated before the decision letter.",
        ),
        (
            ("APL", "decision=2025-09-12", "certificate=2025-11-13"),
            "The certificate is dated more than two months after",
        ),
        (
            ("MOVEREV", "last_review=2025-12-01", "transfer=2025-10-01"),
            "The plan was passed on before its last review.",
        ),
    ],
)
def test_days_that_contradict_each_other_are_questioned_and_not_refused(
    run: Run, days: tuple[str, ...], question: str
) -> None:
    rule, *on = days
    typed = [rule, *(word for day in on for word in ("--on", day))]
    answer = asked(run, *typed)
    assert answer["due"]
    assert [step for step in answer["steps"] if step.startswith(question)] == answer["steps"][-2:-1]
    assert question in run("dates", *typed).done


def test_days_that_fit_together_are_not_questioned(run: Run) -> None:
    said = run("dates", "APL", "--on", "decision=2025-09-12", "--on", "certificate=2025-11-12").done
    assert "dated" not in said


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", "No rule is named."),
        ("--json", "No rule is named."),
        ("EHC7 --on start=2025-09-01", "There is no rule “EHC7”. Did you mean EHC6"),
        ("nosuch", "There is no rule “nosuch”."),
        ("NOCERT", "NOCERT lifts a limit and has no date of its own."),
        ("ex_covid --on start=2025-09-01", "EX_COVID lifts a limit and has no date of its own."),
        ("reg45-cease --on start=2025-09-01", "has no date. Regulation 45 sets no time for this."),
        ("EHC6", "EHC6 cannot be counted without start."),
        ("MOVE --on move=2025-09-01", "MOVE cannot be counted without aware."),
        ("EHC6 --on begin=2025-09-01", "EHC6 has no date called “begin”."),
        ("EHC6 --on start=2025-09-01 --on certificate=2025-09-02", "EHC6 has no date called “certificate”."),
        ("EHC6 --on start=2025-09-01 --on start=2025-09-01", "--on start is given twice."),
        ("EHC6 --on start=2026-02-30", "--on start: there is no day “2026-02-30”."),
        ("EHC6 --on start=2025-13-01", "--on start: there is no day “2025-13-01”."),
        ("EHC6 --on start=1.9.2025", "--on start: “1.9.2025” is not a date."),
        ("EHC6 --on start=20250901", "--on start: “20250901” is not a date."),
        ("EHC6 --on start=2025", "--on start: “2025” is not a date."),
        ("EHC6 --on start=٢٠٢٥-٠٩-٠١", "is not a date."),
        ("EHC6 --on start=0001-01-01", "is too far away."),
        ("REV12 --on start=9999-06-01", "is too far away."),
        ("EHC6 --on start=", "--on start is empty."),
        ("EHC6 --on start", "--on “start” does not say which day it is."),
        ("EHC6 --on =2025-09-01", "does not say which day it is."),
        ("EHC6 --on", "does not say which day it is."),
        ("--on", "No rule is named."),
        ("EHC6 start=2025-09-01", "“start=2025-09-01” has no --on before it."),
        ("EHC6 EHC16 --on start=2025-09-01", "“EHC16” is one rule too many."),
        ("EHC6 --on start=2013-06-01", "ask S2001-DECIDE."),
        ("APL --on decision=1950-04-03", "APL has been the law since 1 September 1994; 3 April 1950 was before that."),
        ("EHC6 --on start=2025-09-01 --exception EX_MOON", "There is no exception “EX_MOON”."),
        ("EHC6 --on start=2025-09-01 --exception", "There is no exception “”."),
        ("--list EHC6", "--list shows every rule"),
        ("EHC6 --on start=2025-09-01 --as-of yesterday", "--as-of “yesterday” is not a date."),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_one_sentence(run: Run, typed: str, refusal: str) -> None:
    said = run("dates", *typed.split())
    assert refusal in said.refusal
    assert said.out == ""


def test_neither_database_nor_window_is_loaded_for_a_date() -> None:
    for command in (("APL", "--on", "decision=2025-10-01", "--explain"), ("--list", "--json")):
        said = finished(apart("dates", *command, code=LIGHT))
        assert said.status == 0, said


def test_the_watch_for_heavy_libraries_would_notice_one() -> None:
    assert finished(apart("dates", "--list", code=f"import sqlalchemy; {LIGHT}")).status == 9


def test_a_folder_without_a_database_is_left_as_it_is_and_the_shipped_rules_are_asked(run: Run, folder: Path) -> None:
    said = run("--data-dir", str(folder), "dates", "EHC6", "--on", "start=2025-09-01").done
    assert "Mon 13 Oct 2025" in said
    assert f"as shipped: there is no database in “{folder}”." in said
    assert not folder.exists()
    folder.mkdir()
    answer = asked(run, "EHC6", "--on", "start=2025-09-01", "--data-dir", str(folder))
    assert "as shipped" in answer["steps"][-1]
    assert list(folder.iterdir()) == []


def test_an_empty_name_of_a_folder_is_refused(run: Run) -> None:
    assert run("--data-dir", " ", "dates", "--list").refusal.startswith("--data-dir is empty.")


def test_a_desk_is_asked_for_its_own_rules_and_holidays(run: Run, place: tuple[str, ...]) -> None:
    days = ("SAR", "--on", "start=2025-05-31")
    with services(read_line([*place, "check"])) as desk:  # which makes the local file
        desk.rules.add_holiday(date(2025, 6, 30), "Founders' Day", "The council is closed.")
        reason = "Only to be seen here."
        desk.rules.correct(
            "EHC6", "", ("5 weeks after start",), first=date(2025, 1, 1), last=None, law="local law", reason=reason
        )
    assert (asked(run, *days)["steps"][-1], asked(run, *days)["due"]) == (SHIPPED, "2025-06-30")
    answer = asked(run, *place, *days)
    assert (answer["steps"][-1], answer["due"]) == (OF_THE_DESK, "2025-07-01")
    assert any("Mon 30 Jun 2025, is a bank holiday, Founders' Day: it moves" in step for step in answer["steps"])
    assert asked(run, *place, "EHC6", "--on", "start=2025-09-01")["due"] == "2025-10-06"
    assert OF_THE_DESK in run("dates", *place, "--list").done


def test_a_server_that_is_not_there_is_named_and_the_shipped_rules_do_not_stand_in(run: Run, folder: Path) -> None:
    gone = "postgresql://hana@127.0.0.1:1/helpline"
    said = run("--data-dir", str(folder), "--database", gone, "dates", "EHC6", "--on", "start=2025-09-01")
    assert said.refusal
    assert said.out == ""


def test_the_page_about_dates_names_every_rule_that_rests_on_an_unverified_source() -> None:
    page = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8")
    book = shipped_book()
    doubted = [(one.code, one) for one in (*book.clocks, *book.suspensions) if not one.certain]
    assert re.findall(r"^\| (?!Rule|-)(.+) \|$", page, re.MULTILINE) == [
        f"{code} | {in_law_words(one.first, one.last) or 'always'} | {one.source}" for code, one in doubted
    ]
    practice = ", ".join(dict.fromkeys(clock.rule for clock in book.clocks if clock.target))
    assert f"aimed for: {practice}. The steps say so." in page
