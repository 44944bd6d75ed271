"""A figure knows what it counted; a share knows its base."""

from __future__ import annotations

from datetime import date

import pytest

from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.figures import Column, Count, FigureTable, Report, Share, change, change_per_cent


@pytest.mark.parametrize(
    ("now", "before", "difference", "per_cent"),
    [
        (2647, 1249, 1398, 111.9),
        (1249, 2647, -1398, -52.8),
        (10, 10, 0, 0.0),
        (0, 10, -10, -100.0),
        (1, 10, -9, -90.0),
        (2402, 1650, 752, 45.6),
    ],
)
def test_a_change_is_said_in_calls_and_per_cent(now: int, before: int, difference: int, per_cent: float) -> None:
    assert change(Count(now), Count(before)) == Count(difference)
    assert change_per_cent(Count(now), Count(before)) == Share(per_cent, before)


@pytest.mark.parametrize("before", [0, 1, 9])
def test_a_base_under_ten_carries_no_percentage_and_says_why(before: int) -> None:
    share = change_per_cent(Count(7), Count(before))
    assert (share.per_cent, share.base) == (None, before)
    assert share.why == "no percentage on a base under 10"
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
