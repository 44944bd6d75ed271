"""The first run on a shared server, by keys alone: each step is one question, and no step is passed that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import psycopg
import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ppsdesk import assembly
from ppsdesk.domain.rights import Role
from ppsdesk.services import passwords
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import Settings
from ppsdesk.storage import schema
from ppsdesk.storage.people_of_server import ServerPeople
from tests import postgres
from tests.fakes import MemoryKeyring
from tests.harness.silent import closed_port, silent_port
from tests.storage.shared_server import Shared, shared_server
from tests.ui import walkers
from tests.ui.conftest import Show
from tests.ui.on_first_run import (
    PATIENCE,
    let_in_without_rights,
    lines,
    newer,
    no_role,
    older,
    pasted,
    place,
    sign_in,
    without_tables,
)
from tests.ui.windows import press, type_text
from ui import application
from ui.kit.theme import Theme
from ui.start.connect import CHECK, OWN, PASSWORD, PLACE, Connect
from ui.start.first_run import FirstRun

OWN_WORDS = "three quiet winter geese"


@pytest.fixture(scope="module")
def set_up_once(server: postgres.Server) -> Iterator[Shared]:
    """A server set up, with somebody in each role."""
    with shared_server(server) as made:
        yield made


@pytest.fixture
def shared(set_up_once: Shared) -> Iterator[Shared]:
    """All with one-time passwords."""
    for role in (Role.HELPLINE, Role.ANALYST):
        ServerPeople(set_up_once.address).new_password(set_up_once.login(role), postgres.PASSWORD)
    yield set_up_once
    set_up_once.as_server(f"UPDATE alembic_version SET version_num = '{schema.HEAD}'")
    set_up_once.as_server("DROP DATABASE IF EXISTS without_tables WITH (FORCE)")
    set_up_once.server.add_login("stefan")
    set_up_once.as_server(f'REVOKE CONNECT ON DATABASE "{set_up_once.database}" FROM stefan')


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """A keyring of the test's own."""
    monkeypatch.delenv(passwords.VARIABLE, raising=False)
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def connect(show: Show, qtbot: QtBot) -> Iterator[Connect]:
    """The dialog, and nothing of it left behind."""
    dialog = show(Connect(), 680, 620)
    assert isinstance(dialog, Connect)
    yield dialog
    attempt = dialog._attempt
    dialog.done(QDialog.DialogCode.Rejected)
    qtbot.waitUntil(lambda: not shiboken6.isValid(attempt), timeout=PATIENCE)


def goes_no_further(connect: Connect, qtbot: QtBot) -> bool:
    """Neither key nor call leads past a failing check."""
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not connect._checking, timeout=PATIENCE)
    connect.go_on()
    qtbot.waitUntil(lambda: not connect._checking, timeout=PATIENCE)
    return connect.step == CHECK and connect.result() != QDialog.DialogCode.Accepted


def test_the_sheet_is_typed_the_check_fills_in_and_a_password_of_ones_own_is_chosen(
    connect: Connect, qtbot: QtBot, shared: Shared, ring: MemoryKeyring
) -> None:
    hana = shared.login(Role.HELPLINE)
    place(connect, "127.0.0.1", shared.database, hana, shared.server.port)
    sign_in(connect, qtbot)
    assert [kind for kind, _ in lines(connect)] == ["success"] * 5
    said = " ".join(words for _, words in lines(connect))
    for part in ("127.0.0.1 answers", "this computer itself", f"signed in as {hana}", "of this version",
                 "Your role is Helpline. You may change calls", "read lists of words"):  # fmt: skip
        assert part in said
    assert "reports" not in said  # the helpline reads none
    press("Return")
    assert connect.step == OWN
    assert "one-time password" in connect.own.text.text()
    press("Tab")
    type_text(OWN_WORDS)
    press("Return")
    type_text(OWN_WORDS)
    with qtbot.waitSignal(connect.accepted, timeout=PATIENCE):
        press("Return")
    assert connect.answer().address == shared.server.address(shared.database, hana)
    assert connect.answer().password == OWN_WORDS
    assert OWN_WORDS not in repr(connect.answer())
    shared.server.connect(shared.database, hana, OWN_WORDS).close()
    with pytest.raises(psycopg.OperationalError):
        shared.server.connect(shared.database, hana, postgres.PASSWORD)
    assert ring.get_password(passwords.KEYRING_SERVICE, connect.answer().address) is None


def test_the_password_is_remembered_where_that_is_wished(
    connect: Connect, qtbot: QtBot, shared: Shared, ring: MemoryKeyring
) -> None:
    pasted(connect, shared.server.address(shared.database, shared.login(Role.ANALYST)))
    sign_in(connect, qtbot)
    press("Return")
    press("Space")  # keep the one there is
    press("Tab")
    press("Space")
    assert connect.own.remember
    with qtbot.waitSignal(connect.accepted, timeout=PATIENCE):
        press("Ctrl+Return")
    answer = connect.answer()
    assert ring.get_password(passwords.KEYRING_SERVICE, answer.address) == answer.password == postgres.PASSWORD


