"""References that anonymous callers write down and quote."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.references import SIGNS, looks_like, reference_for

ALIKE = ("0OQDCGU", "1IL7", "2Z", "5S", "6G", "8B", "VUY", "BCDEGPTV3", "AHJK8", "FSX", "MN", "IY", "QUW", "59")


def test_no_two_signs_look_or_sound_alike() -> None:
    for first, second in combinations(SIGNS, 2):
        close = [group for group in ALIKE if first in group and second in group]
        assert close in ([], ["QUW"], ["AHJK8"]), (first, second)  # said double-u and eight: nobody mishears those two
    assert len(set(SIGNS)) == 14


def test_the_same_call_always_has_the_same_reference() -> None:
    key = UUID("5a0f6c1e-0b1d-4c52-9a67-3f0e5d1c7a01")
    assert reference_for(key) == reference_for(UUID(str(key))) == "A-K679-W94X"


def test_ten_thousand_calls_hardly_ever_share_one() -> None:
    keys = [UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128) for number in range(10_000)]
    assert len({reference_for(key) for key in keys}) > 9_998  # by chance one pair in thirty such services


@pytest.mark.parametrize(
    "typed",
    ["A-3K74-9QX2", "a3k74 9qx2", "a-3k74-9qx2", "A3K749QX2", " a 3k74 9qx2 ", "A.3K74.9QX2", "a – 3k74 – 9qx2",
     "A/3K74/9QX2", "a 3 k 7 4 9 q x 2", "ref A-3K74-9QX2", "Ref: a3k74 9qx2", "reference A 3K74 9QX2", "A_3K74_9QX2",
     "a3k74‑9qx2",
     "rang again about A-3K74-9QX2, wants a call", "smith a3k749qx2", "(a3k74-9qx2)"],
)  # fmt: skip
def test_a_reference_is_read_however_sloppily_it_is_typed(typed: str) -> None:
    assert looks_like(typed) == "A-3K74-9QX2"


@pytest.mark.parametrize(
    "typed",
    ["", "a", "smith", "A-3K74-9Q", "A-3K74-9QX2X", "B-3K74-9QX2", "A-3K74-9Q0", "3K74-9QX2", "A-1K74-9QX2", "AL10 7AB",
     "07700 900123", "smith a 3467 7892", "anna 34677892", "A-3K74-9QX2-2", "refa3k749qx2", "M34 6DR", "Amy Kymry"],
)  # fmt: skip
def test_what_is_none_is_left_for_the_name_or_the_phone(typed: str) -> None:
    assert looks_like(typed) == ""


@given(st.uuids())
def test_every_reference_is_read_back(key: UUID) -> None:
    given_out = reference_for(key)
    assert looks_like(given_out) == looks_like(given_out.lower().replace("-", " ")) == given_out


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    found = looks_like(typed)
    assert found == "" or looks_like(found) == found


def test_references_of_real_keys_use_every_sign_at_every_place() -> None:
    given_out = [reference_for(uuid4()) for _ in range(2_000)]
    for place in (2, 3, 4, 5, 7, 8, 9, 10):
        assert {reference[place] for reference in given_out} == set(SIGNS)
