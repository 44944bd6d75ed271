"""A date added to a call on record: told, seen what follows, kept; nothing is lost where others were quicker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rights import Role
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import a_call
from tests.ui.on_call import page_of_call
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, tab_to, write
from tests.ui.on_pad import Family, a_family
from ui.calls.call_page import CallPage
from ui.kit.desk import Desk
from ui.people.history_tab import steps_of as steps_of_person

Show = Callable[..., QWidget]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LETTER = date(2026, 10, 1)
APPEAL = "Last day to appeal: Tue 1 Dec 2026, in 11 days; Contact a mediation adviser: Tue 1 Dec 2026, in 11 days."


@pytest.fixture
def family(desk: Services) -> Family:
    """Two children; the call is about the first."""
    return a_family(desk, "Cai", "Elin")


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot, desk: Services, family: Family) -> CallPage:
    """The page of a call about a draft plan, in which no date was told."""
    topics = (TermCode("draft-plan"),)
    desk.calls.log(a_call(children=family.children[:1], child_name="Cai Meadowlark", topics=topics))
    return page_of_call(window_desk, show, qtbot)


def call_key(desk: Services) -> UUID:
    return desk.calls.get(1).key


def kept(desk: Services) -> tuple[Matter, ...]:
    return desk.dates.of_call(call_key(desk))


def begin(page: CallPage) -> None:
    """By the access key, as from anywhere on the page."""
    press(Key.Key_W, ALT)
    assert keyboard().accessibleName() == "What happened, required"


def tell_letter(page: CallPage, day: str = "1/10/26") -> None:
    """The decision letter and its day, as they are typed."""
    begin(page)
    write("council sent a dec")
    tab_to("Date on the decision letter, required")
    write(day)


def says(page: CallPage) -> list[str]:
    """What follows, below what is typed."""
    return [line.words for line in page.dates.form.follows.lines()]


def save(page: CallPage, qtbot: QtBot) -> None:
    """Ctrl+Enter; wait until the card shows what is on record."""
    with qtbot.waitSignal(page.dates.shown, timeout=10_000):
        press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(page.dates.rows.rows.rows))


def told(page: CallPage, words: str, qtbot: QtBot) -> None:
    """Wait until the bar above the fields says that."""
    qtbot.waitUntil(lambda: words in page.dates.form.trouble.text, timeout=10_000)


def test_a_date_is_added_to_a_call_on_record_by_keys_alone(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """What follows is seen before it is saved; the dates belong to the child the call is about."""
    assert "None is kept with this call." in label_texts(page.dates)
    tell_letter(page)
    qtbot.waitUntil(lambda: says(page) == [APPEAL])
    assert page.has_unsaved
    save(page, qtbot)
    [matter] = kept(desk)
    assert (matter.happening, matter.child, dict(matter.facts)) == (
        "decision",
        family.children[0],
        {"decision": LETTER},
    )
    assert [row.words for row in page.dates.rows.rows.rows[1:]] == ["Last day to appeal", "Contact a mediation adviser"]
    assert page.dates.rows.hasFocus()
    assert not page.has_unsaved
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: kept(desk)[0].closed_on is not None, timeout=10_000)


def test_what_was_added_stands_in_the_history_of_the_call_and_of_the_child(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """In words, by whom; the panel that is open shows it at once."""
    page.on_history()
    qtbot.waitUntil(page.history.isVisible)
    page.dates.begin()
    write("council sent a dec")
    tab_to("Date on the decision letter, required")
    write("1/10/26")
    save(page, qtbot)
    words = "The council sent a decision letter: Date on the decision letter: Thu 1 Oct 2026"
    line = [desk.person, "Dates kept", "", words]
    qtbot.waitUntil(lambda: page.history.model.words(0)[1:] == line, timeout=10_000)
    steps = steps_of_person(desk.people.history(family.children[0]), page.form.lists)
    assert [(step.what, step.after) for step in steps if step.what.startswith("Dates")] == [("Dates kept", words)]


@on_a_local_file
def test_what_fits_the_topics_stands_first_and_another_choice_asks_for_its_own_days(
    page: CallPage, qtbot: QtBot
) -> None:
    """A day that both ask for is not typed twice."""
    begin(page)
    assert page.dates.form._what.box.itemText(1) == "A draft plan came"
    write("draft plan")
    tab_to("Day the council got the request")
    write("3/9/26")
    page.dates.form.what.focus_first()
    write("somebody asked for an")
    tab_to("Day the council got the request, required")
    assert page.dates.form.form.editor("request").value() == date(2026, 9, 3)
    qtbot.waitUntil(lambda: bool(says(page)) and "Thu 15 Oct 2026" not in says(page)[0])


@on_a_local_file
def test_what_is_needed_is_told_beside_its_field_and_nothing_is_kept(
    page: CallPage, desk: Services, qtbot: QtBot
) -> None:
    """What happened, a kind where the rules need one, a day that can be read."""
    begin(page)
    press(Key.Key_Return, CTRL)
    assert "happening" in page.dates.form.what.problems()
    page.dates.form.what.focus_first()
    write("move to the next")
    tab_to("Which kind")
    page.dates.form.form.focus_field(page.dates.form._happening.facts[0].name)
    write("31/2")
    press(Key.Key_Return, CTRL)
    assert page.dates.form.form.problems()
    page.dates.form.form.focus_field(page.dates.form._happening.facts[0].name)
    press(Key.Key_A, CTRL)
    write("1/9/27")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "kind" in page.dates.form.form.problems(), timeout=10_000)
    assert kept(desk) == ()


@on_a_local_file
def test_what_is_typed_is_asked_about_before_one_leaves_or_begins_another(page: CallPage, qtbot: QtBot) -> None:
    """Escape drops it, as it says; the keyboard is back where one began."""
    tell_letter(page)
    with qtbot.assertNotEmitted(page.back_wanted):
        page.leave(page.back_wanted.emit)
    assert "What you typed into the dates is not saved yet." in label_texts(page)
    press(Key.Key_Return)
    page.dates.begin()
    assert page.dates.form.unsaved.text
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert not page.dates.form.isVisible()
    assert page.dates.add_button.hasFocus()
    assert not page.has_unsaved


def test_a_child_chosen_by_somebody_else_meanwhile_is_told_and_nothing_typed_is_lost(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """Saved again the dates belong to the child the call is about now."""
    tell_letter(page)
    call = desk.calls.get(1)
    desk.calls.amend(1, call.version, replace(facts_of(call), children=family.children[1:]))
    press(Key.Key_Return, CTRL)
    told(page, f"{desk.person} changed whom this call is about while you had it open.", qtbot)
    assert kept(desk) == ()
    assert page.dates.form.form.editor("decision").value() == LETTER
    qtbot.waitUntil(lambda: page.call is not None and page.call.children == family.children[1:], timeout=10_000)
    page.dates.form.form.focus_field("decision")
    save(page, qtbot)
    assert kept(desk)[0].child == family.children[1]


def test_the_same_date_added_by_somebody_else_meanwhile_is_not_kept_twice(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """One sentence, and the form stays as it is."""
    tell_letter(page)
    child = family.children[0]
    theirs = Matter(key=uuid4(), call=call_key(desk), child=child, happening="decision", facts={"decision": LETTER})
    desk.dates.keep(theirs)
    press(Key.Key_Return, CTRL)
    told(page, "These dates are kept with this call already.", qtbot)
    assert page.has_unsaved
    assert [one.key for one in kept(desk)] == [theirs.key]


def test_a_call_removed_by_somebody_else_meanwhile_takes_no_date(page: CallPage, desk: Services, qtbot: QtBot) -> None:
    """What was typed is still there."""
    tell_letter(page)
    desk.calls.remove(1, desk.calls.get(1).version)
    press(Key.Key_Return, CTRL)
    told(page, f"{desk.person} removed this call meanwhile.", qtbot)
    assert kept(desk) == ()
    assert page.dates.form.form.editor("decision").value() == LETTER


@on_a_local_file
def test_to_a_call_that_is_removed_nothing_can_be_added(page: CallPage, desk: Services, qtbot: QtBot) -> None:
    """Neither button nor key; put back, it is offered again."""
    assert page.dates.add_button.isVisible()
    call = desk.calls.remove(1, 1)
    page.desk.touch(call.touched)
    qtbot.waitUntil(lambda: not page.dates.isVisible(), timeout=10_000)
    page.on_call_dates()
    assert not page.dates.form.isVisible()
    page.desk.touch(desk.calls.put_back(1, 2).touched)
    qtbot.waitUntil(page.dates.add_button.isVisible, timeout=10_000)


@on_a_local_file
def test_who_may_not_add_dates_is_not_offered_to(page: CallPage, window_desk: Desk) -> None:
    """The button is absent, and its key does nothing."""
    window_desk.rights.know(Role.ANALYST)
    assert not page.dates.add_button.isVisible()
    page.on_call_dates()
    assert not page.dates.form.isVisible()
    window_desk.rights.know(Role.HELPLINE)
    assert page.dates.add_button.isVisible()


# -- what lifts a limit ------------------------------------------------------------------------------------------------


def test_what_lifts_a_limit_is_ticked_kept_and_stays_when_dates_are_worked_out_again(
    page: CallPage, desk: Services, qtbot: QtBot
) -> None:
    """The date shows that it is lifted; a bank holiday decided later leaves that as it is."""
    begin(page)
    write("somebody asked for an")
    tab_to("Day the council got the request, required")
    write("5/11/26")
    qtbot.waitUntil(lambda: bool(says(page)) and "Decide whether to assess" in says(page)[0])
    absent = page.dates.form.lifting.ticks["EX_ABSENT"]
    tab_to(absent.keys.accessibleName())
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: says(page) == ["Every time limit here is lifted."])
    save(page, qtbot)
    [matter] = kept(desk)
    assert matter.lifted == ("EX_ABSENT",)
    assert all(one.lifted for one in matter.dates)
    assert "Lifts a limit: The family was away from the area" in page.dates.rows.rows.rows[0].words
    desk.rules.add_holiday(date(2026, 12, 22), "Coronation", "decided by the government")
    again = desk.dates.get(matter.key)
    assert (again.lifted, all(one.lifted for one in again.dates)) == (("EX_ABSENT",), True)


def test_a_tick_is_taken_out_again_by_correcting_and_undo_brings_it_back(
    page: CallPage, desk: Services, qtbot: QtBot
) -> None:
    """The limit holds again."""
    asked = Matter(
        key=uuid4(), call=call_key(desk), child=desk.calls.get(1).children[0], happening="request",
        facts={"request": LETTER}, lifted=("EX_ABSENT", "EX_PERSONAL"),
    )  # fmt: skip
    page.desk.touch(desk.dates.keep(asked).touched)
    qtbot.waitUntil(lambda: bool(page.dates.rows.rows.rows), timeout=10_000)
    page.dates.rows.setFocus()
    page.dates.edit()
    ticks = page.dates.form.lifting.ticks
    assert [code for code, tick in ticks.items() if tick.value()] == ["EX_PERSONAL", "EX_ABSENT"]
    ticks["EX_ABSENT"].keys.setFocus()
    press(Key.Key_Space)
    assert page.has_unsaved
    save(page, qtbot)
    qtbot.waitUntil(lambda: desk.dates.get(asked.key).lifted == ("EX_PERSONAL",), timeout=10_000)
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: desk.dates.get(asked.key).lifted == ("EX_ABSENT", "EX_PERSONAL"), timeout=10_000)
