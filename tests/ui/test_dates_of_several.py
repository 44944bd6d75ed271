"""Dates told in a call about several children, what lifts a limit while one is on the phone, and dates of a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rights import Role
from ppsdesk.domain.selection import Selection
from tests.builders import a_call
from tests.ui.on_call import page_of_call
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, tab_to, write
from tests.ui.on_pad import Family, a_family, choose, save, take, the_only_call
from tests.ui.test_pad_dates import about, line_of, says, the_only_matter, type_day
from ui.calls.call_page import CallPage
from ui.calls.dates_more import CHOOSE_CHILD
from ui.calls.pad import CallPad
from ui.calls.pads import CallPads
from ui.kit.desk import Desk
from ui.kit.surfaces import area_around
from ui.people.person_page import PersonPage
from ui.people.person_tabs import CALLS

Show = Callable[..., QWidget]
Key = Qt.Key
LETTER = date(2026, 10, 1)
WHICH = "Law dates: for which child"
LIFTS = "Law dates: what lifts a limit"


@pytest.fixture
def family(desk: Services) -> Family:
    """Two children."""
    return a_family(desk, "Cai", "Elin")


def in_sight(part: QWidget) -> bool:
    """Whether all of it is in what scrolls."""
    area = area_around(part)
    assert area is not None
    seen, top = area.viewport(), part.mapTo(area.viewport(), QPoint(0, 0)).y()
    return 0 <= top <= top + part.height() <= seen.height()


def about_both(pad: CallPad, topic: str, day: str, qtbot: QtBot) -> None:
    """A call about both children, with a day."""
    take(pad, "bryony", qtbot)
    write("12")
    about(pad, topic, qtbot)
    type_day(pad, day, qtbot)


# -- the pad -----------------------------------------------------------------------------------------------------------


def test_of_several_children_it_is_asked_which_one_the_date_is_for(
    pad: CallPad, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """Behind the days, by letters; what follows is told without waiting for it."""
    about_both(pad, "refusal to assess", "1/10/26", qtbot)
    assert says(pad)[0].startswith("Last day to appeal: Tue 1 Dec 2026")
    tab_to(WHICH)
    assert pad.form.problems() == {}
    write("eli")
    save(pad, qtbot)
    assert set(the_only_call(desk).children) == set(family.children)
    assert the_only_matter(desk).child == family.children[1]
    assert desk.dates.of_person(family.children[0]) == ()


def test_a_call_about_several_is_not_saved_before_one_is_chosen_and_each_may_have_the_same(
    pad: CallPad, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """The keyboard is in the list that needs something; one letter chooses, and each child has dates of their own."""
    about_both(pad, "refusal to assess", "1/10/26", qtbot)
    press(Key.Key_Return, CTRL)
    assert pad.form.problems() == {"dates": CHOOSE_CHILD}
    assert not desk.calls.ids(Selection())
    pad.form.focus_field("dates")
    assert keyboard().accessibleName() == WHICH
    write("each")
    assert pad.form.problems() == {}
    save(pad, qtbot)
    for child in family.children:
        [matter] = desk.dates.of_person(child)
        assert dict(matter.facts) == {"decision": LETTER}
        assert len(matter.dates) == 2


@on_a_local_file
def test_a_child_taken_out_again_is_not_asked_about(pad: CallPad, desk: Services, family: Family, qtbot: QtBot) -> None:
    """The wrong child was chosen and the date was for them: it goes to the one the call is about."""
    about_both(pad, "refusal to assess", "1/10/26", qtbot)
    tab_to(WHICH)
    write("cai")
    pad.form.focus_field("children")
    write("1")
    assert not [part for part in line_of(pad).more.stops() if part.isVisible()]
    save(pad, qtbot)
    assert the_only_matter(desk).child == family.children[1]


@on_a_local_file
def test_without_a_day_or_with_one_child_nothing_more_is_asked(
    pad: CallPad, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """Not a key more than before."""
    take(pad, "bryony", qtbot)
    write("12")
    about(pad, "refusal to assess", qtbot)
    assert line_of(pad).more.stops() == ()
    pad.form.focus_field("children")
    write("2")
    type_day(pad, "1/10/26", qtbot)
    assert line_of(pad).more.stops() == ()
    save(pad, qtbot)
    assert the_only_matter(desk).child == family.children[0]


@on_a_local_file
def test_the_child_and_what_lifts_a_limit_are_in_the_draft(
    pad: CallPad, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """They come back from it, before anybody looked at the lists."""
    about_both(pad, "ehcna request", "5/11/26", qtbot)
    tab_to(WHICH)
    write("elin")
    tab_to(LIFTS)
    write("away")
    with qtbot.waitSignal(pad.draft_kept, timeout=10_000):
        pad.keep_draft()
    [draft] = desk.drafts.mine()
    with qtbot.waitSignal(pad.closed):
        pad.close_pad()
    pad.resume(draft)
    assert line_of(pad).content() == draft.content["dates"]
    save(pad, qtbot)
    matter = the_only_matter(desk)
    assert (matter.child, matter.lifted) == (family.children[1], ("EX_ABSENT",))


@on_a_local_file
def test_what_lifts_a_limit_is_one_list_behind_the_day(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Told in full below; where nothing can lift a limit there is no list, and whoever saves by its key meets none."""
    about(pad, "refusal to assess", qtbot)
    choose("caller_kind", pad, "par")
    type_day(pad, "1/10/26", qtbot)
    assert line_of(pad).more.stops() == ()
    pad.form.focus_field("topics")
    press(Key.Key_Backspace)
    press(Key.Key_Backspace)
    line_of(pad).set_value(None)
    about(pad, "ehcna request", qtbot)
    type_day(pad, "5/11/26", qtbot)
    tab_to(LIFTS)
    write("family was away")
    qtbot.waitUntil(lambda: says(pad) == ["Every time limit here is lifted."])
    full = "Lifts a limit: The family was away from the area for 4 weeks or more. (Check this.)"
    assert full in label_texts(line_of(pad))
    save(pad, qtbot)
    matter = the_only_matter(desk)
    assert matter.lifted == ("EX_ABSENT",)
    assert all(one.lifted for one in matter.dates)


