"""An upgrade moves everything or nothing: rows, references, triggers, whatever the step does and wherever it stops."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, inspect

from ppsdesk.domain.errors import CannotStart
from ppsdesk.services.practice import Practice
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import audit, engine, opening, schema
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.conftest import PERSON
from tests.migrations.conftest import LATER, REBUILD, LaterVersion
from tests.migrations.conftest import NOW as BEFORE

Content = dict[str, list[Any]]
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
IN_SHORT = 4  # with `--brief` only every fourth statement is stopped before
SEEDED = ("term", "audit_entry", "audit_value")  # each version brings entries of its own lists


@pytest.fixture(scope="module")
def full_template(local_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed local file with 60 practice calls."""
    path = tmp_path_factory.mktemp("full") / "ppsdesk.db"
    shutil.copy(local_template, path)
    storage = _open(path)
    Practice(storage, lambda: NOW).fill(years=1, calls_per_year=60)
    storage.close()
    return path


@pytest.fixture
def file(full_template: Path, tmp_path: Path) -> Path:
    """That file, to be upgraded."""
    path = tmp_path / "desk" / "ppsdesk.db"
    path.parent.mkdir()
    shutil.copy(full_template, path)
    return path


@pytest.fixture
def shared(server: postgres.Server, shared_template: str) -> Iterator[str]:
    """The address of a shared database with 60 practice calls."""
    with server.database(owner=PERSON, template=shared_template) as name:
        storage = opening.open_shared(opening.read_address(server.address(name, PERSON)), postgres.PASSWORD)
        Practice(storage, lambda: NOW).fill(years=1, calls_per_year=60)
        storage.close()
        yield server.address(name, PERSON)


def _open(path: Path) -> Storage:
    return opening.open_local(path, starters(), person=PERSON, backups=path.parent / "backups", now=NOW)


def _content(storage_engine: Any) -> Content:
    """Every row of every table but the version's own."""
    found: Content = {}
    with storage_engine.connect() as connection:
        for name in audit.Base.metadata.tables:
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            found[name] = sorted(map(repr, rows))
    return found


def _content_of(path: Path) -> Content:
    looked_at = engine.local(path)
    try:
        return _content(looked_at)
    finally:
        looked_at.dispose()


def _version(path: Path) -> str | None:
    return engine.first_look(path)[1]


def test_rebuilding_tables_loses_no_row_and_brings_the_trail_back(file: Path, later_version: LaterVersion) -> None:
    before = _content_of(file)
    assert len(before["call_topic"]) > 60
    later_version(REBUILD)
    storage = _open(file)
    assert _content(storage.engine) == before
    assert _version(file) == LATER
    assert all(finding.good for finding in opening.check(storage))
    storage.close()


