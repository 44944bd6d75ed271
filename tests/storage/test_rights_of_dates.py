"""Dates, bank holidays and rules on a shared server: each role with its own login."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ppsdesk.domain.errors import CannotStart
from ppsdesk.domain.intake import Intake
from ppsdesk.domain.matters import Matter
from ppsdesk.domain.rights import Action, Role, Subject, may
from tests.builders import a_call
from tests.storage.conftest import At, reads_well

DAY = date(2026, 9, 3)


def refused(work: Callable[[], object]) -> bool:
    """Whether the person is told in one sentence that this login may not do that."""
    with pytest.raises(CannotStart, match="This login has no right to do that") as told:
        work()
    return reads_well(told.value)


def a_matter() -> Matter:
    """An adviser was told: three working days."""
    return Matter(key=uuid4(), happening="adviser", kind="no", facts={"told": date(2026, 9, 1)})


@pytest.mark.parametrize("role", [role for role in Role if may(role, Subject.DATES, Action.ADD)])
def test_who_takes_calls_keeps_corrects_and_closes_dates(at: At, role: Role) -> None:
    desk = at(role)
    call, matter = a_call(), a_matter()
    desk.calls.log(call, Intake(matters=(matter,)))
    [kept] = desk.dates.of_call(call.key)
    corrected = desk.dates.amend(replace(kept, facts={"told": date(2026, 9, 2)})).value
    mine = [one.key for one in desk.dates.moved() if one.matter == kept.key]
    assert desk.dates.seen(mine).value == 1
    [seen] = [one for one in desk.dates.moved(unseen_only=False) if one.key in mine]
    assert seen.seen_by == desk.person
    desk.dates.refresh()
    assert desk.dates.close(kept.key, corrected.version).value.closed_on is not None


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Subject.DATES)])
def test_who_has_no_families_has_no_dates_of_them_but_may_ask_what_the_law_says(at: At, role: Role) -> None:
    desk = at(role)
    assert desk.dates.ask("request", {"request": DAY}).dates
    assert desk.rules.holidays(2026)
    assert desk.rules.changes() is not None
    assert desk.dates.refresh().value == 0
    for work in (desk.dates.moved, lambda: desk.dates.keep(a_matter()), lambda: desk.dates.of_call(uuid4())):
        assert refused(work)


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Subject.RULES, Action.ADD)])
def test_nobody_but_the_coordinator_decides_about_rules(at: At, role: Role) -> None:
    desk = at(role)
    before = at(Role.COORDINATOR).rules.changes()
    assert refused(lambda: desk.rules.add_holiday(date(2026, 6, 17), "Visit", "why"))
    assert refused(lambda: desk.rules.suspend("EHC6", DAY, None, "why"))
    assert at(Role.COORDINATOR).rules.changes() == before


def test_the_coordinator_decides_and_everybody_sees_it(at: At) -> None:
    helpline, coordinator = at(Role.HELPLINE), at(Role.COORDINATOR)
    kept = helpline.dates.keep(a_matter()).value
    added = coordinator.rules.add_holiday(DAY, "Visit", "decided by the government").value
    assert added.decided_by == coordinator.person
    [moved] = [one for one in helpline.dates.moved() if one.matter == kept.key]
    assert (moved.was, moved.now) == (date(2026, 9, 4), date(2026, 9, 7))
    for role in Role:
        assert added in at(role).rules.holidays(2026)
    coordinator.rules.put_back(added.key, added.version)
    change = coordinator.rules.suspend("EHC6", DAY, None, "an emergency").value
    coordinator.rules.withdraw(change.key, change.version)
    assert coordinator.rules.changes() == ()