@on_a_local_file
def test_a_call_saved_from_a_field_that_goes_away_leaves_no_unfinished_call(
    pad: CallPad, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """The field is hidden for the next call, and the keyboard leaves it: nothing is left over to go on with."""
    for said in ("cai", "elin"):
        about_both(pad, "refusal to assess", "1/10/26", qtbot)
        tab_to(WHICH)
        write(said)
        save(pad, qtbot)
        assert pad.timer.started_at is None
    pad.keep_draft()
    kept: list[object] = []
    # written one after the other: what was kept before this is on record when this has come
    pad._desk.change(pad, partial(desk.calls.log, a_call()), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert desk.drafts.mine() == ()


@on_a_local_file
def test_in_a_low_pad_what_follows_is_in_sight_as_soon_as_it_is_known(
    pads: CallPads, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """It is what the caller is waiting for; and the keyboard is in sight with it."""
    pad = pads.current
    take(pad, "bryony", qtbot)
    write("12")
    about(pad, "refusal to assess", qtbot)
    pads.resize(pads.width(), 330)
    settle()
    type_day(pad, "1/10/26", qtbot)
    qtbot.waitUntil(lambda: in_sight(line_of(pad).answer) and in_sight(keyboard()))


# -- the page of a call ------------------------------------------------------------------------------------------------


@pytest.fixture
def page(window_desk: Desk, show: Show, qtbot: QtBot, desk: Services, family: Family) -> CallPage:
    """The page of a call about both, with a date that is for neither."""
    matter = Matter(key=UUID(int=7), happening="decision", facts={"decision": LETTER})
    desk.calls.log(a_call(children=family.children, child_name="Cai and Elin Meadowlark"), Intake(matters=(matter,)))
    made = page_of_call(window_desk, show, qtbot)
    qtbot.waitUntil(lambda: bool(made.dates.rows.rows.rows), timeout=10_000)
    return made


def test_what_is_added_to_a_call_about_several_is_for_one_of_them(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """Nothing is kept before one is chosen."""
    page.dates.begin()
    write("somebody asked for an")
    tab_to("Day the council got the request, required")
    write("5/11/26")
    press(Key.Key_Return, CTRL)
    assert page.dates.form.form.problems() == {"child": CHOOSE_CHILD}
    page.dates.form.form.focus_field("child")
    write("elin")
    with qtbot.waitSignal(page.dates.shown, timeout=10_000):
        press(Key.Key_Return, CTRL)
    [matter] = desk.dates.of_person(family.children[1])
    assert (matter.happening, matter.call) == ("request", desk.calls.get(1).key)


def test_a_date_for_nobody_is_given_to_the_child_it_is_for_and_undo_takes_it_back(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """By correcting it; its days stay as they were."""
    page.dates.edit()
    page.dates.form.form.focus_field("child")
    write("cai")
    assert page.has_unsaved
    with qtbot.waitSignal(page.dates.shown, timeout=10_000):
        press(Key.Key_Return, CTRL)
    [matter] = desk.dates.of_person(family.children[0])
    assert dict(matter.facts) == {"decision": LETTER}
    qtbot.waitUntil(lambda: "For Cai Meadowlark." in page.dates.rows.rows.rows[0].spoken, timeout=10_000)
    page.desk.notices.undo_last()
    qtbot.waitUntil(lambda: desk.dates.of_person(family.children[0]) == (), timeout=10_000)


def test_a_date_is_not_given_to_a_child_somebody_took_out_of_the_call_meanwhile(
    page: CallPage, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """One sentence; then it is for the child the call is about."""
    page.dates.edit()
    page.dates.form.form.focus_field("child")
    write("cai")
    call = desk.calls.get(1)
    desk.calls.amend(1, call.version, replace(facts_of(call), children=family.children[1:]))
    now = desk.dates.get(UUID(int=7))
    with pytest.raises(Refused, match="The call is not about that child any more"):
        desk.dates.amend(replace(now, child=family.children[0]))
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(page.dates.form.trouble.text), timeout=10_000)
    assert desk.dates.of_person(family.children[0]) == ()
    [matter] = desk.dates.of_person(family.children[1])
    assert matter.key == UUID(int=7)


# -- the page of a person ----------------------------------------------------------------------------------------------


def person_page(desk: Desk, show: Show, qtbot: QtBot, person: UUID) -> PersonPage:
    """On the tab with the dates."""
    made = PersonPage(desk)
    show(made, 1080, 760)
    made.open_person(person)
    qtbot.waitUntil(lambda: made.shown is not None)
    made.tab_row.go(CALLS)
    return made


def test_a_date_is_added_to_a_child_without_any_call(
    window_desk: Desk, show: Show, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """As a letter that came by post: by keys, seen before it is kept, in their history, and taken back by undo."""
    child = family.children[0]
    page = person_page(window_desk, show, qtbot, child)
    card = page.calls.dates
    qtbot.waitUntil(card.add_button.isVisible, timeout=10_000)
    assert "None is open." in label_texts(card)
    card.add_button.setFocus()
    press(Key.Key_Space)
    write("council sent a dec")
    tab_to("Date on the decision letter, required")
    write("1/10/26")
    assert page.has_unsaved
    with qtbot.waitSignal(card.shown, timeout=10_000):
        press(Key.Key_Return, CTRL)
    [matter] = desk.dates.of_person(child)
    assert (matter.call, matter.child, dict(matter.facts)) == (None, child, {"decision": LETTER})
    qtbot.waitUntil(lambda: [row.words for row in card.rows.rows.rows][1:2] == ["Last day to appeal"], timeout=10_000)
    with pytest.raises(Refused, match="These dates are kept for this person already"):
        desk.dates.keep(replace(matter, key=UUID(int=9)))
    window_desk.notices.undo_last()
    qtbot.waitUntil(lambda: desk.dates.get(matter.key).closed_on is not None, timeout=10_000)


@on_a_local_file
def test_dates_are_added_to_children_and_young_people_by_those_who_may(
    window_desk: Desk, show: Show, desk: Services, family: Family, qtbot: QtBot
) -> None:
    """Not to a parent, not to a record that is removed, not without the right."""
    page = person_page(window_desk, show, qtbot, family.mother)
    card = page.calls.dates
    qtbot.waitUntil(lambda: card._kept is not None, timeout=10_000)
    assert card.isHidden()
    page.open_person(family.children[0])
    page.tab_row.go(CALLS)
    qtbot.waitUntil(card.add_button.isVisible, timeout=10_000)
    window_desk.rights.know(Role.ANALYST)
    assert not card.add_button.isVisible()
    window_desk.rights.know(Role.HELPLINE)
    assert card.add_button.isVisible()
    removed = desk.people.remove(family.children[0], desk.people.get(family.children[0]).version)
    window_desk.touch(removed.touched)
    qtbot.waitUntil(lambda: not card.add_button.isVisible(), timeout=10_000)
    with pytest.raises(Refused, match="This record was removed meanwhile"):
        desk.dates.keep(Matter(key=UUID(int=8), child=family.children[0], happening="decision",
                               facts={"decision": LETTER}))  # fmt: skip
