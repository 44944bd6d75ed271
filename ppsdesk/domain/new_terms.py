"""A word that is on no list becomes a term to be checked: nobody is kept from writing a call down."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from uuid import uuid4

from ppsdesk.domain.vocabulary import Term, TermCode, Vocabulary

LABEL_LIMIT = 200


def code_from(label: str, taken: Collection[str]) -> TermCode:
    """A stored code for a new term: its lower-case words joined by hyphens, with a number where that is `taken`."""
    words = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:60] or "added"
    code, number = words, 1
    while code in taken:
        number += 1
        code = f"{words}-{number}"
    return TermCode(code)


def term_to_check(vocabulary: Vocabulary, label: str, among: Sequence[Term], *, code: TermCode | None = None) -> Term:
    """The last term of the list, not checked yet. `among` is the list as it stands, with what else is new in it.

    `code` where it was given one before. ValueError for a label of no words, or of too many.
    """
    words = " ".join(label.split())
    if not words or len(words) > LABEL_LIMIT or "\0" in words:
        raise ValueError(f"A term has a label of 1 to {LABEL_LIMIT} characters.")
    return Term(
        vocabulary=vocabulary,
        code=code or code_from(words, {term.code for term in among}),
        label=words,
        position=max((term.position for term in among), default=0) + 1,
        to_check=True,
        key=uuid4(),
    )
