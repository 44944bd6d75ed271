"""What a person can ask a report for now, read off the window's thread."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from ppsdesk.domain.breakdowns import TABLES
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.periods import TERMS, parse
from ppsdesk.domain.rights import Subject, may
from ppsdesk.domain.saved_reports import Asked, SavedReport, asked_of
from ppsdesk.domain.school_terms import TermCalendar
from ppsdesk.domain.selection import Selection
from ppsdesk.services.settings import Settings
from ui.kit.desk import Desk
from ui.kit.pickers import Choice

AT_FIRST = 3  # years that are counted where nothing was ever asked
MOST_TERMS = 30
_WORDS = {
    "waiting": "Waiting for a call-back",
    "excluded": "Left out of the count",
    "how-heard": "How they heard of us",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Years on record, oldest first, under a convention; terms, newest first; what is saved; what was asked last."""

    years: tuple[str, ...]
    terms: tuple[Choice, ...]
    calendar: TermCalendar
    year_ends: YearEnds
    any_calls: bool
    saved: tuple[SavedReport, ...]
    last: Asked | None

    @property
    def first_asked(self) -> Asked:
        """What the page opens with: what was asked last, or the newest years."""
        return self.last or Asked(periods=self.years[-AT_FIRST:], year_ends=self.year_ends)


def read_offer(desk: Desk, unkept: YearEnds | None) -> Offer:
    """What there is now; `unkept` is a convention chosen a moment ago, which the settings may not have yet."""
    services = desk.services
    settings = services.settings.read()
    year_ends = unkept or settings.year_ends
    years = tuple(reversed(services.reporting.years_on_record(year_ends)))
    calendar = services.school_terms.calendar()
    last = _asked_last(settings)
    return Offer(
        years=years,
        terms=_terms(desk, years, year_ends, calendar),
        calendar=calendar,
        year_ends=year_ends,
        any_calls=services.calls.count(Selection()) > 0,
        saved=services.saved_reports.list() if may(services.role, Subject.SAVED_REPORTS) else (),
        last=None if last is None else replace(last, year_ends=year_ends),
    )


def remember(desk: Desk, asked: Asked) -> Done[Settings]:
    """Ask the same again when the program is next started."""
    text = json.dumps({"report": str(asked.report), **asked.stored()})
    settings = desk.services.settings
    kept = settings.read()
    if kept.asked != text:
        kept = settings.change(asked=text).value
    return Done(kept, frozenset())  # no page shows it


def _asked_last(settings: Settings) -> Asked | None:
    """None where nothing was, or nothing that this version understands."""
    try:
        stored = json.loads(settings.asked)
        return asked_of(str(stored["report"]), stored)
    except (ValueError, KeyError, TypeError):
        return None


def _terms(desk: Desk, years: tuple[str, ...], year_ends: YearEnds, calendar: TermCalendar) -> tuple[Choice, ...]:
    """Terms that have begun, newest first."""
    today = desk.services.reporting.today()
    found = []
    for text in (f"{year}/{term}" for year in reversed(years) for term in reversed(TERMS)):
        try:
            found.append((text, parse(text, year_ends, calendar).up_to(today).name))
        except DeskError:  # has not begun
            continue
    return tuple(found[:MOST_TERMS])


def table_choices() -> tuple[Choice, ...]:
    """Every table of the call report: its id and what it is about."""
    return tuple((table, _WORDS.get(table, table.replace("-", " ").capitalize())) for table in TABLES)
