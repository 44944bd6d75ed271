"""How much two records speak of one person, in points, with the facts they share in words.

One threshold serves the warning while somebody is typed and the list of perhaps-duplicates. Never alike: somebody with
another given name (a twin, a partner at the same number), and a parent and child of the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.codes import ContactKind, PersonKind
from ppsdesk.domain.names import fold, heads_a_group, name_parts, nicknames, slips_between
from ppsdesk.domain.people import PersonFacts
from ppsdesk.domain.phones import digits, shown
from ppsdesk.domain.postcodes import normal
from ppsdesk.domain.sounds import sound

ENOUGH = 55
SAME_NUMBER = 55  # a phone or an e-mail address
SAME_FAMILY_NAME, LIKE_FAMILY_NAME, OTHER_FAMILY_NAME = 20, 15, -25
SAME_GIVEN_NAME, LIKE_GIVEN_NAME = 25, 20
SAME_BIRTH, OTHER_BIRTH = 30, -60
SAME_POSTCODE = 20
WHOLE_NUMBER = 9  # digits


class Given(IntEnum):
    """How near two given names are."""

    OTHER = 0
    SPELLING = 1  # one name, spelled twice
    FORM = 2  # a short form, an initial
    SAME = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points, and the shared facts in words."""

    score: int
    shared: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether somebody should be asked."""
        return self.score >= ENOUGH


UNLIKE = Likeness(0, ())


def likeness(first: PersonFacts, second: PersonFacts, *, one_parent: bool = False) -> Likeness:
    """How much the two are alike. `one_parent`: both are known as children of the same adult."""
    born = _born(first.born_on, second.born_on)
    child = {first.kind is PersonKind.CHILD, second.kind is PersonKind.CHILD}
    if len(child) == 2 and born != SAME_BIRTH:
        return UNLIKE
    numbers = _numbers(first, second)
    postcodes = postcodes_of(first) & postcodes_of(second)
    together = one_parent or (born == SAME_BIRTH and bool(postcodes or numbers))
    given = _given(first, second, perhaps_twins=together)
    if given is Given.OTHER:
        return UNLIKE
    family = _family(first, second)
    points = family + born + (SAME_POSTCODE if postcodes else 0) + (SAME_NUMBER if numbers else 0)
    if given is not None:
        points += SAME_GIVEN_NAME if given is Given.SAME else LIKE_GIVEN_NAME
    shared = [*_name(first, second, family, given), *numbers]
    if born == SAME_BIRTH and first.born_on:
        shared.append(f"born {long_day(first.born_on)}")
    shared += [f"same postcode {normal(code) or code}" for code in sorted(postcodes)]
    return Likeness(points, tuple(shared))


def given_codes(facts: PersonFacts) -> frozenset[str]:
    """Codes of which two people with near given names have one in common; empty where only an initial is known."""
    words = _given_words(facts)
    if any(len(word) == 1 for word in words):
        return frozenset()
    return frozenset(sound(form) or form for word in words for form in (word, *nicknames(word)))


def family_codes(family_name: str) -> frozenset[str]:
    """Codes of which two like family names have one in common: how a part sounds, how it begins."""
    return frozenset(code for part in name_parts(family_name) for code in (sound(part), part[:3]) if code)


def postcodes_of(facts: PersonFacts) -> frozenset[str]:
    """Postcodes as they are written."""
    return frozenset(code for address in facts.addresses if (code := normal(address.postcode)))


def phones_of(facts: PersonFacts) -> dict[str, str]:
    """Whole numbers, by their digits, as they are shown."""
    found = {digits(point.value): shown(point.value) for point in facts.phones}
    return {number: words for number, words in found.items() if len(number) >= WHOLE_NUMBER}


def emails_of(facts: PersonFacts) -> frozenset[str]:
    """E-mail addresses in small letters."""
    return frozenset(point.value.strip().lower() for point in facts.contacts if point.kind is ContactKind.EMAIL)


def _numbers(first: PersonFacts, second: PersonFacts) -> list[str]:
    phones, others = phones_of(first), phones_of(second)
    same = [f"same phone {phones[number]}" for number in phones if number in others]
    return same + [f"same e-mail {address}" for address in sorted(emails_of(first) & emails_of(second))]


def _given_words(facts: PersonFacts) -> tuple[str, ...]:
    return name_parts(facts.given_names)[:1] + name_parts(facts.known_as.replace(",", " "))


def _given(first: PersonFacts, second: PersonFacts, *, perhaps_twins: bool) -> Given | None:
    """The nearest two of their given names; None where one has none. What they are known as is but a form."""
    ours, theirs = _given_words(first), _given_words(second)
    pairs = [(one, other) for one in ours for other in theirs]
    nearest = max((near(one, other, strict=perhaps_twins) for one, other in pairs), default=None)
    return Given.FORM if nearest is Given.SAME and ours[0] != theirs[0] else nearest


def near(one: str, other: str, *, strict: bool) -> Given:
    """How near two folded given names are. `strict`: of two of one age in one home, who may be twins: two names that
    are both given to children are two names, however alike."""
    if one == other:
        return Given.SAME
    if 1 in (len(one), len(other)):
        return Given.FORM if one[0] == other[0] and not strict else Given.OTHER
    both_names = heads_a_group(one) and heads_a_group(other)
    if other in nicknames(one):
        return Given.OTHER if strict and both_names else Given.FORM
    if both_names or (nicknames(one) and nicknames(other)):
        return Given.OTHER
    slips, alike = slips_between(one, other), sound(one) == sound(other)
    if (alike and slips <= 2) or (slips <= 1 and min(len(one), len(other)) > 3 and not strict):
        return Given.SPELLING
    return Given.OTHER


def _family(first: PersonFacts, second: PersonFacts) -> int:
    ours, theirs = _families(first), _families(second)
    if not ours or not theirs:
        return 0
    if ours & theirs:
        return SAME_FAMILY_NAME
    pairs = [(one, other) for one in ours for other in theirs]
    like = any(sound(one) == sound(other) or slips_between(one, other) <= 1 for one, other in pairs)
    return LIKE_FAMILY_NAME if like else OTHER_FAMILY_NAME


def _families(facts: PersonFacts) -> set[str]:
    former = {fold(name).split()[-1] for name in facts.former_names.split(",") if fold(name)}
    return {*name_parts(facts.family_name), *former}


def _born(first: date | None, second: date | None) -> int:
    if first is None or second is None:
        return 0
    if first == second:
        return SAME_BIRTH
    swapped = (first.year, first.month, first.day) == (second.year, second.day, second.month)
    written, other = f"{first:%Y%m%d}", f"{second:%Y%m%d}"
    slip = sum(a != b for a, b in zip(written, other, strict=True)) == 1
    return 0 if swapped or slip else OTHER_BIRTH


def _name(first: PersonFacts, second: PersonFacts, family: int, given: Given | None) -> list[str]:
    if family == SAME_FAMILY_NAME and given in (Given.SAME, None):
        return [f"same name {second.name}"]
    if family == OTHER_FAMILY_NAME:
        return [f"given name {second.given_names or second.known_as}"] if given else []
    return [f"like name {second.name}"] if given or family else []
