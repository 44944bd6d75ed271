"""Files that were taken in, as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import. `rows_known` were on record already; `undone_at` is set once it was taken back."""

    id: int
    file_name: str
    rows_added: int
    rows_known: int
    imported_at: datetime
    person: str
    undone_at: datetime | None
    version: int
