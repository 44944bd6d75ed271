"""A consistent copy of a local file, made by the database's own backup and proved before it counts as one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from ppsdesk.domain.errors import StorageUnavailable

KEEP = 5
LEFT_BEHIND = 3_600  # seconds after which a half-made file belongs to a program that was killed


class NotSound(Exception):
    """The copy was made in full, and shows the damage of the file it was made from."""


def make(path: Path, folder: Path, *, reason: str, now: datetime) -> Path:
    """Copy the open database at `path` into `folder`; the copy is checked, fsynced and only then given its name.

    The newest five of each reason are kept. Raises `StorageUnavailable`, leaving older backups alone, when it fails.
    """
    from sqlcipher3 import dbapi2

    half = folder / f"{path.stem}-{reason}-{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        clear_leftovers(folder, "*.part*")
        target = _free_name(folder, f"{path.stem}-{now:%Y-%m-%d-%H%M%S}", reason)
        _copied(path, half)
        _prove(half)
        _settle(half, target)
    except NotSound as error:
        half.unlink(missing_ok=True)
        raise StorageUnavailable(
            f"The database file is damaged ({error}), so this copy of it was not kept as a backup.",
            hint="The older backups are as they were. Restore the newest of them.",
        ) from error
    except (dbapi2.Error, OSError) as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise StorageUnavailable(
            "No backup could be made, so the database was left as it was.",
            hint=f"Check the folder {folder.name} and the room on the disk, then start again.",
        ) from error
    _thin_out(folder, path.stem, reason, keeping=target)
    return target


def newest(folder: Path) -> Path | None:
    """The latest backup there is."""
    return max(folder.glob("*.db"), key=_age, default=None)


def newest_first(folder: Path) -> list[Path]:
    """Every backup there is."""
    return sorted(folder.glob("*.db"), key=_age, reverse=True)


def put_back(chosen: Path, path: Path, *, now: datetime) -> Path | None:
    """Put a checked copy of `chosen` where the file at `path` is; that one stays beside it, under the name given back.

    There is a file under the name all the while, where the disk knows second names: a start in between would make an
    empty one. Raises `StorageUnavailable` when it cannot be done; then everything is as it was.
    """
    from sqlcipher3 import dbapi2

    half = path.with_name(f"{path.stem}-put-back-{os.getpid()}.part")
    try:
        clear_leftovers(path.parent, f"{path.stem}-put-back-*.part*")
        _copied(chosen, half)
        _prove(half)
        aside = _free_name(path.parent, f"{path.stem}-{now:%Y-%m-%d-%H%M%S}", "set-aside")
        was_there = os.path.lexists(path)
        with _set_aside(path, aside):
            _settle(half, path)
    except NotSound as error:
        raise StorageUnavailable(
            f"“{chosen.name}” is damaged too, so it was not used.", hint="Nothing was changed. Choose an older one."
        ) from error
    except (dbapi2.Error, OSError) as error:
        raise StorageUnavailable(
            f"“{chosen.name}” could not be put in its place, so it was not used.",
            hint=f"Nothing was changed. Check that you may read it, and the room in the folder “{path.parent.name}”.",
        ) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return aside if was_there else None


def _copied(source: Path, half: Path) -> None:
    from sqlcipher3 import dbapi2

    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    with closing(dbapi2.connect(str(source))) as opened, closing(dbapi2.connect(str(half))) as copy:
        opened.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _set_aside(path: Path, aside: Path) -> Iterator[None]:
    """A second name for what is there; its journals go along, as they would be read into another file of its name."""
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in ("-wal", "-shm", "-journal"):
            journal = path.with_name(f"{path.name}{ending}")
            if journal.exists():
                moved.append((journal, journal.replace(aside.with_name(f"{aside.name}{ending}"))))
        if os.path.lexists(path):
            try:
                os.link(path, aside)
            except OSError:  # a memory stick knows no second names, and a folder has only one
                moved.append((path, path.rename(aside)))
        yield
    except OSError:
        for before, now in moved:
            with suppress(OSError):
                now.replace(before)
        with suppress(OSError):
            if aside.samefile(path):
                aside.unlink()
        raise


def clear_leftovers(folder: Path, pattern: str) -> None:
    """Remove half-made files that nobody works on any more."""
    for leftover in folder.glob(pattern):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > LEFT_BEHIND:
                leftover.unlink()


def _free_name(folder: Path, beginning: str, reason: str) -> Path:
    """Two backups of one second, or of a clock that stands still, do not replace each other."""
    return next(
        path
        for number in count(1)
        if not (path := folder / f"{beginning}{f'-{number}' if number > 1 else ''}-{reason}.db").exists()
    )


def _thin_out(folder: Path, stem: str, reason: str, *, keeping: Path) -> None:
    # by when they were made and not by name: a clock that was wrong must not make today's the oldest
    others = sorted((path for path in folder.glob(f"{stem}-*-{reason}.db") if path != keeping), key=_age)
    for old in others[: -(KEEP - 1)]:
        with suppress(OSError):  # one backup too many harms nobody
            old.unlink()


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _prove(copy: Path) -> None:
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(copy))) as opened:
        try:
            said = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except dbapi2.DatabaseError as error:
            raise NotSound(str(error)) from error
    if said != "ok":
        raise NotSound(" ".join(said.split()))


def _settle(half: Path, target: Path) -> None:
    with half.open("rb+") as file:
        os.fsync(file.fileno())
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
