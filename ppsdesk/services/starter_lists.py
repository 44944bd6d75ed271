"""What a new database starts with: lists from `resources/vocabularies/`, one TOML file each, and `snippets.toml`.

Source: the sector's own words and the national codes gathered in the domain reference, sections 1.1 and 1.3 to 1.9.
The files are defaults: what a service changes in its own lists and texts is never overwritten by them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from ppsdesk.domain.snippets import Snippet
from ppsdesk.domain.starters import Starters
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary
from ppsdesk.resources import folder


def starters() -> Starters:
    """Everything the program ships for a new database."""
    return Starters(terms=starter_terms(), snippets=starter_snippets())


@lru_cache(maxsize=1)
def starter_snippets() -> tuple[Snippet, ...]:
    """Every text the program ships; `position` counts from 1 in the order of the file."""
    content = tomllib.loads((folder() / "snippets.toml").read_text(encoding="utf-8"))
    return tuple(
        Snippet(key=UUID(entry["key"]), title=entry["title"], body=entry["body"], position=position, ours=True)
        for position, entry in enumerate(content["snippets"], start=1)
    )


@lru_cache(maxsize=1)
def starter_terms() -> tuple[Term, ...]:
    """Every term the program ships, list by list; `position` counts from 1 in the order of the file."""
    return tuple(term for vocabulary in Vocabulary for term in _terms_of(vocabulary))


def _terms_of(vocabulary: Vocabulary) -> Iterator[Term]:
    content = tomllib.loads((folder() / "vocabularies" / f"{vocabulary}.toml").read_text(encoding="utf-8"))
    for position, (group, entry) in enumerate(_entries(content), start=1):
        yield Term(
            vocabulary=vocabulary,
            code=TermCode(entry["code"]),
            label=entry["label"],
            group=group,
            position=position,
            valid_from=entry.get("valid_from"),
            valid_to=entry.get("valid_to"),
            no_answer=entry.get("no_answer", False),
            direction=entry.get("direction", ""),
            next_step=entry.get("next_step", ""),
            next_days=entry.get("next_days"),
            next_owner=entry.get("next_owner", ""),
            ours=True,
        )


def _entries(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(group, term) pairs: a file holds either `terms`, or `groups` that each have a `name` and `terms`."""
    for group in content.get("groups", [{"name": "", "terms": content.get("terms", [])}]):
        for entry in group["terms"]:
            yield group["name"], entry
