"""Opening, making and checking a database: what is found there decides, and is said in one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import URL, Connection, Engine, inspect, make_url, select
from sqlalchemy.exc import ArgumentError

from ppsdesk.domain.errors import CannotStart, Refused, StorageUnavailable
from ppsdesk.domain.places import Finding, Whereabouts
from ppsdesk.domain.rights import Action, Subject, may
from ppsdesk.domain.starters import Starters
from ppsdesk.domain.words import count_of
from ppsdesk.storage import audit, backup, engine, schema, server
from ppsdesk.storage.rows import CallRow, DataSetRow, MaintenanceRow
from ppsdesk.storage.work import Storage, plain_errors

if TYPE_CHECKING:
    from ppsdesk.storage.listening import Listening

MAKING = ".new-"  # between a file's name and a random part while it is being made
ADDRESS_HINT = "Write it as postgresql://name@server/database."
NOT_REACHED = "Nothing was changed. Check the address and the network, then start again."
SECRETS = frozenset({"password", "sslpassword"})


def open_local(
    path: Path, starters: Starters, *, person: str, backups: Path, now: datetime, practice: bool = False
) -> Storage:
    """Open this computer's file; make it if there is none, bring it up to this version if it is older.

    Raises `CannotStart` with one sentence for anything that is not a sound database of ours.
    """
    with plain_errors(), _plain_disk_errors(path):
        if not path.exists():
            _make_local(path, starters, now=now, practice=practice)
        _refuse_no_file(path)
        _clear_unfinished(path)
        _upgrade_if_older(path, starters, backups=backups, now=now)
        opened = engine.local(path)
        try:
            _can_write(opened)
        except BaseException:
            opened.dispose()
            raise
    return Storage(opened, person=person, still_there=_Place(path).check)


@contextmanager
def _plain_disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotStart(
            f"The database file {path.name} cannot be opened: {(error.strerror or str(error)).lower()}.",
            hint="Nothing was changed. Check that you may read and write in its folder.",
        ) from error


def _refuse_no_file(path: Path) -> None:
    if path.is_dir():
        raise CannotStart(f"“{path.name}” is a folder, not a database file.", hint="Nothing was changed.")
    if not path.is_file():  # opening a pipe would wait for ever
        raise CannotStart(
            f"“{path.name}” is not an ordinary file.", hint="Nothing was changed. Choose another with --data-dir."
        )
    if path.stat().st_size == 0:
        raise CannotStart(
            f"The database file {path.name} is empty (0 bytes), so it was not used.",
            hint="Restore the newest file from the backups folder, or remove it to begin anew.",
        )


class _Place:
    """Whether the open file is still the one under its name: saves into a file that was moved away are lost."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = self._now()

    def check(self) -> None:
        """`CannotStart` when the file was removed, or another one put in its place."""
        if self._now() != self._file:
            raise CannotStart(
                f"The database file {self._path.name} was moved or replaced while the program had it open.",
                hint="What was saved before is in the file that was moved. Close the program and start it again.",
            )

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _make_local(path: Path, starters: Starters, *, now: datetime, practice: bool) -> None:
    """Made whole under another name first: a file of ours is never half a database."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotStart(
            f"The folder {path.parent.name} cannot be made.", hint="Choose another place with --data-dir."
        ) from error
    half = path.with_name(f"{path.name}{MAKING}{uuid4().hex[:12]}")
    half.touch(mode=0o600)
    making = engine.local(half, foreign_keys=False)
    try:
        schema.upgrade_local(making, starters, now=now, practice=practice)
        making.dispose()
        _name(half, path)
        backup.sync_folder(path.parent)
    finally:
        making.dispose()
        for leftover in path.parent.glob(f"{half.name}*"):
            leftover.unlink()


def _clear_unfinished(path: Path) -> None:
    """What a start that was killed left: half a file, or a second name for the finished one."""
    for leftover in path.parent.glob(f"{path.name}{MAKING}*"):
        with suppress(OSError):
            if leftover.samefile(path):
                leftover.unlink()
    backup.clear_leftovers(path.parent, f"{path.name}{MAKING}*")


def _name(half: Path, path: Path) -> None:
    """Give the finished file its name: never, as a rename would, over one that another window has just made."""
    try:
        os.link(half, path)
    except FileExistsError:
        return
    except OSError:  # a memory stick knows no second names
        if not path.exists():
            half.rename(path)


def look_at_local(path: Path) -> bool:
    """Whether there is a file on this computer, without opening or changing it.

    Raises `CannotStart` or `StorageTooNew`, as `open_local` would, for one that cannot be used.
    """
    with plain_errors(), _plain_disk_errors(path):
        if not path.exists():
            return False
        _refuse_no_file(path)
        _age(path)
    return True


def _upgrade_if_older(path: Path, starters: Starters, *, backups: Path, now: datetime) -> None:
    """Looked at before any setting is touched: another program's file, or a later version's, stays exactly as it is."""
    if _age(path) != schema.HEAD:
        backup.make(path, backups, reason="before-upgrade", now=now)
        upgrading = engine.local(path, foreign_keys=False)
        try:
            schema.upgrade_local(upgrading, starters, now=now)
        finally:
            upgrading.dispose()


def _age(path: Path) -> str:
    """The age of the schema of a file of ours; refused for any other."""
    mark, found = engine.first_look(path)
    if mark != engine.APPLICATION_ID:
        raise CannotStart(
            f"The file {path.name} is a database of another program.",
            hint="Nothing was changed. Choose another folder with --data-dir.",
        )
    schema.refuse_unknown(found, f"The database {path.name}")
    if found is None:
        raise CannotStart(
            f"The database file {path.name} is damaged: it does not say which version it is of.",
            hint="Nothing was changed. Restore the newest file from the backups folder beside it.",
        )
    return found


def _can_write(opened: Engine) -> None:
    """Write once and take it back: a read-only file says so now, not at the first call. The lock alone says nothing."""
    with engine.for_writing(opened).connect() as connection:
        connection.exec_driver_sql("UPDATE acting_person SET name = NULL")
        connection.rollback()


def read_address(text: str) -> URL:
    """The address of a shared database. Refused when it is none, or carries a password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise Refused("This is not the address of a database.", hint=ADDRESS_HINT) from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg") or not url.database:
        raise Refused(f"“{text}” is not the address of a shared database.", hint=ADDRESS_HINT)
    if url.password is not None or SECRETS & url.query.keys():
        raise Refused(
            "An address must not carry a password, as other people on this computer could read it.",
            hint="Leave it out; it is asked for, or taken from the keyring or the variable PPSDESK_PASSWORD.",
        )
    return url.set(drivername="postgresql")


