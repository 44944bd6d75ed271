"""A report as JSON, format 1, for other programs.

Rows are lists in column order, the label first. A figure that is missing or hidden is null, and `marks` says why by
row and column, both counted from nought. There are no booleans. `least_published` is null where every count is the true
one, else counts above nought and below it are hidden. `bases` say what the counts of a period are of.
"""

from __future__ import annotations

import json
from typing import Any

from ppsdesk.domain.figures import Cell, Count, FigureTable, Report
from ppsdesk.domain.periods import Period
from ppsdesk.reports.house_style import marking

FORMAT = 1
NO_REASON = "no figure is given"


def write(report: Report) -> bytes:
    """UTF-8 with a newline at the end; the same report always gives the same bytes."""
    shape = {
        "format": FORMAT,
        "report": report.name,
        "as_of": report.as_of.isoformat(),
        "year_ends": report.year_ends.value,
        "periods": [_period(period) for period in report.periods],
        "tables": [_table(table) for table in report.tables],
        "marking": marking(report.least_published),
        "least_published": report.least_published,
    }
    text = json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode(errors="replace")


def _period(period: Period) -> dict[str, Any]:
    return {
        "period": period.text,
        "label": period.label,
        "first": period.span.first.isoformat(),
        "last": period.span.last.isoformat(),
        "stops": period.part or None,
        "compared_first": period.before.first.isoformat(),
        "compared_last": period.before.last.isoformat(),
    }


def _table(table: FigureTable) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "unit": table.unit.value,
        "definition": table.definition,
        "columns": [column.head for column in table.columns],
        "rows": [[_value(cell) for cell in row] for row in table.rows],
        "notes": list(table.notes),
        "marks": [
            [at, column, _why(cell)]
            for at, row in enumerate(table.rows)
            for column, cell in enumerate(row)
            if _value(cell) is None
        ],
        "bases": [_base(label, count) for label, count in table.bases],
    }


def _base(label: str, count: Count) -> dict[str, Any]:
    return {"of": label, "count": count.value, "why": None if count.value is not None else count.why or NO_REASON}


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, str):
        return cell
    return cell.value if isinstance(cell, Count) else cell.per_cent


def _why(cell: Cell) -> str:
    return NO_REASON if isinstance(cell, str) else cell.why or NO_REASON
