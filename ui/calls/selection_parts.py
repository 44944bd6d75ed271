"""The parts of a selection, each in words and with what is left when it is dropped."""

from __future__ import annotations

from dataclasses import replace

from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabularies

EVERYTHING = Selection()


def parts_of(selection: Selection, lists: Vocabularies) -> list[tuple[str, Selection]]:
    """Words of each part, and the selection without it, in the order of the sentence."""
    without: list[Selection] = []
    if selection.first or selection.last:
        without.append(replace(selection, first=None, last=None))
    for part in selection.chosen:
        without.append(replace(selection, chosen=tuple(other for other in selection.chosen if other is not part)))
    simple = {"taken_by": "", "to_complete": False, "batch_id": None, "removed": False, "words": ""}
    without += [replace(selection, **{name: empty}) for name, empty in simple.items() if getattr(selection, name) != empty]
    return [(_words(selection, rest, lists), rest) for rest in without]


def _words(selection: Selection, rest: Selection, lists: Vocabularies) -> str:
    """What only the one of the two says."""
    if selection.removed != rest.removed:
        return "removed calls"
    if selection.batch_id != rest.batch_id:
        return f"import {selection.batch_id}"
    said = {part.strip() for part in rest.sentence(lists).split(", ")}
    return ", ".join(part for part in selection.sentence(lists).split(", ") if part.strip() not in said)


def counted_sentence(selection: Selection, lists: Vocabularies, count: int) -> str:
    """ "2,647 calls, 1 September 2000 to 31 July 2001, line Central"."""
    thing = "removed call" if selection.removed else "call"
    number = f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
    _, comma, rest = selection.sentence(lists).partition(", ")
    batch = f", of import {selection.batch_id}" if selection.batch_id is not None else ""
    return f"{number}{comma}{rest}{batch}"
