"""Counting the dates of the law: from days on which something happened to the last days by which something is due.

Pure functions of days, rules and working days. What was counted is kept with the result, so that `clock_steps` can say
it in words. Source: domain reference 3.1; each clock names its regulation.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.clock_rules import Clock, CountedIn, Ending, Limit, Pick, Rule, RuleBook, Suspension
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.working_days import DAY, WorkingDays, days_from, why_tribunal_skips

Skipped = tuple[date, str]  # a day that did not count, and why


@dataclass(frozen=True, slots=True)
class Leg:
    """One counting that was made: from `start` to `day`, with the days that did not count on the way."""

    limit: Limit
    start: date
    day: date
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """One clock worked out. `due` is the last day in time (for what must be done before something: the latest day).

    `legs` are all countings, `chosen` the place of the one that won; `counted_to` is its day before anything moved it,
    `passed` the days it was moved over. `falls_on` says why `due` is no working day, "" where it is one. `known`: the
    counting of the day by which something had to be known. `lifted` are exceptions that hold here: the limit does not
    apply then, and there is no other date. `certain` is False where source, suspension or bank holidays cannot be
    relied upon. `done` says what shows that it is done already, "" where nothing does.
    """

    clock: Clock
    due: date
    legs: tuple[Leg, ...]
    chosen: int
    counted_to: date
    passed: tuple[Skipped, ...]
    falls_on: str
    known: Leg | None
    missing: tuple[str, ...]
    lifted: tuple[str, ...]
    suspended: tuple[Suspension, ...]
    holidays_known: bool
    done: str = ""

    @property
    def binds(self) -> bool:
        """Whether somebody still has to keep this day: no exception holds, and nothing shows that it is done."""
        return not self.lifted and not self.done

    @property
    def certain(self) -> bool:
        """Whether it may be told without checking it."""
        return self.clock.certain and self.holidays_known and all(found.certain for found in self.suspended)


def reckon(book: RuleBook, code: str, facts: Mapping[str, date], days: WorkingDays,
           lifted: Collection[str] = ()) -> tuple[Reckoned, ...]:  # fmt: skip
    """Every date of a rule, in the order of the rule.

    Raises `Refused` in one sentence for a rule, a fact or an exception that is not known, for a fact that is missing,
    and for a day on which the rule was not law.
    """
    rule = _rule(book, code)
    _check_facts(book, rule, facts)
    _check_exceptions(book, lifted)
    try:
        return tuple(work_out(book, clock, facts, days, lifted) for clock in _in_force(book, rule, facts))
    except OverflowError:
        raise Refused("That is further away than the calendar goes.", hint="Check the year that was typed.") from None


def in_force(book: RuleBook, rule: Rule, facts: Mapping[str, date]) -> tuple[Clock, ...]:
    """The clocks of a rule that are law for these facts; none where it was not law yet, or no longer."""
    return tuple(clock for clock in book.of(rule) if clock.facts[0] in facts and clock.is_law_on(facts[clock.facts[0]]))


def work_out(book: RuleBook, clock: Clock, facts: Mapping[str, date], days: WorkingDays,
             lifted: Collection[str] = ()) -> Reckoned:  # fmt: skip
    """One clock from its facts, all of which are there but those it can do without."""
    legs = tuple(count(limit, facts[limit.fact], days, clock.skips) for limit in clock.limits if limit.fact in facts)
    known = None if clock.known is None else count(clock.known, facts[clock.known.fact], days, clock.skips)
    chosen = _chosen(clock, legs, known)
    counted_to = legs[chosen].day
    due, passed = _moved(counted_to, clock.ends, days)
    begins = min(leg.start for leg in legs)
    return Reckoned(
        clock=clock,
        due=due,
        legs=legs,
        chosen=chosen,
        counted_to=counted_to,
        passed=passed,
        falls_on=days.why_not(due),
        known=known,
        missing=tuple(fact for fact in clock.facts if fact not in facts),
        lifted=tuple(code for code in clock.lifted_by if code in lifted),
        suspended=tuple(one for one in book.suspensions if one.touches(clock.rule, min(begins, due), max(begins, due))),
        holidays_known=_holidays_known(clock, legs[chosen], due, days),
    )


def count(limit: Limit, start: date, days: WorkingDays, skips: bool = False) -> Leg:
    """One counting, made. Months go to the corresponding day, or the last of a month that has none such."""
    if limit.fixed:
        month, day = limit.fixed
        return Leg(limit, start, date(start.year, month, day) - DAY)
    if limit.unit is CountedIn.WORKING_DAYS:
        return _working_days(limit, start, days, skips)
    way, first = (-1 if limit.before else 1), (1 if limit.beginning_with else 0)
    if limit.unit is CountedIn.MONTHS:
        return Leg(limit, start, corresponding(start, way * limit.count) - first * DAY)
    length = 7 if limit.unit is CountedIn.WEEKS else 1
    return Leg(limit, start, start + timedelta(days=way * limit.count * length - first))


def corresponding(day: date, months: int) -> date:
    """The day of the same number so many months on (back, if negative); the month's last day where it has none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _working_days(limit: Limit, start: date, days: WorkingDays, skips: bool) -> Leg:
    left, skipped = limit.count, []
    walk = days_from(start - DAY if limit.beginning_with else start, back=limit.before)
    while True:
        day = next(walk)
        if why := (why_tribunal_skips(day) if skips else "") or days.why_not(day):
            skipped.append((day, why))
        elif left > 1:
            left -= 1
        else:
            return Leg(limit, start, day, tuple(skipped))


