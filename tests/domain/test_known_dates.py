"""Some 600 dates that somebody worked out with a calendar, for every rule: the program and the slow count agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ppsdesk.domain.clocks import reckon
from ppsdesk.services.shipped_rules import shipped_book, shipped_days
from tests.domain import slow_clocks

LINES = Path(__file__).with_name("known_dates.tsv").read_text(encoding="utf-8").splitlines()
KNOWN = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
BOOK, DAYS = shipped_book(), shipped_days()


def days_of(written: str) -> dict[str, date]:
    named = (day.split("=") for day in written.split())
    return {name: date.fromisoformat(day) for name, day in named}


@pytest.mark.parametrize(("rule", "on", "expected"), KNOWN)
def test_a_date_worked_out_by_hand_comes_out(rule: str, on: str, expected: str) -> None:
    facts = days_of(on)
    assert " ".join(one.due.isoformat() for one in reckon(BOOK, rule, facts, DAYS)) == expected
    slow = slow_clocks.due(rule, facts, frozenset(DAYS.holidays))
    assert " ".join(day.isoformat() for day in slow.values()) == expected


def test_every_rule_is_among_the_dates_worked_out_by_hand() -> None:
    assert {rule for rule, _, _ in KNOWN} == {rule.code for rule in BOOK.rules}
