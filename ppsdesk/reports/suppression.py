"""Figures for readers outside of the service: counts so small that they could tell of a person are hidden.

This is primary suppression. What could be worked out from a total and the other rows stays where it is, and the page
says so. Source: domain reference section 8 (counts above nought and below the service's own threshold; percentages of
so few, or on a base under 10).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ppsdesk.domain.figures import SMALL_BASE, Cell, Count, FigureTable, Report, Share, places
from ppsdesk.reports import area_trends
from ppsdesk.reports.house_style import hidden_words

CLOSE = 0.51  # of the last place a percentage is rounded to


def suppressed(report: Report, least: int) -> Report:
    """The report with every count above nought and below `least` hidden, and whatever would tell it in its row.

    Hidden figures have no selection behind them, a `why`, and counts a `mark` ("1 to 4"); noughts stay. A report that
    was suppressed before is never opened again: the higher threshold holds. Texts are left as they are, so that no
    builder may put a count into a label, a note or a definition.
    """
    rule = _Rule(max(least, report.least_published or 0))
    tables = tuple(_table(table, rule) for table in report.tables)
    if report.name == area_trends.NAME:  # a row's place among the largest changes would tell a hidden one
        tables = tuple(area_trends.in_order(table) for table in tables)
    return replace(report, tables=tables, least_published=rule.least)


@dataclass(frozen=True, slots=True)
class _Rule:
    least: int

    def is_small(self, value: int | None) -> bool:
        return value is not None and 0 < abs(value) < self.least

    @property
    def why(self) -> str:
        return f"fewer than {self.least}, and not shown so that nobody can be recognised"

    @property
    def why_beside(self) -> str:
        return f"not shown, as it would give away a figure of fewer than {self.least} beside it"

    def count(self, count: Count) -> Count:
        """Hidden where it is small."""
        return Count(None, why=self.why, mark=hidden_words(self.least)) if self.is_small(count.value) else count


def _table(table: FigureTable, rule: _Rule) -> FigureTable:
    kinds = tuple(column.kind for column in table.columns)
    return replace(
        table,
        rows=tuple(_Row(row, kinds, rule).hidden() for row in table.rows),
        bases=tuple((label, rule.count(count)) for label, count in table.bases),
    )


class _Row:
    """One row: its counts first, and then what is made from them."""

    def __init__(self, row: tuple[Cell, ...], kinds: tuple[str, ...], rule: _Rule) -> None:
        self._row, self._kinds, self._rule = row, kinds, rule
        self._counts = [
            (at, cell)
            for at, (cell, kind) in enumerate(zip(row, kinds, strict=True))
            if isinstance(cell, Count) and kind != "change"
        ]

    def hidden(self) -> tuple[Cell, ...]:
        return tuple(self._cell(at, cell, self._kinds[at]) for at, cell in enumerate(self._row))

    def _cell(self, at: int, cell: Cell, kind: str) -> Cell:
        if isinstance(cell, str):
            return cell
        if isinstance(cell, Share):
            return self._share(at, cell, kind)
        if kind != "change":
            return self._rule.count(cell)
        if cell.value is None:
            return cell
        value = cell.value
        secret = self._tells(at, lambda now, before: now - before == value)
        return Count(None, why=self._rule.why_beside) if secret else cell

    def _share(self, at: int, cell: Share, kind: str) -> Share:
        base = None if self._rule.is_small(cell.base) else cell.base
        part = None if self._rule.is_small(cell.part) else cell.part
        if cell.per_cent is None:
            return replace(cell, base=base, part=part)
        if why := self._why(at, cell, cell.per_cent, kind):
            return Share(None, base, why=why, part=part)
        return cell

    def _why(self, at: int, cell: Share, per_cent: float, kind: str) -> str:
        """Why the percentage is not given; nothing where it may be."""
        if cell.base is not None and cell.base < SMALL_BASE:
            return f"no percentage on a base under {SMALL_BASE}"
        if kind == "share":
            return self._why_of_a_part(cell, per_cent)
        tells = self._tells(
            at, lambda now, before: before > 0 and _close(100 * (now - before) / before, per_cent, before)
        )
        return self._rule.why_beside if tells else ""

    def _why_of_a_part(self, cell: Share, per_cent: float) -> str:
        if cell.part is not None:
            return f"no percentage of fewer than {self._rule.least}" if self._rule.is_small(cell.part) else ""
        # what it is a part of is not said: it may be of any count of the row
        return self._rule.why_beside if any(self._rule.is_small(count.value) for _at, count in self._counts) else ""

    def _tells(self, at: int, fits: Callable[[int, int], bool]) -> bool:
        """Whether a figure made from two counts is made from a hidden one.

        The two are those before it in the row, if the figure is what they give; else it could be any.
        """
        pair = [count.value for place, count in self._counts if place < at][-2:]
        match pair:
            case [int(now), int(before)] if fits(now, before):
                return self._rule.is_small(now) or self._rule.is_small(before)
        return any(count.value is None or self._rule.is_small(count.value) for _at, count in self._counts)


def _close(worked_out: float, printed: float, base: int) -> bool:
    return abs(worked_out - printed) <= (CLOSE / 10 if places(base) else CLOSE)
