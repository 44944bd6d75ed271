"""What stands outside the program, with behaviour: the clock, file dialogs, the keyring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from tests.builders import NOW


@dataclass
class Clock:
    """A clock that stands until a test moves it."""

    now: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        """The present."""
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass, by days, hours, minutes or seconds."""
        self.now += timedelta(**by)


@dataclass
class FileChooser:
    """Answers a file dialog; remembers what it was asked."""

    answer: Path | None
    asked: list[str] = field(default_factory=list)

    def __call__(self, _parent: object, title: str, *_rest: object, **_more: object) -> Path | None:
        """The chosen file, or None as if somebody pressed Cancel."""
        self.asked.append(title)
        return self.answer


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring is not typed
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What was kept."""
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        if self._kept.pop((service, username), None) is None:
            raise PasswordDeleteError("nothing was kept")
