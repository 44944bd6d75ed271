"""The database itself keeps everybody to the table of rights, whatever program they sign in with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import psycopg
import pytest

from ppsdesk.domain.rights import RIGHTS, Action, Role, Subject, may
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage.audit import AUDITED
from ppsdesk.storage.base import Base
from ppsdesk.storage.granting import TABLES, history
from ppsdesk.storage.server import set_up
from tests import postgres
from tests.builders import NOW
from tests.storage.rights_probes import DENIED, differences, let, sequence_differences
from tests.storage.shared_server import Shared, shared_server

STRANGER = "stefan_of_nowhere"


@pytest.fixture(scope="module")
def shared(server: postgres.Server) -> Iterator[Shared]:
    """Set up as the administrator does it; everybody has the password of the tests."""
    with shared_server(server) as made:
        yield made


# -- the table -----------------------------------------------------------------------------------------------------


def test_every_table_belongs_to_exactly_one_subject() -> None:
    named = [table for tables in TABLES.values() for table in (*tables.records, *tables.parts)]
    assert sorted(named) == sorted([*Base.metadata.tables, "alembic_version"])
    assert set(TABLES) == set(Subject)


def test_what_may_be_seen_in_part_is_made_of_columns_that_are_there_and_of_no_words() -> None:
    for subject, tables in TABLES.items():
        for table, columns in tables.part:
            assert set(columns) <= set(Base.metadata.tables[table].columns.keys())
            if subject is not Subject.AUDIT:
                assert not set(columns) & {
                    "notes",
                    "words",
                    "note",
                    "phone",
                    "caller_name",
                    "child_name",
                    "lines",
                    "name",
                }


@pytest.mark.parametrize("role", [Role.HELPLINE, Role.SUPPORTER])
def test_whoever_writes_about_people_sees_that_somebody_looked_and_no_word_of_what_for(role: Role) -> None:
    entries, values = history(role)
    assert {"hidden_address", "safeguarding_note", "disclosure"} <= set(entries)
    assert "disclosure" not in values


def test_an_auditor_reads_every_history_and_no_value_of_what_is_hidden() -> None:
    entries, values = history(Role.AUDITOR)
    assert set(entries) == set(AUDITED)
    assert set(AUDITED) - set(values) == {"hidden_address", "safeguarding_note"}


def test_the_table_of_rights_says_something_for_every_role_and_subject() -> None:
    assert set(RIGHTS) == {(role, subject) for role in Role for subject in Subject}
    assert may(None, Subject.SAFEGUARDING, Action.REMOVE)
    assert not any(may(role, Subject.AUDIT, action) for role in Role for action in (Action.ADD, Action.CHANGE))


# -- each with their own login, and psycopg alone ----------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_a_login_may_do_to_every_table_what_the_table_of_rights_says_and_no_more(shared: Shared, role: Role) -> None:
    with shared.as_person(role) as connection:
        assert differences(connection, role) == []
        assert sequence_differences(connection, role) == []


def test_one_right_too_many_and_one_too_few_are_found(shared: Shared) -> None:
    """The probes themselves are proved: against a database somebody has changed by hand."""
    helpline, volunteer = (shared.names.group(role) for role in (Role.HELPLINE, Role.VOLUNTEER))
    for change, back, role, found in (
        ('GRANT DELETE ON call TO "{0}"', 'REVOKE DELETE ON call FROM "{0}"', Role.HELPLINE, "call: delete is let"),
        ('REVOKE SELECT ON term FROM "{1}"', 'GRANT SELECT ON term TO "{1}"', Role.VOLUNTEER,
         "term: read id is denied"),
        ("GRANT SELECT (notes) ON call TO PUBLIC", "REVOKE SELECT (notes) ON call FROM PUBLIC", Role.ANALYST,
         "call: read notes is let"),
    ):  # fmt: skip
        shared.as_server(change.format(helpline, volunteer))
        with shared.as_person(role) as connection:
            assert found in differences(connection, role)
        shared.as_server(back.format(helpline, volunteer))
        with shared.as_person(role) as connection:
            assert differences(connection, role) == []


def test_setting_up_again_takes_back_what_was_given_by_hand(shared: Shared) -> None:
    group = shared.names.group(Role.HELPLINE)
    shared.as_server(
        f'GRANT DELETE ON call TO "{group}" WITH GRANT OPTION',
        "GRANT SELECT (notes) ON call TO PUBLIC",
        f'REVOKE SELECT ON person FROM "{group}"',
        f'GRANT CREATE, TEMPORARY ON DATABASE "{shared.database}" TO PUBLIC',
        f'GRANT CREATE ON SCHEMA public TO "{group}"',
        "GRANT EXECUTE ON FUNCTION audit_change() TO PUBLIC",
        "GRANT UPDATE ON SEQUENCE call_id_seq TO PUBLIC",
        "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER audit_call ON call",
    )
    assert set_up(shared.address, starters(), now=NOW).triggers == ("audit_call",)
    for role in (Role.HELPLINE, Role.VOLUNTEER):
        with shared.as_person(role) as connection:
            assert differences(connection, role) == []
            assert sequence_differences(connection, role) == []
            assert [words for words, statement in _probes(shared, role) if let(connection, statement)] == []


def _an_extension(shared: Shared) -> str:
    """One that this server has and the database has not: what a server is built with differs."""
    with shared.server.connect(shared.database) as connection:
        row = connection.execute(
            "SELECT name FROM pg_available_extensions WHERE installed_version IS NULL ORDER BY name <> 'file_fdw', name"
        ).fetchone()
    assert row is not None
    return str(row[0])


def _probes(shared: Shared, role: Role) -> list[tuple[str, str]]:
    """What nobody at a desk may do at all."""
    owner, mine = shared.names.owner, shared.login(role)
    others = [shared.names.group(other) for other in Role if other is not role]
    return [
        *((f"become {other}", f'SET ROLE "{other}"') for other in (owner, *others, postgres.ADMINISTRATOR)),
        *((f"join {other}", f'GRANT "{other}" TO "{mine}"') for other in (owner, *others)),
        *((f"hold {other}", "DO $$ BEGIN IF NOT pg_has_role(current_user, '%s', 'MEMBER') THEN RAISE "  # noqa: UP031
           "insufficient_privilege; END IF; END $$" % other) for other in (owner, *others)),
        ("become somebody else", f"SET SESSION AUTHORIZATION {postgres.ADMINISTRATOR}"),
        ("make a table", "CREATE TABLE mine (a int)"),
        ("make a table for a while", "CREATE TEMPORARY TABLE mine (a int)"),
        ("make a schema", "CREATE SCHEMA mine"),
        ("make a view", "CREATE VIEW mine AS SELECT 1"),
        ("make a function", "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
        ("make a large object", "SELECT lo_create(0)"),
        ("keep a file as a large object", "SELECT lo_import('/etc/passwd')"),
        ("add an extension", f"CREATE EXTENSION {_an_extension(shared)}"),
        ("read everybody's passwords", "SELECT rolpassword FROM pg_authid"),
        ("read them elsewhere", "SELECT passwd FROM pg_shadow"),
        ("read a file of the server", "SELECT pg_read_file('PG_VERSION')"),
        ("run a program", "COPY (SELECT 1) TO PROGRAM 'true'"),
        ("write a file", "COPY (SELECT 1) TO '/tmp/mine'"),
        ("switch all triggers off", "SET session_replication_role = replica"),
        ("take a trigger away", "DROP TRIGGER audit_call ON call"),
        ("switch a trigger off", "ALTER TABLE call DISABLE TRIGGER audit_call"),
        ("empty a trigger", "CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql "
         "AS 'BEGIN RETURN NULL; END'"),
        ("alter a trigger's function", "ALTER FUNCTION audit_change() SECURITY INVOKER"),
        ("drop a trigger's function", "DROP FUNCTION audit_refuse() CASCADE"),
        ("take a policy away", "DROP POLICY seen_by_auditor ON audit_entry"),
        ("read past the policies", "ALTER TABLE audit_value DISABLE ROW LEVEL SECURITY"),
        ("write in the trail", "INSERT INTO audit_entry (at, person, action, table_name, record_id) "
         "VALUES (now(), 'nobody', 'insert', 'call', 1)"),
        ("change the trail", "UPDATE audit_entry SET person = 'nobody'"),
        ("shorten the trail", "DELETE FROM audit_value"),
        ("say that an upgrade runs", "UPDATE maintenance SET upgrading_by = 'nobody'"),
        ("call it another version", "UPDATE alembic_version SET version_num = '9999'"),
        ("make a login", "CREATE ROLE mine LOGIN"),
        ("make themselves more", f'ALTER ROLE "{mine}" CREATEROLE'),
        ("take the limit off", f'ALTER ROLE "{mine}" CONNECTION LIMIT -1'),
        ("change somebody's password", f"ALTER ROLE {postgres.ADMINISTRATOR} PASSWORD 'guessed'"),
        ("give the database away", f'ALTER DATABASE "{shared.database}" OWNER TO "{mine}"'),
        ("change the database", f'ALTER DATABASE "{shared.database}" SET statement_timeout = 0'),
        ("give the schema away", f'ALTER SCHEMA public OWNER TO "{mine}"'),
        ("end somebody's session", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
         f"WHERE usename = '{postgres.ADMINISTRATOR}'"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_nobody_at_a_desk_gets_past_the_rights(shared: Shared, role: Role) -> None:
    with shared.server.connect(shared.database), shared.as_person(role) as connection:
        assert [words for words, statement in _probes(shared, role) if let(connection, statement)] == []
        said = connection.execute("SELECT query FROM pg_stat_activity WHERE usename <> session_user").fetchall()
        assert {query for (query,) in said} <= {"<insufficient privilege>", None}


def test_what_everybody_may_do_is_found_by_the_same_probes(shared: Shared) -> None:
    with shared.server.connect(shared.database) as administrator:
        assert let(administrator, "CREATE TABLE mine (a int)")
        assert let(administrator, "SELECT rolpassword FROM pg_authid")


def test_a_login_that_nobody_added_does_not_even_get_in(shared: Shared) -> None:
    shared.server.add_login(STRANGER)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        shared.server.connect(shared.database, STRANGER)


def test_a_login_that_gets_in_without_a_role_sees_and_changes_nothing(shared: Shared) -> None:
    shared.server.add_login(STRANGER)
    shared.as_server(f'GRANT CONNECT ON DATABASE "{shared.database}" TO {STRANGER}')
    with shared.server.connect(shared.database, STRANGER) as connection:
        assert differences(connection, None) == []
        assert not let(connection, "SELECT nextval('public.call_id_seq')")
    shared.as_server(f'REVOKE CONNECT ON DATABASE "{shared.database}" FROM {STRANGER}')


def test_the_owner_and_the_roles_are_nobody_that_can_sign_in_and_people_own_nothing(shared: Shared) -> None:
    with shared.server.connect(shared.database) as connection:
        ours = [shared.names.owner, *shared.names.groups]
        question = "SELECT bool_or(rolcanlogin OR rolsuper OR rolcreaterole) FROM pg_roles WHERE rolname = ANY(%s)"
        assert connection.execute(question, (ours,)).fetchone() == (False,)
        question = (
            "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a WHERE a.is_grantable AND a.grantee <> c.relowner"
        )
        assert connection.execute(question).fetchone() == (0,), "nobody may hand a right on"
        question = (
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " UNION SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public'"
        )
        assert connection.execute(question).fetchall() == [(shared.names.owner,)]
        question = (
            "SELECT proname, prosecdef, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
        )
        path = ["search_path=pg_catalog, public, pg_temp"]
        assert connection.execute(question).fetchall() == [("audit_change", True, path), ("audit_refuse", True, path)]


def test_everybody_has_limits_on_the_server_itself(shared: Shared) -> None:
    with shared.as_person(Role.HELPLINE) as helpline, shared.as_person(Role.ANALYST) as analyst:
        for connection, wanted in ((helpline, "30s"), (analyst, "2min")):
            assert connection.execute("SHOW statement_timeout").fetchone() == (wanted,)
            assert connection.execute("SHOW lock_timeout").fetchone() == ("5s",)
            assert connection.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("1min",)
    with ExitStack() as opened:
        for _ in range(8):
            opened.enter_context(shared.as_person(Role.VOLUNTEER))
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            shared.as_person(Role.VOLUNTEER)


# -- the trail -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hidden(shared: Shared) -> Callable[[Role], tuple[int, bool, bool]]:
    """The coordinator writes a hidden address; answers who sees of it: entries, its words, those of the person."""
    with shared.as_person(Role.COORDINATOR) as connection:
        (person,) = connection.execute(
            "INSERT INTO person (key, version, kind, given_names, family_name, known_as, former_names, own_right, role,"
            " interpreter, note, recorded_at) VALUES (%s, 1, 'adult', 'Rowan', 'Thistledown', '', '', false, '', false,"
            " '', now()) RETURNING id",
            (uuid4(),),
        ).fetchone() or (0,)
        connection.execute(
            "INSERT INTO hidden_address (key, version, person_id, lines, town, postcode, no_fixed_address, safety,"
            " note, told_to_nobody_but) VALUES (%s, 1, %s, '1 Refuge Row', '', '', false, 'safe', '', '')",
            (uuid4(), person),
        )

    def seen(role: Role) -> tuple[int, bool, bool]:
        with shared.as_person(role) as connection:
            entries = connection.execute(
                "SELECT count(*) FROM audit_entry WHERE record_id = %s AND table_name IN ('person', 'hidden_address')",
                (person,),
            ).fetchone()
            values = [new or "" for (new,) in connection.execute("SELECT new FROM audit_value").fetchall()]
        assert entries is not None
        return entries[0], any("Refuge Row" in new for new in values), any("Thistledown" in new for new in values)

    return seen


def test_the_trail_shows_everybody_the_history_of_what_they_may_read(
    hidden: Callable[[Role], tuple[int, bool, bool]],
) -> None:
    assert hidden(Role.HELPLINE) == (2, False, True), "that a hidden address was added, not which"
    assert hidden(Role.SUPPORTER) == (2, True, True)
    assert hidden(Role.COORDINATOR) == (2, True, True)
    assert hidden(Role.AUDITOR) == (2, False, True), "everything that happened, but nothing hidden"
    assert hidden(Role.ADMINISTRATOR) == (0, False, False)
    for role in (Role.ANALYST, Role.VOLUNTEER):
        with pytest.raises(DENIED):
            hidden(role)


def test_the_trail_knows_people_by_their_login_whatever_role_they_take_on(shared: Shared) -> None:
    with shared.as_person(Role.COORDINATOR) as connection:
        connection.execute("SET application_name = 'somebody else'")
        connection.execute("UPDATE data_set SET practice = practice, least_published = least_published + 1")
    with shared.as_person(Role.AUDITOR) as connection:
        question = "SELECT person FROM audit_entry WHERE table_name = 'data_set' ORDER BY id DESC LIMIT 1"
        assert connection.execute(question).fetchone() == (shared.login(Role.COORDINATOR),)