def test_with_foreign_keys_on_the_same_step_empties_the_topics(file: Path, later_version: LaterVersion) -> None:
    """The trap itself: if this ever fails, the protection against it has become needless."""
    later_version(REBUILD)
    careless = engine.local(file, foreign_keys=True)
    with careless.begin() as connection:  # these stand in its way by refusing, which would hide it
        for table in ("step_attempt", "next_step"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    with pytest.raises(CannotStart, match=r"“call_advice”.* 0\b") as refused:
        schema.upgrade_local(careless, starters(), now=NOW)
    careless.dispose()
    assert "left as it was" in refused.value.hint


def test_a_backup_is_made_before_and_holds_the_old_schema(file: Path, later_version: LaterVersion) -> None:
    before = _content_of(file)
    later_version(REBUILD)
    _open(file).close()
    [backup] = (file.parent / "backups").glob("*.db")
    assert "before-upgrade" in backup.name
    assert _version(backup) == BEFORE
    assert _content_of(backup) == before


def test_without_a_backup_there_is_no_upgrade(file: Path, later_version: LaterVersion) -> None:
    (file.parent / "backups").write_text("a file where the folder should be")
    before = file.read_bytes()
    later_version(REBUILD)
    with pytest.raises(Exception, match="No backup could be made"):
        _open(file)
    assert file.read_bytes() == before


LOSING = {
    "rows": 'op.execute("DELETE FROM call WHERE id % 2 = 0")',
    "a table": 'op.drop_table("call_stage")',
    "children": 'op.execute("DELETE FROM call_topic")',
    "doubled rows": (
        'op.execute("INSERT INTO call_stage SELECT call_id, term_id + 1, 9 FROM call_stage WHERE position = 0")'
    ),
}


@pytest.mark.parametrize("loss", LOSING)
def test_a_step_that_loses_rows_it_did_not_declare_is_undone(
    file: Path, later_version: LaterVersion, loss: str
) -> None:
    before = _content_of(file)
    later_version(LOSING[loss])
    with pytest.raises(CannotStart, match="could not be upgraded"):
        _open(file)
    assert _version(file) == BEFORE
    assert _content_of(file) == before


def test_a_step_that_leaves_loose_ends_is_undone_even_where_it_declared_them(
    file: Path, later_version: LaterVersion
) -> None:
    before = _content_of(file)
    later_version('op.execute("DELETE FROM call WHERE id = 1")', changes=("call",))
    with pytest.raises(CannotStart, match="point to others that are not there"):
        _open(file)
    assert _content_of(file) == before


def test_a_step_may_take_out_rows_it_declared(file: Path, later_version: LaterVersion) -> None:
    later_version('op.execute("DELETE FROM call_stage")', changes=("call_stage",))
    _open(file).close()
    assert _content_of(file)["call_stage"] == []


class Stopped(Exception):
    """The power went, between two statements."""


def test_stopped_before_any_of_its_statements_an_upgrade_leaves_the_old_schema_whole(
    full_template: Path, tmp_path: Path, later_version: LaterVersion, whole: bool
) -> None:
    later_version(REBUILD)
    before = _content_of(full_template)
    stops, step = 0, 1 if whole else IN_SHORT
    for number in range(1, 1_000, step):
        path = tmp_path / f"{number}.db"
        shutil.copy(full_template, path)
        if _upgraded_in(path, number):
            break
        stops += 1
        assert _version(path) == BEFORE
        if stops % 10 == 1:
            assert _content_of(path) == before
            _open(path).close()
            assert _content_of(path) == before
    assert stops * step > 50
    assert _version(path) == LATER
    assert _content_of(path) == before
    print(f"stopped before {stops} statements that change anything, {step} apart")


def test_stopped_anywhere_on_the_way_from_the_first_schema_it_is_still_the_first(tmp_path: Path, whole: bool) -> None:
    sample = SAMPLES / "ppsdesk-0001.db"
    first = engine.first_look(sample)[1]
    tables = _tables(sample)
    stops, step = 0, 1 if whole else IN_SHORT
    for number in range(1, 1_000, step):
        path = tmp_path / f"{number}.db"
        shutil.copy(sample, path)
        if _upgraded_in(path, number):
            break
        stops += 1
        assert _version(path) == first
        if stops % 10 == 1:
            assert _tables(path) == tables
    assert stops * step > 50
    assert _version(path) == BEFORE
    after = _tables(path)
    assert {name: after[name] for name in tables if name not in SEEDED} == {
        name: count for name, count in tables.items() if name not in SEEDED
    }


def _tables(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    looked_at = engine.local(path)
    try:
        with looked_at.connect() as connection:
            names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
            return {n: connection.exec_driver_sql(f'SELECT count(*) FROM "{n}"').scalar_one() for n in names}
    finally:
        looked_at.dispose()


def _upgraded_in(path: Path, statements: int) -> bool:
    """Upgrade, but stop before the n-th statement that changes anything; whether it was finished before that."""
    making = engine.local(path, foreign_keys=False)
    said = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        nonlocal said
        said += not statement.lstrip().startswith(("SELECT", "PRAGMA"))
        if said >= statements:  # nothing works any more after that
            raise Stopped

    event.listen(making, "before_cursor_execute", count)
    try:
        schema.upgrade_local(making, starters(), now=NOW)
    except Stopped:
        return False
    finally:
        making.dispose()
    return True


def _shared_content(address: str) -> tuple[Content, str | None]:
    looked_at = engine.shared(opening.read_address(address).set(password=postgres.PASSWORD))
    try:
        with looked_at.connect() as connection:
            version = schema.revision(connection)
        return _content(looked_at), version
    finally:
        looked_at.dispose()


def _upgrade_shared(address: str) -> bool:
    owning = engine.shared(opening.read_address(address).set(password=postgres.PASSWORD))
    try:
        return schema.upgrade_shared(owning, starters(), person="the owner", now=NOW)
    finally:
        owning.dispose()


def test_a_shared_database_is_upgraded_with_every_row_and_trigger(shared: str, later_version: LaterVersion) -> None:
    before, _ = _shared_content(shared)
    later_version(REBUILD)
    assert _upgrade_shared(shared) is True
    after, version = _shared_content(shared)
    assert version == LATER
    assert {name: rows for name, rows in after.items() if name not in ("audit_entry", "audit_value")} == {
        name: rows for name, rows in before.items() if name not in ("audit_entry", "audit_value")
    }
    storage = opening.open_shared(opening.read_address(shared), postgres.PASSWORD)
    assert all(finding.good for finding in opening.check(storage))
    storage.close()


def test_a_step_that_loses_rows_of_a_shared_database_is_undone(shared: str, later_version: LaterVersion) -> None:
    before, _ = _shared_content(shared)
    later_version(LOSING["children"])
    with pytest.raises(CannotStart, match="could not be upgraded"):
        _upgrade_shared(shared)
    assert _shared_content(shared) == (before, BEFORE)


def test_an_older_shared_schema_is_not_worked_with(shared: str, later_version: LaterVersion) -> None:
    later_version(REBUILD)
    with pytest.raises(CannotStart, match="is of an older version") as refused:
        opening.open_shared(opening.read_address(shared), postgres.PASSWORD)
    assert "server setup" in refused.value.hint
    with pytest.raises(CannotStart, match="is of an older version") as refused:
        opening.create_shared(opening.read_address(shared), postgres.PASSWORD, starters(), now=NOW)
    assert "server setup" in refused.value.hint
