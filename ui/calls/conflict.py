"""Somebody else changed this call: both versions field by field, and nothing is lost whatever one chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calls import LABELS, CallFacts, differences, without_strangers
from ppsdesk.domain.vocabulary import Vocabularies
from ui.calls.wording import day_words, length_words, value_words
from ui.kit.two_versions import Choice, TwoVersionsDialog

# These say one thing together: chosen apart they could end a call before it begins.
_TIMES = ("taken_on", "started_at", "ended_at", "minutes", "minutes_by_hand")


def choices_of(
    before: CallFacts, theirs: CallFacts, yours: CallFacts, lists: Vocabularies, names: Mapping[UUID, str] | None = None
) -> list[Choice]:
    """Every difference between theirs and yours; day, time and length are one. `names` of children, where known."""

    def words(fields: tuple[str, ...], facts: CallFacts) -> str:
        return _words(fields, facts, lists, names or {})

    found = differences(before, theirs, yours)
    choices = [_choice((d.field,), before, theirs, yours, words) for d in found if d.field not in _TIMES]
    if any(d.field in _TIMES for d in found):
        choices.append(_choice(_TIMES, before, theirs, yours, words))
    return choices


def chosen_facts(theirs: CallFacts, yours: CallFacts, mine: Sequence[Choice]) -> CallFacts:
    """Theirs, with yours in the lines where yours was chosen; a child that goes takes its stage along."""
    return without_strangers(
        replace(theirs, **{name: getattr(yours, name) for choice in mine for name in choice.fields})
    )


class ConflictDialog(TwoVersionsDialog):
    """The two versions of a call; `facts()` is what the choices make, to be saved on top of theirs."""

    def __init__(
        self, before: CallFacts, theirs: CallFacts, yours: CallFacts, *, who: str, lists: Vocabularies,
        names: Mapping[UUID, str] | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(choices_of(before, theirs, yours, lists, names), thing="call", who=who, parent=parent)
        self._theirs, self._yours = theirs, yours

    def facts(self) -> CallFacts:
        """What the choices make."""
        return chosen_facts(self._theirs, self._yours, self.mine())


def _choice(
    names: tuple[str, ...],
    before: CallFacts,
    theirs: CallFacts,
    yours: CallFacts,
    words: Callable[[tuple[str, ...], CallFacts], str],
) -> Choice:
    was, their, mine = ([getattr(facts, name) for name in names] for facts in (before, theirs, yours))
    return Choice(
        fields=names,
        words="When and how long" if names == _TIMES else LABELS[names[0]],
        before=words(names, before),
        theirs=words(names, theirs),
        yours=words(names, yours),
        both_changed=was not in (their, mine),
        only_you=was == their,
    )


def _words(fields: tuple[str, ...], facts: CallFacts, lists: Vocabularies, names: Mapping[UUID, str]) -> str:
    if fields == _TIMES:
        return f"{day_words(facts.taken_on, facts.taken_on.min)}, {length_words(facts)}"
    return value_words(fields[0], getattr(facts, fields[0]), lists, names)
