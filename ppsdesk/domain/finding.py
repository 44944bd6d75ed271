"""What the one box answers: people and calls, ranked, each saying why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppsdesk.domain.codes import PersonKind, Reason

MOST = 8  # rows of the list under the box


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One reason a row was found: `words` are the words on record that met what was typed ("Smyth", "…900 123")."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of the list.

    `person` is None for an anonymous caller found by `reference`. `about` says who they are to whom ("mother of Tom
    (8) and Ella (5)"), `alerts` the words of alerts that hold today. Better rows have a higher `score`.
    """

    person: UUID | None
    kind: PersonKind
    name: str
    about: str = ""
    town: str = ""
    last_call: date | None = None
    alerts: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()
    score: float = 0.0
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Somebody who may be the same person as one that is being typed, or as `other` on the list of perhaps-duplicates.

    `shared` are the facts both have, in words ("same phone 07700 900123", "born Thu 3 Sep 2015").
    """

    person: UUID
    name: str
    about: str
    shared: tuple[str, ...]
    score: float
    other: UUID | None = None
    other_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed into the box, taken apart: digits to phone, a postcode to postcode, the rest to name."""

    name: str = ""
    phone: str = ""
    postcode: str = ""
    reference: str = ""
    email: str = ""
    born_on: date | None = None
