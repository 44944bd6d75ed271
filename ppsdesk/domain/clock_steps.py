"""How a date came about, step by step, in words: the same on screen, in print, in letters and on the command line.

From the steps alone the date can be counted again: the day it starts from, whether that day counts, how much was
counted, every day that was left out and why, which of two days won, where a last day was moved to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ppsdesk.domain.calendar import long_day, plain_day
from ppsdesk.domain.clock_rules import Ending, Limit, Pick, RuleBook, counted
from ppsdesk.domain.clocks import Leg, Reckoned, Skipped
from ppsdesk.domain.working_days import DAY

FAR_OFF = 2  # years from which nobody counts the days


class StepKind(Enum):
    """What a step tells."""

    START = "start"
    COUNTED = "counted"
    SKIPPED = "skipped"
    CHOSEN = "chosen"
    MOVED = "moved"
    NOT_MOVED = "not moved"
    MISSING = "missing"
    LONGSTOP = "longstop"
    LAW = "law"
    NOTE = "note"
    MAY_LIFT = "may lift"
    LIFTED = "lifted"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence. `day` is the day it arrives at; `skipped` the days it left out, one by one."""

    kind: StepKind
    words: str
    day: date | None = None
    skipped: tuple[Skipped, ...] = ()


def steps(found: Reckoned, book: RuleBook, asks: Mapping[str, str] | None = None) -> tuple[Step, ...]:
    """All steps, in the order one would count. `asks` are the words that ask for each day; without them a day is
    called by its name."""
    return tuple(_steps(found, book, asks or {}))


def _steps(found: Reckoned, book: RuleBook, asks: Mapping[str, str]) -> Iterator[Step]:
    if found.known is not None:
        yield from _leg(found.known, asks)
        yield _known_in_time(found, found.known)
        yield from _leg(found.legs[found.chosen], asks)
    else:
        for leg in found.legs:
            yield from _leg(leg, asks)
        if len(found.legs) > 1:
            yield _choice(found, asks)
    for fact in found.missing:
        name = asks.get(fact) or plain_fact(fact)
        yield Step(StepKind.MISSING, f"No day is given for “{name}”. With one, the date may be another.")
    yield from _end(found)
    yield from _law(found)
    yield from _lifting(found, book)
    yield from _doubts(found)


def _known_in_time(found: Reckoned, known: Leg) -> Step:
    in_time = "in time" if found.chosen == 0 else "not in time"
    known_on = long_day(found.legs[1].start)
    words = f"It had to be known by {long_day(known.day)}. It was known on {known_on}: {in_time}."
    return Step(StepKind.CHOSEN, words, known.day)


def _leg(leg: Leg, asks: Mapping[str, str]) -> Iterator[Step]:
    limit, name = leg.limit, _called(leg.limit.fact, asks)
    if limit.fixed:
        limit_day = long_day(leg.day + DAY)
        yield Step(StepKind.START, f"The year is that of {long_day(leg.start)} ({name}).", leg.start)
        yield Step(
            StepKind.COUNTED, f"It must be done before {limit_day}; the last day is {long_day(leg.day)}.", leg.day
        )
        return
    if not limit.count:
        yield Step(StepKind.COUNTED, f"It is due on the day itself: {long_day(leg.day)} ({name}).", leg.day)
        return
    way = "Counted back from" if limit.before else "Counted from"
    own = "That day is the first." if limit.beginning_with else "That day itself does not count."
    yield Step(StepKind.START, f"{way} {long_day(leg.start)} ({name}). {own}", leg.start)
    yield Step(StepKind.COUNTED, _counted_words(limit, leg), leg.day)
    if leg.skipped:
        yield Step(StepKind.SKIPPED, f"Not counted: {skipped_words(leg.skipped)}.", None, leg.skipped)


def _counted_words(limit: Limit, leg: Leg) -> str:
    much = counted(limit.count, limit.unit)
    if limit.before:
        return f"{much} before it is {long_day(leg.day)}."
    if limit.beginning_with:
        return f"The last of {much} that begin with it is {long_day(leg.day)}."
    return f"{much} after it is {long_day(leg.day)}."


def _choice(found: Reckoned, asks: Mapping[str, str]) -> Step:
    days = " and ".join(long_day(leg.day) for leg in found.legs)
    which = "earlier" if found.clock.pick is Pick.EARLIER else "later"
    name = _called(found.legs[found.chosen].limit.fact, asks)
    words = f"Of {days} the {which} counts: {long_day(found.counted_to)} ({name})."
    if len({leg.day for leg in found.legs}) == 1:
        words = f"Counted from either, it is {long_day(found.counted_to)}."
    return Step(StepKind.CHOSEN, words, found.counted_to)


