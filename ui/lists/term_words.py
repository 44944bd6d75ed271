"""An entry of a list in words: its columns, its sentence, what a merge would mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.codes import StepKind, StepOwner
from ppsdesk.domain.vocabulary import Term, Vocabularies, Vocabulary
from ui.kit.records import Column
from ui.kit.words import apart


def term_columns(lists: Callable[[], Vocabularies], today: Callable[[], date]) -> tuple[Column[Term], ...]:
    """Words, code, group, when it is offered, state, what follows, what it counts as."""

    def state(term: Term) -> tuple[str, str] | None:
        if term.merged_into is not None:
            return "Merged", "neutral"
        if term.to_check:
            return "To check", "warning"
        return None if term.offered_on(today()) else ("Not offered", "neutral")

    return (
        Column("Words", lambda term: apart(term.shown), least=260),
        Column("Code", lambda term: str(term.code), width=150),
        Column("Group", lambda term: term.group, width=110),
        Column("Offered", offered_words, width=170),
        Column("State", lambda term: "", state=state, width=110),
        Column("What follows", follows_words, width=190),
        Column("Counts as", lambda term: counts_as(term, lists()), width=150),
    )


def counts_as(term: Term, lists: Vocabularies) -> str:
    """The words of the entry this one was merged into, "" for none."""
    return lists.label(term.vocabulary, term.merged_into) if term.merged_into else ""


def term_sentence(term: Term, lists: Vocabularies) -> str:
    """Everything about an entry in a line."""
    group = f", {term.group}" if term.group else ""
    parts = [f"Code {term.code}{group}, offered {offered_words(term)}"]
    if term.merged_into is not None:
        parts.append(f"Counts as {counts_as(term, lists)}; records keep their word")
    elif term.to_check:
        parts.append("Added while a call was written or brought in: rename it, merge it, or say that it is right")
    if term.vocabulary is Vocabulary.OUTCOME:
        parts.append(follows_words(term) or "Nothing follows from it")
    return ". ".join(parts) + "."


def meaning_words(term: Term, other: str, count: int) -> str:
    """ "17 calls keep the word …": what a merge would mean."""
    calls = "1 call keeps" if count == 1 else f"{count:,} calls keep"
    counts = "counts" if count == 1 else "count"
    return (
        f"{calls} the word “{term.shown}” and {counts} as “{other}” in every figure. It is offered no more; "
        "this can be taken back at any time."
    )


def follows_words(term: Term) -> str:
    """ "Call back after 3 days, whoever took the call", or ""."""
    if not term.next_step:
        return ""
    step = StepKind(term.next_step).label
    days = f" after {term.next_days} {'day' if term.next_days == 1 else 'days'}" if term.next_days else ""
    owner = StepOwner(term.next_owner).label if term.next_owner else ""
    return f"{step}{days}, {owner[:1].lower()}{owner[1:]}" if owner else f"{step}{days}"


def offered_words(term: Term) -> str:
    """ "from 1 Sep 2014 to 31 Aug 2026", "always"."""
    if term.valid_from and term.valid_to:
        return f"from {_short(term.valid_from)} to {_short(term.valid_to)}"
    if term.valid_from:
        return f"from {_short(term.valid_from)}"
    return f"until {_short(term.valid_to)}" if term.valid_to else "always"


def _short(day: date) -> str:
    return long_day(day).split(" ", 1)[1]
