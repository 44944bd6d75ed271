"""The engine that counts legal dates, and the slow count of the tests, asked the same questions.

    python -m tests.harness.clock_agreement [--pairs 200000] [--extra 2] [--faulty]

Every rule from every day of 2000 to 2035 on which it is law (and is refused on every other); so many random pairs of
days for each rule that takes two; all of it that depends on working days once more with random holidays added. Both
must give the same dates by the same names, the same law, and the same mark of the days of 2020. The status is 1 when
they differ anywhere.

With `--faulty` the engine gets a book with one limit a day longer and a list with one holiday less; it must be found.
A shorter form runs with the tests, in `tests/domain/test_clocks_agree.py`.
"""

from __future__ import annotations

import argparse
import sys
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from time import process_time

from ppsdesk.domain.clock_rules import ClockChange, RuleBook, changed
from ppsdesk.domain.clocks import reckon
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.working_days import WorkingDays
from ppsdesk.services.shipped_rules import shipped_book, shipped_days
from tests.domain import slow_clocks
from tests.domain.slow_holidays import bank_holidays, easter_sunday

FIRST, LAST = date(2000, 1, 1), date(2035, 12, 31)
DAY = timedelta(days=1)
SEED = 20140901
PAIRS = {
    "APL": ("decision", "certificate"),
    "MOVE": ("move", "aware"),
    "MOVEREV": ("last_review", "transfer"),
    "S2001-REPORT": ("start", "term_end"),
}
OPTIONAL = {"certificate", "term_end"}
# what depends on the day of the week, on bank holidays, August or Christmas
BY_WORKING_DAYS = ("APL", "BUN10", "CERT3D", "CERT3E", "CERT3N", "DEC10", "DISC6M", "ICB3", "LAR30", "MOVE", "REG10",
                   "S2001-APPEAL", "S2001-REPORT", "SAR")  # fmt: skip
_TURNS = (date(1994, 9, 1), date(2000, 3, 1), date(2002, 9, 1), date(2008, 11, 3), date(2010, 10, 1), date(2014, 9, 1),
          date(2015, 3, 23), date(2018, 4, 1), date(2018, 4, 3), date(2018, 5, 25), date(2020, 1, 22), date(2020, 5, 1),
          date(2020, 9, 25))  # fmt: skip
TURNS = tuple(turn + DAY * step for turn in _TURNS for step in (-1, 0, 1))


@dataclass
class Asked:
    """Both counts, with the same rules and the same holidays; how often they were asked, and where they differed."""

    book: RuleBook = field(default_factory=shipped_book)
    days: WorkingDays = field(default_factory=shipped_days)
    off: frozenset[date] = field(default_factory=bank_holidays)
    asked: int = 0
    differ: list[str] = field(default_factory=list)

    def ask(self, rule: str, on: dict[str, date]) -> None:
        """One question to both."""
        self.asked += 1
        wanted, got = self._slowly(rule, on), self._engine(rule, on)
        if wanted != got:
            self.differ.append(f"{rule} {_words(on)}: {got}, but slowly {wanted}")

    def _slowly(self, rule: str, on: dict[str, date]) -> tuple[dict[str, date], bool]:
        dates = slow_clocks.due(rule, on, self.off) if slow_clocks.in_force(rule, on) else {}
        return dates, bool(dates) and slow_clocks.covid_marked(rule, on, self.off)

    def _engine(self, rule: str, on: dict[str, date]) -> tuple[dict[str, date], bool]:
        try:
            found = reckon(self.book, rule, on, self.days)
        except Refused:
            return {}, False
        return {one.clock.part or one.clock.rule: one.due for one in found}, any(one.suspended for one in found)

    def starts(self, rules: Iterable[str], starts: Collection[date]) -> Asked:
        """Each rule from each of these days, which is every day it cannot do without."""
        for rule in rules:
            needs = [name for name in slow_clocks.inputs(rule) if name not in OPTIONAL]
            for day in starts:
                self.ask(rule, dict.fromkeys(needs, day))
        return self

    def pairs(self, rule: str, number: int, seed: int = SEED) -> Asked:
        """So many random pairs of days on which the rule is law; half of them close together, where they decide."""
        first, second = PAIRS[rule]
        chance, done = Random(f"{seed} {rule}"), 0
        while done < number:
            day = FIRST + DAY * chance.randrange((LAST - FIRST).days + 1)
            other = day + DAY * chance.choice((chance.randint(-32, 32), chance.randint(-70, 430)))
            on = {first: day, second: other}
            if slow_clocks.in_force(rule, on):
                self.ask(rule, on)
                done += 1
        return self


