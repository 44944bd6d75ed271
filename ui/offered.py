"""What a role is offered: pages and actions it has no right to are not there at all. From the one table of rights.

What is inside a page says its need itself, by `KeyButton.needs` and `Page.needs`. What is temporarily impossible is
another matter: it stays, switched off.
"""

from __future__ import annotations

from ppsdesk.domain.rights import Action, Role, Subject, may

Need = tuple[Subject, Action]

_CALL = ((Subject.CALLS, Action.ADD),)
_READS = ((Subject.CALLS, Action.READ),)
_PEOPLE = ((Subject.PEOPLE, Action.READ),)
_REPORTS = ((Subject.REPORTS, Action.READ),)
_IN_LISTS = (Subject.LISTS, Subject.ORGANISATIONS, Subject.TEXTS, Subject.SCHOOL_TERMS)
# page or action to the rights of which it needs one; what is not named here is everybody's, as asking the dates is
NEEDS: dict[str, tuple[Need, ...]] = {
    "today": _READS,
    "calls": _READS,
    "call": _READS,
    "people": _PEOPLE,
    "person": _PEOPLE,
    "find_or_do": _PEOPLE,
    "history": (*_READS, *_PEOPLE),
    "lists": ((Subject.LISTS, Action.READ),),
    "imports": ((Subject.IMPORTS, Action.ADD),),
    "edit": tuple((subject, Action.CHANGE) for subject in (Subject.PEOPLE, *_IN_LISTS)),
    "merge": tuple((subject, Action.CHANGE) for subject in (Subject.LISTS, Subject.ORGANISATIONS)),
    **dict.fromkeys(("reports", "chart_as_table"), _REPORTS),
    **dict.fromkeys(
        ("new_call", "park", "next_call", "quick_close", "refer", "texts", "pause", "late", "next_step",
         "call_dates", "batch", "panel"), _CALL
    ),
}  # fmt: skip

# where little is offered the window says why, in one sentence
ABOUT = {
    Role.VOLUNTEER: "You are signed in as a volunteer: you can ask the dates, and look at the lists, schools, texts "
    "and term dates without changing them; calls, people and reports are not shown to you.",
    Role.ANALYST: "You are signed in as an analyst: you can count, print and export reports; the calls behind a figure "
    "and the people are not shown to you.",
    Role.AUDITOR: "You are signed in as an auditor: you can ask the dates and look at the lists of words; the audit "
    "trail has no page here yet, and calls, people and reports are not shown to you.",
    Role.ADMINISTRATOR: "You are signed in as an administrator: you can ask the dates, and look after the lists, "
    "schools, texts and term dates; calls, people and reports are not shown to you.",
}


def withheld(role: Role | None) -> frozenset[str]:
    """The pages and actions a role is not offered; none of them in a local file."""
    return frozenset(name for name, needs in NEEDS.items() if not any(may(role, *need) for need in needs))


def about(role: Role | None) -> str:
    """What a role can do here and what not, "" where that goes without saying."""
    return ABOUT.get(role, "") if role else ""
