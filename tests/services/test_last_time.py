"""What a computer remembers of its shared database: enough to take calls, nothing of anybody, and never in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ppsdesk.assembly import Services, services_meanwhile
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import StorageUnavailable
from ppsdesk.domain.places import Whereabouts
from ppsdesk.domain.rights import Role
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.services.beginning import Choices
from ppsdesk.services.last_time import Known, LastTime, stand_in, unseen
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.vault import Vault
from tests.builders import NOW

ADDRESS = "postgresql://hana@db.council.example:5433/helpline"
A_TERM = Term(
    vocabulary=Vocabulary.TOPIC,
    code=TermCode("annual-review"),
    label="Annual review “<b>” \u202e",
    valid_from=date(2014, 9, 1),
    valid_to=date(2030, 8, 31),
    next_days=7,
    merged_into=TermCode("reviews"),
    key=UUID(int=3),
    version=4,
)
KNOWN = Known(
    address=ADDRESS,
    data_set=UUID(int=7),
    person="hana",
    role=Role.HELPLINE,
    place=Whereabouts(words="Shared database helpline on db.council.example", practice=True),
    lists=Vocabularies((A_TERM,)),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where it is remembered."""
    return tmp_path / "shared-database.json"


def test_what_is_known_comes_back_to_the_letter(path: Path) -> None:
    LastTime(path).keep(KNOWN)
    assert LastTime(path).of(ADDRESS) == KNOWN
    LastTime(path).keep(replace(KNOWN, role=None))
    assert LastTime(path).of(ADDRESS).role is None
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_every_list_of_a_database_comes_back(desk: Services, path: Path) -> None:
    lists = desk.vocabularies.all()
    assert len(lists.terms) > 100
    LastTime(path).keep(replace(KNOWN, lists=lists))
    assert LastTime(path).of(ADDRESS).lists == lists


def test_another_address_knows_only_what_it_says_itself(path: Path) -> None:
    LastTime(path).keep(KNOWN)
    other = LastTime(path).of("postgresql://sam@db.council.example/elsewhere")
    assert (other.person, other.role, other.lists.terms) == ("sam", None, ())
    assert other.place.words == "Shared database elsewhere on db.council.example"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"format": 1}', '{"format": 2, "address": 1}', "\x00"])
def test_a_file_that_cannot_be_read_is_as_none(path: Path, content: str) -> None:
    path.write_text(content)
    assert LastTime(path).of(ADDRESS) == unseen(ADDRESS)


def test_a_place_that_takes_no_file_stops_nobody(tmp_path: Path) -> None:
    LastTime(tmp_path / "missing" / "file.json").keep(KNOWN)
    assert LastTime(tmp_path / "missing" / "file.json").of(ADDRESS) == unseen(ADDRESS)


def test_meanwhile_calls_are_kept_here_and_everything_else_is_refused_without_asking_anybody(tmp_path: Path) -> None:
    """The address leads nowhere: a question would take seconds to find that out, or for ever."""
    services = services_meanwhile(Choices(folder=DeskFolder(tmp_path), database=ADDRESS), KNOWN)
    draft = Draft(key=uuid4(), person="hana", window="w/1", started_at=NOW, kept_at=NOW, content={"notes": "When?"})
    services.drafts.keep_here(draft)
    assert services.drafts.here() == (replace(draft, here=True),)
    for work in (
        services.try_out,
        services.vocabularies.all,
        services.drafts.mine,
        lambda: services.drafts.keep(draft),
    ):
        with pytest.raises(StorageUnavailable, match="did not answer"):
            work()


def test_what_was_kept_before_the_database_was_known_is_offered_with_what_came_after(tmp_path: Path) -> None:
    draft = Draft(key=uuid4(), person="hana", window="w/1", started_at=NOW, kept_at=NOW, content={})
    Vault(tmp_path, data_set=stand_in(ADDRESS), person="hana").keep(draft)
    assert Vault(tmp_path, data_set=UUID(int=7), person="hana").kept() == ()
    assert Vault(tmp_path, data_set=UUID(int=7), person="hana", known=(stand_in(ADDRESS),)).kept() == (
        replace(draft, here=True),
    )
