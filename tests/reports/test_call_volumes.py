"""What the count says, and what it says about itself."""

from __future__ import annotations

from datetime import date

import pytest

from ppsdesk.domain.breakdowns import CallVolumes
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.document import ChartSpec, Document, Facts, Heading, Paragraph, Table
from ppsdesk.domain.figures import Count, FigureTable, Share
from ppsdesk.domain.periods import Span
from ppsdesk.domain.selection import Selection
from ppsdesk.reports import call_volumes
from ppsdesk.reports.house_style import MARKING
from tests.reports.by_hand import NOTHING, SERVICE, full, hertfordshire, many, paper, volumes


def by_year(*asked: tuple[str, int | None, int | None], year_ends: YearEnds = YearEnds.JULY) -> FigureTable:
    return call_volumes.report(volumes(*asked, year_ends=year_ends)).table("by-year")


def excluded(figures: CallVolumes) -> FigureTable:
    return call_volumes.report(figures).table("excluded")


def chart_of(document: Document) -> ChartSpec:
    [chart] = [block for block in document.blocks if isinstance(block, ChartSpec)]
    return chart


def in_short(document: Document) -> str:
    [text] = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return text


def test_hertfordshires_three_totals_stand_in_their_rows_oldest_first() -> None:
    table = call_volumes.report(hertfordshire()).table("by-year")
    assert [(row[0], row[1].value) for row in table.rows if isinstance(row[1], Count)] == [
        ("1999-00", 1249),
        ("2000-01", 2647),
        ("2001-02 to March", 2402),
    ]


def test_the_second_hertfordshire_year_rose_by_1398_calls_which_is_111_9_per_cent() -> None:
    _label, _now, _before, change, per_cent = by_year(("2000-01", 2647, 1249)).rows[0]
    assert change == Count(1398)
    assert per_cent == Share(111.9, 1249)


def test_every_row_has_a_cell_for_every_column() -> None:
    for table in call_volumes.report(full(hertfordshire())).tables:
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_figure_keeps_the_selection_that_opens_its_calls() -> None:
    _label, now, before, *_rest = by_year(("2001-02", 2402, 1650)).rows[0]
    assert isinstance(now, Count)
    assert isinstance(before, Count)
    assert now.selection == Selection.of(Span(first=date(2001, 9, 1), last=date(2002, 3, 31)))
    assert before.selection == Selection.of(Span(first=date(2000, 9, 1), last=date(2001, 3, 31)))


def test_where_nothing_is_on_record_no_comparison_is_invented() -> None:
    _label, _now, *compared = by_year(("1999-00", 1249, None)).rows[0]
    assert [cell.value if isinstance(cell, Count) else cell.per_cent for cell in compared] == [None, None, None]  # type: ignore[union-attr]
    assert {cell.why for cell in compared} == {NOTHING}  # type: ignore[union-attr]


def test_a_year_that_is_not_over_says_where_it_stops_and_with_what_it_is_compared() -> None:
    table = by_year(("2001-02", 2402, 1650))
    assert table.notes == ("2001-02 stops at 31 March 2002 and is compared with September 2000 to March 2001.",)


def test_a_whole_year_has_no_such_note() -> None:
    assert by_year(("2000-01", 2647, 1249)).notes == ()


def test_rings_that_were_no_enquiry_are_counted_among_what_was_left_out_and_nowhere_else() -> None:
    rows = excluded(full(hertfordshire())).rows
    assert [(row[0], row[3].value) for row in rows[3:] if isinstance(row[3], Count)] == [
        ("No enquiry: silent", 12),
        ("No enquiry: caller hung up", 7),
        ("No enquiry: wrong number", 0),
    ]
    assert "132 calls and 57 rings of the phone that were no enquiry are left out" in in_short(
        paper(full(hertfordshire()))
    )


def test_assumed_term_dates_are_said() -> None:
    table = by_year(("2000-01/autumn", 900, None))
    assert table.notes == ("Autumn 2000-01: term dates assumed (September 2000 to December 2000).",)
    assert table.title == "Calls by period"


@pytest.mark.parametrize(
    ("year_ends", "words"),
    [
        (YearEnds.JULY, "September to July: calls in August are excluded from a year"),
        (YearEnds.AUGUST, "September to August: all twelve months of the school year are counted."),
        (YearEnds.MARCH, "April to March: all twelve months of the financial year are counted."),
    ],
)
def test_the_definition_says_which_months_make_a_year(year_ends: YearEnds, words: str) -> None:
    assert words in by_year(("2000-01", 5, 4), year_ends=year_ends).definition


def test_the_definition_says_what_a_call_is_and_as_of_when() -> None:
    definition = by_year(("2000-01", 5, 4)).definition
    assert "one conversation, incoming or outgoing" in definition
    assert "as of 31 March 2002" in definition
    assert "Not counted: unfinished drafts, calls removed as entered by mistake, and rings of the phone" in definition


