"""How figures read on our papers."""

from __future__ import annotations

import tomllib

import pytest

from ppsdesk import resources
from ppsdesk.domain.figures import Column, Count, Share
from ppsdesk.reports import house_style
from ppsdesk.reports.house_style import (
    calls_words,
    cell_words,
    change_words,
    count_words,
    hidden_words,
    listed,
    marking,
    per_cent_words,
)


@pytest.mark.parametrize(("value", "words"), [(1249, "1,249"), (0, "0"), (1234567, "1,234,567"), (None, "–")])
def test_counts_have_commas_and_a_missing_one_is_an_en_dash(value: int | None, words: str) -> None:
    assert count_words(value) == words


@pytest.mark.parametrize(("value", "words"), [(16, "+16"), (-1398, "\u22121,398"), (0, "0"), (None, "–")])
def test_a_change_has_its_sign_and_a_true_minus(value: int | None, words: str) -> None:
    assert change_words(value) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(111.9, 1249), "+111.9 %"),
        (Share(-12.0, 100), "\u221212.0 %"),
        (Share(0.0, 1249), "0.0 %"),
        (Share(1234.5, 1249), "+1,234.5 %"),
        (Share(-50.0, 12), "\u221250 %"),
        (Share(0.0, 99), "0 %"),
        (Share(None, 9, why="small"), "–"),
    ],
)
def test_a_change_in_per_cent_has_its_sign_and_on_a_base_under_a_hundred_no_decimal(share: Share, words: str) -> None:
    assert per_cent_words(share) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(45.6, 2402), "45.6 %"),
        (Share(33.0, 99), "33 %"),
        (Share(33.0, 100), "33.0 %"),
        (Share(0, 50), "0 %"),
        (Share(None, 9, why="small"), "–"),
    ],
)
def test_a_share_has_no_sign_and_on_a_base_under_a_hundred_no_decimal(share: Share, words: str) -> None:
    assert cell_words(share, Column(head="Share", kind="share")) == words


def test_a_hidden_figure_has_its_mark_and_a_missing_one_a_dash() -> None:
    column = Column(head="Calls")
    assert cell_words(Count(None, why="small", mark="1 to 4"), column) == "1 to 4"
    assert cell_words(Count(None, why="nothing on record"), column) == "–"
    assert cell_words(Count(1249), column) == "1,249"
    assert cell_words(Count(-3), Column(head="Change", kind="change")) == "\u22123"
    assert cell_words("Central", Column(head="Line", kind="text")) == "Central"


@pytest.mark.parametrize(("least", "words"), [(2, "1"), (5, "1 to 4"), (10, "1 to 9")])
def test_the_mark_names_the_figures_it_may_stand_for(least: int, words: str) -> None:
    assert hidden_words(least) == words


def test_every_page_says_whether_small_numbers_are_in_it() -> None:
    assert marking(None) == "Internal: may contain small numbers"
    assert marking(5) == "Counts of 1 to 4 hidden; some could be worked out"
    assert marking(1) == "For publication: no count is hidden"


def test_one_call_is_one_call() -> None:
    assert (calls_words(1), calls_words(2402), calls_words(0)) == ("1 call", "2,402 calls", "0 calls")


def test_a_list_ends_with_and() -> None:
    assert (listed(()), listed(("a",)), listed(("a", "b")), listed(("a", "b", "c"))) == (
        "",
        "a",
        "a and b",
        "a, b and c",
    )


def test_bars_on_paper_have_the_colour_of_the_tokens() -> None:
    tokens = tomllib.loads((resources.folder() / "tokens.toml").read_text(encoding="utf-8"))
    assert tokens["chart"]["print"][:2] == [house_style.PRINT_LOOK.now, house_style.PRINT_LOOK.ground]
