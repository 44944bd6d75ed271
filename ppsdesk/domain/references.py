"""A reference that an anonymous caller can write down and quote: "A-3K74-9QX2"."""

from __future__ import annotations

import re
from uuid import UUID

# Of signs that look alike, or sound alike on a bad line, at most one: 2 not Z; 3 not B C D E G P T V; 6 not G; 7 not 1
# I L; 8 not A B H; 9 not 5; K not J; M not N; Q not O U 0; X not F S.
SIGNS = "2346789KMQRWXY"
LENGTH = 8

_BETWEEN = r"[\s\-‐‑‒–—.,/_]*"
_WHOLE = re.compile(
    rf"(?:ref(?:erence)?\b[\s:.]*)?A{_BETWEEN}" + _BETWEEN.join(f"([{SIGNS}])" for _ in range(LENGTH)), re.IGNORECASE
)
_WITHIN = re.compile(rf"(?<![\w-])A-?([{SIGNS}]{{4}})-?([{SIGNS}]{{4}})(?![\w-])", re.IGNORECASE)


def reference_for(key: UUID) -> str:
    """The reference of the call of that key; always the same. 14 signs in eight places make 1.5 thousand million,
    so that no two callers of a service are ever likely to be given the same."""
    number, signs = key.int, ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return _written(signs)


def looks_like(text: str) -> str:
    """The reference that somebody typed, however sloppily ("a3k74 9qx2", "ref A 3K74 9QX2"); "" if there is none.

    Among other words only one written in one piece counts ("rang about a3k74-9qx2"): an initial before a phone number
    is none.
    """
    found = _WHOLE.fullmatch(text.strip()) or _WITHIN.search(text)
    return _written("".join(found.groups())) if found else ""


def _written(signs: str) -> str:
    return f"A-{signs[:4]}-{signs[4:]}".upper()
