"""The SEN stage of each child of a call on record: put right, undone, told by name, and where two versions meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.vocabulary import TermCode
from tests.builders import a_call, a_child
from tests.ui.on_desk import CTRL, on_a_local_file, press, tab_to, write
from tests.ui.on_stages import PLAN, SUPPORT, at, pick, shown, stages
from ui.calls import conflict
from ui.calls.call_page import CallPage
from ui.calls.conflict import ConflictDialog
from ui.calls.stages_editor import NOT_SAID
from ui.kit.desk import Desk

Show = Callable[..., QWidget]
Key = Qt.Key


def opened(desk: Desk, show: Show, qtbot: QtBot, call_id: int) -> CallPage:
    page = CallPage(desk)
    with qtbot.waitSignal(page.form.lists_came):
        show(page, 1080, 760)
    page.open_call(call_id)
    qtbot.waitUntil(lambda: page.call is not None and page.call.id == call_id)
    page.focus_first()
    return page


def two_children(desk: Services) -> tuple[UUID, UUID]:
    children = [a_child(given_names=name, family_name="Fern") for name in ("Tom", "Ella")]
    for child in children:
        desk.people.add(child)
    return children[0].key, children[1].key


def saved(page: CallPage, version: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.call is not None and page.call.version == version, timeout=10_000)


def test_one_childs_stage_is_put_right_undone_and_told_by_name(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """The other child's stage is not mentioned: nobody changed it."""
    desk = window_desk.services
    tom, ella = two_children(desk)
    call_id = desk.calls.log(a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT), at(ella, PLAN)))).value
    page = opened(window_desk, show, qtbot, call_id)
    assert shown(stages(page)) == [("Tom Fern", ("SENSUP",)), ("Ella Fern", ("EHCP",))]
    assert not page.has_unsaved
    tab_to("SEN stage of Tom Fern")
    pick("draft")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    assert desk.calls.get(call_id).child_stages == (at(tom, TermCode("EHCP_DRAFT")), at(ella, PLAN))
    page.on_history()
    qtbot.waitUntil(page.history.isVisible)
    assert page.history.model.words(0)[2:] == ["SEN stage of Tom Fern", "SEN Support", "Draft EHC plan issued"]
    assert page.history.model.words(1)[2] == "Call logged"
    page.desk.notices.undo_last()
    saved(page, 3, qtbot)
    assert desk.calls.get(call_id).child_stages == (at(tom, SUPPORT), at(ella, PLAN))


@on_a_local_file
def test_a_child_taken_out_of_a_call_takes_its_stage_along(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    desk = window_desk.services
    tom, ella = two_children(desk)
    call_id = desk.calls.log(a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT), at(ella, PLAN)))).value
    page = opened(window_desk, show, qtbot, call_id)
    page.form.focus_field("children")
    write("1")
    assert shown(stages(page)) == [("", ("EHCP",))]
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    assert desk.calls.get(call_id).child_stages == (at(ella, PLAN),)
    assert not page.has_unsaved


@on_a_local_file
def test_stages_of_nobody_knows_whom_are_shown_apart_and_kept(window_desk: Desk, show: Show, qtbot: QtBot) -> None:
    """Of a call about two children of the time when a stage was the call's; they can be moved by hand."""
    desk = window_desk.services
    tom, ella = two_children(desk)
    call_id = desk.calls.log(a_call(children=(tom, ella), stages=(SUPPORT, PLAN))).value
    page = opened(window_desk, show, qtbot, call_id)
    assert shown(stages(page)) == [("Tom Fern", ()), ("Ella Fern", ()), (NOT_SAID, ("SENSUP", "EHCP"))]
    tab_to("SEN stage, child not said")
    press(Key.Key_Backspace)
    page.form.focus_field("advice")
    tab_to("SEN stage of Ella Fern")
    pick("EHCP")
    press(Key.Key_Return, CTRL)
    saved(page, 2, qtbot)
    call = desk.calls.get(call_id)
    assert (call.stages, call.child_stages) == ((SUPPORT,), (at(ella, PLAN),))


def test_two_people_who_change_stages_see_them_with_the_childrens_names(
    window_desk: Desk, show: Show, qtbot: QtBot
) -> None:
    """A colleague noted Ella's and changed Tom's meanwhile; one chooses, and nothing else is lost."""
    desk = window_desk.services
    tom, ella = two_children(desk)
    before = a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT),))
    call_id = desk.calls.log(before).value
    page = opened(window_desk, show, qtbot, call_id)
    theirs = replace(facts_of(before), child_stages=(at(tom, PLAN), at(ella, PLAN)), phone="07700 900111")
    desk.calls.amend(call_id, 1, theirs)
    tab_to("SEN stage of Tom Fern")
    pick("draft")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ConflictDialog), timeout=10_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ConflictDialog)
    stage = next(line.choice for line in dialog.lines if line.choice.fields == ("child_stages",))
    assert (stage.words, stage.before, stage.both_changed) == ("SEN stage of each child", "Tom Fern: SEN Support", True)
    assert (stage.theirs, stage.yours) == (
        "Tom Fern: EHC plan; Ella Fern: EHC plan", "Tom Fern: Draft EHC plan issued"
    )  # fmt: skip
    press(Key.Key_Return, CTRL)  # to the one that must be chosen
    press(Key.Key_Right)
    press(Key.Key_Space)
    press(Key.Key_Return, CTRL)
    saved(page, 3, qtbot)
    call = desk.calls.get(call_id)
    assert (call.child_stages, call.phone) == ((at(tom, TermCode("EHCP_DRAFT")),), "07700 900111")


@on_a_local_file
def test_whichever_children_one_chooses_no_stage_is_left_of_one_who_goes(desk: Services) -> None:
    tom, ella = two_children(desk)
    before = a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT),))
    lists = desk.vocabularies.all()
    was = facts_of(before)
    theirs = replace(was, child_stages=(at(tom, PLAN), at(ella, PLAN)))
    yours = replace(was, children=(tom,), child_stages=())
    [stage, children] = conflict.choices_of(was, theirs, yours, lists, {tom: "Tom Fern"})
    assert stage.theirs == "Tom Fern: EHC plan; Another child on record: EHC plan"
    merged = conflict.chosen_facts(theirs, yours, [children])
    assert (merged.children, merged.child_stages) == ((tom,), (at(tom, PLAN),))
