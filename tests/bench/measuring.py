"""Ours beside the floor: interleaved rounds, medians, and rounds thrown away in which the floor itself moved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

MOVED = 0.30  # share of its median by which the floor may move in a round that still counts

Measure = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a run is: calls in the largest and the ordinary file, rows of the workbook, saves, people, open
    matters, rounds."""

    largest: int = 1_000_000
    ordinary: int = 100_000
    rows: int = 100_000
    saves: int = 200
    people: int = 60_000
    matters: int = 50_000
    rounds: int = 5

    @property
    def growth(self) -> tuple[int, ...]:
        """The sizes at which figures are printed, smallest first."""
        return (self.largest // 100, self.largest // 10, self.largest)


FULL = Scale()
TINY = Scale(largest=2_000, ordinary=100, rows=100, saves=10, people=300, matters=700, rounds=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of ours and the floor over the rounds that count, in the unit they were measured in."""

    ours: float
    floor: float
    rounds: int
    thrown_away: int

    def words(self, what: str, unit: str) -> str:
        """ "read: 1,520 ms, floor 1,310 ms, 1.16 ×"."""
        return f"{what}: {figure(self.ours)} {unit}, floor {figure(self.floor)} {unit}, {self.ours / self.floor:.2f} ×"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One line of the benchmark. `ratio` is ours divided by the floor, smaller is better; `goal` the ratio to reach."""

    name: str
    unit: str
    pair: Pair
    goal: float
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """Ours divided by the floor."""
        return self.pair.ours / self.pair.floor

    def entry(self) -> dict[str, object]:
        """As it stands in the JSON file."""
        return {
            "name": self.name,
            "ours": round(self.pair.ours, 4),
            "floor": round(self.pair.floor, 4),
            "ratio": round(self.ratio, 4),
            "goal": round(self.goal, 4),
        }


def side_by_side(ours: Measure, floor: Measure, *, rounds: int) -> Pair:
    """Measure both in turn, ours first and last in alternation, until `rounds` rounds count or twice as many ran.

    Each measure does its work once and returns what it cost.
    """
    found: list[tuple[float, float]] = []
    counted: list[tuple[float, float]] = []
    while len(counted) < rounds and len(found) < 2 * rounds:
        if len(found) % 2:
            bare = floor()
            found.append((ours(), bare))
        else:
            mine = ours()
            found.append((mine, floor()))
        counted = steady(found)
    return Pair(
        median(mine for mine, _ in counted),
        median(bare for _, bare in counted),
        len(counted),
        len(found) - len(counted),
    )


def steady(found: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The rounds whose floor stayed within `MOVED` of the floor's median."""
    middle = median(bare for _, bare in found)
    return [(mine, bare) for mine, bare in found if abs(bare - middle) <= MOVED * middle]


def milliseconds(work: Callable[[], object]) -> float:
    """Wall-clock time of the work done once."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def figure(value: float) -> str:
    """Three figures that mean something: "1,520", "15.2", "0.152"."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"
