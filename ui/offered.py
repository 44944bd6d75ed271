"""What a role is offered: pages and actions it has no right to are not there at all. From the one table of rights.

What is temporarily impossible is another matter: it stays, switched off.
"""

from __future__ import annotations

from ppsdesk.domain.rights import Action, Role, Subject, may

_CALL = (Subject.CALLS, Action.ADD)
_READS = (Subject.CALLS, Action.READ)
_PEOPLE = (Subject.PEOPLE, Action.READ)
# page or action to the right it needs; what is not named here is everybody's
NEEDS = {
    "today": _READS,
    "calls": _READS,
    "call": _READS,
    "people": _PEOPLE,
    "person": _PEOPLE,
    "find_or_do": _PEOPLE,
    "reports": (Subject.REPORTS, Action.READ),
    "lists": (Subject.LISTS, Action.CHANGE),
    "imports": (Subject.IMPORTS, Action.ADD),
    **dict.fromkeys(
        ("new_call", "park", "next_call", "quick_close", "refer", "texts", "pause", "late", "next_step", "batch"), _CALL
    ),
}


def withheld(role: Role | None) -> frozenset[str]:
    """The pages and actions a role is not offered; none of them in a local file."""
    return frozenset(name for name, (subject, action) in NEEDS.items() if not may(role, subject, action))
