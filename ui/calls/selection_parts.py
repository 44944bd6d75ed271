"""A selection part by part: each in words, and what is left of the selection when it is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabularies
from ui.kit.words import apart

EVERYTHING = Selection()
_SIMPLE = ("taken_by", "to_complete", "words", "batch_id", "removed")


def parts_of(selection: Selection, lists: Vocabularies) -> list[tuple[str, Selection]]:
    """Words of each part, and the selection without it."""
    parts: list[dict[str, Any]] = []
    if selection.first or selection.last:
        parts.append({"first": selection.first, "last": selection.last})
    found = [(_words(replace(EVERYTHING, **part), lists), _without(selection, part)) for part in parts]
    for part in selection.chosen:
        others = tuple(other for other in selection.chosen if other is not part)
        found.append((_words(replace(EVERYTHING, chosen=(part,)), lists), replace(selection, chosen=others)))
    for name in _SIMPLE:
        simple = {name: getattr(selection, name)}
        if simple[name] != getattr(EVERYTHING, name):
            found.append((_words(replace(EVERYTHING, **simple), lists), _without(selection, simple)))
    return found


def counted_sentence(selection: Selection, lists: Vocabularies, count: int) -> str:
    """ "2,647 calls, 1 September 2000 to 31 July 2001, line Central"."""
    thing = "removed call" if selection.removed else "call"
    number = f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
    _, comma, rest = looked_for(selection, lists).partition(", ")
    batch = f", {_batch(selection)}" if selection.batch_id is not None else ""
    return f"{number}{comma}{rest}{batch}"


def looked_for(selection: Selection, lists: Vocabularies) -> str:
    """The sentence of a selection, as a list without calls says it."""
    apart_words = replace(selection, taken_by=apart(selection.taken_by), words=apart(selection.words))
    return apart_words.sentence(lists)


def _words(only: Selection, lists: Vocabularies) -> str:
    if only.removed:
        return "removed calls"
    return _batch(only) if only.batch_id is not None else looked_for(only, lists).partition(", ")[2]


def _batch(selection: Selection) -> str:
    return f"from import {selection.batch_id}"


def _without(selection: Selection, part: dict[str, Any]) -> Selection:
    return replace(selection, **{name: getattr(EVERYTHING, name) for name in part})
