"""From the second schema on a stage is a child's: of one child it goes to that child, else nobody knows whose it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import engine, opening, schema
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.conftest import DATABASES, PERSON

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "ppsdesk-0002.db"
# by what the call says in its notes: how many children on record, and the stages it names, in their order
CALLS = {"one child": (1, ("SENSUP",)), "one child, two stages": (1, ("EHCNA_REQ", "SENSUP")),
         "two children": (2, ("SENSUP", "EHCNA_REQ")), "none": (0, ("SENSUP",)), "no stage": (1, ())}  # fmt: skip
FILLERS: dict[type, Any] = {str: "", int: 1, bool: False, date: NOW.date(), datetime: NOW, UUID: None}


class Before:
    """Tables as they were then, read from the database itself."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._tables = sa.MetaData()
        self._tables.reflect(connection)

    def add(self, name: str, **values: object) -> int:
        """A row with these values, and something in every other column that must have one; its id."""
        table = self._tables.tables[name]
        row = dict(values)
        for column in table.columns:
            if column.name not in row and not column.nullable and column.name != "id" and column.server_default is None:
                row[column.name] = _filler(column)
        found = self._connection.execute(sa.insert(table).values(row))
        return int(found.inserted_primary_key[0]) if found.inserted_primary_key else 0

    def term(self, vocabulary: str, code: str) -> int:
        """The number of that entry of a list, put there if need be."""
        term = self._tables.tables["term"]
        wanted = (term.c.vocabulary == vocabulary, term.c.code == code)
        found = self._connection.execute(sa.select(term.c.id).where(*wanted)).scalar()
        return found or self.add("term", vocabulary=vocabulary, code=code, label=code)


def _filler(column: sa.Column[Any]) -> object:
    if column.name == "key":
        return uuid4().hex if isinstance(column.type, sa.CHAR) else uuid4()
    if column.name == "kind":
        return "child"
    if column.name.endswith("_at") and column.type.python_type is str:
        return f"{NOW:%Y-%m-%dT%H:%M:%S.%fZ}"
    return FILLERS[column.type.python_type]


def _write_down(connection: sa.Connection) -> None:
    then = Before(connection)
    line, kind = then.term("line", "central"), then.term("caller_kind", "PARENT")
    children = [then.add("person", given_names=name) for name in ("Tom", "Ella")]
    for notes, (about, stages) in CALLS.items():
        call = then.add("call", notes=notes, direction="in", line_id=line, caller_kind_id=kind)
        for place, child in enumerate(children[:about]):
            then.add("call_child", call_id=call, person_id=child, position=place)
        for place, code in enumerate(stages):
            then.add("call_stage", call_id=call, term_id=then.term("stage", code), position=place)


@pytest.fixture(params=DATABASES)
def upgraded(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """A database of the second schema with those calls, brought to this version."""
    if request.param == "sqlite":
        path = tmp_path / "ppsdesk.db"
        shutil.copy(SAMPLE, path)
        old = engine.local(path)
        with old.begin() as connection:
            _write_down(connection)
        old.dispose()
        storage = opening.open_local(path, starters(), person=PERSON, backups=tmp_path / "backups", now=NOW)
        yield storage
        storage.close()
        return
    server: postgres.Server = request.getfixturevalue("server")
    with server.database(owner=PERSON) as name:
        url = opening.read_address(server.address(name, PERSON))
        old = engine.shared(url.set(password=postgres.PASSWORD))
        with monkeypatch.context() as earlier, old.begin() as connection:
            earlier.setattr(schema, "MIGRATIONS", _until("0002", tmp_path))
            schema._run(connection)
            _write_down(connection)
        schema.upgrade_shared(old, starters(), person=PERSON, now=NOW)
        old.dispose()
        storage = opening.open_shared(url, postgres.PASSWORD)
        yield storage
        storage.close()


def _until(last: str, folder: Path) -> Path:
    """The steps as an earlier version of the program had them."""
    steps = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (steps / "versions").glob("[0-9]*.py"):
        if path.name[:4] > last:
            path.unlink()
    return steps


def test_a_stage_goes_to_the_only_child_of_its_call_and_to_nobody_else(upgraded: Storage) -> None:
    found: dict[str, tuple[list[tuple[str, str]], tuple[str, ...]]] = {}
    with upgraded.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, notes FROM call").all()
    with upgraded.reading() as work:
        for number, notes in rows:
            if notes in CALLS:
                call = work.calls.get(number)
                people = work.people.get_many(call.children)
                of = [(people[one.child].given_names, str(one.stage)) for one in call.child_stages]
                found[notes] = (of, call.stages)
    assert found == {
        "one child": ([("Tom", "SENSUP")], ()),
        "one child, two stages": ([("Tom", "EHCNA_REQ"), ("Tom", "SENSUP")], ()),
        "two children": ([], ("SENSUP", "EHCNA_REQ")),
        "none": ([], ("SENSUP",)),
        "no stage": ([], ()),
    }


def test_no_stage_is_lost_or_doubled_and_the_trail_begins_after_it(upgraded: Storage) -> None:
    with upgraded.engine.connect() as connection:
        counts = {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in ("call_stage", "call_child_stage")
        }
        trail = "SELECT count(*) FROM audit_entry WHERE table_name = 'call_child_stage'"
        assert connection.exec_driver_sql(trail).scalar_one() == 0
    named = sum(len(stages) for _, stages in CALLS.values())
    sample = _stages_in_sample() if upgraded.engine.dialect.name == "sqlite" else 0
    assert sum(counts.values()) == named + sample
    assert counts["call_child_stage"] == 3
    assert all(finding.good for finding in opening.check(upgraded))


def _stages_in_sample() -> int:
    looked_at = engine.local(SAMPLE)
    try:
        with looked_at.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM call_stage").scalar_one())
    finally:
        looked_at.dispose()
