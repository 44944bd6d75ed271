"""A call that was to be saved while the database took nothing: what its bar says, and when it goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from ppsdesk.domain.errors import DeskError, SignInRefused, StorageTooNew, StorageUnavailable
from ppsdesk.domain.words import count_of
from ui.kit.connection import Connection, Trouble
from ui.kit.surfaces import Bar

NOT_SAVED_YET = "Not saved yet"
SAVED_AFTER_ALL = "Saved: the call that waited is on record."
_HERE, _WINDOW = "Your call is kept on this computer", "Your call is kept in this window only, so leave it open"
KEPT_UNENCRYPTED = "(kept on this computer, not encrypted)"
OFFERED_AGAIN = (
    "They are kept on this computer and offered as unfinished at the next start. Close the window once more to leave."
)


class Waiting(QObject):
    """`changed` when it begins to wait or waits no more. `again` saves once more.

    Somebody who goes on typing saves it again by hand: nobody is surprised by half a sentence on record.
    """

    changed = Signal()

    def __init__(self, connection: Connection, bar: Bar, again: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._connection, self._bar, self._again = connection, bar, again
        self._content: Mapping[str, object] | None = None
        self._here: bool | None = None
        connection.changed.connect(self._say)
        connection.back.connect(self._go_on)

    @property
    def waits(self) -> bool:
        """Whether it is saved by itself once that can be."""
        return self._content is not None

    def is_for(self, error: DeskError) -> bool:
        """Whether a save that failed so is to be tried again later."""
        if self._connection.trouble is Trouble.NONE:
            return False
        return isinstance(error, StorageUnavailable | SignInRefused | StorageTooNew)

    def begin(self, content: Mapping[str, object]) -> None:
        """Wait with what stands in the form now; what the bar says follows when it is known where it is kept."""
        self._content, self._here = content, None
        self.changed.emit()

    def kept(self, *, here: bool) -> None:
        """The call is kept on this computer, or could not be."""
        if self.waits and self._here != here:
            self._here = here
            self._say()

    def edited(self, content: Mapping[str, object]) -> None:
        """Somebody goes on with it."""
        if self.waits and content != self._content:
            self.end()
            self._bar.say(f"{NOT_SAVED_YET}, and changed since. Save it again when it is complete.", "warning")
            self._bar.add_button("Save", self._again, "Ctrl+Enter", kind="")

    def end(self) -> None:
        """It is on its way, or given up."""
        if self.waits:
            self._content = None
            self.changed.emit()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        if not self.waits or self._here is None or self._connection.trouble is Trouble.NONE:
            return
        words = waiting_words(self._connection, here=self._here)
        if words != self._bar.text:
            self._bar.say(words, "danger")
            self._bar.add_button("Try now", self._again, kind="")  # its key stands below, and the words need the room

    def _go_on(self) -> None:
        if self.waits:
            self._again()


def waiting_words(connection: Connection, *, here: bool) -> str:
    """What happened, what is safe, what comes next."""
    trouble, error = connection.trouble, connection.error
    kept = _HERE if here else _WINDOW
    if trouble is Trouble.NO_ANSWER and "answer" in error.message:
        what, then = ": the shared database does not answer.", "it is saved by itself when the server is back."
        return f"{NOT_SAVED_YET}{what} {kept}; {then}"
    if trouble is not Trouble.SHUT_OUT:
        return f"{NOT_SAVED_YET}. {connection.reason} {kept}; it is saved by itself as soon as that is over."
    newer = isinstance(error, StorageTooNew)
    then = "install the newer version" if newer else "start ppsdesk again and sign in"
    return f"{NOT_SAVED_YET}. {connection.reason} {kept}. Close the window, {then}: the call is offered there again."


def waiting_calls(number: int) -> str:
    """ "1 call waits to be saved"."""
    return f"{count_of(number, 'call')} {'waits' if number == 1 else 'wait'} to be saved"
