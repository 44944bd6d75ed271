"""The dates of many matters at once: by one book of rules, each counting made once however many matters share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ppsdesk.domain.clock_rules import Clock, RuleBook
from ppsdesk.domain.clocks import work_out
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import Follows, Happening, clocks_for
from ppsdesk.domain.working_days import WorkingDays


class DateLine(NamedTuple):
    """A date that follows, as it is kept: `MatterDate` tells what each part says."""

    clock: str
    title: str
    owes: str
    due: date
    certain: bool
    lifted: bool
    suspended: bool


Lines = tuple[DateLine, ...]
Days = tuple[date | None, ...]


class Difference(NamedTuple):
    """A line of a matter that is not what it was: None for one that was not there, or is not there any more."""

    matter: int
    before: DateLine | None
    after: DateLine | None

    @property
    def moved(self) -> bool:
        """Whether the day is another; a title or a doubt may change without that."""
        return (self.before and self.before.due) != (self.after and self.after.due)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule with limits lifted: its clocks with the days each takes, and what it gave for days met already.

    `its` are the rule's names of the days, `needed` those it cannot do without.
    """

    code: str
    its: tuple[str, ...]
    needed: frozenset[str]
    clocks: tuple[tuple[Clock, str], ...]
    lifts: frozenset[str]
    known: dict[Days, Lines] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Told:
    """One kind of thing that happened: its days, the rules that follow with the places of their days among them, and
    what it gave for days met already."""

    names: tuple[str, ...]
    rules: tuple[tuple[_Rule, tuple[int, ...]], ...]
    known: dict[Days, Lines] = field(default_factory=dict)


class WorkingOut:
    """Works out matters by these rules and bank holidays: the same dates as `happenings.all_dates`, without telling how
    they came about."""

    def __init__(self, book: RuleBook, days: WorkingDays, happenings: Iterable[Happening]) -> None:
        self._book = book
        self._days = days
        self._happenings = {one.code: one for one in happenings}
        self._told: dict[tuple[str, str, tuple[str, ...]], _Told] = {}
        self._rules: dict[tuple[str, tuple[str, ...], frozenset[str]], _Rule] = {}

    def lines(self, happening: str, kind: str, facts: Mapping[str, date], lifted: tuple[str, ...]) -> Lines:
        """Every date of one matter, by name of clock.

        `Refused` for a happening or a kind that is not known here, and for days beyond the calendar.
        """
        told = self._told.get((happening, kind, lifted)) or self._tell(happening, kind, lifted)
        days = tuple(map(facts.get, told.names))
        lines = told.known.get(days)
        if lines is None:
            lines = told.known[days] = self._follow(told, days)
        return lines

    def _tell(self, happening: str, kind: str, lifted: tuple[str, ...]) -> _Told:
        found = self._happenings.get(happening)
        if found is None:
            raise Refused(f"Nothing called “{happening[:40]}” can have happened.")
        chosen = found.kind(kind)
        lifts = frozenset([*lifted, *(chosen.lifts if chosen else ())])
        names = tuple(fact.name for fact in found.facts)
        rules = tuple(
            (self._rule(follows, lifts), tuple(names.index(ours) for _, ours in follows.days))
            for follows in (*found.rules, *(chosen.rules if chosen else ()))
        )
        self._told[happening, kind, lifted] = told = _Told(names, rules)
        return told

    def _rule(self, follows: Follows, lifts: frozenset[str]) -> _Rule:
        its = tuple(name for name, _ in follows.days)
        key = (follows.rule, its, lifts)
        if key not in self._rules:
            rule = self._book.rule(follows.rule)
            needed = frozenset(name for name, optional in self._book.facts(rule) if not optional)
            clocks = tuple((clock, clock.facts[0]) for clock in self._book.of(rule))
            self._rules[key] = _Rule(follows.rule, its, needed, clocks, lifts)
        return self._rules[key]

    def _follow(self, told: _Told, days: Days) -> Lines:
        found: list[DateLine] = []
        for rule, places in told.rules:
            its = tuple([days[place] for place in places])
            lines = rule.known.get(its)
            if lines is None:
                lines = rule.known[its] = self._count(rule, its)
            found += lines
        found.sort()
        return tuple(found)

    def _count(self, rule: _Rule, its: Days) -> Lines:
        given = {name: day for name, day in zip(rule.its, its, strict=True) if day is not None}
        if not rule.needed <= given.keys():
            return ()
        clocks = [clock for clock, first in rule.clocks if first in given and clock.is_law_on(given[first])]
        try:
            return tuple([self._line(clock, given, rule) for clock in clocks or self._of_then(rule, given)])
        except OverflowError:
            raise Refused("That is further away than the calendar goes.", hint="Check the year.") from None

    def _of_then(self, rule: _Rule, given: Mapping[str, date]) -> Iterable[Clock]:
        return clocks_for(self._book, rule.code, given) or ()

    def _line(self, clock: Clock, given: Mapping[str, date], rule: _Rule) -> DateLine:
        found = work_out(self._book, clock, given, self._days, rule.lifts)
        lifted, suspended = bool(found.lifted), bool(found.suspended)
        return DateLine(clock.code, clock.title, clock.owes.value, found.due, found.certain, lifted, suspended)


def differences(matter: int, before: Lines, after: Lines) -> Iterator[Difference]:
    """What of a matter is not what it was."""
    was, now = ({line.clock: line for line in lines} for lines in (before, after))
    for clock in {**was, **now}:
        if was.get(clock) != now.get(clock):
            yield Difference(matter, was.get(clock), now.get(clock))
