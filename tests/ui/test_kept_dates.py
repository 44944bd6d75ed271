"""Dates kept with a call, on its page and on that of the child: looked at, explained, put right, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rights import Role
from tests.builders import a_call
from tests.ui.on_call import page_of_call
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, tab_to, write
from tests.ui.on_pad import Family, a_family
from ui.calls.call_page import CallPage
from ui.dates.answer import Answer
from ui.dates.wording import next_line
from ui.kit.desk import Desk
from ui.kit.two_versions import TwoVersionsDialog
from ui.people.person_page import PersonPage
from ui.people.person_tabs import CALLS
from ui.who.matters_card import MattersCard
from ui.who.what_follows import follows_in_full, follows_line

Show = Callable[..., QWidget]
Key = Qt.Key
LETTER = date(2026, 10, 1)


@pytest.fixture
def family(desk: Services) -> Family:
    """Two children; the call is about the first."""
    return a_family(desk, "Cai", "Elin")


@pytest.fixture
def told(desk: Services, family: Family) -> Matter:
    """A decision letter, told in a call about the first child."""
    child = family.children[0]
    matter = Matter(key=UUID(int=7), child=child, happening="decision", facts={"decision": LETTER})
    call = a_call(children=(child,), child_name="Cai Meadowlark")
    desk.calls.log(call, Intake(matters=(matter,)))
    return desk.dates.get(matter.key)


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot, told: Matter) -> CallPage:
    """The page of that call."""
    return page_of_call(window_desk, show, qtbot)


def rows(card: MattersCard) -> list[str]:
    """What those who listen hear of each row."""
    return [row.spoken for row in card.rows.rows.rows]


def in_the_dates(page: CallPage, place: int = 0) -> None:
    """The keyboard in the list, on that row."""
    tab_to("Dates of the law")
    press(Key.Key_Down, times=place)


def press_button(button: QWidget) -> None:
    """Tab from the list to the button, and press it."""
    for _ in range(5):
        press(Key.Key_Tab)
        if keyboard() is button:
            press(Key.Key_Return)
            return
    raise AssertionError("Tab never reaches it.")


def shown_again(card: MattersCard, qtbot: QtBot) -> None:
    """Wait until what is on record is shown."""
    qtbot.waitSignal(card.shown, timeout=10_000).wait()


def test_the_page_of_a_call_shows_its_dates_and_how_they_came_about(page: CallPage, qtbot: QtBot) -> None:
    """What was told, then each date with whose it is and how long there is; Enter explains, Escape leads back."""
    assert rows(page.dates) == [
        "Date on the decision letter: Thu 1 Oct 2026., For Cai Meadowlark., The council sent a decision letter",
        "Last day to appeal, Parent or young person, In 11 days, Tue 1 Dec 2026",
        "Contact a mediation adviser, Parent or young person, In 11 days, Tue 1 Dec 2026",
    ]
    in_the_dates(page, 1)
    press(Key.Key_Return)
    qtbot.waitUntil(page.dates.steps.hasFocus)
    told = [row.words for row in page.dates.steps.rows.rows]
    assert "2 months after it is Tue 1 Dec 2026." in told
    assert page.dates.why.text() == "How it came about: Last day to appeal"
    press(Key.Key_Escape)
    assert page.dates.rows.hasFocus()
    assert not page.dates.steps.isVisible()


def test_with_the_certificate_the_adviser_is_no_longer_to_be_rung(page: CallPage, qtbot: QtBot) -> None:
    """Its day is told afterwards: the date stays in its row, with what shows that it is done."""
    in_the_dates(page)
    press_button(page.dates.edit_button)
    press(Key.Key_Return)
    assert keyboard().accessibleName().startswith("Date on the mediation certificate")
    write("19/11/26")
    press(Key.Key_Return, CTRL)
    shown_again(page.dates, qtbot)
    said = next(row for row in page.dates.rows.rows.rows if row.words == "Contact a mediation adviser")
    assert (said.chip, said.under, said.past) == (("Done", "success"), "The certificate shows it.", True)
    assert said.right == "Tue 1 Dec 2026"


@on_a_local_file
def test_the_line_below_the_days_tells_only_what_is_still_to_do(desk: Services) -> None:
    """What is done stands in its tooltip only; where nothing is left, that is said."""
    held = {"decision": LETTER, "certificate": date(2026, 11, 19)}
    sheet, today = desk.dates.ask("decision", held), date(2026, 11, 20)
    assert follows_line(sheet, today) == "Last day to appeal: Mon 21 Dec 2026, in 31 days."
    assert "Contact a mediation adviser: Tue 1 Dec 2026, in 11 days; parent or young person; done" in (
        follows_in_full(sheet, today)
    )
    rung = replace(sheet, dates=tuple(one for one in sheet.dates if one.done))
    assert follows_line(rung, today) == "No day is left to keep here."
    assert next_line(Answer(sheet=rung, steps=((),), today=today)) == "No day is left to keep here."
    free = desk.dates.ask("decision", {"decision": LETTER}, kind="CON_I")
    lifted = replace(free, dates=tuple(one for one in free.dates if one.lifted))
    assert follows_line(lifted, today) == "Every time limit here is lifted."


def test_a_day_is_put_right_and_taken_back(page: CallPage, desk: Services, told: Matter, qtbot: QtBot) -> None:
    """Ctrl+Enter saves what follows with it; Undo brings back what was told."""
    in_the_dates(page)
    press_button(page.dates.edit_button)
    assert keyboard().accessibleName().startswith("Date on the decision letter")
    press(Key.Key_A, CTRL)
    write("8/10/26")
    assert page.has_unsaved
    press(Key.Key_Return, CTRL)
    shown_again(page.dates, qtbot)
    assert "Last day to appeal, Parent or young person, In 18 days, Tue 8 Dec 2026" in rows(page.dates)
    assert desk.dates.get(told.key).facts["decision"] == date(2026, 10, 8)
    assert not page.has_unsaved
    page.desk.notices.undo_last()
    shown_again(page.dates, qtbot)
    assert desk.dates.get(told.key).facts["decision"] == LETTER


@on_a_local_file
def test_a_day_that_cannot_be_read_or_is_missing_is_told_beside_it(page: CallPage, qtbot: QtBot) -> None:
    """Nothing is changed until it can be."""
    page.dates.edit()
    press(Key.Key_A, CTRL)
    write("31/2")
    press(Key.Key_Return, CTRL)
    assert "decision" in page.dates.form.form.problems()
    page.dates.form.form.focus_field("decision")
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "is needed" in page.dates.form.form.problems().get("decision", ""))


@on_a_local_file
def test_what_is_typed_is_asked_about_before_one_leaves(page: CallPage, qtbot: QtBot) -> None:
    """Nothing typed is dropped in silence; left, it is gone and the page goes."""
    page.dates.edit()
    write("8/10/26")
    with qtbot.assertNotEmitted(page.back_wanted):
        page.leave(page.back_wanted.emit)
    assert "What you typed into the dates is not saved yet." in label_texts(page)
    press(Key.Key_Tab)
    with qtbot.waitSignal(page.back_wanted):
        press(Key.Key_Return)
    assert not page.has_unsaved


def test_dates_are_closed_and_opened_again(page: CallPage, desk: Services, told: Matter, qtbot: QtBot) -> None:
    """Closed they stay in sight, quietly; Undo, or the button, opens them."""
    in_the_dates(page)
    press_button(page.dates.close_button)
    shown_again(page.dates, qtbot)
    assert desk.dates.get(told.key).closed_on == date(2026, 11, 20)
    assert "Closed on Fri 20 Nov 2026: nothing is expected any more." in rows(page.dates)[0]
    page.desk.notices.undo_last()
    shown_again(page.dates, qtbot)
    assert desk.dates.get(told.key).closed_on is None
    page.dates.close_matter()
    shown_again(page.dates, qtbot)
    page.dates.rows.setFocus()
    press_button(page.dates.reopen_button)
    shown_again(page.dates, qtbot)
    assert desk.dates.get(told.key).closed_on is None


def test_two_who_put_the_same_day_right_choose_between_the_two(
    page: CallPage, desk: Services, told: Matter, qtbot: QtBot
) -> None:
    """Both versions stand beside each other; what was not touched stays as the other left it."""
    page.dates.edit()
    press(Key.Key_A, CTRL)
    write("8/10/26")
    certificate = date(2026, 11, 19)
    desk.dates.amend(replace(told, facts={"decision": date(2026, 10, 2), "certificate": certificate}))
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(page.findChildren(TwoVersionsDialog)), timeout=10_000)
    [dialog] = page.findChildren(TwoVersionsDialog)
    assert [line.choice.words for line in dialog.lines] == [
        "Date on the decision letter",
        "Date on the mediation certificate",
    ]
    dialog.lines[0].yours.setChecked(True)
    dialog.accept()
    shown_again(page.dates, qtbot)
    assert dict(desk.dates.get(told.key).facts) == {"decision": date(2026, 10, 8), "certificate": certificate}


def test_another_child_chosen_for_the_call_takes_the_dates_along(
    page: CallPage, desk: Services, family: Family, told: Matter, qtbot: QtBot
) -> None:
    """They are not left with a child whom the call is not about; taken back, they are where they were."""
    before, both = desk.calls.get(1), family.children
    about_both = desk.calls.amend(1, before.version, replace(facts_of(before), children=both)).value
    assert desk.dates.get(told.key).child == both[0]
    second = desk.calls.amend(1, about_both.version, replace(facts_of(before), children=both[1:]))
    assert desk.dates.get(told.key).child == both[1]
    page.desk.touch(second.touched)
    shown_again(page.dates, qtbot)
    none = desk.calls.amend(1, second.value.version, replace(facts_of(before), children=(), child_name="")).value
    assert desk.dates.get(told.key).child is None
    desk.calls.amend(1, none.version, facts_of(before))
    assert desk.dates.get(told.key).child == both[0]


def test_the_page_of_the_child_shows_what_is_open_and_that_of_another_nothing(
    window_desk: Desk, show: Show, family: Family, told: Matter, qtbot: QtBot
) -> None:
    """On the tab of calls and next steps; closed, they are gone from there and Undo brings them back."""
    desk = window_desk.services
    made = PersonPage(window_desk)
    show(made, 1080, 760)
    made.open_person(family.children[0])
    qtbot.waitUntil(lambda: made.shown is not None)
    made.tab_row.go(CALLS)
    card = made.calls.dates
    qtbot.waitUntil(card.isVisible)
    assert rows(card)[1] == "Last day to appeal, Parent or young person, In 11 days, Tue 1 Dec 2026"
    card.edit()
    write("8/10/26")
    assert made.has_unsaved
    made.on_save()
    shown_again(card, qtbot)
    assert desk.dates.get(told.key).facts["decision"] == date(2026, 10, 8)
    card.close_matter()
    shown_again(card, qtbot)
    assert rows(card) == []
    window_desk.notices.undo_last()
    shown_again(card, qtbot)
    assert len(rows(card)) == 3
    made.open_person(family.children[1])
    shown_again(card, qtbot)
    assert rows(card) == []
    made.open_person(family.mother)
    shown_again(card, qtbot)
    assert card.isHidden()


@on_a_local_file
def test_a_call_without_dates_only_offers_to_add_one_and_a_role_without_the_right_sees_nothing(
    window_desk: Desk, show: Show, desk: Services, told: Matter, qtbot: QtBot
) -> None:
    """What a role may not look at is absent."""
    without = a_call()
    desk.calls.log(without)
    card = MattersCard(window_desk)
    show(card)
    card.hide()
    card.show_call(without.key, {})
    shown_again(card, qtbot)
    buttons = (card.add_button, card.edit_button, card.close_button, card.reopen_button, card.explain_button)
    assert [button.isVisible() for button in buttons] == [True, False, False, False, False]
    assert not card.rows.isVisible()
    card.show_call(without.key, {}, open_=False)
    shown_again(card, qtbot)
    assert not card.isVisible()
    window_desk.rights.know(Role.ANALYST)
    assert told.call is not None
    with qtbot.assertNotEmitted(card.shown, wait=200):
        card.show_call(told.call, {})
    window_desk.rights.know(Role.HELPLINE)
    card.refresh()
    shown_again(card, qtbot)
    assert card.isVisible()
