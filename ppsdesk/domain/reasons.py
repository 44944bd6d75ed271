"""Why a person on record meets a word that was typed, in the words on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from ppsdesk.domain.codes import Reason
from ppsdesk.domain.finding import Why
from ppsdesk.domain.names import BEGINNING_FROM, fold, nicknames, one_letter_off
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.sounds import sound

_APART = re.compile(r"[\s\-‐‑‒–—,]+")


def reason_for(word: str, facts: PersonFacts, *, children: Sequence[str] = ()) -> Why | None:
    """The best reason of one folded word: name, other name, short form, town, a child's name, sound, one letter off."""
    own = _shown(facts.given_names) + _shown(facts.family_name)
    others = _shown(facts.known_as) + _shown(facts.former_names)
    towns = [(fold(address.town), address.town) for address in facts.addresses if address.town]
    forms = set(nicknames(word))
    code = sound(word)

    def slipped(one: str) -> bool:
        slips = one_letter_off(word)
        return one in slips or (len(word) >= BEGINNING_FROM and any(one.startswith(slip) for slip in slips))

    ways: tuple[tuple[Reason, Iterable[tuple[str, str]], Callable[[str], bool]], ...] = (
        (Reason.NAME, own, lambda one: one == word),
        (Reason.NAME, own, lambda one: one.startswith(word)),
        (Reason.KNOWN_AS, others, lambda one: one.startswith(word)),
        (Reason.KNOWN_AS, own, lambda one: one in forms),
        (Reason.PLACE, towns, lambda one: any(part.startswith(word) for part in one.split())),
        (Reason.SOUND, own + others, lambda one: bool(code) and sound(one) == code),
        (Reason.SPELLING, own + others, slipped),
    )
    for reason, words, meets in ways:
        if reason is Reason.SOUND and (child := _of_children(word, children)):
            return child
        if found := next((shown for one, shown in words if meets(one)), ""):
            return Why(reason=reason, words=found)
    return None


def _of_children(word: str, children: Sequence[str]) -> Why | None:
    for name in children:
        found = reason_for(word, PersonFacts(given_names=name))
        if found and found.reason in (Reason.NAME, Reason.KNOWN_AS):
            return Why(reason=Reason.FAMILY, words=f"child {name}")
    return None


def _shown(names: str) -> list[tuple[str, str]]:
    """Each part of a name folded, beside how it is written; then neighbours together, as "de la Cruz" is one word."""
    written = [part for part in _APART.split(names) if fold(part)]
    parts = [(fold(part).replace(" ", ""), part) for part in written]
    pairs = [(one + two, f"{a} {b}") for (one, a), (two, b) in pairwise(parts)]
    whole = [("".join(one for one, _ in parts), names.strip())] if len(parts) > 2 else []
    return parts + pairs + whole
