"""`server`: setting up, letting people in and out, and one sentence for whatever stands in the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from ppsdesk.domain.logins import one_time_password
from ppsdesk.domain.rights import Role
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import opening, schema
from ppsdesk.storage.granting import Names
from tests import postgres
from tests.builders import NOW
from tests.commands.conftest import Run, Said
from tests.storage.rights_probes import differences

Server = Callable[..., Said]
_numbers = count(1)


@pytest.fixture
def keeper(server: postgres.Server) -> str:
    """Who looks after a database: no superuser, but may make roles."""
    name = f"cora{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN CREATEROLE PASSWORD '{postgres.PASSWORD}'")
    return name


@pytest.fixture
def database(server: postgres.Server, keeper: str) -> Iterator[str]:
    """An empty database of the keeper's, as a superuser makes it by the manual."""
    with server.database(owner=keeper) as name:
        with server.connect(name) as connection:
            connection.execute(f"ALTER SCHEMA public OWNER TO {keeper}")  # PostgreSQL 14 needs it, 15 can do without
        yield name


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keeper's password."""
    monkeypatch.setenv("PPSDESK_PASSWORD", postgres.PASSWORD)


@pytest.fixture
def give(run: Run, server: postgres.Server, database: str, keeper: str, folder: Path) -> Server:
    """Give a `server` command, as the keeper or somebody else."""

    def give(*words: str, login: str = keeper, of: str = database) -> Said:
        return run("server", *words, "--database", server.address(of, login), "--data-dir", str(folder))

    return give


@pytest.fixture
def check(run: Run, server: postgres.Server, database: str, keeper: str, folder: Path) -> Server:
    """Give the `check` command, as the keeper."""

    def check(*words: str) -> Said:
        return run("check", *words, "--database", server.address(database, keeper), "--data-dir", str(folder))

    return check


@pytest.fixture(params=["keeper", "superuser"])
def administrator(request: pytest.FixtureRequest, keeper: str) -> str:
    """Both kinds of people who may set a database up."""
    return keeper if request.param == "keeper" else postgres.ADMINISTRATOR


def password(said: Said) -> str:
    """The one that was printed."""
    found = re.search(r"^One-time password: (\S+)$", said.done, re.MULTILINE)
    assert found, said.out
    return found[1]


def test_a_server_is_set_up_and_set_up_again_and_people_come_and_go(
    give: Server, server: postgres.Server, database: str, administrator: str
) -> None:
    def by(*words: str) -> Said:
        return give(*words, login=administrator)

    name = f"nia.of.{database}"
    assert "not set up for this version yet" in by("people").refusal
    assert "not set up for this version yet" in by("add-person", name, "--role", "helpline").refusal
    assert "The tables were made (schema 0004)." in by("setup").done
    assert "of this version already" in by("setup").done
    first = by("add-person", name, "--role", "helpline")
    assert f"{name} has the role Helpline." in first.done
    assert re.search(rf"^{name} +Helpline +yes, one-time password +never$", by("people").done, re.MULTILINE)
    with server.connect(database, name, password(first)) as session:
        assert differences(session, Role.HELPLINE) == []
        assert "signed in now" in by("people").done
        assert "(before: Helpline)" in by("add-person", name, "--role", "analyst").done
        assert differences(session, Role.ANALYST) == []
        assert "1 person with a role." in by("setup").done
        assert "cannot sign in any more. 1 session ended." in by("remove-person", name).done
        with pytest.raises(psycopg.OperationalError):
            session.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        server.connect(database, name, password(first))
    assert re.search(rf"^{name} +none any more +no +never$", by("people").done, re.MULTILINE)
    assert "had a role here before" in by("add-person", name, "--role", "helpline").refusal
    again = by("add-person", name, "--role", "volunteer", "--same-person")
    assert password(again) != password(first)
    with server.connect(database, name, password(again)) as session:
        assert differences(session, Role.VOLUNTEER) == []


