"""Figures into the tables of the call report, each saying what it counts, of what, and against what."""

from __future__ import annotations

from ppsdesk.domain.breakdowns import (
    BY_MONTH,
    BY_TERM,
    BY_YEAR,
    EXCLUDED,
    NOT_CLASSIFIED,
    TABLES,
    WAITING,
    Breakdown,
    BreakdownRow,
    CallVolumes,
    PeriodVolume,
)
from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import Unit
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable, Share, change, change_per_cent, share
from ppsdesk.domain.periods import Period
from ppsdesk.reports import definitions
from ppsdesk.reports.definitions import EXCLUDED_TITLE, WORDINGS

NO_AUGUST = "no August is left out of a period that is not a September to July year"
NO_ENQUIRY = "No enquiry"  # begins the rows of rings that were no call
CHANGES = (Column(head="Change", kind="change"), Column(head="Change, %", kind="per_cent"))


def tables(figures: CallVolumes) -> tuple[FigureTable, ...]:
    """Every table there are figures for, in the report's fixed order. KeyError for a breakdown with another id."""
    made = [by_year(figures), excluded(figures)]
    if figures.terms:
        made.append(by_term(figures))
    if figures.months:
        made.append(by_month(figures))
    made += [breakdown(figures, counted) for counted in figures.breakdowns]
    return tuple(sorted(made, key=lambda table: TABLES.index(table.id)))


def by_year(figures: CallVolumes) -> FigureTable:
    """One row for each period that was asked for."""
    years = all(period.year for period in figures.periods)
    return _by_period(figures, BY_YEAR, "Year" if years else "Period", figures.volumes)


def by_term(figures: CallVolumes) -> FigureTable:
    """One row for each term of the periods."""
    return _by_period(figures, BY_TERM, "Term", figures.terms, more=definitions.of_terms(figures.year_ends))


def by_month(figures: CallVolumes) -> FigureTable:
    """One row for each month of the periods."""
    return _by_period(figures, BY_MONTH, "Month", figures.months)


def _by_period(
    figures: CallVolumes, table_id: str, head: str, volumes: tuple[PeriodVolume, ...], *, more: str = ""
) -> FigureTable:
    periods = tuple(volume.period for volume in volumes)
    return FigureTable(
        id=table_id,
        title=f"Calls by {head.lower()}",
        unit=Unit.CALLS,
        definition=definitions.of_calls(figures.year_ends, figures.periods, figures.as_of, more=more),
        columns=(
            Column(head=head, kind="text"),
            Column(head="Calls"),
            Column(head=definitions.before_head(periods)),
            *CHANGES,
        ),
        rows=tuple((v.period.label, v.now, v.before, *changes(v.now, v.before)) for v in volumes),
        notes=(*definitions.begun(periods, figures.earliest), *definitions.guards(periods)),
    )


def breakdown(figures: CallVolumes, counted: Breakdown) -> FigureTable:
    """One row for each entry: a count for each period, and the comparison and share of the last."""
    words, periods = WORDINGS[counted.table], figures.periods
    labels = tuple(period.label for period in periods)
    return FigureTable(
        id=counted.table,
        title=words.title,
        unit=counted.unit,
        definition=definitions.definition(counted.table, counted.unit, figures.year_ends, periods, figures.as_of),
        columns=(
            Column(head=words.head, kind="text"),
            *(Column(head=label) for label in labels),
            Column(head=definitions.before_head(periods[-1:])),
            *CHANGES,
            Column(head="Share", kind="share"),
        ),
        rows=tuple(_row(row, counted) for row in counted.rows),
        notes=(*definitions.begun(periods[-1:], figures.earliest), *_notes(counted, periods)),
        bases=tuple(zip(labels, counted.bases, strict=True)),
        several=counted.several,
    )


def changes(now: Count, before: Count) -> tuple[Cell, Cell]:
    """The cells under `CHANGES`."""
    return change(now, before), change_per_cent(now, before)


def _row(row: BreakdownRow, counted: Breakdown) -> tuple[Cell, ...]:
    now = row.now[-1]
    return row.label, *row.now, row.before, *changes(now, row.before), _share(row, counted)


def _share(row: BreakdownRow, counted: Breakdown) -> Share:
    if counted.unit is Unit.CALLERS and row.label == NOT_CLASSIFIED:
        return Share(None, None, why="these are calls, not callers, and so no part of the base")
    return share(row.now[-1], counted.bases[-1])


def _notes(counted: Breakdown, periods: tuple[Period, ...]) -> tuple[str, ...]:
    more = counted.several or counted.table == WAITING
    several = (definitions.of_several(counted.table),) if more else ()
    last = (f"Change and share are those of {periods[-1].label}.",) if len(periods) > 1 else ()
    return several + last + definitions.guards(periods)


def excluded(figures: CallVolumes) -> FigureTable:
    """One row for each reason why something on record is in no figure above."""
    rows: list[tuple[Cell, ...]] = []
    if any(volume.august for volume in figures.volumes):
        rows.append(("Taken in August", *(volume.august or Count(None, why=NO_AUGUST) for volume in figures.volumes)))
    rows.append((f"Dated after {plain_day(figures.as_of)}", *(volume.later or Count(0) for volume in figures.volumes)))
    rows.append(("Removed as entered by mistake", *(volume.removed or Count(0) for volume in figures.volumes)))
    kinds = dict.fromkeys(kind for volume in figures.volumes for kind, _count in volume.non_data)
    rows += [(f"{NO_ENQUIRY}: {kind.lower()}", *(_ring(volume, kind) for volume in figures.volumes)) for kind in kinds]
    return FigureTable(
        id=EXCLUDED,
        title=EXCLUDED_TITLE,
        unit=Unit.CALLS,
        definition=definitions.of_excluded(figures.as_of),
        columns=(Column(head="Reason", kind="text"), *(Column(head=period.label) for period in figures.periods)),
        rows=tuple(rows),
    )


def _ring(volume: PeriodVolume, kind: str) -> Count:
    return dict(volume.non_data).get(kind, Count(0))
