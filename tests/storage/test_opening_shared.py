"""A shared database that cannot be used says why in one sentence, within seconds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import main
from ppsdesk.domain.errors import CannotStart, DeskError, Refused, StorageTooNew, StorageUnavailable
from ppsdesk.domain.selection import Selection
from ppsdesk.services import passwords
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import engine, opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import PERSON
from tests.harness.killing import ROOT
from tests.harness.silent import closed_port, silent_port
from tests.storage.conftest import reads_well

OpenShared = Callable[..., Storage]
STRANGER = "stefan"


@pytest.fixture
def sign_in(server: postgres.Server) -> Iterator[OpenShared]:
    """Opens shared databases; closes them after the test."""
    opened: list[Storage] = []

    def sign_in(database: str, login: str = PERSON, password: str = postgres.PASSWORD) -> Storage:
        opened.append(opening.open_shared(opening.read_address(server.address(database, login)), password))
        return opened[-1]

    yield sign_in
    for storage in opened:
        storage.close()


def _say(server: postgres.Server, database: str, *statements: str) -> None:
    with server.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_wrong_password_is_told_so(database: str, sign_in: OpenShared) -> None:
    with pytest.raises(CannotStart, match="did not accept this name and password") as refused:
        sign_in(database, password="guessed")
    assert reads_well(refused.value)


def test_an_unknown_login_is_told_the_same_as_a_wrong_password(database: str, sign_in: OpenShared) -> None:
    with pytest.raises(CannotStart, match="did not accept this name and password"):
        sign_in(database, login="nobody_of_that_name")


def test_a_database_that_is_not_there_is_told_so(sign_in: OpenShared) -> None:
    with pytest.raises(CannotStart, match="no database of that name") as refused:
        sign_in("calls_of_nowhere")
    assert reads_well(refused.value)


@pytest.mark.parametrize("table", ["acting_person", "alembic_version"])
def test_a_login_without_rights_is_told_so_and_no_connection_stays_open(
    server: postgres.Server, database: str, sign_in: OpenShared, table: str
) -> None:
    server.add_login(STRANGER)
    _say(server, database, f"GRANT SELECT ON {table} TO {STRANGER}")
    with pytest.raises(CannotStart, match="no right") as refused:
        sign_in(database, login=STRANGER)
    assert reads_well(refused.value)
    with server.connect() as connection:
        question = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s"
        assert connection.execute(question, (STRANGER,)).fetchall() == []


def test_a_login_that_may_not_even_connect_is_told_so(
    server: postgres.Server, database: str, sign_in: OpenShared
) -> None:
    server.add_login(STRANGER)
    _say(server, database, f'REVOKE CONNECT ON DATABASE "{database}" FROM PUBLIC')
    with pytest.raises(CannotStart, match="no right"):
        sign_in(database, login=STRANGER)


def test_an_empty_database_says_how_to_make_the_tables(server: postgres.Server, sign_in: OpenShared) -> None:
    with server.database(owner=PERSON) as name, pytest.raises(CannotStart, match="no ppsdesk tables yet") as refused:
        sign_in(name)
    assert "server setup" in refused.value.hint


@pytest.mark.parametrize(
    ("version", "kind", "words"),
    [
        ("9999", StorageTooNew, "made by a later version"),
        ("a1b2c3d4e5f6", CannotStart, "tables of another program"),
    ],
)
def test_a_schema_that_is_not_this_ones_is_refused(
    server: postgres.Server, database: str, sign_in: OpenShared, *, version: str, kind: type[DeskError], words: str
) -> None:
    _say(server, database, f"UPDATE alembic_version SET version_num = '{version}'")
    with pytest.raises(kind, match=words) as refused:
        sign_in(database)
    assert reads_well(refused.value)
    url = opening.read_address(server.address(database, PERSON))
    with pytest.raises(kind, match=words):
        opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW)


def test_somebody_elses_tables_are_not_built_upon(server: postgres.Server) -> None:
    with server.database(owner=PERSON) as name:
        _say(server, name, "CREATE TABLE recipe (name text)")
        url = opening.read_address(server.address(name, PERSON))
        with pytest.raises(CannotStart, match="not empty and not ours: it holds “recipe”") as refused:
            opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW)
        assert reads_well(refused.value)
        with server.connect(name) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert found == [("recipe",)]


def test_a_table_that_went_missing_is_told_so(server: postgres.Server, database: str, sign_in: OpenShared) -> None:
    desk = CallDesk(sign_in(database), lambda: NOW)
    _say(server, database, "DROP TABLE call_advice")
    with pytest.raises(CannotStart, match="does not hold the tables") as refused:
        desk.log(a_call(advice=("signposting",)))
    assert reads_well(refused.value)


def test_a_closed_port_is_a_server_that_does_not_answer() -> None:
    url = opening.read_address(f"postgresql://{PERSON}@127.0.0.1:{closed_port()}/calls")
    with pytest.raises(StorageUnavailable, match="did not answer") as refused:
        opening.open_shared(url, "anything")
    assert reads_well(refused.value)
    assert "typed" not in refused.value.hint


def test_a_server_that_stays_silent_is_given_up() -> None:
    with silent_port() as port:
        url = opening.read_address(f"postgresql://{PERSON}@127.0.0.1:{port}/calls")
        with pytest.raises(StorageUnavailable, match="did not answer"):
            opening.open_shared(url, "anything")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://hana:secret@127.0.0.1/calls",
        "postgresql://hana@127.0.0.1/calls?password=secret",
        "postgresql://hana@127.0.0.1/calls?sslpassword=secret",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(Refused, match="must not carry a password") as refused:
        opening.read_address(address)
    assert "secret" not in refused.value.sentence


@pytest.mark.parametrize(
    "address", ["", "calls", "mysql://hana@server/calls", "postgresql://server", "postgresql://h:x/c"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not the address") as refused:
        opening.read_address(address)
    assert refused.value.hint == opening.ADDRESS_HINT


def test_no_password_at_all_is_a_sentence_that_names_the_three_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(passwords.VARIABLE, raising=False)
    with pytest.raises(CannotStart, match="needs a password, and none was given") as refused:
        passwords.find("postgresql://hana@127.0.0.1/calls", lambda _question: None)
    assert passwords.VARIABLE in refused.value.hint
    assert "keyring" in refused.value.hint


def test_a_server_that_takes_no_changes_can_still_be_read(
    server: postgres.Server, database: str, sign_in: OpenShared
) -> None:
    _say(server, database, f'ALTER DATABASE "{database}" SET default_transaction_read_only = on')
    desk = CallDesk(sign_in(database), lambda: NOW)
    with pytest.raises(StorageUnavailable, match="read-only") as refused:
        desk.log(a_call())
    assert reads_well(refused.value)
    assert desk.count(Selection()) == 0


def test_a_connection_that_is_cut_in_the_middle_loses_that_job_only(
    server: postgres.Server, database: str, sign_in: OpenShared
) -> None:
    storage = sign_in(database)
    desk = CallDesk(storage, lambda: NOW)
    call = a_call()

    def cut_off() -> None:
        with storage.writing() as work:
            work.calls.add_once(call, recorded_at=NOW)
            _end_sessions(server, database)
            work.commit()

    with pytest.raises(StorageUnavailable) as refused:
        cut_off()
    assert reads_well(refused.value)
    assert desk.count(Selection()) == 0
    desk.log(call)
    assert desk.count(Selection()) == 1


def test_a_connection_that_was_cut_while_idle_is_not_noticed(
    server: postgres.Server, database: str, sign_in: OpenShared
) -> None:
    desk = CallDesk(sign_in(database), lambda: NOW)
    desk.log(a_call())
    _end_sessions(server, database)
    desk.log(a_call())
    assert desk.count(Selection()) == 2


def test_a_lost_login_is_told_so_at_the_next_job(server: postgres.Server, database: str, sign_in: OpenShared) -> None:
    server.add_login("tamsin")
    _say(server, database, "GRANT ALL ON ALL TABLES IN SCHEMA public TO tamsin")
    desk = CallDesk(sign_in(database, login="tamsin"), lambda: NOW)
    try:
        _say(server, database, "ALTER ROLE tamsin NOLOGIN")
        _end_sessions(server, database)
        with pytest.raises(CannotStart, match="switched off on the server"):
            desk.count(Selection())
    finally:
        _say(server, database, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM tamsin", "DROP ROLE tamsin")


def _end_sessions(server: postgres.Server, database: str) -> None:
    with server.connect() as connection:
        question = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        assert all(ended for (ended,) in connection.execute(question, (database,)).fetchall())


@pytest.mark.parametrize(
    ("address", "strict"),
    [
        ("postgresql://h@127.0.0.1/c", False),
        ("postgresql://h@localhost/c", False),
        ("postgresql:///c?host=/run/postgresql", False),
        ("postgresql://h@records.example.org/c", True),
        ("postgresql:///c?host=records.example.org", True),
        ("postgresql://h@127.0.0.1/c?hostaddr=192.0.2.7", True),
    ],
)
def test_any_other_computer_has_to_prove_its_name(address: str, strict: bool) -> None:
    made = engine.shared(opening.read_address(address))
    assert (made.url.query.get("sslmode") == "verify-full") is strict


def test_the_command_line_says_the_same_with_status_1(
    server: postgres.Server,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def check(address: str, password: str | None = postgres.PASSWORD) -> str:
        if password is None:
            monkeypatch.delenv(passwords.VARIABLE, raising=False)
        else:
            monkeypatch.setenv(passwords.VARIABLE, password)
        assert main.main(["check", "--data-dir", str(tmp_path), "--database", address]) == 1
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert said.err.count("\n") == 1
        return said.err

    ours = server.address(database, PERSON)
    assert "name and password" in check(ours, "guessed")
    assert "none was given" in check(ours, None)
    assert "no database of that name" in check(server.address("calls_of_nowhere", PERSON))
    assert "did not answer" in check(f"postgresql://{PERSON}@127.0.0.1:{closed_port()}/calls")
    assert "must not carry a password" in check(ours.replace("@", ":secret@"))
    server.add_login(STRANGER)
    assert "no right" in check(server.address(database, STRANGER))
    with server.database(owner=PERSON) as empty:
        assert "no ppsdesk tables yet" in check(server.address(empty, PERSON))


def test_a_whole_program_refused_leaves_one_line_and_status_1(tmp_path: Path) -> None:
    address = f"postgresql://{PERSON}@127.0.0.1:{closed_port()}/calls"
    command = [sys.executable, "main.py", "--data-dir", str(tmp_path), "--database", address, "check"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PPSDESK_PASSWORD": "x", "PATH": "/usr/bin"},
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "did not answer" in done.stderr
