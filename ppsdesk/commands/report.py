"""`report`: the figures on the terminal, and into files by their suffixes."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ppsdesk.commands.line import shown
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.figures import FigureTable, Report

if TYPE_CHECKING:
    from ppsdesk.assembly import Services

SUFFIXES = ".pdf, .docx, .xlsx, .csv, .json or .html"
AT_MOST = 12  # rows of a table on the terminal, where nobody asked for this table by name
LONGEST_LABEL, WIDEST = 60, 132  # signs
PATIENCE = 2.0  # seconds before a long count tells how far it is


def add_to(parser: ArgumentParser, common: ArgumentParser) -> None:
    """Say what can be typed."""
    reports = parser.add_subparsers(dest="report", metavar="REPORT", required=True, title="reports")
    about = "calls, callers and children by year, line, area, topic and more, against the year before"
    volumes = reports.add_parser("call-volumes", help=about, description=about, parents=[common], allow_abbrev=False)
    volumes.add_argument(
        "--period",
        action="append",
        required=True,
        metavar="PERIOD",
        help="a year 2001-02, a term 2001-02/autumn or months 2001-09..2002-03; may be given several times",
    )
    volumes.add_argument(
        "--table",
        action="append",
        metavar="TABLE",
        help="only this table, by-topic for one, and all of its rows; may be given several times (default: all)",
    )
    _common(volumes)
    about = "topics by area, a term against the term before it, the largest changes first"
    trends = reports.add_parser("area-trends", help=about, description=about, parents=[common], allow_abbrev=False)
    trends.add_argument("--period", required=True, metavar="TERM", help="a term, written 2001-02/autumn")
    _common(trends)


def _common(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--year-ends",
        metavar="MONTH",
        help="july, august or march: the last month of a year (default: as set for this desk)",
    )
    parser.add_argument(
        "--public", action="store_true", help="for readers outside of the service: small numbers are hidden"
    )
    parser.add_argument(
        "--to",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=f"a file to write, {SUFFIXES}; may be given several times",
    )


def run(line: Namespace) -> int:
    """Carry it out."""
    from ppsdesk.commands.desk import services

    with services(line) as desk:
        targets: list[Path] = list(dict.fromkeys(line.to))
        for target in targets:
            desk.reporting.check_target(target)
        settings = desk.settings.read()
        report = _counted(desk, line, _year_ends(line.year_ends) or settings.year_ends)
        if line.public:
            report = desk.reporting.public(report)
        _write(desk, report, targets, service=settings.service)
    print(in_words(report, whole=bool(getattr(line, "table", None))))
    for target in targets:
        print(f"Written to {shown(str(target))}")
    return 0


def _counted(desk: Services, line: Namespace, year_ends: YearEnds) -> Report:
    telling = Telling("Tables counted")
    if line.report == "area-trends":
        return desk.reporting.area_trends(line.period, year_ends=year_ends, progress=telling)
    return desk.reporting.call_volumes(line.period, year_ends=year_ends, tables=line.table, progress=telling)


def _write(desk: Services, report: Report, targets: list[Path], *, service: str) -> None:
    """One after the other, each whole; what was finished before an interruption is named."""
    written: list[Path] = []
    try:
        for target in targets:
            desk.reporting.write(report, target, service=service)
            written.append(target)
    except KeyboardInterrupt:
        if not written:
            raise
        names = ", ".join(f"“{target}”" for target in written)
        raise Refused(f"Stopped. {names} had been written and is whole; nothing else was changed.") from None
    except Refused as refused:
        if not written:
            raise
        names = ", ".join(f"“{target}”" for target in written)
        raise Refused(refused.message, hint=f"{refused.hint} Written before that, and whole: {names}.") from refused


class Telling:
    """How far a count is, on the error stream, and only where it takes long enough to wonder."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = time.monotonic()
        self._over = sys.stderr.isatty()
        self._told = False

    def __call__(self, done: int, of: int) -> None:
        """Tell how far the job is."""
        if not self._told and time.monotonic() - self._began < PATIENCE:
            return
        self._told = True
        words = f"{self._what}: {done:,} of {of:,}"
        if self._over:
            print(f"\r{words}", end="" if done < of else "\n", file=sys.stderr, flush=True)
        else:
            print(words, file=sys.stderr, flush=True)


def _year_ends(text: str | None) -> YearEnds | None:
    if text is None:
        return None
    try:
        return YearEnds(text.lower())
    except ValueError:
        raise Refused(f"A year cannot end in “{text}”.", hint="--year-ends takes july, august or march.") from None


def in_words(report: Report, *, whole: bool = True) -> str:
    """The tables as plain text, figures under their heads; long tables are cut unless they are wanted `whole`."""
    head = [f"{report.title}, {report.year_ends.label}, as of {report.as_of}", *_hidden(report)]
    return "\n\n".join(["\n".join(head), *(_table(table, whole=whole) for table in report.tables)])


def _hidden(report: Report) -> list[str]:
    """What is hidden, in a line, for a report that leaves the service."""
    from ppsdesk.reports.house_style import hidden_words

    least = report.least_published
    if least is None:
        return []
    if least <= 1:
        return ["For publication: the service hides no count, so that small numbers are shown."]
    return [
        f"For publication: counts of {hidden_words(least)} are hidden, and what is worked out from them; some could"
        " still be told from totals or other reports."
    ]


def _table(table: FigureTable, *, whole: bool) -> str:
    from ppsdesk.reports.safe_text import one_line

    shown = table.rows if whole or len(table.rows) <= AT_MOST else table.rows[: AT_MOST - 2]
    lines = [tuple(one_line(column.head) for column in table.columns)]
    lines += [
        tuple(_cell(table, row, at)[: LONGEST_LABEL if at == 0 else None] for at in range(len(row))) for row in shown
    ]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
    columns, left_out = _that_fit(widths)
    said = [one_line(table.title)]
    said += ["  ".join(_padded(line[at], widths[at], table, at) for at in columns).rstrip() for line in lines]
    if rest := len(table.rows) - len(shown):
        said.append(f"… and {rest:,} more rows: --table {table.id} shows them all, and so does a file")
    if left_out:
        said.append(f"… {left_out:,} columns of earlier periods do not fit here; a file has them all")
    return "\n".join([*said, *map(one_line, table.notes)])


def _cell(table: FigureTable, row: tuple[object, ...], at: int) -> str:
    from ppsdesk.reports.house_style import cell_words
    from ppsdesk.reports.safe_text import one_line

    return one_line(cell_words(row[at], table.columns[at]))  # type: ignore[arg-type]


def _padded(text: str, width: int, table: FigureTable, at: int) -> str:
    return text.ljust(width) if at == 0 or table.columns[at].kind == "text" else text.rjust(width)


def _that_fit(widths: list[int]) -> tuple[list[int], int]:
    """The labels, and as many of the last columns as a line has room for; how many were left out."""
    room = WIDEST - widths[0]
    kept: list[int] = []
    for at in range(len(widths) - 1, 0, -1):
        room -= widths[at] + 2
        if room < 0 and kept:
            break
        kept.insert(0, at)
    return [0, *kept], len(widths) - 1 - len(kept)
