"""A report with a cell of every kind, made by hand, and the paper of it: what each kind of file must carry whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.document import Bar, Block, ChartSpec, Document, Facts, Heading, Note, Paragraph, Table
from ppsdesk.domain.figures import Column, Count, FigureTable, Report, change, change_per_cent, share
from ppsdesk.domain.periods import parse
from ppsdesk.reports.house_style import marking

AS_OF = date(2002, 3, 31)
SERVICE = "Hertfordshire Parent Partnership Service"
PRINTED = "Printed Sun 31 Mar 2002 10:43 by Practice Person"
NOTHING = "nothing is on record for then"

TOPICS = (
    ("Exclusions", 212, 231, 219),
    ("Bus & taxi", 47, 3, 12),
    ("“Draft” – one", 0, 4, 1),
    ("Medical needs", 1_208, 1_999, 2_003),
    ("Other", 2, 0, 0),
)


def _breakdown() -> FigureTable:
    first, last, before = Count(1_249), Count(2_402), Count(1_650)
    heads = ("1999-00", "Share, %", "2001-02 to March", "Share, %", "Year before, same days")
    kinds = ("count", "share", "count", "share", "count")
    rows = tuple(
        (
            label,
            Count(was),
            share(Count(was), first),
            Count(now),
            share(Count(now), last),
            Count(then),
            change(Count(now), Count(then)),
            change_per_cent(Count(now), Count(then)),
        )
        for label, was, now, then in TOPICS
    )
    return FigureTable(
        id="by-topic",
        title="Calls by topic",
        unit=Unit.CALLS,
        definition="Each row counts the calls that have this topic, whatever other topics they have.",
        columns=(
            Column(head="Topic", kind="text"),
            *(Column(head=head, kind=kind) for head, kind in zip(heads, kinds, strict=True)),
            Column(head="Change", kind="change"),
            Column(head="Change, %", kind="per_cent"),
        ),
        rows=rows,
        notes=("2001-02 stops at 31 March 2002.",),
        bases=(("1999-00", first), ("2001-02 to March", last), ("the same days of the year before", before)),
        several=True,
    )


def _by_year() -> FigureTable:
    none = Count(None, why=NOTHING)
    pairs = (("1999-00", Count(1_249), none), ("2000-01", Count(2_647), Count(1_249)), ("Later", Count(9), Count(7)))
    return FigureTable(
        id="by-year",
        title="Calls by year",
        unit=Unit.CALLS,
        definition="A call is one conversation, and is counted once.",
        columns=(
            Column(head="Year", kind="text"),
            Column(head="Calls"),
            Column(head="Year before, same days"),
            Column(head="Change", kind="change"),
            Column(head="Change, %", kind="per_cent"),
        ),
        rows=tuple((name, now, was, change(now, was), change_per_cent(now, was)) for name, now, was in pairs),
        notes=("The last year is not over.",),
    )


def _trend() -> FigureTable:
    return FigureTable(
        id="changes",
        title="Largest changes",
        unit=Unit.CHILDREN,
        definition="Children of the calls of a term, by area.",
        columns=(Column(head="Area", kind="text"), Column(head="Topic", kind="text"), Column(head="This term")),
        rows=(("North", "Transport", Count(31)), ("South", "Exclusion", Count(0)), ("South", "Transport", Count(4))),
    )


def report() -> Report:
    """Three tables: figures, shares, changes, a text column, noughts, small counts and what is not on record."""
    return Report(
        name="call-volumes",
        title="Call volumes",
        as_of=AS_OF,
        year_ends=YearEnds.JULY,
        periods=tuple(parse(text, YearEnds.JULY) for text in ("1999-00", "2001-02")),
        tables=(_by_year(), _breakdown(), _trend()),
    )


def chart_of(table: FigureTable, columns: tuple[int, int]) -> ChartSpec:
    """A bar for each row, from the figures of two columns."""
    bars = []
    for row in table.rows:
        counts = [row[at] for at in columns]
        found = [cell for cell in counts if isinstance(cell, Count)]
        bars.append(Bar(str(row[0]), tuple(c.value for c in found), tuple(c.mark for c in found)))
    names = tuple(table.columns[at].head for at in columns)
    return ChartSpec(caption=table.title, series=names, bars=tuple(bars), alternative=f"Bar chart, {table.title}.")


def paper(answer: Report) -> Document:
    """Everything of that report as a paper, with charts that show what the tables hold."""
    blocks: list[Block] = [
        Facts(rows=(("From", SERVICE), ("As of", "31 March 2002"))),
        Heading("In short"),
        Paragraph("The service logged fewer calls than in the year before.\nIt was open on all days."),
    ]
    for table in answer.tables:
        blocks += [Heading(table.title), Table(table.title, table)]
        if table.id != "changes":
            counts = [at for at, column in enumerate(table.columns) if column.kind == "count"]
            blocks.append(chart_of(table, (counts[-2], counts[-1])))
    blocks.append(Note("Areas are those of 1998."))
    return Document(
        title=answer.title,
        service=SERVICE,
        marking=marking(answer.least_published),
        printed=PRINTED,
        blocks=tuple(blocks),
    )


def with_text(text: str) -> tuple[Report, Document]:
    """A report and its paper with this text in every place a text can be."""
    columns = (
        Column(head=text, kind="text"),
        Column(head=text),
        Column(head=f"{text} ", kind="change"),
        Column(head="Words", kind="text"),
    )
    row = (text, Count(31), Count(None, why=text), text)
    table = FigureTable(
        id="x", title=text, unit=Unit.CALLS, definition=text, columns=columns, rows=(row, row), notes=(text,),
        bases=((text, Count(62)),), several=True,
    )  # fmt: skip
    chart = ChartSpec(caption=text, series=(text, text), bars=(Bar(text, (31, 31)),), alternative=text)
    blocks = (Facts(rows=((text, text),)), Heading(text), Paragraph(text), Note(text), Table(text, table), chart)
    made = replace(report(), title=text, tables=(table,))
    return made, Document(title=text, service=text, marking=text, printed=text, blocks=blocks)
