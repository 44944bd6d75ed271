"""What the law says about dates, as data: clocks, the rules that put clocks together, and times a limit was lifted.

A *clock* is one limit: who owes what, what it is counted from and how, where it is written and since when. Its counting
is a line one can read (`counts`): “6 weeks after start”, “15 days beginning with start”, “2 weeks before start”, “last
day before 15 February of transfer_year”, “on start”. A *rule* is what is asked for: one clock, or several that follow
from the same day. The law is dated: the same clock may stand there several times, each for its own years.

Source: domain reference, section 3; each clock names its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from ppsdesk.domain.calendar import MONTHS
from ppsdesk.domain.codes import Code


class Owes(Code):
    """Whose duty, or whose time, a clock measures."""

    PARENT = "parent", "Parent or young person"
    AUTHORITY = "authority", "Local authority"
    MEDIATOR = "mediator", "Mediation adviser"
    TRIBUNAL = "tribunal", "Tribunal"
    SCHOOL = "school", "School, college or setting"
    HEALTH = "health", "Health or social care body"
    ADVISERS = "advisers", "Those who are asked for advice"
    US = "us", "Our service"


class CountedIn(Code):
    """What is counted."""

    DAYS = "days", "days"
    WORKING_DAYS = "working_days", "working days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"


class Pick(Code):
    """Which of several limits of one clock is the one."""

    LATER = "later", "the later"
    EARLIER = "earlier", "the earlier"
    IF_KNOWN = "if_known", "the first if it was known in time, else the second"


class Ending(Code):
    """What becomes of a last day on which nothing can be done. It differs by act (domain reference 3.1)."""

    STAYS = "stays", "stays where it falls"
    NEXT_WORKING_DAY = "next_working_day", "moves to the next working day"
    APPEAL = "appeal", "moves to the next working day; out of August and the days from 25 December to 1 January"
    HOLIDAYS = "holidays", "moves out of August and the days from 25 December to 1 January"


@dataclass(frozen=True, slots=True)
class Limit:
    """One counting: so many units from a fact. `fixed` is a month and a day of the fact's year instead, the last day in
    time being the one before it."""

    fact: str
    count: int = 0
    unit: CountedIn = CountedIn.DAYS
    before: bool = False
    beginning_with: bool = False
    fixed: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """The line it was read from."""
        if self.fixed:
            return f"last day before {self.fixed[1]} {MONTHS[self.fixed[0] - 1]} of {self.fact}"
        if not self.count:
            return f"on {self.fact}"
        way = "before" if self.before else "beginning with" if self.beginning_with else "after"
        return f"{counted(self.count, self.unit)} {way} {self.fact}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One limit. `rule` is the name it is asked by, `part` what tells it from others of that rule ("" if it is alone).

    `certain` is False where the source could not be verified. `target` is practice, not law. `longstop`: the duty is
    "as soon as practicable", and the date only its outer end. `skips`: August and 25 December to 1 January are not
    counted. `lifted_by`: facts that lift the limit; they never pause it and set no new date. `instead_before` and
    `instead_after` name the rule that was law then.
    """

    rule: str
    part: str = ""
    title: str
    duty: str
    owes: Owes
    limits: tuple[Limit, ...]
    law: str
    source: str
    pick: Pick = Pick.LATER
    optional: frozenset[str] = frozenset()
    known: Limit | None = None
    ends: Ending = Ending.STAYS
    skips: bool = False
    longstop: bool = False
    target: bool = False
    certain: bool = True
    lifted_by: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    instead_before: str = ""
    instead_after: str = ""
    note: str = ""

    @property
    def code(self) -> str:
        """ "EHC6", "REG44-assess notify"."""
        return f"{self.rule} {self.part}".rstrip()

    @property
    def facts(self) -> tuple[str, ...]:
        """The days it needs, the first being the one that says which law applies."""
        return tuple(dict.fromkeys(limit.fact for limit in self.limits))

    def is_law_on(self, day: date) -> bool:
        """Whether this version applies to a first fact of that day."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    @property
    def counting(self) -> str:
        """How it is counted, in a line that `read_counting` reads again."""
        joint = {Pick.LATER: "; later of", Pick.EARLIER: "; earlier of", Pick.IF_KNOWN: "; if known"}[self.pick]
        lines = " | ".join(limit.words for limit in self.limits)
        return lines if len(self.limits) == 1 else f"{lines}{joint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What can be asked for by one name. `fact` renames the day of all its clocks, as REV calls it `meeting`."""

    code: str
    title: str
    clocks: tuple[str, ...]
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Days on which limits were lifted by law, or by the coordinator with a reason. It changes no date."""

    code: str
    title: str
    first: date
    last: date | None
    rules: frozenset[str]
    words: str
    law: str
    source: str
    certain: bool = True

    def touches(self, rule: str, begins: date, ends: date) -> bool:
        """Whether a limit that ran on those days fell under it."""
        return rule in self.rules and ends >= self.first and (self.last is None or begins <= self.last)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All that is law, by name. `no_limits`: names that could be expected, and why they have no date."""

    clocks: tuple[Clock, ...]
    rules: tuple[Rule, ...]
    suspensions: tuple[Suspension, ...] = ()
    exceptions: Mapping[str, str] = field(default_factory=dict)
    no_limits: Mapping[str, str] = field(default_factory=dict)
    _by_rule: dict[str, tuple[Clock, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        together: dict[str, list[Clock]] = {}
        for clock in self.clocks:
            together.setdefault(clock.rule, []).append(clock)
        object.__setattr__(self, "_by_rule", {rule: tuple(clocks) for rule, clocks in together.items()})

    def rule(self, code: str) -> Rule:
        """The rule of that name. KeyError when there is none."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    def versions(self, clocks_of: str) -> tuple[Clock, ...]:
        """Every version and part of one clock, oldest law first."""
        return self._by_rule.get(clocks_of, ())

    def of(self, rule: Rule) -> tuple[Clock, ...]:
        """Every version of every clock of a rule, with the day called as the rule calls it."""
        return tuple(
            renamed(clock, rule.fact) if rule.fact else clock for code in rule.clocks for clock in self.versions(code)
        )

    def facts(self, rule: Rule) -> tuple[tuple[str, bool], ...]:
        """The days a rule takes, each with whether it may be missing, in the order they are asked for."""
        taken: dict[str, bool] = {}
        for clock in self.of(rule):
            for fact in clock.facts:
                taken[fact] = taken.get(fact, True) and fact in clock.optional
        return tuple(taken.items())


@lru_cache(maxsize=512)
def renamed(clock: Clock, fact: str) -> Clock:
    """The clock with its first day called otherwise."""
    return called(clock, ((clock.facts[0], fact),))


@lru_cache(maxsize=512)
def called(clock: Clock, names: tuple[tuple[str, str], ...]) -> Clock:
    """The clock with its days called as by whoever asks: `names` are its own and theirs, others stay as they are."""
    ours = dict(names)

    def limit(one: Limit) -> Limit:
        return replace(one, fact=ours.get(one.fact, one.fact))

    return replace(
        clock,
        limits=tuple(limit(one) for one in clock.limits),
        optional=frozenset(ours.get(fact, fact) for fact in clock.optional),
        known=clock.known and limit(clock.known),
    )


def counted(number: int, unit: CountedIn) -> str:
    """ "1 month", "6 weeks", "15 working days"."""
    return f"{number} {unit.label[:-1] if number == 1 else unit.label}"


_UNITS = "|".join(sorted((unit.label[:-1] for unit in CountedIn), key=len, reverse=True))
_COUNT = re.compile(rf"(\d{{1,3}}) ({_UNITS})s? (after|before|beginning with) ([a-z_]+)")
_ON = re.compile(r"on ([a-z_]+)")
_FIXED = re.compile(rf"last day before (\d{{1,2}}) ({'|'.join(MONTHS)}) of ([a-z_]+)")


def read_limit(line: str) -> Limit:
    """One counting from its line. ValueError with a sentence when it says nothing that can be counted."""
    plain = " ".join(line.split())
    if found := _COUNT.fullmatch(plain):
        unit = next(unit for unit in CountedIn if unit.label[:-1] == found[2])
        if (count := int(found[1])) > 0:
            return Limit(
                found[4], count, unit, before=found[3] == "before", beginning_with=found[3] == "beginning with"
            )
    if found := _ON.fullmatch(plain):
        return Limit(found[1])
    if found := _FIXED.fullmatch(plain):
        month, day = MONTHS.index(found[2]) + 1, int(found[1])
        try:
            date(2001, month, day)
        except ValueError:
            raise ValueError(f"There is no {day} {found[2]} in every year.") from None
        return Limit(found[3], fixed=(month, day))
    raise ValueError(
        f"“{plain[:60]}” cannot be counted. Write it as “6 weeks after start”, “15 days beginning with start” or "
        "“10 working days before hearing”."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """What the coordinator decided about a rule: lifted for some days, or counted otherwise from a day on.

    `counts` are the new countings, one for each limit of the clock; empty for a rule that is suspended. `part` "" is
    every part of the rule. `reason` is always there.
    """

    rule: str
    part: str = ""
    first: date
    last: date | None = None
    counts: tuple[str, ...] = ()
    law: str = ""
    reason: str


def changed(book: RuleBook, changes: Iterable[ClockChange]) -> RuleBook:
    """The book with the service's own decisions, in their order; a later one wins. The law as shipped stays for days
    before."""
    for change in changes:
        book = _corrected(book, change) if change.counts else _suspended(book, change)
    return book


def _suspended(book: RuleBook, change: ClockChange) -> RuleBook:
    suspension = Suspension(
        code=f"{change.rule} suspended",
        title="Suspended by the service",
        first=change.first,
        last=change.last,
        rules=frozenset({change.rule}),
        words=change.reason,
        law=change.law,
        source="decided by the service",
    )
    return replace(book, suspensions=(*book.suspensions, suspension))


def _corrected(book: RuleBook, change: ClockChange) -> RuleBook:
    limits = tuple(read_limit(line) for line in change.counts)
    clocks: list[Clock] = []
    for clock in book.clocks:
        if clock.rule == change.rule and (not change.part or clock.part == change.part):
            clocks.extend(_split(clock, change, limits))
        else:
            clocks.append(clock)
    return replace(book, clocks=tuple(clocks))


def _split(clock: Clock, change: ClockChange, limits: tuple[Limit, ...]) -> list[Clock]:
    """One version cut at the first and last day of a correction; what lies between is counted anew."""
    first = max(clock.first or date.min, change.first)
    last = min(clock.last or date.max, change.last or date.max)
    if first > last:
        return [clock]
    kept: list[Clock] = []
    if first > (clock.first or date.min):
        kept.append(replace(clock, last=first - timedelta(days=1)))
    words = f"Corrected by the service: {change.reason}"
    kept.append(
        replace(
            clock,
            limits=limits,
            law=change.law or clock.law,
            note=words,
            first=None if first == date.min else first,
            last=None if last == date.max else last,
        )
    )
    if last < (clock.last or date.max):
        kept.append(replace(clock, first=last + timedelta(days=1)))
    return kept
