"""Phone numbers however they are typed, against the number that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.phones import digits, same_phone, shown, tails

TABLE = Path(__file__).with_name("phone_spellings.tsv")
SPELLINGS = [tuple(line.split("\t")) for line in TABLE.read_text(encoding="utf-8").split("\n")[1:] if line]


def spelled(how: str) -> list[tuple[str, str]]:
    """(number, typed) of one kind of row."""
    return [(number, typed) for kind, number, typed in SPELLINGS if kind == how]


def test_the_table_is_as_long_as_promised() -> None:
    assert len(SPELLINGS) >= 300
    assert len(spelled("same")) >= 250


def test_every_spelling_is_the_number_it_means() -> None:
    wrong = [(typed, digits(typed)) for number, typed in spelled("same") if digits(typed) != number]
    assert not wrong
    assert all(same_phone(number, typed) for number, typed in spelled("same"))


def test_some_of_its_digits_are_a_run_that_finds_the_number_and_never_the_number_itself() -> None:
    for number, typed in spelled("tail"):
        run = digits(typed)
        assert len(run) >= 4, typed
        assert any(tail.startswith(run) for tail in tails(number)), typed
        assert not same_phone(number, typed), typed


def test_what_is_not_the_number_is_never_taken_for_it() -> None:
    taken = [(number, typed) for number, typed in spelled("other") if same_phone(number, typed)]
    assert not taken


@pytest.mark.parametrize(
    ("typed", "read_out"),
    [
        ("+447700900123", "07700 900123"),
        ("7700900123", "07700 900123"),
        ("02079460123", "020 7946 0123"),
        ("01214960123", "0121 496 0123"),
        ("(01632) 960123 ext 12", "01632 960123"),
        ("0169772345", "016977 2345"),
        ("0123", "0123"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("  ask  her mother ", "ask her mother"),
    ],
)
def test_a_number_is_shown_as_it_is_read_out(typed: str, read_out: str) -> None:
    assert shown(typed) == read_out


def test_every_end_of_at_least_four_digits_is_looked_for() -> None:
    assert tails("01632 960123") == (
        "01632960123", "1632960123", "632960123", "32960123", "2960123", "960123", "60123", "0123",
    )  # fmt: skip
    assert tails("123") == ()


@given(st.text(max_size=80))
def test_nothing_typed_is_an_error(text: str) -> None:
    found = digits(text)
    assert not found or (found.isascii() and found.isdecimal())
    assert all(found.endswith(tail) for tail in tails(text))
    assert same_phone(text, shown(text)) == same_phone(text, text)


@given(
    st.from_regex(r"0[1-37-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", ".", "  "]), st.integers(2, 9)
)
def test_spaces_dashes_and_the_code_of_the_country_change_nothing(number: str, sign: str, place: int) -> None:
    broken = number[:place] + sign + number[place:]
    for typed in (broken, "+44" + broken[1:], "0044 " + broken[1:], "+44 (0)" + broken[1:]):
        assert digits(typed) == number
