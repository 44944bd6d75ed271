"""What stands in an open pad is kept from the first key, and ends with the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import Invalid, StorageUnavailable
from ppsdesk.domain.selection import Selection
from ppsdesk.services.drafts import Drafts
from ppsdesk.storage import opening
from ppsdesk.storage.drafts import DraftRepository
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import Clock, MakeStorage, services_on


def a_draft(desk: Services, **said: Any) -> Draft:
    """Half a call in the first window of whoever is at the desk."""
    draft = Draft(
        key=a_call().key,
        person=desk.person,
        window="1",
        started_at=NOW,
        kept_at=NOW,
        content={"notes": "Asked about “Żółć”", "topics": ["annual-review"], "anonymous": False, "minutes": None},
    )
    return replace(draft, **said)


def test_a_draft_is_read_back_as_it_was_typed(desk: Services) -> None:
    draft = a_draft(desk)
    assert desk.drafts.keep(draft).touched == {Topic.DRAFTS}
    assert desk.drafts.mine() == (draft,)


def test_typing_on_replaces_what_was_kept_before(desk: Services, clock: Clock) -> None:
    draft = a_draft(desk)
    desk.drafts.keep(draft)
    clock.forward(seconds=2)
    later = replace(draft, kept_at=clock(), content={"notes": "Asked about transport"})
    desk.drafts.keep(later)
    assert desk.drafts.mine() == (later,)


def test_two_pads_are_two_drafts_and_the_older_comes_first(desk: Services) -> None:
    second = a_draft(desk, window="2")
    first = a_draft(desk, started_at=NOW - timedelta(minutes=9))
    for draft in (second, first):
        desk.drafts.keep(draft)
    assert desk.drafts.mine() == (first, second)


def test_a_draft_outlives_the_program(make_storage: MakeStorage, tmp_path: Path, clock: Clock) -> None:
    before = make_storage()
    desk = services_on(before, tmp_path / "desk", clock)
    draft = a_draft(desk)
    desk.drafts.keep(draft)
    before.close()
    assert services_on(make_storage(), tmp_path / "desk", clock).drafts.mine() == (draft,)


def test_a_draft_that_is_given_up_is_gone_and_the_others_stay(desk: Services) -> None:
    given_up, kept = a_draft(desk), a_draft(desk)
    for draft in (given_up, kept):
        desk.drafts.keep(draft)
    desk.drafts.discard(given_up.key)
    desk.drafts.discard(given_up.key)
    assert desk.drafts.mine() == (kept,)


def test_a_call_that_is_refused_keeps_its_draft(desk: Services) -> None:
    call = a_call(topics=())
    draft = a_draft(desk, key=call.key)
    desk.drafts.keep(draft)
    with pytest.raises(Invalid):
        desk.calls.log(call)
    assert desk.drafts.mine() == (draft,)


def test_a_call_and_the_end_of_its_draft_are_saved_together_or_not_at_all(
    desk: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_what: object) -> None:
        raise StorageUnavailable("The connection to the server was lost.")

    call = a_call()
    draft = a_draft(desk, key=call.key)
    desk.drafts.keep(draft)
    monkeypatch.setattr(DraftRepository, "end", fails)
    with pytest.raises(StorageUnavailable):
        desk.calls.log(call)
    assert desk.calls.count(Selection()) == 0
    assert desk.drafts.mine() == (draft,)


def test_drafts_are_in_no_figure_and_no_list(desk: Services) -> None:
    desk.drafts.keep(a_draft(desk))
    assert desk.calls.count(Selection()) == 0
    assert not desk.calls.ids(Selection(words="Żółć"))


def test_nobody_is_offered_a_colleagues_draft(make_storage: MakeStorage, tmp_path: Path, clock: Clock) -> None:
    desk = services_on(make_storage(), tmp_path / "desk", clock)
    desk.drafts.keep(a_draft(desk, person="priya"))
    assert desk.drafts.mine() == ()


def test_on_a_shared_database_the_login_says_whose_draft_it_is(server: postgres.Server, shared_template: str) -> None:
    server.add_login("priya")
    with server.database(owner="hana", template=shared_template) as name:
        with server.connect(name, "hana") as owner:
            owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO priya")
        desks = {
            login: opening.open_shared(opening.read_address(server.address(name, login)), postgres.PASSWORD)
            for login in ("hana", "priya")
        }
        draft = Draft(key=a_call().key, person="priya", window="1", started_at=NOW, kept_at=NOW, content={})
        Drafts(desks["priya"]).keep(draft)
        assert {login: len(Drafts(desk).mine()) for login, desk in desks.items()} == {"hana": 0, "priya": 1}
        for desk in desks.values():
            desk.close()
