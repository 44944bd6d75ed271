"""Which bars stand beside a table."""

from __future__ import annotations

from ppsdesk.domain.codes import Unit
from ppsdesk.domain.document import Bar, ChartSpec, Note
from ppsdesk.domain.figures import Column, Count, FigureTable, change, change_per_cent
from ppsdesk.reports import bars, call_volumes
from tests.reports.by_hand import full, hertfordshire

HIDDEN = Count(None, why="small", mark="1 to 4")


def table(*rows: tuple[str, int | Count, int | Count], table_id: str = "by-line", several: bool = False) -> FigureTable:
    """A table of one period: label, now, before."""
    made = []
    for label, *figures in rows:
        now, before = (figure if isinstance(figure, Count) else Count(figure) for figure in figures)
        made.append((label, now, before, change(now, before), change_per_cent(now, before)))
    return FigureTable(
        id=table_id,
        title="Calls by line",
        unit=Unit.CALLS,
        definition="",
        columns=(
            Column(head="Line", kind="text"),
            Column(head="2000-01"),
            Column(head="Year before, same days"),
            Column(head="Change", kind="change"),
            Column(head="Change, %", kind="per_cent"),
        ),
        rows=tuple(made),
        several=several,
    )


def drawn(figures: FigureTable) -> ChartSpec:
    chart = bars.of_entries(figures)[0]
    assert isinstance(chart, ChartSpec)
    return chart


def labels(figures: FigureTable) -> list[str]:
    return [bar.label for bar in drawn(figures).bars]


def test_the_largest_of_this_period_stands_first_and_other_and_not_entered_last() -> None:
    made = table(("Not entered", 90, 1), ("Other", 80, 1), ("South", 5, 70), ("North", 40, 2))
    assert labels(made) == ["North", "South", "Other", "Not entered"]


def test_a_scale_keeps_its_own_order() -> None:
    made = table(("Level 1", 5, 1), ("Level 2", 50, 1), ("Not entered", 9, 9), table_id="by-level")
    assert labels(made) == ["Level 1", "Level 2", "Not entered"]


def test_each_bar_is_now_against_before() -> None:
    chart = drawn(table(("North", 40, 2), ("South", 5, 70)))
    assert chart.series == ("2000-01", "Year before, same days")
    assert chart.bars == (Bar("North", (40, 2)), Bar("South", (5, 70)))


def test_of_three_periods_the_last_is_drawn() -> None:
    chart = drawn(call_volumes.report(full(hertfordshire())).table("by-line"))
    assert chart.series == ("2001-02 to March", "Year before, same days")


def test_no_more_than_twelve_bars_are_drawn_and_the_rest_is_told() -> None:
    made = table(*((f"Line {n}", 100 - n, n) for n in range(20)), ("Other", 1, 1), ("Not entered", 3, 1))
    chart, note = bars.of_entries(made)
    assert isinstance(chart, ChartSpec)
    assert [bar.label for bar in chart.bars] == [*(f"Line {n}" for n in range(10)), "Other", "Not entered"]
    assert note == Note("12 of 22 entries are drawn; the table has the others.")


def test_an_entry_whose_name_begins_with_other_stands_where_its_figure_belongs() -> None:
    """Other professionals are a kind of caller, not what is left of all kinds."""
    made = table(("Other professional (solicitor)", 3, 1), ("Voluntary organisation", 5, 7), ("Child", 4, 8),
                 ("Other (write it down)", 9, 0), ("Other", 8, 0), ("Not known", 7, 0))  # fmt: skip
    assert labels(made) == [
        "Voluntary organisation", "Child", "Other professional (solicitor)", "Other (write it down)", "Other",
        "Not known",
    ]  # fmt: skip


def test_entries_nobody_had_are_not_drawn() -> None:
    assert labels(table(("North", 4, 0), ("East", 0, 0), ("West", 0, 2))) == ["North", "West"]


def test_one_entry_alone_is_no_chart() -> None:
    assert bars.of_entries(table(("North", 4, 1), ("East", 0, 0))) == ()


def test_a_hidden_figure_draws_no_bar_but_has_its_mark() -> None:
    chart = drawn(table(("North", 40, HIDDEN), ("South", HIDDEN, 6)))
    assert chart.bars == (Bar("North", (40, None), ("", "1 to 4")), Bar("South", (None, 6), ("1 to 4", "")))


def test_a_hidden_figure_stands_after_those_that_are_shown_and_before_nought() -> None:
    made = table(("Nought", 0, 9), ("First hidden", HIDDEN, 1), ("Shown", 5, 5), ("Second hidden", HIDDEN, 99))
    assert labels(made) == ["Shown", "First hidden", "Second hidden", "Nought"]


def test_the_words_for_the_chart_name_the_three_largest_figures() -> None:
    made = table(("A", 5, 1), ("B", 50, 12), ("C", 30, 3), ("D", 40, HIDDEN), ("Other", 45, 1))
    assert drawn(made).alternative == (
        "Bar chart, calls by line, 5 entries. The largest are B: 50 against 12 in the same days of the year before; "
        "Other: 45 against 1 in the same days of the year before; "
        "D: 40 against 1 to 4 in the same days of the year before."
    )


def test_bars_that_add_up_to_more_than_the_whole_say_so() -> None:
    _chart, note = bars.of_entries(table(("A", 5, 1), ("B", 6, 2), table_id="by-topic", several=True))
    assert note == Note("A call may have several topics, so the rows add up to more than the base.")


def test_how_call_backs_were_reached_is_not_drawn_a_second_time() -> None:
    made = table(("Reached after 1 day", 5, 1), ("Still waiting", 6, 2), ("Reached at attempt 1", 5, 1),
                 table_id="waiting")  # fmt: skip
    assert labels(made) == ["Reached after 1 day", "Still waiting"]


def test_of_many_months_the_last_twelve_are_drawn_in_the_order_of_time() -> None:
    made = table(*((f"Month {n}", n, n) for n in range(1, 30)))
    chart, note = bars.of_months(made)
    assert isinstance(chart, ChartSpec)
    assert [bar.label for bar in chart.bars] == [f"Month {n}" for n in range(18, 30)]
    assert note == Note("The last 12 of the table’s 29 months are drawn.")
