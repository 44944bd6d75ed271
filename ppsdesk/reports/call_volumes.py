"""Call volumes: how many calls the service took in each period, against the same days of the year before.

The conventions are those of the Hertfordshire committee paper of 19 June 2002: September to July, August left out, the
year not yet over counted "to March" and compared only with the same months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.document import Bar, Block, ChartSpec, Document, Facts, Heading, Paragraph, Table
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable, Report, change, change_per_cent
from ppsdesk.domain.periods import Period
from ppsdesk.reports.house_style import MARKING, calls_words, count_words, listed

NAME = "call-volumes"
TITLE = "Call volumes"
QUESTION = "How many calls did the service take, and how does that compare with the year before?"

BY_YEAR = "by-year"
EXCLUDED = "excluded"
EXCLUDED_TITLE = "Left out of the count"
BEFORE_HEAD = "Year before, same days"

FEW = 4  # earlier periods that one sentence can still name


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodVolume:
    """The figures of one period.

    `now` are the calls of its days, `before` those of the same days a year earlier (None with a why where nothing is
    on record for then). `august` are the calls its September-to-July year leaves out, or None where no August is
    left out; `later` those of its days that come after the as-of day; `removed` those entered by mistake.
    """

    period: Period
    now: Count
    before: Count
    august: Count | None
    later: Count
    removed: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class CallVolumes:
    """Everything the report is made from, periods oldest first."""

    as_of: date
    year_ends: YearEnds
    volumes: tuple[PeriodVolume, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """What was asked for, oldest first."""
        return tuple(volume.period for volume in self.volumes)


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


def tables(figures: CallVolumes) -> tuple[FigureTable, ...]:
    """`by-year`, one row per period, and `excluded`, one row per reason and one count column per period."""
    return _by_year(figures), _excluded(figures)


def document(report: Report, *, service: str, printed: str) -> Document:
    """The report as a paper. `printed` says when and by whom, for the foot of the page."""
    by_year, excluded = report.table(BY_YEAR), report.table(EXCLUDED)
    blocks: tuple[Block, ...] = (
        Facts(rows=_facts(report, service)),
        Heading("In short"),
        Paragraph(_in_short(report)),
        Heading(by_year.title),
        Table(by_year.title, by_year),
        _chart(report),
        Heading(excluded.title),
        Table(excluded.title, excluded),
    )
    return Document(title=report.title, service=service, marking=MARKING, printed=printed, blocks=blocks)


def _by_year(figures: CallVolumes) -> FigureTable:
    years = all(period.year for period in figures.periods)
    head = "Year" if years else "Period"
    return FigureTable(
        id=BY_YEAR,
        title=f"Calls by {head.lower()}",
        unit=Unit.CALLS,
        definition=_definition(figures),
        columns=(
            Column(head=head, kind="text"),
            Column(head="Calls"),
            Column(head=BEFORE_HEAD),
            Column(head="Change", kind="change"),
            Column(head="Change, %", kind="per_cent"),
        ),
        rows=tuple(_year_row(volume) for volume in figures.volumes),
        notes=_notes(figures.periods),
    )


def _year_row(volume: PeriodVolume) -> tuple[Cell, ...]:
    now, before = volume.now, volume.before
    return volume.period.label, now, before, change(now, before), change_per_cent(now, before)


def _definition(figures: CallVolumes) -> str:
    parts = [
        "A call is one conversation, incoming or outgoing, logged by the service, and is counted once, on the day it"
        " was taken (London time).",
        _convention(figures),
        f"Counted as of {plain_day(figures.as_of)}; unfinished drafts are never counted.",
    ]
    return " ".join(part for part in parts if part)


def _convention(figures: CallVolumes) -> str:
    if not any(period.year for period in figures.periods):
        return ""
    rest = {
        YearEnds.JULY: f"calls in August are excluded from a year, and shown in the table “{EXCLUDED_TITLE}”",
        YearEnds.AUGUST: "all twelve months of the school year are counted",
        YearEnds.MARCH: "all twelve months of the financial year are counted",
    }[figures.year_ends]
    return f"{figures.year_ends.label}: {rest}."


def _notes(periods: tuple[Period, ...]) -> tuple[str, ...]:
    stopped = tuple(
        f"{period.name} stops at {plain_day(period.span.last)} and is compared with {period.before.words}."
        for period in periods
        if period.part
    )
    assumed = tuple(f"{p.name}: term dates assumed ({p.whole.words})." for p in periods if p.term_dates_assumed)
    return stopped + assumed


def _excluded(figures: CallVolumes) -> FigureTable:
    rows: list[tuple[Cell, ...]] = []
    if any(volume.august for volume in figures.volumes):
        rows.append(("Taken in August", *(volume.august or _no_august() for volume in figures.volumes)))
    rows.append((f"Dated after {plain_day(figures.as_of)}", *(volume.later for volume in figures.volumes)))
    rows.append(("Removed as entered by mistake", *(volume.removed for volume in figures.volumes)))
    return FigureTable(
        id=EXCLUDED,
        title=EXCLUDED_TITLE,
        unit=Unit.CALLS,
        definition="Calls on record that no figure above counts, by the day they were taken (London time) and the"
        " reason they are left out.",
        columns=(Column(head="Reason", kind="text"), *(Column(head=period.label) for period in figures.periods)),
        rows=tuple(rows),
    )


def _no_august() -> Count:
    return Count(None, why="no August is left out of a period that is not a September to July year")


def _facts(report: Report, service: str) -> tuple[tuple[str, str], ...]:
    labels = tuple(period.label for period in report.periods)
    many = f"{len(labels)} periods, the first {labels[0]}, the last {labels[-1]}"
    covers = listed(labels) if len(labels) <= FEW + 1 else many
    if any(period.year for period in report.periods):
        covers = f"{covers}; years run {report.year_ends.label}"
    return (
        ("From", service),
        ("Covers", covers),
        ("Against", "the same days of the year before"),
        ("As of", plain_day(report.as_of)),
    )


def _in_short(report: Report) -> str:
    counts = [_values(row)[0] for row in report.table(BY_YEAR).rows]
    return " ".join(part for part in (_latest(report), _earlier(report, counts), _left_out(report)) if part)


def _latest(report: Report) -> str:
    period, (_label, now, before, *_rest) = report.periods[-1], report.table(BY_YEAR).rows[-1]
    if not isinstance(now, Count) or not isinstance(before, Count) or now.value is None:
        return f"No figure can be given for {period.label}."
    said = f"In {period.label} the service logged {calls_words(now.value)}"
    if before.value is None:
        return f"{said}. No comparison is given{f': {before.why}' if before.why else ''}."
    way = "up from" if now.value > before.value else "down from" if now.value < before.value else "the same as"
    return f"{said}, {way} {count_words(before.value)} in {period.before.words}."


def _earlier(report: Report, counts: list[int | None]) -> str:
    """The periods before the last; of many, the largest and smallest, a period cut short not among them."""
    known = [(p, n) for p, n in zip(report.periods, counts, strict=True) if n is not None]
    whole = [(p.label, n) for p, n in known if not p.part]
    if len(whole) > FEW:
        most, fewest = max(whole, key=lambda pair: pair[1]), min(whole, key=lambda pair: pair[1])
        return (
            f"Of the {len(whole)} whole periods shown, {most[0]} has the most calls ({count_words(most[1])}) and"
            f" {fewest[0]} the fewest ({count_words(fewest[1])})."
        )
    before = tuple(f"{calls_words(n)} in {p.label}" for p, n in known if p is not report.periods[-1])
    return f"Before that, it logged {listed(before)}." if before else ""


def _left_out(report: Report) -> str:
    """How many calls are in no figure; not given where periods overlap, as the same call would be added twice."""
    spans = sorted((period.whole.first, period.whole.last) for period in report.periods)
    if any(after[0] <= before[1] for before, after in pairwise(spans)):
        return f"Calls left out are shown in the table “{EXCLUDED_TITLE}”."
    cells = [cell for row in report.table(EXCLUDED).rows for cell in row[1:] if isinstance(cell, Count)]
    total = sum(cell.value or 0 for cell in cells)
    if not total:
        return "No call was left out."
    is_are = "is" if total == 1 else "are"
    return f"{calls_words(total)} {is_are} left out of these figures; the table “{EXCLUDED_TITLE}” says why."


def _chart(report: Report) -> ChartSpec:
    table = report.table(BY_YEAR)
    bars = tuple(Bar(period.label, _values(row)) for period, row in zip(report.periods, table.rows, strict=True))
    series: tuple[str, ...] = ("Calls", "Same days of the year before")
    if all(bar.values[1] is None for bar in bars):
        bars, series = tuple(Bar(bar.label, bar.values[:1]) for bar in bars), series[:1]
    spoken = "; ".join(_spoken(bar) for bar in bars)
    title = f"{table.title[:1].lower()}{table.title[1:]}"
    return ChartSpec(caption=table.title, series=series, bars=bars, alternative=f"Bar chart, {title}. {spoken}.")


def _values(row: tuple[Cell, ...]) -> tuple[int | None, ...]:
    """The count and the one it is compared with."""
    return tuple(cell.value for cell in row[1:3] if isinstance(cell, Count))


def _spoken(bar: Bar) -> str:
    now, *before = bar.values
    figure = "no figure" if now is None else count_words(now)
    against = [
        f" against {count_words(value)} in the same days of the year before" for value in before if value is not None
    ]
    return f"{bar.label}: {figure}{''.join(against)}"
