"""From a call on record to the values of its form, and from these to what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from ppsdesk.domain.calendar import LONDON, NoSuchTime, instant_of, local_day
from ppsdesk.domain.calls import FACTS, CallFacts, NewCall
from ppsdesk.domain.errors import Invalid
from ui.calls.caller_facts import caller_facts, who_of
from ui.calls.fields import WHEN
from ui.calls.stages_editor import stage_facts, stages_of

Values = Mapping[str, object]
F = TypeVar("F", bound=CallFacts)
_PEOPLE = ("caller", "children")


def values_of(facts: CallFacts) -> dict[str, object]:
    """A call on record as values of the form."""
    local = facts.started_at.astimezone(LONDON) if facts.started_at else None
    values: dict[str, object] = {name: getattr(facts, name) for name in FACTS if name != "child_stages"}
    return values | {
        "stages": stages_of(facts),
        "caller": who_of(facts),
        "started_at": local.time() if local else None,
        "later": bool(local and local.fold),
        "minutes": facts.length,
    }


def amended(base: CallFacts, before: Values, now: Values) -> CallFacts:
    """The call with what somebody changed in the form; everything else stays to the letter.

    A call moved to another day or time keeps its length. Raises `Invalid` for a time that did not occur.
    """
    changed = {name: value for name, value in now.items() if value != before.get(name)}
    plain = _plain(changed)
    if any(name in changed for name in _PEOPLE):
        plain |= caller_facts(now, key=None, base=base, changed=frozenset(changed))
    facts = replace(base, **plain)
    if "stages" in changed or facts.children != base.children:
        facts = replace(facts, **stage_facts(now["stages"], now["children"], facts.children))
    if any(name in changed for name in WHEN):
        day = now["taken_on"]
        if not isinstance(day, date):
            raise Invalid({"taken_on": "Enter the day of the call. The time may be left empty."})
        started = _instant(day, now)
        ended = started + (base.ended_at - base.started_at) if started and base.started_at and base.ended_at else None
        facts = replace(facts, taken_on=day, started_at=started, ended_at=ended)
    if "minutes" in changed:
        facts = _by_hand(facts, now["minutes"])
    return facts


def logged(now: Values, *, key: UUID, started_at: datetime, ended_at: datetime) -> NewCall:
    """The call that stands in a pad. With a day or time of its own it is a late entry, else the clock says when.

    Raises `Invalid` for a time that did not occur.
    """
    plain = _plain(now) | caller_facts(now, key=key)
    day, clock = now["taken_on"], now["started_at"]
    if day is None and clock is None:
        when: dict[str, Any] = {"taken_on": local_day(started_at), "started_at": started_at, "ended_at": ended_at}
    else:
        taken_on = day if isinstance(day, date) else local_day(started_at)
        when = {"taken_on": taken_on, "started_at": _instant(taken_on, now), "entered_late": True}
    stages = stage_facts(now["stages"], now["children"], plain["children"])
    call = NewCall(key=key, **plain, **stages, **when)
    return _by_hand(call, now["minutes"]) if now["minutes"] is not None else call


def _plain(values: Values) -> dict[str, Any]:
    apart = (*WHEN, *_PEOPLE, "minutes", "stages")
    return {name: value for name, value in values.items() if name in FACTS and name not in apart}


def _by_hand(facts: F, minutes: object) -> F:
    # A typed length and an end by the clock would say two different things.
    if isinstance(minutes, int):
        return replace(facts, minutes=minutes, minutes_by_hand=True, ended_at=None)
    return replace(facts, minutes=None, minutes_by_hand=False)


def _instant(day: date, now: Values) -> datetime | None:
    clock = now["started_at"]
    if not isinstance(clock, time):
        return None
    try:
        return instant_of(day, clock, later=bool(now["later"]))
    except NoSuchTime as error:
        raise Invalid({"started_at": str(error)}) from error
