"""What the day begins with: what is due, what is to complete, how the term stands. All of one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ppsdesk.domain.codes import Code
from ppsdesk.domain.periods import Period
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.steps import Step


class Opens(Code):
    """What stands behind a figure of the page."""

    CALLS = "calls", "Calls"
    STEPS = "steps", "Next steps"
    NON_DATA = "non_data", "Non-data calls"
    DRAFTS = "drafts", "Unfinished calls"
    PERHAPS_SAME = "perhaps_same", "Perhaps the same person"
    LISTS = "lists", "Lists"
    ORGANISATIONS = "organisations", "Schools and organisations"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayFigure:
    """One figure: `name` for the program, `label` in words, the number, what it means, and what it opens.

    `value` is None where there is nothing to say a number of, and `shown` then says why ("nobody was reached yet").
    `base` is what a median is of. For calls `selection` means exactly the calls that were counted.
    """

    name: str
    label: str
    value: float | None
    shown: str
    definition: str
    opens: Opens
    selection: Selection | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The page. `mine` are my open next steps due by today, `nobodys` those without an owner.

    `week` counts from 1, Monday to Sunday, from the first day of the term. `term.term_dates_assumed` is to be said.
    """

    as_of: datetime
    day: date
    term: Period
    week: int
    figures: tuple[TodayFigure, ...]
    to_complete: tuple[TodayFigure, ...]
    mine: tuple[Step, ...]
    nobodys: tuple[Step, ...]

    def figure(self, name: str) -> TodayFigure:
        """The figure of that name. KeyError when there is none."""
        for figure in (*self.figures, *self.to_complete):
            if figure.name == name:
                return figure
        raise KeyError(name)


def week_of(term: Period, day: date) -> int:
    """1 in the week the term begins in, whatever weekday that is."""
    return ((day - term.whole.first).days + term.whole.first.weekday()) // 7 + 1
