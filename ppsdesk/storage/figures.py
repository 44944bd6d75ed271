"""Read-only questions for reports: each answered in one query, each counting by a `Selection`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from ppsdesk.domain.selection import Selection
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.selecting import CALL, asked, where


class Figures:
    """Counting, on one unit of work's connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, selections: Sequence[Selection]) -> tuple[int, ...]:
        """How many calls each selection means, all from the same moment. One query."""
        if not selections:
            return ()
        different = tuple(dict.fromkeys(selections))  # a year and the one it is compared with are often both asked for
        what, days = asked(different)
        found = dict(zip(different, self._connection.execute(_counting(what), days).one(), strict=True))
        return tuple(found[selection] for selection in selections)

    @stored_values()
    def first_day(self) -> date | None:
        """The day of the earliest call on record; None when there is none."""
        return self._connection.execute(_FIRST_DAY).scalar()


_FIRST_DAY = select(func.min(CALL.c.taken_on)).where(CALL.c.removed_at.is_(None))


@lru_cache(maxsize=32)
def _counting(selections: tuple[Selection, ...]) -> Select[Any]:
    # putting twelve conditions together takes longer than counting fifty thousand calls
    counts = (select(func.count()).select_from(CALL).where(where(s, days=str(n))) for n, s in enumerate(selections))
    return select(*(count.scalar_subquery() for count in counts))
