"""Lists that can be kept up: added to, renamed, ended, ordered, merged, and all of it taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import Conflict, Invalid, NotFound, Refused
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from tests.builders import TODAY, a_call
from tests.conftest import Clock, MakeStorage, services_on

TOPIC, OUTCOME = Vocabulary.TOPIC, Vocabulary.OUTCOME
REVIEW, TRANSPORT, CONCERN = TermCode("annual-review"), TermCode("transport"), TermCode("sen-concern")


def a_word(label: str, code: str = "", **said: object) -> Term:
    """An entry somebody adds to the topics."""
    return replace(Term(vocabulary=TOPIC, code=TermCode(code), label=label, to_check=True), **said)


def topics(desk: Services) -> list[TermCode]:
    """Their codes, in order."""
    return [term.code for term in desk.vocabularies.all().of(TOPIC)]


def topic(desk: Services, code: TermCode) -> Term:
    """One of them, as it now is."""
    found = desk.vocabularies.all().term(TOPIC, code)
    assert found is not None
    return found


def about(desk: Services, *codes: TermCode) -> int:
    """How many calls count as being about one of these topics."""
    return desk.calls.count(Selection(chosen=(Chosen(vocabulary=TOPIC, codes=frozenset(codes)),)))


# -- adding, renaming, ending ----------------------------------------------------------------------------------------


def test_a_word_that_is_added_stands_at_the_end_with_a_code_of_its_own(desk: Services) -> None:
    done = desk.vocabularies.add(a_word("  Bus   pass "))
    assert (done.value.label, done.value.code, done.touched) == ("Bus pass", "bus-pass", {Topic.VOCABULARIES})
    assert topics(desk)[-1] == "bus-pass"
    assert desk.vocabularies.add(done.value).value == done.value
    assert topics(desk).count(TermCode("bus-pass")) == 1


@pytest.mark.parametrize("label", ["", " \t", "x" * 201, "half \ud800", "nul \x00", "ANNUAL  review"])
def test_words_that_cannot_be_an_entry_are_refused(desk: Services, label: str) -> None:
    before = desk.vocabularies.all()
    with pytest.raises(Invalid) as refused:
        desk.vocabularies.add(a_word(label))
    assert set(refused.value.problems) == {"label"}
    with pytest.raises(Invalid):
        desk.vocabularies.rename(TOPIC, TRANSPORT, 1, label)
    assert desk.vocabularies.all() == before


def test_a_code_that_another_entry_bears_is_not_given_twice(desk: Services) -> None:
    with pytest.raises(Conflict) as conflict:
        desk.vocabularies.add(a_word("Something else", "annual-review"))
    assert conflict.value.theirs == topic(desk, REVIEW)


def test_a_renamed_entry_keeps_its_code_and_its_calls(desk: Services) -> None:
    call_id = desk.calls.log(a_call()).value
    before = topic(desk, REVIEW)
    done = desk.vocabularies.rename(TOPIC, REVIEW, before.version, "Yearly review")
    assert done.said == "“Annual review” is now “Yearly review”."
    assert desk.calls.get(call_id).topics == (REVIEW,)
    assert desk.vocabularies.all().label(TOPIC, REVIEW) == "Yearly review"
    desk.vocabularies.put_back(before, done.value.version)
    assert replace(topic(desk, REVIEW), version=1) == before


def test_an_ended_entry_is_offered_to_calls_of_its_days_only(desk: Services) -> None:
    last = date(2026, 8, 31)
    done = desk.vocabularies.end(TOPIC, TRANSPORT, 1, last)
    lists = desk.vocabularies.all()
    assert TRANSPORT not in [term.code for term in lists.offered(TOPIC, on=TODAY)]
    assert TRANSPORT in [term.code for term in lists.offered(TOPIC, on=last)]
    desk.vocabularies.reopen(TOPIC, TRANSPORT, done.value.version)
    assert topic(desk, TRANSPORT).valid_to is None


def test_an_entry_cannot_end_before_it_begins(desk: Services) -> None:
    added = desk.vocabularies.add(a_word("Bus pass", valid_from=date(2026, 9, 1))).value
    with pytest.raises(Invalid) as refused:
        desk.vocabularies.end(TOPIC, added.code, added.version, date(2026, 8, 31))
    assert "before it begins" in refused.value.problems["valid_to"]


def test_an_entry_that_an_import_added_is_said_to_be_right(desk: Services) -> None:
    added = desk.vocabularies.add(a_word("Bus pass")).value
    assert added.to_check
    accepted = desk.vocabularies.accept(TOPIC, added.code, added.version).value
    assert not accepted.to_check
    assert desk.vocabularies.put_back(added, accepted.version).value.to_check


def test_what_follows_from_an_outcome_can_be_said_and_taken_back(desk: Services) -> None:
    code = TermCode("information-need-met")
    before = desk.vocabularies.all().term(OUTCOME, code)
    assert before is not None
    done = desk.vocabularies.set_next_step(
        OUTCOME, code, before.version, next_step="call_back", next_days=3, next_owner="coordinator"
    )
    term = done.value
    assert (term.next_step, term.next_days, term.next_owner) == ("call_back", 3, "coordinator")
    assert replace(desk.vocabularies.put_back(before, term.version).value, version=1) == before


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"next_step": "dance"}, "next_step"),
        ({"next_step": "send", "next_owner": "the cat"}, "next_owner"),
        ({"next_step": "send", "next_days": -1}, "next_days"),
        ({"next_days": 2}, "next_step"),
    ],
)
def test_a_next_step_that_cannot_be_made_is_refused(desk: Services, said: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.vocabularies.set_next_step(OUTCOME, TermCode("information-need-met"), 1, **said)
    assert set(refused.value.problems) == {field}


def test_only_outcomes_decide_what_comes_next(desk: Services) -> None:
    with pytest.raises(Refused):
        desk.vocabularies.set_next_step(TOPIC, REVIEW, 1, next_step="send")


def test_the_second_of_two_who_change_an_entry_sees_what_the_first_one_made_of_it(
    make_storage: MakeStorage, tmp_path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    seen = topic(priya, REVIEW)
    hana.vocabularies.rename(TOPIC, REVIEW, seen.version, "Hana's words")
    changes = (
        lambda: priya.vocabularies.rename(TOPIC, REVIEW, seen.version, "Priya's words"),
        lambda: priya.vocabularies.end(TOPIC, REVIEW, seen.version, TODAY),
        lambda: priya.vocabularies.accept(TOPIC, REVIEW, seen.version),
        lambda: priya.vocabularies.put_back(seen, seen.version),
        lambda: priya.vocabularies.merge(TOPIC, REVIEW, CONCERN, version=seen.version),
    )
    for change in changes:
        with pytest.raises(Conflict) as conflict:
            change()
        assert conflict.value.theirs == topic(hana, REVIEW)
        assert conflict.value.message.startswith(f"{hana.person} changed “Hana's words”")


def test_an_entry_that_is_on_no_list_is_said_not_to_be_there(desk: Services) -> None:
    nothing = TermCode("on-no-list")
    for ask in (
        lambda: desk.vocabularies.rename(TOPIC, nothing, 1, "x"),
        lambda: desk.vocabularies.merge(TOPIC, nothing, REVIEW),
        lambda: desk.vocabularies.merge(TOPIC, REVIEW, nothing),
        lambda: desk.vocabularies.unmerge(TOPIC, nothing),
    ):
        with pytest.raises(NotFound) as missing:
            ask()
        assert "on-no-list" in missing.value.message


# -- order -----------------------------------------------------------------------------------------------------------


def test_entries_are_put_in_another_order_and_the_rest_stay_where_they_are(desk: Services) -> None:
    before = topics(desk)
    some = [before[7], before[2], before[5]]
    lists = desk.vocabularies.reorder(TOPIC, some, seen=[before[2], before[5], before[7]]).value
    after = [term.code for term in lists.of(TOPIC)]
    wanted = list(before)
    wanted[2], wanted[5], wanted[7] = some
    assert after == wanted == topics(desk)
    desk.vocabularies.reorder(TOPIC, before)
    assert topics(desk) == before


def test_an_order_that_is_no_more_as_it_was_seen_is_not_overwritten(desk: Services) -> None:
    before = topics(desk)
    mine, theirs = [before[1], before[0], *before[2:]], [before[2], before[0], before[1], *before[3:]]
    desk.vocabularies.reorder(TOPIC, theirs, seen=before)
    for order in (mine, [*before, TermCode("on-no-list")], [*before, before[0]]):
        with pytest.raises(Conflict) as conflict:
            desk.vocabularies.reorder(TOPIC, order, seen=before)
        assert conflict.value.theirs == desk.vocabularies.all()
    assert topics(desk) == theirs


# -- merging ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def doubled(desk: Services) -> Services:
    """Three calls about an annual review, of which an import called one "Annual reviews" and one "AR"."""
    for label in ("Annual reviews", "AR"):
        desk.vocabularies.add(a_word(label))
    for code in (REVIEW, "annual-reviews", "ar"):
        desk.calls.log(a_call(topics=(TermCode(code),)))
    return desk


DOUBLE, SHORT = TermCode("annual-reviews"), TermCode("ar")


def test_a_merged_entry_counts_as_the_other_and_calls_keep_their_word(doubled: Services) -> None:
    assert about(doubled, REVIEW) == 1
    done = doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW)
    assert done.said == "“Annual reviews” now counts as “Annual review”."
    assert Topic.CALLS in done.touched
    assert (about(doubled, REVIEW), about(doubled, DOUBLE), about(doubled, REVIEW, DOUBLE)) == (2, 1, 2)
    held = {doubled.calls.get(number).topics[0] for number in doubled.calls.ids(Selection())}
    assert held == {REVIEW, DOUBLE, SHORT}
    lists = doubled.vocabularies.all()
    assert lists.counted_as(TOPIC, DOUBLE) == lists.counted_as(TOPIC, REVIEW) == REVIEW
    assert lists.label(TOPIC, DOUBLE) == "Annual reviews"
    for day in (TODAY, date(2020, 1, 1)):
        assert DOUBLE not in [term.code for term in lists.offered(TOPIC, on=day)]
    assert DOUBLE in [term.code for term in lists.offered(TOPIC, on=TODAY, keeping=(DOUBLE,))]


def test_merging_a_survivor_takes_along_what_counted_as_it_and_unmerging_brings_it_back(doubled: Services) -> None:
    doubled.vocabularies.merge(TOPIC, SHORT, DOUBLE)
    between = doubled.vocabularies.all()
    assert about(doubled, DOUBLE) == 2
    doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW)
    lists = doubled.vocabularies.all()
    assert [lists.counted_as(TOPIC, code) for code in (SHORT, DOUBLE)] == [REVIEW, REVIEW]
    assert about(doubled, REVIEW) == 3
    doubled.vocabularies.merge(TOPIC, REVIEW, CONCERN)
    assert about(doubled, CONCERN) == 3
    doubled.vocabularies.unmerge(TOPIC, REVIEW)
    assert (about(doubled, CONCERN), about(doubled, REVIEW)) == (0, 3)
    doubled.vocabularies.unmerge(TOPIC, DOUBLE)
    assert _without_versions(doubled.vocabularies.all()) == _without_versions(between)
    assert (about(doubled, REVIEW), about(doubled, DOUBLE)) == (1, 2)


def test_taking_a_merge_back_gives_an_entry_the_last_day_it_had(doubled: Services) -> None:
    added = topic(doubled, SHORT)
    doubled.vocabularies.end(TOPIC, SHORT, added.version, date(2027, 7, 31))
    before = [topic(doubled, code) for code in (SHORT, DOUBLE)]
    for code in (SHORT, DOUBLE):
        doubled.vocabularies.merge(TOPIC, code, REVIEW)
        assert topic(doubled, code).valid_to == TODAY
        doubled.vocabularies.unmerge(TOPIC, code)
    assert [replace(topic(doubled, term.code), version=term.version) for term in before] == before


def test_an_entry_freed_of_one_merge_does_not_go_back_to_an_older_one(doubled: Services) -> None:
    doubled.vocabularies.merge(TOPIC, SHORT, DOUBLE)
    doubled.vocabularies.unmerge(TOPIC, SHORT)
    doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW)
    doubled.vocabularies.merge(TOPIC, SHORT, REVIEW)
    doubled.vocabularies.unmerge(TOPIC, DOUBLE)
    lists = doubled.vocabularies.all()
    assert (lists.counted_as(TOPIC, SHORT), lists.counted_as(TOPIC, DOUBLE)) == (REVIEW, DOUBLE)


def test_merging_into_an_entry_that_counts_as_a_third_means_the_third(doubled: Services) -> None:
    doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW)
    assert doubled.vocabularies.merge(TOPIC, SHORT, DOUBLE).value.merged_into == REVIEW


def test_two_entries_cannot_count_as_each_other(doubled: Services) -> None:
    doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW)
    again = doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW).value
    assert again == topic(doubled, DOUBLE)
    for code, into in ((REVIEW, DOUBLE), (REVIEW, REVIEW), (DOUBLE, CONCERN)):
        with pytest.raises(Refused):
            doubled.vocabularies.merge(TOPIC, code, into)
    for change in (
        lambda: doubled.vocabularies.reopen(TOPIC, DOUBLE, again.version),
        lambda: doubled.vocabularies.end(TOPIC, DOUBLE, again.version, TODAY),
    ):
        with pytest.raises(Refused):
            change()
    assert topic(doubled, DOUBLE) == again


def test_no_answer_is_never_counted_with_an_answer(desk: Services) -> None:
    kinds = desk.vocabularies.all().of(Vocabulary.CALLER_KIND)
    nothing = next(term for term in kinds if term.no_answer)
    for code, into in ((nothing.code, TermCode("PARENT")), (TermCode("PARENT"), nothing.code)):
        with pytest.raises(Refused) as refused:
            desk.vocabularies.merge(Vocabulary.CALLER_KIND, code, into)
        assert nothing.shown in refused.value.message


def test_the_history_of_a_call_names_what_was_chosen_though_it_counts_as_another(doubled: Services) -> None:
    call_id = doubled.calls.log(a_call(topics=(SHORT,))).value
    doubled.vocabularies.merge(TOPIC, SHORT, REVIEW)
    call = doubled.calls.get(call_id)
    doubled.calls.amend(call_id, call.version, replace(facts_of(call), topics=(CONCERN,)))
    lists = doubled.vocabularies.all()
    gone = [line for line in doubled.calls.history(call_id) if line.action == "delete"]
    assert [(line.field, lists.label(TOPIC, TermCode(line.old))) for line in gone] == [("topics", "AR")]


def test_a_merge_of_an_entry_that_changed_since_changes_nothing(doubled: Services) -> None:
    before = doubled.vocabularies.all()
    with pytest.raises(Conflict):
        doubled.vocabularies.merge(TOPIC, DOUBLE, REVIEW, version=99)
    assert doubled.vocabularies.all() == before


def _without_versions(lists: Vocabularies) -> list[Term]:
    return [replace(term, version=0) for term in lists.terms]
