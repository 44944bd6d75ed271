"""The schema's age: create, bring up to this version, refuse what is newer; one upgrader at a time.

A local file is upgraded in one transaction, after a backup, with foreign keys off (batch steps drop and rename tables,
and with them on SQLite would empty the tables that refer to those), with the rows of every table counted before and
after and the references checked before anything is kept. A shared database is upgraded by its owner under an advisory
lock, while a row in `maintenance` makes the audit triggers turn away everybody else's writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from ppsdesk import __version__
from ppsdesk.domain.errors import CannotStart, StorageTooNew, WritingPaused
from ppsdesk.domain.starters import Starters
from ppsdesk.storage import audit
from ppsdesk.storage.engine import APPLICATION_ID
from ppsdesk.storage.plain_words import KEPT
from ppsdesk.storage.rows import ActingPersonRow, DataSetRow, MaintenanceRow
from ppsdesk.storage.snippets import SnippetRepository
from ppsdesk.storage.vocabularies import VocabularyRepository
from ppsdesk.storage.work import set_person

HEAD = "0004"
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's error codes, appendix A
# the schema's age, whether the server takes changes, and whether an upgrade was announced that is still alive
_MAY_WRITE = f"""SELECT version_num, current_setting('transaction_read_only'), (
    SELECT CASE WHEN upgrading_by IS NULL THEN false ELSE EXISTS (
        SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database
        WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = {audit.UPGRADE_LOCK}
            AND datname = current_database()
    ) END FROM maintenance
) FROM alembic_version"""  # noqa: S608  # a number of ours
UPGRADING = "The shared database is being upgraded just now, so this was not saved."
READ_ONLY = "The server takes no changes just now (read-only), so this was not saved."
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
ASK = "Nothing was changed. Ask whoever looks after the database to run: python main.py server setup"


def revision(connection: Connection) -> str | None:
    """The schema's age as stored; None where there is no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def known_revisions() -> frozenset[str]:
    """Every age this version of the program can bring up."""
    return frozenset(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def refuse_unknown(found: str | None, name: str) -> None:
    """`StorageTooNew` for a schema of a later program, `CannotStart` for one that was never ours."""
    if found is None or found in known_revisions():
        return
    if not (len(found) == 4 and found.isdecimal() and found > HEAD):
        raise CannotStart(
            f"{name} holds tables of another program (schema {found[:40]}).",
            hint="Nothing was changed. Make an empty database for ppsdesk, or correct the address.",
        )
    raise StorageTooNew(
        f"{name} was made by a later version of ppsdesk (schema {found}; this is {HEAD}).",
        hint="Nothing was changed. Install the newer version on this computer too.",
    )


def refuse_older_program(connection: Connection) -> None:
    """Asked in every transaction that writes to a shared database: somebody may have upgraded it meanwhile.

    An upgrade takes the table asked here for itself alone, so that none can slip in between this and the commit.
    Raises `StorageTooNew`, or `WritingPaused` while the upgrade runs or the server is read-only.
    """
    try:
        found, read_only, upgrading = connection.exec_driver_sql(_MAY_WRITE).one()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise WritingPaused(UPGRADING, hint=KEPT) from error
        raise
    if read_only == "on":
        raise WritingPaused(READ_ONLY, hint=KEPT)
    if upgrading:
        raise WritingPaused(UPGRADING, hint=KEPT)
    if found != HEAD:
        raise StorageTooNew(
            f"The shared database was upgraded (schema {found}; this is {HEAD}), so this was not saved.",
            hint="What you typed is still here, and records can be read on. Install the newer version, then start it.",
        )


def refuse_not_empty(others: Sequence[str]) -> NoReturn:
    """`CannotStart` for a database that holds somebody else's tables."""
    raise CannotStart(
        f"The database is not empty and not ours: it holds “{others[0]}” and {len(others) - 1} other tables.",
        hint="Nothing was changed. Make an empty database for ppsdesk.",
    )


def upgrade_local(engine: Engine, starters: Starters, *, now: datetime, practice: bool = False) -> None:
    """Bring a local file to this version, in one transaction. `engine` has foreign keys off."""
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        found = revision(connection)
        refuse_unknown(found, "The database")
        if found == HEAD:  # another window was faster
            return
        audit.remove_triggers(connection)
        before = _row_counts(connection)
        changed = _run(connection)
        _same_rows(before, _row_counts(connection), changed)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise CannotStart(
                "The database could not be upgraded: some records point to others that are not there.",
                hint="It was left as it was. Send the log to whoever supports you.",
            )
        _finish(connection, starters, now=now, practice=practice)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def upgrade_shared(engine: Engine, starters: Starters, *, person: str, now: datetime) -> bool:
    """Make or upgrade the schema of a shared database, as its owner; False if there was nothing to do.

    Several starting at once: one works, the others wait and find nothing to do.
    """
    with engine.connect() as guard:
        _wait_patiently(guard)
        guard.exec_driver_sql("SELECT pg_advisory_lock(%(key)s)", {"key": audit.UPGRADE_LOCK})
        guard.commit()
        try:
            return _upgrade_shared(engine, starters, person=person, now=now)
        finally:
            with suppress(Exception):  # a lost connection has let go of the lock already
                guard.exec_driver_sql("SELECT pg_advisory_unlock(%(key)s)", {"key": audit.UPGRADE_LOCK})
                guard.commit()


def _upgrade_shared(engine: Engine, starters: Starters, *, person: str, now: datetime) -> bool:
    with engine.connect() as connection:
        found = revision(connection)
        refuse_unknown(found, "The shared database")
        if found is None and (others := inspect(connection).get_table_names()):
            refuse_not_empty(others)
    if found == HEAD:
        _announce(engine, None, now)  # an upgrade that was killed must not lock everybody out
        return False
    if found is not None:
        _announce(engine, person, now)
    try:
        with engine.begin() as connection:
            _wait_patiently(connection)
            if found is not None:
                connection.exec_driver_sql("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
                audit.remove_triggers(connection)
            before = _row_counts(connection)
            changed = _run(connection)
            _same_rows(before, _row_counts(connection), changed)
            connection.execute(MaintenanceRow.__table__.update().values(upgrading_by=None, since=None))  # type: ignore[attr-defined]
            _finish(connection, starters, now=now, practice=False)
    except BaseException:
        if found is not None:
            with suppress(Exception):  # without its lock, gone with the server, the announcement stops nobody
                _announce(engine, None, now)
        raise
    return True


def _wait_patiently(connection: Connection) -> None:
    """An upgrade may take longer than a save ever should, and waits for another upgrader as long as that takes."""
    for limit in ("lock_timeout", "statement_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {limit} = 0")


def _announce(engine: Engine, person: str | None, now: datetime) -> None:
    with engine.begin() as connection:
        since = now if person else None
        connection.execute(MaintenanceRow.__table__.update().values(upgrading_by=person, since=since))  # type: ignore[attr-defined]


def _run(connection: Connection) -> frozenset[str]:
    """Run the missing steps on this connection; the tables whose rows they mean to change."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    start = revision(connection)
    command.upgrade(config, "head")
    steps = ScriptDirectory.from_config(config).iterate_revisions("head", start or "base")
    return frozenset().union(*(step.module.changes_rows for step in steps))


def _finish(connection: Connection, starters: Starters, *, now: datetime, practice: bool) -> None:
    """What every database has, whatever its age when it came: its one-row tables, triggers, starter lists and texts."""
    ones: tuple[tuple[type, dict[str, object]], ...] = (
        (DataSetRow, {"key": uuid4(), "practice": practice, "made_by": __version__, "made_at": now}),
        (MaintenanceRow, {"upgrading_by": None, "since": None}),
        (ActingPersonRow, {"name": None}),
    )
    for row, values in ones:
        table = row.__table__  # type: ignore[attr-defined]
        if connection.execute(select(table.c.id)).first() is None:
            connection.execute(insert(table), {"id": 1, **values})
    audit.make_triggers(connection)
    set_person(connection, f"ppsdesk {__version__}")
    VocabularyRepository(connection).add_missing(starters.terms)
    SnippetRepository(connection).add_missing(starters.snippets)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("UPDATE acting_person SET name = NULL")


def _row_counts(connection: Connection) -> dict[str, int]:
    quote = connection.dialect.identifier_preparer.quote
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {n: connection.exec_driver_sql(f"SELECT count(*) FROM {quote(n)}").scalar_one() for n in names}  # noqa: S608  # names from the catalogue


def _same_rows(before: dict[str, int], after: dict[str, int], meant: frozenset[str]) -> None:
    """An upgrade that loses or doubles rows nobody meant it to is undone."""
    for name, count in before.items():
        if name not in meant and after.get(name) != count:
            raise CannotStart(
                f"The database could not be upgraded: “{name}” would go from {count} to {after.get(name, 0)} records.",
                hint="It was left as it was. Send the log to whoever supports you.",
            )
