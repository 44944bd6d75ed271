"""Lists, on a real database: added to, renamed, ended, put in order, merged; never deleted, always taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from tests.builders import TODAY, a_call
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, write
from ui.kit.desk import Desk
from ui.lists.lists_page import ListsPage

Show = Callable[..., QWidget]
ALT = Qt.KeyboardModifier.AltModifier
REVIEW, PLAN = TermCode("annual-review"), TermCode("draft-plan")


def opened(desk: Desk, show: Show, qtbot: QtBot, name: str = "topic") -> ListsPage:
    page = ListsPage(desk)
    show(page, 1100, 700)
    answered(page, qtbot)
    page.choose(name)
    page.panel.focus_table()
    return page


def answered(page: ListsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page.names.size()) and not page.desk._background._jobs, timeout=10_000)


def term(desk: Desk, code: TermCode, vocabulary: Vocabulary = Vocabulary.TOPIC) -> Term:
    found = desk.services.vocabularies.all().term(vocabulary, code)
    assert found is not None
    return found


def on_term(page: ListsPage, code: TermCode) -> None:
    codes = [one.code for one in page.terms.model.records()]
    page.terms.table.choose_row(codes.index(code))


def undone(page: ListsPage, qtbot: QtBot) -> None:
    page.desk.notices.undo_last()
    answered(page, qtbot)


def test_an_entry_is_renamed_by_f2_and_old_records_say_the_new_words(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    on_term(page, REVIEW)
    before = term(window_desk, REVIEW).label
    page.on_edit()
    press(Qt.Key.Key_A, CTRL)
    write("Yearly review")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: term(window_desk, REVIEW).label == "Yearly review", timeout=10_000)
    answered(page, qtbot)
    assert keyboard() is page.terms.table
    assert page.terms.current().code == REVIEW
    undone(page, qtbot)
    assert term(window_desk, REVIEW).label == before


@on_a_local_file
def test_words_that_are_in_the_list_already_are_refused_beside_the_field(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    on_term(page, REVIEW)
    page.on_edit()
    press(Qt.Key.Key_A, CTRL)
    write(term(window_desk, PLAN).label)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "label" in page.terms.asking.form.problems(), timeout=10_000)
    assert page.has_unsaved
    press(Qt.Key.Key_Escape)
    assert not page.has_unsaved
    assert keyboard() is page.terms.table


@on_a_local_file
def test_an_entry_that_is_added_is_offered_and_the_keyboard_is_on_it(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    page.terms.add.click()
    write("Breakfast clubs")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.terms.current().label == "Breakfast clubs", timeout=10_000)
    added = page.terms.current()
    assert added.offered_on(TODAY)
    undone(page, qtbot)
    assert not term(window_desk, added.code).offered_on(TODAY)  # never deleted


@on_a_local_file
def test_an_entry_is_given_its_last_day_and_is_offered_again_by_undo(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page = opened(window_desk, show, qtbot)
    on_term(page, REVIEW)
    page.terms.end.click()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: term(window_desk, REVIEW).valid_to == TODAY, timeout=10_000)
    assert not term(window_desk, REVIEW).offered_on(TODAY + timedelta(days=1))
    answered(page, qtbot)
    undone(page, qtbot)
    assert term(window_desk, REVIEW).valid_to is None


@on_a_local_file
def test_alt_and_an_arrow_carry_an_entry_along(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot)
    before = [one.code for one in page.terms.model.records()]
    page.terms.table.choose_row(2)
    press(Qt.Key.Key_Up, ALT)
    wanted = [before[0], before[2], before[1], *before[3:]]
    qtbot.waitUntil(lambda: [one.code for one in page.terms.model.records()] == wanted, timeout=10_000)
    assert page.terms.current().code == before[2]
    undone(page, qtbot)
    assert [one.code for one in page.terms.model.records()] == before


def test_before_two_entries_are_merged_the_page_says_how_many_calls_it_means(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    for _ in range(3):
        window_desk.services.calls.log(a_call(topics=(REVIEW,)))
    page = opened(window_desk, show, qtbot)
    on_term(page, REVIEW)
    page.on_merge()
    write(term(window_desk, PLAN).label)
    qtbot.waitUntil(lambda: page.terms.asking.note.text().startswith("3 calls keep the word"), timeout=10_000)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: term(window_desk, REVIEW).merged_into == PLAN, timeout=10_000)
    as_plan = Selection().narrowed(Vocabulary.TOPIC, PLAN)
    assert window_desk.services.calls.count(as_plan) == 3
    answered(page, qtbot)
    undone(page, qtbot)
    assert window_desk.services.calls.count(as_plan) == 0


@on_a_local_file
def test_what_a_call_added_stands_on_top_to_be_checked(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    new = Term(vocabulary=Vocabulary.TOPIC, code=TermCode("moon"), label="Moon phases", to_check=True)
    window_desk.services.vocabularies.add(new)
    page = opened(window_desk, show, qtbot)
    assert page.terms.model.record(0).code == "moon"
    assert page.names.records()[list(Vocabulary).index(Vocabulary.TOPIC)].waiting == 1
    page.terms.only.setChecked(True)
    assert [one.code for one in page.terms.model.records()] == ["moon"]
    page.terms.right.click()
    qtbot.waitUntil(lambda: not term(window_desk, TermCode("moon")).to_check, timeout=10_000)


@on_a_local_file
def test_an_outcome_decides_what_comes_next(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot, "outcome")
    page.terms.table.choose_row(0)
    before = page.terms.current()
    page.terms.step.click()
    form = page.terms.asking.form
    for name, value in (("next_step", "send"), ("next_days", 3), ("next_owner", "coordinator")):
        form.editor(name).set_value(value)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: term(window_desk, before.code, Vocabulary.OUTCOME).next_days == 3, timeout=10_000)
    answered(page, qtbot)
    assert "Send information after 3 days, the coordinator" in page.terms.told.text()
    undone(page, qtbot)
    after = term(window_desk, before.code, Vocabulary.OUTCOME)
    assert (after.next_step, after.next_days, after.next_owner) == (
        before.next_step, before.next_days, before.next_owner)  # fmt: skip


@on_a_local_file
def test_a_school_typed_in_a_call_is_merged_into_the_real_one(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    desk = window_desk.services.organisations
    real = desk.add(NewOrganisation(key=uuid4(), name="Hazelwick Primary School", town="Copperby")).value
    typed = desk.add(NewOrganisation(key=uuid4(), name="hazelwick", to_check=True)).value
    window_desk.services.calls.log(a_call(organisations=(typed.key,)))
    page = opened(window_desk, show, qtbot, "organisations")
    assert page.organisations.current().key == typed.key  # to check, so on top
    page.on_merge()
    write("Hazelwick Primary")
    qtbot.waitUntil(lambda: page.organisations.asking.note.text().startswith("1 call names"), timeout=10_000)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.get(typed.key).merged_into == real.key, timeout=10_000)
    answered(page, qtbot)
    undone(page, qtbot)
    assert desk.get(typed.key).merged_into is None


@on_a_local_file
def test_a_school_closes_with_its_successor(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    desk = window_desk.services.organisations
    old, new = (desk.add(NewOrganisation(key=uuid4(), name=name)).value for name in ("Fernby School", "Quillby School"))
    page = opened(window_desk, show, qtbot, "organisations")
    page.organisations.close_it.click()
    page.organisations.asking.form.editor("successor").set_value(str(new.key))
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.get(old.key).closed_on == TODAY, timeout=10_000)
    assert desk.get(old.key).successor == new.key
    answered(page, qtbot)
    assert "taken over by Quillby School" in page.organisations.told.text()


@on_a_local_file
def test_a_urn_that_is_none_is_refused_beside_its_field(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot, "organisations")
    page.organisations.add.click()
    write("Meadowcombe School")
    page.organisations.asking.form.focus_field("urn")
    write("12")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "urn" in page.organisations.asking.form.problems(), timeout=10_000)
    assert window_desk.services.organisations.all() == ()


@on_a_local_file
def test_a_text_is_edited_ended_and_put_in_another_place(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    desk = window_desk.services.snippets
    page = opened(window_desk, show, qtbot, "texts")
    before = [text.title for text in desk.all()]
    page.texts.table.choose_row(0)
    press(Qt.Key.Key_Down, ALT)
    wanted = [before[1], before[0], *before[2:]]
    qtbot.waitUntil(lambda: [text.title for text in desk.all()] == wanted, timeout=10_000)
    answered(page, qtbot)
    page.on_edit()
    write("Asked by letter: ")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: desk.all()[1].title.startswith("Asked by letter"), timeout=10_000)
    answered(page, qtbot)
    page.texts.end.click()
    qtbot.waitUntil(lambda: desk.all()[1].ended, timeout=10_000)
    answered(page, qtbot)
    undone(page, qtbot)
    assert not desk.all()[1].ended


@on_a_local_file
@pytest.mark.parametrize("name", ["topic", "organisations", "texts"])
def test_a_filter_that_finds_nothing_says_so(window_desk: Desk, show: Show, qtbot: QtBot, name: str) -> None:
    page = opened(window_desk, show, qtbot, name)
    page.on_filter()
    write("zzz")
    assert page.panel.model.size() == 0
    assert any("Nothing in this list fits" in text for text in label_texts(page))


@on_a_local_file
def test_a_list_without_entries_says_what_would_be_in_it(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot, "organisations")
    assert any("No school or organisation is on record yet" in text for text in label_texts(page))


@on_a_local_file
def test_the_names_of_the_lists_stay_below_their_head_and_the_chosen_one_in_sight(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    """In what a window of 1280 by 800 leaves the page there is not room for all of them; in a taller one there is."""
    page = opened(window_desk, show, qtbot)
    page.window().resize(1_096, 696)
    settle()
    head, table = page.table.horizontalHeader(), page.table
    assert table.visualRect(table.model().index(0, 0)).top() == 0  # the fourth was chosen, and none above it is hidden
    page.choose(page.names.records()[-1].name)
    settle()
    assert head.visibleRegion().boundingRect() == head.rect()
    chosen, port = table.visualRect(table.currentIndex()), table.viewport()
    assert port.visibleRegion().boundingRect().contains(chosen.intersected(port.rect()))
    assert chosen.height() == chosen.intersected(port.rect()).height()
    page.window().resize(1_096, 1_000)
    settle()
    assert port.height() >= table.rowHeight(0) * page.names.size()
    assert table.height() <= head.height() + table.rowHeight(0) * page.names.size() + 6  # and no empty rows
