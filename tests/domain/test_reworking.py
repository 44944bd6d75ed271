"""Many matters worked out at once have the dates that each has alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

import pytest

from ppsdesk.domain.clock_rules import ClockChange, Owes, RuleBook, changed
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.happenings import Happening, all_dates
from ppsdesk.domain.reworking import DateLine, WorkingOut, differences
from ppsdesk.services.shipped_rules import shipped_book, shipped_days, shipped_happenings

SUSPENDED = ClockChange(rule="CERT3N", first=date(2020, 1, 1), last=date(2021, 1, 1), reason="closed")
CORRECTED = ClockChange(rule="EHC6", first=date(2024, 1, 1), counts=("7 weeks after start",), reason="changed")
LINE = DateLine("EHC6", "Decide", Owes.AUTHORITY.value, date(2026, 9, 3), True, False, False)


def alone(book: RuleBook, happening: Happening, kind: str, facts: Mapping[str, date],
          lifted: tuple[str, ...]) -> list[DateLine]:  # fmt: skip
    """As the sheet of one matter has them."""
    sheet = all_dates(book, happening, facts, shipped_days(), kind=kind, lifted=lifted)
    return sorted(
        DateLine(one.clock.code, one.clock.title, one.clock.owes.value, one.due, one.certain, bool(one.lifted),
                 bool(one.suspended))
        for one in sheet.dates
    )  # fmt: skip


def told(happening: Happening, random: Random) -> dict[str, date]:
    """Some days of a happening, from before the law of 2014 to after the last bank holiday that is known."""
    first = date(1999, 1, 1) + timedelta(days=random.randrange(15_600))
    facts = {fact.name: first + timedelta(days=random.randrange(-30, 120)) for fact in happening.facts
             if not fact.optional or random.random() < 0.5}  # fmt: skip
    return facts or {happening.facts[0].name: first}


@pytest.mark.parametrize("happening", shipped_happenings(), ids=lambda one: one.code)
def test_every_matter_has_the_dates_it_has_alone(happening: Happening) -> None:
    book = changed(shipped_book(), (SUSPENDED, CORRECTED))
    together, random = WorkingOut(book, shipped_days(), shipped_happenings()), Random(7)
    for kind in [one.code for one in happening.kinds] or [""]:
        for _ in range(60):
            facts = told(happening, random)
            lifted = tuple(code for code in sorted(happening.exceptions) if random.random() < 0.3)
            for _again in range(2):
                assert list(together.lines(happening.code, kind, facts, lifted)) == alone(
                    book, happening, kind, facts, lifted
                )


def test_what_nobody_knows_here_and_what_the_calendar_does_not_reach_is_refused() -> None:
    working_out = WorkingOut(shipped_book(), shipped_days(), shipped_happenings())
    for happening, kind, day in (("unheard-of", "", date(2026, 1, 1)), ("order", "unheard-of", date(2026, 1, 1)),
                                 ("request", "", date(9999, 12, 1))):  # fmt: skip
        with pytest.raises(Refused):
            working_out.lines(happening, kind, {"request": day, "order": day}, ())


def test_differences_are_found_whatever_the_order_and_only_another_day_is_a_move() -> None:
    other = replace_line(clock="EHC16")
    assert list(differences(1, (LINE, other), (other, LINE))) == []
    later, renamed = replace_line(due=date(2026, 9, 4)), replace_line(title="Decide whether")
    [moved] = differences(1, (LINE, other), (other, later))
    assert (moved.before, moved.after, moved.moved) == (LINE, later, True)
    [same_day] = differences(1, (LINE,), (renamed,))
    assert not same_day.moved
    assert [one.moved for one in differences(1, (LINE,), (other,))] == [True, True]


def replace_line(**said: object) -> DateLine:
    """The line with something else in it."""
    return LINE._replace(**said)  # type: ignore[arg-type]
