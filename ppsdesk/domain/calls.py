"""A call: one conversation with the helpline, and what makes its record complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from ppsdesk.domain.calendar import local_day, plain_day, whole_minutes
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.vocabulary import TermCode

NAME_LIMIT = 200
NOTES_LIMIT = 100_000
LONGEST = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an imported record came from: file, row (the header is row 1), and what makes it the same row again."""

    batch_id: int
    file: str
    row: int
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildStage:
    """The SEN stage a child on record was at when a call was about them."""

    child: UUID
    stage: TermCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """What staff write down about a call.

    `taken_on` is the day on the London calendar and is what every figure counts by. A day without a time stays one:
    `started_at` is then None. `topics[0]` is the main topic. `minutes_by_hand` says the length was typed, not timed.
    `caller` and `children` are keys of people on record, `organisations` of schools and others; `caller_name`, `phone`
    and `child_name` say in words who rang and about whom, at the time. `not_one_child`: the call was about no child in
    particular. `child_stages` say which of the children was at which stage, in the order of the children and as a rule
    once for each; `stages` are those of children who are not on record. `area` is the family's quadrant at the time,
    apart from the helpline line. `reference` of an anonymous call is what the caller was given to quote.
    """

    caller_kind: TermCode | None
    topics: tuple[TermCode, ...]
    line: TermCode | None
    taken_on: date
    method: TermCode | None = None
    direction: Direction = Direction.IN
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    minutes_by_hand: bool = False
    anonymous: bool = False
    caller_name: str = ""
    phone: str = ""
    child_name: str = ""
    stages: tuple[TermCode, ...] = ()
    child_stages: tuple[ChildStage, ...] = ()
    advice: tuple[TermCode, ...] = ()
    level: TermCode | None = None
    outcome: TermCode | None = None
    how_heard: TermCode | None = None
    notes: str = ""
    taken_by: str = ""
    entered_late: bool = False
    reference: str = ""
    caller: UUID | None = None
    children: tuple[UUID, ...] = ()
    not_one_child: bool = False
    organisations: tuple[UUID, ...] = ()
    information: tuple[TermCode, ...] = ()
    signposted: tuple[TermCode, ...] = ()
    area: TermCode | None = None

    @property
    def main_topic(self) -> TermCode | None:
        """The first topic."""
        return self.topics[0] if self.topics else None

    @property
    def length(self) -> int | None:
        """Minutes: as typed, else from the clock (UTC, so the October hour counts once)."""
        if self.minutes is not None:
            return self.minutes
        if self.started_at and self.ended_at:
            return whole_minutes(self.started_at, self.ended_at)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall(CallFacts):
    """A call to be logged. `key` is made when the pad opens and makes logging it twice impossible."""

    key: UUID
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(CallFacts):
    """A call on record, as it was read; `version` goes back with every change."""

    id: int
    key: UUID
    version: int
    recorded_at: datetime
    removed_at: datetime | None = None
    provenance: Provenance | None = None


F = TypeVar("F", bound=CallFacts)
FACTS = tuple(field.name for field in fields(CallFacts))

LABELS: dict[str, str] = {
    "caller_kind": "Kind of caller",
    "topics": "Topics",
    "line": "Line",
    "taken_on": "Day",
    "method": "Method",
    "direction": "Direction",
    "started_at": "Started",
    "ended_at": "Ended",
    "minutes": "Minutes",
    "minutes_by_hand": "Minutes typed by hand",
    "anonymous": "Anonymous",
    "caller_name": "Caller",
    "phone": "Phone",
    "child_name": "Child",
    "stages": "SEN stage",
    "child_stages": "SEN stage of each child",
    "advice": "Advice given",
    "level": "Level of help",
    "outcome": "Outcome",
    "how_heard": "How they heard of us",
    "notes": "Notes",
    "taken_by": "Taken by",
    "entered_late": "Entered late",
    "reference": "Reference",
    "caller": "Person on record",
    "children": "Children on record",
    "not_one_child": "Not about one child",
    "organisations": "Schools and organisations",
    "information": "Information sent",
    "signposted": "Signposted to",
    "area": "Area",
}