def with_holidays(number: int, seed: int) -> Asked:
    """Both counts after so many holidays more, on weekdays and weekends alike, were added to the list."""
    chance = Random(seed)
    more = {FIRST + DAY * chance.randrange((LAST - FIRST).days + 400): f"Added {place}" for place in range(number)}
    days = shipped_days()
    return Asked(days=replace(days, holidays={**more, **days.holidays}), off=bank_holidays() | frozenset(more))


def faulty() -> Asked:
    """The engine with one limit a day longer, and without one holiday of 2026."""
    book = changed(shipped_book(), [ClockChange(rule="ADV6", first=FIRST, counts=("43 days after start",), reason="x")])
    days = shipped_days()
    fewer = {day: name for day, name in days.holidays.items() if day != date(2026, 5, 4)}
    return Asked(book=book, days=replace(days, holidays=fewer))


def every_day() -> list[date]:
    """All of 2000 to 2035."""
    return [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]


def edges() -> list[date]:
    """Every August, the first and last days of every month, 24 December to 2 January, Easter, and the law's turns."""
    found = set(TURNS)
    for year in range(FIRST.year, LAST.year + 1):
        found |= {date(year, 8, day) for day in range(1, 32)}
        found |= {date(year, 12, day) for day in range(24, 32)} | {date(year, 1, 1), date(year, 1, 2)}
        found |= {date(year, month, 1) for month in range(1, 13)}
        found |= {date(year, month, monthrange(year, month)[1]) for month in range(1, 13)}
        found |= {easter_sunday(year) + DAY * step for step in range(-3, 3)}
    return sorted(found)


def _words(on: dict[str, date]) -> str:
    return " ".join(f"{name}={day}" for name, day in on.items())


def _all(pairs: int, extra: int) -> Iterator[tuple[str, Asked]]:
    yield "every rule from every day", Asked().starts(slow_clocks.RULES, every_day())
    for rule in PAIRS:
        yield f"random pairs of {rule}", Asked().pairs(rule, pairs)
    for number in range(extra):
        asked = with_holidays(300, SEED + number).starts(BY_WORKING_DAYS, every_day())
        for rule in set(PAIRS) & set(BY_WORKING_DAYS):
            asked.pairs(rule, pairs // 20, SEED + number)
        yield f"300 holidays added, list {number + 1}", asked


def main(arguments: list[str] | None = None) -> int:
    """Ask, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.clock_agreement", description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=200_000)
    parser.add_argument("--extra", type=int, default=2, help="how many lists with holidays added")
    parser.add_argument("--faulty", action="store_true", help="with a faulty engine: must be found")
    said = parser.parse_args(arguments)
    rounds = (
        [("faulty", faulty().starts(("ADV6", "CERT3N"), every_day()))] if said.faulty else _all(said.pairs, said.extra)
    )
    begun, wrong = process_time(), 0
    for what, asked in rounds:
        print(f"{what}: {asked.asked:,} asked, {len(asked.differ):,} differ ({process_time() - begun:.0f} s so far)")
        for line in asked.differ[:5]:
            print(f"  {line}")
        wrong += len(asked.differ)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
