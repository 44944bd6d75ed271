"""What an entry of a list may be: checked before it is kept."""

from __future__ import annotations

from datetime import date

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import StepKind, StepOwner
from ppsdesk.domain.errors import Invalid, Refused
from ppsdesk.domain.new_terms import LABEL_LIMIT
from ppsdesk.domain.people import unfit
from ppsdesk.domain.vocabulary import Term, Vocabularies, Vocabulary

MOST_DAYS = 366


def check_label(label: str) -> None:
    """Raises `Invalid`: no words, or more than fit."""
    if not label.strip():
        raise Invalid({"label": "Write the words people will choose."})
    if trouble := unfit("The words", label, LABEL_LIMIT):
        raise Invalid({"label": trouble})


def check_group(group: str) -> None:
    """Raises `Invalid`: more words than fit."""
    if trouble := unfit("The group", group, LABEL_LIMIT):
        raise Invalid({"group": trouble})


def check_only_one(label: str, vocabulary: Vocabulary, lists: Vocabularies, *, but: Term | None = None) -> None:
    """Raises `Invalid` when an entry that is still chosen from bears the same words already."""
    words = _plain(label)
    for term in lists.of(vocabulary):
        taken = term.merged_into is None and term.valid_to is None and _plain(term.label) == words
        if taken and (but is None or term.code != but.code):
            raise Invalid({"label": f"“{term.shown}” is in the list already."})


def check_last_day(term: Term, day: date) -> None:
    """Raises `Invalid` when an entry would end before it begins."""
    if term.valid_from and day < term.valid_from:
        raise Invalid({"valid_to": f"It cannot end on {plain_day(day)}, before it begins."})


def check_next_step(vocabulary: Vocabulary, next_step: str, next_days: int | None, next_owner: str) -> None:
    """Raises `Invalid` for a next step that could not be made, `Refused` where the list decides none.

    All three are empty together: nothing follows from this outcome.
    """
    if vocabulary is not Vocabulary.OUTCOME:
        raise Refused("Only outcomes decide what comes next.", hint="Nothing was changed.")
    problems: dict[str, str] = {}
    if next_step and next_step not in list(StepKind):
        problems["next_step"] = "Choose what comes next from the list."
    if next_owner and next_owner not in list(StepOwner):
        problems["next_owner"] = "Choose who does it from the list."
    if next_days is not None and not 0 <= next_days <= MOST_DAYS:
        problems["next_days"] = f"Days are from 0 to {MOST_DAYS}. You entered {next_days}."
    if not next_step and (next_owner or next_days is not None):
        problems["next_step"] = "Choose what comes next, or leave days and owner empty too."
    if problems:
        raise Invalid(problems)


def check_merge(term: Term, survivor: Term) -> None:
    """Raises `Refused` for two entries of which one cannot count as the other."""
    nothing = "Nothing was changed."
    if survivor.code == term.code:
        raise Refused(f"“{term.shown}” counts as itself already.", hint=f"{nothing} Choose another entry.")
    if term.merged_into is not None and term.merged_into != survivor.code:
        raise Refused(f"“{term.shown}” counts as another entry already.", hint=f"{nothing} Take that back first.")
    if term.no_answer != survivor.no_answer:
        which = term if term.no_answer else survivor
        raise Refused(f"“{which.shown}” is no answer, so it cannot be counted with one.", hint=nothing)


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
