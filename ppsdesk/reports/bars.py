"""Which bars stand beside a table: its largest rows now against before, and words for those who cannot see them."""

from __future__ import annotations

from dataclasses import replace

from ppsdesk.domain.breakdowns import WAITING
from ppsdesk.domain.document import Bar, Block, ChartSpec, Note
from ppsdesk.domain.figures import Cell, Count, FigureTable
from ppsdesk.reports.definitions import SPOKEN, WORDINGS, of_several
from ppsdesk.reports.house_style import shown

MOST_BARS = 12
LARGEST = 3  # figures that the alternative text names
NAMED_ALL = 4  # so few bars are all named
BY_ATTEMPT = "Reached at"  # begins the rows that say once more how those were reached whom the other rows count
NO_ANSWERS = (
    "not entered",
    "not known",
    "not asked",
    "refused",
    "cannot be",
    "calls that cannot",
)  # how their labels begin


def of_periods(table: FigureTable) -> tuple[Block, ...]:
    """Bars in the order of time; of many rows all are drawn, as nothing else shows how the years went."""
    return _chart(table, [_bar(table, row) for row in table.rows])


def of_months(table: FigureTable) -> tuple[Block, ...]:
    """Bars in the order of time, of the last twelve months."""
    left = max(len(table.rows) - MOST_BARS, 0)
    note = f"The last {MOST_BARS} of the table’s {len(table.rows)} months are drawn." if left else ""
    return _chart(table, [_bar(table, row) for row in table.rows[left:]], note)


def of_entries(table: FigureTable) -> tuple[Block, ...]:
    """Bars of the largest entries, "Other" and "Not entered" last; nothing where fewer than two have any figure."""
    rows = [row for row in table.rows if table.id != WAITING or not str(row[0]).startswith(BY_ATTEMPT)]
    drawn = [bar for bar in (_bar(table, row) for row in rows) if _drawn(bar)]
    if len(drawn) < 2:
        return ()
    words = WORDINGS.get(table.id)
    if words is None or not words.ordered or len(drawn) > MOST_BARS:
        drawn.sort(key=_size)
    ends = sorted((bar for bar in drawn if at_the_end(bar.label)), key=lambda bar: not _other(bar.label))
    largest = [bar for bar in drawn if not at_the_end(bar.label)]
    kept = (largest[: max(MOST_BARS - len(ends), 1)] + ends)[:MOST_BARS]
    note = f"{len(kept)} of {len(drawn)} entries are drawn; the table has the others." if drawn[len(kept) :] else ""
    return _chart(table, kept, note)


def now_column(table: FigureTable) -> int:
    """The column of the last period: two before the change. ValueError for a table without a change."""
    return [column.kind for column in table.columns].index("change") - 2


def _bar(table: FigureTable, row: tuple[Cell, ...]) -> Bar:
    at = now_column(table)
    counts = tuple(cell for cell in row[at : at + 2] if isinstance(cell, Count))
    marks = tuple(count.mark for count in counts)
    return Bar(str(row[0]), tuple(count.value for count in counts), marks if any(marks) else ())


def _drawn(bar: Bar) -> bool:
    return any(bar.values) or any(bar.marks)


def _size(bar: Bar) -> tuple[bool, int]:
    """Largest first; a hidden figure stands before nought and after all that are shown, so that nothing is betrayed."""
    hidden = bool(bar.marks and bar.marks[0])
    return not bar.values[0] and not hidden, -(bar.values[0] or 0)


def at_the_end(label: str) -> bool:
    """Whether an entry stands after all others however large it is."""
    return _other(label) or label.casefold().startswith(NO_ANSWERS)


def _other(label: str) -> bool:
    """ "Other", or "Other (write it down)"; "Other professional" is an entry as any."""
    first, _blank, more = label.casefold().partition(" ")
    return first.rstrip(":,") == "other" and (not more or more.startswith("("))


def _chart(table: FigureTable, bars: list[Bar], note: str = "") -> tuple[Block, ...]:
    at = now_column(table)
    series: tuple[str, ...] = (table.columns[at].head, table.columns[at + 1].head)
    if all(bar.values[1] is None and not any(bar.marks[1:]) for bar in bars):
        bars, series = [replace(bar, values=bar.values[:1], marks=bar.marks[:1]) for bar in bars], series[:1]
    title = f"{table.title[:1].lower()}{table.title[1:]}"
    spec = ChartSpec(
        caption=f"{table.title} (unit: {table.unit.label.lower()})",
        series=series,
        bars=tuple(bars),
        alternative=f"Bar chart, {title}{_said(bars, series)}.",
    )
    words = " ".join(part for part in (note, of_several(table.id) if table.several else "") if part)
    return (spec, Note(words)) if words else (spec,)


def _said(bars: list[Bar], series: tuple[str, ...]) -> str:
    if len(bars) <= NAMED_ALL:
        return f". {spoken(bars, series)}"
    largest = sorted(bars, key=_size)[:LARGEST]
    return f", {len(bars)} entries. The largest are {spoken(largest, series)}"


def spoken(bars: list[Bar], series: tuple[str, ...]) -> str:
    """The bars in words: "Central: 31 against 22 in the same days of the year before; North: …"."""
    return "; ".join(_figures(bar, series) for bar in bars)


def _figures(bar: Bar, series: tuple[str, ...]) -> str:
    marks = bar.marks or ("",) * len(bar.values)
    now, *before = (Count(value, mark=mark) for value, mark in zip(bar.values, marks, strict=True))
    figure = "no figure" if now.value is None and not now.mark else shown(now)
    then = SPOKEN.get(series[-1], f"in {series[-1]}")
    against = [f" against {shown(count)} {then}" for count in before if count.value is not None or count.mark]
    return f"{bar.label}: {figure}{''.join(against)}"