def test_a_computer_without_a_keyring_says_so_and_the_next_press_opens(
    connect: Connect, qtbot: QtBot, shared: Shared
) -> None:
    class NoKeyring(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise keyring.errors.PasswordSetError("there is none")

    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        pasted(connect, shared.server.address(shared.database, shared.login(Role.ANALYST)))
        sign_in(connect, qtbot)
        connect.go_on()
        connect.own.form.editor("own").set_value(False)
        connect.own.form.editor("remember").set_value(True)
        connect.go_on()
        qtbot.waitUntil(lambda: "no keyring" in connect.own.form.problems().get("remember", ""), timeout=PATIENCE)
        assert connect.result() != QDialog.DialogCode.Accepted
        with qtbot.waitSignal(connect.accepted, timeout=PATIENCE):
            connect.go_on()
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("new", "again", "field", "words"),
    [
        ("", "", "new", "Enter the password"),
        (OWN_WORDS, "three quiet winter ducks", "again", "not the same"),
        ("geese", "geese", "new", "12 characters or more"),
        (postgres.PASSWORD, postgres.PASSWORD, "new", "have already"),
    ],
)
def test_a_password_that_will_not_do_opens_nothing_and_changes_nothing(
    connect: Connect, qtbot: QtBot, shared: Shared, *, new: str, again: str, field: str, words: str
) -> None:
    hana = shared.login(Role.HELPLINE)
    pasted(connect, shared.server.address(shared.database, hana))
    sign_in(connect, qtbot)
    press("Return")
    press("Tab")
    type_text(new)
    press("Return")
    type_text(again)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: words in connect.own.form.problems().get(field, ""), timeout=PATIENCE)
    assert connect.step == OWN
    assert connect.result() != QDialog.DialogCode.Accepted
    shared.server.connect(shared.database, hana, postgres.PASSWORD).close()


def test_a_whole_address_is_taken_apart_and_its_password_left_out(connect: Connect) -> None:
    QApplication.clipboard().setText("postgresql://hana:secret@db.council.uk:5433/helpline?sslrootcert=/etc/ca.crt")
    press("Ctrl+V")
    press("Return")
    typed = connect.place.form.values()
    assert typed == {
        "server": "db.council.uk", "database": "helpline", "name": "hana", "port": 5433, "certificate": "/etc/ca.crt",
    }  # fmt: skip
    assert connect.place.place().address == "postgresql://hana@db.council.uk:5433/helpline?sslrootcert=/etc/ca.crt"


def test_an_unanswered_question_is_said_and_the_keyboard_leads_to_it(connect: Connect) -> None:
    press("Ctrl+Return")
    assert set(connect.place.form.problems()) == {"server", "database", "name"}
    assert connect.step == PLACE
    place_name = connect.place.form.editor("server")
    press("Return")
    assert QApplication.focusWidget() is place_name.keys


def test_a_wrong_password_is_put_right_without_typing_the_rest_again(
    connect: Connect, qtbot: QtBot, shared: Shared
) -> None:
    hana = shared.login(Role.HELPLINE)
    pasted(connect, shared.server.address(shared.database, hana))
    sign_in(connect, qtbot, "guessed")
    kind, words = lines(connect)[-1]
    assert kind == "danger"
    assert f"did not accept the name {hana} with this password" in words
    assert goes_no_further(connect, qtbot)
    connect.mend.setFocus()
    press("Return")
    assert connect.step == PASSWORD
    assert QApplication.focusWidget() is connect.password.form.editor("password").keys
    assert connect.place.place().name == hana
    press("Ctrl+A")
    sign_in(connect, qtbot)
    assert [kind for kind, _ in lines(connect)] == ["success"] * 5


Trouble = Callable[[Shared], str]


@pytest.mark.parametrize(
    ("made", "words", "field"),
    [
        (lambda shared: "postgresql://hana@no-such-server.invalid/helpline", "There is no server named", "server"),
        (lambda shared: f"postgresql://hana@127.0.0.1:{closed_port()}/helpline", "no database answers there", "port"),
        (lambda shared: shared.server.address("nowhere", shared.login(Role.HELPLINE)), "no database named nowhere",
         "database"),
        (lambda shared: shared.server.address(shared.database, shared.login(Role.HELPLINE)) + "?sslmode=verify-full",
         "offers no encrypted connection. Your password was not sent", ""),
        (lambda shared: shared.server.address(shared.database, shared.login(Role.HELPLINE))
         + "?sslmode=verify-full&sslrootcert=/no/such.crt", "The certificate file /no/such.crt cannot be read",
         "certificate"),
        (without_tables, "has no ppsdesk tables yet. Nothing was changed. Ask whoever looks after the database to run:"
         " python main.py server setup", "database"),
        (older, "is of an older version. Nothing was changed. Ask whoever looks after", "database"),
        (newer, "made by a later version", "database"),
        (no_role, "stefan has no role", "name"),
        (let_in_without_rights, "stefan has no role", "name"),
    ],
)  # fmt: skip
def test_the_first_line_that_fails_says_what_to_do_and_lets_nobody_past(
    connect: Connect, qtbot: QtBot, shared: Shared, *, made: Trouble, words: str, field: str
) -> None:
    pasted(connect, made(shared))
    typed = connect.place.form.content()
    sign_in(connect, qtbot)
    *before, (kind, said) = lines(connect)
    assert kind == "danger"
    assert words in said
    assert {kind for kind, _ in before} <= {"success"}
    assert connect.check.field == field
    assert goes_no_further(connect, qtbot)
    assert connect.place.form.content() == typed
    assert connect.password.password == postgres.PASSWORD


