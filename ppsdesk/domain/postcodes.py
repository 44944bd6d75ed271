"""Postcodes as people type them: "al107ab", "AL10 7AB", with O for 0."""

from __future__ import annotations

import re

_OUTWARD = r"(?:[A-Z]{1,2}\d[A-HJ-NP-Z\d]?|GIR|BFPO)"
_WHOLE = re.compile(rf"({_OUTWARD})[ -]*(\d[ABD-HJLNP-UW-Z]{{2}})")
_INSIDE = re.compile(rf"(?<![A-Z\d])({_OUTWARD}) ?-?(\d[ABD-HJLNP-UW-Z]{{2}})(?![A-Z\d])")
_BEGINNING = re.compile(r"[A-Z]{1,2}\d[A-HJ-NP-Z\d]?(?: ?\d[A-Z]?)?")
_LONGEST = 200


def normal(text: str) -> str:
    """A postcode as it is written, "al107ab" as "AL10 7AB"; "" when it is none."""
    plain = " ".join(text[:_LONGEST].upper().split())
    found = _WHOLE.fullmatch(plain) or _WHOLE.fullmatch(_letter_for_digit(plain))
    return f"{found[1]} {found[2]}" if found else ""


def _letter_for_digit(plain: str) -> str:
    # "AL1O 7AB", "AL10 OAB": the first sign of the second half is a digit always, the last of the first mostly
    bare = plain.replace(" ", "").replace("-", "")
    if not 5 <= len(bare) <= 7:
        return plain
    first, second = bare[:-3], bare[-3:]
    first = first[:1] + first[1:].translate(str.maketrans("OI", "01")) if len(first) > 2 else first
    return f"{first} {second[:1].translate(str.maketrans('OI', '01'))}{second[1:]}"


def find_postcode(text: str) -> str:
    """The first whole postcode standing in a text, as it is written; "" when there is none."""
    found = _INSIDE.search(text.upper())
    return f"{found[1]} {found[2]}" if found else ""


def without_postcode(text: str) -> str:
    """The text with its first whole postcode taken out."""
    found = _INSIDE.search(text.upper())
    # upper() can lengthen a text ("ß"): then the places differ, and the words are left as they are
    if found is None or len(text.upper()) != len(text):
        return text
    return f"{text[: found.start()]} {text[found.end() :]}"


def compact(text: str) -> str:
    """A postcode or the beginning of one without spaces, in small letters: "al107a"; "" when it cannot be one."""
    plain = " ".join(text[:_LONGEST].upper().split())
    if _BEGINNING.fullmatch(plain) or normal(plain):
        return (normal(plain) or plain).replace(" ", "").lower()
    return ""
