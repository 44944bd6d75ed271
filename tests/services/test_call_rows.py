"""Rows of old call logs, checked against the lists before anything is kept."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppsdesk.domain.calls import CallFacts
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.imports import COLUMNS, Cell, ImportPlan, Row, Table
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.services.call_rows import plan
from ppsdesk.services.starter_lists import starter_terms

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LISTS = Vocabularies(starter_terms())
A_CALL: dict[str, Cell] = {"taken_at": "03/09/2001", "line": "central", "caller_kind": "PARENT", "topics": "tribunal"}


def a_table(*rows: dict[str, Cell], columns: tuple[str, ...] = ()) -> Table:
    """Rows by column; the header holds every column that a row has."""
    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    cells = [Row(number, tuple(row.get(name, "") for name in names)) for number, row in enumerate(rows, start=2)]
    return Table(header=names, rows=cells)


def planned(*rows: dict[str, Cell], add_unknown: bool = False, lists: Vocabularies = LISTS) -> ImportPlan:
    return plan(a_table(*rows), lists, now=NOW, file_name="calls.csv", add_unknown=add_unknown)


def one_call(**cells: Cell) -> CallFacts:
    made = planned(A_CALL | cells)
    assert made.refusal is None
    [call] = made.calls
    return call.facts


def one_problem(**cells: Cell) -> str:
    made = planned(A_CALL, A_CALL | cells)
    [problem] = made.problems
    assert (problem.row, problem.column, made.ready) == (3, next(iter(cells)), False)
    assert [call.row for call in made.calls] == [2]
    return problem.why


def test_a_full_row_becomes_a_call_with_every_fact() -> None:
    facts = one_call(
        reference=" 17 ",
        taken_at="2001-09-03 10:30",
        line="North area",
        caller_kind="grandparent / OTHER family",
        method="PHONE_IN",
        topics="tribunal; Annual  review ;transport",
        stage="S94_3; Stage 5 statement (1994 code)",
        level=2,
        minutes="12 min",
        outcome="information need met",
        advice="Signposting;information sent",
        taken_by="Dee Practice",
        caller_name=" Pat Sample ",
        phone="07700 900123",
        child_name="Sam Sample",
        notes="two\nlines; with a semicolon",
    )
    assert facts == CallFacts(
        reference="17",
        taken_on=date(2001, 9, 3),
        started_at=datetime(2001, 9, 3, 9, 30, tzinfo=UTC),
        line=TermCode("north"),
        caller_kind=TermCode("GRANDP"),
        method=TermCode("PHONE_IN"),
        direction=Direction.IN,
        topics=(TermCode("tribunal"), TermCode("annual-review"), TermCode("transport")),
        stages=(TermCode("S94_3"), TermCode("S94_5")),
        level=TermCode("2"),
        minutes=12,
        minutes_by_hand=True,
        outcome=TermCode("information-need-met"),
        advice=(TermCode("signposting"), TermCode("information-sent")),
        taken_by="Dee Practice",
        caller_name="Pat Sample",
        phone="07700 900123",
        child_name="Sam Sample",
        notes="two\nlines; with a semicolon",
    )


def test_a_row_with_the_four_required_columns_is_a_call_and_guesses_nothing_else() -> None:
    facts = one_call()
    assert facts == CallFacts(
        caller_kind=TermCode("PARENT"),
        topics=(TermCode("tribunal"),),
        line=TermCode("central"),
        taken_on=date(2001, 9, 3),
    )


def test_columns_may_stand_in_any_order_and_be_written_in_any_case() -> None:
    names = {"taken_at": "Taken At", "line": "LINE", "caller_kind": "caller-kind", "topics": " Topics "}
    for order in permutations(names):
        table = a_table({names[name]: A_CALL[name] for name in order})
        assert plan(table, LISTS, now=NOW, file_name="calls.csv").calls[0].facts == one_call()


def test_unknown_columns_are_named_and_left_out() -> None:
    made = planned(A_CALL | {"Postcode": "HP1", "weather": "rain"})
    assert made.ready
    assert made.notes == ("Columns that are not known were left out: Postcode, weather.",)


def test_a_header_without_a_required_column_says_which_and_what_was_found() -> None:
    with pytest.raises(Refused) as refused:
        plan(a_table({"When": "03/09/2001", "line": "central"}), LISTS, now=NOW, file_name="calls.csv")
    sentence = refused.value.sentence
    assert sentence.startswith("Nothing was imported from “calls.csv”: ")
    assert "of which taken_at, caller_kind, topics are missing" in sentence
    assert "found were When, line" in sentence


def test_a_column_that_stands_there_twice_is_refused() -> None:
    with pytest.raises(Refused, match="the column taken_at stands there twice"):
        plan(a_table(A_CALL | {"Taken at": "x"}), LISTS, now=NOW, file_name="calls.csv")


def test_a_call_we_made_is_outgoing() -> None:
    assert one_call(method="Phone call made").direction is Direction.OUT


@pytest.mark.parametrize("written", ["S94_3", "s94_3", "Stage 3 (school-based, 1994 Code)", "stage  3"])
def test_a_value_is_known_by_its_code_its_label_or_the_label_without_its_bracket(written: str) -> None:
    assert one_call(stage=written).stages == ("S94_3",)


@pytest.mark.parametrize("written", ["2", 2, "Level 2", "level 2: Help with documents, school or LA"])
def test_a_level_is_known_by_its_number(written: Cell) -> None:
    assert one_call(level=written).level == "2"


def test_a_beginning_that_two_labels_share_is_not_guessed() -> None:
    [unknown] = planned(A_CALL | {"topics": "complaint"}).unknown
    assert unknown.value == "complaint"


def test_the_first_topic_is_the_main_one_and_repeats_are_dropped() -> None:
    facts = one_call(topics="; transport;Tribunal; TRANSPORT ;tribunal;")
    assert facts.topics == ("transport", "tribunal")
    assert facts.main_topic == "transport"


def test_unknown_values_are_listed_with_their_counts_and_nothing_can_be_imported() -> None:
    made = planned(
        A_CALL | {"topics": "tribunal; Ofsted visit"},
        A_CALL,
        A_CALL | {"topics": "ofsted  VISIT", "line": "Helpline B"},
    )
    assert [(u.column, u.value, u.count, u.first_row) for u in made.unknown] == [
        ("line", "Helpline B", 1, 4),
        ("topics", "Ofsted visit", 2, 2),
    ]
    assert (made.problems, made.new_terms, made.ready) == ((), (), False)
    assert [call.row for call in made.calls] == [3]
    assert made.refusal is not None
    assert "topics “Ofsted visit” (2)" in made.refusal.sentence


def test_unknown_values_can_be_added_as_terms_to_check() -> None:
    made = planned(
        A_CALL | {"topics": "tribunal; Ofsted  visit"}, A_CALL | {"topics": "ofsted visit"}, add_unknown=True
    )
    [term] = made.new_terms
    assert (term.vocabulary, term.code, term.label, term.to_check, term.ours) == (
        Vocabulary.TOPIC, "ofsted-visit", "Ofsted visit", True, False
    )  # fmt: skip
    assert term.position > max(t.position for t in LISTS.of(Vocabulary.TOPIC))
    assert made.ready
    assert [call.facts.topics for call in made.calls] == [("tribunal", "ofsted-visit"), ("ofsted-visit",)]


def test_codes_of_added_terms_are_unique_whatever_the_words() -> None:
    made = planned(
        *[A_CALL | {"topics": words} for words in ("Content (B/F)", "content - B F", "学校", "???")], add_unknown=True
    )
    assert [t.code for t in made.new_terms] == ["content-b-f-2", "content-b-f-3", "added", "added-2"]
    assert [t.label for t in made.new_terms] == ["Content (B/F)", "content - B F", "学校", "???"]


def test_after_adding_them_the_same_values_are_known() -> None:
    rows = [A_CALL | {"topics": "Content (B/F)", "advice": "Tea; signposting"}]
    first = planned(*rows, add_unknown=True)
    second = planned(*rows, lists=Vocabularies((*LISTS.terms, *first.new_terms)))
    assert second.ready
    assert second.calls == first.calls


def test_a_stage_that_was_not_offered_on_its_day_is_kept_and_noted() -> None:
    made = planned(
        A_CALL | {"stage": "SENSUP"},
        A_CALL | {"stage": "S94_2"},
        A_CALL | {"stage": "S94_2", "taken_at": "1/1/2002"},
        A_CALL | {"stage": "NONE"},
    )
    assert made.ready
    assert made.notes == ("Values of stage that were not offered on the day of the call: kept (2 rows: 2, 4).",)
    assert made.calls[0].facts.stages == ("SENSUP",)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"taken_at": ""}, "the date is missing"),
        ({"taken_at": "31/02/2002"}, "no such day"),
        ({"taken_at": "3/9/01"}, "year in full"),
        ({"taken_at": "22/11/2026"}, "in the future"),
        ({"taken_at": "31/03/2002 01:30"}, "clocks went forward"),
        ({"line": " "}, "the line is missing"),
        ({"caller_kind": ""}, "the kind of caller is missing"),
        ({"topics": " ; "}, "a topic is missing"),
        ({"topics": "x" * 201}, "too long"),
        ({"minutes": "1441"}, "at most 1440"),
        ({"minutes": 9999999}, "whole minutes"),
        ({"minutes": "12.5"}, "whole minutes"),
        ({"minutes": 12.5}, "whole minutes"),
        ({"minutes": "-3"}, "whole minutes"),
        ({"minutes": "an hour"}, "whole minutes"),
        ({"minutes": date(1970, 1, 12)}, "whole minutes"),
        ({"caller_name": "x" * 201}, "at most 200"),
        ({"notes": "x" * 100_001}, "at most 100,000"),
        ({"notes": "a\x00b"}, "NUL"),
        ({"reference": "r" * 201}, "at most 200"),
    ],
)
def test_what_cannot_be_kept_is_a_problem_of_its_row_and_column(cells: dict[str, Cell], why: str) -> None:
    assert why in one_problem(**cells)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("0", 0),
        (0, 0),
        ("12", 12),
        ("12 min", 12),
        ("12mins", 12),
        ("12 Minutes", 12),
        ("12.0", 12),
        (1440, 1440),
        ("", None),
    ],
)
def test_minutes_are_whole_numbers_with_or_without_the_word(written: Cell, minutes: int | None) -> None:
    facts = one_call(minutes=written)
    assert (facts.minutes, facts.minutes_by_hand) == (minutes, minutes is not None)


def test_problems_of_all_rows_are_listed_and_the_refusal_names_the_first() -> None:
    good = [A_CALL] * 500
    made = planned(*good, A_CALL | {"taken_at": "31/02/2002", "minutes": "many"}, A_CALL | {"line": ""})
    assert [(p.row, p.column, p.value) for p in made.problems] == [
        (502, "taken_at", "31/02/2002"),
        (502, "minutes", "many"),
        (503, "line", ""),
    ]
    assert made.refusal is not None
    assert made.refusal.sentence == (
        "Nothing was imported from “calls.csv”: row 502, column taken_at, “31/02/2002”: "
        "there is no such day in the calendar (and 2 more problems)."
    )


def test_a_row_with_too_many_cells_is_a_problem() -> None:
    table = Table(
        header=tuple(A_CALL), rows=[Row(2, (*A_CALL.values(), "", "lost text")), Row(3, (*A_CALL.values(), ""))]
    )
    made = plan(table, LISTS, now=NOW, file_name="calls.csv")
    [problem] = made.problems
    assert (problem.row, problem.value) == (2, "lost text")
    assert [call.row for call in made.calls] == [3]


@pytest.mark.parametrize(
    ("cell", "phone", "noted"),
    [
        (7700900123, "07700900123", True),
        ("7700900123", "07700900123", True),
        ("1992555123", "01992555123", True),
        ("7.700900123E+09", "07700900123", True),
        ("7.7009E+09", "7.7009E+09", True),
        ("07700900123", "07700900123", False),
        (447700900123, "447700900123", False),
        ("4700900123", "4700900123", False),
        ("770090012", "770090012", False),
        ("01992 555123 ext 4", "01992 555123 ext 4", False),
        ("see notes", "see notes", False),
    ],
)
def test_a_zero_that_a_spreadsheet_ate_comes_back_only_where_it_is_unmistakable(
    cell: Cell, phone: str, noted: bool
) -> None:
    made = planned(A_CALL | {"phone": cell})
    assert made.calls[0].facts.phone == phone
    assert bool(made.notes) is noted


def test_a_time_of_midnight_is_kept_and_pointed_out() -> None:
    made = planned(A_CALL | {"taken_at": "2001-09-03 00:00:00"}, A_CALL | {"taken_at": "2001-09-03 10:00:00"})
    assert made.calls[0].facts.started_at == datetime(2001, 9, 2, 23, tzinfo=UTC)
    assert made.calls[0].facts.taken_on == date(2001, 9, 3)
    assert made.notes == ("Calls timed at midnight; where only the day is known, leave the time out (row 2).",)


def test_a_reference_identifies_a_call_and_may_stand_there_once() -> None:
    made = planned(A_CALL | {"reference": "A1 "}, A_CALL | {"reference": "A2"}, A_CALL | {"reference": " A1"})
    assert [call.identity for call in made.calls] == ["ref:A1", "ref:A2"]
    [problem] = made.problems
    assert (problem.row, problem.column, problem.why) == (4, "reference", "row 2 has the same reference")


def test_two_rows_alike_are_two_calls_told_apart_by_their_occurrence() -> None:
    first, second, other = [call.identity for call in planned(A_CALL, A_CALL, A_CALL | {"notes": "x"}).calls]
    assert first.endswith(":1")
    assert second == first.removesuffix("1") + "2"
    assert other.endswith(":1")
    assert other != first


def test_the_same_content_has_the_same_identity_from_csv_and_workbook() -> None:
    spoken = A_CALL | {"minutes": "12", "level": "2", "phone": "07700900123", "notes": "a  b", "topics": "Tribunal"}
    stored = A_CALL | {"minutes": 12, "level": 2, "phone": 7700900123, "notes": "a b ", "taken_at": date(2001, 9, 3)}
    assert planned(spoken).calls[0].identity == planned(stored).calls[0].identity


def test_a_list_reworked_between_two_imports_changes_no_identity() -> None:
    renamed = Vocabularies(
        (*(t for t in LISTS.terms if t.code != "tribunal"),
         Term(vocabulary=Vocabulary.TOPIC, code=TermCode("appeal"), label="Tribunal"))
    )  # fmt: skip
    [before], [after] = planned(A_CALL).calls, planned(A_CALL, lists=renamed).calls
    assert after.facts.topics == ("appeal",)
    assert after.identity == before.identity


def test_a_thousand_rows_report_progress() -> None:
    told: list[tuple[int, int]] = []
    table = a_table(*[A_CALL] * 4_500)
    made = plan(table, LISTS, now=NOW, file_name="calls.csv", progress=lambda done, of: told.append((done, of)))
    assert told == [(2_000, 4_500), (4_000, 4_500)]
    assert made.ready


words = st.text(st.characters(codec="utf-8", exclude_characters=";\x00"), max_size=12)
rows = st.lists(
    st.fixed_dictionaries(
        {
            **{name: st.just(value) for name, value in A_CALL.items()},
            "taken_at": st.dates(date(1999, 9, 1), date(2002, 3, 31)).map(lambda day: f"{day:%d/%m/%Y}"),
            "minutes": st.integers(0, 3),
            "caller_name": st.sampled_from(["", "Pat Sample", "Kit Sample"]),
            "notes": words,
        }
    ),
    max_size=8,
)
unhurried = settings(deadline=None)


@unhurried
@given(rows)
def test_importing_the_same_file_again_finds_the_same_identities_and_no_two_alike(calls: list[dict[str, Cell]]) -> None:
    if not calls:
        return
    first, again = planned(*calls), planned(*calls)
    identities = [call.identity for call in first.calls]
    assert len(set(identities)) == len(calls)
    assert identities == [call.identity for call in again.calls]


@unhurried
@given(rows, st.randoms(use_true_random=False))
def test_identity_does_not_hang_on_the_order_of_rows_or_columns(calls: list[dict[str, Cell]], chance: object) -> None:
    if not calls:
        return
    shuffled, columns = list(calls), list(COLUMNS)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    table = a_table(*shuffled, columns=tuple(columns))
    moved = {call.identity for call in plan(table, LISTS, now=NOW, file_name="other.csv").calls}
    assert moved == {call.identity for call in planned(*calls).calls}


@unhurried
@given(
    st.dictionaries(
        st.sampled_from(COLUMNS), st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates())
    )
)
def test_any_cells_at_all_give_a_call_an_unknown_value_or_a_problem(cells: dict[str, Cell]) -> None:
    made = planned(A_CALL | cells, add_unknown=True)
    assert bool(made.calls) is not bool(made.problems)
    for call in made.calls:
        assert call.facts.taken_on <= NOW.date() + timedelta(days=1)
        assert call.facts.topics
