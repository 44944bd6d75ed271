"""How children are called on their chips, so that nobody takes one for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ppsdesk.domain.calendar import MONTHS
from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.families import Tie
from ppsdesk.domain.finding import Found
from ppsdesk.domain.names import fold, slips_between
from ppsdesk.domain.people import NewPerson, PersonFacts
from ui.kit.words import apart

APART = 3  # slips between two names that nobody takes for each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One child that may be chosen. `about` are words of the list it was found in; `new` are not on record yet."""

    key: UUID
    name: str
    born_on: date | None = None
    about: str = ""
    new: NewPerson | None = None


def child_of_tie(tie: Tie) -> Child:
    """A child of the caller's."""
    return Child(key=tie.other, name=tie.other_name, born_on=tie.other_born_on)


def child_found(found: Found) -> Child:
    """A child from the list of people."""
    assert found.person is not None
    return Child(key=found.person, name=found.name, about=found.about)


def child_made(new: NewPerson) -> Child:
    """A child to be put on record."""
    return Child(key=new.key, name=new.name, born_on=new.born_on, new=new)


def chip_words(children: Sequence[Child], today: date) -> dict[UUID, str]:
    """ "Tom Thistledown (8)" for each; with the birthday where two are called nearly the same."""
    close = {one.key for one in children for other in children if one.key != other.key and _close(one.name, other.name)}
    return {child.key: _words(child, today, close=child.key in close) for child in children}


def _close(first: str, second: str) -> bool:
    one, other = fold(first), fold(second)
    return one == other or slips_between(one, other, most=APART) < APART


def _words(child: Child, today: date, *, close: bool) -> str:
    name = apart(child.name)
    if child.new is not None:
        return f"{name} (new)"
    age = PersonFacts(born_on=child.born_on).age_on(today)
    parts = [] if age is None else ["under 1" if age < 1 else str(age)]
    if close and child.born_on:
        parts.append(f"born {child.born_on.day} {MONTHS[child.born_on.month - 1][:3]} {child.born_on.year}")
    elif close and not child.about:
        parts.append("day of birth not known")
    if child.about:
        parts.append(apart(child.about))
    return f"{name} ({', '.join(parts)})" if parts else name


def child_to_json(child: Child) -> dict[str, object]:
    """For a draft."""
    new = child.new
    return {
        "key": str(child.key),
        "name": child.name,
        "born_on": child.born_on.isoformat() if child.born_on else "",
        "about": child.about,
        "new": {"given_names": new.given_names, "family_name": new.family_name} if new else None,
    }


def child_from_json(kept: Mapping[str, Any]) -> Child:
    """What `child_to_json` gave."""
    key, new = UUID(str(kept["key"])), kept.get("new")
    born_on = date.fromisoformat(kept["born_on"]) if kept.get("born_on") else None
    if new:
        return child_made(NewPerson(key=key, kind=PersonKind.CHILD, born_on=born_on, **new))
    return Child(key=key, name=str(kept.get("name", "")), born_on=born_on, about=str(kept.get("about", "")))
