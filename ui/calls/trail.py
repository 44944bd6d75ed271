"""The history of a call as people read it: who did what, when, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ppsdesk.domain.calls import LABELS
from ppsdesk.domain.codes import Direction
from ppsdesk.domain.history import MATTER_CHANGES, Change, saves
from ppsdesk.domain.vocabulary import TermCode, Vocabularies
from ui.calls.fields import vocabulary_of
from ui.calls.wording import NOTHING, value_words
from ui.kit.history_panel import Step
from ui.kit.words import apart

_YES_NO = ("anonymous", "minutes_by_hand", "entered_late", "not_one_child")
_INSTANTS = ("started_at", "ended_at")
_NOT_SHOWN = ("version", "recorded_at", "key", "id")


def steps_of(changes: Sequence[Change], lists: Vocabularies) -> list[Step]:
    """The history, newest first."""
    own = [change for change in changes if change.field not in MATTER_CHANGES]
    steps = [step for save in saves(own, "call") for step in _steps_of_save(save, lists)]
    steps += [_step_of_dates(change) for change in changes if change.field in MATTER_CHANGES]
    return sorted(steps, key=lambda step: step.at)[::-1]


def _steps_of_save(save: list[Change], lists: Vocabularies) -> list[Step]:
    first = save[0]
    if first.table == "call" and first.action == "insert":
        return [Step(at=first.at, person=first.person, what="Call logged")]
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for change in save:
        if change.field and change.field not in _NOT_SHOWN:
            old, new = found.setdefault((change.field, change.about), ([], []))
            old += [change.old] if change.old else []
            new += [change.new] if change.new else []
    # what is said of one child is written anew with what is said of another
    changed = ((names, said) for names, said in found.items() if not names[1] or said[0] != said[1])
    return [_step(first, names, old, new, lists) for names, (old, new) in changed]


def _step_of_dates(change: Change) -> Step:
    what, before, after = MATTER_CHANGES[change.field], apart(change.old), apart(change.new)
    return Step(at=change.at, person=change.person, what=what, before=before, after=after)


def _step(first: Change, names: tuple[str, str], old: list[str], new: list[str], lists: Vocabularies) -> Step:
    field, about = names
    if field == "removed_at":
        return Step(at=first.at, person=first.person, what="Call removed" if new else "Call put back")
    return Step(
        at=first.at,
        person=first.person,
        what=f"{LABELS['stages']} of {apart(about)}" if about else LABELS.get(field, field),
        before=_words(field, old, lists),
        after=_words(field, new, lists),
    )


def _words(field: str, stored: list[str], lists: Vocabularies) -> str:
    if not stored:
        return NOTHING
    if vocabulary_of(field):
        return value_words(field, tuple(TermCode(code) for code in stored), lists)
    return value_words(field, _value(field, stored[0]), lists)


def _value(field: str, stored: str) -> object:
    """A stored text as the value it was; the text itself where it cannot be read."""
    try:
        if field in _YES_NO:
            return stored.casefold() in ("1", "true", "t")
        if field in _INSTANTS:
            return datetime.fromisoformat(stored)
        if field == "taken_on":
            return date.fromisoformat(stored)
        if field == "direction":
            return Direction(stored)
    except ValueError:
        pass
    return stored
