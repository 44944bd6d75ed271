"""Shapes of report answers. A figure knows what it counted; a share knows its base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.periods import Period
from ppsdesk.domain.selection import Selection


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and of what: `selection` opens exactly these records. None when it cannot be given; `why` says why.

    `mark` is printed in the place of a figure that is hidden because it is small ("1 to 4").
    """

    value: int | None
    selection: Selection | None = None
    why: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage with its base; `per_cent` is None where the base does not carry one, and `why` says so."""

    per_cent: float | None
    base: int | None
    why: str = ""
    part: int | None = None  # of a share of a whole: how many the percentage stands for


Cell = str | Count | Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Head of a column; `kind` tells writers how to set and format it."""

    head: str
    kind: str = "count"  # text, count, change (signed), per_cent (signed), share (of the base, unsigned)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One table of a report: rows of cells in column order, the label first, the count second.

    `bases` say what the counts of each period are of: label and count. `several`: one call may be in several rows.
    """

    id: str
    title: str
    unit: Unit
    definition: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    bases: tuple[tuple[str, Count], ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report's whole answer, before anybody decides whether it becomes a page, a screen or a file.

    `least_published`: counts above nought and below it were hidden, for readers outside of the service; None where
    every count is the true one.
    """

    name: str
    title: str
    as_of: date
    year_ends: YearEnds
    periods: tuple[Period, ...]
    tables: tuple[FigureTable, ...]
    least_published: int | None = None

    def table(self, table_id: str) -> FigureTable:
        """The table of that id. KeyError if this report has none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


def change(now: Count, before: Count) -> Count:
    """The difference in numbers, or nothing where one of the two is missing."""
    if now.value is None or before.value is None:
        return Count(None, why=before.why or now.why)
    return Count(now.value - before.value)


SMALL_BASE = 10
WHOLE_PER_CENT = 100  # below such a base one decimal would say more than the figures do


def places(base: int | None) -> int:
    """Decimals of a percentage on that base: none below 100, else one. Source: domain reference section 8."""
    return 0 if (base or 0) < WHOLE_PER_CENT else 1


def change_per_cent(now: Count, before: Count) -> Share:
    """The difference as a percentage of the earlier figure; whole on a base under 100, not given on one under 10."""
    if now.value is None or before.value is None:
        return Share(None, before.value, why=before.why or now.why)
    if before.value < SMALL_BASE:
        return Share(None, before.value, why=f"no percentage on a base under {SMALL_BASE}")
    return Share(_per_cent(now.value - before.value, before.value), before.value)


def share(part: Count, base: Count) -> Share:
    """The part as a percentage of the base: whole per cents of a base under 100, else one decimal; none under 10."""
    if part.value is None or base.value is None:
        return Share(None, base.value, why=part.why or base.why, part=part.value)
    if base.value < SMALL_BASE:
        return Share(None, base.value, why=f"no percentage on a base under {SMALL_BASE}", part=part.value)
    return Share(_per_cent(part.value, base.value), base.value, part=part.value)


def _per_cent(part: int, base: int) -> float:
    """A half goes away from nought, as on a pocket calculator: 9 of 144 is 6.3, where `round` would say 6.2."""
    scale = 10 if places(base) else 1
    steps = (200 * scale * abs(part) + base) // (2 * base)
    return (-steps if part < 0 else steps) / scale
