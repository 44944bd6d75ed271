"""What this desk remembers: a frozen record, kept whole as TOML beside the database."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import Code, YearEnds
from ppsdesk.domain.errors import CannotStart, Refused

VERSION = 1


class ThemeMode(Code):
    """How the window looks."""

    SYSTEM = "system", "As the computer"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"
    CONTRAST = "contrast", "High contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One desk's settings. No password is ever among them.

    `person` acts in a local file; `database` is the address of a shared one, or "" for the file on this computer.
    """

    version: int = VERSION
    person: str = ""
    service: str = ""
    database: str = ""
    line: str = "central"
    method: str = "PHONE_IN"
    year_ends: YearEnds = YearEnds.AUGUST
    theme: ThemeMode = ThemeMode.SYSTEM
    text_scale: float = 1.0
    set_up: bool = False
    asked: str = ""  # what a report was last asked for, as the page of reports writes it


# one function per change of the file's shape: from version n to n + 1
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class SettingsDesk:
    """Reads and keeps the settings of one desk's folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Settings:
        """As kept; the defaults where nothing is. Raises `CannotStart` for a file that cannot be understood."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Settings()
        except UnicodeDecodeError as error:
            raise _broken(self._path, "it is not text") from error
        except OSError as error:
            raise _broken(self._path, (error.strerror or "the disk does not give it").lower()) from error
        try:
            return _settings(_upgraded(tomllib.loads(text), self._path))
        except (tomllib.TOMLDecodeError, ValueError, TypeError, LookupError) as error:
            raise _broken(self._path, str(error)) from error

    def keep(self, settings: Settings) -> Settings:
        """Write the settings whole: the old file stays until the new one is on the disk."""
        import tomli_w

        values = {k: v.value if isinstance(v, Code) else v for k, v in asdict(settings).items()}
        half = self._path.with_name(f".{self._path.name}.{uuid4().hex}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with half.open("wb") as file:
                tomli_w.dump(values, file)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._path)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise Refused(
                f"The settings could not be kept in {self._path.name}: {error.strerror or error}.",
                hint="They hold until the window is closed.",
            ) from error
        return settings

    def change(self, **said: Any) -> Done[Settings]:
        """Keep these settings with all the others as they stand. TypeError for a name that is no setting."""
        return Done(self.keep(replace(self.read(), **said)), frozenset({Topic.SETTINGS}))


def _upgraded(values: dict[str, Any], path: Path) -> dict[str, Any]:
    version = values.get("version", 1)
    if not isinstance(version, int) or version > VERSION:
        raise CannotStart(
            f"The settings in {path.name} were made by a later version of ppsdesk.",
            hint="Nothing was changed. Install the newer version, or move that file away to begin with fresh settings.",
        )
    for step in range(version, VERSION):
        values = UPGRADES[step](values)
    return {**values, "version": VERSION}


def _settings(values: dict[str, Any]) -> Settings:
    known = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    read: dict[str, Any] = {}
    for name, value in values.items():
        if name in known:
            kind = known[name]
            if kind in (str, bool) and not isinstance(value, kind):
                raise ValueError(f"{name} is {value!r}")
            read[name] = kind(value)
    return Settings(**read)


def _broken(path: Path, why: str) -> CannotStart:
    return CannotStart(
        f"The settings file {path.name} cannot be read ({why}).",
        hint="The calls are safe. Correct the file, or move it away to begin with fresh settings.",
    )