def open_shared(url: URL, password: str | None, listening: Listening | None = None) -> Storage:
    """Sign in to a shared database as yourself. Raises `CannotStart` where there is no schema, or not this one."""
    opened = engine.shared(url.set(password=password), listening)
    try:
        with _reaching(), opened.connect() as connection:
            person = connection.exec_driver_sql("SELECT session_user").scalar_one()
            refuse_another_age(connection)
            connection.execute(select(DataSetRow.id))  # a login may be let in and still have no right to anything
            role = server.role_of(connection, url.database or "")
    except BaseException:
        opened.dispose()
        raise
    return Storage(opened, person=person, may_write=schema.refuse_older_program, role=role)


def refuse_another_age(connection: Connection) -> None:
    """`CannotStart` for a shared database without our tables or with older ones, `StorageTooNew` for newer ones."""
    found = schema.revision(connection)
    schema.refuse_unknown(found, "The shared database")
    if found != schema.HEAD:
        older = "is of an older version" if found else "has no ppsdesk tables yet"
        raise CannotStart(f"The shared database {older}.", hint=schema.ASK)


@contextmanager
def _reaching() -> Iterator[None]:
    """Nothing was typed yet, so the usual comfort that it is kept would puzzle."""
    try:
        with plain_errors():
            yield
    except StorageUnavailable as error:
        message = error.message.replace(", so this was not saved.", ".")
        raise StorageUnavailable(message, hint=NOT_REACHED) from error


