"""A figure knows what it counted; a share knows its base."""

from __future__ import annotations

from datetime import date

import pytest

from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.figures import Column, Count, FigureTable, Report, Share, change, change_per_cent, share


@pytest.mark.parametrize(
    ("now", "before", "difference", "per_cent"),
    [
        (2647, 1249, 1398, 111.9),
        (1249, 2647, -1398, -52.8),
        (10, 10, 0, 0.0),
        (0, 10, -10, -100.0),
        (1, 10, -9, -90.0),
        (2402, 1650, 752, 45.6),
        (2405, 2000, 405, 20.3),  # 20.25: a half goes up, as on a pocket calculator
        (1595, 2000, -405, -20.3),
        (1999, 2000, -1, -0.1),
        (19999, 20000, -1, 0.0),
        (7, 12, -5, -42.0),  # on a base under 100 a decimal would say more than the figures do
        (11, 16, -5, -31.0),
        (125, 99, 26, 26.0),
        (101, 100, 1, 1.0),
    ],
)
def test_a_change_is_said_in_calls_and_per_cent(now: int, before: int, difference: int, per_cent: float) -> None:
    assert change(Count(now), Count(before)) == Count(difference)
    assert change_per_cent(Count(now), Count(before)) == Share(per_cent, before)


@pytest.mark.parametrize(
    ("part", "base", "per_cent"),
    [(9, 144, 6.3), (1, 16, 6.0), (3, 40, 8.0), (1, 8, None), (0, 50, 0.0), (50, 50, 100.0)],
)
def test_a_share_is_what_a_reader_with_a_calculator_finds(part: int, base: int, per_cent: float | None) -> None:
    assert share(Count(part), Count(base)).per_cent == per_cent


@pytest.mark.parametrize("before", [0, 1, 9])
def test_a_base_under_ten_carries_no_percentage_and_says_why(before: int) -> None:
    told = change_per_cent(Count(7), Count(before))
    assert (told.per_cent, told.base) == (None, before)
    assert told.why == "no percentage on a base under 10"
    assert change(Count(7), Count(before)) == Count(7 - before)


@pytest.mark.parametrize(
    ("now", "before", "why"),
    [
        (Count(5), Count(None, why="nothing on record"), "nothing on record"),
        (Count(None, why="hidden"), Count(5), "hidden"),
        (Count(None, why="hidden"), Count(None, why="nothing on record"), "nothing on record"),
    ],
)
def test_where_a_figure_is_missing_no_change_is_invented(now: Count, before: Count, why: str) -> None:
    assert change(now, before) == Count(None, why=why)
    assert change_per_cent(now, before) == Share(None, before.value, why=why)


def test_a_report_hands_out_its_tables_by_id() -> None:
    year = Column(head="Year", kind="text")
    table = FigureTable(id="by-year", title="By year", unit=Unit.CALLS, definition="", columns=(year,), rows=())
    report = Report(
        name="call-volumes",
        title="Call volumes",
        as_of=date(2002, 3, 31),
        year_ends=YearEnds.JULY,
        periods=(),
        tables=(table,),
    )
    assert report.table("by-year") is table
    with pytest.raises(KeyError):
        report.table("by-month")
