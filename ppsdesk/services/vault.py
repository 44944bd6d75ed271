"""Unfinished calls kept on this computer while a database does not take them: a file for each.

Not encrypted: as readable as any file of this person. Nothing in here is ever put on record by itself; a call is
offered as unfinished, and its file goes when the call is saved, given up, or kept by the database again.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import Refused
from ppsdesk.services import logs
from ppsdesk.storage.backup import sync_folder

FORMAT = 1


class Vault:
    """The files of one person and one database in one folder, which is made when it is first needed.

    A file is whole or not there: it is written under another name, brought to the disk, and then given its own. `known`
    are further keys of the same database: of the time when its own was not known yet.
    """

    def __init__(self, folder: Path, *, data_set: UUID, person: str, known: tuple[UUID, ...] = ()) -> None:
        self._folder = folder
        self._data_set, self._person = data_set, person
        self._theirs = frozenset(str(key) for key in (data_set, *known))

    def keep(self, draft: Draft) -> None:
        """Write it down, in place of what was kept of it before. Raises `Refused` when the disk does not take it."""
        written = json.dumps(
            {
                "format": FORMAT,
                "data_set": str(self._data_set),
                "person": draft.person,
                "key": str(draft.key),
                "window": draft.window,
                "started_at": draft.started_at.isoformat(),
                "kept_at": draft.kept_at.isoformat(),
                "content": dict(draft.content),
            },
            ensure_ascii=False,
        )
        half = self._folder / f"{draft.key}.{uuid4().hex[:8]}.half"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(half, written.encode("utf-8", "surrogatepass"))
            half.replace(self._place(draft.key))
            self._clear_halves(draft.key)
            sync_folder(self._folder)
        except OSError as error:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise Refused(
                f"This call cannot be kept on this computer: {(error.strerror or str(error)).lower()}.",
                hint="It stands in this window only; leave it open.",
            ) from error

    def erase(self, key: UUID) -> bool:
        """It is kept or saved elsewhere, or given up; whether there was a file."""
        try:
            self._place(key).unlink()
            self._clear_halves(key)
            sync_folder(self._folder)
        except OSError:
            return False
        return True

    def kept(self) -> tuple[Draft, ...]:
        """What is kept here for this person and this database, oldest first. A file that cannot be read is left."""
        found = (self._read(path) for path in self._folder.glob("*.json"))
        return tuple(sorted((draft for draft in found if draft), key=lambda draft: draft.started_at))

    def _read(self, path: Path) -> Draft | None:
        try:
            said: dict[str, Any] = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
            if (said["format"], said["person"]) != (FORMAT, self._person) or said["data_set"] not in self._theirs:
                return None
            return Draft(
                key=UUID(said["key"]),
                person=said["person"],
                window=said["window"],
                started_at=datetime.fromisoformat(said["started_at"]),
                kept_at=datetime.fromisoformat(said["kept_at"]),
                content=dict(said["content"]),
                here=True,
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            logging.getLogger(logs.ROOT).warning(
                "unfinished call %s cannot be read: %s", path.stem, type(error).__name__
            )
            return None

    def _clear_halves(self, key: UUID) -> None:
        for half in self._folder.glob(f"{key}.*.half"):  # of a program that was killed while it wrote
            half.unlink(missing_ok=True)

    def _place(self, key: UUID) -> Path:
        return self._folder / f"{key}.json"


def _write(path: Path, content: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
