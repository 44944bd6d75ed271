"""Where a password comes from, and that it goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import PasswordDeleteError

from ppsdesk.assembly import open_services
from ppsdesk.domain.errors import CannotStart
from ppsdesk.services import logs, passwords
from ppsdesk.services.beginning import choices
from ppsdesk.services.locations import DeskFolder
from tests import postgres
from tests.conftest import PERSON

ADDRESS = "postgresql://hana@records.example.org/calls"


class Keyring(KeyringBackend):
    """A keyring that holds what it is given."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What is held."""
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Hold it."""
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Let it go."""
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyring]:
    """A keyring of the test's own, and no variable set."""
    monkeypatch.delenv(passwords.VARIABLE, raising=False)
    before = keyring.get_keyring()
    made = Keyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def nobody(_question: str) -> str | None:
    """Nobody is there to ask."""
    return None


def test_the_variable_comes_first_then_the_keyring_then_the_person(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert passwords.find(ADDRESS, lambda _question: "typed") == "typed"
    ring.set_password(passwords.KEYRING_SERVICE, ADDRESS, "held")
    assert passwords.find(ADDRESS, nobody) == "held"
    monkeypatch.setenv(passwords.VARIABLE, "said")
    assert passwords.find(ADDRESS, nobody) == "said"


def test_the_person_is_told_which_database_asks(ring: Keyring) -> None:
    asked: list[str] = []
    with pytest.raises(CannotStart):
        passwords.find(ADDRESS, asked.append)
    assert asked == [f"Password for {ADDRESS}"]


def test_a_password_is_remembered_for_its_own_database_only(ring: Keyring) -> None:
    assert passwords.remember(ADDRESS, "held")
    assert passwords.find(ADDRESS, nobody) == "held"
    with pytest.raises(CannotStart):
        passwords.find(ADDRESS.replace("calls", "other"), nobody)


def test_without_a_keyring_it_is_asked_for_again_and_not_kept_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(passwords.VARIABLE, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    try:
        assert passwords.remember(ADDRESS, "typed") is False
        assert passwords.find(ADDRESS, lambda _question: "typed") == "typed"
        with pytest.raises(CannotStart, match="needs a password"):
            passwords.find(ADDRESS, nobody)
    finally:
        keyring.set_keyring(before)


def test_a_password_is_in_no_file_of_the_desk_and_in_no_words(
    server: postgres.Server, shared_template: str, tmp_path: Path, ring: Keyring
) -> None:
    folder = DeskFolder(tmp_path / "desk")
    logs.start(folder.logs)
    try:
        with server.database(owner=PERSON, template=shared_template) as name:
            chosen = choices(folder=folder, database=server.address(name, PERSON))
            desk = open_services(chosen, lambda _question: postgres.PASSWORD)
            desk.settings.keep(desk.settings.read())
            words = [desk.whereabouts.words, repr(desk), *(finding.words for finding in desk.check())]
            desk.close()
            with pytest.raises(CannotStart) as refused:
                open_services(chosen, lambda _question: "canary-in-the-coal-mine")
    finally:
        logs.stop()
    words += [refused.value.sentence, repr(refused.value), repr(refused.value.__cause__)]
    words += [path.read_text(encoding="utf-8") for path in folder.root.rglob("*") if path.is_file()]
    assert not [text for text in words if postgres.PASSWORD in text or "canary" in text]


def test_a_password_that_is_forgotten_is_asked_for_again(ring: Keyring) -> None:
    passwords.remember(ADDRESS, "held")
    passwords.forget(ADDRESS)
    passwords.forget(ADDRESS)  # none is there any more: nothing to complain about
    assert passwords.find(ADDRESS, lambda _question: "typed") == "typed"
