"""Rules of the law in the lists, on a real database: read whole, suspended, corrected, withdrawn; by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rule_changes import RuleChange
from tests.conftest import PERSON
from tests.ui.on_desk import CTRL, keyboard, label_texts, on_a_local_file, press, settle, tab_to, write
from tests.ui.test_holidays_panel import next_field
from tests.ui.test_lists_page import answered, opened, undone
from ui.kit.desk import Desk
from ui.lists.lists_page import ListsPage
from ui.lists.rule_words import RuleEntry, counted_words, marks
from ui.lists.rules_panel import RulesPanel

Show = Callable[..., QWidget]
REASON = "The law gives two weeks more"


def at_rules(desk: Desk, show: Show, qtbot: QtBot, code: str = "EHC6") -> tuple[ListsPage, RulesPanel]:
    page = opened(desk, show, qtbot, "rules")
    answered(page, qtbot)
    panel = page.panel
    assert isinstance(panel, RulesPanel)
    panel.focus_table()
    on_rule(panel, code)
    return page, panel


def on_rule(panel: RulesPanel, code: str) -> RuleEntry:
    panel.table.choose_row([entry.rule.code for entry in panel.model.records()].index(code))
    found = panel.current()
    assert found is not None
    return found


def shown_whole(panel: RulesPanel) -> list[str]:
    """Every row of the rule under the keyboard, as it is spoken."""
    return [row.spoken for row in panel.card.rows.rows.rows]


def suspended(desk: Desk, rule: str = "EHC6", last: date | None = None) -> RuleChange:
    return desk.services.rules.suspend(rule, date(2026, 11, 2), last, "Floods", "SI 2026/1").value


def a_request(desk: Desk, day: date) -> Matter:
    """The council decides within 6 weeks of that day whether to assess."""
    return desk.services.dates.keep(Matter(key=uuid4(), happening="request", facts={"request": day})).value


def decision_due(desk: Desk, matter: Matter) -> date:
    (due,) = [one.due for one in desk.services.dates.get(matter.key).dates if one.clock == "EHC6"]
    return due


# -- read --------------------------------------------------------------------------------------------------------------


@on_a_local_file
def test_a_suspension_that_begins_later_is_not_told_as_one_of_today(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    window_desk.services.rules.suspend("EHC6", date(2027, 11, 2), None, "Floods to come", "")
    _, panel = at_rules(window_desk, show, qtbot)
    assert marks(on_rule(panel, "EHC6")) == ("Will be suspended",)


@on_a_local_file
def test_of_two_countings_it_is_told_in_words_which_one_is_the_last_day(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    _, panel = at_rules(window_desk, show, qtbot)
    assert counted_words(on_rule(panel, "APL")) == "the later of 2 months after decision and 1 month after certificate"
    assert "|" not in " ".join(counted_words(entry) for entry in panel.records())
    assert "|" not in " ".join(shown_whole(panel))


@on_a_local_file
def test_every_rule_is_listed_with_who_owes_it_how_it_is_counted_and_where_it_is_written(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    _, panel = at_rules(window_desk, show, qtbot)
    assert [entry.rule for entry in panel.records()] == list(window_desk.services.dates.book().rules)
    assert panel.model.words(0) == [
        "EHC6", "Decide whether to assess", "6 weeks after start", "Local authority", "", "since 1 September 2014",
        "SI 2014/1530 reg 5(1)",
    ]  # fmt: skip
    rows = {row[0]: row[4] for row in map(panel.model.words, range(panel.model.size()))}
    assert rows["MOVEREV"] == "Check this"
    assert rows["LAR30"] == "Practice, not law"
    assert rows["SCH15"] == "Check this, practice, not law"
    panel.filter.setText("mediation adviser certificate")
    assert {entry.rule.code for entry in panel.model.records()} >= {"CERT3N", "CERT3D", "CERT3E"}
    panel.filter.clear()
    panel.only.setChecked(True)
    assert all("Check this" in marks(entry) for entry in panel.model.records())


@on_a_local_file
def test_who_owes_a_rule_and_whether_it_is_to_check_are_seen_without_scrolling(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page, panel = at_rules(window_desk, show, qtbot)
    page.resize(1_182, 640)  # what a window of 1366 by 768 leaves
    settle()
    table = panel.table
    heads = [str(panel.model.headerData(at, Qt.Orientation.Horizontal)) for at in range(5)]
    assert heads == ["Code", "Rule", "Counted", "Who owes it", "Marks"]
    assert table.columnViewportPosition(0) == 0
    assert table.columnViewportPosition(4) + table.columnWidth(4) <= table.viewport().width()


@on_a_local_file
def test_a_rule_is_shown_whole_and_enter_leads_into_it_and_escape_back(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    _, panel = at_rules(window_desk, show, qtbot)
    press(Qt.Key.Key_Return)
    assert keyboard() is panel.card.rows
    rows = shown_whole(panel)
    assert "Counted: 6 weeks after start." in rows[0]
    assert "Law: SI 2014/1530 reg 5(1).\nSource: legislation.gov.uk" in rows[0]
    lifts = window_desk.services.dates.book().exceptions
    assert {f"{lifts[code]}, May be lifted" for code in panel.current().clocks[0].lifted_by} <= set(rows)
    assert any("Coronavirus rules of 2020" in row and "Check this" in row for row in rows)
    press(Qt.Key.Key_Escape)
    assert keyboard() is panel.table
    on_rule(panel, "REG45-make")
    assert ["reg 45, as first made" in row for row in shown_whole(panel)[:4]] == [False, False, True, True]  # today's
    on_rule(panel, "APL")
    assert ["5 pm" in row for row in shown_whole(panel)] == [True, True, False]
    tab_to("APL: Last day to appeal, whole")
    press(Qt.Key.Key_Up)
    assert keyboard() is panel.table


@on_a_local_file
def test_a_rule_made_of_several_says_which_and_is_not_changed_itself(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page, panel = at_rules(window_desk, show, qtbot, "REV")
    assert panel.told.text() == "REV is made of PAP2, RPT2, DEC4, AMF12: choose one of them to change it. Check this."
    assert not panel.suspend.isEnabled()
    assert not panel.correct.isEnabled()
    page.on_edit()
    assert panel.asking.isHidden()
    assert len(shown_whole(panel)) == 5  # its four parts, and the rules of 2020


# -- decided -----------------------------------------------------------------------------------------------------------


def test_a_rule_is_corrected_from_its_present_line_and_the_dates_move(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    matter = a_request(window_desk, date(2026, 11, 3))
    before = decision_due(window_desk, matter)
    page, panel = at_rules(window_desk, show, qtbot)
    page.on_edit()
    assert panel.asking.form.editor("counts").value() == "6 weeks after start"
    press(Qt.Key.Key_A, CTRL)
    write("8 weeks after start")
    next_field("1/11/2026")
    press(Qt.Key.Key_Tab)
    next_field("SI 2026/2")
    next_field(REASON)
    press(Qt.Key.Key_Return, CTRL)
    done = window_desk.notices.done
    qtbot.waitUntil(lambda: done.text == "Rule EHC6 corrected from 1 November 2026. 1 date moved.", timeout=10_000)
    assert (decision_due(window_desk, matter) - before).days == 14
    answered(page, qtbot)
    assert keyboard() is panel.table
    assert marks(panel.current()) == ("Corrected",)
    rows = shown_whole(panel)
    assert "Counted: 8 weeks after start." in rows[0]
    assert f"Why: {REASON}\nLaw: SI 2026/2.\nDecided by {PERSON} on Fri 20 Nov 2026." in " ".join(rows)
    assert [button.text() for button in done.buttons()] == ["Undo", "What moved"]
    with qtbot.waitSignal(page.dates_wanted):
        done.buttons()[1].click()
    undone(page, qtbot)
    assert decision_due(window_desk, matter) == before
    assert window_desk.services.rules.changes() == ()
    assert marks(panel.current()) == ()


def test_a_rule_is_suspended_until_further_notice_given_its_last_day_and_withdrawn(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    rules = window_desk.services.rules
    page, panel = at_rules(window_desk, show, qtbot)
    panel.suspend.click()
    write("2/11/2026")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    next_field("Floods in the county")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(rules.changes()) == 1, timeout=10_000)
    answered(page, qtbot)
    (open_ended,) = rules.changes()
    assert (open_ended.change.rule, open_ended.change.first, open_ended.change.last, open_ended.change.reason) == (
        "EHC6", date(2026, 11, 2), None, "Floods in the county",
    )  # fmt: skip
    assert marks(panel.current()) == ("Suspended",)
    assert [button.text() for button in window_desk.notices.done.buttons()] == ["Undo"]  # it moves no date
    panel.amend.click()
    write("13/11/2026")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: rules.changes()[0].change.last == date(2026, 11, 13), timeout=10_000)
    answered(page, qtbot)
    assert marks(panel.current()) == ("Was suspended",)
    undone(page, qtbot)
    assert rules.changes()[0].change == open_ended.change
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rules.changes() == (), timeout=10_000)
    answered(page, qtbot)
    assert not panel.withdraw.isVisible()
    undone(page, qtbot)
    assert rules.changes()[0].change == open_ended.change
    assert panel.withdraw.isVisible()


@on_a_local_file
def test_of_several_decisions_it_is_asked_which_is_withdrawn(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    first, second = suspended(window_desk, last=date(2026, 11, 6)), suspended(window_desk)
    page, panel = at_rules(window_desk, show, qtbot)
    panel.card.rows.choose(first.key)
    panel.withdraw.click()
    assert panel.asking.form.editor("which").value() == str(first.key)  # the one one is on
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window_desk.services.rules.changes() == (second,), timeout=10_000)
    answered(page, qtbot)
    assert panel.asking.isHidden()


@on_a_local_file
def test_another_part_brings_its_own_line_until_another_is_typed(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    page, panel = at_rules(window_desk, show, qtbot, "REG44-assess")
    page.on_edit()
    form = panel.asking.form
    part, counts = form.editor("part"), form.editor("counts")
    assert (part.value(), counts.value()) == ("notify", "2 weeks after start")
    part.set_value("final")
    assert counts.value() == "14 weeks after start"
    counts.set_value("15 weeks after start")
    part.set_value("no-plan")
    assert counts.value() == "15 weeks after start"
    form.set_values({"first": date(2027, 1, 1), "reason": REASON})
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(window_desk.services.rules.changes()) == 1, timeout=10_000)
    (kept,) = window_desk.services.rules.changes()
    assert (kept.change.part, kept.change.counts) == ("no-plan", ("15 weeks after start",))


@on_a_local_file
def test_a_day_typed_without_a_year_is_the_nearest_one_and_is_read_out_while_it_is_typed(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    page, panel = at_rules(window_desk, show, qtbot)
    panel.suspend.click()
    first, last = (panel.asking.form.editor(name) for name in ("first", "last"))
    write("1/11")
    assert first.understood.text() == "Sun 1 Nov 2026"
    assert first.understood.isVisible()
    assert first.understood.width() >= first.understood.sizeHint().width()
    assert "A day typed without a year is the nearest one, past or to come." in label_texts(panel.asking)
    press(Qt.Key.Key_Tab)
    write("6/11")
    assert last.understood.text() == "Fri 6 Nov 2026"
    press(Qt.Key.Key_Tab)
    next_field("Floods in the county")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(window_desk.services.rules.changes()) == 1, timeout=10_000)
    answered(page, qtbot)
    (kept,) = window_desk.services.rules.changes()
    assert (kept.change.first, kept.change.last) == (date(2026, 11, 1), date(2026, 11, 6))


@on_a_local_file
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"counts": "six weeks"}, ("counts", "“six weeks” cannot be counted. Write it as “6 weeks after start”")),
        ({"counts": " \n"}, ("counts", "Write how it is counted")),
        ({"counts": "6 weeks after letter"}, ("counts", "counts from “start”, not from “letter”")),
        ({"code": "APL", "counts": "2 months after decision"}, ("counts", "APL takes 2 countings, not 1")),
        ({"first": None}, ("first", "Enter the first day.")),
        ({"reason": ""}, ("reason", "Say why")),
        ({"last": date(2026, 12, 31)}, ("last", "The last day cannot be before the first.")),
        ({"code": "S2001-TOTAL"}, ("first", "S2001-TOTAL was not law on any of these days.")),
    ],
)
def test_a_correction_that_cannot_be_is_refused_beside_its_field(
    window_desk: Desk, show: Show, qtbot: QtBot, typed: dict[str, object], problem: tuple[str, str]
) -> None:
    values = {"first": date(2027, 1, 1), "reason": REASON, **typed}
    page, panel = at_rules(window_desk, show, qtbot, str(values.pop("code", "EHC6")))
    page.on_edit()
    form = panel.asking.form
    form.set_values(values)
    press(Qt.Key.Key_Return, CTRL)
    field, says = problem
    qtbot.waitUntil(lambda: says in form.problems().get(field, ""), timeout=10_000)
    answered(page, qtbot)
    assert not panel.asking.isHidden()
    assert window_desk.services.rules.changes() == ()


@on_a_local_file
def test_what_another_desk_changed_is_neither_changed_nor_withdrawn_unseen(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    rules = window_desk.services.rules
    seen = suspended(window_desk)
    page, panel = at_rules(window_desk, show, qtbot)
    theirs = replace(seen, change=replace(seen.change, last=date(2026, 12, 18)))
    theirs = rules.amend(theirs).value
    panel.withdraw.click()
    trouble = window_desk.notices.trouble
    qtbot.waitUntil(lambda: trouble.text.startswith("Somebody changed this while you had it open"), timeout=10_000)
    answered(page, qtbot)
    assert rules.changes() == (theirs,)
    assert panel.current().decisions == (theirs,)  # the list shows theirs now
    panel.amend.click()
    write("31/12/2026")
    again = rules.amend(replace(theirs, change=replace(theirs.change, reason="Other floods"))).value
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Somebody changed this" in " ".join(label_texts(panel.asking)), timeout=10_000)
    answered(page, qtbot)
    assert page.has_unsaved
    assert rules.changes() == (again,)


@on_a_local_file
def test_what_another_desk_withdrew_is_told_and_the_list_shows_it(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    seen = suspended(window_desk)
    page, panel = at_rules(window_desk, show, qtbot)
    window_desk.services.rules.withdraw(seen.key, seen.version)
    panel.withdraw.click()
    qtbot.waitUntil(lambda: "somebody withdrew it" in window_desk.notices.trouble.text, timeout=10_000)
    answered(page, qtbot)
    assert panel.current().decisions == ()
    assert not panel.withdraw.isVisible()
