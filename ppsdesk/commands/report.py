"""`report`: the figures on the terminal, and into a file by its suffix."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.figures import Cell, Count, FigureTable, Report, Share


def add_to(parser: ArgumentParser, common: ArgumentParser) -> None:
    """Say what can be typed."""
    reports = parser.add_subparsers(dest="report", metavar="REPORT", required=True, title="reports")
    about = "how many calls in each period, against the same days of the year before"
    volumes = reports.add_parser("call-volumes", help=about, description=about, parents=[common], allow_abbrev=False)
    volumes.add_argument(
        "--period",
        action="append",
        required=True,
        metavar="PERIOD",
        help="a year 2001-02, a term 2001-02/autumn or months 2001-09..2002-03; may be given several times",
    )
    volumes.add_argument(
        "--year-ends",
        metavar="MONTH",
        help="july, august or march: the last month of a year (default: as set for this desk)",
    )
    volumes.add_argument("--to", type=Path, metavar="FILE", help="a .pdf or .json file to write")


def run(line: Namespace) -> int:
    """Carry it out."""
    from ppsdesk.commands.desk import services

    with services(line) as desk:
        if line.to:
            desk.reporting.check_target(line.to)
        settings = desk.settings.read()
        year_ends = _year_ends(line.year_ends) or settings.year_ends
        report = desk.reporting.call_volumes(line.period, year_ends=year_ends)
        if line.to:
            desk.reporting.write(report, line.to, service=settings.service)
    print(in_words(report))
    if line.to:
        print(f"Written to {line.to}")
    return 0


def _year_ends(text: str | None) -> YearEnds | None:
    if text is None:
        return None
    try:
        return YearEnds(text.lower())
    except ValueError:
        raise Refused(f"A year cannot end in “{text}”.", hint="--year-ends takes july, august or march.") from None


def in_words(report: Report) -> str:
    """The tables as plain text, figures under their heads."""
    return "\n\n".join([f"{report.title}, {report.year_ends.label}, as of {report.as_of}", *map(_table, report.tables)])


def _table(table: FigureTable) -> str:
    rows = [tuple(column.head for column in table.columns), *(tuple(map(_words, row)) for row in table.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]
    return "\n".join([table.title, *lines, *table.notes])


def _words(cell: Cell) -> str:
    if isinstance(cell, Count):
        return "–" if cell.value is None else f"{cell.value:,}"
    if isinstance(cell, Share):
        return "–" if cell.per_cent is None else f"{cell.per_cent:+.1f} %"
    return cell
