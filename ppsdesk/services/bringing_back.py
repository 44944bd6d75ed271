"""A file on this computer that cannot be opened: what could stand in its place, and putting it there.

Nothing is ever thrown away: the file that cannot be opened stays in its folder under another name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ppsdesk.domain.errors import DeskError, Refused
from ppsdesk.services.locations import DeskFolder


@dataclass(frozen=True, slots=True)
class GoodBackup:
    """A backup that could be opened."""

    path: Path
    made_at: datetime


def newest_backup(folder: DeskFolder) -> GoodBackup | None:
    """The newest backup that is a file of ours and not of a later version; None where there is none."""
    from ppsdesk.storage import backup, opening

    for path in backup.newest_first(folder.backups):
        try:
            if opening.look_at_local(path):
                return GoodBackup(path, datetime.fromtimestamp(path.stat().st_mtime, UTC))
        except (DeskError, OSError):
            continue
    return None


def bring_back(folder: DeskFolder, chosen: Path, *, now: datetime) -> Path | None:
    """Put a copy of a backup, or of a file from elsewhere, in the place of the file that cannot be opened.

    Gives back where that one now is, None where there was none. Raises `Refused` for a file that is none of ours, and
    `StorageUnavailable` when it cannot be put there; then everything is as it was.
    """
    from ppsdesk.storage import backup, opening

    try:
        if chosen.samefile(folder.database):
            raise Refused("This is the file that cannot be opened.", hint="Nothing was changed. Choose another one.")
    except OSError:
        pass  # one of them is not there: that is said below, or is no trouble
    try:
        there = opening.look_at_local(chosen)
    except DeskError as error:
        raise Refused(error.message, hint="Nothing was changed. Choose another one.") from error
    if not there:
        raise Refused(f"There is no file “{chosen.name}”.", hint="Nothing was changed. Choose another one.")
    return backup.put_back(chosen, folder.database, now=now)
