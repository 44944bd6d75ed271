"""Numbers with their nouns."""

from __future__ import annotations


def count_of(number: int, one: str, several: str = "") -> str:
    """ "1 call", "1,249 calls"; `several` where an s does not do it."""
    return f"1 {one}" if number == 1 else f"{number:,} {several or one + 's'}"
