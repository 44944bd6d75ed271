"""Reports: gather the figures in one unit of work, hand them to the builders and writers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from ppsdesk.domain import periods as of_periods
from ppsdesk.domain.calendar import Clock, local_clock, local_day, long_day
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.document import ChartSpec, Document
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.figures import Cell, Column, Count, Report, Share
from ppsdesk.domain.periods import Period, Span
from ppsdesk.domain.selection import Selection
from ppsdesk.reports import call_volumes, catalogue, house_style, writing
from ppsdesk.reports.call_volumes import CallVolumes, PeriodVolume
from ppsdesk.reports.house_style import ChartLook
from ppsdesk.storage.work import Storage

MOST_PERIODS = 60


class Reporting:
    """Every report of the catalogue."""

    def __init__(self, storage: Storage, clock: Clock, *, person: str) -> None:
        self._storage = storage
        self._clock = clock
        self._person = person

    def today(self) -> date:
        """The day figures are counted to unless another is said."""
        return local_day(self._clock())

    def call_volumes(self, wanted: Sequence[str], *, year_ends: YearEnds, as_of: date | None = None) -> Report:
        """Calls by year or other period, oldest first, each with the same days of the year before.

        `wanted` are periods as typed ("2001-02", "2001-02/autumn", "2001-09..2002-03"). Raises `Refused` for one that
        cannot be read or has not begun on `as_of` (default: today).
        """
        as_of = as_of or self.today()
        periods = _read(wanted, year_ends, as_of)
        with self._storage.reading() as work:
            earliest = work.figures.first_day()
            questions = [question for period in periods for question in _questions(period, year_ends, as_of)]
            answers = iter(work.figures.counts([q for q in questions if q is not None]))
        figures = [Count(None) if q is None else Count(next(answers), q) for q in questions]
        volumes = tuple(
            _volume(period, figures[at : at + 5], year_ends, earliest)
            for period, at in zip(periods, range(0, len(figures), 5), strict=True)
        )
        return call_volumes.report(CallVolumes(as_of=as_of, year_ends=year_ends, volumes=volumes))

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
    """A cell as every page and screen writes it: "1,249", "+16", "−12.0 %", an en dash for nothing to show."""
    if isinstance(cell, Count):
        words = house_style.change_words if column.kind == "change" else house_style.count_words
        return words(cell.value)
    return house_style.per_cent_words(cell.per_cent) if isinstance(cell, Share) else cell


def _read(wanted: Iterable[str], year_ends: YearEnds, as_of: date) -> tuple[Period, ...]:
    """Oldest first, each once."""
    whole = {period.text: period for period in (of_periods.parse(text, year_ends) for text in wanted)}
    if not whole:
        raise Refused("No period was chosen.", hint=of_periods.HOW)
    if len(whole) > MOST_PERIODS:
        raise Refused(f"{len(whole)} periods are more than a report can hold.", hint=f"Choose up to {MOST_PERIODS}.")
    ordered = sorted(whole.values(), key=lambda period: (period.span.first, period.span.last))
    return tuple(period.up_to(as_of) for period in ordered)


def _questions(period: Period, year_ends: YearEnds, as_of: date) -> tuple[Selection | None, ...]:
    """What a period is counted by: now, the year before, August, later than the day, removed."""
    august = of_periods.left_out_of(period, year_ends)
    last = august.last if august else period.whole.last
    later = Span(first=of_periods.day_after(as_of), last=last) if last > as_of else None
    if august and august.last > as_of:  # what comes after the day is left out for that reason, and counted once
        august = Span(first=august.first, last=as_of) if august.first <= as_of else None
    removed = Selection(first=period.span.first, last=period.span.last, removed=True)
    return (
        Selection.of(period.span),
        Selection.of(period.before),
        Selection.of(august) if august else None,
        Selection.of(later) if later else None,
        removed,
    )


def _volume(period: Period, figures: Sequence[Count], year_ends: YearEnds, earliest: date | None) -> PeriodVolume:
    now, before, august, later, removed = figures
    if earliest is None or earliest > period.before.last:
        before = Count(None, before.selection, why=f"no calls are on record for {period.before.words}")
    leaves_out = of_periods.left_out_of(period, year_ends) is not None
    return PeriodVolume(
        period=period,
        now=now,
        before=before,
        august=august if august.selection else Count(0) if leaves_out else None,
        later=later if later.selection else Count(0),
        removed=removed,
    )
