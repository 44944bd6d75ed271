"""What a change produced, and which screens should look again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from ppsdesk.domain.codes import Code

T = TypeVar("T")


class Topic(Code):
    """Subjects a change can touch."""

    CALLS = "calls", "Calls"
    DRAFTS = "drafts", "Drafts"
    VOCABULARIES = "vocabularies", "Lists"
    IMPORTS = "imports", "Imports"
    SETTINGS = "settings", "Settings"
    PEOPLE = "people", "People"
    ORGANISATIONS = "organisations", "Schools and organisations"
    STEPS = "steps", "Next steps"
    SNIPPETS = "snippets", "Texts"
    NON_DATA = "non_data", "Non-data calls"
    SCHOOL_TERMS = "school_terms", "Term dates"
    SAVED_REPORTS = "saved_reports", "Saved reports"
    DATES = "dates", "Dates of the law"
    RULES = "rules", "Rules and bank holidays"


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A change that is committed. `said` is the sentence for the undo bar; `undo` the handle that takes it back."""

    value: T
    touched: frozenset[Topic]
    said: str = ""
