"""Today, on a real database: what is unfinished, whom to ring, what is to complete; each with one key and an undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.codes import AttemptResult, ContactKind, PersonKind, Safety, StepKind, StepState
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.people import ContactPoint, NewPerson
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import NewStep, Step
from tests.builders import NOW, TODAY, a_call
from tests.ui.on_desk import keyboard, label_texts, on_a_local_file, press
from ui.calls.wording import draft_words
from ui.kit.desk import Desk
from ui.today.scope import Scope
from ui.today.today_page import TodayPage
from ui.today.wording import due_words, when_words

Show = Callable[..., QWidget]
PERSON = "hana"


def a_step(**said: Any) -> NewStep:
    facts = {
        "key": uuid4(),
        "kind": StepKind.CALL_BACK,
        "due_on": TODAY,
        "owner": PERSON,
        "words": "Ask about transport",
    }
    return NewStep(**(facts | said))


def a_draft(name: str, minutes: int = 5) -> Draft:
    started = NOW - timedelta(minutes=minutes)
    return Draft(key=uuid4(), person=PERSON, window="w", started_at=started, kept_at=NOW,
                 content={"caller_name": name, "notes": "three words here"})  # fmt: skip


def opened(desk: Desk, show: Show, qtbot: QtBot) -> TodayPage:
    page = TodayPage(desk, draft_words)
    show(page)
    page.focus_first()
    answered(page, qtbot)
    return page


def answered(page: TodayPage, qtbot: QtBot) -> None:
    """Until nothing is asked any more."""
    qtbot.waitUntil(lambda: "week" in page.line and not page.desk._background._jobs, timeout=10_000)


def only_step(desk: Desk, key: Any) -> Step:
    return desk.services.steps.get(key)


@on_a_local_file
def test_after_a_crash_one_enter_goes_on_with_the_unfinished_call(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    first, second = a_draft("Rowan Thistledown", 30), a_draft("Bryony Meadowlark")
    for draft in (second, first):
        window_desk.services.drafts.keep(draft)
    page = opened(window_desk, show, qtbot)
    with qtbot.waitSignal(page.resume_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args[0].key == first.key  # the oldest first
    assert any("Rowan" in text for text in label_texts(page))


@on_a_local_file
def test_a_call_that_stands_in_a_pad_is_not_offered(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    draft = a_draft("Rowan Thistledown")
    window_desk.services.drafts.keep(draft)
    page = TodayPage(window_desk, draft_words)
    page.offers = lambda offered: offered.key != draft.key
    show(page)
    answered(page, qtbot)
    assert page.drafts.drafts() == ()


def test_a_discarded_draft_can_be_taken_back(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    window_desk.services.drafts.keep(a_draft("Rowan Thistledown"))
    page = opened(window_desk, show, qtbot)
    press(Qt.Key.Key_Tab)
    assert "Discard" in keyboard().accessibleName() or keyboard().text() == "Discard"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.drafts.drafts() == (), timeout=10_000)
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: len(page.drafts.drafts()) == 1, timeout=10_000)


def test_an_attempt_is_noted_by_one_digit_and_taken_back_by_undo(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    step = window_desk.services.steps.add(a_step()).value
    page = opened(window_desk, show, qtbot)
    assert keyboard() is page.steps.table
    press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: len(only_step(window_desk, step.key).attempts) == 1, timeout=10_000)
    [attempt] = only_step(window_desk, step.key).attempts
    assert (attempt.number, attempt.result) == (1, AttemptResult.NO_ANSWER)
    qtbot.waitUntil(lambda: any("Attempt 2" in text for text in label_texts(page)), timeout=10_000)
    answered(page, qtbot)
    assert keyboard() is page.steps.table
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: only_step(window_desk, step.key).attempts == (), timeout=10_000)


@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_1, StepState.DONE), (Qt.Key.Key_7, StepState.DONE), (Qt.Key.Key_9, StepState.GIVEN_UP)],
)
@on_a_local_file
def test_a_step_that_ended_leaves_the_list_and_comes_back_by_undo(
    window_desk: Desk, show: Show, qtbot: QtBot, key: Qt.Key, state: StepState
) -> None:
    step = window_desk.services.steps.add(a_step()).value
    page = opened(window_desk, show, qtbot)
    press(key)
    qtbot.waitUntil(lambda: page.steps.model.size() == 0, timeout=10_000)
    assert only_step(window_desk, step.key).state is state
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: page.steps.model.size() == 1, timeout=10_000)
    assert only_step(window_desk, step.key).state is StepState.OPEN


@on_a_local_file
def test_a_step_is_handed_over_to_a_name_and_back_by_undo(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    step = window_desk.services.steps.add(a_step()).value
    page = opened(window_desk, show, qtbot)
    press(Qt.Key.Key_8)
    assert keyboard() is page.steps.handing.line
    page.steps.handing.line.setText("Priya Practice")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: only_step(window_desk, step.key).owner == "Priya Practice", timeout=10_000)
    qtbot.waitUntil(lambda: page.steps.model.size() == 0, timeout=10_000)  # no longer mine
    page.steps.show_scope(Scope.EVERYBODY)
    qtbot.waitUntil(lambda: page.steps.model.size() == 1, timeout=10_000)
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: only_step(window_desk, step.key).owner == PERSON, timeout=10_000)


@on_a_local_file
def test_enter_rings_for_a_call_back_and_opens_the_call_of_any_other_step(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    call = a_call()
    call_id = window_desk.services.calls.log(call).value
    window_desk.services.steps.add(a_step(kind=StepKind.SEND, call=call.key, due_on=TODAY - timedelta(days=2)))
    back = window_desk.services.steps.add(a_step()).value
    page = opened(window_desk, show, qtbot)
    with qtbot.waitSignal(page.call_wanted) as opened_call:  # overdue stands first
        press(Qt.Key.Key_Return)
    assert opened_call.args == [call_id]
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.ring_wanted) as rung:
        press(Qt.Key.Key_Return)
    assert rung.args[0].key == back.key


@on_a_local_file
def test_a_number_that_is_not_safe_is_said_in_words_before_anybody_rings(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    number = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value="+44 7700 900123", safety=Safety.NOT_SAFE,
                          note="he listens in")  # fmt: skip
    person = NewPerson(key=uuid4(), kind=PersonKind.ADULT, given_names="Bryony", family_name="Meadowlark",
                       contacts=(number,))  # fmt: skip
    window_desk.services.people.add(person)
    window_desk.services.steps.add(a_step(person=person.key, phone="07700 900123"))
    page = opened(window_desk, show, qtbot)
    [line] = page.steps.model.records()
    assert line.safety is Safety.NOT_SAFE
    assert any("do not use (he listens in)" in text for text in label_texts(page))


@on_a_local_file
def test_a_figure_opens_exactly_the_calls_it_counted(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    for _ in range(3):
        window_desk.services.calls.log(a_call(taken_by=PERSON))
    page = opened(window_desk, show, qtbot)
    buttons = {button.accessibleName(): button for button in (*page.figures.buttons, *page.gaps.buttons)}
    opened_figures = 0
    for name, button in buttons.items():
        if "call" not in name.casefold() or "call-back" in name.casefold() or "non-data" in name.casefold():
            continue
        with qtbot.waitSignal(page.calls_wanted) as wanted:
            button.setFocus()
            press(Qt.Key.Key_Return)
        selection = wanted.args[0]
        assert isinstance(selection, Selection)
        assert f"{name.rpartition(': ')[2]}" == f"{window_desk.services.calls.count(selection):,}"
        assert button.accessibleDescription()
        opened_figures += 1
    assert opened_figures >= 3


@on_a_local_file
def test_two_people_who_are_alike_are_told_apart_for_good_and_not_asked_again(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    for name in ("Rowan", "Rowen"):
        number = ContactPoint(key=uuid4(), kind=ContactKind.PHONE, value="07700 900123")
        window_desk.services.people.add(
            NewPerson(
                key=uuid4(), kind=PersonKind.ADULT, given_names=name, family_name="Thistledown", contacts=(number,)
            )
        )
    page = opened(window_desk, show, qtbot)
    qtbot.waitUntil(lambda: page.pairs.model.size() == 1, timeout=10_000)
    [pair] = page.pairs.model.records()
    page.pairs.table.setFocus()
    with qtbot.waitSignal(page.person_wanted) as wanted:
        press(Qt.Key.Key_2)
    assert wanted.args == [pair.other]
    press(Qt.Key.Key_3)
    qtbot.waitUntil(lambda: page.pairs.model.size() == 0, timeout=10_000)
    assert window_desk.services.people.perhaps_same() == ()
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: page.pairs.model.size() == 1, timeout=10_000)


@on_a_local_file
def test_an_empty_day_says_what_would_be_here(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = opened(window_desk, show, qtbot)
    said = " ".join(label_texts(page))
    assert "Nothing is due for you" in said
    assert "Every call is complete" in said
    assert "Nobody on record looks like somebody else" in said
    assert keyboard() is page.new_call


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "Overdue 2 days"), (-1, "Overdue 1 day"), (0, "Due today"), (1, "Tomorrow"), (5, "In 5 days")],
)
def test_a_day_is_said_in_words(days: int, words: str) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY)[0] == words


def test_the_callers_window_stands_beside_the_day() -> None:
    step = Step(id=1, key=uuid4(), version=1, state=StepState.OPEN, asked_at=NOW, kind=StepKind.CALL_BACK,
                due_on=date(2026, 11, 19), not_before=time(11), not_after=time(13))  # fmt: skip
    assert when_words(step, TODAY) == "Thu 19 Nov, 11:00–13:00"


def test_until_it_is_known_nothing_says_that_there_is_nothing(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = TodayPage(window_desk, draft_words)
    show(page)
    said = [text for text in label_texts(page) if text]
    assert not [text for text in said if text.startswith(("No call", "Nothing", "Every call", "Nobody"))], said
    place = page.new_call.mapTo(page, page.new_call.rect().topLeft())
    answered(page, qtbot)
    assert [text for text in label_texts(page) if text.startswith("Every call is complete")]
    assert page.new_call.mapTo(page, page.new_call.rect().topLeft()) == place  # nothing jumps
