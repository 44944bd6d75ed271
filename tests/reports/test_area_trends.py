"""The trend sheet: topics by area, this term against the one before it."""

from __future__ import annotations

from dataclasses import replace

from ppsdesk.domain.breakdowns import ALL_AREAS, NOT_ENTERED, AreaTrends, TrendRow
from ppsdesk.domain.document import ChartSpec, Document, Facts, Heading, Paragraph, Table
from ppsdesk.domain.figures import Count, FigureTable, Report, Share
from ppsdesk.reports import area_trends, pdf
from ppsdesk.reports.suppression import suppressed
from tests.reports import reading
from tests.reports.by_hand import PRINTED, SERVICE, trends


def of(*rows: tuple[str, str, int, int]) -> AreaTrends:
    """Figures of (area, topic, this term, the term before)."""
    made = tuple(TrendRow(area=a, topic=t, now=Count(now), before=Count(before)) for a, t, now, before in rows)
    areas = tuple(dict.fromkeys(area for area, *_rest in rows))
    return replace(trends("North"), rows=made, bases=tuple((area, Count(120), Count(100)) for area in areas))


def sheet(report: Report) -> Document:
    return area_trends.document(report, service=SERVICE, printed=PRINTED)


def in_short(document: Document) -> str:
    [text] = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return text


def labels(table: FigureTable) -> list[str]:
    return [str(row[0]) for row in table.rows]


def test_the_largest_change_stands_first_whether_up_or_down() -> None:
    report = area_trends.report(of(("North", "A", 5, 6), ("North", "B", 20, 50), ("North", "C", 40, 22)))
    assert labels(report.table("area-1")) == ["B", "C", "A"]


def test_of_equal_changes_that_of_the_larger_share_stands_first_and_not_entered_last() -> None:
    report = area_trends.report(
        of(("North", NOT_ENTERED, 90, 1), ("North", "A", 5, 9), ("North", "B", 20, 16), ("North", "C", 7, 3))
    )
    assert labels(report.table("area-1")) == ["B", "C", "A", NOT_ENTERED]


def test_a_row_has_this_term_the_term_before_the_change_and_the_share_of_the_areas_calls() -> None:
    table = area_trends.report(of(("North", "Exclusion", 31, 22))).table("area-1")
    assert [column.head for column in table.columns] == [
        "Topic", "Summer 2000-01", "Spring 2000-01", "Change", "Change, %", "Share",
    ]  # fmt: skip
    assert table.rows[0] == ("Exclusion", Count(31), Count(22), Count(9), Share(41.0, 22), Share(25.8, 120, part=31))
    assert table.bases == (("Summer 2000-01", Count(120)), ("Spring 2000-01", Count(100)))


def test_each_area_has_its_table_and_all_areas_together_another() -> None:
    report = area_trends.report(
        of((ALL_AREAS, "A", 9, 8), ("North", "A", 5, 6), ("East", "A", 4, 2), (NOT_ENTERED, "A", 1, 1))
    )
    assert [(table.id, table.title) for table in report.tables] == [
        ("all-areas", "All areas: calls by topic"),
        ("area-1", "North: calls by topic"),
        ("area-2", "East: calls by topic"),
        ("area-3", "Area not entered: calls by topic"),
    ]


def test_the_sheet_says_that_it_compares_with_the_term_before() -> None:
    report = area_trends.report(trends("North"))
    [facts] = [block for block in sheet(report).blocks if isinstance(block, Facts)]
    assert dict(facts.rows)["Against"] == "Spring 2000-01, the term before"
    assert report.periods[0].before.words == "January 2001 to March 2001"
    assert "Summer 2000-01 (April 2001 to July 2001) is compared with Spring 2000-01" in " ".join(
        report.tables[0].notes
    )


def test_the_summary_tells_the_calls_of_each_area_and_the_three_largest_changes() -> None:
    report = area_trends.report(
        of(
            (ALL_AREAS, "A", 99, 1),
            ("North", "Exclusion", 31, 22),
            ("East", "Transport", 10, 28),
            ("East", "Exclusion", 5, 5),
            ("North", "Other", 90, 1),
            (NOT_ENTERED, "Transport", 80, 1),
        )
    )
    assert in_short(sheet(report)) == (
        "Calls in Summer 2000-01 against Spring 2000-01: North 120, up from 100; East 120, up from 100. "
        "The largest changes are: Transport in East (10, down from 28); Exclusion in North (31, up from 22)."
    )


def test_the_five_largest_changes_of_all_areas_are_drawn() -> None:
    [chart] = [b for b in sheet(area_trends.report(trends("", "North", "East"))).blocks if isinstance(b, ChartSpec)]
    assert len(chart.bars) == 5
    changes = [abs((bar.values[0] or 0) - (bar.values[1] or 0)) for bar in chart.bars]
    assert changes == sorted(changes, reverse=True)
    assert all(bar.label.endswith((", North", ", East")) for bar in chart.bars)
    assert chart.series == ("Summer 2000-01", "Spring 2000-01")


def test_where_nothing_changed_that_is_said() -> None:
    document = sheet(area_trends.report(of(("North", "A", 5, 5))))
    assert "No topic changed by a figure that can be shown." in in_short(document)
    assert [block for block in document.blocks if isinstance(block, ChartSpec)] == []


def test_neither_place_nor_words_nor_bars_tell_a_hidden_figure() -> None:
    figures = of(
        ("North", "Hidden now", 3, 70), ("North", "Shown", 9, 8), ("North", "Hidden too", 2, 60),
        ("North", "Nought", 0, 0),
    )  # fmt: skip
    document = sheet(suppressed(area_trends.report(figures), 5))
    [table] = [block.figures for block in document.blocks if isinstance(block, Table)]
    assert labels(table) == ["Shown", "Nought", "Hidden now", "Hidden too"]
    assert "Hidden" not in in_short(document)
    [chart] = [block for block in document.blocks if isinstance(block, ChartSpec)]
    assert [bar.label for bar in chart.bars] == ["Shown, North"]
    assert chart.caption == "The largest change that can be shown (unit: calls)"


def test_the_sheet_prints_every_area_under_its_own_heading() -> None:
    document = sheet(area_trends.report(trends("", "North", "<b>East & Co</b>")))
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings == ["In short", "Largest changes", "All areas", "North", "<b>East & Co</b>"]
    text = " ".join(reading.pages(pdf.write(document)))
    for words in ("Trends by area, Summer 2000-01", "4 North", "5 <b>East & Co</b>", "Internal: may contain"):
        assert words in text


def test_the_sheet_prints_twenty_topics_of_an_area_and_says_how_many_more_there_are() -> None:
    report = area_trends.report(of(*(("North", f"Topic {n}", 100 - n, 0) for n in range(31))))
    [table] = [block.figures for block in sheet(report).blocks if isinstance(block, Table)]
    assert labels(table) == [f"Topic {n}" for n in range(20)]
    assert table.notes[-1].startswith("Not shown: 11 topics with smaller changes")
    assert len(report.table("area-1").rows) == 31


def test_without_areas_there_is_a_sheet_all_the_same() -> None:
    empty = replace(trends(), rows=(), bases=())
    assert sheet(area_trends.report(empty)).title == "Trends by area, Summer 2000-01"
