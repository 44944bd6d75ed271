"""A report as CSV in long form: one line for each cell, for spreadsheets and for programs that pivot.

UTF-8 with the mark at the beginning that Excel needs: a council's Excel opens a CSV file by a double click, and without
the mark takes it for the computer's old code page and spoils every name and dash. Other programs skip the mark.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from ppsdesk.domain.figures import Cell, Column, Count, FigureTable, Report
from ppsdesk.reports.footnotes import heads, row_label, value, why_none
from ppsdesk.reports.safe_text import clean, guarded

HEADS = ("table", "row", "column", "value", "unit", "note")
PER_CENT = "per cent"
TEXT = "text"

Line = tuple[str, str, str, str, str, str]


def write(report: Report, *, marking: str) -> bytes:
    """All tables, in order, and the marking as the note of the first line; numbers without separators, with a point.

    `value` is empty where no figure is given; `note` then says why.
    """
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerow(_guarded(("report", "marking", "", "", "", clean(marking))))
    for table in report.tables:
        writer.writerows(_guarded(line) for line in _lines(table))
    return held.getvalue().encode("utf-8-sig")


def _lines(table: FigureTable) -> Iterator[Line]:
    """The texts a row begins with name it, in this form together, so that every line can be told from the others."""
    names = heads(table)
    for row in table.rows:
        label = clean(row_label(row))
        first = next((at for at, cell in enumerate(row) if not isinstance(cell, str)), len(row))
        for cell, column, name in zip(row[first:], table.columns[first:], names[first:], strict=True):
            yield table.id, label, name, _figure(cell), _unit(cell, column, table), _note(cell)


def _guarded(line: Line) -> Line:
    """Texts only: a number stands for itself, also below nought."""
    table, row, column, figure, unit, note = line
    figure = guarded(figure) if unit == TEXT else figure
    return guarded(table), guarded(row), guarded(column), figure, unit, guarded(note)


def _figure(cell: Cell) -> str:
    if isinstance(cell, str):
        return clean(cell)
    number = value(cell)
    return "" if number is None else str(number)


def _unit(cell: Cell, column: Column, table: FigureTable) -> str:
    if isinstance(cell, str):
        return TEXT
    return PER_CENT if column.kind in ("per_cent", "share") else table.unit.value


def _note(cell: Cell) -> str:
    """The mark and why, where no figure is given."""
    why = clean(why_none(cell))
    mark = cell.mark if isinstance(cell, Count) and cell.value is None else ""
    return ": ".join(part for part in (mark, why) if part)