def test_what_was_left_out_is_shown_by_reason_and_period() -> None:
    table = excluded(hertfordshire())
    assert [column.head for column in table.columns] == ["Reason", "1999-00", "2000-01", "2001-02 to March"]
    assert [(row[0], *(cell.value for cell in row[1:] if isinstance(cell, Count))) for row in table.rows] == [
        ("Taken in August", 41, 41, 41),
        ("Dated after 31 March 2002", 0, 0, 3),
        ("Removed as entered by mistake", 2, 2, 2),
    ]


def test_no_august_is_left_out_of_a_year_that_ends_in_august() -> None:
    table = excluded(volumes(("2000-01", 5, 4), year_ends=YearEnds.AUGUST))
    assert [row[0] for row in table.rows] == ["Dated after 31 March 2002", "Removed as entered by mistake"]


def test_a_term_beside_a_year_says_why_it_leaves_out_no_august() -> None:
    august = excluded(volumes(("2000-01", 5, 4), ("2000-01/autumn", 2, None))).rows[0]
    assert august[1] == Count(41)
    assert august[2] == Count(None, why="no August is left out of a period that is not a September to July year")


def test_the_paper_answers_first_and_shows_how_afterwards() -> None:
    document = paper(hertfordshire())
    assert [type(block) for block in document.blocks] == [
        Facts, Heading, Paragraph, Heading, Table, ChartSpec, Heading, Table,
    ]  # fmt: skip
    assert (document.title, document.service, document.marking) == ("Call volumes", SERVICE, MARKING)


def test_the_summary_is_neutral_and_names_both_figures() -> None:
    assert in_short(paper(hertfordshire())) == (
        "In 2001-02 to March the service logged 2,402 calls, up from 1,650 in September 2000 to March 2001. "
        "Before that, it logged 1,249 calls in 1999-00 and 2,647 calls in 2000-01. "
        "132 calls are left out of these figures; the table “Left out of the count” says why."
    )


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (1, 12, "logged 1 call, down from 12 in"),
        (12, 12, "logged 12 calls, the same as 12 in"),
        (0, None, f"logged 0 calls. No comparison is given: {NOTHING}."),
        (None, 3, "No figure can be given for 2000-01."),
    ],
)
def test_the_summary_fits_the_figures(now: int | None, before: int | None, words: str) -> None:
    assert words in in_short(paper(volumes(("2000-01", now, before))))


def test_a_year_cut_short_is_never_called_the_one_with_the_fewest_calls() -> None:
    years = [(f"199{n}-9{n + 1}", 1000 + n, 900) for n in range(2, 9)]
    text = in_short(paper(volumes(*years, ("2001-02", 5, 4))))
    assert "Of the 7 whole periods shown, 1998-99 has the most calls (1,008) and 1992-93 the fewest (1,002)." in text


def test_calls_of_overlapping_periods_are_not_added_twice() -> None:
    text = in_short(paper(volumes(("2000-01/autumn", 2, None), ("2000-01", 5, 4))))
    assert text.endswith("Calls left out are shown in the table “Left out of the count”.")


def test_nothing_left_out_is_said_too() -> None:
    text = in_short(paper(volumes(("2000-01", 5, 4), august=0, removed=0)))
    assert text.endswith("No call was left out.")


def test_the_chart_shows_the_tables_figures_and_puts_them_into_words() -> None:
    chart = chart_of(paper(hertfordshire()))
    assert [bar.values for bar in chart.bars] == [(1249, None), (2647, 1249), (2402, 1650)]
    assert chart.alternative == (
        "Bar chart, calls by year. 1999-00: 1,249; 2000-01: 2,647 against 1,249 in the same days of the year before; "
        "2001-02 to March: 2,402 against 1,650 in the same days of the year before."
    )


def test_without_any_comparison_the_chart_has_one_series() -> None:
    chart = chart_of(paper(volumes(("2000-01", 5, None))))
    assert chart.series == ("Calls",)
    assert [bar.values for bar in chart.bars] == [(5,)]


def test_many_periods_are_not_listed_one_by_one_above_the_text() -> None:
    [facts] = [block for block in paper(many(12)).blocks if isinstance(block, Facts)]
    assert dict(facts.rows)["Covers"] == (
        "12 periods, the first 1990-91, the last 2001-02 to March; years run September to July"
    )


def test_the_summary_calls_earlier_only_what_was_before() -> None:
    """A term of the year that is told first is part of it."""
    assert "It also logged 5 calls in " in in_short(paper(volumes(("2000-01/autumn", 5, 4), ("2000-01", 12, 9))))
    assert "Before that, it logged 5 calls in " in in_short(paper(volumes(("1999-00", 5, 4), ("2000-01", 12, 9))))
