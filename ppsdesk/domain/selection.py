"""What is counted: one description for screen, drill-down, print and export.

A figure never carries its own idea of which calls it means; it carries a `Selection`, and the list behind the figure
is asked for with the same one. `storage/selecting.py` is the only place that turns it into SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ppsdesk.domain.calendar import plain_day
from ppsdesk.domain.codes import CallerState, Unit, Waited
from ppsdesk.domain.periods import Span
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Records that have any of these terms of a list; `none` also or only those with nothing entered."""

    vocabulary: Vocabulary
    codes: frozenset[TermCode] = frozenset()
    none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Calls that are counted: not removed, within the days, and matching every part.

    `first`/`last` are inclusive London days, None is open. `words` finds text in caller, child, phone, reference,
    notes and who took the call, taken literally. `removed` turns to the calls taken out as entered by mistake.
    `person` rang or was the child a call was about; the names only say who or what that is. `reference` is the whole
    of it. `caller_state`: calls of callers who were new to the service in these days, or not. `waited` and `attempts`:
    calls after which a call-back was promised that was waited for so long, or reached at that attempt (3: or later).
    """

    unit: Unit = Unit.CALLS
    first: date | None = None
    last: date | None = None
    chosen: tuple[Chosen, ...] = ()
    taken_by: str = ""
    words: str = ""
    to_complete: bool = False
    batch_id: int | None = None
    removed: bool = False
    person: UUID | None = None
    person_name: str = ""
    organisation: UUID | None = None
    organisation_name: str = ""
    reference: str = ""
    caller_state: CallerState | None = None
    waited: Waited | None = None
    attempts: int | None = None

    @classmethod
    def of(cls, span: Span) -> Selection:
        """Every call of these days."""
        return cls(first=span.first, last=span.last)

    def narrowed(self, vocabulary: Vocabulary, code: TermCode) -> Selection:
        """The same, of which only those with this term."""
        return replace(self, chosen=(*self.chosen, Chosen(vocabulary=vocabulary, codes=frozenset({code}))))

    def sentence(self, lists: Vocabularies) -> str:
        """ "Calls, 1 September 1999 to 31 July 2000, line Central": what the list heading says."""
        parts = ["Removed calls" if self.removed else "Calls", self._days()]
        for part in self.chosen:
            names = [lists.label(part.vocabulary, code) for code in sorted(part.codes)]
            if part.none:
                names.append("not entered")
            parts.append(f"{part.vocabulary.label.lower()} {' or '.join(names)}")
        return ", ".join(part for part in (*parts, *self._others()) if part)

    def _others(self) -> tuple[str, ...]:
        return (
            f"taken by {self.taken_by}" if self.taken_by else "",
            f"by or about {self.person_name or 'one person'}" if self.person else "",
            f"about {self.organisation_name or 'one organisation'}" if self.organisation else "",
            f"reference {self.reference}" if self.reference else "",
            self.caller_state.label.lower() if self.caller_state else "",
            f"call-back {self.waited.label.lower()}" if self.waited else "",
            f"call-back reached at attempt {self.attempts}{' or later' if self.attempts == 3 else ''}"
            if self.attempts
            else "",
            "to complete" if self.to_complete else "",
            f"with “{self.words}”" if self.words else "",
        )

    def _days(self) -> str:
        if self.first and self.last:
            return plain_day(self.first) if self.first == self.last else Span(first=self.first, last=self.last).words
        if self.first:
            return f"from {plain_day(self.first)}"
        return f"to {plain_day(self.last)}" if self.last else ""
