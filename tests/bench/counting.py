"""Figures for a paper from a million calls, beside hand-written SQL for the same figures on the same file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.figures import Count, Report
from ppsdesk.services.reporting import Reporting
from tests.bench.files import Files, bare, services
from tests.bench.measuring import Outcome, Pair, Scale, milliseconds, side_by_side

GOAL = 1.2
AT_ONCE = 9  # times in a round
AS_OF = date(2026, 3, 31)
PERIODS = ("2023-24", "2024-25", "2025-26")

# One statement. Years that are compared with each other are counted once; the last one stops at the end of March.
BY_HAND = """
SELECT (SELECT min(taken_on) FROM call WHERE removed_at IS NULL),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2022-09-01' AND '2023-07-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2023-09-01' AND '2024-07-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2024-09-01' AND '2025-07-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2024-09-01' AND '2025-03-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2025-09-01' AND '2026-03-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2024-08-01' AND '2024-08-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2025-08-01' AND '2025-08-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NULL AND taken_on BETWEEN '2026-04-01' AND '2026-08-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NOT NULL AND taken_on BETWEEN '2023-09-01' AND '2024-07-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NOT NULL AND taken_on BETWEEN '2024-09-01' AND '2025-07-31'),
  (SELECT count(*) FROM call WHERE removed_at IS NOT NULL AND taken_on BETWEEN '2025-09-01' AND '2026-03-31')
"""


def figures(files: Files, scale: Scale) -> Outcome:
    """The report of three years with comparisons and what was left out, through `Reporting.call_volumes`.

    Measured at three sizes for the growth; the largest is the one that counts.
    """
    pairs = {calls: _at(files.holding(calls), scale.rounds) for calls in scale.growth}
    notes = tuple(pair.words(f"{calls:,} calls", "ms") for calls, pair in pairs.items())
    return Outcome(name="figures", unit="ms", pair=pairs[scale.largest], goal=GOAL, notes=notes)


def _at(desk: Path, rounds: int) -> Pair:
    opened = services(desk)
    with bare(desk) as connection:

        def ours() -> None:
            _report(opened.reporting)

        def floor() -> None:
            _by_hand(connection)

        assert _figures_of(_report(opened.reporting)) == _by_hand(connection)[1:], "the two count differently"
        pair = side_by_side(lambda: _typical(ours), lambda: _typical(floor), rounds=rounds)
    opened.close()
    return pair


def _typical(work: Callable[[], None]) -> float:
    """The middle of several times: one of a few milliseconds says more about what else the computer did."""
    return median(milliseconds(work) for _ in range(AT_ONCE))


def _report(reporting: Reporting) -> Report:
    return reporting.call_volumes(PERIODS, year_ends=YearEnds.JULY, as_of=AS_OF)


def _by_hand(connection: Any) -> tuple[Any, ...]:
    connection.execute("BEGIN")
    [found] = connection.execute(BY_HAND).fetchall()
    connection.execute("COMMIT")
    return tuple(found)


def _figures_of(report: Report) -> tuple[int | None, ...]:
    """The report's figures in the order of the hand-written statement."""
    rows = report.table("by-year").rows
    now, before = ([_value(row[place]) for row in rows] for place in (1, 2))
    left_out = [[_value(cell) for cell in row[1:]] for row in report.table("excluded").rows]
    august, later, removed = left_out
    return (before[0], now[0], now[1], before[2], now[2], august[0], august[1], later[2], *removed)


def _value(cell: object) -> int | None:
    assert isinstance(cell, Count)
    return cell.value
