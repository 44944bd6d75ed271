"""A day is told, and every right and duty that follows from it is there; what is odd is asked about, not refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from ppsdesk.domain.clock_files import read_book
from ppsdesk.domain.clock_rules import read_limit
from ppsdesk.domain.clock_steps import StepKind, steps
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import (
    DatesSheet,
    FactWanted,
    Follows,
    Happening,
    Kind,
    Unlikely,
    all_dates,
    questions_about,
)
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings

BOOK, DAYS = shipped_book(), shipped_days()
HAPPENINGS = {happening.code: happening for happening in shipped_happenings()}
TODAY = date(2026, 3, 2)


def the(day: str) -> date:
    return date.fromisoformat(day)


def sheet(code: str, kind: str = "", *, lifted: tuple[str, ...] = (), today: date | None = TODAY,
          **facts: str) -> DatesSheet:  # fmt: skip
    told = {name: the(day) for name, day in facts.items()}
    return all_dates(BOOK, HAPPENINGS[code], told, DAYS, kind=kind, lifted=lifted, today=today)


def dates(found: DatesSheet) -> dict[str, str]:
    return {one.clock.code: one.due.isoformat() for one in found.dates}


def no_date(day: str, rule: str) -> str:
    return f"On {day} the law, as known here, had no date for: {BOOK.rule(rule).title}."


def refusal(code: str, kind: str = "", **facts: str) -> str:
    with pytest.raises(Refused) as refused:
        sheet(code, kind, **facts)
    return refused.value.sentence


def test_from_a_request_all_three_duties_follow_in_the_order_of_their_days() -> None:
    found = sheet("request", request="2026-01-05")
    assert list(dates(found).items()) == [("EHC6", "2026-02-16"), ("EHC16", "2026-04-27"), ("EHC20", "2026-05-25")]
    assert found.earliest is not None
    assert found.earliest.clock.rule == "EHC6"
    assert (found.kind, found.questions, found.missing, found.unknown) == (None, (), (), ())
    assert found.happening is HAPPENINGS["request"]
    assert found.facts == {"request": the("2026-01-05")}


def test_from_a_review_meeting_duties_before_and_after_it_follow() -> None:
    found = sheet("review", meeting="2025-11-12")
    assert dates(found) == {
        "INV2": "2025-10-29", "PAP2": "2025-10-29", "RPT2": "2025-11-26", "AMN4": "2025-12-10", "DEC4": "2025-12-10",
        "AMF12": "2026-02-04", "REV12": "2026-11-12",
    }  # fmt: skip
    assert [one.due for one in found.dates] == sorted(one.due for one in found.dates)


def test_a_kind_follows_from_topics_where_they_name_one_and_only_one() -> None:
    letter = HAPPENINGS["decision"]
    assert letter.kind_for(["transport", "placement-section-i", "tribunal"]) == "CON_I"
    assert letter.kind_for(["refusal-to-assess", "refusal-to-issue"]) == ""
    assert letter.kind_for(["tribunal"]) == letter.kind_for([]) == ""
    assert HAPPENINGS["request"].kind_for(["ehcna-request"]) == ""
    assert HAPPENINGS["phase"].kind_for(["phase-transfer", "primary-secondary"]) == "school"


def test_a_decision_letter_asks_for_its_kind_and_for_the_certificate() -> None:
    found = sheet("decision", "RTA", decision="2025-10-01")
    assert dates(found) == {"MED2M": "2025-12-01", "APL": "2025-12-01"}
    assert [fact.name for fact in found.missing] == ["certificate"]
    both = sheet("decision", "RTA", decision="2025-10-01", certificate="2025-11-29")
    assert dates(both)["APL"] == "2026-01-02"
    assert both.missing == ()
    assert sheet("decision", decision="2025-10-01").kind is None
    assert "choose which kind it is" in refusal("decision", "XYZ", decision="2025-10-01")


def test_no_certificate_is_needed_where_only_the_school_is_disputed() -> None:
    lifted = {one.clock.rule: one.lifted for one in sheet("decision", "CON_I", decision="2025-10-01").dates}
    assert lifted == {"MED2M": ("NOCERT",), "APL": ()}
    lifted = {one.clock.rule: one.lifted for one in sheet("decision", "CON", decision="2025-10-01").dates}
    assert lifted == {"MED2M": (), "APL": ()}


def test_an_exception_lifts_the_limits_it_is_for_and_moves_none() -> None:
    found = sheet("request", request="2026-01-05", lifted=("EX_SCHOOL",))
    assert [one.lifted for one in found.dates] == [("EX_SCHOOL",)] * 3
    assert dates(found) == dates(sheet("request", request="2026-01-05"))


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("assess", ["REG44-assess notify", "REG44-assess no-plan", "REG44-assess final"]),
        ("make", ["REG44-make draft", "REG44-make final"]),
        ("cease", ["REG44-cease"]),
    ],
)
def test_each_kind_of_order_brings_its_own_duties(kind: str, codes: list[str]) -> None:
    found = sheet("order", kind, order="2026-03-02")
    assert list(dates(found)) == codes
    assert found.kind is not None
    assert found.kind.code == kind


def test_where_everything_depends_on_the_kind_it_must_be_chosen() -> None:
    assert refusal("order", order="2026-03-02") == f"“{HAPPENINGS['order'].title}”: choose which kind it is."
    assert "choose which kind" in refusal("request", "assess", request="2026-03-02")


def test_a_day_that_is_missing_or_unknown_is_named() -> None:
    asks = HAPPENINGS["draft"].facts[0].asks
    assert refusal("draft", request="2026-01-05") == f"{asks} is needed. Type it as 3/9, 3 sep or 3.9.26."
    assert refusal("request", request="2026-01-05", holiday="2026-01-05") == (
        f"“{HAPPENINGS['request'].title}” has no day called “holiday”."
    )
    assert refusal("statement") == "No day is given. Type at least one of the days."
    assert refusal("request", **{"x" * 60: "2026-01-05"}).count("x") == 40
    assert refusal("request", request="9999-12-01") == (
        "That is further away than the calendar goes. Check the year that was typed."
    )


def test_what_cannot_be_counted_yet_is_left_out_and_its_days_are_asked_for() -> None:
    found = sheet("appeal", received="2026-03-02")
    assert list(dates(found)) == ["REG10"]
    assert [fact.name for fact in found.missing] == ["sent", "registration", "hearing"]
    assert list(dates(sheet("move", move="2026-03-02"))) == []
    assert sheet("move", move="2026-03-02").earliest is None
    assert list(dates(sheet("move", move="2026-03-02", aware="2026-01-02"))) == ["MOVE"]


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        ("decision", {"decision": "2025-10-01", "certificate": "2025-09-30"}, "dated before the decision letter"),
        ("decision", {"decision": "2025-10-01", "certificate": "2025-12-02"}, "more than two months after"),
        ("draft", {"draft": "2026-01-04", "request": "2026-01-05"}, "The draft came before the request"),
        ("notice", {"notice": "2025-12-11", "meeting": "2025-11-12"}, "later than four weeks after the meeting"),
        ("notice", {"notice": "2025-11-11", "meeting": "2025-11-12"}, "before the review meeting"),
        ("appeal", {"received": "2026-01-05", "registration": "2026-01-04"}, "before the appeal arrived"),
        ("mediated", {"ended": "2026-01-05", "agreement": "2026-01-04"}, "before the talks ended"),
    ],
)
def test_days_that_contradict_each_other_are_asked_about_and_still_counted(
    code: str, facts: dict[str, str], words: str
) -> None:
    found = sheet(code, **facts)
    (question,) = found.questions
    assert words in question
    assert found.dates


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("decision", {"decision": "2025-10-01", "certificate": "2025-10-01"}),
        ("decision", {"decision": "2025-10-01", "certificate": "2025-12-01"}),
        ("draft", {"draft": "2026-01-05", "request": "2026-01-05"}),
        ("notice", {"notice": "2025-12-10", "meeting": "2025-11-12"}),
    ],
)
def test_days_at_the_edge_of_what_is_likely_are_not_asked_about(code: str, facts: dict[str, str]) -> None:
    assert sheet(code, **facts).questions == ()


def test_a_doubt_about_a_day_that_is_not_given_does_not_hide_the_next_one() -> None:
    facts = tuple(FactWanted(name, name, optional=True) for name in ("boiled", "poured", "drunk"))
    doubts = (
        Unlikely("drunk", "Drunk before it was poured?", before=read_limit("on poured")),
        Unlikely("drunk", "Drunk late?", after=read_limit("2 working days after boiled")),
    )
    happening = Happening(code="tea", title="Tea", facts=facts, rules=(), unlikely=doubts)

    def questions(**told: str) -> tuple[str, ...]:
        return all_dates(BOOK, happening, {name: the(day) for name, day in told.items()}, DAYS).questions

    assert questions(boiled="2026-04-02", drunk="2026-04-08") == ()
    assert questions(boiled="2026-04-02", drunk="2026-04-09") == ("Drunk late?",)
    assert questions(drunk="2026-04-09") == ()
    assert len(questions(boiled="2026-04-02", poured="2026-05-01", drunk="2026-04-09")) == 2


def test_a_rule_asked_by_its_own_days_is_questioned_in_the_words_of_the_page() -> None:
    def questions(rule: str, **told: str) -> tuple[str, ...]:
        return questions_about(shipped_happenings(), rule, {name: the(day) for name, day in told.items()}, DAYS)

    [early] = questions("APL", decision="2026-03-02", certificate="2026-03-01")
    assert early == HAPPENINGS["decision"].unlikely[0].words
    assert questions("APL", decision="2026-03-02", certificate="2026-03-02") == ()
    assert questions("APL", decision="2026-03-02", certificate="2026-05-02") == ()
    [late] = questions("APL", decision="2026-03-02", certificate="2026-05-03")
    assert late == HAPPENINGS["decision"].unlikely[1].words
    assert questions("APL", decision="2026-03-02") == ()
    assert questions("EHC6", start="2026-03-02") == ()
    assert len(questions("MOVEREV", last_review="2026-03-02", transfer="2026-03-01")) == 1


def test_the_same_question_of_two_happenings_and_their_kinds_is_asked_once() -> None:
    wanted = (FactWanted("move", "Moved"), FactWanted("aware", "Known"))
    follows = Follows("MOVE", (("move", "move"), ("aware", "aware")))
    doubt = Unlikely("aware", "Known long before?", before=read_limit("2 working days before move"))
    plain = Happening(code="plain", title="Moved", facts=wanted, rules=(follows,), unlikely=(doubt,))
    of_a_kind = replace(plain, code="kinds", rules=(), kinds=(Kind("far", "Far away", (follows,)),))
    days = {"move": the("2026-03-02"), "aware": the("2026-02-25")}
    quiet = replace(plain, code="quiet", unlikely=())
    assert questions_about([plain, of_a_kind, quiet], "MOVE", days, DAYS) == (doubt.words,)
    assert questions_about([plain], "MOVE", {**days, "aware": the("2026-02-26")}, DAYS) == ()
    assert questions_about([of_a_kind], "MOVE", days, DAYS) == (doubt.words,)
    assert questions_about([of_a_kind], "MOVEREV", days, DAYS) == ()


def test_a_day_in_the_future_is_asked_about_unless_it_may_lie_there() -> None:
    assert sheet("request", request="2026-03-02").questions == ()
    assert sheet("request", request="2026-03-03").questions == (
        f"{HAPPENINGS['request'].facts[0].asks}: Tue 3 Mar 2026 is in the future. Check the year.",
    )
    assert sheet("request", request="2026-03-03", today=None).questions == ()
    assert sheet("review", meeting="2027-03-03").questions == ()


def test_a_day_more_than_thirty_years_ago_is_asked_about_as_its_year_may_be_wrong() -> None:
    said = f"{HAPPENINGS['decision'].facts[0].asks}: Fri 1 Mar 1996 is more than 30 years ago. Check the year."
    assert sheet("decision", decision="1996-03-01").questions == (said,)
    assert sheet("decision", decision="1996-03-02").questions == ()
    assert sheet("decision", decision="1996-03-01", today=None).questions == ()


def test_before_there_was_a_tribunal_a_decision_letter_has_no_date_and_says_so() -> None:
    found = sheet("decision", decision="1850-04-03")
    assert found.dates == ()
    titles = [BOOK.rule(code).title for code in ("MED2M", "APL")]
    assert found.unknown == (f"On Wed 3 Apr 1850 the law, as known here, had no date for: {'; '.join(titles)}.",)
    assert len(found.questions) == 1
    assert dates(sheet("decision", decision="1994-08-31")) == {}
    assert dates(sheet("decision", decision="1994-09-01")) == {"APL": "1994-11-01"}


def done(found: DatesSheet) -> dict[str, str]:
    return {one.clock.code: one.done for one in found.dates if one.done}


def test_whoever_has_the_certificate_has_rung_the_adviser() -> None:
    found = sheet("decision", "RTA", decision="2026-01-12", certificate="2026-02-20")
    assert done(found) == {"MED2M": "Done: the certificate shows it."}
    assert dates(found) == {"MED2M": "2026-03-12", "APL": "2026-03-20"}
    assert [one.clock.code for one in found.dates if one.binds] == ["APL"]
    assert not any(step.kind is StepKind.MAY_LIFT for one in found.dates for step in steps(one, BOOK))
    assert done(sheet("decision", "RTA", decision="2026-01-12")) == {}
    assert done(sheet("decision", "RTA", decision="2026-01-12", certificate="2026-01-12")) != {}


def test_a_certificate_of_an_earlier_letter_or_of_a_day_to_come_shows_nothing() -> None:
    assert done(sheet("decision", decision="2026-01-12", certificate="2026-01-11")) == {}
    assert done(sheet("decision", decision="2026-01-12", certificate="2026-03-03")) == {}
    assert done(sheet("decision", decision="2026-01-12", certificate="2026-03-02")) != {}
    assert done(sheet("decision", decision="2026-01-12", certificate="2026-03-03", today=None)) != {}


def test_a_limit_that_is_lifted_is_told_as_lifted_and_not_as_done() -> None:
    found = sheet("decision", "CON_I", decision="2026-01-12", certificate="2026-02-20")
    assert done(found) == {}
    assert [one.clock.code for one in found.dates if one.binds] == ["APL"]


@pytest.mark.parametrize(
    ("code", "facts", "shown"),
    [
        ("appeal", {"received": "2026-02-02", "registration": "2026-02-12"}, {"REG10"}),
        ("appeal", {"received": "2026-02-02", "registration": "2026-02-01"}, set()),
        ("again", {"request": "2026-02-02", "agreed": "2026-02-12"}, {"REASS15"}),
        ("again", {"request": "2026-02-02"}, set()),
        ("move", {"move": "2026-02-02", "aware": "2026-02-02", "transfer": "2026-03-02"}, {"MOVE"}),
        ("move", {"move": "2026-02-02", "aware": "2026-02-02", "transfer": "2026-03-03"}, set()),
        ("draft", {"draft": "2026-02-02", "request": "2026-01-02"}, set()),
        ("notice", {"notice": "2026-02-02", "meeting": "2026-01-12"}, set()),
        (
            "statement",
            {"request": "2009-02-02", "notice": "2009-03-02", "assessed": "2009-05-01", "proposed": "2009-05-12"},
            {"S2001-DECIDE", "S2001-ASSESS", "S2001-PROPOSE"},
        ),
        ("statement", {"proposed": "2009-05-12"}, set()),
    ],
)
def test_only_what_a_day_plainly_shows_is_told_as_done(code: str, facts: dict[str, str], shown: set[str]) -> None:
    assert set(done(sheet(code, **facts))) == shown


def test_a_request_of_2013_meets_the_law_of_2013() -> None:
    found = sheet("request", request="2013-09-02")
    assert dates(found) == {"S2001-DECIDE": "2013-10-14", "S2001-TOTAL": "2014-03-03"}
    assert found.unknown == (no_date("Mon 2 Sep 2013", "EHC16"),)


def test_a_decision_of_2013_can_be_appealed_about_and_has_no_mediation() -> None:
    found = sheet("decision", decision="2013-06-10")
    assert dates(found) == {"APL": "2013-09-02"}
    assert found.unknown == (no_date("Mon 10 Jun 2013", "MED2M"),)


def test_a_review_of_2013_has_the_papers_and_the_report_of_then() -> None:
    found = sheet("review", meeting="2013-05-01")
    assert dates(found) == {"S2001-PAPERS": "2013-04-17", "S2001-REPORT": "2013-05-16"}
    titles = [BOOK.rule(code).title for code in ("INV2", "DEC4", "AMN4", "AMF12", "REV12")]
    assert found.unknown == (f"On Wed 1 May 2013 the law, as known here, had no date for: {'; '.join(titles)}.",)


def test_a_statement_after_its_time_meets_the_law_that_came_then() -> None:
    found = sheet("statement", request="2014-09-01", decision="2018-04-03")
    assert dates(found) == {"EHC6": "2014-10-13", "EHC20": "2015-01-19", "APL": "2018-06-04"}
    assert found.unknown == (no_date("Mon 1 Sep 2014", "S2001-BVPI"),)


def test_two_days_on_which_there_was_no_law_are_told_one_by_one() -> None:
    found = sheet("appeal", received="2026-03-02", sent="2026-03-02", registration="2026-03-02", hearing="2026-03-02")
    assert found.unknown == ()
    found = sheet("mediated", ended="2010-01-04", agreement="2010-01-05")
    assert found.dates == ()
    assert [words[:19] for words in found.unknown] == ["On Mon 4 Jan 2010 t", "On Tue 5 Jan 2010 t"]


def test_the_first_day_of_a_rule_says_which_law_it_is_and_the_first_that_is_missing_is_asked_for() -> None:
    (said,) = sheet("move", move="2013-05-01", aware="2013-04-01").unknown
    assert said.startswith("On Wed 1 May 2013 the law")
    tea = Happening(code="t", title="Tea", facts=(FactWanted("a", "First"), FactWanted("b", "Second")), rules=())
    with pytest.raises(Refused, match="First is needed"):
        all_dates(BOOK, tea, {}, DAYS)


def test_what_was_law_in_place_of_a_rule_is_used_only_if_one_day_is_enough_for_it() -> None:
    tea = {"title": "Tea", "duty": "Tea.", "owes": "us", "law": "none", "source": "none"}
    turn = {"last": date(2019, 12, 31)}
    clocks = [
        {**tea, "rule": "NEW", "counts": ["5 days after start"], "first": date(2020, 1, 1), "instead_before": "OLD"},
        {**tea, "rule": "OLD", "counts": ["3 days after start", "1 day after milk"], **turn},
    ]
    happening = Happening(
        code="boil",
        title="Boiled",
        facts=(FactWanted("boiled", "Day"),),
        rules=(Follows("NEW", (("start", "boiled"),)),),
    )
    told = {"boiled": date(2019, 6, 1)}
    book = read_book([{"clock": clocks}])
    assert all_dates(book, happening, told, DAYS).dates == ()
    book = read_book([{"clock": [clocks[0], {**clocks[1], "optional": ["milk"]}]}])
    assert [one.due for one in all_dates(book, happening, told, DAYS).dates] == [date(2019, 6, 4)]


def test_the_explanation_calls_each_day_as_it_was_asked_for() -> None:
    found = sheet("move", move="2026-04-01", aware="2026-03-30", transfer="2026-04-20", last_review="2025-10-01")
    for one in found.dates:
        plain = " ".join(step.words for step in steps(one, BOOK))
        assert "(start)" not in plain
        assert any(f"({name.replace('_', ' ')})" in plain for name in found.facts)
        said = " ".join(step.words for step in steps(one, BOOK, found.asks))
        assert any(f"({words[0].lower()}{words[1:]})" in said for words in found.asks.values())
        assert not any(f"({name.replace('_', ' ')})" in said for name in found.facts)
    assert {name for one in found.dates for name in one.clock.facts} == set(found.facts)


def test_every_happening_yields_dates_for_every_kind_in_the_order_of_their_days() -> None:
    for happening in HAPPENINGS.values():
        year = "2013" if happening.code == "statement" else "2025"
        facts = {fact.name: f"{year}-0{place + 2}-03" for place, fact in enumerate(happening.facts)}
        for kind in happening.kinds or ("",):
            found = sheet(happening.code, kind.code if kind else "", **facts)
            assert found.dates, happening.code
            assert found.unknown == ()
            assert all(one.due <= other.due for one, other in pairwise(found.dates))
