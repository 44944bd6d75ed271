"""Facts in, all dates out: what happened, the days to ask for, and every right and duty that follows.

Days that contradict each other are questioned, never refused: what is in the letter is in the letter. A day before
1 September 2014 meets the law of its time, or is told that there was none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.clock_rules import Clock, Limit, Rule, RuleBook, called, renamed
from ppsdesk.domain.clocks import Reckoned, corresponding, count, in_force, work_out
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.working_days import WorkingDays

LONG_PAST = 30  # years after which a day is asked about: rather its year was typed wrong


@dataclass(frozen=True, slots=True)
class FactWanted:
    """A day to ask for. `ahead`: it may lie in the future."""

    name: str
    asks: str
    optional: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Follows:
    """A rule that follows, and which of our days each of its own is."""

    rule: str
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Of several kinds of letter or order, one: it may bring its own rules, and lift limits. `topics` are those a call
    of this kind is about."""

    code: str
    title: str
    rules: tuple[Follows, ...] = ()
    lifts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A day that makes one ask again: `fact` before or after a limit counted from another."""

    fact: str
    words: str
    before: Limit | None = None
    after: Limit | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty that one of our days shows to be done: whoever has the certificate rang the adviser. `words` say so. A day
    before `since`, which is another of our days, shows nothing."""

    rule: str
    fact: str
    words: str
    since: str = ""

    def by(self, facts: Mapping[str, date], today: date | None) -> bool:
        """Whether these days show it. One that is still to come does not."""
        day = facts.get(self.fact)
        if day is None or (today is not None and day > today):
            return False
        return not self.since or facts.get(self.since, date.max) <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened, as a parent would tell it. `topics` are codes of the starter list of topics, `shown`
    duties that some of its days show to be done."""

    code: str
    title: str
    facts: tuple[FactWanted, ...]
    rules: tuple[Follows, ...]
    kinds: tuple[Kind, ...] = ()
    exceptions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    unlikely: tuple[Unlikely, ...] = ()
    shown: tuple[Shown, ...] = ()

    def done(self, facts: Mapping[str, date], today: date | None) -> dict[str, str]:
        """The rules whose duty is done by what was told, each with the words that say so."""
        return {shown.rule: shown.words for shown in self.shown if shown.by(facts, today)}

    def kind(self, code: str) -> Kind | None:
        """The kind of that code, None for "". `Refused` when there is none."""
        if not code and (not self.kinds or self.rules):
            return None
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise Refused(f"“{self.title}”: choose which kind it is.")

    def kind_for(self, topics: Collection[str]) -> str:
        """The code of the one kind that a call about these topics tells of; "" where none or several fit."""
        fit = [kind.code for kind in self.kinds if not set(kind.topics).isdisjoint(topics)]
        return fit[0] if len(fit) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesSheet:
    """Everything that follows from what was told.

    `dates` are in the order of their days; `questions` sentences about days that are unlikely; `missing` days that
    would give more dates; `unknown` sentences about what the law of that time had no date for.
    """

    happening: Happening
    kind: Kind | None
    facts: Mapping[str, date]
    dates: tuple[Reckoned, ...]
    questions: tuple[str, ...]
    missing: tuple[FactWanted, ...]
    unknown: tuple[str, ...]

    @property
    def asks(self) -> dict[str, str]:
        """The words that ask for each day, by its name."""
        return {wanted.name: wanted.asks for wanted in self.happening.facts}

    @property
    def earliest(self) -> Reckoned | None:
        """The first date that is to come, or was."""
        return self.dates[0] if self.dates else None


def all_dates(book: RuleBook, happening: Happening, facts: Mapping[str, date], days: WorkingDays, *, kind: str = "",
              lifted: Collection[str] = (), today: date | None = None) -> DatesSheet:  # fmt: skip
    """Every date that follows. `today` is only needed to question days in the future or long past, and to wait for a
    day that shows a duty to be done.

    Raises `Refused` for a kind or a day that this happening does not have, and where no day is given at all.
    """
    chosen = happening.kind(kind)
    _check(happening, facts)
    lifts = {*lifted, *(chosen.lifts if chosen else ())}
    done = happening.done(facts, today)
    found: list[Reckoned] = []
    no_law: dict[date, list[str]] = {}
    try:
        for follows in (*happening.rules, *(chosen.rules if chosen else ())):
            given = {its: facts[ours] for its, ours in follows.days if ours in facts}
            clocks = clocks_for(book, follows.rule, given)
            if clocks:
                told = {ours: facts[ours] for _, ours in follows.days if ours in facts}
                found.extend(work_out(book, called(clock, follows.days), told, days, lifts) for clock in clocks)
            elif clocks is not None:
                no_law.setdefault(given[follows.days[0][0]], []).append(book.rule(follows.rule).title)
    except OverflowError:
        raise Refused("That is further away than the calendar goes.", hint="Check the year that was typed.") from None
    return DatesSheet(
        happening=happening,
        kind=chosen,
        facts=dict(facts),
        dates=tuple(
            one if one.lifted else replace(one, done=done.get(one.clock.rule, ""))
            for one in sorted(found, key=lambda one: (one.due, one.clock.code))
        ),
        questions=tuple(_questions(happening, facts, days, today)),
        missing=tuple(fact for fact in happening.facts if fact.name not in facts),
        unknown=tuple(
            f"On {long_day(day)} the law, as known here, had no date for: {'; '.join(titles)}."
            for day, titles in no_law.items()
        ),
    )


def _check(happening: Happening, facts: Mapping[str, date]) -> None:
    names = {fact.name for fact in happening.facts}
    for name in facts:
        if name not in names:
            raise Refused(f"“{happening.title}” has no day called “{name[:40]}”.")
    needed = [fact for fact in happening.facts if not fact.optional and fact.name not in facts]
    if needed:
        raise Refused(f"{needed[0].asks} is needed.", hint="Type it as 3/9, 3 sep or 3.9.26.")
    if not facts:
        raise Refused("No day is given.", hint="Type at least one of the days.")


def clocks_for(book: RuleBook, code: str, given: Mapping[str, date]) -> tuple[Clock, ...] | None:
    """The clocks of a rule that are to be worked out for the days given, in the law of then; none where it had no
    date. None while a day is missing that the rule needs."""
    rule = book.rule(code)
    if any(not optional and name not in given for name, optional in book.facts(rule)):
        return None
    return in_force(book, rule, given) or _law_of_then(book, rule, given)


def _law_of_then(book: RuleBook, rule: Rule, given: Mapping[str, date]) -> tuple[Clock, ...]:
    """What was law in place of a rule, if its first day is enough for it."""
    (own, _), *_ = book.facts(rule)
    for clock in book.of(rule):
        for code in filter(None, (clock.instead_before, clock.instead_after)):
            other = book.rule(code)
            (name, _), *more = book.facts(other)
            if all(optional for _, optional in more) and (found := in_force(book, other, {name: given[own]})):
                return tuple(renamed(one, own) for one in found)
    return ()


def _questions(happening: Happening, facts: Mapping[str, date], days: WorkingDays,
               today: date | None) -> Iterator[str]:  # fmt: skip
    for wanted in happening.facts:
        day = facts.get(wanted.name)
        if day is not None and today is not None and day > today and not wanted.ahead:
            yield f"{wanted.asks}: {long_day(day)} is in the future. Check the year."
        if day is not None and today is not None and day < corresponding(today, -12 * LONG_PAST):
            yield f"{wanted.asks}: {long_day(day)} is more than {LONG_PAST} years ago. Check the year."
    yield from _doubts(happening, facts, days)


def questions_about(happenings: Iterable[Happening], rule: str, facts: Mapping[str, date],
                    days: WorkingDays) -> tuple[str, ...]:  # fmt: skip
    """What makes one ask again where a rule is asked by its own days, in the words of the page that asks for them."""
    asked: dict[str, None] = {}
    for happening in happenings:
        for follows in (*happening.rules, *(one for kind in happening.kinds for one in kind.rules)):
            if follows.rule == rule:
                told = {ours: facts[its] for its, ours in follows.days if its in facts}
                asked |= dict.fromkeys(_doubts(happening, told, days))
    return tuple(asked)


def _doubts(happening: Happening, facts: Mapping[str, date], days: WorkingDays) -> Iterator[str]:
    for doubt in happening.unlikely:
        day, limit = facts.get(doubt.fact), doubt.before or doubt.after
        if day is None or limit is None or limit.fact not in facts:
            continue
        edge = count(limit, facts[limit.fact], days).day
        if day < edge if doubt.before else day > edge:
            yield doubt.words
