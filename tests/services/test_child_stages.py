"""The SEN stage belongs to each child a call is about, on both databases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import ChildStage, differences, facts_of
from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.errors import Conflict, Invalid, Refused
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage.work import Storage
from tests.builders import a_call, a_child
from tests.conftest import Clock, MakeStorage, services_on

SUPPORT, ASKED, PLAN = TermCode("SENSUP"), TermCode("EHCNA_REQ"), TermCode("EHCP")


def at(child: UUID, stage: TermCode) -> ChildStage:
    return ChildStage(child=child, stage=stage)


def two_children(desk: Services) -> tuple[UUID, UUID]:
    """Tom and Ella Fern."""
    children = [a_child(given_names=name, family_name="Fern") for name in ("Tom", "Ella")]
    for child in children:
        desk.people.add(child)
    return children[0].key, children[1].key


def test_each_child_of_a_call_has_its_own_stage(desk: Services) -> None:
    tom, ella = two_children(desk)
    call = a_call(children=(ella, tom), child_stages=(at(ella, PLAN), at(tom, SUPPORT)), stages=(ASKED,))
    read = desk.calls.get(desk.calls.log(call).value)
    assert facts_of(read) == facts_of(call)


def test_stages_come_back_in_the_order_of_the_children_and_a_child_may_have_two(desk: Services) -> None:
    tom, ella = two_children(desk)
    given = (at(tom, SUPPORT), at(ella, PLAN), at(tom, ASKED), at(ella, PLAN))
    read = desk.calls.get(desk.calls.log(a_call(children=(ella, tom), child_stages=given)).value)
    assert read.child_stages == (at(ella, PLAN), at(tom, SUPPORT), at(tom, ASKED))


def test_saved_again_after_a_lost_answer_the_call_is_still_one(desk: Services) -> None:
    tom, ella = two_children(desk)
    call = a_call(children=(tom, ella), child_stages=(at(ella, PLAN), at(tom, SUPPORT)))
    first = desk.calls.log(call).value
    assert desk.calls.log(call).value == first
    assert desk.calls.get(first).version == 1  # nothing was different
    desk.calls.log(replace(call, child_stages=(at(tom, ASKED),)))
    assert desk.calls.get(first).child_stages == (at(tom, ASKED),)
    assert desk.calls.count(Selection()) == 1


def test_a_stage_of_a_child_the_call_is_not_about_is_refused_and_nothing_saved(desk: Services) -> None:
    tom, ella = two_children(desk)
    with pytest.raises(Invalid) as refused:
        desk.calls.log(a_call(children=(tom,), child_stages=(at(ella, PLAN),)))
    assert set(refused.value.problems) == {"stages"}
    assert desk.calls.count(Selection()) == 0
    call = desk.calls.get(desk.calls.log(a_call(children=(tom,), child_stages=(at(tom, PLAN),))).value)
    with pytest.raises(Invalid):
        desk.calls.amend(call.id, call.version, replace(facts_of(call), children=()))
    assert desk.calls.get(call.id) == call


def test_a_stage_that_is_in_no_list_is_refused(desk: Services) -> None:
    tom, _ = two_children(desk)
    with pytest.raises(Refused, match="is not in the list SEN stage"):
        desk.calls.log(a_call(children=(tom,), child_stages=(at(tom, TermCode("NOWHERE")),)))
    assert desk.calls.count(Selection()) == 0


def test_a_change_of_one_childs_stage_is_kept_and_can_be_taken_back(desk: Services) -> None:
    tom, ella = two_children(desk)
    before = a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT), at(ella, PLAN)))
    call = desk.calls.get(desk.calls.log(before).value)
    changed = replace(facts_of(call), child_stages=(at(tom, ASKED), at(ella, PLAN)))
    now = desk.calls.amend(call.id, call.version, changed).value
    assert now.child_stages == (at(tom, ASKED), at(ella, PLAN))
    alone = desk.calls.amend(
        now.id, now.version, replace(changed, children=(ella,), child_stages=(at(ella, PLAN),))
    ).value
    assert (alone.children, alone.child_stages) == ((ella,), (at(ella, PLAN),))
    back = desk.calls.amend(alone.id, alone.version, facts_of(call)).value
    assert facts_of(back) == facts_of(call)


def test_two_people_who_change_stages_see_it_as_one_difference(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    hana, priya = (services_on(make_storage(), tmp_path / "desk", clock) for _ in range(2))
    tom, ella = two_children(hana)
    call_id = hana.calls.log(a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT),))).value
    seen = priya.calls.get(call_id)
    hana.calls.amend(call_id, seen.version, replace(facts_of(seen), child_stages=(at(tom, PLAN),)))
    yours = replace(facts_of(seen), child_stages=(at(tom, SUPPORT), at(ella, ASKED)))
    with pytest.raises(Conflict) as conflict:
        priya.calls.amend(call_id, seen.version, yours)
    theirs = conflict.value.theirs
    [difference] = differences(facts_of(seen), facts_of(theirs), yours)
    assert difference.field == "child_stages"
    assert difference.both_changed
    assert (difference.theirs, difference.yours) == ((at(tom, PLAN),), yours.child_stages)


def test_the_history_says_whose_stage_changed_from_what_to_what(desk: Services) -> None:
    tom, ella = two_children(desk)
    before = a_call(children=(tom, ella), child_stages=(at(tom, SUPPORT), at(ella, PLAN)))
    call = desk.calls.get(desk.calls.log(before).value)
    desk.calls.amend(
        call.id, call.version, replace(facts_of(call), child_stages=(at(tom, ASKED), at(ella, PLAN)))
    )  # fmt: skip
    lines = [line for line in desk.calls.history(call.id) if line.table == "call_child_stage"]
    assert {(line.field, line.person) for line in lines} == {("child_stages", desk.person)}
    assert [(line.about, line.old, line.new) for line in lines[:2]] == [
        ("Tom Fern", "", "SENSUP"), ("Ella Fern", "", "EHCP")
    ]  # fmt: skip
    tom_later = [(line.old, line.new) for line in lines[2:] if line.about == "Tom Fern"]
    assert tom_later == [("SENSUP", ""), ("", "EHCNA_REQ")]
    assert {line.about for line in desk.calls.history(call.id) if line.table != "call_child_stage"} == {""}


def test_a_call_is_complete_in_the_list_with_the_stage_of_a_child(desk: Services) -> None:
    tom, _ = two_children(desk)
    known = {"advice": (TermCode("information-sent"),), "level": TermCode("1"),
             "outcome": TermCode("information-need-met")}  # fmt: skip
    without, of_child, of_nobody = (
        desk.calls.log(a_call(**known, **stage)).value
        for stage in ({}, {"children": (tom,), "child_stages": (at(tom, PLAN),)}, {"stages": (PLAN,)})
    )
    lines = desk.calls.lines([without, of_child, of_nobody])
    assert (lines[without].missing, lines[of_child].missing, lines[of_nobody].missing) == (1, 0, 0)


def test_many_at_once_keep_theirs_and_an_imported_call_names_no_child(
    storage: Storage, desk: Services, tmp_path: Path
) -> None:
    tom, ella = two_children(desk)
    desk.calls.log_many([a_call(children=(child,), child_stages=(at(child, PLAN),)) for child in (tom, ella)])
    with storage.writing() as work:
        work.calls.add_many(
            [a_call(children=(ella, tom), child_stages=(at(tom, ASKED), at(ella, PLAN)))], recorded_at=clock_now(desk)
        )
        work.commit()
    assert [desk.calls.get(number).child_stages for number in desk.calls.ids(Selection(), descending=False)] == [
        (at(tom, PLAN),), (at(ella, PLAN),), (at(ella, PLAN), at(tom, ASKED))
    ]  # fmt: skip
    log = tmp_path / "log.csv"
    log.write_text(
        "reference,taken_at,line,caller_kind,topics,stage,child_name,notes\n"
        "H-1,03/10/2025,central,PARENT,annual-review,SENSUP; EHCP,Tom Fern,from a file\n",
        encoding="utf-8",
    )
    desk.importing.calls(log)
    [imported] = desk.calls.ids(Selection(words="from a file"))
    call = desk.calls.get(imported)
    assert (call.stages, call.child_stages, call.children) == ((SUPPORT, PLAN), (), ())


def test_a_new_child_comes_on_record_with_its_stage(desk: Services) -> None:
    from ppsdesk.domain.intake import Intake

    child: NewPerson = a_child(kind=PersonKind.CHILD)
    call = a_call(children=(child.key,), child_stages=(at(child.key, PLAN),))
    read = desk.calls.get(desk.calls.log(call, Intake(people=(child,))).value)
    assert read.child_stages == (at(child.key, PLAN),)


def clock_now(desk: Services) -> Any:
    return desk.clock()