def test_a_lost_password_is_replaced_and_the_role_kept(give: Server, server: postgres.Server, database: str) -> None:
    give("setup")
    name = f"nia.of.{database}"
    lost = password(give("add-person", name, "--role", "helpline"))
    found = give("add-person", name, "--role", "helpline", "--new-password")
    assert "had the role Helpline already" in found.done
    server.connect(database, name, password(found)).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        server.connect(database, name, lost)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Hana", "small letters"),
        ("hana smith", "small letters"),
        ('hana"; DROP TABLE call; --', "small letters"),
        ("zoë", "small letters"),
        ("", "small letters"),
        ("a" * 41, "small letters"),
        ("pg_monitor", "belongs to PostgreSQL"),
        ("public", "belongs to PostgreSQL"),
        ("session_user", "belongs to PostgreSQL"),
    ],
)
def test_a_name_nobody_can_have_is_refused_in_one_sentence(give: Server, name: str, words: str) -> None:
    give("setup")
    assert words in give("add-person", name, "--role", "helpline").refusal


def test_nobody_is_let_in_by_somebody_elses_name(
    give: Server, server: postgres.Server, database: str, keeper: str
) -> None:
    give("setup")
    stranger = f"stefan.of.{database}"
    server.add_login(stranger)
    assert "was not made for this database" in give("add-person", stranger, "--role", "helpline").refusal
    assert "has powers over the server" in give("add-person", keeper, "--role", "helpline", "--same-person").refusal
    assert "has powers" in give("add-person", postgres.ADMINISTRATOR, "--role", "auditor", "--same-person").refusal
    for role in (f"{database}_owner", f"{database}_helpline"):
        assert "is a role of this database" in give("add-person", role, "--role", "helpline").refusal
    with server.connect() as connection:
        connection.execute(f'CREATE ROLE "office_{database}"')
        connection.execute(f'GRANT pg_read_all_data TO "{stranger}"')
    assert "is no person" in give("add-person", f"office_{database}", "--role", "helpline", "--same-person").refusal
    assert "has powers" in give("add-person", stranger, "--role", "helpline", "--same-person").refusal
    assert "Nobody named nobody has a role" in give("remove-person", "nobody").refusal
    assert "Nobody named" in give("remove-person", keeper).refusal


def test_two_databases_on_one_server_share_no_right(
    give: Server, server: postgres.Server, database: str, keeper: str
) -> None:
    give("setup")
    name = f"nia.of.{database}"
    kept = password(give("add-person", name, "--role", "coordinator"))
    with server.database(owner=keeper) as other:
        give("setup", of=other)
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            server.connect(other, name, kept)
        assert name not in give("people", of=other).done
        added = give("add-person", name, "--role", "analyst", "--same-person", of=other)
        assert "One-time password" not in added.done, "the login is there, with its own password"
        with server.connect(other, name, kept) as here, server.connect(database, name, kept) as there:
            assert differences(here, Role.ANALYST) == []
            assert differences(there, Role.COORDINATOR) == []
            left = give("remove-person", name).done
            assert "cannot work here any more (but in another database). 1 session ended." in left
            assert here.execute("SELECT 1").fetchone() == (1,), "their work over there goes on"
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            server.connect(database, name, kept)


def test_an_older_set_up_is_taken_over_with_its_rows_and_its_rights_by_hand_are_ended(
    give: Server, server: postgres.Server, database: str, keeper: str
) -> None:
    url = opening.read_address(server.address(database, keeper))
    assert opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW)
    clerk = f"clerk.of.{database}"
    server.add_login(clerk)
    with server.connect(database, keeper) as connection:
        connection.execute(f'GRANT CONNECT ON DATABASE "{database}" TO "{clerk}"')
        connection.execute(f'GRANT USAGE ON SCHEMA public TO "{clerk}"')
        connection.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{clerk}"')
        connection.execute(f'GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO "{clerk}"')
        before = connection.execute("SELECT count(*) FROM term").fetchone()
    said = give("setup").done
    assert "tables of an older set-up now belong to" in said
    assert f"Rights that were given by hand were taken from {clerk}." in said
    with server.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM term").fetchone() == before
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert owners == [(Names(database).owner,)]
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        server.connect(database, clerk)
    # made by a superuser, so since PostgreSQL 16 only a superuser may change it
    taken = give("add-person", clerk, "--role", "helpline", "--same-person", login=postgres.ADMINISTRATOR)
    assert clerk in taken.done
    with server.connect(database, clerk) as session:
        assert differences(session, Role.HELPLINE) == []
    assert "older set-up" not in give("setup").done


@pytest.fixture
def older(server: postgres.Server, database: str, keeper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of the version before, as the keeper's own login made them."""
    from alembic import command

    whole = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _to: whole(config, "0002"))
        patched.setattr(schema, "_finish", lambda *_arguments, **_named: None)
        patched.setattr(schema, "HEAD", "0002")
        url = opening.read_address(server.address(database, keeper))
        assert opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW)


