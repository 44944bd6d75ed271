"""Every table says what it counts, of what, and against what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ppsdesk.domain.breakdowns import NOT_CLASSIFIED, TABLES, CallVolumes
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.document import Facts
from ppsdesk.domain.figures import Count, FigureTable, Share
from ppsdesk.reports import call_volumes, in_short
from ppsdesk.reports.definitions import base_words
from tests.reports.by_hand import breakdown, full, hertfordshire, volumes

FULL = call_volumes.report(full(hertfordshire()))


def with_rows(
    table: str, *rows: tuple[str, tuple[int, ...], int], bases: tuple[int, ...] = (200,), before: int = 100
) -> FigureTable:
    """A table of one year, 2000-01, with these rows."""
    figures = volumes(("2000-01", 200, 100))
    counted = breakdown(table, rows, bases, before)
    return call_volumes.report(replace(figures, breakdowns=(counted,))).table(table)


def heads(table: FigureTable) -> list[str]:
    return [column.head for column in table.columns]


def test_all_tables_are_there_in_their_fixed_order() -> None:
    assert [table.id for table in FULL.tables] == list(TABLES)


def test_tables_nobody_counted_are_not_there() -> None:
    assert [table.id for table in call_volumes.report(hertfordshire()).tables] == ["by-year", "excluded"]


@pytest.mark.parametrize("table", FULL.tables, ids=lambda table: table.id)
def test_every_row_has_its_label_its_count_and_a_cell_for_every_column(table: FigureTable) -> None:
    assert [column.kind for column in table.columns[:2]] == ["text", "count"]
    for row in table.rows:
        assert isinstance(row[0], str)
        assert isinstance(row[1], Count)
        assert len(row) == len(table.columns)


@pytest.mark.parametrize("table", FULL.tables, ids=lambda table: table.id)
def test_every_table_says_what_is_left_out_and_as_of_when(table: FigureTable) -> None:
    assert table.definition.endswith("Counted as of 31 March 2002.")
    if table.id != "excluded":
        assert "Not counted: unfinished drafts" in table.definition
        assert "September to July: calls in August are excluded from a year" in table.definition


def test_a_breakdown_has_a_column_for_each_period_and_compares_the_last() -> None:
    assert heads(FULL.table("by-line")) == [
        "Line", "1999-00", "2000-01", "2001-02 to March", "Year before, same days", "Change", "Change, %", "Share",
    ]  # fmt: skip


def test_a_term_is_compared_with_the_same_term_and_says_so() -> None:
    figures = full(volumes(("2001-02/spring", 214, 198), as_of=date(2002, 3, 20)))
    report = call_volumes.report(figures)
    assert heads(report.table("by-line"))[1:3] == ["Spring 2001-02 to 20 March", "Same days, year before"]
    assert heads(report.table("by-year"))[2] == "Same days, year before"
    assert heads(report.table("by-month"))[2] == "Year before, same days"
    assert "Spring 2001-02 stops at 20 March 2002" in " ".join(report.table("by-line").notes)
    assert "term dates assumed" in " ".join(report.table("by-line").notes)


def test_a_term_cut_short_is_not_taken_for_the_whole_one_that_stands_beside_it() -> None:
    """Autumn a year before is asked for whole, and today's comparison with its first weeks only."""
    figures = full(volumes(("2000-01/spring", 300, 290), ("2001-02/spring", 214, 198), as_of=date(2002, 3, 20)))
    report = call_volumes.report(figures)
    assert heads(report.table("by-line"))[1:4] == [
        "Spring 2000-01", "Spring 2001-02 to 20 March", "Same days, year before",
    ]  # fmt: skip
    assert heads(report.table("by-year"))[2] == "Same term, year before"  # whole ones and cut ones
    facts = call_volumes.document(report, service="", printed="").blocks[0]
    assert isinstance(facts, Facts)
    against = "the same term of the year before; a term that is not over, with the same days of it"
    assert ("Against", against) in facts.rows


