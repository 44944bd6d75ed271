"""Finding an entry by what people type: its code, or words of it in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def plain(text: str) -> str:
    """Without case and accents, so that "Zoe" finds "Zoë"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def found_by(typed: str, entries: Sequence[T], *, key: Callable[[T], tuple[str, str]]) -> list[T]:
    """Entries whose code and words begin with each typed word, best first, else in their own order.

    `key` gives code and words. Best is the very code, then a code that begins so, then words that do.
    """
    wanted = plain(typed).split()
    if not wanted:
        return list(entries)
    ranked = []
    for place, entry in enumerate(entries):
        code, words = (plain(part) for part in key(entry))
        parts = [code, *re.findall(r"\w+", f"{code} {words}")]
        if all(any(part.startswith(word) for part in parts) for word in wanted):
            ranked.append((_rank(" ".join(wanted), code, words), place, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda found: found[:2])]


def _rank(typed: str, code: str, words: str) -> int:
    if code == typed:
        return 0
    if code.startswith(typed):
        return 1
    return 2 if words.startswith(typed) else 3
