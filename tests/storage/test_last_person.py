"""Who changed a record last: told by one row of the trail, the same that its whole history ends with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, insert

from ppsdesk.assembly import Services
from ppsdesk.domain.calls import facts_of
from ppsdesk.domain.codes import AttemptResult, StepKind
from ppsdesk.domain.errors import Conflict
from ppsdesk.domain.steps import NewStep
from ppsdesk.storage import audit
from ppsdesk.storage.work import Storage
from tests.builders import NOW, TODAY, a_call
from tests.conftest import DATABASES, PERSON

TABLES = ("next_step", "step_attempt")
LONG = 3_000
Made = tuple[str, int, str]  # table, record, person

changes = st.lists(
    st.tuples(st.sampled_from((*TABLES, "call")), st.integers(1, 3), st.sampled_from(("hana", "tamsin", "żółć"))),
    max_size=40,
)


def put_on_trail(connection: Connection, made: Iterable[Made]) -> None:
    """As if these had changed those records, one after the other."""
    rows = [
        {"at": NOW, "person": person, "action": "update", "table_name": table, "record_id": record}
        for table, record, person in made
    ]
    if rows:
        connection.execute(insert(audit.Base.metadata.tables["audit_entry"]), rows)


@pytest.mark.parametrize("tables", [TABLES, TABLES[:1], ("call",)])
@settings(max_examples=25)
@given(made=changes)
def test_it_is_whoever_the_whole_history_ends_with(storage: Storage, tables: tuple[str, ...], made: list[Made]) -> None:
    with storage.engine.connect() as connection:  # every example is taken back again
        put_on_trail(connection, made)
        for record in range(1, 5):
            whole = audit.history(connection, tables, record)
            last = whole[-1].person if whole else None
            assert audit.last_person(connection, tables, record) == last


def read_by(connection: Connection, record: int) -> tuple[list[Any], dict[str, Any]]:
    """The rows that come from the database when one asks who it was, and the server's plan of it; {} of a file."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_others: Any) -> None:
        said.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    audit.last_person(connection, TABLES, record)
    event.remove(connection, "before_cursor_execute", note)
    [(statement, values)] = said
    assert "audit_value" not in statement  # what was changed is nobody's question here
    rows = connection.exec_driver_sql(statement, values).all()
    if connection.dialect.name == "sqlite":
        return list(rows), {}
    plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()
    return list(rows), (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def steps_of_work(connection: Connection, record: int) -> int:
    """How many steps a local file's machine takes to answer."""
    driver: Any = connection.connection.driver_connection
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    driver.set_progress_handler(step, 1)
    try:
        audit.last_person(connection, TABLES, record)
    finally:
        driver.set_progress_handler(None, 1)
    return taken


def parts_of(plan: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Every part of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from parts_of(part)


def test_of_a_long_history_one_row_is_read(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        put_on_trail(connection, [("next_step", 1, "tamsin"), ("step_attempt", 2, "tamsin")])
        put_on_trail(connection, [(TABLES[n % 2], 1, f"somebody {n}") for n in range(LONG)])
        put_on_trail(connection, [("next_step", 3 + n, "hana") for n in range(LONG)])
        rows, _ = read_by(connection, 1)
        assert [row[0] for row in rows] == [f"somebody {LONG - 1}"]


@pytest.mark.parametrize("make_storage", DATABASES[:1], indirect=True)
def test_a_local_file_takes_no_more_steps_for_a_long_history_than_for_a_short_one(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        put_on_trail(connection, [(table, 2, "tamsin") for table in TABLES])
        put_on_trail(connection, [(TABLES[n % 2], 1, "hana") for n in range(LONG)])
        short, long = (steps_of_work(connection, record) for record in (2, 1))
        assert 0 < long <= short + 10


@pytest.mark.parametrize("make_storage", DATABASES[1:], indirect=True)
def test_a_server_looks_at_no_entry_of_another_record(storage: Storage) -> None:
    often = 30  # so many that it might begin at the end of the whole trail, hoping to meet one of them soon
    with storage.engine.connect() as connection:
        put_on_trail(connection, [(table, 1, "tamsin") for table in TABLES for _ in range(often)])
        put_on_trail(connection, [("step_attempt", 1, "hana")])
        put_on_trail(connection, [(TABLES[n % 2], 2 + n, "hana") for n in range(LONG)])
        connection.exec_driver_sql("ANALYZE audit_entry")
        rows, plan = read_by(connection, 1)
        assert [row[0] for row in rows] == ["hana"]
        scans = [part for part in parts_of(plan) if part["Node Type"].endswith("Scan") and "Index Name" in part]
        assert {part["Index Name"] for part in scans} == {"ix_audit_entry_record"}
        assert sum(part["Actual Rows"] for part in scans) == 2 * often + 1
        assert not any(part.get("Rows Removed by Filter") for part in parts_of(plan))


def changed_by_tamsin(storage: Storage, table: str, record: int) -> None:
    with storage.engine.begin() as connection:
        put_on_trail(connection, [(table, record, PERSON)] * 200 + [(table, record, "tamsin")])


def test_whoever_comes_second_is_told_who_changed_the_call_last(storage: Storage, desk: Services) -> None:
    call = desk.calls.get(desk.calls.log(a_call()).value)
    desk.calls.amend(call.id, call.version, replace(facts_of(call), notes="Rang again"))
    changed_by_tamsin(storage, "call", call.id)
    with pytest.raises(Conflict, match=r"^tamsin changed this call"):
        desk.calls.amend(call.id, call.version, replace(facts_of(call), notes="Rang twice"))


@pytest.mark.parametrize("table", TABLES)
def test_whoever_comes_second_is_told_who_changed_the_step_or_tried_last(
    storage: Storage, desk: Services, table: str
) -> None:
    new = NewStep(key=uuid4(), kind=StepKind.CALL_BACK, due_on=TODAY, owner=PERSON, phone="07700 900123")
    step = desk.steps.add(new).value
    desk.steps.attempt(step.key, step.version, AttemptResult.NO_ANSWER, "")
    desk.steps.amend(step.key, step.version, replace(new, due_on=date(2026, 11, 23)))
    changed_by_tamsin(storage, table, step.id)
    with pytest.raises(Conflict, match=r"^tamsin changed this next step"):
        desk.steps.amend(step.key, step.version, replace(new, due_on=date(2026, 11, 24)))
