"""Questions in plain SQL that both databases read, for what is asked at every key.

A question says `?` for a value, `:among` for a list of numbers ("person_id :among"), `:numbers` and `:words` for a
table made of a list, with one column `one`, and `:ids` for the numbers of a group, put together as text. `:begun` are
the search keys `s` of a sort that begin with one of a list of words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ppsdesk.storage.engine import straight

_WORDS = {
    "sqlite": {
        ":begun": ":words w CROSS JOIN person_search s WHERE s.sort = ? AND s.word >= w.one AND s.word < w.one || ?",
        ":among": "IN (SELECT value FROM json_each(?))",
        ":numbers": "(SELECT value AS one FROM json_each(?))",
        ":words": "(SELECT value AS one FROM json_each(?))",
        ":ids": "group_concat(person_id)",
    },
    "postgresql": {
        # OFFSET 0 keeps it one range of the index for each word; as a plain join the whole table is read for each
        ":begun": ":words w CROSS JOIN LATERAL (SELECT word, person_id FROM person_search "
        "WHERE sort = ? AND word >= w.one AND word < w.one || ? OFFSET 0) s",
        ":among": "= ANY(?::int[])",
        ":numbers": "(SELECT unnest(?::int[]) AS one)",
        ":words": '(SELECT unnest(?::text[]) COLLATE "C" AS one)',
        ":ids": "string_agg(person_id::text, ',')",
        "?": "%s",
    },
}


def asked(connection: Connection, question: str, values: Iterable[Any] = ()) -> list[Any]:
    """The rows that answer; a value that is a list belongs to `:among`, `:numbers` or `:words`."""
    dialect = connection.dialect.name
    text = _said_to(dialect, question)
    if dialect == "sqlite":
        fit = tuple(json.dumps(value) if isinstance(value, list) else value for value in values)
        found: list[Any] = straight(connection, text, fit).fetchall()
        return found
    return list(connection.exec_driver_sql(text, tuple(values)).fetchall())


@lru_cache(maxsize=500)
def _said_to(dialect: str, question: str) -> str:
    for word, meant in _WORDS[dialect].items():
        question = question.replace(word, meant)
    return question


def together(questions: Sequence[tuple[str, Sequence[Any]]]) -> tuple[str, list[Any]]:
    """Several questions as one that answers them all."""
    return " UNION ALL ".join(question for question, _ in questions), [v for _, values in questions for v in values]


def as_key(value: Any) -> UUID:
    """A key as the driver gave it."""
    return value if isinstance(value, UUID) else UUID(value)


def as_day(value: Any) -> date | None:
    """A day as the driver gave it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