def create_shared(url: URL, password: str | None, starters: Starters, *, now: datetime) -> bool:
    """Make the schema of an empty shared database as its owner; False when it is there.

    `CannotStart` for an older one: with the tables its roles and rights are renewed, by `server.set_up` alone.
    """
    opened = engine.shared(url.set(password=password))
    try:
        with _reaching():
            with opened.connect() as connection:
                found = schema.revision(connection)
            schema.refuse_unknown(found, "The shared database")
            if found not in (None, schema.HEAD):
                raise CannotStart("The shared database is of an older version.", hint=schema.ASK)
            return schema.upgrade_shared(opened, starters, person=url.username or "the owner", now=now)
    finally:
        opened.dispose()


def whereabouts(storage: Storage, path: Path | None, url: URL | None) -> Whereabouts:
    """What the status line says about this database."""
    with plain_errors(), storage.engine.connect() as connection:
        practice = bool(connection.execute(select(DataSetRow.practice)).scalar())
    if path is not None:
        return Whereabouts(words=f"Local file {path.name}", path=path, practice=practice)
    assert url is not None
    return Whereabouts(words=f"Shared database {url.database} on {url.host or 'this computer'}", practice=practice)


def data_set(storage: Storage) -> UUID:
    """The key of this database, by which what is kept elsewhere knows that it belongs here."""
    with plain_errors(), storage.engine.connect() as connection:
        return connection.execute(select(DataSetRow.key)).scalar_one()


def mark_practice(storage: Storage) -> None:
    """Say for good that this database holds invented people only."""
    with storage.writing() as work:
        work.mark_practice()
        work.commit()


def check(storage: Storage) -> tuple[Finding, ...]:
    """Everything that can be verified from here; the first line says what was opened."""
    with plain_errors(), storage.engine.connect() as connection:
        found = _check_local(connection) if connection.dialect.name == "sqlite" else _check_shared(connection)
        gone = audit.missing_triggers(connection)
        counted = _counted(connection) if may(storage.role, Subject.CALLS, Action.PART) else ()
        return (
            *found,
            Finding(good=True, words=f"Schema {schema.revision(connection)}, as this version needs it."),
            Finding(
                good=not gone,
                words="The audit trail is on." if not gone else f"Audit triggers are missing: {', '.join(gone)}.",
            ),
            *counted,
        )


def _counted(connection: Connection) -> tuple[Finding, ...]:
    calls = connection.exec_driver_sql("SELECT count(*) FROM call WHERE removed_at IS NULL").scalar_one()
    return (Finding(good=True, words=f"{count_of(calls, 'call')} on record."),)


def _check_local(connection: Connection) -> list[Finding]:
    said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    return [
        Finding(good=True, words=f"SQLite {version}, journal {journal}, every save waits for the disk."),
        Finding(
            good=said == ["ok"], words="The file is sound." if said == ["ok"] else f"The file is damaged: {said[0]}."
        ),
        Finding(
            good=not loose,
            words="All records fit together." if not loose else f"{len(loose)} records point to nothing.",
        ),
    ]


def _check_shared(connection: Connection) -> list[Finding]:
    version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    person = connection.exec_driver_sql("SELECT session_user").scalar_one()
    upgrading = connection.execute(select(MaintenanceRow.upgrading_by)).scalar()
    wanted = set(CallRow.metadata.tables)
    missing = wanted - set(inspect(connection).get_table_names())
    return [
        Finding(good=True, words=f"PostgreSQL {version}, signed in as {person}."),
        Finding(
            good=not missing,
            words="All tables are there." if not missing else f"Missing: {', '.join(sorted(missing))}.",
        ),
        Finding(
            good=not upgrading, words="Nobody is upgrading it." if not upgrading else f"{upgrading} is upgrading it."
        ),
    ]


def copy_of(path: Path, folder: Path, *, now: datetime, reason: str) -> Path:
    """A checked backup of the local file."""
    with plain_errors():
        return backup.make(path, folder, reason=reason, now=now)
