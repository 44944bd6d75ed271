"""Dates worked out again: when a bank holiday, a rule or the program changes, the list shows exactly what moved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ppsdesk import __version__
from ppsdesk.assembly import Services
from ppsdesk.domain.changes import Topic
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rule_changes import BankHoliday, HolidayOrigin
from ppsdesk.services import reckoning
from ppsdesk.services.reckoning import PROGRAM_BROUGHT, work_again
from ppsdesk.services.shipped_rules import shipped_days
from ppsdesk.storage.work import Storage
from tests.bench.clocks import some_matters
from tests.bench.plain_dates import plain_dates
from tests.builders import NOW, a_call
from tests.conftest import Clock, MakeStorage, services_on
from tests.storage.test_concurrency import together

MATTERS = 42
VISIT = date(2026, 6, 17)
Move = tuple[UUID, str, date | None, date | None]


@pytest.fixture
def kept(desk: Services) -> tuple[Matter, ...]:
    """Matters of two years, six of each of seven kinds."""
    return tuple(
        desk.dates.keep(Matter(key=UUID(int=number), happening=happening, kind=kind, facts=facts)).value
        for number, (happening, kind, facts) in enumerate(some_matters(MATTERS, seed=11), start=1)
    )


def counted(kept: tuple[Matter, ...], added: tuple[date, ...] = ()) -> dict[tuple[UUID, str], date]:
    """Every date as a plain loop counts it, which knows nothing of rules and matters."""
    holidays = {*shipped_days().holidays, *added}
    dates = plain_dates([(matter.happening, matter.facts) for matter in kept], holidays)
    return {
        (matter.key, clock): day
        for matter, days in zip(kept, dates, strict=True)
        for clock, day in zip(sorted(one.clock for one in matter.dates), days, strict=True)
    }


def moves(before: dict[tuple[UUID, str], date], after: dict[tuple[UUID, str], date]) -> set[Move]:
    """What is not what it was."""
    return {(*one, day, after[one]) for one, day in before.items() if after[one] != day}


def listed(desk: Services, because: str = "") -> set[Move]:
    """What the list says, for one reason."""
    return {(one.matter, one.clock, one.was, one.now) for one in desk.dates.moved() if because in one.because}


def on_record(desk: Services) -> dict[tuple[UUID, str], date]:
    """Every date that is kept."""
    found = desk.dates.open_dates(date(2020, 1, 1), date(2030, 1, 1))
    return {(one.matter.key, one.date.clock): one.date.due for one in found}


def a_day_that_counts(kept: tuple[Matter, ...]) -> date:
    """A working day on which somebody's time runs out: as a bank holiday it moves that date and perhaps others."""
    return next(one.due for matter in kept for one in matter.dates if one.clock == "LAR30")


def test_a_bank_holiday_that_is_added_moves_exactly_the_dates_that_run_over_it(
    desk: Services, kept: tuple[Matter, ...]
) -> None:
    day = a_day_that_counts(kept)
    before, after = counted(kept), counted(kept, (day,))
    assert on_record(desk) == before
    done = desk.rules.add_holiday(day, "Coronation", "decided by the government")
    expected = moves(before, after)
    assert len(expected) > 0
    assert listed(desk) == expected
    assert on_record(desk) == after
    word = "date" if len(expected) == 1 else "dates"
    assert done.said == f"Bank holiday added: {done.value.words}. {len(expected)} {word} moved."
    assert done.touched == {Topic.RULES, Topic.DATES}
    desk.dates.seen([one.key for one in desk.dates.moved()])
    desk.rules.put_back(done.value.key, done.value.version)
    assert listed(desk) == moves(after, before)
    assert on_record(desk) == before


def test_what_moved_in_a_call_that_was_entered_by_mistake_is_on_nobody_s_list(desk: Services) -> None:
    told = date(2026, 10, 1)
    appeal = Matter(key=UUID(int=9), happening="appeal", facts={"received": told, "sent": told})
    number = desk.calls.log(a_call(), Intake(matters=(appeal,))).value
    day = next(one.due for one in desk.dates.get(appeal.key).dates if one.clock == "LAR30")
    desk.rules.add_holiday(day, "Coronation", "decided by the government")
    assert [one.matter for one in desk.dates.moved()] == [appeal.key]
    desk.calls.remove(number, desk.calls.get(number).version)
    assert desk.dates.moved() == desk.dates.moved(unseen_only=False) == ()


