"""Signing in to a shared server on later days: a one-time password, one that is not right any more, another server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import psycopg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ppsdesk.domain.rights import Role
from ppsdesk.services import passwords
from ppsdesk.services.settings import SettingsDesk
from ppsdesk.storage.people_of_server import ServerPeople
from tests import postgres
from tests.fakes import MemoryKeyring
from tests.harness.silent import closed_port
from tests.storage.shared_server import Shared, shared_server
from tests.ui.on_desk import label_texts
from tests.ui.on_server import PATIENCE, Desks, signing_in, stuck
from tests.ui.windows import press, type_text
from ui.joined import JoinedWindow
from ui.kit.theme import Theme
from ui.start.connect import CHECK, OWN, PASSWORD, PLACE, Connect
from ui.start.own_password import OwnPassword
from ui.start.sign_in import SignIn

OWN_WORDS = "three quiet winter geese"


@pytest.fixture(scope="module")
def set_up_once(server: postgres.Server) -> Iterator[Shared]:
    """A server set up, with somebody in each role."""
    with shared_server(server) as made:
        yield made


@pytest.fixture
def shared(set_up_once: Shared) -> Shared:
    """Hana has a one-time password."""
    ServerPeople(set_up_once.address).new_password(set_up_once.login(Role.HELPLINE), postgres.PASSWORD)
    return set_up_once


@pytest.fixture
def hana(shared: Shared) -> str:
    """Her address."""
    return shared.server.address(shared.database, shared.login(Role.HELPLINE))


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """A keyring of the test's own."""
    monkeypatch.delenv(passwords.VARIABLE, raising=False)
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def desks(qtbot: QtBot, theme: Theme, tmp_path: Path, ring: MemoryKeyring) -> Iterator[Desks]:
    """Windows of one desk."""
    made = Desks(qtbot, tmp_path, [])
    yield made
    made.close()


def asked(qtbot: QtBot, window: JoinedWindow, kind: type) -> OwnPassword | SignIn | Connect:
    """Wait for a dialog of that kind, with the keyboard in it."""
    qtbot.waitUntil(lambda: isinstance(signing_in(window).dialog, kind), timeout=PATIENCE)
    dialog = signing_in(window).dialog
    assert isinstance(dialog, OwnPassword | SignIn | Connect)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window), timeout=PATIENCE)
    return dialog


def no_dialog(qtbot: QtBot, window: JoinedWindow) -> None:
    """Wait until nothing is asked any more."""
    qtbot.waitUntil(lambda: signing_in(window).dialog is None, timeout=PATIENCE)


def test_a_one_time_password_is_changed_at_a_later_sign_in(
    desks: Desks, qtbot: QtBot, shared: Shared, hana: str, ring: MemoryKeyring
) -> None:
    """The administrator gave a new one: it is no first run any more."""
    passwords.remember(hana, postgres.PASSWORD)
    window = desks.signed_in(desks.open(hana))
    dialog = asked(qtbot, window, OwnPassword)
    assert isinstance(dialog, OwnPassword)
    assert "one-time password" in dialog.step.text.text()
    assert dialog.step.remember  # as it was
    type_text("geese")
    press("Return")
    type_text("geese")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: "12 characters or more" in dialog.step.form.problems().get("new", ""), timeout=PATIENCE)
    for field in ("new", "again"):
        dialog.step.take_keys(field)
        press("Ctrl+A")
        type_text(OWN_WORDS)
    press("Ctrl+Return")
    no_dialog(qtbot, window)
    assert "Your password is changed" in window.desk.notices.done.text
    shared.server.connect(shared.database, shared.login(Role.HELPLINE), OWN_WORDS).close()
    with pytest.raises(psycopg.OperationalError):
        shared.server.connect(shared.database, shared.login(Role.HELPLINE), postgres.PASSWORD)
    assert ring.get_password(passwords.KEYRING_SERVICE, hana) == OWN_WORDS
    desks.close()
    window = desks.signed_in(desks.open(hana, OWN_WORDS))
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)
    assert signing_in(window).dialog is None


def test_not_now_leaves_the_one_time_password_and_it_is_asked_for_again(
    desks: Desks, qtbot: QtBot, shared: Shared, hana: str
) -> None:
    window = desks.signed_in(desks.open(hana))
    asked(qtbot, window, OwnPassword)
    press("Esc")
    no_dialog(qtbot, window)
    shared.server.connect(shared.database, shared.login(Role.HELPLINE), postgres.PASSWORD).close()
    desks.close()
    asked(qtbot, desks.signed_in(desks.open(hana)), OwnPassword)
    press("Esc")


