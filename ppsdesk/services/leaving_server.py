"""From a shared server back to the file on this computer: what is there is looked at first, and nothing is copied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from ppsdesk.domain.changes import Done
from ppsdesk.domain.errors import CannotStart, Invalid, Refused, StorageTooNew
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.settings import Settings, SettingsDesk

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class FileHere:
    """What somebody would go back to. `last_used` is None where there is no file yet; `unfinished` counts calls that
    this computer keeps for the server."""

    name: str
    last_used: datetime | None
    unfinished: int = 0


def file_here(folder: DeskFolder, *, unfinished: int = 0) -> FileHere:
    """Look at this computer's file without opening it. `Refused` for one that cannot be used."""
    from ppsdesk.storage import opening

    path = folder.database
    try:
        there = opening.look_at_local(path)
    except (CannotStart, StorageTooNew) as error:
        words = f"The file on this computer, {path.name}, cannot be used, so you stay with the server."
        raise Refused(f"{words} {error.message}", hint=error.hint) from error
    used = datetime.fromtimestamp(path.stat().st_mtime, UTC) if there else None
    return FileHere(path.name, used, unfinished)


def work_in_file(settings: SettingsDesk, person: str) -> Done[Settings]:
    """From the next start on this desk works in the file on its computer, under that name. Nothing else is changed:
    not the file, not the server, not what is kept for it.

    Raises `Invalid` with words for “person”, `Refused` when the settings cannot be kept.
    """
    name = " ".join(person.split())
    if not name:
        raise Invalid({"person": "Enter the name that should stand beside your calls."})
    if len(name) > NAME_LIMIT:
        raise Invalid({"person": f"Use at most {NAME_LIMIT} letters."})
    return settings.change(database="", person=name, set_up=True)
