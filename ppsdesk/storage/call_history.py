"""The trail of a call with its numbers turned back: terms into codes, people and organisations into their names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from ppsdesk.domain.history import Change
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.vocabulary import TermCode
from ppsdesk.storage import audit
from ppsdesk.storage.call_links import CHILD_STAGE, ORGANISATION, PERSON, RECORDS, SEVERAL, TABLES

FIELDS = {table.name: name for name, table in TABLES.items()}
# by table, the column of a link that holds the number of what is linked
COLUMNS = {
    **{table.name: "term_id" for _, table in SEVERAL.values()},
    **{table.name: column for table, column, _ in RECORDS.values()},
    CHILD_STAGE.name: "term_id",
}
PEOPLE = ("person_id", "caller_id")
NOT_TERMS = ("import_batch_id",)


def call_history(connection: Connection, code: Callable[[int], TermCode], call_id: int) -> tuple[Change, ...]:
    """Every change to the call, oldest first; a child or a school that was added or taken out is one line, and so is
    the stage of a child, `about` whom it is.

    `code` says what term a number stands for. People and organisations have the name they have now.
    """
    found = audit.history(connection, ("call", *FIELDS), call_id)
    children = (_child(change) for change in found)
    people = _names_of_people(connection, sorted({*_numbers(found, PEOPLE), *(n for n in children if n is not None)}))
    organisations = _names_of_organisations(connection, _numbers(found, ("organisation_id",)))

    def words(column: str, number: int) -> str:
        if column in PEOPLE:
            return people.get(number, "")
        return organisations.get(number, "") if column == "organisation_id" else code(number)

    return tuple(replace(_readable(change, words), about=people.get(_child(change) or 0, "")) for change in found)


def _child(change: Change) -> int | None:
    """The number of the child whose stage was noted or taken out, None where the change is about something else."""
    if change.table != CHILD_STAGE.name:
        return None
    row = json.loads(change.new or change.old)
    return int(row["person_id"])


def _readable(change: Change, words: Callable[[str, int], str]) -> Change:
    field = FIELDS.get(change.table) or change.field.removesuffix("_id")
    said = [None if number is None else words(column, number) for column, number in _held(change)]
    if not said:
        return change
    return replace(change, field=field, old=said[0] or "", new=said[1] or "")


def _held(change: Change) -> Sequence[tuple[str, int | None]]:
    """The column and the number before and after; nothing where the change is about plain words."""
    if change.table in FIELDS:
        column = COLUMNS[change.table]
        return [(column, json.loads(row)[column] if row else None) for row in (change.old, change.new)]
    if not change.field.endswith("_id") or change.field in NOT_TERMS:
        return []
    return [(change.field, int(text) if text.isdecimal() else None) for text in (change.old, change.new)]


def _numbers(changes: Sequence[Change], columns: Sequence[str]) -> list[int]:
    held = (part for change in changes for part in _held(change))
    return sorted({number for column, number in held if column in columns and number is not None})


def _names_of_people(connection: Connection, numbers: list[int]) -> dict[int, str]:
    if not numbers:
        return {}
    names = (PERSON.c.given_names, PERSON.c.family_name, PERSON.c.known_as)
    found = connection.execute(select(PERSON.c.id, *names).where(PERSON.c.id.in_(numbers)))
    return {
        row.id: PersonFacts(given_names=row.given_names, family_name=row.family_name, known_as=row.known_as).name
        for row in found
    }


def _names_of_organisations(connection: Connection, numbers: list[int]) -> dict[int, str]:
    if not numbers:
        return {}
    found = connection.execute(select(ORGANISATION.c.id, ORGANISATION.c.name).where(ORGANISATION.c.id.in_(numbers)))
    return {row.id: row.name for row in found}
