"""A consistent copy of a local file, made by the database's own backup and proved before it counts as one."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ppsdesk.domain.errors import StorageUnavailable

KEEP = 5


def make(path: Path, folder: Path, *, reason: str, now: datetime) -> Path:
    """Copy the open database at `path` into `folder`; the copy is checked, fsynced and only then given its name.

    The newest five of each reason are kept. Raises `StorageUnavailable`, leaving older backups alone, when it fails.
    """
    from sqlcipher3 import dbapi2

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{path.stem}-{now:%Y-%m-%d-%H%M%S}-{reason}.db"
    half = target.with_suffix(".part")
    try:
        with closing(dbapi2.connect(str(path))) as source, closing(dbapi2.connect(str(half))) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        _prove(half)
        _settle(half, target)
    except (dbapi2.Error, OSError) as error:
        half.unlink(missing_ok=True)
        raise StorageUnavailable(
            "No backup could be made, so the database was left as it is.",
            hint=f"Check the folder {folder.name} and the room on the disk, then start again.",
        ) from error
    for old in sorted(folder.glob(f"{path.stem}-*-{reason}.db"))[:-KEEP]:
        old.unlink()
    return target


def newest(folder: Path) -> Path | None:
    """The latest backup there is."""
    return max(folder.glob("*.db"), key=lambda path: path.stat().st_mtime, default=None)


def _prove(copy: Path) -> None:
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(copy))) as opened:
        said = opened.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise OSError(f"the copy is not sound: {said}")


def _settle(half: Path, target: Path) -> None:
    with half.open("rb+") as file:
        os.fsync(file.fileno())
    half.chmod(0o600)
    half.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    if os.name == "nt":  # Windows cannot open folders
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
