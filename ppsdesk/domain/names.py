"""Names as they are compared: without case, accents and apostrophes, in parts, by short form, by the letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from ppsdesk.domain.nicknames import GROUPS

WORD_LIMIT = 40  # letters of one part of a name that are compared
BEGINNING_FROM = 5  # letters from which a slip in a beginning is looked for
MOST_PARTS = 12  # parts of one name, and words of one question, that are looked at

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n",
    "ŧ": "t", "ƙ": "k", "ɗ": "d", "ɓ": "b", "ə": "e", "ĸ": "k", "ſ": "s",
})  # fmt: skip
# an apostrophe by any of the signs people's keyboards give
_APOSTROPHES = re.compile("['’‘‛`´ʻʼʽˈ′＇]")
_NOT_WORD = re.compile(r"[^\w]|_")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "sir"})
# the first part of a family name that people also write apart or leave the space out of
PARTICLES = frozenset({"o", "mc", "mac", "de", "da", "di", "du", "la", "le", "van", "von", "den", "der", "st", "fitz"})


def fold(text: str) -> str:
    """The text as it is compared: lower case, accents off, apostrophes dropped, every other sign a single space.

    "Łucja O’Brien-Ṣọlá" is "lucja obrien sola". Letters of other scripts stay as they are.
    """
    if text.isascii():
        plain = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        plain = "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(_NOT_WORD.sub(" ", _APOSTROPHES.sub("", plain)).split())


def name_parts(text: str) -> tuple[str, ...]:
    """The parts of a name, each once, in order, without titles: "Mary-Ann O'Brien" is ("mary", "ann", "obrien")."""
    parts = fold(text).split()
    named = [part for part in parts if part not in _TITLES] or parts
    return tuple(dict.fromkeys(part[:WORD_LIMIT] for part in named[:MOST_PARTS]))


def joined_parts(text: str) -> tuple[str, ...]:
    """What a name of several parts is when its spaces and hyphens are left out: "maryann", "smithjones", "delacruz".

    Each two neighbours, and all of them.
    """
    parts = [part for part in fold(text).split()[:MOST_PARTS] if part not in _TITLES]
    if len(parts) < 2:
        return ()
    pairs = [first + second for first, second in pairwise(parts)]
    return tuple(dict.fromkeys(word[:WORD_LIMIT] for word in (*pairs, "".join(parts))))


def nicknames(word: str) -> tuple[str, ...]:
    """Other forms of a given name, both ways: "liz" gives "elizabeth", "beth", …; () where none is known."""
    return _FORMS.get(fold(word), ())


def heads_a_group(word: str) -> bool:
    """Whether this is a full name as registered, not only a short form of others."""
    return word in _HEADS


def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in GROUPS.strip().splitlines():
        names = line.split()
        for name in names:
            found.setdefault(name, {}).update(dict.fromkeys(other for other in names if other != name))
    return {name: tuple(others) for name, others in found.items()}


_FORMS = _forms()
_HEADS = frozenset(line.split()[0] for line in GROUPS.strip().splitlines())


def split_name(text: str) -> tuple[str, str]:
    """Given names and family name of a name as typed: "Jane Thistledown", "Thistledown, Jane", "Ana de la Hazelby".

    One word alone is a given name, after a title a family name. Nothing is changed but spaces.
    """
    plain = " ".join(text.split())
    if "," in plain:
        family, _, given = plain.partition(",")
        return given.strip(), family.strip()
    words = plain.split(" ")
    titled = len(words) > 1 and fold(words[0]) in _TITLES
    words = words[1:] if titled else words
    if len(words) == 1:
        return ("", words[0]) if titled else (words[0], "")
    begin = len(words) - 1
    while begin > 1 and fold(words[begin - 1]) in PARTICLES:
        begin -= 1
    return " ".join(words[:begin]), " ".join(words[begin:])


_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=100)
def one_letter_off(word: str) -> frozenset[str]:
    """Every word that is one slip away: a letter left out, doubled, put in, taken for another, two changed about."""
    letters = _ALPHABET if word.isascii() else "".join(sorted({*_ALPHABET, *word}))
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {before + after[1:] for before, after in parts}
    found |= {before + after[1] + after[0] + after[2:] for before, after in parts[:-2]}
    found |= {before + letter + after for before, after in parts for letter in letters}
    found |= {before + letter + after[1:] for before, after in parts[:-1] for letter in letters}
    return frozenset(found - {word})


def slips_between(first: str, second: str, *, most: int = 3) -> int:
    """How many slips lie between two words: letters left out, put in, mistaken, changed about; `most` for more."""
    if abs(len(first) - len(second)) >= most:
        return 0 if first == second else most
    before, row = [0] * (len(second) + 1), list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        last, before, row = before, row, [place]
        for column, other in enumerate(second, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != other))
            if place > 1 and column > 1 and letter == second[column - 2] and first[place - 2] == other:
                cost = min(cost, last[column - 2] + 1)
            row.append(cost)
        if min(row) >= most:
            return most
    return min(row[-1], most)
