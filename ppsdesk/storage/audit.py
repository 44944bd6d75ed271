"""The audit trail: written by triggers of the database in the same transaction as the change, whoever makes it.

The triggers are derived from the tables and made again after every upgrade, as SQLite's batch migrations drop them.
An insert leaves one entry with all values as JSON, an update one line for each changed column, a delete the old values.

Who: in PostgreSQL the login (`session_user`); in a local file the name the program put into `acting_person` in the
same transaction, else "unknown program". A local file can be changed by any program that can open it: the triggers
record such a change, but somebody determined can drop them. The manual says so.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Table, select, union_all

from ppsdesk.domain.history import UNKNOWN_PROGRAM, Change
from ppsdesk.storage import date_rows, people_rows, report_rows, rows  # noqa: F401  # they fill the metadata
from ppsdesk.storage.base import Base

# table and the column that holds the id of the record its history belongs to
AUDITED: dict[str, str] = {
    "call": "id",
    "call_topic": "call_id",
    "call_advice": "call_id",
    "call_stage": "call_id",
    "call_information": "call_id",
    "call_signpost": "call_id",
    "call_child": "call_id",
    "call_child_stage": "call_id",
    "call_organisation": "call_id",
    "non_data_call": "id",
    "next_step": "id",
    "step_attempt": "step_id",
    "snippet": "id",
    "person": "id",
    "person_format": "person_id",
    "contact_point": "person_id",
    "address": "person_id",
    "hidden_address": "person_id",
    "safeguarding_note": "person_id",
    "disclosure": "person_id",
    "relationship": "person_id",
    "alert": "person_id",
    "consent": "person_id",
    "affiliation": "person_id",
    "not_same": "first_id",
    "organisation": "id",
    "term": "id",
    "import_batch": "id",
    "school_term": "id",
    "saved_report": "id",
    "dated_matter": "id",
    "matter_fact": "matter_id",
    "bank_holiday_change": "id",
    "rule_change": "id",
    "data_set": "id",
}
APPEND_ONLY = ("audit_entry", "audit_value")
# Held by whoever upgrades a shared database; any number, the same in every copy of this program. The row in
# `maintenance` says that there is an upgrade, this lock that it is still alive: one that was killed stops nobody.
UPGRADE_LOCK = 5_787_331


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def remove_triggers(connection: Connection) -> None:
    """Before an upgrade: moving rows about is not a change people made."""
    if connection.dialect.name == "sqlite":
        # by what is there, not by today's tables: a table renamed since has its triggers under the old name
        question = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit!_%' ESCAPE '!'"
        for name in connection.exec_driver_sql(question).scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    for table, name in connection.exec_driver_sql(_POSTGRES_TRIGGERS).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')


def make_triggers(connection: Connection) -> None:
    """After an upgrade, for the tables as they now are."""
    remove_triggers(connection)
    if connection.dialect.name == "sqlite":
        for statement in _sqlite_triggers().values():
            connection.exec_driver_sql(statement)
        return
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    for statement in _postgres_functions(schema):
        connection.exec_driver_sql(statement)
    for table, record in AUDITED.items():
        connection.exec_driver_sql(
            f'CREATE TRIGGER audit_{table} AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION audit_change('{record}')"
        )
        connection.exec_driver_sql(
            f'CREATE TRIGGER audit_{table}_truncate BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    for table in APPEND_ONLY:
        connection.exec_driver_sql(
            f'CREATE TRIGGER audit_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )


def missing_triggers(connection: Connection) -> tuple[str, ...]:
    """Triggers that should be there and are not, or differ: somebody took the trail off."""
    if connection.dialect.name == "sqlite":
        found: dict[str, str] = dict(
            connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
        )
        return tuple(name for name, sql in _sqlite_triggers().items() if found.get(name) != sql)
    return _missing_postgres(connection)


def _missing_postgres(connection: Connection) -> tuple[str, ...]:
    """By name, by kind, and by what their functions do: an empty function under the right name records nothing."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    bodies = {_body(text): text.split("(")[0].split()[-1] for text in _postgres_functions(schema)[:2]}
    sound = {
        (name, kind, arguments)
        for name, kind, arguments, function, body, definer in connection.exec_driver_sql(_POSTGRES_FOUND)
        if definer and bodies.get(body) == function
    }
    return tuple(name for name, kind, arguments in _postgres_wanted() if (name, kind, arguments) not in sound)


def _body(text: str) -> str:
    return text.split("$audit$")[1]


# pg_trigger.tgtype: 1 each row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate (pg_trigger.h)
_AFTER_EACH_ROW = 1 + 4 + 8 + 16
_BEFORE_ANY_CHANGE = 2 + 8 + 16 + 32
_BEFORE_TRUNCATE = 2 + 32

_POSTGRES_TRIGGERS = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND starts_with(t.tgname, 'audit_') "
    "AND c.relnamespace = current_schema()::regnamespace"
)
_POSTGRES_FOUND = (
    "SELECT t.tgname, t.tgtype, encode(t.tgargs, 'escape'), p.proname, p.prosrc, p.prosecdef "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND t.tgqual IS NULL AND t.tgattr = '' "
    "AND c.relnamespace = current_schema()::regnamespace AND starts_with(t.tgname, 'audit_' || c.relname)"
)


