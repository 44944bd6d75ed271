"""What drivers throw, in words a person at the desk can use. The only place that knows driver exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ppsdesk.domain.errors import (
    STILL_HERE,
    CannotStart,
    Conflict,
    DeskError,
    SignInRefused,
    StorageUnavailable,
    WritingPaused,
)

KEPT = STILL_HERE
RESTORE = "Nothing was changed. Restore the newest file from the backups folder beside it."

# part of the driver's message in lower case, what happened, what to do
_LOCAL: tuple[tuple[str, type[DeskError], str, str], ...] = (
    ("file is not a database", CannotStart, "The file is not a ppsdesk database, or it is damaged at its start.",
     "Nothing was changed. Restore the newest file from the backups folder beside it."),
    ("malformed", CannotStart, "The database file is damaged.",
     "Nothing more was written. Restore the newest file from the backups folder beside it."),
    ("readonly database", CannotStart, "The database cannot be written: the file or its folder is read-only.",
     "Nothing was changed. Ask for the right to write there, or choose another folder with --data-dir."),
    ("unable to open database file", CannotStart, "The database file cannot be opened in this folder.",
     "Nothing was changed. Check that the folder exists and that you may write in it."),
    ("disk is full", WritingPaused, "The disk is full, so this was not saved.",
     "Everything saved before is safe. Make room, then save again."),
    ("database is locked", WritingPaused, "Another program is writing to the database; this was not saved.", KEPT),
    ("disk i/o error", WritingPaused, "The disk did not take the data, so this was not saved.",
     "Everything saved before is safe. Check the disk, then save again."),
    ("user-defined function raised", CannotStart, "A record in the database is damaged and cannot be read.", RESTORE),
    ("could not decode", CannotStart, "The database file is damaged: a text in it cannot be read.", RESTORE),
    ("unsupported file format", CannotStart, "The database file is damaged at its start.", RESTORE),
    ("no such table", CannotStart, "The database file does not hold the tables this program needs.", RESTORE),
    ("no such column", CannotStart, "The database file does not hold the columns this program needs.", RESTORE),
)  # fmt: skip

# PostgreSQL's error codes (manual, appendix A), by beginning
_SHARED: tuple[tuple[str, type[DeskError], str, str], ...] = (
    ("28", SignInRefused, "The server did not accept this name and password.",
     "Nothing was changed. Check the login name, and type the password again."),
    ("3D000", CannotStart, "The server has no database of that name.",
     "Nothing was changed. Check the name at the end of the address."),
    ("42501", CannotStart, "This login has no right to do that in the shared database.",
     "Nothing was changed. Ask whoever looks after the database."),
    ("42P01", CannotStart, "The shared database does not hold the tables this program needs.",
     "Nothing was changed. Ask whoever looks after it to run: python main.py server setup"),
    ("42703", CannotStart, "The shared database does not hold the columns this program needs.",
     "Nothing was changed. Ask whoever looks after it to run: python main.py server setup"),
    ("PD001", WritingPaused, "The shared database is being upgraded just now, so this was not saved.", KEPT),
    ("25006", WritingPaused, "The server takes no changes just now (read-only), so this was not saved.", KEPT),
    ("53300", StorageUnavailable, "The server has no free connection just now.", KEPT),
    ("53", WritingPaused, "The server has run out of room or memory, so this was not saved.", KEPT),
    ("55P03", WritingPaused, "Somebody else holds what is to be changed, so this was not saved.", KEPT),
    ("57014", WritingPaused, "The server took too long, so this was stopped.", KEPT),
    ("57P01", StorageUnavailable, "The server ended this connection, so this was not saved.", KEPT),
    ("25P03", StorageUnavailable, "The server ended this connection, which stood still for too long.", KEPT),
    ("57", StorageUnavailable, "The server is shutting down or starting, so this was not saved.", KEPT),
    ("08", StorageUnavailable, "The connection to the server was lost.", KEPT),
    ("40", WritingPaused, "Two people wrote at the same moment, so this was not saved.", KEPT),
)  # fmt: skip


_NO_NAME = (StorageUnavailable, "There is no server of that name, or no network.", KEPT)
_NO_OPTION = (CannotStart, "Something behind the “?” in the address cannot be understood.",
              "Nothing was sent. Check how its options are written.")  # fmt: skip

# what libpq says while signing in, where it gives no code; in lower case
_SIGNING_IN: tuple[tuple[str, type[DeskError], str, str], ...] = (
    ("password authentication failed", *_SHARED[0][1:]),
    ("no password supplied", *_SHARED[0][1:]),
    ("authentication failed", *_SHARED[0][1:]),
    ("not permitted to log in", SignInRefused, "This login has been switched off on the server.",
     "Nothing was changed. Ask whoever looks after the server."),
    ("no pg_hba.conf entry", SignInRefused, "The server does not let this login in from this computer.",
     "Nothing was changed. Ask whoever looks after the server."),
    ("permission denied for database", *_SHARED[2][1:]),
    ("too many connections", StorageUnavailable, "The server has no free connection just now.", KEPT),
    ("remaining connection slots", StorageUnavailable, "The server has no free connection just now.", KEPT),
    ("not currently accepting connections", StorageUnavailable,
     "The server lets nobody into this database just now.", KEPT),
    ("starting up", StorageUnavailable, "The server is shutting down or starting, so this was not saved.", KEPT),
    ("shutting down", StorageUnavailable, "The server is shutting down or starting, so this was not saved.", KEPT),
    ("server does not support ssl", CannotStart, "The server offers no encrypted connection.",
     "Nothing was sent. Ask whoever looks after the server to switch TLS on."),
    ("invalid sslmode value", *_NO_OPTION),
    ("invalid integer value", *_NO_OPTION),
    ("invalid connection option", *_NO_OPTION),
    ("invalid port number", CannotStart, "The address names a port that there cannot be.",
     "Nothing was sent. Ports are numbers up to 65535; the usual one, 5432, may be left out."),
    ("root certificate file", CannotStart, "The certificate file that the address names cannot be read.",
     "Nothing was sent. Check the name behind “sslrootcert=” in the address."),
    ("certificate", CannotStart, "The server could not prove that it is the right one (its certificate).",
     "Nothing was sent. One that the council signed itself is known by its file, named at the end of the address as"
     " ?sslrootcert=FILE; otherwise ask whoever looks after the server."),
    ("translate host name", *_NO_NAME),
    ("failed to resolve host", *_NO_NAME),
)  # fmt: skip


def plain_words(error: BaseException) -> DeskError | None:
    """The same trouble as a `DeskError`, or None if it is a fault of ours (or a `DeskError` already)."""
    if isinstance(error, PoolTimeout):
        return StorageUnavailable("The database did not answer in time.", hint=KEPT)
    original = error.orig if isinstance(error, DBAPIError) else error
    if original is None:
        return None
    if isinstance(original, UnicodeDecodeError):  # SQLite's driver, telling of a damaged name in its own words
        return CannotStart("The database file is damaged: a text in it cannot be read.", hint=RESTORE)
    state = getattr(original, "sqlstate", None)
    if state is not None or type(original).__module__.startswith("psycopg"):
        return _shared(error, original, state or "")
    if type(original).__module__.startswith("sqlcipher3"):
        return _local(original)
    return None


@contextmanager
def stored_values() -> Iterator[None]:
    """Around turning rows into records: what cannot be understood there was not written by this program.

    A bit that the disk turned within a value leaves the file sound to the database. Raises `CannotStart`.
    """
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise CannotStart("A record in the database is damaged and cannot be read.", hint=RESTORE) from error


def _local(original: BaseException) -> DeskError | None:
    said = str(original).lower()
    for part, kind, message, hint in _LOCAL:
        if part in said:
            return kind(message, hint=hint)
    if "unique constraint failed" in said:
        return Conflict("A record with the same key is there already.", hint="Nothing was changed.")
    return None


def _shared(error: BaseException, original: BaseException, state: str) -> DeskError | None:
    if state.startswith("23505"):
        return Conflict("A record with the same key is there already.", hint="Nothing was changed.")
    for beginning, kind, message, hint in _SHARED:
        if state and state.startswith(beginning):
            return kind(message, hint=hint)
    said = str(original).lower()
    for part, kind, message, hint in _SIGNING_IN:
        if part in said:
            return kind(message, hint=hint)
    if "does not exist" in said and "database" in said:
        return CannotStart(_SHARED[1][2], hint=_SHARED[1][3])
    if isinstance(error, OperationalError | InterfaceError) or not state:
        return StorageUnavailable("The database server did not answer.", hint=KEPT)
    return None