def test_a_whole_term_is_compared_with_the_whole_term() -> None:
    figures = full(volumes(("2000-01/spring", 214, 198), as_of=date(2002, 3, 20)))
    assert heads(call_volumes.report(figures).table("by-line"))[2] == "Same term, year before"


def test_change_percentage_and_share_are_those_of_the_last_period() -> None:
    row = with_rows("by-line", ("Central", (60,), 40)).rows[0]
    assert row == ("Central", Count(60), Count(40), Count(20), Share(50.0, 40), Share(30.0, 200, part=60))


def test_of_two_periods_the_last_is_compared_and_shared() -> None:
    figures = volumes(("1999-00", 400, 300), ("2000-01", 200, 100))
    counted = breakdown("by-line", (("Central", (90, 60), 40),), (400, 200), 100)
    row = call_volumes.report(replace(figures, breakdowns=(counted,))).table("by-line").rows[0]
    assert row == (
        "Central", Count(90), Count(60), Count(40), Count(20), Share(50.0, 40), Share(30.0, 200, part=60),
    )  # fmt: skip


def test_a_share_knows_its_base_and_the_part_it_stands_for() -> None:
    share = with_rows("by-line", ("Central", (37,), 1), bases=(211,)).rows[0][-1]
    assert share == Share(17.5, 211, part=37)


def test_a_share_of_fewer_than_a_hundred_is_a_whole_number() -> None:
    assert with_rows("by-line", ("Central", (7,), 1), bases=(33,)).rows[0][-1] == Share(21, 33, part=7)


def test_no_percentage_stands_on_a_base_under_ten() -> None:
    *_rest, per_cent, share = with_rows("by-line", ("Central", (9,), 9), bases=(9,)).rows[0]
    assert per_cent == Share(None, 9, why="no percentage on a base under 10")
    assert share == Share(None, 9, why="no percentage on a base under 10", part=9)


def test_ten_are_enough_for_a_percentage() -> None:
    *_rest, per_cent, share = with_rows("by-line", ("Central", (5,), 10), bases=(10,)).rows[0]
    assert (per_cent, share) == (Share(-50.0, 10), Share(50, 10, part=5))


def test_a_table_keeps_the_base_of_every_period_apart_from_its_rows() -> None:
    table = FULL.table("by-topic")
    assert table.bases == (("1999-00", Count(1249)), ("2000-01", Count(2647)), ("2001-02 to March", Count(2402)))
    assert not any(str(row[0]).lower() in ("total", "all") for row in table.rows)


def test_the_base_is_said_in_words_with_its_unit() -> None:
    table = FULL.table("by-topic")
    assert base_words(table.bases, table.unit) == (
        "Base: 1,249 calls in 1999-00, 2,647 in 2000-01 and 2,402 in 2001-02 to March."
    )
    assert base_words((("2000-01", Count(1)),), Unit.CHILDREN) == "Base: 1 child in 2000-01."
    assert base_words((("2000-01", Count(None, mark="1 to 4")),), Unit.CALLERS) == "Base: 1 to 4 callers in 2000-01."
    assert base_words((), Unit.CALLS) == ""


def test_no_definition_title_or_note_tells_a_count() -> None:
    """What stands in a text could not be hidden any more."""
    figures = volumes(("2000-01", 7654, 7321), august=7111, later=7222, removed=7333)
    for table in call_volumes.report(full(figures)).tables:
        for text in (table.title, table.definition, *table.notes):
            assert "7,654" not in text
            assert "7654" not in text


def test_tables_of_several_answers_say_why_their_rows_add_up_to_more_than_the_base() -> None:
    assert "A call may have several topics, so the rows add up to more than the base." in FULL.table("by-topic").notes
    assert "A call may have several kinds of advice" in " ".join(FULL.table("by-advice").notes)
    assert [table.id for table in FULL.tables if table.several] == ["by-topic", "by-advice"]


def test_stages_belong_to_the_children_of_a_call() -> None:
    table = FULL.table("by-stage")
    assert table.unit is Unit.CHILDREN
    assert "Stage belongs to each child of a call; a call about two children counts twice." in table.definition


