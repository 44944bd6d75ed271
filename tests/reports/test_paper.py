"""The paper as a councillor reads it, from the report alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ppsdesk.domain.breakdowns import TABLES
from ppsdesk.domain.document import Block, ChartSpec, Document, Facts, Heading, Paragraph, Table
from ppsdesk.domain.figures import Report
from ppsdesk.reports import call_volumes
from ppsdesk.reports.house_style import MARKING
from ppsdesk.reports.suppression import suppressed
from tests.reports.by_hand import PRINTED, SERVICE, breakdown, full, hertfordshire, paper, volumes


def of(report: Report) -> Document:
    return call_volumes.document(report, service=SERVICE, printed=PRINTED)


def only(report: Report, *ids: str) -> Report:
    return replace(report, tables=tuple(table for table in report.tables if table.id in ids))


def printed_tables(document: Document) -> list[str]:
    return [block.figures.id for block in document.blocks if isinstance(block, Table)]


def words(document: Document) -> str:
    """Everything on the paper that is not a cell of a table."""

    def of_block(block: Block) -> str:
        if isinstance(block, Table):
            return " ".join((block.caption, block.figures.definition, *block.figures.notes))
        if isinstance(block, ChartSpec):
            return f"{block.alternative} {block.bars}"
        return str(block)

    return "\n".join((document.marking, *map(of_block, document.blocks)))


def in_short(document: Document) -> str:
    return next(block.text for block in document.blocks if isinstance(block, Paragraph))


def topics(*rows: tuple[str, tuple[int, ...], int]) -> Report:
    figures = volumes(("2000-01", 200, 100), august=0, removed=0)
    return call_volumes.report(replace(figures, breakdowns=(breakdown("by-topic", rows, (200,), 100),)))


def test_the_sections_stand_in_the_order_of_a_council_paper() -> None:
    document = paper(full(hertfordshire()))
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "In short", "Figures", "What people asked about", "Who called", "The children", "What the service gave",
        "Appendix: what was left out",
    ]  # fmt: skip


def test_every_table_is_printed_once() -> None:
    assert sorted(printed_tables(paper(full(hertfordshire())))) == sorted(TABLES)


def test_every_breakdown_has_its_chart_beside_it() -> None:
    blocks = paper(full(hertfordshire())).blocks
    for at, block in enumerate(blocks):
        if isinstance(block, Table) and block.figures.id != "excluded":
            assert isinstance(blocks[at + 1], ChartSpec), block.figures.id


def test_terms_that_were_asked_for_are_not_printed_a_second_time() -> None:
    figures = volumes(("2000-01/autumn", 90, 80), ("2000-01/spring", 70, 60))
    twice = replace(figures, terms=figures.volumes)
    assert printed_tables(paper(twice)) == ["by-year", "excluded"]
    assert [table.id for table in call_volumes.report(twice).tables] == ["by-year", "by-term", "excluded"]


def test_a_report_of_one_table_is_a_paper_of_one_table() -> None:
    document = of(only(call_volumes.report(full(hertfordshire())), "by-stage"))
    assert printed_tables(document) == ["by-stage"]
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["The children"]


def test_captions_name_the_unit_and_the_base_stands_under_the_table() -> None:
    [table] = [b for b in paper(full(hertfordshire())).blocks if isinstance(b, Table) and b.figures.id == "by-stage"]
    assert table.caption == "Children by SEN stage (unit: children)"
    assert table.figures.notes[0] == "Base: 1,249 children in 1999-00, 2,647 in 2000-01 and 2,402 in 2001-02 to March."


def test_entries_nobody_had_are_told_by_their_number_on_paper_and_stay_in_the_files() -> None:
    report = topics(("Exclusion", (5,), 3), ("Transport", (0,), 0), ("Moving school", (0,), 1), ("Other", (0,), 0))
    [table] = [b for b in of(report).blocks if isinstance(b, Table) and b.figures.id == "by-topic"]
    assert [row[0] for row in table.figures.rows] == ["Exclusion", "Moving school"]
    assert table.figures.notes[-1] == "Not shown: 2 entries with no call in any period."
    assert len(report.table("by-topic").rows) == 4


def test_a_hidden_figure_is_not_taken_for_nought() -> None:
    report = suppressed(topics(("Exclusion", (5,), 7), ("Transport", (3,), 0)), 5)
    [table] = [b for b in of(report).blocks if isinstance(b, Table) and b.figures.id == "by-topic"]
    assert [row[0] for row in table.figures.rows] == ["Exclusion", "Transport"]


def test_a_list_of_which_nobody_had_anything_is_one_sentence() -> None:
    document = of(topics(("Exclusion", (0,), 0), ("Transport", (0,), 0)))
    assert "by-topic" not in printed_tables(document)
    assert Paragraph("Calls by topic: none in any period.") in document.blocks


def test_the_summary_names_the_topic_most_people_asked_about() -> None:
    report = topics(("Exclusion", (31,), 22), ("Transport", (30,), 40), ("Not entered", (90,), 90))
    assert "Most asked about was Exclusion: 31 calls, up from 22." in in_short(of(report))


def test_two_topics_that_share_the_first_place_are_both_named() -> None:
    report = topics(("Exclusion", (31,), 22), ("Transport", (31,), 40))
    assert "Most asked about were Exclusion and Transport: 31 calls each." in in_short(of(report))


def test_the_summary_has_two_to_four_sentences() -> None:
    for figures in (full(hertfordshire()), hertfordshire(), volumes(("2000-01", 5, None))):
        sentences = in_short(paper(figures)).replace("(s.42)", "").split(". ")
        assert 2 <= len(sentences) <= 4


def test_a_paper_with_true_counts_is_marked_as_internal() -> None:
    document = paper(full(hertfordshire()))
    assert document.marking == MARKING
    [facts] = [block for block in document.blocks if isinstance(block, Facts)]
    assert dict(facts.rows)["Figures"] == MARKING


def test_a_paper_to_be_published_says_what_is_hidden_and_that_this_may_not_be_enough() -> None:
    document = of(suppressed(call_volumes.report(full(hertfordshire())), 5))
    assert document.marking == "Counts of 1 to 4 hidden; some could be worked out"
    [facts] = [block for block in document.blocks if isinstance(block, Facts)]
    told = dict(facts.rows)["Figures"]
    assert told.startswith("Counts of 1 to 4 are hidden and shown as “1 to 4”.")
    assert "might still be worked out from others" in told


@pytest.mark.parametrize(
    ("least", "words"),
    [(2, "Counts of 1 are hidden"), (10, "Counts of 1 to 9 are hidden"), (1, "Every count is shown")],
)
def test_the_words_follow_the_threshold_of_the_service(least: int, words: str) -> None:
    document = of(suppressed(call_volumes.report(hertfordshire()), least))
    [facts] = [block for block in document.blocks if isinstance(block, Facts)]
    assert words in dict(facts.rows)["Figures"]


def test_no_sentence_chart_or_note_tells_a_figure_that_the_tables_hide() -> None:
    figures = volumes(("2000-01", 817, 3), ("2001-02", 4, 917), august=2, later=1, removed=3)
    rows = (("Exclusion", (3, 2), 817), ("Transport", (4, 4), 917))
    counted = breakdown("by-topic", rows, (817, 4), 917)
    report = call_volumes.report(replace(figures, breakdowns=(counted,)))
    document = of(suppressed(report, 5))
    text = words(document)
    assert "In 2001-02 to March the service logged 1 to 4 calls, against 917 in" in text
    assert "Calls left out are shown in the table" in text
    assert "Most asked about" not in text
    assert "Base: 817 calls in 2000-01 and 1 to 4 in 2001-02 to March." in text
    for told in ("−913", "814", "0.3 %", "(4,", "(3,", "(2,", " 4 calls", " 3 calls", "logged 4"):
        assert told not in text.replace("1 to 4 calls", "")
    assert "logged 4" in words(of(report))  # the same search finds it where it is shown
