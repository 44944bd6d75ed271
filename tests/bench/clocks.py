"""The dates of all open matters worked out again, beside a plain loop over the same arithmetic; and one date alone."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from ppsdesk.assembly import Services
from ppsdesk.domain.clock_steps import steps
from ppsdesk.domain.clocks import reckon
from ppsdesk.domain.happenings import all_dates
from ppsdesk.domain.reworking import WorkingOut
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings
from ppsdesk.storage.matters import FACT, MATTER
from tests.bench.files import Files, closing_storage, services
from tests.bench.measuring import Outcome, Scale, figure, milliseconds, side_by_side
from tests.bench.plain_dates import plain_dates

GOAL = 3.0  # the loop knows one law, no exceptions, and nothing of what is certain
ONE_DATE_MS = 1.0
TRIES = 200
SHEETS = 500
FIRST, DAYS = date(2025, 1, 1), 700
QUIET, BUSY = date(1999, 3, 3), date(2026, 6, 17)  # days no open matter runs over, and one that many do
Told = tuple[str, str, dict[str, date]]
KINDS = {"decision": "RTA", "adviser": "no"}


def clocks(files: Files, scale: Scale) -> Outcome:
    """Wall-clock time of every date of 50,000 open matters: the engine against the plain loop, which must agree.

    The notes say what it takes with the database: all matters read, worked out, compared and committed.
    """
    told = some_matters(scale.matters)
    plain = [(happening, facts) for happening, _, facts in told]
    holidays = shipped_days().holidays
    assert [[line.due for line in lines] for lines in _worked_out(told)] == plain_dates(plain, holidays)
    pair = side_by_side(
        lambda: milliseconds(lambda: _worked_out(told)),
        lambda: milliseconds(lambda: plain_dates(plain, holidays)),
        rounds=scale.rounds,
    )
    dates = sum(len(lines) for lines in _worked_out(told))
    sheets = milliseconds(lambda: _sheets(told[:: len(told) // SHEETS or 1])) / SHEETS
    notes = (
        f"{len(told):,} matters, {dates:,} dates; one sheet of a matter, to be explained: {figure(sheets)} ms",
        *_with_storage(files, told),
        _one_date(),
    )
    return Outcome(name="clocks", unit="ms", pair=pair, goal=GOAL, notes=notes)


def some_matters(number: int, seed: int = 5) -> list[Told]:
    """Matters of two years, as many of each of seven kinds, with every day that brings dates in half of them."""
    random = Random(seed)  # the same in every run
    makers = (_decision, _request, _draft, _review, _notice, _adviser, _appeal)
    return [makers[place % len(makers)](random) for place in range(number)]


def _engine() -> WorkingOut:
    return WorkingOut(shipped_book(), shipped_days(), shipped_happenings())


def _worked_out(told: list[Told]) -> list[Any]:
    engine = _engine()
    return [engine.lines(happening, kind, facts, ()) for happening, kind, facts in told]


def _sheets(told: list[Told]) -> None:
    happenings = {one.code: one for one in shipped_happenings()}
    for happening, kind, facts in told[:SHEETS]:
        all_dates(shipped_book(), happenings[happening], facts, shipped_days(), kind=kind)


def _with_storage(files: Files, told: list[Told]) -> tuple[str, ...]:
    desk = files.copy_of(files.holding(100))
    _fill(desk, told)
    opened = services(desk)
    first = milliseconds(opened.dates.refresh)
    nothing, none = _decided(opened, QUIET)
    some, moved = _decided(opened, BUSY)
    opened.close()
    files.give_back(desk)
    assert none == 0
    return (
        f"on SQLite: worked out and kept for the first time {figure(first)} ms",
        f"a bank holiday decided, none moved: {figure(nothing)} ms; {moved:,} moved: {figure(some)} ms",
    )


def _decided(opened: Services, day: date) -> tuple[float, int]:
    """A bank holiday added and taken away again: the time of one of them, and how many dates moved."""
    before = len(opened.dates.moved())
    added = []
    adding = milliseconds(lambda: added.append(opened.rules.add_holiday(day, "Holiday", "measured").value))
    moved = len(opened.dates.moved()) - before
    taking = milliseconds(lambda: opened.rules.put_back(added[0].key, added[0].version))
    return (adding + taking) / 2, moved


def _fill(desk: Any, told: list[Told]) -> None:
    numbers = range(1, len(told) + 1)
    with closing_storage(desk) as storage, storage.engine.begin() as connection:
        connection.execute(
            insert(MATTER),
            [
                {"id": number, "key": UUID(int=number), "version": 1, "happening": happening, "kind": kind,
                 "lifted": []}
                for number, (happening, kind, _) in zip(numbers, told, strict=True)
            ],
        )  # fmt: skip
        connection.execute(
            insert(FACT),
            [
                {"matter_id": number, "name": name, "day": day}
                for number, (_, _, facts) in zip(numbers, told, strict=True)
                for name, day in facts.items()
            ],
        )


def _one_date() -> str:
    """The dearest of them: thirty working days, each told why it did not count."""
    book, days, start = shipped_book(), shipped_days(), date(2026, 7, 1)

    def once() -> None:
        for found in reckon(book, "LAR30", {"start": start}, days):
            steps(found, book)

    took = median(milliseconds(once) for _ in range(TRIES))
    reached = "reached" if took <= ONE_DATE_MS else "NOT reached"
    return f"one date with its explanation: {figure(took)} ms, goal {ONE_DATE_MS:g} ms {reached}"


def _day(random: Random) -> date:
    return FIRST + timedelta(days=random.randrange(DAYS))


def _decision(random: Random) -> Told:
    facts = {"decision": _day(random)}
    if random.random() < 0.5:
        facts["certificate"] = facts["decision"] + timedelta(days=random.randrange(5, 60))
    return "decision", KINDS["decision"], facts


def _request(random: Random) -> Told:
    return "request", "", {"request": _day(random)}


def _draft(random: Random) -> Told:
    facts = {"draft": _day(random)}
    if random.random() < 0.5:
        facts["request"] = facts["draft"] - timedelta(days=random.randrange(84, 140))
    return "draft", "", facts


def _review(random: Random) -> Told:
    return "review", "", {"meeting": _day(random)}


def _notice(random: Random) -> Told:
    facts = {"notice": _day(random)}
    if random.random() < 0.5:
        facts["meeting"] = facts["notice"] - timedelta(days=random.randrange(7, 29))
    return "notice", "", facts


def _adviser(random: Random) -> Told:
    return "adviser", KINDS["adviser"], {"told": _day(random)}


def _appeal(random: Random) -> Told:
    received = _day(random)
    sent = received + timedelta(days=random.randrange(5, 15))
    registration = sent + timedelta(days=random.randrange(10))
    hearing = registration + timedelta(days=random.randrange(60, 120))
    return "appeal", "", {"received": received, "sent": sent, "registration": registration, "hearing": hearing}
