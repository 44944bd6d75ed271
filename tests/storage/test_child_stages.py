"""The stages of children cost a call without them nothing, and one with them a statement more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import ChildStage
from ppsdesk.domain.people import NewPerson
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage.work import Storage
from tests.builders import a_call, a_child

SUPPORT, PLAN = TermCode("SENSUP"), TermCode("EHCP")


def test_a_call_without_them_is_saved_and_read_in_as_many_questions_as_ever(
    storage: Storage, desk: Services, queries: Callable[..., Any]
) -> None:
    tom, ella = a_child(given_names="Tom"), a_child(given_names="Ella")
    for child in (tom, ella):
        desk.people.add(child)
    about = a_call(children=(tom.key, ella.key), child_stages=(at(tom, SUPPORT), at(ella, PLAN)))
    bare = replace(about, key=uuid4(), child_stages=())
    for call in (a_call(), a_call(children=(tom.key,), child_stages=(at(tom, PLAN),))):
        desk.calls.get(desk.calls.log(call).value)  # the numbers of the terms are learnt once

    def asked(what: Callable[[], object]) -> int:
        with queries(storage.engine) as said:
            what()
        return len(said)

    bare_saved, about_saved = (asked(lambda call=call: desk.calls.log(call)) for call in (bare, about))
    ids = desk.calls.ids(Selection())
    read = {asked(lambda number=number: desk.calls.get(number)) for number in ids}
    assert read == {3}
    shared = storage.engine.dialect.name == "postgresql"  # on a local file inserts go straight to the driver
    assert about_saved == bare_saved + int(shared)  # one insert for all of them


def at(child: NewPerson, stage: TermCode) -> ChildStage:
    return ChildStage(child=child.key, stage=stage)
