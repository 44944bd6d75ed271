"""How figures read on our papers."""

from __future__ import annotations

import tomllib

import pytest

from ppsdesk import resources
from ppsdesk.reports import house_style
from ppsdesk.reports.house_style import calls_words, change_words, count_words, listed, per_cent_words


@pytest.mark.parametrize(("value", "words"), [(1249, "1,249"), (0, "0"), (1234567, "1,234,567"), (None, "–")])
def test_counts_have_commas_and_a_missing_one_is_an_en_dash(value: int | None, words: str) -> None:
    assert count_words(value) == words


@pytest.mark.parametrize(("value", "words"), [(16, "+16"), (-1398, "\u22121,398"), (0, "0"), (None, "–")])
def test_a_change_has_its_sign_and_a_true_minus(value: int | None, words: str) -> None:
    assert change_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(111.9, "+111.9 %"), (-12.0, "\u221212.0 %"), (0.0, "0.0 %"), (1234.5, "+1,234.5 %"), (None, "–")],
)
def test_a_percentage_has_one_decimal(value: float | None, words: str) -> None:
    assert per_cent_words(value) == words


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