def test_a_server_that_says_nothing_is_given_up(connect: Connect, qtbot: QtBot) -> None:
    with silent_port() as port:
        pasted(connect, f"postgresql://hana@127.0.0.1:{port}/helpline")
        sign_in(connect, qtbot)
    assert "did not answer within 5 seconds" in lines(connect)[0][1]


def test_a_check_under_way_is_stopped_by_escape_and_begun_again(connect: Connect, qtbot: QtBot, shared: Shared) -> None:
    with silent_port() as port:
        pasted(connect, f"postgresql://hana@127.0.0.1:{port}/helpline")
        type_text(postgres.PASSWORD)
        press("Return")
        assert connect._checking
        press("Esc")
        assert not connect._checking
        assert connect.step == CHECK
        assert "stopped before the server answered" in lines(connect)[-1][1]
        press("Esc")
        press("Esc")
        assert connect.step == PLACE
        press("Ctrl+A")
        pasted(connect, shared.server.address(shared.database, shared.login(Role.HELPLINE)))
        sign_in(connect, qtbot, "")
    qtbot.waitUntil(lambda: not connect._attempt._under_way, timeout=PATIENCE)  # the one that was stopped ended too
    assert [kind for kind, _ in lines(connect)] == ["success"] * 5


def test_a_login_without_a_role_that_owns_the_records_is_let_in_with_a_word(
    connect: Connect, qtbot: QtBot, shared: Shared
) -> None:
    pasted(connect, shared.server.address(shared.database))
    sign_in(connect, qtbot)
    assert lines(connect)[-1][0] == "warning"
    assert "no role" in lines(connect)[-1][1]
    press("Return")
    assert connect.step == OWN
    assert "one-time" not in connect.own.text.text()
    assert not connect.own.form.editor("own").value()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_step_has_names_room_and_words(
    connect: Connect, qtbot: QtBot, shared: Shared, *, qapp: QApplication, mode: str, scale: float
) -> None:
    Theme.load(mode, scale).apply(qapp)
    connect.resize(1024, 600)
    checks = {**walkers.ALWAYS, **(walkers.LARGE if scale > 1 else {})}
    for step in (PLACE, PASSWORD, CHECK, OWN):
        assert connect.step == step
        assert connect.windowTitle().endswith(f" Connect to shared records, step {step + 1} of 4")
        assert connect.windowTitle().partition(" Connect")[0][-1] in "?."
        qtbot.waitUntil(lambda: walkers.findings(connect, checks) == {}, timeout=PATIENCE)  # once it is laid out
        assert walkers.letters_twice(connect) == []
        if step == PLACE:
            pasted(connect, shared.server.address(shared.database, shared.login(Role.HELPLINE)))
        elif step == PASSWORD:
            sign_in(connect, qtbot)
        elif step == CHECK:
            press("Return")


def test_the_whole_first_run_leads_to_a_window_that_opens(
    qtbot: QtBot, theme: Theme, shared: Shared, ring: MemoryKeyring, tmp_path: Path
) -> None:
    address = shared.server.address(shared.database, shared.login(Role.HELPLINE))
    seen: list[str] = []

    def drive() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FirstRun):
            with qtbot.waitActive(dialog):
                dialog.activateWindow()
            if not seen:
                press("Down")
                press("Down")
            seen.append("first")
            QTimer.singleShot(0, drive)
            press("Ctrl+Return")
        elif isinstance(dialog, Connect):
            with qtbot.waitActive(dialog):
                dialog.activateWindow()
            if seen == ["first"]:
                seen.append("back")
                QTimer.singleShot(0, drive)
                press("Esc")
                return
            pasted(dialog, address)
            sign_in(dialog, qtbot)
            press("Return")
            press("Space")
            seen.append("connect")
            press("Ctrl+Return")
        else:
            QTimer.singleShot(10, drive)

    QTimer.singleShot(0, drive)
    choices = Choices(folder=DeskFolder(tmp_path / "desk").make(), person="Hana Helpline")
    begun = application._begin(choices, Settings(), practice=False)
    assert seen == ["first", "back", "first", "connect"]
    assert begun is not None
    chosen, practice_folder, password = begun
    assert (chosen.database, practice_folder, password) == (address, None, postgres.PASSWORD)
    kept = assembly.SettingsDesk(chosen.folder.settings).read()
    assert (kept.database, kept.set_up) == (address, True)
    assert postgres.PASSWORD not in chosen.folder.settings.read_text()
    services = application.open_services(chosen, practice=False, password=password)
    assert services.role is Role.HELPLINE
    services.close()
