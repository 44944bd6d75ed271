"""Two people changed one record: which fields differ, in words, and what the choices make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ppsdesk.domain.people import LABELS, PERSON_FACTS, PersonFacts
from ppsdesk.domain.vocabulary import Vocabularies
from ui.kit.two_versions import Choice
from ui.people.wording import value_words


def choices_of(before: PersonFacts, theirs: PersonFacts, yours: PersonFacts, lists: Vocabularies) -> list[Choice]:
    """Every field in which theirs and yours differ, in the order of the record."""
    return [
        _choice(name, before, theirs, yours, lists)
        for name in PERSON_FACTS
        if getattr(theirs, name) != getattr(yours, name)
    ]


def chosen_facts(theirs: PersonFacts, yours: PersonFacts, mine: Sequence[Choice]) -> PersonFacts:
    """Theirs, with yours in the lines where yours was chosen."""
    return replace(theirs, **{name: getattr(yours, name) for choice in mine for name in choice.fields})


def _choice(name: str, before: PersonFacts, theirs: PersonFacts, yours: PersonFacts, lists: Vocabularies) -> Choice:
    was, their, mine = (getattr(facts, name) for facts in (before, theirs, yours))
    return Choice(
        fields=(name,),
        words=LABELS[name],
        before=value_words(name, was, lists),
        theirs=value_words(name, their, lists),
        yours=value_words(name, mine, lists),
        both_changed=was not in (their, mine),
        only_you=was == their,
    )