def test_a_bank_holiday_nobody_s_time_runs_over_moves_nothing(desk: Services, kept: tuple[Matter, ...]) -> None:
    done = desk.rules.add_holiday(date(1999, 3, 3), "Long ago", "found in an old book")
    assert done.said == "Bank holiday added: Wed 3 Mar 1999 Long ago. No date moved."
    assert desk.dates.moved() == ()
    assert on_record(desk) == counted(kept)


def test_a_corrected_rule_moves_its_dates_and_no_others(desk: Services, kept: tuple[Matter, ...]) -> None:
    since = date(2025, 9, 1)
    before = on_record(desk)
    desk.rules.correct("EHC6", "", ["7 weeks after start"], first=since, last=None, law="SI 1", reason="new law")
    expected = {
        (matter.key, "EHC6", before[matter.key, "EHC6"], date.fromordinal(matter.facts["request"].toordinal() + 49))
        for matter in kept
        if matter.happening == "request" and matter.facts["request"] >= since
    }
    assert 0 < len(expected) < sum(matter.happening == "request" for matter in kept)
    assert listed(desk, "Rule EHC6 corrected from 1 September 2025") == listed(desk) == expected


def test_a_suspended_rule_is_marked_and_moves_nothing(desk: Services, kept: tuple[Matter, ...]) -> None:
    desk.rules.suspend("EHC6", date(2025, 6, 1), date(2026, 6, 30), "an emergency")
    assert desk.dates.moved() == ()
    marked = {matter.key for matter in map(desk.dates.get, (one.key for one in kept))
              for one in matter.dates if one.suspended}  # fmt: skip
    assert marked == {
        matter.key
        for matter in kept
        if matter.happening == "request"
        and matter.facts["request"] <= date(2026, 6, 30)
        and matter.facts["request"].toordinal() + 42 >= date(2025, 6, 1).toordinal()
    }
    assert 0 < len(marked) < MATTERS // 7


# -- another version of the program ------------------------------------------------------------------------------------


def as_left_by(storage: Storage, program: str) -> None:
    """The first matter's date as a program with another rule worked it out, and the stamp of those rules."""
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE matter_date SET due = '2026-10-08' WHERE clock = 'EHC6'")
        connection.exec_driver_sql("DELETE FROM dates_worked_out")
        connection.exec_driver_sql(
            f"INSERT INTO dates_worked_out (id, stamp, program, at) VALUES (1, 'x', '{program}', "
            "'2026-11-01T00:00:00.000000Z')"
        )


REQUEST = Matter(key=UUID(int=1), happening="request", facts={"request": date(2026, 9, 3)})


def test_rules_that_come_with_the_program_are_applied_once(desk: Services, storage: Storage) -> None:
    desk.dates.keep(REQUEST)
    as_left_by(storage, __version__)
    done = desk.dates.refresh()
    assert (done.value, done.touched, done.said) == (1, {Topic.DATES}, "1 date moved.")
    [moved] = desk.dates.moved()
    assert (moved.was, moved.now, moved.because) == (date(2026, 10, 8), date(2026, 10, 15), PROGRAM_BROUGHT)
    again = desk.dates.refresh()
    assert (again.value, again.touched) == (0, frozenset())
    assert len(desk.dates.moved()) == 1


def test_what_was_never_worked_out_with_a_stamp_is_looked_at_and_nothing_listed(desk: Services) -> None:
    desk.dates.keep(REQUEST)
    assert desk.dates.refresh().value == 0
    assert desk.dates.moved() == ()


def test_an_older_program_leaves_the_dates_of_a_later_one_alone(desk: Services, storage: Storage) -> None:
    desk.dates.keep(REQUEST)
    as_left_by(storage, "99.1.0")
    assert desk.dates.refresh().value == 0
    assert desk.dates.moved() == ()


@pytest.mark.parametrize(("other", "later"), [("0.10.0", True), ("0.9.0", False), ("0.8.20", False), ("1.0", True)])
def test_a_later_program_is_told_by_its_numbers_and_not_by_its_letters(
    monkeypatch: pytest.MonkeyPatch, *, other: str, later: bool
) -> None:
    monkeypatch.setattr(reckoning, "__version__", "0.9.0")
    assert reckoning.is_later(other) is later


def test_what_an_older_program_keeps_is_worked_out_again_by_the_later_one(desk: Services, storage: Storage) -> None:
    as_left_by(storage, "99.1.0")
    desk.dates.keep(REQUEST)
    with storage.reading() as work:
        assert work.matter_dates.worked_out_with() == ("", "99.1.0")


