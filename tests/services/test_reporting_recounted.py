"""Every figure of every table is counted twice, by two programs, and opens exactly the calls it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.breakdowns import TABLES
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.figures import Count, FigureTable, Report
from ppsdesk.domain.periods import Span
from ppsdesk.storage.work import Storage
from tests.services.busy_helpline import fill
from tests.services.recount import Recount

BY_PERIOD = ("by-year", "by-term", "by-month")
BREAKDOWNS = tuple(table for table in TABLES if table not in (*BY_PERIOD, "excluded"))
ASKED = (
    (("2024-25", "2025-26", "2026-27"), YearEnds.JULY),
    (("2025-26/spring",), YearEnds.AUGUST),
    (("2025-26", "2026-27/autumn", "2026-01..2026-02"), YearEnds.MARCH),
)


@pytest.fixture
def recount(desk: Services, storage: Storage) -> Recount:
    """A busy helpline, and its records in the hand."""
    fill(desk, storage, seed=4)
    return Recount(desk)


def spans(report: Report) -> list[Span]:
    """The days of the columns of a table by entry: the periods, and those the last one is compared with."""
    return [*(period.span for period in report.periods), report.periods[-1].before]


def columns(table: FigureTable, days: Sequence[Span]) -> Iterator[tuple[Span, dict[str, Count]]]:
    """For each column of counts its days, and the figures by label."""
    for place, span in enumerate(days, start=1):
        figures: dict[str, Count] = {}
        for row in table.rows:
            label, count = row[0], row[place]
            assert isinstance(label, str)
            assert isinstance(count, Count)
            assert label not in figures
            figures[label] = count
        yield span, figures


def different(report: Report, recount: Recount) -> list[str]:
    """Where the report's tables by entry say another number than the recount."""
    found = []
    for table_id in BREAKDOWNS:
        table = report.table(table_id)
        for span, figures in columns(table, spans(report)):
            counted = recount.table(table_id, span.first, span.last)
            ours = {label: count.value for label, count in figures.items() if count.value}
            theirs = {label: figure.number for label, figure in counted.items()}
            found += [f"{table_id} {span.words}: {ours} against {theirs}"] * (ours != theirs)
        for (label, base), span in zip(table.bases, spans(report), strict=False):
            other = recount.base(table_id, span.first, span.last)
            found += [f"{table_id}, base of {label}: {base.value} against {other}"] * (base.value != other)
    return found


def test_every_table_by_entry_says_what_a_recount_says(desk: Services, recount: Recount) -> None:
    for wanted, year_ends in ASKED:
        assert different(desk.reporting.call_volumes(wanted, year_ends=year_ends), recount) == []
    _notices_a_single_call_that_is_missing(desk, recount)


def _notices_a_single_call_that_is_missing(desk: Services, recount: Recount) -> None:
    report = desk.reporting.call_volumes(["2025-26"], year_ends=YearEnds.JULY)
    with_one = [c for c in recount.calls if any(step.kind == "call_back" for step in recount.steps[c.id])]
    gone = next(c for c in with_one if date(2025, 9, 1) <= c.taken_on <= date(2026, 7, 31))
    recount.calls.remove(gone)
    noticed = {words.split()[0].rstrip(",") for words in different(report, recount)}
    assert noticed >= {*BREAKDOWNS} - {"new-and-returning"}


def test_every_table_by_period_and_what_is_left_out_say_what_a_recount_says(desk: Services, recount: Recount) -> None:
    for wanted, year_ends in ASKED:
        report = desk.reporting.call_volumes(wanted, year_ends=year_ends)
        for table_id in BY_PERIOD:
            seen = 0
            for _label, now, before, *_changes in report.table(table_id).rows:
                for count in (now, before):
                    assert isinstance(count, Count)
                    selection = count.selection
                    assert selection is not None
                    assert selection.first is not None
                    assert selection.last is not None
                    calls = recount.taken(selection.first, selection.last)
                    assert count.value == (len(calls) if calls or not count.why else None)
                    assert desk.calls.count(selection) == len(calls)
                    seen += len(calls)
            assert seen > 20
        assert sum(_now(report, "by-month")) == sum(_now(report, "by-term")) or len(wanted) > 1
    _left_out_says_what_a_recount_says(desk, recount)


def _now(report: Report, table_id: str) -> list[int]:
    return [row[1].value or 0 for row in report.table(table_id).rows if isinstance(row[1], Count)]


def test_every_figure_opens_exactly_the_calls_it_counts(desk: Services, recount: Recount) -> None:
    report = desk.reporting.call_volumes(["2025-26", "2026-27/autumn"], year_ends=YearEnds.JULY)
    opened = {table_id: _open(desk, recount, report, table_id) for table_id in BREAKDOWNS}
    assert all(opened.values()), opened


def _open(desk: Services, recount: Recount, report: Report, table_id: str) -> int:
    """Look behind each figure of a table; how many calls stand there."""
    seen = 0
    for span, figures in columns(report.table(table_id), spans(report)):
        counted = recount.table(table_id, span.first, span.last)
        selection = None
        for label, count in figures.items():
            selection = count.selection
            assert selection is not None
            calls = set(desk.calls.ids(selection))
            assert calls == (counted[label].calls if label in counted else set()), (table_id, label, span)
            if selection.unit is Unit.CALLS:
                assert count.value == len(calls)
            seen += len(calls)
        assert selection is not None
        assert desk.calls.count(selection) == len(calls)
    return seen


def _left_out_says_what_a_recount_says(desk: Services, recount: Recount) -> None:
    report = desk.reporting.call_volumes(["2024-25", "2025-26", "2026-27"], year_ends=YearEnds.JULY)
    rows = {row[0]: row[1:] for row in report.table("excluded").rows}
    day = report.as_of
    periods = [period.whole for period in report.periods]
    augusts = [Span(first=date(days.last.year, 8, 1), last=date(days.last.year, 8, 31)) for days in periods]
    assert _values(rows["Taken in August"]) == [
        len(recount.taken(a.first, min(a.last, day))) if a.first <= day else 0 for a in augusts
    ]
    assert _values(rows["Dated after 20 November 2026"]) == [
        len([c for c in recount.calls if day < c.taken_on and d.first <= c.taken_on <= date(d.last.year, 8, 31)])
        for d in periods
    ]
    assert _values(rows["Removed as entered by mistake"]) == [
        len(recount.taken(d.first, min(d.last, day), removed=True)) for d in periods
    ]
    assert all(sum(_values(row)) > 0 for row in rows.values()), rows
    for label, row in rows.items():
        for count in row:
            assert isinstance(count, Count)
            if count.selection is None:
                assert count.value == 0 or count.why, label
            else:
                assert desk.calls.count(count.selection) == count.value, label


def _values(row: Sequence[object]) -> list[int]:
    return [cell.value or 0 for cell in row if isinstance(cell, Count)]
