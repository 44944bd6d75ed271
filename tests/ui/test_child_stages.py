"""The SEN stage of each child a call is about, by keyboard: in the pad and in drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ppsdesk.assembly import Services
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from tests.builders import a_call
from tests.ui.on_desk import CTRL, keyboard, on_a_local_file, press, settle, tab_to, write
from tests.ui.on_pad import a_family, choose, create, save, take, the_only_call
from tests.ui.on_stages import ASKED, PLAN, SUPPORT, at, pick, shown, stages
from ui.calls.pad import CallPad
from ui.calls.stages_editor import NOT_SAID

Show = Callable[..., QWidget]
Key = Qt.Key


# -- in the pad --------------------------------------------------------------------------------------------------------


def test_the_stage_of_an_only_child_is_asked_and_kept_as_ever(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """One field without a name, the same keys; the stage is that child's."""
    family = a_family(desk, "Cai")
    take(pad, "bryony", qtbot)
    choose("topics", pad, "annual")
    choose("stages", pad, "support")
    assert keyboard().accessibleName() == "SEN stage"
    assert shown(stages(pad)) == [("", ("SENSUP",))]
    save(pad, qtbot)
    call = the_only_call(desk)
    assert (call.child_stages, call.stages) == ((at(family.children[0], SUPPORT),), ())


def test_of_several_children_each_is_asked_for_in_the_order_of_their_chips(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """Tab and Enter lead from child to child and then on; everybody who listens hears whose field it is."""
    family = a_family(desk, "Cai", "Elin", "Nia")
    take(pad, "bryony", qtbot)
    write("31")
    choose("topics", pad, "annual")
    pad.form.focus_field("stages")
    assert keyboard().accessibleName() == "SEN stage of Cai Meadowlark"
    pick("support")
    press(Key.Key_Return)
    assert keyboard().accessibleName() == "SEN stage of Nia Meadowlark"
    pick("draft")
    press(Key.Key_Tab)
    assert keyboard().accessibleName() == "Help level"
    press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier, times=3)
    assert keyboard().accessibleName() == "Advice"
    save(pad, qtbot)
    cai, _, nia = family.children
    assert the_only_call(desk).children == (cai, nia)
    assert the_only_call(desk).child_stages == (at(cai, SUPPORT), at(nia, TermCode("EHCP_DRAFT")))


