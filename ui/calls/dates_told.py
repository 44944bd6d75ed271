"""What the dates line of a call tells, and what is kept with the call: something that happened and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from ppsdesk.domain.matters import Matter
from ui.who.what_follows import DatesTold

if TYPE_CHECKING:
    from ppsdesk.domain.calls import NewCall


def matters_of(call: NewCall, told: object) -> tuple[Matter, ...]:
    """What is kept with the call: of its only child, or of each it was told of. Nothing where no day was typed.

    The keys are made from the call's own, so that a second try leaves one of each.
    """
    if not isinstance(told, DatesTold) or not told.facts:
        return ()
    meant = tuple(child for child in call.children if child in told.children)
    children = call.children if len(call.children) == 1 else meant
    return tuple(
        Matter(
            key=uuid5(call.key, "dates" if len(children) < 2 else f"dates {child}"),
            child=child,
            happening=told.happening,
            kind=told.kind,
            facts=told.facts,
            lifted=told.lifted,
        )
        for child in children or (None,)
    )
