"""A whole call in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppsdesk.domain.one_line import OneLine, parse
from ppsdesk.domain.vocabulary import Vocabularies
from ppsdesk.services.starter_lists import starter_terms

LISTS = Vocabularies(starter_terms())
TODAY = date(2026, 11, 20)


def read(text: str) -> OneLine:
    return parse(text, LISTS, on=TODAY)


def line(**said: Any) -> OneLine:
    return OneLine(**said)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('call smith tom ehc,perm "asked about appeal" out:signp 6m',
         line(who="smith tom", topics=("ehcna-request", "permanent-exclusion"), notes="asked about appeal",
              outcome="signposted-elsewhere", minutes=6)),
        ("smith tom ann-rev", line(who="smith tom", topics=("annual-review",))),
        ("smith tom annual-review transport", line(who="smith tom", topics=("annual-review", "transport"))),
        ("smith topic:transport,housing", line(who="smith", topics=("transport", "housing"))),
        ("smith t:transport t:housing", line(who="smith", topics=("transport", "housing"))),
        ("smith transport,transport", line(who="smith", topics=("transport",))),
        ("Smith, Tom ehc", line(who="Smith, Tom", topics=("ehcna-request",))),
        ("jane bull ehc,perm", line(who="jane bull", topics=("ehcna-request", "permanent-exclusion"))),
        ("amartya sen ehc", line(who="amartya sen", topics=("ehcna-request",))),
        ("07700 900123 ehc", line(who="07700 900123", topics=("ehcna-request",))),
        ('who:"jane bull" bullying', line(who="jane bull", topics=("bullying",))),
        ('ehc who:"perm ann"', line(who="perm ann", topics=("ehcna-request",))),
        ("anon ehc", line(anonymous=True, topics=("ehcna-request",))),
        ("smith ehc 1h", line(who="smith", topics=("ehcna-request",), minutes=60)),
        ("smith ehc 1h10", line(who="smith", topics=("ehcna-request",), minutes=70)),
        ("smith ehc 1h10m", line(who="smith", topics=("ehcna-request",), minutes=70)),
        ("smith ehc 12min", line(who="smith", topics=("ehcna-request",), minutes=12)),
        ("smith 6", line(who="smith 6")),  # a house number, or the start of a phone: never minutes
        ("smith out: signp", line(who="smith", outcome="signposted-elsewhere")),
        ("smith kind:par line:cen by:email level:1 on:yest",
         line(who="smith", caller_kind="PARENT", line="central", method="EMAIL", level="1",
              taken_on=date(2026, 11, 19))),
        ("smith “asked” note:\"again\" ehc", line(who="smith", notes="asked\nagain", topics=("ehcna-request",))),
        ("SMITH EHC OUT:SIGNP", line(who="SMITH", topics=("ehcna-request",), outcome="signposted-elsewhere")),
        ("call", line()),
        ("", line()),
        (" , - ", line()),
    ],
)  # fmt: skip
def test_a_line_is_understood(typed: str, meant: OneLine) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "sentence", "left"),
    [
        ("smith excl,ehc", "“excl” could be Permanent exclusion or Unlawful exclusion. Type more of it.",
         line(who="smith", topics=("ehcna-request",))),
        ("smith out:info",
         "“info” could be Information need met, Informed & confident to proceed alone or Information to be sent. "
         "Type more of it.", line(who="smith")),
        ("smith topic:s", "“s” could be SEN concern, SEN Support / graduated approach, School disagrees child has SEN "
         "or 18 more. Type more of it.",
         line(who="smith")),
        ("smith trans", "“trans” could be Phase transfer, Transfer between LAs or Transport. Type more of it, or "
         "who:trans if it is a name.", line(who="smith")),
        ("smith ehc,dragons", "“dragons” is not in the list Topic.", line(who="smith", topics=("ehcna-request",))),
        ("smith out:dragons", "“dragons” is not in the list Outcome.", line(who="smith")),
        ("smith on:31/2", "There is no 31 February.", line(who="smith")),
        ("smith 99999m", "“99999m” is longer than a day. Minutes are from 0 to 1440.", line(who="smith")),
        ("smith out:", "Nothing stands behind “out:”.", line(who="smith")),
        ('smith "asked about', "The quotation mark before “asked about” is not closed.",
         line(who="smith", notes="asked about")),
        ("smith dog:barks", "“dog:” means nothing here. There are out: kind: line: by: level: stage: adv: sent: sign: "
         "area: heard: on: topic: and who:.", line(who="smith")),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_and_left_out(typed: str, sentence: str, left: OneLine) -> None:
    found = read(typed)
    assert found == replace(left, problems=(sentence,))


def test_a_call_of_1999_is_read_with_the_lists_of_its_day() -> None:
    then = read("smith on:3/11/1999 stage:S94_3")
    assert (then.stages, then.problems) == (("S94_3",), ())
    assert read("smith stage:S94_3").problems == ("“S94_3” is not in the list SEN stage.",)
    assert read("smith stage:S94_3 on:3/11/1999") == then


@given(st.text(alphabet=st.sampled_from('abehc:,"“” 0123456789mh-ü\n'), max_size=40))
def test_nothing_that_is_typed_breaks_the_line(typed: str) -> None:
    found = read(typed)
    assert all(problem.endswith(".") for problem in found.problems)


def test_every_entry_is_found_by_its_own_code() -> None:
    for term in LISTS.terms:
        if term.vocabulary.value == "topic":
            assert read(f"smith topic:{term.code}").topics == (term.code,)
            assert read(f'smith topic:"{term.label}"').topics == (term.code,) or "," in term.label
