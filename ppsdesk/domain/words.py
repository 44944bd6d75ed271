"""Numbers with their nouns."""

from __future__ import annotations

from collections.abc import Sequence


def count_of(number: int, one: str, several: str = "") -> str:
    """ "1 call", "1,249 calls"; `several` where an s does not do it."""
    return f"1 {one}" if number == 1 else f"{number:,} {several or one + 's'}"


def together(names: Sequence[str], limit: int) -> str:
    """ "Mab, Cai", or as many as fit into so many signs: "Mab, Cai and 3 more"."""
    words = ", ".join(names)
    kept = len(names)
    while len(words) > limit and kept > 1:
        kept -= 1
        words = f"{', '.join(names[:kept])} and {len(names) - kept} more"
    return words[:limit]