@on_a_local_file
def test_in_the_next_call_too_tab_leads_from_child_to_child(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """The fields are there already when the order is made anew for another caller's banner."""
    a_family(desk, "Cai", "Elin")
    for _ in range(2):
        take(pad, "bryony", qtbot)
        write("12")
        choose("topics", pad, "annual")
        pad.form.focus_field("stages")
        press(Key.Key_Tab)
        assert keyboard().accessibleName() == "SEN stage of Elin Meadowlark"
        press(Key.Key_Tab)
        assert keyboard().accessibleName() == "Help level"
        save(pad, qtbot)


@on_a_local_file
def test_another_stage_takes_the_place_of_the_first_for_a_child_and_stands_beside_it_for_nobody(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    pad.form.complete()
    choose("stages", pad, "support")
    choose("stages", pad, "plan")
    assert len(stages(pad).codes()) == 2
    a_family(desk, "Cai")
    pad.form.editor("stages").set_value(None)
    take(pad, "bryony", qtbot)
    choose("stages", pad, "support")
    choose("stages", pad, "draft")
    assert shown(stages(pad)) == [("", ("EHCP_DRAFT",))]


@on_a_local_file
def test_a_child_that_goes_takes_its_stage_along_and_has_it_again(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Those who stay keep theirs; the keys in the children's field are those of every day."""
    a_family(desk, "Cai", "Elin", "Nia")
    take(pad, "bryony", qtbot)
    write("12")
    editor = stages(pad)
    pad.form.focus_field("stages")
    pick("support")
    press(Key.Key_Tab)
    pick("draft")
    pad.form.focus_field("children")
    write("3")
    assert shown(editor) == [
        ("Cai Meadowlark", ("SENSUP",)), ("Elin Meadowlark", ("EHCP_DRAFT",)), ("Nia Meadowlark", ())
    ]  # fmt: skip
    write("31")
    assert shown(editor) == [("", ("EHCP_DRAFT",))]
    write("0")
    assert shown(editor) == [("", ())]
    write("12")
    assert shown(editor) == [("Cai Meadowlark", ("SENSUP",)), ("Elin Meadowlark", ("EHCP_DRAFT",))]


@on_a_local_file
def test_a_stage_noted_before_any_child_is_the_first_ones(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Taken back, it is nobody's again; a second child does not have it."""
    a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    choose("stages", pad, "support")
    pad.form.focus_field("children")
    write("1")
    assert [each.child for each in stages(pad).value().of] == list(pad.form.editor("children").value().keys)
    write("1")
    assert stages(pad).value().others == ("SENSUP",)
    write("21")
    assert shown(stages(pad)) == [("Cai Meadowlark", ()), ("Elin Meadowlark", ("SENSUP",))]


@on_a_local_file
def test_without_children_on_record_a_call_may_name_several_stages(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    pad.form.complete()
    choose("caller_kind", pad, "par")
    choose("topics", pad, "annual")
    choose("stages", pad, "support")
    choose("stages", pad, "draft")
    save(pad, qtbot)
    assert (the_only_call(desk).stages, the_only_call(desk).child_stages) == (("SENSUP", "EHCP_DRAFT"), ())


@on_a_local_file
def test_a_young_person_who_rings_for_themselves_is_the_child(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    create(pad, "Tansy Quillfeather 07700 900456", qtbot)
    choose("caller_kind", pad, "young")
    choose("topics", pad, "annual")
    choose("stages", pad, "support")
    save(pad, qtbot)
    call = the_only_call(desk)
    assert call.children == (call.caller,)
    assert (call.child_stages, call.stages) == ((at(call.children[0], SUPPORT),), ())


@on_a_local_file
def test_the_stage_of_the_last_call_is_offered_and_gives_way(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Filled in where nothing was entered; another one by the same keys as into an empty field."""
    family = a_family(desk, "Cai", "Elin")
    cai, elin = family.children
    said = a_call(caller=family.mother, children=family.children, child_stages=(at(cai, ASKED), at(elin, SUPPORT)))
    desk.calls.log(replace(said, taken_on=said.taken_on.replace(day=3), started_at=None, ended_at=None))
    desk.calls.log(a_call(caller=family.mother, children=(cai,), child_stages=(at(cai, PLAN),)))
    take(pad, "bryony", qtbot)
    assert shown(stages(pad)) == [("", ())]
    write("1")
    assert shown(stages(pad)) == [("", ("EHCP",))]
    write("2")
    assert shown(stages(pad)) == [("Cai Meadowlark", ("EHCP",)), ("Elin Meadowlark", ("SENSUP",))]
    pad.form.focus_field("stages")
    pick("no identified")
    press(Key.Key_Tab)
    press(Key.Key_Backspace)
    pad.form.focus_field("children")
    write("22")
    assert shown(stages(pad)) == [("Cai Meadowlark", ("NONE",)), ("Elin Meadowlark", ())]


@on_a_local_file
def test_not_asked_is_asked_anew_and_does_not_hide_what_was_said_before(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    """A stage nobody asked for is none: the one of the call before is offered, and "to complete" stays honest."""
    cai, elin = a_family(desk, "Cai", "Elin").children
    mother = desk.people.record(cai).ties[0].other
    first = a_call(caller=mother, children=(cai,), child_name="Cai Meadowlark", child_stages=(at(cai, SUPPORT),))
    desk.calls.log(first)
    both = tuple(at(child, TermCode("not-asked")) for child in (cai, elin))
    desk.calls.log(a_call(caller=mother, children=(cai, elin), child_name="Cai, Elin", child_stages=both))
    take(pad, "bryony", qtbot)
    write("12")
    qtbot.waitUntil(lambda: shown(stages(pad)) == [("Cai Meadowlark", ("SENSUP",)), ("Elin Meadowlark", ())])


@on_a_local_file
def test_a_stage_that_cannot_be_read_is_found_in_whichever_field_it_stands(
    pad: CallPad, desk: Services, qtbot: QtBot
) -> None:
    a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    write("12")
    choose("topics", pad, "annual")
    tab_to("SEN stage of Elin")
    write("zzz")
    second = keyboard()
    press(Key.Key_Escape)
    press(Key.Key_Return, CTRL)
    assert "zzz" in pad.form.problems()["stages"]
    press(Key.Key_Return)  # the summary leads there
    assert keyboard() is second
    assert "zzz" in second.accessibleDescription()
    press(Key.Key_Backspace, times=3)
    assert "stages" not in pad.form.problems()
    assert second.accessibleDescription() == ""


@on_a_local_file
def test_words_of_no_stage_are_kept_to_check_once_for_two_children(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    family = a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    write("12")
    choose("topics", pad, "annual")
    pad.form.focus_field("stages")
    for _ in family.children:
        write("Swimming badge")
        press(Key.Key_Return, times=2)
    save(pad, qtbot)
    [term] = [term for term in desk.vocabularies.all().of(Vocabulary.STAGE) if term.to_check]
    assert [one.stage for one in the_only_call(desk).child_stages] == [term.code, term.code]


# -- drafts ------------------------------------------------------------------------------------------------------------


def kept(pad: CallPad, desk: Services, qtbot: QtBot) -> Draft:
    """What stands in the pad now, once the database has it."""
    pad.keep_draft()
    content = pad.form.content()
    qtbot.waitUntil(lambda: any({**draft.content, **content} == draft.content for draft in desk.drafts.mine()))
    [draft] = desk.drafts.mine()
    return draft


def test_a_draft_brings_every_childs_stage_back_to_the_letter(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    write("12")
    pad.form.focus_field("stages")
    pick("support")
    press(Key.Key_Tab)
    write("Swim")
    content, before = pad.form.content(), shown(stages(pad))
    draft = kept(pad, desk, qtbot)
    pad._clear()
    assert shown(stages(pad)) == [("", ())]
    pad.resume(draft)
    assert pad.form.content() == content
    assert shown(stages(pad)) == before == [("Cai Meadowlark", ("SENSUP",)), ("Elin Meadowlark", ())]
    assert stages(pad).fields()[1].line.text() == "Swim"


@on_a_local_file
@pytest.mark.parametrize(
    ("children", "expected"),
    [("", [("", ("SENSUP", "EHCP"))]), ("1", [("", ("SENSUP", "EHCP"))]),
     ("12", [("Cai Meadowlark", ()), ("Elin Meadowlark", ()), (NOT_SAID, ("SENSUP", "EHCP"))])],
)  # fmt: skip
def test_a_draft_of_the_time_before_still_comes_back(
    pad: CallPad, desk: Services, qtbot: QtBot, children: str, expected: object
) -> None:
    """It knew stages of a call only: with one child they are that child's, with several nobody knows whose."""
    a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    write(children)
    draft = kept(pad, desk, qtbot)
    pad._clear()
    pad.resume(replace(draft, content={**draft.content, "stages": {"codes": ["SENSUP", "EHCP"], "typed": ""}}))
    assert shown(stages(pad)) == expected


# -- how it looks ------------------------------------------------------------------------------------------------------


@on_a_local_file
def test_several_fields_take_a_line_of_their_own_and_give_it_back(pad: CallPad, desk: Services, qtbot: QtBot) -> None:
    """Side by side as far as there is room; the fields after them share what was their row."""
    a_family(desk, "Cai", "Elin")
    take(pad, "bryony", qtbot)
    settle()
    level = pad.form.editor("level")
    alone, beside = stages(pad).geometry(), level.mapTo(pad, level.rect().topLeft())
    write("12")
    settle()
    qtbot.waitUntil(lambda: stages(pad).width() > 2 * alone.width())
    first, second = stages(pad).fields()
    tops = [each.mapTo(pad, each.rect().topLeft()) for each in (first, second)]
    assert tops[0].y() == tops[1].y()
    assert abs(first.width() - second.width()) <= 1
    assert level.mapTo(pad, level.rect().topLeft()).y() > tops[0].y()
    assert level.mapTo(pad, level.rect().topLeft()).x() == tops[0].x()  # nothing is blank at its left
    area = pad.form.editor("area")
    assert area.mapTo(pad, area.rect().topRight()).x() == tops[1].x() + second.width() - 1  # nor at the right of area
    write("2")
    settle()
    qtbot.waitUntil(lambda: stages(pad).width() == alone.width())
    assert level.mapTo(pad, level.rect().topLeft()).x() == beside.x()