def _postgres_wanted() -> list[tuple[str, int, str]]:
    wanted = [(f"audit_{table}", _AFTER_EACH_ROW, f"{record}\\000") for table, record in AUDITED.items()]
    wanted += [(f"audit_{table}_truncate", _BEFORE_TRUNCATE, "") for table in AUDITED]
    return [*wanted, *((f"audit_{table}", _BEFORE_ANY_CHANGE, "") for table in APPEND_ONLY)]


def history(connection: Connection, tables: tuple[str, ...], record_id: int) -> tuple[Change, ...]:
    """Every change to one record, oldest first."""
    return histories(connection, tables, (record_id,))[record_id]


def histories(
    connection: Connection, tables: tuple[str, ...], record_ids: Collection[int]
) -> dict[int, tuple[Change, ...]]:
    """Every change to each of these records, oldest first, by its number, in one question."""
    entry, value = _table("audit_entry"), _table("audit_value")
    found = connection.execute(
        select(
            entry.c.record_id,
            entry.c.at,
            entry.c.person,
            entry.c.action,
            entry.c.table_name,
            value.c.column_name,
            value.c.old,
            value.c.new,
        )
        .join_from(entry, value, value.c.entry_id == entry.c.id, isouter=True)
        .where(entry.c.table_name.in_(tables), entry.c.record_id.in_(record_ids))
        .order_by(entry.c.id, value.c.id)
    )
    changes: dict[int, list[Change]] = {number: [] for number in record_ids}
    for row in found:
        changes[row.record_id].append(
            Change(
                at=row.at,
                person=row.person,
                action=row.action,
                table=row.table_name,
                field="" if row.column_name in (None, "*") else row.column_name,
                old=row.old or "",
                new=row.new or "",
            )
        )
    return {number: tuple(found_of_it) for number, found_of_it in changes.items()}


def last_person(connection: Connection, tables: tuple[str, ...], record_id: int) -> str | None:
    """Who last changed a record in one of these tables; None where its trail holds nobody, or may not be read.

    One row, however long the history: the newest of each table, and of those the newest.
    """
    entry = _table("audit_entry")
    # In a local file the index holds the key as well, so that the newest is its last. A server's does not: ordered by
    # the key alone it may read the whole trail backwards, so there it is by an expression, among those of the record.
    newest = entry.c.id if connection.dialect.name == "sqlite" else entry.c.id + 0
    of_each = [
        select(entry.c.id, entry.c.person)
        .where(entry.c.table_name == table, entry.c.record_id == record_id)
        .order_by(newest.desc())
        .limit(1)
        .subquery()
        for table in tables
    ]
    found = union_all(*(select(one) for one in of_each)).subquery()
    return connection.execute(select(found.c.person).order_by(found.c.id.desc()).limit(1)).scalar()


