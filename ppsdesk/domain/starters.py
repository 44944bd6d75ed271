"""What a new database starts with. Handed to `storage`, which adds what is missing and never touches what is there."""

from __future__ import annotations

from dataclasses import dataclass

from ppsdesk.domain.snippets import Snippet
from ppsdesk.domain.vocabulary import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Starters:
    """The lists and texts the program ships. A term is the same by list and code, a text by its key."""

    terms: tuple[Term, ...]
    snippets: tuple[Snippet, ...]
