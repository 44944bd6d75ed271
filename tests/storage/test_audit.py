"""The audit trail: every change, whoever makes it, in the same transaction; and nobody can rewrite it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.history import UNKNOWN_PROGRAM
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.drafts import Drafts
from ppsdesk.storage import audit, opening
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW, a_call
from tests.conftest import PERSON
from tests.storage.conftest import OpenLocal

Entry = dict[str, Any]


def entries(storage: Storage, since: int = 0) -> list[Entry]:
    """The trail after an entry, oldest first, each with its values as (column, old, new)."""
    with storage.engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM audit_entry WHERE id > {since} ORDER BY id").mappings().all()
        values = connection.exec_driver_sql("SELECT entry_id, column_name, old, new FROM audit_value ORDER BY id").all()
    return [
        {**entry, "values": [tuple(value[1:]) for value in values if value.entry_id == entry["id"]]} for entry in found
    ]


def last(storage: Storage) -> int:
    """The number of the newest entry."""
    with storage.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT max(id) FROM audit_entry").scalar_one()


def test_logging_a_call_leaves_one_entry_for_each_row_with_all_its_values(storage: Storage) -> None:
    begun = last(storage)
    number = CallDesk(storage, lambda: NOW).log(a_call(topics=("sen-concern", "annual-review"), notes="“Żółć”")).value
    made = entries(storage, begun)
    assert [(entry["action"], entry["table_name"], entry["record_id"], entry["person"]) for entry in made] == [
        ("insert", "call", number, PERSON),
        ("insert", "call_topic", number, PERSON),
        ("insert", "call_topic", number, PERSON),
    ]
    [(column, old, new)] = made[0]["values"]
    values = json.loads(new)
    assert (column, old) == ("*", None)
    assert values["notes"] == "“Żółć”"
    assert values.keys() == set(audit.Base.metadata.tables["call"].columns.keys())


def test_a_change_leaves_one_line_for_each_column_that_changed_and_none_for_the_others(storage: Storage) -> None:
    desk = CallDesk(storage, lambda: NOW)
    call = desk.get(desk.log(a_call(reference="")).value)
    begun = last(storage)
    desk.amend(call.id, call.version, replace(facts_of(call), notes="Rang again", reference="H-7"))
    [entry] = entries(storage, begun)
    assert (entry["action"], entry["record_id"], entry["person"]) == ("update", call.id, PERSON)
    assert sorted(entry["values"]) == [("notes", "", "Rang again"), ("reference", None, "H-7"), ("version", "1", "2")]


def test_taking_rows_out_keeps_what_they_held(storage: Storage) -> None:
    desk = CallDesk(storage, lambda: NOW)
    number = desk.log(a_call(notes="to be gone")).value
    begun = last(storage)
    with storage.writing() as work:
        work._connection.exec_driver_sql(f"DELETE FROM call WHERE id = {number}")
        work.commit()
    gone = {entry["table_name"]: entry for entry in entries(storage, begun)}
    assert {entry["action"] for entry in gone.values()} == {"delete"}
    assert gone.keys() == {"call", "call_topic"}
    [(_, old, new)] = gone["call"]["values"]
    assert (json.loads(old)["notes"], new) == ("to be gone", None)


def test_a_change_that_is_taken_back_leaves_no_entry(storage: Storage) -> None:
    begun = last(storage)
    with storage.writing() as work:
        work.calls.add_once(a_call(), recorded_at=NOW)
    assert entries(storage, begun) == []


def test_a_change_whose_entry_cannot_be_written_does_not_happen(storage: Storage) -> None:
    refuses = {
        "sqlite": "CREATE TRIGGER full BEFORE INSERT ON audit_value BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
        "postgresql": "ALTER TABLE audit_value ADD CONSTRAINT ck_full CHECK (false) NOT VALID",
    }
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(refuses[storage.engine.dialect.name])
    with pytest.raises((DeskError, DBAPIError)):
        CallDesk(storage, lambda: NOW).log(a_call())
    with storage.reading() as work:
        assert not work.calls.any()


def test_drafts_leave_no_trail(storage: Storage) -> None:
    begun = last(storage)
    call = a_call()
    Drafts(storage).keep(
        Draft(key=call.key, person=PERSON, window="1", started_at=NOW, kept_at=NOW, content={"notes": "private"})
    )
    Drafts(storage).discard(call.key)
    assert entries(storage, begun) == []


@pytest.mark.parametrize("table", audit.APPEND_ONLY)
def test_nobody_can_change_or_delete_an_entry(storage: Storage, table: str) -> None:
    CallDesk(storage, lambda: NOW).log(a_call())
    before = entries(storage)
    for change in ("UPDATE {} SET id = id", "DELETE FROM {}", "DELETE FROM {} WHERE id = (SELECT max(id) FROM {})"):
        with pytest.raises(DBAPIError, match="audit trail cannot be changed"), storage.engine.begin() as connection:
            connection.exec_driver_sql(change.format(table, table))
    assert entries(storage) == before


def test_no_table_of_records_can_be_emptied_past_the_trail(server: postgres.Server, shared_template: str) -> None:
    with (
        server.database(owner=PERSON, template=shared_template) as name,
        closing(server.connect(name, PERSON)) as connection,
    ):
        for table in (*audit.AUDITED, *audit.APPEND_ONLY):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="emptied at once"):
                connection.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", audit.APPEND_ONLY)
def test_replacing_an_entry_of_a_local_file_is_refused_too(local_file: Path, open_file: OpenLocal, table: str) -> None:
    storage = open_file(local_file)
    with pytest.raises(DBAPIError, match="audit trail cannot be changed"), storage.engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1")


@pytest.fixture
def foreign(local_file: Path, open_file: OpenLocal) -> Iterator[sqlite3.Connection]:
    """The standard sqlite3 tool on a closed local file with one call in it."""
    storage = open_file(local_file)
    CallDesk(storage, lambda: NOW).log(a_call())
    storage.close()
    with closing(sqlite3.connect(local_file)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("change", "action"),
    [
        ("UPDATE call SET notes = 'not ours'", "update"),
        ("DELETE FROM call_topic", "delete"),
        ("INSERT INTO call_topic SELECT call_id, term_id + 1, 1 FROM call_topic", "insert"),
    ],
)
def test_another_programs_change_of_a_local_file_is_on_the_trail_as_unknown(
    foreign: sqlite3.Connection, change: str, action: str
) -> None:
    foreign.execute(change)
    foreign.commit()
    found = foreign.execute("SELECT action, person FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    assert found == (action, UNKNOWN_PROGRAM)


def test_a_login_stands_on_the_trail_by_its_own_name_whatever_it_claims(
    server: postgres.Server, shared_template: str
) -> None:
    server.add_login("tamsin")
    with server.database(owner=PERSON, template=shared_template) as name:
        with server.connect(name, PERSON) as owner:
            owner.execute("GRANT SELECT, UPDATE ON term TO tamsin")
            owner.execute("UPDATE acting_person SET name = 'hana'")
        with server.connect(name, "tamsin") as connection:
            connection.execute("UPDATE term SET label = 'changed' WHERE id = 1")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(
                    "INSERT INTO audit_entry (at, person, action, table_name, record_id)"
                    " VALUES (now(), 'hana', 'update', 'term', 1)"
                )
        with server.connect(name, PERSON) as owner:
            found = owner.execute("SELECT person, table_name FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    assert found == ("tamsin", "term")


def test_a_sound_trail_passes_the_check(storage: Storage) -> None:
    assert [finding.words for finding in opening.check(storage) if not finding.good] == []


TAMPERED = {
    "sqlite": {
        "gone": ("DROP TRIGGER audit_call_update",),
        "emptied": (
            "DROP TRIGGER audit_call_update",
            "CREATE TRIGGER audit_call_update AFTER UPDATE ON call BEGIN SELECT 1; END",
        ),
        "let go": ("DROP TRIGGER audit_audit_entry_delete",),
    },
    "postgresql": {
        "gone": ("DROP TRIGGER audit_call ON call",),
        "off": ("ALTER TABLE call DISABLE TRIGGER audit_call",),
        "only for some": (
            "DROP TRIGGER audit_call ON call",
            "CREATE TRIGGER audit_call AFTER INSERT ON call FOR EACH ROW EXECUTE FUNCTION audit_change('id')",
        ),
        "with a condition": (
            "DROP TRIGGER audit_call ON call",
            "CREATE TRIGGER audit_call AFTER INSERT OR UPDATE OR DELETE ON call FOR EACH ROW"
            " WHEN (pg_trigger_depth() > 9) EXECUTE FUNCTION audit_change('id')",
        ),
        "emptied": (
            "CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        ),
        "let go": ("DROP TRIGGER audit_audit_entry ON audit_entry",),
        "may be emptied": ("DROP TRIGGER audit_term_truncate ON term",),
    },
}


def test_a_trail_that_somebody_took_off_or_changed_is_found_by_the_check(storage: Storage) -> None:
    for how, statements in TAMPERED[storage.engine.dialect.name].items():
        with storage.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        bad = [finding.words for finding in opening.check(storage) if not finding.good]
        assert len(bad) == 1, how
        assert bad[0].startswith("Audit triggers are missing: audit_"), how
        with storage.engine.begin() as connection:
            audit.make_triggers(connection)
        assert all(finding.good for finding in opening.check(storage)), how


def test_who_acts_is_empty_again_after_every_save(storage: Storage) -> None:
    CallDesk(storage, lambda: NOW).log(a_call())
    with storage.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM acting_person").scalar_one() is None