def test_a_matter_of_a_later_program_keeps_the_dates_it_has(desk: Services, storage: Storage) -> None:
    kept = desk.dates.keep(REQUEST).value
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE dated_matter SET happening = 'unheard_of'")
    desk.rules.correct("EHC6", "", ["7 weeks after start"], first=date(2026, 1, 1), last=None, law="", reason="new")
    assert desk.dates.moved() == ()
    assert desk.dates.get(kept.key).dates == kept.dates


# -- several at once ---------------------------------------------------------------------------------------------------


def test_two_who_change_rules_at_once_and_one_who_keeps_a_matter_leave_every_date_right(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    desks = [services_on(make_storage(), tmp_path / str(number), clock) for number in range(3)]
    told = [
        Matter(key=UUID(int=number), happening="adviser", kind="no", facts={"told": date(2026, 6, day)})
        for number, day in enumerate([15, 15, 16, 16, 17], start=1)
    ]
    for matter in told[:2]:
        desks[0].dates.keep(matter)

    def add(desk: Services, day: date) -> Callable[[], object]:
        return lambda: desk.rules.add_holiday(day, "Visit", "decided")

    answers = together(
        add(desks[0], VISIT),
        add(desks[1], date(2026, 6, 18)),
        lambda: [desks[2].dates.keep(matter) for matter in told[2:]],
    )
    assert [answer for answer in answers if isinstance(answer, BaseException)] == []
    found = {one.matter.key: one.date.due for one in desks[0].dates.open_dates(date(2026, 1, 1), date(2026, 12, 31))}
    holidays = {*shipped_days().holidays, VISIT, date(2026, 6, 18)}
    [*expected] = plain_dates([(matter.happening, matter.facts) for matter in told], holidays)
    assert found == {matter.key: day for matter, [day] in zip(told, expected, strict=True)}
    assert desks[0].dates.refresh().value == 0
    ends: dict[UUID, date | None] = {}
    for one in sorted(desks[0].dates.moved(), key=lambda move: move.was or date.min):
        assert ends.get(one.matter, one.was) == one.was, "each move begins where the one before it ended"
        ends[one.matter] = one.now


def added(day: date) -> BankHoliday:
    """A decision that is not kept yet."""
    return BankHoliday(key=uuid4(), day=day, name="Visit", origin=HolidayOrigin.ADDED, reason="decided")


@contextmanager
def deciding(storage: Storage, day: date) -> Iterator[None]:
    """A bank holiday that is being added: everything is done but the commit, which follows."""
    with storage.writing() as work:
        work.matter_dates.while_nobody_works_out()
        work.rule_changes.keep_holiday(added(day), at=NOW)
        work_again(work, because="decided", at=NOW)
        yield
        work.commit()


def waiting(work: Callable[[], object]) -> tuple[threading.Thread, threading.Event, list[object]]:
    """The work, begun in a thread; its end, and what came of it."""
    ended, found = threading.Event(), list[object]()

    def run() -> None:
        try:
            found.append(work())
        except Invalid as invalid:
            found.append(invalid)
        ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, ended, found


def test_a_matter_that_is_kept_while_a_holiday_is_decided_is_counted_with_it(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    desk = services_on(make_storage(), tmp_path, clock)
    told = Matter(key=UUID(int=1), happening="adviser", kind="no", facts={"told": date(2026, 6, 16)})
    with deciding(make_storage(), VISIT):
        thread, ended, found = waiting(lambda: desk.dates.keep(told).value)
        assert not ended.wait(0.3)
    thread.join(10)
    assert [matter.dates[0].due for matter in found if isinstance(matter, Matter)] == [date(2026, 6, 22)]


def test_two_who_decide_about_one_day_at_once_are_told_of_each_other(
    make_storage: MakeStorage, tmp_path: Path, clock: Clock
) -> None:
    desk = services_on(make_storage(), tmp_path, clock)
    with deciding(make_storage(), VISIT):
        thread, ended, found = waiting(lambda: desk.rules.add_holiday(VISIT, "Visit", "decided"))
        assert not ended.wait(0.3)
    thread.join(10)
    [refused] = found
    assert isinstance(refused, Invalid)
    assert refused.problems == {"day": "There is a bank holiday on 17 June 2026 already: Visit."}
    assert len([one for one in desk.rules.holidays(2026) if one.day == VISIT]) == 1
