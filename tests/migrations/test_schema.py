"""The schema a new database gets is the one the program expects, on both databases."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import engine, opening, schema
from ppsdesk.storage.base import Base
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.builders import NOW
from tests.conftest import PERSON


def test_upgrading_makes_exactly_the_tables_the_program_declares(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_sees_a_column_that_is_too_many(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE call ADD COLUMN mood VARCHAR(20)")
    with storage.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [step[0] for step in compare_metadata(context, Base.metadata)] == ["remove_column"]


def test_the_head_that_is_written_down_is_the_last_step_there_is() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    steps = ScriptDirectory.from_config(config)
    assert steps.get_heads() == [schema.HEAD]
    assert {step.revision for step in steps.walk_revisions()} == schema.known_revisions()


def test_every_step_stands_alone_and_says_whose_rows_it_changes() -> None:
    for step in (schema.MIGRATIONS / "versions").glob("[0-9]*.py"):
        text = step.read_text(encoding="utf-8")
        assert "ppsdesk" not in text
        assert "changes_rows" in text


def test_opening_again_changes_nothing(local_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "ppsdesk.db"
    path.write_bytes(local_template.read_bytes())
    opening.open_local(path, starters(), person=PERSON, backups=tmp_path / "backups", now=NOW).close()
    again = engine.local(path, foreign_keys=False)
    schema.upgrade_local(again, starters(), now=NOW)
    again.dispose()
    assert path.read_bytes() == local_template.read_bytes()
    assert not (tmp_path / "backups").exists()


def test_making_a_shared_schema_again_changes_nothing(server: postgres.Server, shared_template: str) -> None:
    with server.database(owner=PERSON, template=shared_template) as name:
        url = opening.read_address(server.address(name, PERSON))
        question = "SELECT count(*), max(id) FROM audit_entry"
        with server.connect(name) as connection:
            before = connection.execute(question).fetchone()
        assert opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW) is False
        with server.connect(name) as connection:
            assert connection.execute(question).fetchone() == before


def test_of_four_that_start_at_once_one_makes_the_schema_and_the_others_find_it(server: postgres.Server) -> None:
    answers: list[bool | BaseException] = []
    begin = threading.Barrier(4)

    def start(address: str) -> None:
        begin.wait(30)
        try:
            answers.append(opening.create_shared(opening.read_address(address), postgres.PASSWORD, starters(), now=NOW))
        except BaseException as fault:  # noqa: BLE001  # reported by the test, in its own thread
            answers.append(fault)

    with server.database(owner=PERSON) as name:
        windows = [threading.Thread(target=start, args=(server.address(name, PERSON),)) for _ in range(4)]
        for window in windows:
            window.start()
        for window in windows:
            window.join(60)
        assert sorted(answers, key=str) == [False, False, False, True]
        storage = opening.open_shared(opening.read_address(server.address(name, PERSON)), postgres.PASSWORD)
        assert all(finding.good for finding in opening.check(storage))
        storage.close()


def test_a_second_upgrader_waits_for_the_first_however_long_that_takes(
    server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every other wait on a shared server ends after seconds; this one must not."""
    limits: list[str] = []
    patient = schema._wait_patiently

    def note(connection) -> None:
        patient(connection)
        limits.extend(
            connection.exec_driver_sql(f"SHOW {limit}").scalar_one() for limit in ("lock_timeout", "statement_timeout")
        )

    monkeypatch.setattr(schema, "_wait_patiently", note)
    with server.database(owner=PERSON) as name:
        url = opening.read_address(server.address(name, PERSON))
        opening.create_shared(url, postgres.PASSWORD, starters(), now=NOW)
    assert limits == ["0"] * 4
