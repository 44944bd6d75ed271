"""The few kinds of trouble a person at the desk can do something about.

Every message says what happened; `hint` says what is safe and what to do. Anything that is not a `DeskError` is a
fault of the program and goes to the report dialog.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STILL_HERE = "What you typed is still here; save again in a moment."


class DeskError(Exception):
    """Something happened that a person can understand and act upon."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def sentence(self) -> str:
        """What happened and what to do, for one line of text."""
        return f"{self.message} {self.hint}".strip()


class Invalid(DeskError):
    """Fields that cannot be kept as they are: name of the field to words for the person."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()), hint="Nothing was saved; what you typed is still here.")
        self.problems: Mapping[str, str] = MappingProxyType(dict(problems))


class Refused(DeskError):
    """What was asked for cannot be done with this file, date, period or person."""


class NotFound(DeskError):
    """The record asked for is not there, or no longer."""


class Conflict(DeskError):
    """Somebody else saved the same record first. `theirs` is the record as it now is."""

    def __init__(self, message: str, *, hint: str = "", theirs: object = None) -> None:
        super().__init__(message, hint=hint)
        self.theirs = theirs


class StorageUnavailable(DeskError):
    """The database cannot be reached or cannot be written just now."""


class WritingPaused(StorageUnavailable):
    """The database answers but takes no changes for now: it is being upgraded, is read-only, held or full."""


class CannotStart(DeskError):
    """The program cannot work with this database or these settings at all."""


class SignInRefused(CannotStart):
    """The server does not let this login in, or not any more."""


class StorageTooNew(CannotStart):
    """The database was made by a later version of this program."""


class Interrupted(DeskError):
    """The person stopped a long job; everything is as it was before."""
