"""What the window says while the database does not answer, or takes no changes."""

from __future__ import annotations

from ppsdesk.domain.calendar import local_clock
from ppsdesk.domain.errors import StorageTooNew
from ui.kit.connection import Connection, Trouble

NO_CHANGES = "You can read on; a call that you save waits in its pad and is saved by itself."
SIGN_IN_AGAIN = (
    "What was saved is safe. Close the window, start it again and sign in; or ask who looks after the server."
)


def connection_words(connection: Connection) -> str:
    """One sentence for the whole window, and how old is what it shows; "" while all is well."""
    error, as_of = connection.error, connection.as_of
    if connection.trouble is Trouble.NONE:
        return ""
    if connection.trouble is Trouble.SHUT_OUT:
        return f"{connection.reason} {error.hint if isinstance(error, StorageTooNew) else SIGN_IN_AGAIN}"
    if connection.trouble is Trouble.NO_CHANGES:
        return f"{connection.reason} {NO_CHANGES}"
    what = "The shared database does not answer." if "answer" in error.message else connection.reason
    return f"{what} What you see is as of {local_clock(as_of)}." if as_of else what
