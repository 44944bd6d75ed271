"""What became of matters, in words: opened, corrected, closed, worked out again. From the trail of what was kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.history import Change, saves
from ppsdesk.domain.matters import told_in_full

MATTER, FACT = "dated_matter", "matter_fact"  # the tables whose trail it is
THE_PROGRAM = "the program"  # who worked them out


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTogether:
    """A date of a matter that is another since `at`: `was` None for one that is new, `now` for one that fell away."""

    at: datetime
    because: str
    title: str
    was: date | None
    now: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterTrail:
    """Everything that was kept about one matter, oldest first, and the dates of it that moved."""

    changes: tuple[Change, ...]
    moved: tuple[MovedTogether, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A matter as it was told at one time. `person` is the number of the child it was about, "" for none."""

    happening: str = ""
    kind: str = ""
    lifted: tuple[str, ...] = ()
    closed_on: str = ""
    person: str = ""
    facts: Mapping[str, date] = field(default_factory=dict)


def matter_history(trails: Collection[MatterTrail], happenings: Collection[Happening], exceptions: Mapping[str, str], *,
                   person: int | None = None) -> tuple[Change, ...]:  # fmt: skip
    """Every line of them, oldest first; `field` is one of `history.MATTER_CHANGES`.

    With the number of a `person` only what was said while the matter was theirs, and that it came to them or left.
    """
    known = {one.code: one for one in happenings}
    found: list[Change] = []
    for trail in trails:
        found += _lines(trail, known, exceptions, "" if person is None else str(person))
    return tuple(sorted(found, key=lambda change: change.at))


def _lines(
    trail: MatterTrail, known: Mapping[str, Happening], exceptions: Mapping[str, str], person: str
) -> list[Change]:
    def words(told: _Told) -> str:
        return told_in_full(told, known.get(told.happening), exceptions)

    before, found = _Told(), list[Change]()
    for save in saves(trail.changes, MATTER):
        after = _after(before, save)
        for name, old, new in _said(before, after, person, words):
            found.append(replace(save[0], table=MATTER, field=name, old=old, new=new))
        before = after
    if not person or before.person == person:
        found += _moves(trail.moved)
    return found


def _said(before: _Told, after: _Told, person: str, words: Any) -> Iterator[tuple[str, str, str]]:
    """What one save did: the name of the change, and the words before and after it."""
    mine = not person or after.person == person
    if not before.happening:
        if mine:
            yield "dates_kept", "", words(after)
        return
    if person and (before.person == person) is not mine:
        yield ("dates_came", "", words(after)) if mine else ("dates_left", words(before), "")
        return
    if not mine:
        return
    if words(before) != words(after):
        yield "dates_corrected", words(before), words(after)
    if before.closed_on != after.closed_on:
        yield ("dates_closed" if after.closed_on else "dates_reopened"), "", words(after)


def _moves(moved: Sequence[MovedTogether]) -> Iterator[Change]:
    """What moved together, in one line."""
    together: dict[tuple[datetime, str], list[MovedTogether]] = {}
    for one in moved:
        together.setdefault((one.at, one.because), []).append(one)
    for (at, because), several in together.items():
        was = "; ".join(f"{one.title}: {long_day(one.was)}" for one in several if one.was)
        now = "; ".join(f"{one.title}: {long_day(one.now) if one.now else 'no date now'}" for one in several)
        yield Change(
            at=at, person=THE_PROGRAM, action="update", table=MATTER, field="dates_moved", old=was,
            new=f"{now}. {because.rstrip('.')}.",
        )  # fmt: skip


# -- the trail, put together again -------------------------------------------------------------------------------------


def _after(before: _Told, save: Sequence[Change]) -> _Told:
    told, facts = before, dict(before.facts)
    for change in save:
        if change.table == FACT:
            _take_fact(facts, change)
        elif change.action == "insert" and change.new:
            told = _from_row(json.loads(change.new))
        elif change.field in _COLUMNS:
            name, read = _COLUMNS[change.field]
            told = replace(told, **{name: read(change.new)})
    return replace(told, facts=facts)


def _take_fact(facts: dict[str, date], change: Change) -> None:
    row = json.loads(change.new or change.old or "{}")
    if not row:
        return  # what it said was erased
    if change.new:
        facts[row["name"]] = date.fromisoformat(row["day"])
    else:
        facts.pop(row["name"], None)


def _from_row(row: Mapping[str, Any]) -> _Told:
    return _Told(**{name: read(row.get(column)) for column, (name, read) in _COLUMNS.items()})


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _codes(value: Any) -> tuple[str, ...]:
    """One database keeps the list as it is in the trail, the other as text."""
    return tuple(json.loads(value) if isinstance(value, str) and value else value or ())


_COLUMNS: dict[str, tuple[str, Any]] = {
    "happening": ("happening", _text),
    "kind": ("kind", _text),
    "lifted": ("lifted", _codes),
    "closed_on": ("closed_on", _text),
    "person_id": ("person", _text),
}
