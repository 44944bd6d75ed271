"""Dated lists that people choose from and report by.

A term is never deleted, only given a last day: it stays readable on old records, and it is offered by the date of the
*record*, so a call of 1999 is offered Stages 1 to 5 and a call of today SEN support.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType
from uuid import UUID

from ppsdesk.domain.codes import Code

TermCode = NewType("TermCode", str)


class Vocabulary(Code):
    """The lists calls and people are described by (label in the singular, as on the form)."""

    LINE = "line", "Line"
    METHOD = "method", "Method"
    CALLER_KIND = "caller_kind", "Kind of caller"
    TOPIC = "topic", "Topic"
    STAGE = "stage", "SEN stage"
    ADVICE = "advice", "Advice given"
    LEVEL = "level", "Level of help"
    OUTCOME = "outcome", "Outcome"
    HOW_HEARD = "how_heard", "How they heard of us"
    INFORMATION = "information", "Information sent"
    SIGNPOST = "signpost", "Signposted to"
    AREA = "area", "Area"
    RELATIONSHIP = "relationship", "Relationship"
    LANGUAGE = "language", "Language"
    FORMAT = "format", "Format"
    ORGANISATION_KIND = "organisation_kind", "Kind of organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of a list.

    `valid_from` and `valid_to` are inclusive; None is open. `no_answer` marks "Refused", "Not asked" and "Not known",
    which are three different answers and never an empty field. `direction` is what a method says about who rang whom
    ("in", "out" or ""). `ours` marks entries the program shipped; `to_check` those an import or a call added. An
    outcome may decide what comes next: `next_step` (a `StepKind` value or ""), after `next_days` days, for
    `next_owner` (a `StepOwner` value or ""). `merged_into` is the code of the term this one counts as since they were
    found to mean the same; records keep what they were given.
    """

    vocabulary: Vocabulary
    code: TermCode
    label: str
    group: str = ""
    position: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    no_answer: bool = False
    direction: str = ""
    ours: bool = False
    to_check: bool = False
    next_step: str = ""
    next_days: int | None = None
    next_owner: str = ""
    merged_into: TermCode | None = None
    key: UUID | None = None
    version: int = 1

    @property
    def shown(self) -> str:
        """The label in sentence case, for screens and pages."""
        return self.label[:1].upper() + self.label[1:]

    def offered_on(self, day: date) -> bool:
        """Whether a record of that day may choose this term; one that was merged into another is chosen no more."""
        if self.merged_into is not None:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All lists as they stand, read in one go: small (a few hundred terms), asked constantly."""

    terms: tuple[Term, ...]

    def of(self, vocabulary: Vocabulary) -> tuple[Term, ...]:
        """Every term of the list, ended ones too, in the list's own order."""
        return tuple(term for term in self.terms if term.vocabulary is vocabulary)

    def offered(self, vocabulary: Vocabulary, *, on: date, keeping: tuple[TermCode, ...] = ()) -> tuple[Term, ...]:
        """What a record of that day may choose, together with what it already has."""
        return tuple(t for t in self.of(vocabulary) if t.offered_on(on) or t.code in keeping)

    def term(self, vocabulary: Vocabulary, code: TermCode | None) -> Term | None:
        """The entry behind a code; None when the list has none."""
        return next((t for t in self.terms if t.vocabulary is vocabulary and t.code == code), None)

    def counted_as(self, vocabulary: Vocabulary, code: TermCode) -> TermCode:
        """The code every figure counts this one under: of the term it was merged into, else itself."""
        term = self.term(vocabulary, code)
        return term.merged_into if term and term.merged_into else code

    def label(self, vocabulary: Vocabulary, code: TermCode | None) -> str:
        """Words for a stored code; the code itself if the list no longer knows it; "" for nothing."""
        if not code:
            return ""
        return next((t.shown for t in self.terms if t.vocabulary is vocabulary and t.code == code), code)
