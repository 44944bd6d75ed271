"""Texts that are put in by one key: heads of a note, things said often. `…` marks a slot that Tab jumps to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.people import NAME_LIMIT, unfit

SLOT = "…"
BODY_LIMIT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """One text. `ended` ones are not offered; nothing is deleted. `ours` marks those the program shipped."""

    key: UUID
    title: str
    body: str
    position: int = 0
    ended: bool = False
    ours: bool = False
    version: int = 1


def check_snippet(snippet: Snippet) -> None:
    """Raises `Invalid` with words for each field, or returns."""
    problems: dict[str, str] = {}
    if not snippet.title.strip():
        problems["title"] = "Give the text a short title to find it by."
    elif trouble := unfit("Title", snippet.title, NAME_LIMIT):
        problems["title"] = trouble
    if not snippet.body.strip():
        problems["body"] = "Write the text that is put in."
    elif trouble := unfit("Text", snippet.body, BODY_LIMIT):
        problems["body"] = trouble
    if problems:
        raise Invalid(problems)