def facts_of(call: CallFacts) -> CallFacts:
    """Only what staff wrote down, without id, version and provenance."""
    return CallFacts(**{name: getattr(call, name) for name in FACTS})


def checked(facts: CallFacts, *, now: datetime) -> None:
    """Refuse what cannot be: raises `Invalid` with words for each field, or returns.

    Required are only the kind of caller and one topic; line and method are preset by the desk.
    """
    problems = {**_missing_required(facts), **_impossible_times(facts, now), **_too_long(facts)}
    if facts.child_stages and {one.child for one in facts.child_stages} - set(facts.children):
        problems["stages"] = "A stage is given for a child this call is not about: choose the child, or take it out."
    if problems:
        raise Invalid(problems)


def to_complete(facts: CallFacts) -> tuple[str, ...]:
    """Fields that may be filled in later, by name: shown on the call as "To complete (2)".

    The stage is there with that of one child, on record or not.
    """
    wanted = ("stages", "advice", "level", "outcome")
    there = ("stages",) if facts.child_stages else ()
    return tuple(name for name in wanted if name not in there and not getattr(facts, name))


def in_order(stages: Iterable[ChildStage], children: Sequence[UUID]) -> tuple[ChildStage, ...]:
    """Each once, in the order of the children; of a child several, as they are."""
    places = {child: place for place, child in enumerate(children)}
    return tuple(sorted(dict.fromkeys(stages), key=lambda one: places.get(one.child, len(places))))


def without_strangers(facts: F) -> F:
    """Without the stages of children the call is not about (any more)."""
    about = in_order((one for one in facts.child_stages if one.child in facts.children), facts.children)
    return facts if about == facts.child_stages else replace(facts, child_stages=about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that two people left different: what it was, what is saved now, what is on this screen."""

    field: str
    before: object
    theirs: object
    yours: object

    @property
    def both_changed(self) -> bool:
        """Whether somebody must choose; otherwise only one of the two changed it."""
        return self.before not in (self.theirs, self.yours)


def differences(before: CallFacts, theirs: CallFacts, yours: CallFacts) -> tuple[Difference, ...]:
    """Field by field, where yours and theirs differ, in the order of the form."""
    return tuple(
        Difference(field=name, before=getattr(before, name), theirs=getattr(theirs, name), yours=getattr(yours, name))
        for name in FACTS
        if getattr(theirs, name) != getattr(yours, name)
    )


def _missing_required(facts: CallFacts) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not facts.caller_kind:
        problems["caller_kind"] = "Choose who was calling: parent, school, council…"
    if not facts.topics:
        problems["topics"] = "Choose at least one topic."
    if not facts.line:
        problems["line"] = "Choose the line the call came in on."
    return problems


def _impossible_times(facts: CallFacts, now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if facts.taken_on > local_day(now):
        problems["taken_on"] = f"The call cannot be in the future. You entered {plain_day(facts.taken_on)}."
    elif facts.started_at and facts.started_at > now + timedelta(minutes=5):
        problems["started_at"] = "The call cannot start in the future."
    if facts.started_at and facts.ended_at and facts.ended_at < facts.started_at:
        problems["ended_at"] = "The call cannot end before it starts."
    if facts.minutes is not None and not 0 <= facts.minutes <= LONGEST:
        problems["minutes"] = f"Minutes are from 0 to {LONGEST}. You entered {facts.minutes}."
    return problems


def _too_long(facts: CallFacts) -> dict[str, str]:
    limits = {"caller_name": NAME_LIMIT, "child_name": NAME_LIMIT, "phone": NAME_LIMIT, "taken_by": NAME_LIMIT,
              "reference": NAME_LIMIT, "notes": NOTES_LIMIT}  # fmt: skip
    problems = {}
    for name, limit in limits.items():
        if len(getattr(facts, name)) > limit:
            problems[name] = f"{LABELS[name]}: at most {limit:,} characters; this has {len(getattr(facts, name)):,}."
        elif "\x00" in getattr(facts, name):
            problems[name] = f"{LABELS[name]} holds a character that cannot be kept (NUL)."
        elif any("\ud800" <= sign <= "\udfff" for sign in getattr(facts, name)):
            problems[name] = f"{LABELS[name]} holds half a character (perhaps of a cut emoji) that cannot be kept."
    return problems