def _sqlite_triggers() -> dict[str, str]:
    made: dict[str, str] = {}
    for name, record in AUDITED.items():
        columns = [column.name for column in _table(name).columns]
        for action, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            made[f"audit_{name}_{action}"] = (
                f'CREATE TRIGGER audit_{name}_{action} AFTER {action.upper()} ON "{name}" BEGIN '
                "INSERT INTO audit_entry (at, person, action, table_name, record_id) VALUES ("
                "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z', "
                f"coalesce((SELECT name FROM acting_person WHERE id = 1), '{UNKNOWN_PROGRAM}'), "
                f"'{action}', '{name}', {row}.{record}); {_sqlite_values(action, columns)}; END"
            )
    for name in APPEND_ONLY:
        for action in ("update", "delete"):
            made[f"audit_{name}_{action}"] = (
                f"CREATE TRIGGER audit_{name}_{action} BEFORE {action.upper()} ON {name} BEGIN {_REFUSE}; END"
            )
        # INSERT OR REPLACE takes the old row away without a word to the delete trigger
        made[f"audit_{name}_replace"] = (
            f"CREATE TRIGGER audit_{name}_replace BEFORE INSERT ON {name} "
            f"WHEN EXISTS (SELECT 1 FROM {name} WHERE id = NEW.id) BEGIN {_REFUSE}; END"
        )
    return made


_REFUSE = "SELECT RAISE(ABORT, 'the audit trail cannot be changed')"


def _sqlite_values(action: str, columns: list[str]) -> str:
    entry = "(SELECT max(id) FROM audit_entry)"  # the entry just made: the writer holds the only write lock
    into = "INSERT INTO audit_value (entry_id, column_name, old, new)"
    if action == "update":
        pairs = " UNION ALL ".join(
            f"SELECT '{name}' AS c, OLD.{name} AS o, NEW.{name} AS n"
            if number == 0
            else f"SELECT '{name}', OLD.{name}, NEW.{name}"
            for number, name in enumerate(columns)
        )
        return f"{into} SELECT {entry}, c, o, n FROM ({pairs}) WHERE o IS NOT n"
    row = "NEW" if action == "insert" else "OLD"
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in columns)
    values = f"json_object({pairs})"
    return f"{into} VALUES ({entry}, '*', " + (f"NULL, {values})" if action == "insert" else f"{values}, NULL)")


def _postgres_functions(schema: str) -> tuple[str, ...]:
    # SECURITY DEFINER: people hold no right on the audit tables, so nobody can write an entry in another's name.
    quoted = '"' + schema.replace('"', '""') + '"'
    head = f"LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {quoted}, pg_temp AS"
    return (
        f"""CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger {head} $audit$
DECLARE
    entry bigint;
    old_row jsonb;
    new_row jsonb;
BEGIN
    IF EXISTS (SELECT 1 FROM maintenance WHERE upgrading_by IS NOT NULL) AND EXISTS (
        SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database
        WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = {UPGRADE_LOCK}
            AND datname = current_database()
    ) THEN
        RAISE EXCEPTION 'the database is being upgraded' USING ERRCODE = 'PD001';
    END IF;
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;
    INSERT INTO audit_entry (at, person, action, table_name, record_id)
    VALUES (clock_timestamp(), session_user, lower(TG_OP), TG_TABLE_NAME,
            (coalesce(new_row, old_row) ->> TG_ARGV[0])::bigint)
    RETURNING id INTO entry;
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO audit_value (entry_id, column_name, old, new)
        SELECT entry, key, old_row ->> key, new_row ->> key FROM jsonb_object_keys(new_row) AS key
        WHERE old_row -> key IS DISTINCT FROM new_row -> key;
    ELSE
        INSERT INTO audit_value (entry_id, column_name, old, new) VALUES (entry, '*', old_row::text, new_row::text);
    END IF;
    RETURN NULL;
END $audit$""",
        f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger {head} $audit$
BEGIN
    RAISE EXCEPTION 'the audit trail cannot be changed, nor a table of records emptied at once' USING ERRCODE = '42501';
END $audit$""",
        "REVOKE ALL ON FUNCTION audit_change() FROM PUBLIC",
        "REVOKE ALL ON FUNCTION audit_refuse() FROM PUBLIC",
    )
