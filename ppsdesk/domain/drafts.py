"""A call that is being written down and not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in an open pad, field by field, as plain JSON values.

    `key` is the key the call will have: saving the call ends the draft in the same transaction. `window` tells two
    pads of one person apart. Drafts are not audited, counted or searched. `here` is one that this computer keeps in a
    file, as the database did not take it.
    """

    key: UUID
    person: str
    window: str
    started_at: datetime
    kept_at: datetime
    content: Mapping[str, object]
    here: bool = False
