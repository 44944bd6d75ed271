"""The call report: how many calls, who called and about what, against the same days of the year before.

The conventions are those of the Hertfordshire committee paper of 19 June 2002: September to July, August left out, the
year not yet over counted "to March" and compared only with the same months.
"""

from __future__ import annotations

from collections.abc import Iterator

from ppsdesk.domain.breakdowns import (
    BY_MONTH,
    BY_TERM,
    BY_YEAR,
    EXCLUDED,
    NEW_AND_RETURNING,
    WAITING,
    CallVolumes,
)
from ppsdesk.domain.document import Block, Document, Heading, Paragraph
from ppsdesk.domain.figures import FigureTable, Report
from ppsdesk.reports import bars, definitions, in_short, paper
from ppsdesk.reports.house_style import cell_words, marking
from ppsdesk.reports.tables import tables

NAME = "call-volumes"
TITLE = "Call volumes"
QUESTION = "How many calls did the service take, about what, and how does that compare with the year before?"

# the order of a council paper: the answer, the figures, what lies behind them, and last what was left out
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Figures", (BY_YEAR, BY_TERM, BY_MONTH)),
    ("What people asked about", ("by-topic",)),
    ("Who called", ("by-line", "by-area", "by-caller-kind", "by-method", NEW_AND_RETURNING, "how-heard")),
    ("The children", ("by-stage",)),
    ("What the service gave", ("by-level", "by-advice", "by-outcome", WAITING)),
    ("Appendix: what was left out", (EXCLUDED,)),
)


def report(figures: CallVolumes) -> Report:
    """The whole answer, ready for screen, page or file."""
    return Report(
        name=NAME,
        title=TITLE,
        as_of=figures.as_of,
        year_ends=figures.year_ends,
        periods=figures.periods,
        tables=tables(figures),
    )


def document(report: Report, *, service: str, printed: str) -> Document:
    """The report as a paper, of the tables it has. `printed` says when and by whom, for the foot of the page."""
    against = definitions.against(report.periods)
    blocks: list[Block] = [paper.facts(report, service, covers=paper.covered(report), against=against)]
    if said := in_short.sentences(report):
        blocks += [Heading("In short"), Paragraph(said)]
    for title, ids in SECTIONS:
        inside = [block for table in _on_paper(report, ids) for block in _blocks(table)]
        blocks += [Heading(title), *inside] if inside else []
    return Document(
        title=report.title,
        service=service,
        marking=marking(report.least_published),
        printed=printed,
        blocks=tuple(blocks),
    )


def _on_paper(report: Report, ids: tuple[str, ...]) -> Iterator[FigureTable]:
    """The tables of a section; terms or months that were themselves asked for are not printed a second time."""
    made = {table.id: table for table in report.tables}
    first = made.get(BY_YEAR)
    for table_id in ids:
        table = made.get(table_id)
        if table and (table is first or first is None or _figures(table) != _figures(first)):
            yield table


def _figures(table: FigureTable) -> list[tuple[str, ...]]:
    return [tuple(map(cell_words, row, table.columns)) for row in table.rows]


def _blocks(table: FigureTable) -> tuple[Block, ...]:
    if table.id == EXCLUDED:
        return (paper.table(table),)
    drawn = {BY_YEAR: bars.of_periods, BY_TERM: bars.of_periods, BY_MONTH: bars.of_months}
    return (paper.table(table), *drawn.get(table.id, bars.of_entries)(table))
