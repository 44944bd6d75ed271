"""Calls that the database does not take are kept on this computer: whole, for one person, until they are elsewhere."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import Refused, StorageUnavailable
from ppsdesk.services.drafts import Drafts
from ppsdesk.services.vault import Vault
from ppsdesk.storage.drafts import DraftRepository
from ppsdesk.storage.work import Storage
from tests.builders import NOW, a_call
from tests.conftest import PERSON

DATA_SET = UUID(int=7)


def a_draft(**said: object) -> Draft:
    """A few words of a call."""
    draft = Draft(
        key=uuid4(), person=PERSON, window="w/1", started_at=NOW, kept_at=NOW, content={"notes": "Asked “when?” \u202e"}
    )
    return replace(draft, **said)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where they are kept; not there yet."""
    return tmp_path / "unfinished-calls"


@pytest.fixture
def vault(folder: Path) -> Vault:
    """One person's, of one database."""
    return Vault(folder, data_set=DATA_SET, person=PERSON)


def test_what_is_kept_comes_back_to_the_letter(vault: Vault) -> None:
    draft = a_draft()
    vault.keep(draft)
    assert vault.kept() == (replace(draft, here=True),)


def test_it_is_for_this_person_and_this_database_alone(vault: Vault, folder: Path) -> None:
    vault.keep(a_draft())
    assert Vault(folder, data_set=UUID(int=8), person=PERSON).kept() == ()
    assert Vault(folder, data_set=DATA_SET, person="stefan").kept() == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_nobody_else_on_this_computer_may_read_it(vault: Vault, folder: Path) -> None:
    vault.keep(a_draft())
    [file] = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_kept_again_it_takes_the_place_of_what_was_kept_before(vault: Vault, folder: Path) -> None:
    draft = a_draft()
    vault.keep(draft)
    vault.keep(replace(draft, content={"notes": "More."}))
    assert [kept.content for kept in vault.kept()] == [{"notes": "More."}]
    assert len(list(folder.iterdir())) == 1


def test_a_write_that_was_killed_leaves_what_was_kept_before_and_no_rest(vault: Vault, folder: Path) -> None:
    draft = a_draft()
    vault.keep(draft)
    (folder / f"{draft.key}.0a1b2c3d.half").write_text('{"format": 1, "content": {"notes": "Half a sen')
    assert vault.kept() == (replace(draft, here=True),)
    vault.erase(draft.key)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"format": 2}', b'{"format": 1, "data_set": 3}'])
def test_a_damaged_file_stops_nobody_and_is_left_where_it_is(vault: Vault, folder: Path, content: bytes) -> None:
    vault.keep(a_draft())
    (folder / f"{uuid4()}.json").write_bytes(content)
    assert len(vault.kept()) == 1
    assert len(list(folder.iterdir())) == 2


def test_a_disk_that_does_not_take_it_says_so_in_one_sentence(vault: Vault, folder: Path) -> None:
    folder.write_text("in the way")
    with pytest.raises(Refused, match="cannot be kept on this computer") as refused:
        vault.keep(a_draft())
    assert "leave it open" in refused.value.hint


# -- with the database -------------------------------------------------------------------------------------------------


@pytest.fixture
def drafts(storage: Storage, vault: Vault) -> Drafts:
    """The drafts of the desk, on both databases in turn."""
    return Drafts(storage, vault)


def test_of_two_versions_of_one_call_the_later_is_offered(drafts: Drafts) -> None:
    later = a_draft(kept_at=NOW + timedelta(seconds=5), content={"notes": "Later."})
    drafts.keep(replace(later, kept_at=NOW, content={"notes": "Earlier."}))
    drafts.keep_here(later)
    [offered] = drafts.mine()
    assert (offered.content, offered.here) == ({"notes": "Later."}, True)


def test_once_the_database_has_it_this_computer_keeps_no_copy(drafts: Drafts, vault: Vault) -> None:
    draft = a_draft()
    drafts.keep_here(draft)
    drafts.keep(draft)
    assert vault.kept() == ()
    assert [kept.here for kept in drafts.mine()] == [False]


def test_given_up_it_is_nowhere(drafts: Drafts, vault: Vault) -> None:
    draft = a_draft()
    drafts.keep(draft)
    drafts.keep_here(draft)
    drafts.discard(draft.key)
    assert (vault.kept(), drafts.mine()) == ((), ())


def does_not_answer(*_what: object) -> None:
    raise StorageUnavailable("The database server did not answer.")


def test_what_this_computer_keeps_can_be_given_up_while_the_database_does_not_answer(
    drafts: Drafts, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft()
    drafts.keep_here(draft)
    monkeypatch.setattr(DraftRepository, "end", does_not_answer)
    assert drafts.discard(draft.key).value == draft.key
    assert vault.kept() == ()


def test_what_the_database_keeps_is_not_given_up_until_it_answers(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft()
    drafts.keep(draft)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(DraftRepository, "end", does_not_answer)
        with pytest.raises(StorageUnavailable):
            drafts.discard(draft.key)
    assert drafts.mine() == (draft,)


@pytest.mark.parametrize(("seconds", "offered"), [(-3, 0), (0, 0), (3, 1)])
def test_a_call_that_is_on_record_is_not_offered_unless_more_was_typed_since(
    desk: Services, seconds: int, offered: int
) -> None:
    """The program ended before it heard that the call was saved."""
    call = a_call()
    desk.calls.log(call)
    desk.drafts.keep_here(a_draft(key=call.key, kept_at=NOW + timedelta(seconds=seconds)))
    assert len(desk.drafts.mine()) == offered
    assert len(desk.drafts.here()) == offered
