"""The files of rules: everything of the law is there, and a slip in them is refused with the entry's name."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from ppsdesk.domain.clock_files import read_book, read_happenings
from ppsdesk.domain.clock_rules import CountedIn, Limit, Owes, read_limit
from ppsdesk.resources import folder
from ppsdesk.services.shipped_rules import FILES, shipped_book, shipped_happenings

BOOK = shipped_book()
# domain reference 3.2 to 3.6
_NAMED = """
EHC6 ADV6 EHC16 DRAFT15 EHC20 SCH15 MOVE MOVE6 MOVEREV REASS15 REASS14
REV12 INV2 PAP2 RPT2 DEC4 AMN4 AMD15 AMF8 AMF12 NOAM8 PT215 PT331 PT5M REV
MED2M CERT3N ICB3 MED30 CERT3D CERT3E AGR AGRN APL DISC6M REG10 LAR30 BUN10 HRG12 HRG20 DEC10 HSC5
REG44-assess REG44-make REG44-amend REG44-school REG44-continue REG44-cease REG44-reconsider
REG45-assess REG45-make REG45-amend REG45-school REG45-continue
S2001-DECIDE S2001-ASSESS S2001-PROPOSE S2001-FINAL S2001-TOTAL S2001-APPEAL SAR
"""
_UNVERIFIED = """
SCH15 MOVEREV REASS15 REV12 RPT2 NOAM8 MED30 DISC6M REG44-reconsider S2001-DECIDE S2001-TOTAL S2001-APPEAL SAR
"""
PLAIN: dict[str, Any] = {
    "rule": "TEA5", "title": "Tea", "duty": "Tea must be made.", "owes": "us", "counts": ["5 days after start"],
    "law": "House rule 1", "source": "the kitchen",
}  # fmt: skip


def test_every_rule_of_the_reference_is_there_by_its_name_and_no_name_twice() -> None:
    codes = [rule.code for rule in BOOK.rules]
    assert set(_NAMED.split()) <= set(codes)
    assert len(set(codes)) == len(codes)
    assert set(BOOK.no_limits) == {"REG45-cease", "REG45-reconsider"}
    assert {"EX_SCHOOL", "EX_EY", "EX_PERSONAL", "EX_ABSENT", "EX_APPT", "NOCERT"} <= set(BOOK.exceptions)


def test_every_clock_names_its_law_its_source_and_who_owes_it() -> None:
    for clock in BOOK.clocks:
        assert len(clock.law) > 5, clock.code
        assert clock.source, clock.code
        assert clock.duty.endswith("."), clock.code
        assert clock.owes in Owes
    regulated = [clock for clock in BOOK.clocks if "SI 2014/1530" in clock.law]
    assert len(regulated) > 40
    assert all(clock.first and clock.first >= date(2014, 9, 1) for clock in regulated)
    assert all("reg" in clock.law for clock in regulated)


def test_what_nobody_could_verify_is_marked() -> None:
    assert not [clock.code for clock in BOOK.clocks if clock.certain and "not checked" in clock.source]
    assert {clock.rule for clock in BOOK.clocks if not clock.certain} >= set(_UNVERIFIED.split())
    assert all(clock.certain for clock in BOOK.clocks if clock.rule in ("EHC6", "EHC20", "DEC4", "AMF12"))
    for rule in ("REG10", "LAR30", "BUN10", "DEC10"):  # today's, and before the Tribunal had its rules
        assert [clock.certain for clock in BOOK.versions(rule)] == [True, False]


def test_a_rule_takes_its_days_by_the_names_of_the_reference() -> None:
    other = {
        "APL": (("decision", False), ("certificate", True)),
        "REV": (("meeting", False),),
        "MOVE": (("move", False), ("aware", False)),
        "MOVEREV": (("last_review", False), ("transfer", False)),
        "PT215": (("transfer_year", False),),
        "PT331": (("transfer_year", False),),
        "PT5M": (("transfer", False),),
        "S2001-REPORT": (("start", False), ("term_end", True)),
    }
    for rule in BOOK.rules:
        assert BOOK.facts(rule) == other.get(rule.code, (("start", False),)), rule.code


def test_each_limit_is_lifted_by_its_own_exceptions_only() -> None:
    assessing = {"EX_SCHOOL", "EX_EY", "EX_PERSONAL", "EX_ABSENT"}
    lifting = {clock.rule: set(clock.lifted_by) for clock in BOOK.clocks}
    assert lifting["EHC6"] == lifting["EHC16"] == lifting["EHC20"] == lifting["REASS14"] == assessing
    assert lifting["ADV6"] == {"EX_APPT"}
    assert lifting["MED2M"] == {"NOCERT"}
    assert lifting["REG44-assess"] == {"EX_PERSONAL", "EX_ABSENT2", "EX_LATE_REPS"}
    assert not lifting["APL"] | lifting["DRAFT15"] | lifting["REG44-cease"] | lifting["DISC6M"]


def test_duties_that_are_due_as_soon_as_practicable_say_so() -> None:
    assert {clock.rule for clock in BOOK.clocks if clock.longstop} == {"EHC6", "EHC16", "EHC20", "REASS14", "AMF8"}


def test_every_line_of_counting_says_what_it_was_read_from() -> None:
    lines = {
        line
        for name in FILES
        for entry in tomllib.loads((folder() / "clocks" / f"{name}.toml").read_text("utf-8")).get("clock", ())
        for line in entry["counts"]
    }
    assert len(lines) > 30
    for line in lines:
        assert read_limit(line).words == line


@pytest.mark.parametrize(
    ("line", "limit"),
    [
        ("6 weeks after start", Limit("start", 6, CountedIn.WEEKS)),
        ("1 week after start", Limit("start", 1, CountedIn.WEEKS)),
        ("  15  days beginning with aware ", Limit("aware", 15, CountedIn.DAYS, beginning_with=True)),
        ("10 working days before start", Limit("start", 10, CountedIn.WORKING_DAYS, before=True)),
        ("999 months after last_review", Limit("last_review", 999, CountedIn.MONTHS)),
        ("on start", Limit("start")),
        ("last day before 15 February of transfer_year", Limit("transfer_year", fixed=(2, 15))),
        ("last day before 31 December of start", Limit("start", fixed=(12, 31))),
    ],
)
def test_a_line_is_read_as_one_would_read_it(line: str, limit: Limit) -> None:
    assert read_limit(line) == limit


@pytest.mark.parametrize(
    "line",
    ["", "6 weeks", "six weeks after start", "0 weeks after start", "1000 days after start", "-1 days after start",
     "6 weeks after Start", "6 years after start", "6 weeks until start", "6 weeks after start or so",
     "last day before 15 Feb of start", "on"],
)  # fmt: skip
def test_a_line_that_cannot_be_counted_is_refused_with_an_example(line: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be counted\. Write it as “6 weeks after start”"):
        read_limit(line)


def test_a_fixed_day_that_some_years_do_not_have_is_refused() -> None:
    for line, day in {"30 February": "30 February", "29 February": "29 February", "31 April": "31 April"}.items():
        with pytest.raises(ValueError, match=f"There is no {day} in every year"):
            read_limit(f"last day before {line} of start")


def test_the_entry_this_test_spoils_is_good_before() -> None:
    book = read_book([{"clock": [PLAIN]}])
    assert [(rule.code, rule.title, rule.clocks) for rule in book.rules] == [("TEA5", "Tea", ("TEA5",))]
    (clock,) = book.clocks
    assert (clock.certain, clock.skips, clock.longstop, clock.target, clock.counting) == (
        True, False, False, False, "5 days after start",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"lifts": ["x"]}, "TEA5: “lifts” means nothing"),
        ({"law": None}, "TEA5: “law” is missing"),
        ({"source": None}, "TEA5: “source” is missing"),
        ({"rule": None}, r"\?: “rule” is missing"),
        ({"owes": "queen"}, "TEA5: 'queen'"),
        ({"ends": "somewhere"}, "TEA5: 'somewhere'"),
        ({"pick": "best"}, "TEA5: 'best'"),
        ({"first": "2014-09-01"}, "TEA5: “first” and “last” are days, in this order"),
        ({"first": date(2020, 5, 2), "last": date(2020, 5, 1)}, "TEA5: “first” and “last” are days, in this order"),
        ({"counts": ["soon"]}, "TEA5: “soon” cannot be counted"),
        ({"lifted_by": ["EX_TEA"]}, "TEA5: there is no exception EX_TEA"),
        ({"instead_before": "TEA4"}, "TEA5: there is no rule TEA4"),
        ({"instead_after": "TEA6"}, "TEA5: there is no rule TEA6"),
        ({"optional": ["start"]}, "TEA5: the first day cannot be missing"),
        ({"optional": ["milk"]}, "TEA5: the first day cannot be missing"),
        ({"skips": True}, "TEA5: days are left out of working days only"),
        ({"pick": "if_known"}, "TEA5: “if_known” needs two countings"),
        ({"known": "5 days before start"}, "TEA5: “if_known” needs two countings"),
        ({"pick": "if_known", "known": "5 days before start"}, "TEA5: “if_known” needs two countings"),
    ],
)
def test_a_slip_in_an_entry_is_refused_by_the_entrys_name(slip: dict[str, Any], words: str) -> None:
    entry = {key: value for key, value in {**PLAIN, **slip}.items() if value is not None}
    with pytest.raises(ValueError, match=words):
        read_book([{"clock": [entry]}])


def test_a_line_that_cannot_be_counted_is_shown_in_part_with_three_that_can() -> None:
    with pytest.raises(ValueError, match="counted") as refused:
        read_limit("x" * 99)
    assert str(refused.value) == (
        f"“{'x' * 60}” cannot be counted. Write it as “6 weeks after start”, “15 days beginning with start” or “10 "
        "working days before hearing”."
    )


def test_a_day_that_any_clock_of_a_rule_needs_cannot_be_missing() -> None:
    needs = {**PLAIN, "counts": ["1 day after start", "1 day after milk"]}
    spares = {**needs, "part": "late", "optional": ["milk"]}
    for clocks in ([needs, spares], [spares, needs]):
        book = read_book([{"clock": clocks}])
        assert book.facts(book.rule("TEA5")) == (("start", False), ("milk", False))
    book = read_book([{"clock": [spares]}])
    assert book.facts(book.rule("TEA5")) == (("start", False), ("milk", True))


def test_a_name_that_is_not_in_the_book_is_told() -> None:
    with pytest.raises(KeyError, match="CAKE"):
        BOOK.rule("CAKE")
    assert BOOK.versions("CAKE") == ()


def test_two_versions_may_not_be_law_on_the_same_day() -> None:
    turn = date(2020, 5, 1)
    old, new = {**PLAIN, "last": turn}, {**PLAIN, "first": turn}
    with pytest.raises(ValueError, match="TEA5: two versions are law on the same day"):
        read_book([{"clock": [old, new]}])
    with pytest.raises(ValueError, match="two versions"):
        read_book([{"clock": [PLAIN]}, {"clock": [PLAIN]}])
    assert read_book([{"clock": [{**old, "last": date(2020, 4, 30)}, new]}])
    assert read_book([{"clock": [PLAIN, {**PLAIN, "part": "milk"}]}])


def test_a_rule_and_a_suspension_name_clocks_that_are_there() -> None:
    rule = {"code": "TEA", "title": "All of tea", "clocks": ["TEA5", "CAKE"]}
    with pytest.raises(ValueError, match="TEA: there is no clock CAKE"):
        read_book([{"clock": [PLAIN], "rule": [rule]}])
    with pytest.raises(ValueError, match="TEA: “facts” means nothing"):
        read_book([{"clock": [PLAIN], "rule": [{**rule, "facts": "start"}]}])
    with pytest.raises(ValueError, match="Two rules have the same name"):
        read_book([{"clock": [PLAIN], "rule": [{**rule, "clocks": ["TEA5"]}] * 2}])
    with pytest.raises(ValueError, match="a file of rules: “clocks” means nothing"):
        read_book([{"clocks": [PLAIN]}])
    with pytest.raises(ValueError, match="TEA: “words” is missing"):
        read_book([{"no_limit": [{"code": "TEA"}]}])
    snow = {"code": "SNOW", "title": "Snow", "first": date(2020, 1, 1), "rules": ["CAKE", "TEA5"], "words": "Snow.",
            "law": "none", "source": "none"}  # fmt: skip
    with pytest.raises(ValueError, match="SNOW: there is no clock CAKE"):
        read_book([{"clock": [PLAIN], "suspension": [snow]}])
    with pytest.raises(ValueError, match="SNOW: “until” means nothing"):
        read_book([{"clock": [PLAIN], "suspension": [{**snow, "until": date(2020, 1, 2)}]}])
    book = read_book([{"clock": [PLAIN], "suspension": [{**snow, "rules": ["TEA5"]}]}])
    assert (book.suspensions[0].last, book.suspensions[0].certain) == (None, True)


def test_a_rule_of_several_clocks_stands_before_them_and_one_that_changed_has_its_newest_title() -> None:
    cake = {**PLAIN, "rule": "CAKE", "title": "Cake"}
    old = {**PLAIN, "title": "Old tea", "last": date(2019, 12, 31)}
    new = {**PLAIN, "first": date(2020, 1, 1)}
    both = {"code": "ALL", "title": "All", "clocks": ["TEA5", "CAKE"]}
    book = read_book([{"clock": [cake, new, old], "rule": [both]}])
    assert [(rule.code, rule.title) for rule in book.rules] == [("ALL", "All"), ("CAKE", "Cake"), ("TEA5", "Tea")]


def _happening(**changes: Any) -> dict[str, Any]:
    fact = {"name": "boiled", "asks": "Day the water boiled"}
    entry = {"code": "boil", "title": "The water boiled", "topics": [], "facts": [fact],
             "rules": ["TEA5 start=boiled"]}  # fmt: skip
    return {"happening": [{**entry, **changes}]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rules": ["CAKE start=boiled"]}, "boil: there is no rule CAKE"),
        ({"rules": ["TEA5 start"]}, "boil: the days of TEA5 do not fit"),
        ({"rule": ["TEA5 start=boiled"]}, "boil: “rule” means nothing"),
        ({"facts": [{"name": "boiled"}]}, "boil: “asks” is missing"),
        ({"kinds": [{"code": "k", "title": "K", "lift": ["EX_TEA"]}]}, "boil: “lift” means nothing"),
        ({"unlikely": [{"fact": "boiled", "words": "x", "unless": "on boiled"}]}, "boil: “unless” means nothing"),
        ({"rules": ["TEA5 begin=boiled"]}, "boil: the days of TEA5 do not fit"),
        ({"rules": ["TEA5 start=poured"]}, "boil: the days of TEA5 do not fit"),
        ({"kinds": [{"code": "k", "title": "K", "rules": ["TEA5"]}]}, "boil: the days of TEA5 do not fit"),
        ({"exceptions": ["EX_TEA"]}, "boil: there is no exception EX_TEA"),
        ({"kinds": [{"code": "k", "title": "K", "lifts": ["EX_TEA"]}]}, "boil: there is no exception EX_TEA"),
        ({"kinds": [{"code": "k", "title": "K", "topics": ["tea"]}]}, "boil: “tea” is a topic of k only"),
        ({"done": [{"rule": "TEA5", "fact": "boiled"}]}, "boil: “words” is missing"),
        ({"done": [{"rule": "TEA5", "fact": "boiled", "words": "x", "by": "x"}]}, "boil: “by” means nothing"),
        ({"done": [{"rule": "CAKE", "fact": "boiled", "words": "x"}]}, "nothing can show that CAKE is done"),
        ({"done": [{"rule": "TEA5", "fact": "poured", "words": "x"}]}, "nothing can show that TEA5 is done"),
        ({"done": [{"rule": "TEA5", "fact": "boiled", "words": "x", "since": "poured"}]}, "that TEA5 is done"),
        ({"unlikely": [{"fact": "boiled", "words": "x"}]}, "boil: an unlikely day that cannot be checked"),
        ({"unlikely": [{"fact": "poured", "words": "x", "before": "on boiled"}]}, "an unlikely day"),
        ({"unlikely": [{"fact": "boiled", "words": "x", "after": "on poured"}]}, "an unlikely day"),
    ],
)
def test_a_slip_in_what_can_have_happened_is_refused(changes: dict[str, Any], words: str) -> None:
    book = read_book([{"clock": [PLAIN]}])
    assert read_happenings(_happening(), book)
    with pytest.raises(ValueError, match=words):
        read_happenings(_happening(**changes), book)


def test_every_rule_can_be_reached_from_what_a_parent_would_tell() -> None:
    """All but those that stand for others, or for times long past, or that happen inside the Tribunal."""
    reached = {
        follows.rule
        for happening in shipped_happenings()
        for follows in (*happening.rules, *(rule for kind in happening.kinds for rule in kind.rules))
    }
    assert {rule.code for rule in BOOK.rules} - reached == {
        "REV", "HRG20", "S2001-ADVICE", "S2001-PAPERS", "S2001-REPORT", "S2001-REVIEWED",
    }  # fmt: skip
