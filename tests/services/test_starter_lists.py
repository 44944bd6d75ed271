"""The lists a helpline starts with."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from ppsdesk.domain.codes import Direction
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ppsdesk.services.starter_lists import starter_terms

KEPT_FOR_EVER = Path(__file__).parents[1] / "samples" / "starter_codes.txt"
THREE_ANSWERS = {"refused": "refused to say", "not-asked": "not asked", "unknown": "not known"}
STAGES_OF_1994 = ("S94_1", "S94_2", "S94_3", "S94_4", "S94_5")


def lists() -> Vocabularies:
    return Vocabularies(starter_terms())


def stages_offered(day: date) -> set[str]:
    return {term.code for term in lists().offered(Vocabulary.STAGE, on=day)}


def test_no_code_occurs_twice_in_a_list() -> None:
    counts = Counter((term.vocabulary, term.code) for term in starter_terms())
    assert [code for code, count in counts.items() if count > 1] == []


def test_no_label_occurs_twice_in_a_list() -> None:
    counts = Counter((term.vocabulary, term.label.casefold()) for term in starter_terms())
    assert [label for label, count in counts.items() if count > 1] == []


def test_a_code_once_shipped_is_never_lost() -> None:
    shipped = {f"{term.vocabulary}:{term.code}" for term in starter_terms()}
    promised = set(KEPT_FOR_EVER.read_text(encoding="utf-8").split())
    assert promised - shipped == set(), (
        "these codes are on records in the field: end them with valid_to, keep them here"
    )
    assert shipped - promised == set(), f"add the new codes to {KEPT_FOR_EVER.name}"


def test_a_call_of_1999_is_offered_the_five_stages_of_its_time_and_what_holds_in_every_era() -> None:
    assert stages_offered(date(1999, 11, 3)) == {*STAGES_OF_1994, "NONE", "UNSURE", *THREE_ANSWERS}


def test_a_call_of_today_is_offered_none_of_the_five_stages() -> None:
    today = stages_offered(date(2026, 11, 21))
    assert today.isdisjoint(STAGES_OF_1994)
    assert {"SENSUP", "EHCP", "NONE"} <= today


@pytest.mark.parametrize(
    ("code", "first_out", "last_in"),
    [
        ("S94_5", date(1994, 8, 31), date(2001, 12, 31)),
        ("SA", date(2001, 12, 31), date(2015, 8, 31)),
        ("SAP_SA", date(2001, 12, 31), date(2014, 8, 31)),
        ("STMT", date(2001, 12, 31), date(2018, 8, 31)),
        ("LDA", date(2001, 12, 31), date(2016, 8, 31)),
    ],
)
def test_a_stage_is_offered_from_its_first_day_to_its_last(code: str, first_out: date, last_in: date) -> None:
    assert code not in stages_offered(first_out)
    assert code in stages_offered(first_out.fromordinal(first_out.toordinal() + 1))
    assert code in stages_offered(last_in)
    assert code not in stages_offered(last_in.fromordinal(last_in.toordinal() + 1))


def test_a_plan_that_is_only_proposed_is_not_offered() -> None:
    assert not any(term.code == "ISP" for term in starter_terms())


@pytest.mark.parametrize("vocabulary", [Vocabulary.STAGE, Vocabulary.HOW_HEARD, Vocabulary.CALLER_KIND])
def test_refused_not_asked_and_not_known_are_three_answers(vocabulary: Vocabulary) -> None:
    assert {t.code: t.label for t in lists().of(vocabulary) if t.no_answer} == THREE_ANSWERS


def test_one_central_line_and_four_areas_stand_in_this_order() -> None:
    shown = [term.shown for term in lists().of(Vocabulary.LINE)]
    assert shown == ["Central", "North area", "East area", "South area", "West area"]


def test_a_call_we_made_is_outgoing_and_one_we_answered_incoming() -> None:
    directions = {term.code: term.direction for term in lists().of(Vocabulary.METHOD)}
    assert (directions["PHONE_OUT"], directions["PHONE_IN"]) == (Direction.OUT, Direction.IN)
    assert set(directions.values()) <= {"", *Direction}
    assert {t.direction for t in starter_terms() if t.vocabulary is not Vocabulary.METHOD} == {""}


def test_every_topic_stands_in_a_group_and_groups_are_not_torn_apart() -> None:
    groups = [term.group for term in lists().of(Vocabulary.TOPIC)]
    assert all(groups)
    assert len(set(groups)) == 9
    assert sum(one != other for one, other in pairwise(groups)) == 8


def test_where_the_sector_has_no_code_the_code_is_the_label_in_lower_case_words() -> None:
    for vocabulary in (Vocabulary.TOPIC, Vocabulary.ADVICE, Vocabulary.OUTCOME, Vocabulary.HOW_HEARD):
        for term in lists().of(vocabulary):
            if not term.no_answer:
                assert term.code == "-".join(re.findall(r"[a-z0-9]+", term.label.lower()))


def test_every_list_has_terms_in_the_order_of_its_file() -> None:
    for vocabulary in Vocabulary:
        terms = lists().of(vocabulary)
        assert [term.position for term in terms] == list(range(1, len(terms) + 1))
        assert len(terms) >= 4
