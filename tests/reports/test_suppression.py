"""What leaves the service tells nobody of fewer people than the service's own threshold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppsdesk.domain.codes import Unit
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable, Report, Share, change, change_per_cent, share
from ppsdesk.domain.selection import Selection
from ppsdesk.reports import writing
from ppsdesk.reports.suppression import suppressed
from tests.reports import handmade, invented_reports
from tests.reports.files_read import READERS, Grid

LEAST = 5
OPENED = Selection.of(handmade.report().periods[0].span)


def one_row(now: int, before: int | None, *, base: int = 400) -> FigureTable:
    counts = Count(now, OPENED), Count(before, OPENED, why="" if before is not None else "nothing is on record")
    row: tuple[Cell, ...] = ("Transport", *counts, change(*counts), change_per_cent(*counts))
    kinds = ("text", "count", "count", "change", "per_cent", "share")
    return FigureTable(
        id="by-topic",
        title="Calls by topic",
        unit=Unit.CALLS,
        definition="",
        columns=tuple(Column(head=f"{kind} {at}", kind=kind) for at, kind in enumerate(kinds)),
        rows=((*row, share(counts[0], Count(base))),),
        bases=(("2001-02", Count(base)),),
    )


def hidden(table: FigureTable, least: int = LEAST) -> tuple[Cell, ...]:
    made = suppressed(replace(handmade.report(), tables=(table,)), least)
    return made.tables[0].rows[0][1:]


def figures(cells: tuple[Cell, ...]) -> list[float | None]:
    return [cell.value if isinstance(cell, Count) else cell.per_cent for cell in cells if not isinstance(cell, str)]


def test_a_small_count_is_hidden_with_its_mark_and_its_reason_and_opens_no_calls() -> None:
    now, before, *_made_from_them = hidden(one_row(3, 40))
    assert now == Count(None, why="fewer than 5, and not shown so that nobody can be recognised", mark="1 to 4")
    assert before == Count(40, OPENED)


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [
        (31, 40, [31, 40, -9, -23.0, 7.8]),
        (0, 40, [0, 40, -40, -100.0, 0.0]),
        (5, 40, [5, 40, -35, -88.0, 1.3]),
        (4, 40, [None, 40, None, None, None]),
        (1, 40, [None, 40, None, None, None]),
        (40, 4, [40, None, None, None, 10.0]),
        (4, 0, [None, 0, None, None, None]),
        (42, 40, [42, 40, 2, 5.0, 10.5]),  # a difference of two figures that are shown tells of nobody
        (31, 9, [31, 9, 22, None, 7.8]),
        (31, None, [31, None, None, None, 7.8]),
    ],
)
def test_what_would_tell_a_hidden_figure_is_hidden_beside_it(
    now: int, before: int | None, shown: list[float | None]
) -> None:
    assert figures(hidden(one_row(now, before))) == shown


def test_everything_that_is_hidden_says_why() -> None:
    cells = hidden(one_row(4, 40))
    reasons = [cell.why for cell in cells if not isinstance(cell, str) and figures((cell,)) == [None]]
    assert len(reasons) == 4
    assert all(reasons)
    assert "no percentage of fewer than 5" in reasons


def test_a_percentage_on_a_base_under_ten_is_not_given_even_where_a_builder_gave_one() -> None:
    table = one_row(7, 40, base=9)
    given_all_the_same = replace(table, rows=((*table.rows[0][:-1], Share(77.8, 9, part=7)),))
    share_of_few = hidden(given_all_the_same)[-1]
    assert share_of_few == Share(None, 9, why="no percentage on a base under 10", part=7)


def test_a_percentage_on_a_base_of_ten_is_given() -> None:
    table = one_row(7, 40, base=10)
    given = replace(table, rows=((*table.rows[0][:-1], Share(70.0, 10, part=7)),))
    assert hidden(given)[-1] == Share(70.0, 10, part=7)


def test_where_no_percentage_is_given_the_small_number_it_stood_for_goes_too() -> None:
    table = one_row(40, 40)
    given = replace(table, rows=((*table.rows[0][:-1], Share(None, 400, why="not known", part=4)),))
    assert hidden(given)[-1] == Share(None, 400, why="not known", part=None)


def test_a_small_base_is_hidden_as_well() -> None:
    made = suppressed(replace(handmade.report(), tables=(one_row(0, 0, base=4),)), LEAST)
    assert made.tables[0].bases[0][1].value is None
    assert made.tables[0].bases[0][1].mark == "1 to 4"


def test_a_small_period_hides_no_comparison_it_has_no_part_in() -> None:
    cells = (Count(2), Count(20), Count(17))
    row = ("Transport", *cells, change(*cells[1:]), change_per_cent(*cells[1:]))
    kinds = ("text", "count", "count", "count", "change", "per_cent")
    columns = tuple(Column(head=str(at), kind=kind) for at, kind in enumerate(kinds))
    assert figures(hidden(replace(one_row(1, 1), columns=columns, rows=(row,)))) == [None, 20, 17, 3, 18.0]


def test_a_small_number_that_stands_behind_a_comparison_hides_none_of_it() -> None:
    row = ("Transport", Count(20), Count(17), change(Count(20), Count(17)), Count(2))
    kinds = ("text", "count", "count", "change", "count")
    columns = tuple(Column(head=str(at), kind=kind) for at, kind in enumerate(kinds))
    assert figures(hidden(replace(one_row(1, 1), columns=columns, rows=(row,)))) == [20, 17, 3, None]


def test_a_comparison_with_a_count_that_is_hidden_already_is_hidden_with_it() -> None:
    row = ("Transport", Count(None, why="not shown"), Count(20), Count(-18), Share(-90.0, 20))
    kinds = ("text", "count", "count", "change", "per_cent")
    columns = tuple(Column(head=str(at), kind=kind) for at, kind in enumerate(kinds))
    assert figures(hidden(replace(one_row(1, 1), columns=columns, rows=(row,)))) == [None, 20, None, None]


def test_a_comparison_of_nobody_knows_what_is_hidden_beside_any_small_figure() -> None:
    row = ("Transport", Count(2), Count(20), Count(17), Count(18), Share(900.0, 200))
    kinds = ("text", "count", "count", "count", "change", "per_cent")
    columns = tuple(Column(head=str(at), kind=kind) for at, kind in enumerate(kinds))
    assert figures(hidden(replace(one_row(1, 1), columns=columns, rows=(row,)))) == [None, 20, 17, None, None]


def test_the_report_says_from_which_number_on_it_shows_counts() -> None:
    assert handmade.report().least_published is None
    assert suppressed(handmade.report(), 5).least_published == 5
    assert suppressed(suppressed(handmade.report(), 10), 5).least_published == 10  # what is hidden stays hidden


def test_a_threshold_of_one_hides_no_count() -> None:
    assert figures(hidden(one_row(1, 40), least=1)) == figures(one_row(1, 40).rows[0])


def test_the_order_of_the_largest_changes_does_not_tell_a_hidden_one() -> None:
    table = one_row(3, 14)
    rows = [("B", 3, 14), ("C", 30, 20), ("A", 2, 10), ("D", 50, 45)]
    made = tuple(
        (name, Count(now), Count(was), change(Count(now), Count(was)), Share(None, was), Share(None, 400, part=now))
        for name, now, was in rows
    )
    sheet = replace(handmade.report(), name="area-trends", tables=(replace(table, rows=made),))
    assert [row[0] for row in suppressed(sheet, LEAST).tables[0].rows] == ["C", "D", "A", "B"]


@settings(max_examples=60, deadline=None)
@given(report=invented_reports.reports(), least=st.integers(1, 20))
def test_hiding_again_changes_nothing(report: Report, least: int) -> None:
    once = suppressed(report, least)
    assert suppressed(once, least) == once


def told(grid: Grid, least: int, base: int | None) -> list[str]:
    """Every way in which a row of a file tells a count from 1 to `least` - 1."""
    found = []
    for *now, before, changed, per_cent, part in grid:
        ways = [("count", count) for count in (*now, before)]
        if now[-1] is None:
            ways += [
                ("change", _sum(before, changed)),
                ("per cent", _product(before, per_cent, 100)),
                ("share", _product(base, part)),
            ]
        if before is None:
            ways += [("change", _sum(now[-1], changed, -1)), ("per cent", _before(now[-1], per_cent))]
        found += [f"{way} {count}" for way, count in ways if count and 0.5 < count < least - 0.5]
    return found


def _sum(value: float | None, by: float | None, sign: int = 1) -> float | None:
    return None if value is None or by is None else value + sign * by


def _product(value: float | None, per_cent: float | None, more: int = 0) -> float | None:
    return None if value is None or per_cent is None else round(value * (more + per_cent) / 100)


def _before(now: float | None, per_cent: float | None) -> float | None:
    return None if now is None or per_cent is None or per_cent == -100 else round(now * 100 / (100 + per_cent))


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
def test_no_file_of_a_public_report_tells_a_small_count(suffix: str) -> None:
    few = 4 if suffix in (".pdf", ".docx") else 12  # each page of these takes its time

    @settings(max_examples=few, deadline=None, database=None)
    @given(report=invented_reports.reports())
    def holds(report: Report) -> None:
        made = suppressed(report, LEAST)
        grids = READERS[suffix](writing.WRITERS[suffix](made, handmade.paper(made)), made)
        for table in made.tables:
            assert told(grids[table.id], LEAST, table.bases[0][1].value) == []

    holds()


@settings(max_examples=300, deadline=None)
@given(report=invented_reports.reports())
def test_no_public_report_tells_a_small_count(report: Report) -> None:
    made = suppressed(report, LEAST)
    for table in made.tables:
        grid = [figures(row) for row in table.rows]
        assert told(grid, LEAST, table.bases[0][1].value) == []


def test_the_search_for_small_counts_finds_them_by_every_way() -> None:
    now, before, changed, per_cent, part = figures(one_row(4, 40).rows[0])
    assert told([[now, before, changed, per_cent, part]], LEAST, 400) == ["count 4"]
    assert told([[None, before, changed, None, None]], LEAST, 400) == ["change 4"]
    assert told([[None, before, None, per_cent, None]], LEAST, 400) == ["per cent 4"]
    assert told([[None, before, None, None, part]], LEAST, 400) == ["share 4"]
    now, before, changed, _per_cent, _part = figures(one_row(40, 4).rows[0])
    assert told([[now, None, changed, None, None]], LEAST, 400) == ["change 4"]
    assert told([[now, None, None, 900.0, None]], LEAST, 400) == ["per cent 4"]
