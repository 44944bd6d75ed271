"""Reports with any figures, small ones among them, for tests that must hold whatever was counted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from ppsdesk.domain.codes import Unit
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable, Report, change, change_per_cent, share
from tests.reports import handmade

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(0, 99_999))
LABELS = ("Admissions", "Bullying", "Exclusions", "Health", "Other", "Plans", "Transport")
YEARS = ("1999-00", "2000-01", "2001-02")
NOTHING = "nothing is on record for then"


@st.composite
def tables(draw: st.DrawFn, table_id: str, title: str) -> FigureTable:
    """A table as the reports have them: a count for each period, the one compared with, changes and share."""
    years = draw(st.integers(1, 3))
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=6, unique=True))
    base = Count(draw(COUNTS))
    known = draw(st.booleans())
    rows: list[tuple[Cell, ...]] = []
    for label in labels:
        now = tuple(Count(draw(COUNTS)) for _ in range(years))
        before = Count(draw(COUNTS)) if known else Count(None, why=NOTHING)
        last = now[-1]
        rows.append((label, *now, before, change(last, before), change_per_cent(last, before), share(last, base)))
    return FigureTable(
        id=table_id,
        title=title,
        unit=Unit.CALLS,
        definition=f"What {title.lower()} are.",
        columns=(
            Column(head="Topic", kind="text"),
            *(Column(head=year) for year in YEARS[:years]),
            Column(head="Year before, same days"),
            Column(head="Change", kind="change"),
            Column(head="Change, %", kind="per_cent"),
            Column(head="Share", kind="share"),
        ),
        rows=tuple(rows),
        bases=((YEARS[years - 1], base),),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Two tables of any figures."""
    made = (draw(tables("by-topic", "Calls by topic")), draw(tables("by-advice", "Calls by advice")))
    return replace(handmade.report(), tables=made)