def _end(found: Reckoned) -> Iterator[Step]:
    if found.passed:
        yield Step(StepKind.MOVED, _moved_words(found), found.due, found.passed)
    elif found.falls_on and found.clock.ends is Ending.STAYS:
        yield Step(
            StepKind.NOT_MOVED,
            f"{long_day(found.due)} is {found.falls_on}. This date is not moved for that.",
            found.due,
        )
    if found.clock.longstop:
        yield Step(
            StepKind.LONGSTOP, "The duty is “as soon as practicable”. This day is only its outer end.", found.due
        )


def _moved_words(found: Reckoned) -> str:
    """Each day that was passed over is said once, with its reason."""
    last, due = long_day(found.counted_to), long_day(found.due)
    if len(found.passed) == 1:
        return f"The last day, {last}, is {found.passed[0][1]}: it moves to {due}."
    return f"The last day is {last}, but it moves to {due}. Passed over: {skipped_words(found.passed)}."


def _law(found: Reckoned) -> Iterator[Step]:
    kind = "Practice, not law" if found.clock.target else "Law"
    yield Step(StepKind.LAW, f"{kind}: {found.clock.law}. Source: {found.clock.source}.")
    if found.clock.note:
        yield Step(StepKind.NOTE, found.clock.note)


def _lifting(found: Reckoned, book: RuleBook) -> Iterator[Step]:
    for code in found.lifted:
        words = f"Lifted: {book.exceptions[code]} The limit does not apply, and no other date takes its place."
        yield Step(StepKind.LIFTED, words)
    for code in found.clock.lifted_by:
        if code not in found.lifted and not found.done:
            yield Step(StepKind.MAY_LIFT, f"May be lifted: {book.exceptions[code]}")
    for suspension in found.suspended:
        yield Step(
            StepKind.LIFTED,
            f"{suspension.title}: {suspension.words} Law: {suspension.law}. Source: {suspension.source}.",
        )


def _doubts(found: Reckoned) -> Iterator[Step]:
    if not found.clock.certain:
        yield Step(StepKind.CHECK, "Check this: the source could not be verified.")
    if not found.holidays_known:
        yield Step(StepKind.CHECK, "Check this: the bank holidays of those years are not known.")
    if any(not suspension.certain for suspension in found.suspended):
        yield Step(StepKind.CHECK, "Check this: how the suspension applies could not be verified.")


def skipped_words(skipped: Iterable[Skipped]) -> str:
    """Days and why, neighbours with the same reason together: “Fri 1 Aug 2025 to Sun 31 Aug 2025 (in August …)”.

    One by one with semicolons, so that each can be read by itself.
    """
    runs: list[tuple[date, date, str]] = []
    for day, why in sorted(skipped):
        if runs and runs[-1][2] == why and runs[-1][1] + DAY == day:
            runs[-1] = (runs[-1][0], day, why)
        else:
            runs.append((day, day, why))
    return "; ".join(
        f"{long_day(first)} ({why})" if first == last else f"{long_day(first)} to {long_day(last)} ({why})"
        for first, last, why in runs
    )


def plain_fact(fact: str) -> str:
    """ "last_review" as it is said: “last review”."""
    return fact.replace("_", " ")


def _called(fact: str, asks: Mapping[str, str]) -> str:
    """A day within a sentence: “date on the decision letter”, without the words that ask for it “decision”."""
    words = asks.get(fact) or plain_fact(fact)
    return f"{words[:1].lower()}{words[1:]}"


def days_left(due: date, today: date) -> str:
    """How long there is: “today”, “tomorrow”, “in 12 days”, “3 days ago”; from two years on in full years."""
    left = (due - today).days
    if left in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[left + 1]
    first, last = min(due, today), max(due, today)
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    much = f"{years} years" if years >= FAR_OFF else f"{abs(left)} days"
    return f"in {much}" if left > 0 else f"{much} ago"


def in_law_words(first: date | None, last: date | None) -> str:
    """Since when, until when: “since 1 September 2014”, “until 2 November 2008”, "" for always."""
    if first is None and last is None:
        return ""
    if last is None:
        return f"since {plain_day(first)}" if first else ""
    return f"{plain_day(first)} to {plain_day(last)}" if first else f"until {plain_day(last)}"
