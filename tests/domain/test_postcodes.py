"""Postcodes however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.postcodes import compact, find_postcode, normal, without_postcode


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("al107ab", "AL10 7AB"), ("AL10 7AB", "AL10 7AB"), ("al10  7ab", "AL10 7AB"), ("Al10-7aB", "AL10 7AB"),
        (" sg1 1aa ", "SG1 1AA"), ("sw1a1aa", "SW1A 1AA"), ("w1a 0ax", "W1A 0AX"), ("m11ae", "M1 1AE"),
        ("b338th", "B33 8TH"), ("cr26xh", "CR2 6XH"), ("dn551pt", "DN55 1PT"), ("ec1a1bb", "EC1A 1BB"),
        ("AL1O 7AB", "AL10 7AB"), ("AL10 OAB", "AL10 0AB"), ("SG1Z 9AB", "SG1Z 9AB"), ("AL1 IAA", "AL1 1AA"),
        ("gir 0aa", "GIR 0AA"),
    ],
)  # fmt: skip
def test_a_postcode_is_written_in_capitals_with_one_space(typed: str, written: str) -> None:
    assert normal(typed) == written


@pytest.mark.parametrize(
    "typed", ["", "al10", "al10 7", "jane", "AL10 7CC", "1AL0 7AB", "07700900123", "al10 7ab x", "%"]
)
def test_what_is_no_whole_postcode_is_none(typed: str) -> None:
    assert normal(typed) == ""


def test_a_postcode_is_found_among_other_words() -> None:
    assert find_postcode("jane thistle al10 7ab 0123") == "AL10 7AB"
    assert find_postcode("12 Fern Row, Hazelby SG129AB.") == "SG12 9AB"
    assert without_postcode("jane al10 7ab 0123").split() == ["jane", "0123"]
    assert find_postcode("a-3k74-9qx2") == ""
    assert find_postcode("xal10 7ab") == ""


@pytest.mark.parametrize(
    ("typed", "key"),
    [("AL10 7AB", "al107ab"), ("al10", "al10"), ("AL10 7", "al107"), ("al10 7a", "al107a"), ("jane", ""), ("12", ""),
     ("al", "")],
)  # fmt: skip
def test_the_beginning_of_a_postcode_can_be_looked_for(typed: str, key: str) -> None:
    assert compact(typed) == key


@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    found = normal(text)
    assert normal(found) == found
    assert compact(found) == found.replace(" ", "").lower()
    assert normal(find_postcode(text)) == find_postcode(text)
    without_postcode(text)
