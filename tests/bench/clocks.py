"""The dates of all open matters worked out again, beside a plain loop over the same arithmetic; and one date alone."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from ppsdesk.assembly import Services, services_on
from ppsdesk.domain.clock_steps import steps
from ppsdesk.domain.clocks import reckon
from ppsdesk.domain.happenings import all_dates
from ppsdesk.domain.places import Whereabouts
from ppsdesk.domain.reworking import WorkingOut
from ppsdesk.services.beginning import Choices
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings
from ppsdesk.services.starter_lists import starters
from ppsdesk.storage import audit, opening
from ppsdesk.storage.in_bulk import ManyRows
from ppsdesk.storage.matters import FACT, MATTER
from ppsdesk.storage.work import Storage
from tests import postgres
from tests.bench.files import CLOCK, Files, closing_storage, services
from tests.bench.measuring import Outcome, Scale, figure, milliseconds, side_by_side
from tests.bench.plain_dates import plain_dates

GOAL = 3.0  # the loop knows one law, no exceptions, and nothing of what is certain
ONE_DATE_MS = 1.0
TRIES = 200
SHEETS = 500
FIRST, DAYS = date(2025, 1, 1), 700
QUIET, BUSY = date(1999, 3, 3), date(2026, 6, 17)  # days no open matter runs over, and one that many do
Told = tuple[str, str, dict[str, date]]
LOGIN = "hana"
MATTERS = ManyRows(MATTER, ("id", "key", "version", "happening", "kind", "lifted"), key=("id",))
FACTS = ManyRows(FACT, ("matter_id", "name", "day"), key=("matter_id", "name"))
KINDS = {"decision": "RTA", "adviser": "no"}


def clocks(files: Files, scale: Scale) -> Outcome:
    """Wall-clock time of every date of 50,000 open matters: the engine against the plain loop, which must agree.

    The notes say what it takes with each of both databases: all matters read, worked out, compared and committed.
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
        *_in_a_file(files, told),
        *_on_a_server(files, told),
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


def _in_a_file(files: Files, told: list[Told]) -> tuple[str, ...]:
    desk = files.copy_of(files.holding(100))
    with closing_storage(desk) as storage:
        _fill(storage, told)
    opened = services(desk)
    notes = _decisions("on SQLite", opened)
    opened.close()
    files.give_back(desk)
    return notes


def _on_a_server(files: Files, told: list[Told]) -> tuple[str, ...]:
    with postgres.running_server() as server:
        server.add_login(LOGIN)
        with server.database(owner=LOGIN) as name:
            url = opening.read_address(server.address(name, LOGIN))
            opening.create_shared(url, postgres.PASSWORD, starters(), now=CLOCK())
            storage = opening.open_shared(url, postgres.PASSWORD)
            _fill(storage, told)
            chosen = Choices(folder=DeskFolder(files.folder / "shared").make(), person=LOGIN)
            opened = services_on(storage, chosen, Whereabouts(words="A server of this run"), clock=CLOCK)
            notes = _decisions("on PostgreSQL", opened)
            opened.close()
    return notes


def _decisions(where: str, opened: Services) -> tuple[str, ...]:
    """All dates kept for the first time, of a service that had none; and what a bank holiday costs from then on."""
    first = milliseconds(opened.dates.refresh)
    opened.dates.seen([one.key for one in opened.dates.moved()])
    nothing, none = _decided(opened, QUIET)
    some, moved = _decided(opened, BUSY)
    assert none == 0
    return (
        f"{where}: worked out and kept for the first time {figure(first)} ms",
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


def _fill(storage: Storage, told: list[Told]) -> None:
    """The matters without their dates, past the trail: it is not what is measured."""
    with storage.engine.begin() as connection:
        audit.remove_triggers(connection)
        MATTERS.add(
            connection,
            [
                (number, UUID(int=number), 1, happening, kind, [])
                for number, (happening, kind, _) in enumerate(told, start=1)
            ],
        )
        days = ((number, facts) for number, (_, _, facts) in enumerate(told, start=1))
        FACTS.add(connection, [(number, name, day) for number, facts in days for name, day in facts.items()])
        audit.make_triggers(connection)


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
