"""What the dates line of a call tells: something that happened and its days; kept with the call, with what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid5

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.clock_steps import days_left
from ppsdesk.domain.clocks import Reckoned
from ppsdesk.domain.happenings import DatesSheet, Happening
from ppsdesk.domain.matters import TYPE_IT, Matter
from ppsdesk.domain.words import count_of

if TYPE_CHECKING:
    from ppsdesk.domain.calls import NewCall

CHOOSE_KIND = "Choose which kind it is."
NO_DATES = "No date follows from that."
CHECK = "check this"
IN_SIGHT = 2  # dates of the line; the others are in its tooltip


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesTold:
    """What happened, which kind, and its days."""

    happening: str
    kind: str = ""
    facts: Mapping[str, date] = field(default_factory=dict)


def matters_of(call: NewCall, told: object) -> tuple[Matter, ...]:
    """What is kept with the call, of its child where it is about exactly one; nothing where no day was typed.

    The key is made from the call's own, so that a second try leaves one.
    """
    if not isinstance(told, DatesTold) or not told.facts:
        return ()
    child = call.children[0] if len(call.children) == 1 else None
    key = uuid5(call.key, "dates")
    return (Matter(key=key, child=child, happening=told.happening, kind=told.kind, facts=told.facts),)


def fitting(happenings: Collection[Happening], topics: Sequence[str]) -> tuple[Happening, ...]:
    """What can have happened in a call about these topics, that of the main topic first."""
    found = {one.code: one for topic in topics for one in happenings if topic in one.topics}
    return tuple(found.values())


def lacking(happening: Happening, kind: str, days: Collection[str]) -> tuple[str, str]:
    """The field that something is still needed in and one sentence, two times "" where the dates can be told."""
    if not days:
        return "", ""
    for fact in happening.facts:
        if not fact.optional and fact.name not in days:
            return fact.name, f"{fact.asks} is needed. {TYPE_IT}"
    if happening.kinds and not happening.rules and not kind:
        return "kind", CHOOSE_KIND
    return "", ""


def follows_line(sheet: DatesSheet, today: date) -> str:
    """The earliest dates still to come in one line; where there is none, what became of them."""
    hold = [found for found in sheet.dates if not found.lifted]
    coming = [found for found in hold if found.due >= today]
    if not sheet.dates:
        return NO_DATES
    if not hold:
        return "Every time limit here is lifted."
    if not coming:
        return f"All of these days are past. The last was: {date_words(hold[-1], today)}."
    shown = "; ".join(date_words(found, today) for found in coming[:IN_SIGHT])
    more = len(coming) - IN_SIGHT
    return f"{shown}; {count_of(more, 'later date')}." if more > 0 else f"{shown}."


def follows_in_full(sheet: DatesSheet, today: date) -> str:
    """Every date, one a line."""
    return "\n".join(
        f"{date_words(found, today)}; {found.clock.owes.label.lower()}{'; lifted' if found.lifted else ''}"
        for found in sheet.dates
    )


def date_words(found: Reckoned, today: date) -> str:
    """ "Last day to appeal: Tue 1 Dec 2026, in 11 days"."""
    doubt = "" if found.certain else f", {CHECK}"
    return f"{found.clock.title}: {long_day(found.due)}, {days_left(found.due, today)}{doubt}"
