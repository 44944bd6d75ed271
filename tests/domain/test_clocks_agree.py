"""The engine and the slow count of the tests give the same dates, the same law and the same marks.

The whole of it, every rule from every day of 2000 to 2035, is `python -m tests.harness.clock_agreement`.
"""

from __future__ import annotations

import pytest

from ppsdesk.services.shipped_rules import shipped_book
from tests.domain import slow_clocks
from tests.harness.clock_agreement import (
    BY_WORKING_DAYS,
    PAIRS,
    TURNS,
    Asked,
    edges,
    every_day,
    faulty,
    with_holidays,
)

# one rule for each way of counting that depends on working days, August or Christmas
EVERY_WAY = ("APL", "BUN10", "CERT3N", "DISC6M", "LAR30", "REG10", "SAR")
OTHERS = sorted(set(slow_clocks.RULES) - set(EVERY_WAY))


def test_the_slow_count_knows_every_rule_and_what_it_asks_for() -> None:
    book = shipped_book()
    codes = {rule.code for rule in book.rules}
    assert codes | set(book.no_limits) == set(slow_clocks.RULES)
    for rule in book.rules:
        assert tuple(name for name, _ in book.facts(rule)) == slow_clocks.inputs(rule.code)


def test_what_depends_on_working_days_agrees_from_every_day_of_36_years() -> None:
    asked = Asked().starts(EVERY_WAY, every_day())
    assert asked.differ[:3] == []
    assert asked.asked == 7 * 13_149


def test_every_other_rule_agrees_at_its_share_of_the_edges_of_36_years_and_on_days_between() -> None:
    asked = Asked()
    for number, rule in enumerate(OTHERS):
        asked.starts([rule], sorted({*TURNS, *edges()[number % 5 :: 5], *every_day()[number % 61 :: 61]}))
    assert asked.differ[:3] == []
    assert asked.asked > 40_000


@pytest.mark.parametrize("rule", PAIRS)
def test_rules_that_take_two_days_agree_for_random_pairs(rule: str) -> None:
    assert Asked().pairs(rule, 5_000).differ[:3] == []


def test_they_agree_after_holidays_were_added() -> None:
    asked = with_holidays(300, 1).starts(BY_WORKING_DAYS, every_day()[::17])
    for rule in ("APL", "MOVE"):
        asked.pairs(rule, 1_000)
    assert asked.differ[:3] == []


def test_a_limit_that_is_a_day_longer_and_a_holiday_that_is_missing_are_found() -> None:
    asked = faulty().starts(("ADV6", "CERT3N"), every_day()[8_000:10_000])
    found = {line.split()[0] for line in asked.differ}
    assert found == {"ADV6", "CERT3N"}
    assert any(line.startswith("CERT3N start=2026-04-30") for line in asked.differ)