def _chosen(clock: Clock, legs: tuple[Leg, ...], known: Leg | None) -> int:
    places = range(len(legs))
    if known is not None:
        return 0 if legs[1].start <= known.day else 1
    if clock.pick is Pick.EARLIER:
        return min(places, key=lambda place: legs[place].day)
    return max(places, key=lambda place: legs[place].day)


def _moved(day: date, ends: Ending, days: WorkingDays) -> tuple[date, tuple[Skipped, ...]]:
    """Where a last day goes that falls badly, and the days it is moved over, itself the first of them."""
    if ends is Ending.STAYS:
        return day, ()
    holidays = ends in (Ending.APPEAL, Ending.HOLIDAYS) and why_tribunal_skips(day)
    if not holidays and (ends is Ending.HOLIDAYS or not days.why_not(day)):
        return day, ()
    passed: list[Skipped] = []
    # out of August or Christmas first, and then to a working day; a last day that is only moved into them stays there
    while (why := why_tribunal_skips(day) if holidays else "") or (why := days.why_not(day)):
        passed.append((day, why))
        day += DAY
    return day, tuple(passed)


def _holidays_known(clock: Clock, leg: Leg, due: date, days: WorkingDays) -> bool:
    if leg.limit.unit is not CountedIn.WORKING_DAYS and clock.ends is Ending.STAYS:
        return True
    return days.knows(leg.start) and days.knows(due)


# -- what may be asked -------------------------------------------------------------------------------------------------


def _rule(book: RuleBook, code: str) -> Rule:
    try:
        return book.rule(code)
    except KeyError:
        pass
    if words := book.no_limits.get(code):
        raise Refused(f"{code} has no date. {words}")
    if code.upper() in {*book.exceptions, *(one.code for one in book.suspensions)}:
        words = f"{code.upper()} lifts a limit and has no date of its own."
        raise Refused(words, hint="“dates --list” shows all rules.")
    codes = {rule.code.upper(): rule.code for rule in book.rules}
    meant = [codes[near] for near in get_close_matches(code.upper(), codes)]
    hint = f"Did you mean {' or '.join(meant)}?" if meant else "“dates --list” shows all rules."
    raise Refused(f"There is no rule “{code[:40]}”.", hint=hint)


def _check_facts(book: RuleBook, rule: Rule, facts: Mapping[str, date]) -> None:
    taken = dict(book.facts(rule))
    needs = _words([f"{name} (if there is one)" if optional else name for name, optional in taken.items()])
    for name in facts:
        if name not in taken:
            raise Refused(f"{rule.code} has no date called “{name[:40]}”.", hint=f"It takes {needs}.")
    missing = [name for name, optional in taken.items() if not optional and name not in facts]
    if missing:
        raise Refused(f"{rule.code} cannot be counted without {_words(missing)}.", hint=f"It takes {needs}.")


def _check_exceptions(book: RuleBook, lifted: Collection[str]) -> None:
    for code in lifted:
        if code not in book.exceptions:
            raise Refused(f"There is no exception “{code[:40]}”.", hint=f"Known are {_words(list(book.exceptions))}.")


def _in_force(book: RuleBook, rule: Rule, facts: Mapping[str, date]) -> tuple[Clock, ...]:
    if found := in_force(book, rule, facts):
        return found
    versions = book.of(rule)
    day = facts[versions[0].facts[0]]
    first = min((clock.first or date.min) for clock in versions)
    if day < first:
        instead = next((clock.instead_before for clock in versions if clock.instead_before), "")
        said = f"{rule.code} has been the law since {plain_day(first)}; {plain_day(day)} was before that."
    else:
        last = max((clock.last or date.max) for clock in versions)
        instead = next((clock.instead_after for clock in versions if clock.instead_after), "")
        said = f"{rule.code} was the law until {plain_day(last)}; {plain_day(day)} is after that."
    law_then = any(clock.is_law_on(day) for clock in book.versions(instead))
    raise Refused(said, hint=f"For that day ask {instead}." if law_then else "")


def _words(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
