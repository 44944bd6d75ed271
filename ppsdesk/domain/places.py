"""Where the records are, said in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The database in use. `path` is None for a shared server; `words` never hold a password."""

    words: str
    path: Path | None = None
    practice: bool = False
    encrypted: bool = False

    @property
    def shared(self) -> bool:
        """Whether several desks use it."""
        return self.path is None

    @property
    def warning(self) -> str:
        """The permanent line a window bears, or "" when none is needed."""
        if self.practice:
            return "Practice data: do not enter real people"
        if not self.shared and not self.encrypted:
            return "Not encrypted yet: no real people"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of a database check."""

    good: bool
    words: str