def test_a_call_goes_before_the_question_for_a_password(desks: Desks, qtbot: QtBot, hana: str) -> None:
    window = desks.open(hana)
    press("F8")
    desks.signed_in(window)
    qtbot.waitUntil(lambda: not window._background._jobs, timeout=PATIENCE)
    type_text("Bryony")
    assert signing_in(window).dialog is None
    press("Esc")
    if window.pads.isVisible():  # the first Escape closed a list
        press("Esc")
    asked(qtbot, window, OwnPassword)
    press("Esc")


def test_a_password_in_the_keyring_that_is_right_no_more_is_asked_for_again(
    desks: Desks, qtbot: QtBot, hana: str, ring: MemoryKeyring
) -> None:
    passwords.remember(hana, "the one of last year")
    window = desks.open(hana, "the one of last year")
    dialog = asked(qtbot, window, SignIn)
    type_text("guessed")
    press("Return")
    qtbot.waitUntil(lambda: signing_in(window).dialog not in {None, dialog}, timeout=PATIENCE)
    asked(qtbot, window, SignIn)
    type_text(postgres.PASSWORD)
    press("Return")
    desks.signed_in(window)
    assert window.rail.isEnabled()
    assert window.lost.text == ""
    qtbot.waitUntil(lambda: ring.get_password(passwords.KEYRING_SERVICE, hana) is None, timeout=PATIENCE)
    asked(qtbot, window, OwnPassword)
    press("Esc")


def test_whoever_would_rather_not_sign_in_finds_a_window_that_says_why(desks: Desks, qtbot: QtBot, hana: str) -> None:
    window = desks.open(hana, "guessed")
    asked(qtbot, window, SignIn)
    press("Esc")
    room = stuck(qtbot, window)
    said = " ".join(label_texts(room))
    assert "did not accept this name and password" in said
    assert "Shared database calls_" in said
    assert not window.rail.isEnabled()
    press("Return")  # tries again
    asked(qtbot, window, SignIn)
    type_text(postgres.PASSWORD)
    press("Return")
    desks.signed_in(window)
    assert window.rail.isEnabled()
    asked(qtbot, window, OwnPassword)
    press("Esc")


def through_the_steps(qtbot: QtBot, dialog: Connect, address: str) -> None:
    """Another address, the password, the check, and the password is kept as it is; by keys."""
    assert dialog.step == PLACE
    press("Ctrl+A")
    QApplication.clipboard().setText(address)
    press("Ctrl+V")
    press("Ctrl+Return")
    assert dialog.step == PASSWORD
    type_text(postgres.PASSWORD)
    press("Return")
    qtbot.waitUntil(lambda: dialog._works, timeout=PATIENCE)
    assert dialog.step == CHECK
    press("Return")
    assert dialog.step == OWN
    dialog.own.form.editor("own").set_value(False)
    press("Ctrl+Return")


def test_a_wrong_address_is_changed_while_nobody_answers_there_and_used_at_once(
    desks: Desks, qtbot: QtBot, hana: str
) -> None:
    window = desks.open(f"postgresql://somebody@127.0.0.1:{closed_port()}/helpline")
    room = desks.waiting(window)
    room.address.setFocus()
    press("Return")
    dialog = asked(qtbot, window, Connect)
    assert isinstance(dialog, Connect)
    assert dialog.place.form.values()["name"] == "somebody"
    through_the_steps(qtbot, dialog, hana)
    desks.signed_in(window)
    assert SettingsDesk(desks.choices("").folder.settings).read().database == hana
    assert "helpline.of." in window.where.text()
    asked(qtbot, window, OwnPassword)
    press("Esc")


def test_the_settings_change_the_address_for_the_next_start(desks: Desks, qtbot: QtBot, hana: str) -> None:
    window = desks.signed_in(desks.open(hana))
    asked(qtbot, window, OwnPassword)
    press("Esc")
    no_dialog(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("settings")
    window.page("settings").records.server.setFocus()  # type: ignore[attr-defined]  # the place's own page
    press("Return")
    dialog = asked(qtbot, window, Connect)
    assert isinstance(dialog, Connect)
    other = hana.replace("127.0.0.1", "localhost")
    through_the_steps(qtbot, dialog, other)
    no_dialog(qtbot, window)
    assert SettingsDesk(desks.choices("").folder.settings).read().database == other
    assert "From the next start on" in window.desk.notices.done.text
    assert "127.0.0.1" in window.where.text()
