"""What the dates line of a call tells, and what is kept with the call: something that happened and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from ppsdesk.domain.matters import Matter
from ui.who.what_follows import DatesTold

if TYPE_CHECKING:
    from ppsdesk.domain.calls import NewCall


def matters_of(call: NewCall, told: object) -> tuple[Matter, ...]:
    """What is kept with the call, of its child where it is about exactly one; nothing where no day was typed.

    The key is made from the call's own, so that a second try leaves one.
    """
    if not isinstance(told, DatesTold) or not told.facts:
        return ()
    child = call.children[0] if len(call.children) == 1 else None
    key = uuid5(call.key, "dates")
    return (Matter(key=key, child=child, happening=told.happening, kind=told.kind, facts=told.facts),)
