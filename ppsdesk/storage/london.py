"""London days between two instants, within a question: PostgreSQL knows the zone, SQLite is given a function for it."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ppsdesk.domain.calendar import local_day

FUNCTION = "london_days"


class DaysBetween(FunctionElement[int]):
    """London days from one instant to another: 0 is the same day."""

    type = Integer()
    name = FUNCTION
    inherit_cache = True


@compiles(DaysBetween)
def _in_a_file(element: DaysBetween, compiler: SQLCompiler, **said: Any) -> str:
    return f"{FUNCTION}({compiler.process(element.clauses, **said)})"


@compiles(DaysBetween, "postgresql")
def _on_a_server(element: DaysBetween, compiler: SQLCompiler, **said: Any) -> str:
    asked, reached = (
        f"({compiler.process(instant, **said)} AT TIME ZONE 'Europe/London')::date" for instant in element.clauses
    )
    return f"({reached} - {asked})"


def london_days(asked: str | None, reached: str | None) -> int | None:
    """The same for SQLite's texts. ValueError for one that is no instant."""
    if asked is None or reached is None:
        return None
    return (_day(reached[:13]) - _day(asked[:13])).days


@lru_cache(maxsize=10_000)
def _day(hour: str) -> date:
    """The London day of "2026-06-01T22": an hour of UTC is never of two days there."""
    return local_day(datetime.fromisoformat(f"{hour}:00:00Z"))
