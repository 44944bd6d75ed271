"""The trend sheet for the meeting with area staff: topics by area, this term against the one before it.

The largest changes stand first. Each area keeps a table of its own, so that its people find theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ppsdesk.domain.breakdowns import ALL_AREAS, NOT_ENTERED, AreaTrends
from ppsdesk.domain.codes import Unit
from ppsdesk.domain.document import Bar, Block, ChartSpec, Document, Heading, Paragraph
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable, Report, share
from ppsdesk.reports import definitions, paper
from ppsdesk.reports.bars import at_the_end, now_column, spoken
from ppsdesk.reports.house_style import marking, shown
from ppsdesk.reports.in_short import compared
from ppsdesk.reports.tables import CHANGES, changes

NAME = "area-trends"
TITLE = "Trends by area"
QUESTION = "Which topics rose or fell in each area since the term before?"

EVERY, EVERY_ID = "All areas", "all-areas"
NO_AREA = "Area not entered"
AREA_ID = "area-"  # and the area's number
OF_TOPICS = ": calls by topic"  # ends the title of every table
DRAWN = 5
PRINTED = 20  # rows of a table; the files have all
TOLD = 3  # changes the summary names


def report(figures: AreaTrends) -> Report:
    """One table for each area of the bases, in their order, numbered so; `ALL_AREAS` is all of them together."""
    # the report's one period is compared with the term before it, not with the year before
    period = replace(figures.period, term=figures.period.span, term_before=figures.against.span)
    return Report(
        name=NAME,
        title=TITLE,
        as_of=figures.as_of,
        year_ends=figures.year_ends,
        periods=(period,),
        tables=tuple(_tables(figures)),
    )


def document(report: Report, *, service: str, printed: str) -> Document:
    """The sheet: the largest changes in words and bars, then a table for each area."""
    period, against = report.periods[-1], _against(report)
    told = f"{against}, the term before" if against else "the term before"
    blocks: list[Block] = [paper.facts(report, service, covers=period.label, against=told)]
    if said := _in_short(report):
        blocks += [Heading("In short"), Paragraph(said)]
    if drawn := _largest(report)[:DRAWN]:
        blocks += [Heading("Largest changes"), _chart(report, drawn)]
    for table in report.tables:
        blocks += [Heading(area_of(table)), paper.table(_on_paper(in_order(table)))]
    return Document(
        title=f"{report.title}, {period.label}",
        service=service,
        marking=marking(report.least_published),
        printed=printed,
        blocks=tuple(blocks),
    )


def area_of(table: FigureTable) -> str:
    """The area a table is of."""
    return table.title.removesuffix(OF_TOPICS)


def _tables(figures: AreaTrends) -> Iterator[FigureTable]:
    named = [area for area, _now, _before in figures.bases if area != ALL_AREAS]
    for area, now, before in figures.bases:
        rows = [
            (row.topic, row.now, row.before, *changes(row.now, row.before), share(row.now, now))
            for row in figures.rows
            if row.area == area
        ]
        yield in_order(_table(figures, (area, now, before), _id(area, named), tuple(rows)))


def _table(
    figures: AreaTrends, base: tuple[str, Count, Count], table_id: str, rows: tuple[tuple[Cell, ...], ...]
) -> FigureTable:
    (area, now, before), period, against = base, figures.period, figures.against
    name = {ALL_AREAS: EVERY, NOT_ENTERED: NO_AREA}.get(area, area)
    where = {ALL_AREAS: "of all areas and of none", NOT_ENTERED: "with no area entered"}.get(
        area, f"of the area {area}"
    )
    return FigureTable(
        id=table_id,
        title=f"{name}{OF_TOPICS}",
        unit=Unit.CALLS,
        definition=(
            f"Each row counts the calls {where} that have this topic, the largest change since the term before first."
            f" The share is of all calls {where}, with or without a topic. {definitions.NOT_COUNTED}"
            f" {definitions.counted_as_of(figures.as_of)}"
        ),
        columns=(
            Column(head="Topic", kind="text"),
            Column(head=period.label),
            Column(head=against.label),
            *CHANGES,
            Column(head="Share", kind="share"),
        ),
        rows=rows,
        notes=(
            definitions.of_several("by-topic"),
            f"{period.label} ({period.span.words}) is compared with {against.label} ({against.span.words}).",
            *definitions.assumed((period, against)),
        ),
        bases=((period.label, now), (against.label, before)),
        several=True,
    )


def _id(area: str, named: list[str]) -> str:
    return EVERY_ID if area == ALL_AREAS else f"{AREA_ID}{named.index(area) + 1}"


def in_order(table: FigureTable) -> FigureTable:
    """Largest change first; where it is hidden the row stands after those that are shown, by its label."""
    return replace(table, rows=tuple(sorted(table.rows, key=_by_change)))


def _on_paper(table: FigureTable) -> FigureTable:
    """The largest changes; how many more topics there are is said."""
    more = len(table.rows) - PRINTED
    if more <= 1:
        return table
    note = f"Not shown: {more} topics with smaller changes, with none, or with a change that is hidden."
    return replace(table, rows=table.rows[:PRINTED], notes=(*table.notes, note))


def _by_change(row: tuple[Cell, ...]) -> tuple[bool, bool, int, int, str]:
    label, now, _before, changed = row[:4]
    assert isinstance(label, str)
    assert isinstance(now, Count)
    assert isinstance(changed, Count)
    hidden = changed.value is None
    return at_the_end(label), hidden, -abs(changed.value or 0), 0 if hidden else -(now.value or 0), label.casefold()


def _largest(report: Report) -> list[tuple[str, tuple[Cell, ...]]]:
    """Area and row of the changes over all areas, largest first; none that is nought, hidden or of no topic."""
    rows = [(area_of(table), row) for table in _areas(report) for row in table.rows]
    changed = [(area, row) for area, row in rows if not at_the_end(str(row[0])) and _by_change(row)[2]]
    return sorted(changed, key=lambda found: (_by_change(found[1]), found[0].casefold()))


def _areas(report: Report) -> list[FigureTable]:
    """The tables of areas that have a name."""
    return [table for table in report.tables if table.id != EVERY_ID and area_of(table) != NO_AREA]


def _against(report: Report) -> str:
    """The label of the term before, as the tables head it; nothing where there is no table."""
    return report.tables[0].columns[now_column(report.tables[0]) + 1].head if report.tables else ""


def _in_short(report: Report) -> str:
    told = tuple(
        f"{row[0]} in {area} ({shown(now)}, {compared(now, before)})"
        for area, row in _largest(report)[:TOLD]
        if isinstance(now := row[1], Count) and isinstance(before := row[2], Count)
    )
    largest = f"The {_named(len(told), report)} {'are' if len(told) > 1 else 'is'}: {'; '.join(told)}." if told else ""
    none = "" if told or not report.tables else "No topic changed by a figure that can be shown."
    return " ".join(part for part in (_calls(report), largest or none) if part)


def _named(number: int, report: Report) -> str:
    """ "largest changes"; where some are hidden they might be larger, and that is said."""
    changed = [row[3] for table in _areas(report) for row in table.rows]
    hidden = report.least_published is not None and any(isinstance(c, Count) and c.value is None for c in changed)
    return f"largest change{'s' if number > 1 else ''}{' that can be shown' if hidden else ''}"


def _calls(report: Report) -> str:
    """How many calls each area had."""
    said = tuple(
        f"{area_of(table)} {shown(now)}, {compared(now, before)}"
        for table in _areas(report)
        for (_now, now), (_before, before) in (table.bases,)
    )
    if not said or len(said) > DRAWN + TOLD:
        return ""
    return f"Calls in {report.periods[-1].label} against {_against(report)}: {'; '.join(said)}."


def _chart(report: Report, largest: list[tuple[str, tuple[Cell, ...]]]) -> ChartSpec:
    bars = [
        Bar(f"{row[0]}, {area}", (now.value, before.value))
        for area, row in largest
        if isinstance(now := row[1], Count) and isinstance(before := row[2], Count)
    ]
    series = (report.periods[-1].label, _against(report))
    named = _named(len(bars), report)
    number = f"{len(bars)} " if len(bars) > 1 else ""
    return ChartSpec(
        caption=f"The {number}{named} (unit: calls)",
        series=series,
        bars=tuple(bars),
        alternative=f"Bar chart, the {number}{named}, by topic and area. {spoken(bars, series)}.",
    )