@pytest.mark.usefixtures("older")
def test_an_older_version_is_upgraded_by_the_set_up_alone(give: Server, check: Server) -> None:
    refused = check("--create").refusal
    assert "older version" in refused
    assert "server setup" in refused
    assert "The tables were upgraded from schema 0002 to 0004." in give("setup").done
    assert "The audit trail is on." in check().done


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER ROLE {keeper} NOCREATEROLE", "may not make roles on this server"),
        ('ALTER DATABASE "{database}" OWNER TO administrator', "does not own the database"),
        ("ALTER SCHEMA public OWNER TO administrator", "belongs to administrator"),
        ("CREATE TABLE recipe (name text)", "holds “recipe” and 0 other tables"),
        ('CREATE ROLE "{database}_helpline" LOGIN', "named {database}_helpline already"),
        ('CREATE ROLE "{database}_owner" SUPERUSER', "named {database}_owner already"),
    ],
)
def test_what_stands_in_the_way_of_a_set_up_is_one_sentence_and_nothing_is_changed(
    give: Server, server: postgres.Server, database: str, keeper: str, *, change: str, words: str
) -> None:
    with server.connect(database) as connection:
        connection.execute(change.format(keeper=keeper, database=database))
        question = "SELECT rolname FROM pg_roles WHERE rolname LIKE %s ORDER BY 1"
        before = connection.execute(question, (f"{database}%",)).fetchall()
        assert words.format(database=database) in (refused := give("setup").refusal)
        assert "Nothing was changed." in refused
        assert connection.execute(question, (f"{database}%",)).fetchall() == before
        for (name,) in before:
            connection.execute(f'DROP ROLE "{name}"')


def test_another_keeper_who_may_not_hand_the_roles_out_is_told_so(
    give: Server, server: postgres.Server, database: str, keeper: str
) -> None:
    give("setup")
    other = f"{keeper}.too"
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE \"{other}\" LOGIN CREATEROLE PASSWORD '{postgres.PASSWORD}'")
        connection.execute(f'GRANT CONNECT ON DATABASE "{database}" TO "{other}"')
    for words in (("add-person", f"nia.of.{database}", "--role", "helpline"), ("people",)):
        assert "may not look into the database" in give(*words, login=other).refusal
    with server.connect(database) as connection:
        connection.execute(f'GRANT "{database}_auditor" TO "{other}"')
        version = connection.info.server_version
    said = give("add-person", f"nia.of.{database}", "--role", "helpline", login=other)
    if version >= 160000:  # before, whoever may make roles may hand all of them out
        assert "This login may not make logins and give them a role" in said.refusal
        with server.connect() as connection:
            question = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            assert connection.execute(question, (f"nia.of.{database}",)).fetchone() is None
    assert "read the audit trail" in give("people", login=other).refusal


def test_somebody_at_the_desk_cannot_look_after_the_server(
    give: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give("setup")
    name = f"nia.of.{database}"
    monkeypatch.setenv("PPSDESK_PASSWORD", password(give("add-person", name, "--role", "administrator")))
    for words in (("setup",), ("add-person", "eve", "--role", "helpline"), ("remove-person", name), ("people",)):
        assert "may not make" in give(*words, login=name).refusal


def test_a_database_whose_name_leaves_no_room_for_its_roles_is_refused(
    give: Server, server: postgres.Server, keeper: str
) -> None:
    long = "calls_" + "x" * 50
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {long} OWNER {keeper} TEMPLATE template0")
    try:
        assert "too long to name its roles after it" in give("setup", of=long).refusal
    finally:
        with server.connect() as connection:
            connection.execute(f"DROP DATABASE {long}")


def test_without_a_database_the_command_says_what_to_add(run: Run, folder: Path) -> None:
    assert "No shared database was named." in run("server", "setup", "--data-dir", str(folder)).refusal


def test_a_role_that_does_not_exist_is_an_option_that_does_not_exist(give: Server) -> None:
    said = give("add-person", "nia", "--role", "king")
    assert (said.status, "helpline" in said.err) == (2, True)


def test_no_two_one_time_passwords_are_alike_and_none_is_easily_misread() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}", word) for word in made)
