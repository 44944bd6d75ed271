"""The words a person is found by, made of what is written down about them. Never of hidden addresses."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from ppsdesk.domain.codes import ContactKind
from ppsdesk.domain.names import joined_parts, name_parts
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.phones import tails
from ppsdesk.domain.postcodes import compact
from ppsdesk.domain.sounds import REMEMBERED, sound

KEY_LIMIT = 80  # letters of one key; longer ones are cut
BETWEEN = ":"  # stands between a sound and the word that has it


class Sort(StrEnum):
    """What kind of word a search key is."""

    NAME = "n"
    OTHER_NAME = "k"  # known as, former
    SOUND = "s"  # the code, a colon, and the part of the name
    PHONE = "p"  # every end of at least four digits
    POSTCODE = "c"
    TOWN = "t"
    EMAIL = "e"
    BORN = "b"  # yyyymmdd


Key = tuple[str, str]


def keys_of(facts: PersonFacts) -> frozenset[Key]:
    """Every (sort, word) a person is found by."""
    named = _words(facts.given_names) | _words(facts.family_name)
    others = {part for name in _listed(facts.known_as, facts.former_names) for part in _words(name)} - named
    keys: set[Key] = {(Sort.NAME, word) for word in named}
    keys |= {(Sort.OTHER_NAME, word) for word in others}
    keys |= {(Sort.SOUND, f"{code}{BETWEEN}{word}") for word in named | others if (code := sound(word))}
    for point in facts.contacts:
        keys |= _phone(point.value) if point.kind is ContactKind.PHONE else {(Sort.EMAIL, point.value.strip().lower())}
    for address in facts.addresses:
        keys |= {(Sort.TOWN, word) for word in _words(address.town)}
        keys.add((Sort.POSTCODE, compact(address.postcode)))
    if facts.born_on:
        keys.add((Sort.BORN, f"{facts.born_on:%Y%m%d}"))
    return frozenset((str(sort), word[:KEY_LIMIT]) for sort, word in keys if word)


@lru_cache(maxsize=REMEMBERED)
def _words(name: str) -> frozenset[str]:
    return frozenset((*name_parts(name), *joined_parts(name)))


def _listed(*names: str) -> Iterable[str]:
    return (name for several in names for name in several.split(","))


def _phone(value: str) -> set[Key]:
    return {(Sort.PHONE, tail) for tail in tails(value)}
