"""Names as they are compared, by part, by sound, by short form and by the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.names import (
    fold,
    joined_parts,
    name_parts,
    nicknames,
    one_letter_off,
    slips_between,
    split_name,
)
from ppsdesk.domain.sounds import sound


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Siân", "sian"),
        ("ŁUCJA", "lucja"),
        ("Ṣọlá", "sola"),
        ("Bjørn Ærø", "bjorn aero"),
        ("Weiß", "weiss"),
        ("O’Thistle", "othistle"),
        ("O'Thistle", "othistle"),
        ("Thistle-Down", "thistle down"),
        ("  Fern\u00a0 Hollow ", "fern hollow"),
        ("ﬁona", "fiona"),
        ("Ｊａｎｅ", "jane"),
        ("\u202eenaJ", "enaj"),
        ("Κώστας", "κωστασ"),
        ("محمد", "محمد"),
        ("😀", ""),
        ("%_'\"*;--", ""),
    ],
)
def test_case_accents_and_signs_do_not_tell_names_apart(written: str, compared: str) -> None:
    assert fold(written) == compared


def test_a_name_has_parts_and_titles_are_none_of_them() -> None:
    assert name_parts("Mrs Mary-Ann O’Thistle") == ("mary", "ann", "othistle")
    assert name_parts("Dr") == ("dr",)
    assert joined_parts("Mary Ann") == ("maryann",)
    assert joined_parts("de la Fern") == ("dela", "lafern", "delafern")
    assert joined_parts("Fern") == ()


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Jane Thistledown", ("Jane", "Thistledown")),
        ("Thistledown, Jane", ("Jane", "Thistledown")),
        ("thistledown,jane mary", ("jane mary", "thistledown")),
        ("Jane Mary Fern-Hollow", ("Jane Mary", "Fern-Hollow")),
        ("Ana de la Hazelby", ("Ana", "de la Hazelby")),
        ("Mrs Fernby", ("", "Fernby")),
        ("Mrs Jane Fernby", ("Jane", "Fernby")),
        ("Jane", ("Jane", "")),
        ("van der Fern", ("van", "der Fern")),
        ("", ("", "")),
        (",", ("", "")),
    ],
)
def test_what_is_typed_becomes_given_names_and_family_name(typed: str, parts: tuple[str, str]) -> None:
    assert split_name(typed) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith", "Smyth"), ("Siân", "Shan"), ("Sean", "Shaun"), ("Niamh", "Neve"), ("Geoffrey", "Jeffrey"),
        ("Catherine", "Kathryn"), ("Macdonald", "McDonald"), ("Hughes", "Huws"), ("Phillips", "Filips"),
        ("Stephen", "Steven"), ("Thistle", "Thissel"), ("Bryony", "Briony"), ("Llewellyn", "Lewelin"),
        ("Wright", "Rite"), ("Knowles", "Noles"), ("Thomson", "Thompson"), ("Leigh", "Lee"), ("Gough", "Goff"),
        ("Rhys", "Reece"), ("Aoife", "Eefa"), ("Zoë", "Zoe"), ("Pugh", "Pew"), ("Cholmondeley", "Chumley"),
    ],
)  # fmt: skip
def test_names_said_alike_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Smith", "Jones"), ("Tom", "Ben"), ("Fernby", "Hazelby"), ("Marsh", "Fern"), ("Ali", "Ken")],
)
def test_names_said_otherwise_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("short", "full"),
    [("liz", "elizabeth"), ("Bill", "william"), ("meg", "margaret"), ("dai", "david"), ("tom", "thomas"),
     ("peggy", "margaret"), ("kasia", "catherine"), ("mo", "mohammed"), ("sian", "jane")],
)  # fmt: skip
def test_short_forms_lead_both_ways(short: str, full: str) -> None:
    assert full in nicknames(short)
    assert fold(short) in nicknames(full)


def test_a_family_name_has_no_short_forms() -> None:
    assert nicknames("thistledown") == ()


def slow_distance(one: str, other: str) -> int:
    """By the letter of the definition: the reference for `slips_between`."""
    table = [[max(row, column) for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            here = table[row - 1][column - 1] + (one[row - 1] != other[column - 1])
            table[row][column] = min(table[row - 1][column] + 1, table[row][column - 1] + 1, here)
            if row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


words = st.text("abco", max_size=7)


@given(words, words)
def test_slips_are_counted_as_defined(one: str, other: str) -> None:
    assert slips_between(one, other) == min(slow_distance(one, other), 3)


@given(st.text("abct", min_size=1, max_size=6), st.text("abct", max_size=7))
def test_one_letter_off_is_every_word_one_slip_away(one: str, other: str) -> None:
    assert (other in one_letter_off(one)) == (slow_distance(one, other) == 1)


@given(st.text(max_size=60))
def test_no_name_is_an_error(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    for part in name_parts(text):
        sound(part)
        nicknames(part)
    split_name(text)


@given(st.lists(st.sampled_from(["Jane", "Thistle", "Fern", "Wren", "Quill"]), min_size=2, max_size=5))
def test_no_part_of_a_name_is_lost_when_it_is_split(parts: list[str]) -> None:
    assert split_name("  ".join(parts)) == (" ".join(parts[:-1]), parts[-1])
    assert split_name(f"{parts[-1]},{' '.join(parts[:-1])}") == (" ".join(parts[:-1]), parts[-1])
