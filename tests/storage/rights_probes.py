"""Trying out, with a person's own login and no program of ours, what the database lets them do."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import errors

from ppsdesk.domain.rights import Action, Role, may
from ppsdesk.storage.base import Base
from ppsdesk.storage.granting import TABLES

# PostgreSQL's own word for “no right to do that”; whatever else goes wrong, the right was there
DENIED = errors.InsufficientPrivilege


def columns_of(table: str) -> tuple[str, ...]:
    """Every column, as the program knows it."""
    return ("version_num",) if table == "alembic_version" else tuple(Base.metadata.tables[table].columns.keys())


def expected(role: Role) -> dict[tuple[str, str], bool]:
    """Table and action to whether it should be let, read out of the table of rights."""
    said: dict[tuple[str, str], bool] = {}
    for subject, tables in TABLES.items():
        writes = may(role, subject, Action.ADD) or may(role, subject, Action.CHANGE)
        for table in (*tables.records, *tables.parts):
            part = table in tables.parts
            said[table, "insert"] = writes if part else may(role, subject, Action.ADD)
            said[table, "update"] = writes if part else may(role, subject, Action.CHANGE)
            said[table, "delete"] = writes if part else may(role, subject, Action.REMOVE)
            whole, some = may(role, subject), may(role, subject, Action.PART)
            in_part = dict(tables.part).get(table, ())
            for column in columns_of(table):
                said[table, f"read {column}"] = whole or (some and column in in_part)
            said[table, "read all"] = all(said[table, f"read {column}"] for column in columns_of(table))
            said |= {(table, never): False for never in NEVER}
    return said


NEVER = {
    "truncate": "TRUNCATE {table}",
    "truncate with all that refers to it": "TRUNCATE {table} CASCADE",
    "drop": "DROP TABLE {table}",
    "rename": "ALTER TABLE {table} RENAME TO elsewhere",
    "switch the triggers off": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "add a trigger": "CREATE TRIGGER mine BEFORE UPDATE ON {table} FOR EACH ROW "
    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "add a rule": "CREATE RULE mine AS ON DELETE TO {table} DO INSTEAD NOTHING",
    "add a policy": "CREATE POLICY mine ON {table} USING (true)",
    "refer to": "CREATE TABLE public.mine (at int REFERENCES {table})",
}


def probes(table: str) -> Iterator[tuple[str, str]]:
    """Action and statement, none of which changes a row."""
    columns = columns_of(table)
    table = f"public.{table}"  # named in full, or who may not look into the schema only hears that there is none
    yield "insert", f"INSERT INTO {table} DEFAULT VALUES"
    yield "update", f'UPDATE {table} SET "{columns[0]}" = NULL WHERE false'
    yield "delete", f"DELETE FROM {table} WHERE false"
    yield "read all", f"SELECT * FROM {table} LIMIT 0"
    for name, statement in NEVER.items():
        yield name, statement.format(table=table)


def let(connection: psycopg.Connection, statement: str) -> bool:
    """Whether the database lets it; taken back in any case."""
    connection.execute("BEGIN")
    try:
        connection.execute(statement)
    except DENIED:
        return False
    except psycopg.Error:
        return True
    finally:
        connection.execute("ROLLBACK")
    return True


def differences(connection: psycopg.Connection, role: Role | None) -> list[str]:
    """What this login may do and should not, or should and may not; None: a login without a role may do nothing."""
    wanted = dict.fromkeys(expected(Role.HELPLINE), False) if role is None else expected(role)
    found = {
        (table, action): let(connection, statement)
        for table in sorted({table for table, _ in wanted})
        for action, statement in probes(table)
    }
    found |= _columns(connection)
    assert found.keys() == wanted.keys()
    return [
        f"{table}: {action} is {'let' if found[table, action] else 'denied'}"
        for table, action in wanted
        if found[table, action] is not wanted[table, action]
    ]


def _columns(connection: psycopg.Connection) -> dict[tuple[str, str], bool]:
    """Column by column, as the server itself answers for this login: hundreds in one question."""
    asked = """
        SELECT c.relname, a.attname, has_schema_privilege(c.relnamespace, 'USAGE')
            AND has_column_privilege(c.oid, a.attnum, 'SELECT')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    """
    return {(table, f"read {column}"): seen for table, column, seen in connection.execute(asked).fetchall()}


def sequence_differences(connection: psycopg.Connection, role: Role) -> list[str]:
    """The counters of new rows: drawn from by who may add, set by nobody."""
    wrong = []
    for (name,) in connection.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall():
        table = name.removesuffix("_id_seq")
        if let(connection, f"SELECT nextval('{name}')") is not expected(role)[table, "insert"]:
            wrong.append(f"{name}: nextval")
        if let(connection, f"SELECT setval('{name}', 1)"):
            wrong.append(f"{name}: setval")
    return wrong
