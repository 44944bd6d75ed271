"""Reports: gather the figures in one unit of work, hand them to the builders and writers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ppsdesk.domain import periods as of_periods
from ppsdesk.domain.breakdowns import TABLES
from ppsdesk.domain.calendar import Clock, local_clock, local_day, long_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.document import ChartSpec, Document
from ppsdesk.domain.errors import Invalid, Refused
from ppsdesk.domain.figures import Cell, Column, FigureTable, Report
from ppsdesk.domain.periods import Period
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.domain.school_terms import TermCalendar, calendar_of
from ppsdesk.reports import call_volumes, catalogue, footnotes, house_style, writing
from ppsdesk.reports.house_style import ChartLook
from ppsdesk.reports.paper_pages import PaperPages as PaperPages  # noqa: PLC0414  # screens ask for it here
from ppsdesk.services.area_figures import area_trends
from ppsdesk.services.call_figures import CallFigures, Wanted
from ppsdesk.storage.work import Storage

MOST_PERIODS = 60
MOST_HIDDEN = 100  # a threshold above it would hide the report


class Reporting:
    """Every report of the catalogue."""

    def __init__(self, storage: Storage, clock: Clock, *, person: str) -> None:
        self._storage = storage
        self._clock = clock
        self._person = person

    def today(self) -> date:
        """The day figures are counted to unless another is said."""
        return local_day(self._clock())

    def call_volumes(
        self,
        wanted: Sequence[str],
        *,
        year_ends: YearEnds,
        as_of: date | None = None,
        tables: Collection[str] | None = None,
        progress: Progress = silent,
    ) -> Report:
        """The call report of these periods, oldest first, each with the days it is compared with.

        `wanted` are periods as typed ("2001-02", "2001-02/autumn", "2001-09..2002-03"); `tables` the ids of those to
        make, None for all. Raises `Refused` for a period that cannot be read or has not begun on `as_of` (default:
        today) and for a table there is none of; `progress` may raise `Interrupted` between two tables.
        """
        as_of = as_of or self.today()
        chosen = _tables(tables)
        with self._storage.reading() as work:
            calendar = calendar_of(work.school_terms.all())
            asked = Wanted(
                periods=_read(wanted, year_ends, as_of, calendar),
                year_ends=year_ends,
                as_of=as_of,
                tables=chosen,
                calendar=calendar,
            )
            figures = CallFigures(work, asked).gather(progress)
        report = call_volumes.report(figures)
        return replace(report, tables=tuple(table for table in report.tables if table.id in chosen))

    def area_trends(
        self, wanted: str, *, year_ends: YearEnds, as_of: date | None = None, progress: Progress = silent
    ) -> Report:
        """Topics by area, one term against the term before it, the largest changes first.

        Raises `Refused` for anything but a term that has begun; `progress` may raise `Interrupted`.
        """
        from ppsdesk.reports import area_trends as paper

        as_of = as_of or self.today()
        with self._storage.reading() as work:
            calendar = calendar_of(work.school_terms.all())
            [period] = _read([wanted], year_ends, as_of, calendar)
            against = of_periods.previous_term(period, year_ends, calendar)
            trends = area_trends(work, period, against, year_ends=year_ends, as_of=as_of, progress=progress)
        return paper.report(trends)

    def public(self, report: Report) -> Report:
        """The report for readers outside of the service: counts below its own threshold are hidden."""
        from ppsdesk.reports.suppression import suppressed

        return suppressed(report, self.least_published())

    def least_published(self) -> int:
        """The least count that is shown outside of the service."""
        with self._storage.reading() as work:
            return work.data_set.least_published()

    def set_least_published(self, number: int) -> Done[int]:
        """Show outside of the service only counts from this one on, and nought; for everybody who uses this database.

        Raises `Invalid` for a number that makes no sense. 1 hides nothing.
        """
        if not 1 <= number <= MOST_HIDDEN:
            raise Invalid({"least_published": f"The least number shown is from 1 to {MOST_HIDDEN}."})
        with self._storage.writing() as work:
            work.data_set.set_least_published(number)
            work.commit()
        return Done(number, frozenset({Topic.SETTINGS}), said=f"Counts below {number} are hidden in public reports.")

    def years_on_record(self, year_ends: YearEnds) -> tuple[str, ...]:
        """Every year from the first call to today, newest first: what a screen offers to choose from."""
        with self._storage.reading() as work:
            first = work.figures.first_day() or self.today()
        start, end = (int(of_periods.year_of(day, year_ends)[:4]) for day in (min(first, self.today()), self.today()))
        return tuple(of_periods.year_name(year) for year in range(end, start - 1, -1))

    def document(self, report: Report, *, service: str) -> Document:
        """The report as a paper."""
        now = self._clock()
        printed = f"Printed {long_day(local_day(now))} {local_clock(now)}" + (
            f" by {self._person}" if self._person else ""
        )
        return catalogue.document(report, service=service or "Helpline", printed=printed)

    def write(self, report: Report, path: Path, *, service: str) -> Path:
        """Write the report to a file, by its suffix. Raises `Refused` when it cannot be."""
        writing.write(report, self.document(report, service=service), path)
        return path

    def pages(self, document: Document) -> PaperPages:
        """The pages of the PDF file, to look at and to print."""
        from ppsdesk.reports import paper_pages

        return paper_pages.pages(document)

    def check_target(self, path: Path) -> None:
        """Refuse a file that could not be written, before any work is done."""
        writing.check(path)

    def chart(self, spec: ChartSpec, colours: Mapping[str, str], *, points: float, width: float) -> bytes:
        """The same drawing as on paper, as SVG for the window.

        `colours` are #rrggbb for text, muted, now, before, axis and ground; type size and width are in pixels.
        """
        from ppsdesk.reports import charts

        return charts.svg(spec, ChartLook(**colours, points=points), width)


def cell_words(cell: Cell, column: Column) -> str:
    """A cell as every page and screen writes it: "1,249", "+16", "−12.0 %", "1 to 4", an en dash for nothing."""
    return house_style.cell_words(cell, column)


def small_print(table: FigureTable) -> list[str]:
    """What stands under a table on every page and screen: what it counts, of how many, and its notes."""
    return footnotes.small_print(table)


def _tables(wanted: Collection[str] | None) -> frozenset[str]:
    if wanted is None:
        return frozenset(TABLES)
    for table in wanted:
        if table not in TABLES:
            raise Refused(f"“{table}” is no table of this report.", hint=f"Its tables are {', '.join(TABLES)}.")
    if not wanted:
        raise Refused("No table was chosen.", hint="Choose at least one.")
    return frozenset(wanted)


def _read(wanted: Iterable[str], year_ends: YearEnds, as_of: date, calendar: TermCalendar) -> tuple[Period, ...]:
    """Oldest first, each once."""
    whole = {period.text: period for period in (of_periods.parse(text, year_ends, calendar) for text in wanted)}
    if not whole:
        raise Refused("No period was chosen.", hint=of_periods.HOW)
    if len(whole) > MOST_PERIODS:
        raise Refused(f"{len(whole)} periods are more than a report can hold.", hint=f"Choose up to {MOST_PERIODS}.")
    ordered = sorted(whole.values(), key=lambda period: (period.span.first, period.span.last))
    return tuple(period.up_to(as_of) for period in ordered)
