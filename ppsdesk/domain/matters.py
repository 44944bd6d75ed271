"""Matters: something that happened to a family, the days it happened on, and the dates of the law that follow from it.

A matter holds what was told (`facts`); its dates are worked out from it and kept beside it, so that a change of a rule,
of a bank holiday or of a fact can say which of them moved, from what to what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.clock_rules import Owes
from ppsdesk.domain.errors import Invalid, Refused
from ppsdesk.domain.happenings import Happening

TYPE_IT = "Type it as 3/9, 3 sep or 3.9.26."


class Dated(Protocol):
    """What is told of something that happened: a kept matter, or one that is being typed."""

    @property
    def happening(self) -> str:
        """Code of what happened."""

    @property
    def kind(self) -> str:
        """Which kind of it, "" for none."""

    @property
    def facts(self) -> Mapping[str, date]:
        """The days, by name."""

    @property
    def lifted(self) -> tuple[str, ...]:
        """Exceptions that hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterDate:
    """One date that follows, as it was last worked out. `clock` is the code of the clock (“EHC6”, “REG44-make draft”).

    `lifted`: an exception holds, so that the limit does not apply. `suspended`: limits of that rule were lifted for
    days it ran on. `certain` is False where it has to be checked before anybody is told. `done` says what shows that it
    is done, "" where nothing does; that is not kept but seen whenever it is read.
    """

    matter: UUID
    clock: str
    title: str
    owes: Owes
    due: date
    certain: bool = True
    lifted: bool = False
    suspended: bool = False
    done: str = ""

    @property
    def rule(self) -> str:
        """The rule of its clock: “REG44-make”."""
        return self.clock.partition(" ")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that happened. `call` is the key of the call it was told in, `child` that of the person it is about.

    `happening` and `kind` are codes of `happenings.toml`; `facts` its days by name. `closed_on`: nothing is expected of
    it any more, and its dates stay as they are. `dates` come with what is read, soonest first; what is kept needs none.
    """

    key: UUID
    version: int = 0
    call: UUID | None = None
    child: UUID | None = None
    happening: str
    kind: str = ""
    facts: Mapping[str, date] = field(hash=False)
    lifted: tuple[str, ...] = ()
    closed_on: date | None = None
    dates: tuple[MatterDate, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
        object.__setattr__(self, "lifted", tuple(sorted(set(self.lifted))))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDate:
    """A date of an open matter, with the words a list shows of whom it is for. `name` is "" where nobody is known."""

    date: MatterDate
    matter: Matter
    name: str = ""
    call_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A date that was worked out again and is another: `was` None for one that is new, `now` None for one that fell
    away.

    `because` says what was changed; `child` and `call_id` whose it is and where it was told, each where it is known.
    `seen_by` is the first who took note of it, "" while nobody did.
    """

    key: UUID
    matter: UUID
    clock: str
    title: str
    was: date | None
    now: date | None
    because: str
    noticed_at: datetime
    seen_by: str = ""
    seen_at: datetime | None = None
    happening: str = ""
    child: UUID | None = None
    name: str = ""
    call_id: int | None = None


def with_done(matter: Matter, happening: Happening | None, today: date) -> Matter:
    """The matter with what its days show to be done by today."""
    done = happening.done(matter.facts, today) if happening else {}
    if not done:
        return matter
    dates = (one if one.lifted else replace(one, done=done.get(one.rule, "")) for one in matter.dates)
    return replace(matter, dates=tuple(dates))


def same_matter(one: Matter, other: Matter) -> bool:
    """Whether two say the same, whatever their versions and dates."""
    return replace(one, version=0, dates=()) == replace(other, version=0, dates=())


def told_words(matter: Dated, happening: Happening | None, exceptions: Mapping[str, str]) -> str:
    """ "It will not assess; Date on the decision letter: Thu 1 Oct 2026", and what was said to lift a limit."""
    kind = next((one.title for one in happening.kinds if one.code == matter.kind), "") if happening else ""
    asks = {fact.name: fact.asks for fact in happening.facts} if happening else {name: name for name in matter.facts}
    days = [f"{words}: {long_day(matter.facts[name])}" for name, words in asks.items() if name in matter.facts]
    return "; ".join(part for part in (kind, *days, lifted_words(matter.lifted, exceptions)) if part)


def lifted_words(lifted: Collection[str], exceptions: Mapping[str, str]) -> str:
    """What was said to lift a limit: “Lifts a limit: The child missed an appointment.”, "" for nothing."""
    return f"Lifts a limit: {' '.join(exceptions.get(code, code) for code in sorted(lifted))}" if lifted else ""


def told_in_full(matter: Dated, happening: Happening | None, exceptions: Mapping[str, str]) -> str:
    """What happened, and what was told of it."""
    return f"{happening.title if happening else matter.happening}: {told_words(matter, happening, exceptions)}"


def check_matter(matter: Dated, happenings: Collection[Happening], exceptions: Collection[str]) -> Happening:
    """What happened, where the matter can be kept. Raises `Invalid`, its fields “happening”, “kind”, “lifted” and the
    names of the days."""
    happening = next((one for one in happenings if one.code == matter.happening), None)
    if happening is None:
        raise Invalid({"happening": "Choose what happened."})
    problems = _problems_of_days(matter, happening)
    try:
        happening.kind(matter.kind)
    except Refused as refused:
        problems["kind"] = refused.message
    if strangers := [code for code in matter.lifted if code not in exceptions]:
        problems["lifted"] = f"There is no exception “{strangers[0][:40]}”."
    if problems:
        raise Invalid(problems)
    return happening


def _problems_of_days(matter: Dated, happening: Happening) -> dict[str, str]:
    names = {fact.name: fact for fact in happening.facts}
    problems = {
        name: f"“{happening.title}” has no day called “{name[:40]}”." for name in matter.facts if name not in names
    }
    for name, fact in names.items():
        if not fact.optional and name not in matter.facts:
            problems[name] = f"{fact.asks} is needed. {TYPE_IT}"
    if not matter.facts:
        problems.setdefault(happening.facts[0].name, f"Type at least one of the days. {TYPE_IT}")
    return problems