def test_the_level_of_help_is_that_of_the_call_and_not_of_an_intervention() -> None:
    table = FULL.table("by-level")
    assert table.title == "Calls by level of help given on that call (not interventions)"
    assert "no count of interventions" in table.definition


def test_new_and_returning_callers_are_explained_and_calls_without_identity_have_no_share() -> None:
    table = with_rows("new-and-returning", ("New callers", (40,), 30), (NOT_CLASSIFIED, (25,), 20), bases=(120,))
    assert "first call ever falls in the period" in table.definition
    assert "cannot be classified" in table.definition
    assert table.rows[0][-1] == Share(33.3, 120, part=40)
    assert table.rows[1][-1] == Share(None, None, why="these are calls, not callers, and so no part of the base")


def test_waiting_is_counted_in_call_backs_by_days_and_by_attempts() -> None:
    table = FULL.table("waiting")
    assert table.unit is Unit.CALL_BACKS
    assert "days of the calendar from asking for it to reaching the caller" in table.definition
    assert "all rows together add up to more than the base" in " ".join(table.notes)


def test_terms_say_how_they_lie_in_the_year() -> None:
    assert "the autumn term from 1 September and the summer term to 31 July" in FULL.table("by-term").definition
    august = call_volumes.report(full(volumes(("2000-01", 90, 80), year_ends=YearEnds.AUGUST)))
    assert "the summer term to 31 August" in august.table("by-term").definition


def test_many_terms_whose_dates_nobody_entered_are_named_once() -> None:
    notes = [note for note in FULL.table("by-term").notes if "assumed" in note]
    assert len(notes) == 1
    assert notes[0].startswith("Term dates assumed, as none are entered: Autumn 1999-00, Spring 1999-00,")


@pytest.mark.parametrize("table_id", ["by-term", "by-month"])
def test_terms_and_months_are_compared_one_by_one(table_id: str) -> None:
    table = FULL.table(table_id)
    assert [column.kind for column in table.columns] == ["text", "count", "count", "change", "per_cent"]
    assert table.rows[0][0] in ("Autumn 1999-00", "September 1999")


def test_what_later_or_removed_does_not_say_is_nought() -> None:
    figures = hertfordshire()
    bare = tuple(replace(volume, later=None, removed=None) for volume in figures.volumes)
    rows = call_volumes.report(replace(figures, volumes=bare)).table("excluded").rows
    assert [row[1] for row in rows[1:]] == [Count(0), Count(0)]


def test_a_table_of_another_name_is_a_fault_of_the_program() -> None:
    figures: CallVolumes = replace(hertfordshire(), breakdowns=(breakdown("by-shoe", (), (1, 1, 1)),))
    with pytest.raises(KeyError):
        call_volumes.report(figures)


@pytest.mark.parametrize(
    ("earliest", "said"),
    [
        (date(1999, 9, 1), False),  # all of the year before is on record
        (date(1999, 11, 20), True),
        (date(2000, 8, 31), True),
        (date(2000, 9, 1), False),  # nothing is: no figure is given at all
    ],
)
def test_a_comparison_with_a_year_that_is_only_partly_on_record_says_so(earliest: date, said: bool) -> None:
    """The book begins in November: the year after it seems to grow by a third, and did not."""
    figures = replace(volumes(("2000-01", 200, 100), year_ends=YearEnds.AUGUST), earliest=earliest)
    notes = call_volumes.report(figures).table("by-year").notes
    assert any("what 2000-01 is compared with may not be whole" in note for note in notes) is said


def test_who_reads_only_the_first_sentence_is_told_that_the_year_before_is_not_all_on_record() -> None:
    figures = replace(full(volumes(("2000-01", 200, 100))), earliest=date(1999, 11, 20))
    said = in_short.sentences(call_volumes.report(figures))
    assert "logged 200 calls, up from 100 in September 1999 to July 2000. The first call on record is of" in said
    assert "20 November 1999, so what 2000-01 is compared with may not be whole." in said
    whole = in_short.sentences(call_volumes.report(replace(figures, earliest=date(1999, 9, 1))))
    assert "first call on record" not in whole
