"""What is typed into the one box, taken apart for a new caller and for looking."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.finding import Typed
from ppsdesk.domain.typed_box import ASKED_LIMIT, Clues, clues, take_apart
from tests.builders import TODAY


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("jane thistle", Typed(name="jane thistle")),
        ("jane thistle 07700 900123 al10 7ab", Typed(name="jane thistle", phone="07700 900123", postcode="AL10 7AB")),
        ("AL107AB Thistle, Jane", Typed(name="Thistle, Jane", postcode="AL10 7AB")),
        ("+44 7700 900123", Typed(phone="+44 7700 900123")),
        ("(01632) 960123 ext 12 mrs fern", Typed(name="mrs fern", phone="(01632) 960123 ext 12")),
        ("a-3k74-9qx2", Typed(reference="A-3K74-9QX2")),
        ("ref A 3K74 9QX2", Typed(reference="A-3K74-9QX2")),
        ("fern a3k74-9qx2", Typed(name="fern", reference="A-3K74-9QX2")),
        ("jane@example.org Jane", Typed(name="Jane", email="jane@example.org")),
        ("tom fern 3/9/2015", Typed(name="tom fern", born_on=date(2015, 9, 3))),
        ("tom fern 3.9.68", Typed(name="tom fern", born_on=date(1968, 9, 3))),
        ("tom fern 3.9.27", Typed(name="tom fern", born_on=date(1927, 9, 3))),
        ("tom fern 29.2.28", Typed(name="tom fern", born_on=date(1928, 2, 29))),
        ("tom fern 3.9.2027", Typed(name="tom fern", born_on=date(2027, 9, 3))),
        ("tom fern 3 sep 2015", Typed(name="tom fern", born_on=date(2015, 9, 3))),
        ("tom 31/2/2015", Typed(name="tom 31/2/2015")),
        ("0123", Typed(phone="0123")),
        ("07", Typed(phone="07")),
        ("jane 07", Typed(name="jane 07")),
        ("12 Fern Row", Typed(name="12 Fern Row")),
        ("\u202ejane\x00fern", Typed(name="jane fern")),
        ("", Typed()),
    ],
)
def test_each_part_goes_where_it_belongs(text: str, typed: Typed) -> None:
    assert take_apart(text, TODAY) == typed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Siân O’Fern", Clues(names=("sian", "ofern"), apart=("sian", "ofern"))),
        ("sian o fern", Clues(names=("sian", "ofern"), apart=("sian", "o", "fern"))),
        ("0123 hazelby", Clues(names=("hazelby",), apart=("hazelby",), phone="0123")),
        ("+44 7700", Clues(phone="07700")),
        ("al10 7", Clues(postcode="al107")),
        ("fern sg12", Clues(names=("fern",), apart=("fern",), postcode="sg12")),
        ("03092015", Clues(phone="03092015", born=(date(2015, 9, 3),))),
        ("20150903", Clues(phone="20150903", born=(date(2015, 9, 3),))),
        ("jane 07", Clues(names=("jane",), apart=("jane",))),
        ("12", Clues()),
        ("%' OR 1=1 --", Clues(names=("or",), apart=("or",))),
        ("😀", Clues()),
    ],
)
def test_clues_are_what_can_be_looked_for(text: str, wanted: Clues) -> None:
    assert clues(text, TODAY) == wanted


@given(st.text(max_size=100))
def test_nothing_typed_is_an_error_and_no_letter_is_lost(text: str) -> None:
    typed = take_apart(text, TODAY)
    clues(text, TODAY)
    said = f"{typed.name}{typed.phone}{typed.postcode}{typed.reference}{typed.email}{typed.born_on}".casefold()
    assert all(sign.casefold() in said or sign.upper().casefold() in said for sign in text if sign.isalpha()) \
        or typed.born_on or typed.reference  # fmt: skip


def test_a_text_of_ten_thousand_letters_is_kept_whole_but_not_looked_for() -> None:
    text = "x" * 10_000
    assert take_apart(text, TODAY).name == text
    assert len(clues(text, TODAY).names[0]) <= ASKED_LIMIT
