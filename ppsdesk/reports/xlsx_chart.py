"""A chart of Excel's own, over the cells of the table: the first series solid, the second outlined and hatched."""

from __future__ import annotations

from typing import Any

from ppsdesk.domain.document import ChartSpec
from ppsdesk.domain.figures import FigureTable
from ppsdesk.reports.footnotes import value
from ppsdesk.reports.house_style import ACCENT, INK, MISSING, PAPER, QUIET
from ppsdesk.reports.safe_text import clean, one_line
from ppsdesk.reports.xlsx_page import ROW

WIDEST, NARROWEST, HEAD, BAR = 860, 620, 70, 22  # pixels
LONGEST_NAME = 120  # of a series, in characters
LONGEST = 2_000  # characters of the words for those who do not see it

FONT = {"name": "Arial", "size": 10, "color": INK}
SOLID = {"fill": {"color": ACCENT}, "border": {"none": True}}
HATCHED = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": QUIET, "bg_color": PAPER},
    "border": {"color": QUIET, "width": 0.75},
}


def chart_width(across: int) -> int:
    """As wide as the table above it, where that is neither too narrow to read nor very wide."""
    return min(max(across, NARROWEST), WIDEST)


def chart_height(spec: ChartSpec, *, most: int) -> int:
    """Room for every bar; closer together where a printed page holds no more."""
    return min(HEAD + BAR * len(spec.series) * max(len(spec.bars), 1), most)


def insert_chart(
    book: Any, sheet: Any, name: str, spec: ChartSpec, table: FigureTable, *, top: int, at: int, size: tuple[int, int]
) -> int:
    """Put the chart at that row, over the rows of the table that begins at `top`; the next free row. `size` is its
    width and height in pixels.

    Where the bars are not rows of the table, their figures are written below the chart, and it is made over those.
    """
    wide, high = size
    below = at + high // ROW + 2
    place = _in_table(spec, table, top)
    if place is None:
        place = _written(sheet, spec, below)
        below += len(spec.bars) + 3
    head, rows, columns = place
    chart = book.add_chart({"type": "bar"})
    for series in range(len(spec.series)):
        chart.add_series(
            {
                "name": [name, head, columns[series + 1]],
                "categories": _reference(name, rows, columns[0]),
                "values": _reference(name, rows, columns[series + 1]),
                "data_labels": {"value": True, "font": FONT, "custom": _labels(spec, series)},
                "gap": 60,
                "overlap": 0,
                **(HATCHED if series else SOLID),
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": FONT, "major_tick_mark": "none"})
    chart.set_size({"width": wide, "height": high})
    words = one_line(spec.alternative, limit=LONGEST)
    sheet.insert_chart(at, 0, chart, {"description": words, "object_position": 2})
    return below


def chart_key(spec: ChartSpec) -> str:
    """Which bars are which, from the top one down. In words, as programs differ in the order of their own legends."""
    solid, *hatched = (one_line(series, limit=LONGEST_NAME) for series in spec.series)
    return f"Solid: {solid}. Hatched: {hatched[0]}." if hatched else f"Bars: {solid}."


def _labels(spec: ChartSpec, series: int) -> list[dict[str, Any] | None]:
    """What stands at the end of a bar that has no figure; the others have theirs."""
    made: list[dict[str, Any] | None] = []
    for bar in spec.bars:
        mark = bar.marks[series] if bar.marks else ""
        made.append({"value": mark or MISSING, "font": FONT} if bar.values[series] is None else None)
    return made


def _reference(name: str, rows: tuple[int, ...], column: int) -> str | list[Any]:
    """The cells of that column in those rows, in that order."""
    from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

    first, last = rows[0], rows[-1]
    if rows == tuple(range(first, last + 1)):
        return [name, first, column, last, column]
    cells = ",".join(f"{quote_sheetname(name)}!{xl_rowcol_to_cell(row, column, True, True)}" for row in rows)
    return f"=({cells})"


def _in_table(spec: ChartSpec, table: FigureTable, top: int) -> tuple[int, tuple[int, ...], tuple[int, ...]] | None:
    """Head row, rows and columns of what the chart shows; None where it shows anything else."""
    labels = [row[0] for row in table.rows]
    if not spec.bars or len(set(labels)) < len(labels) or any(bar.label not in labels for bar in spec.bars):
        return None
    rows = tuple(labels.index(bar.label) for bar in spec.bars)
    columns: list[int] = [0]
    for series, named in enumerate(spec.series):
        wanted = [bar.values[series] for bar in spec.bars]
        fitting = [
            at
            for at, column in enumerate(table.columns)
            if column.kind == "count" and at not in columns and [value(table.rows[row][at]) for row in rows] == wanted
        ]
        if not fitting:
            return None
        columns.append(next((at for at in fitting if table.columns[at].head == named), fitting[0]))
    return top, tuple(top + 1 + row for row in rows), tuple(columns)


def _written(sheet: Any, spec: ChartSpec, at: int) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    for series, text in enumerate(spec.series, start=1):
        sheet.write_string(at, series, one_line(text, limit=250))
    for row, bar in enumerate(spec.bars, start=at + 1):
        sheet.write_string(row, 0, clean(bar.label, limit=1000))
        for series, number in enumerate(bar.values):
            mark = (bar.marks[series] if bar.marks else "") or MISSING
            if number is None:
                sheet.write_string(row, series + 1, mark)
            else:
                sheet.write_number(row, series + 1, number)
    return at, tuple(range(at + 1, at + 1 + max(len(spec.bars), 1))), tuple(range(len(spec.series) + 1))
