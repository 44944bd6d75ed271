"""What may happen to a server while a desk works with it: each has its own sentence, and nothing is half written."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from ppsdesk.domain.errors import DeskError, SignInRefused, StorageTooNew, StorageUnavailable, WritingPaused
from ppsdesk.domain.selection import Selection
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import engine, opening, schema
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import PERSON
from tests.storage.conftest import reads_well

LOGIN = "tamsin"
EVERYTHING = "ON ALL TABLES IN SCHEMA public"


@pytest.fixture
def database(server: postgres.Server, shared_template: str) -> Iterator[str]:
    """A shared database in which another login works too."""
    server.add_login(LOGIN)
    with server.database(owner=PERSON, template=shared_template) as name:
        with server.connect(name) as connection:
            connection.execute(f"GRANT ALL {EVERYTHING} TO {LOGIN}")
            connection.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {LOGIN}")
        yield name
    with server.connect() as connection:
        connection.execute(f"DROP ROLE {LOGIN}")


@pytest.fixture
def calls(server: postgres.Server, database: str) -> Iterator[CallDesk]:
    """A desk that has worked with it for a while."""
    storage = opening.open_shared(opening.read_address(server.address(database, LOGIN)), postgres.PASSWORD)
    desk = CallDesk(storage, lambda: NOW)
    desk.log(a_call())
    yield desk
    storage.close()


def tell(server: postgres.Server, database: str, *statements: str) -> None:
    """What an administrator does meanwhile."""
    with server.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)


def end_sessions(server: postgres.Server) -> None:
    """Everybody of that login is thrown out."""
    with server.connect() as connection:
        connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", (LOGIN,))


def refusal(desk: CallDesk) -> DeskError:
    """What is said to somebody who saves now."""
    with pytest.raises(DeskError) as refused:
        desk.log(a_call())
    assert reads_well(refused.value)
    return refused.value


def test_each_has_a_sentence_of_its_own(server: postgres.Server, database: str, calls: CallDesk) -> None:
    """Nothing is saved meanwhile, and afterwards it goes on."""
    meanwhile = {
        (StorageUnavailable, "lets nobody into this database"): (
            f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false',
            f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true',
        ),
        (StorageUnavailable, "no free connection"): (
            f"ALTER ROLE {LOGIN} CONNECTION LIMIT 0",
            f"ALTER ROLE {LOGIN} CONNECTION LIMIT -1",
        ),
        (SignInRefused, "did not accept this name and password"): (
            f"ALTER ROLE {LOGIN} PASSWORD 'another'",
            f"ALTER ROLE {LOGIN} PASSWORD '{postgres.PASSWORD}'",
        ),
        (SignInRefused, "switched off on the server"): (f"ALTER ROLE {LOGIN} NOLOGIN", f"ALTER ROLE {LOGIN} LOGIN"),
        (WritingPaused, "read-only"): (
            f'ALTER DATABASE "{database}" SET default_transaction_read_only = on',
            f'ALTER DATABASE "{database}" RESET default_transaction_read_only',
        ),
    }
    for (kind, words), (begin, end) in meanwhile.items():
        with server.connect() as connection:
            connection.execute(begin)
        end_sessions(server)
        said = refusal(calls)
        assert (type(said), words in said.message) == (kind, True), said.sentence
        with server.connect() as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(end)
        end_sessions(server)
    assert calls.count(Selection()) == 1


def test_a_session_that_is_ended_in_the_middle_of_a_save_is_told_so(server: postgres.Server, calls: CallDesk) -> None:
    def save() -> None:
        with calls._storage.writing() as work:
            work.calls.add_once(a_call(), recorded_at=NOW)
            end_sessions(server)
            work.commit()

    with pytest.raises(StorageUnavailable, match="ended this connection"):
        save()
    assert calls.count(Selection()) == 1


def test_a_program_that_is_older_than_the_database_by_now_does_not_write_and_reads_on(
    server: postgres.Server, database: str, calls: CallDesk
) -> None:
    tell(server, database, "UPDATE alembic_version SET version_num = '9999'")
    said = refusal(calls)
    assert isinstance(said, StorageTooNew)
    assert "upgraded" in said.message
    assert "Install the newer version" in said.hint
    assert calls.count(Selection()) == 1


def test_nothing_is_written_between_the_check_and_an_upgrade_that_is_under_way(
    server: postgres.Server, database: str, calls: CallDesk
) -> None:
    """Whoever saves while the upgrade holds the table waits for it, and is then too old."""
    said: list[DeskError] = []
    saving = threading.Thread(target=lambda: said.append(refusal(calls)))
    with server.connect(database, PERSON) as upgrader, upgrader.transaction():
        upgrader.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
        saving.start()
        until_somebody_waits(upgrader)
        upgrader.execute("UPDATE alembic_version SET version_num = '9999'")
    saving.join(20)
    assert [type(error) for error in said] == [StorageTooNew]
    assert calls.count(Selection()) == 1


def until_somebody_waits(connection: psycopg.Connection) -> None:
    """For the lock this connection holds."""
    question = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'alembic_version'::regclass"
    for _ in range(500):
        if connection.execute(question).fetchone() != (0,):
            return
        threading.Event().wait(0.01)
    pytest.fail("nobody waited")


def test_the_upgrade_takes_that_table_for_itself(
    server: postgres.Server, database: str, calls: CallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other half of the test above: a real upgrade, seen from another desk while it runs."""
    tell(server, database, "UPDATE alembic_version SET version_num = '0002'")
    seen: list[str] = []

    def look(_connection: object) -> frozenset[str]:
        with server.connect(database) as other:
            found = other.execute(
                "SELECT mode FROM pg_locks WHERE granted AND relation = 'alembic_version'::regclass"
            ).fetchall()
        seen.extend(mode for (mode,) in found)
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "_run", look)
    owner = engine.shared(opening.read_address(server.address(database, PERSON)).set(password=postgres.PASSWORD))
    with pytest.raises(KeyboardInterrupt):
        schema.upgrade_shared(owner, starters(), person=PERSON, now=NOW)
    owner.dispose()
    assert "AccessExclusiveLock" in seen
