"""Words of the sheet: its rows, its line, and how a date came about."""

from __future__ import annotations

from datetime import date

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.clock_steps import days_left
from ppsdesk.domain.clocks import Reckoned
from ppsdesk.domain.words import count_of
from ui.dates.answer import Answer
from ui.kit.date_rows import CHECK, DONE, LIFTED, left_chip, shown_by
from ui.kit.row_list import Row
from ui.who.what_follows import nothing_binds


def sheet_rows(answer: Answer) -> list[Row]:
    """One row for each date; its key is its place in the sheet."""
    return [_row(place, found, answer.today) for place, found in enumerate(answer.sheet.dates)]


def _row(place: int, found: Reckoned, today: date) -> Row:
    return Row(
        key=place,
        words=found.clock.title,
        beside=found.clock.owes.label,
        right=long_day(found.due),
        chip=(LIFTED, "info") if found.lifted else (DONE, "success") if found.done else left_chip(found.due, today),
        warning="" if found.certain else CHECK,
        under=shown_by(found.done),
        past=not found.binds,
    )


def next_place(answer: Answer) -> int:
    """The place of the first date that is still to come and binds, else of the first of all."""
    hold = [place for place, found in enumerate(answer.sheet.dates) if found.binds]
    return next((place for place in hold if answer.sheet.dates[place].due >= answer.today), hold[0] if hold else 0)


def line_of(answer: Answer) -> str:
    """The sheet in one line."""
    return f"{count_of(len(answer.sheet.dates), 'date')} as of {long_day(answer.today)}"


def next_line(answer: Answer) -> str:
    """The next date in one line, "" where none is to come."""
    dates = answer.sheet.dates
    if not dates:
        return ""
    found = dates[next_place(answer)]
    if not found.binds:
        return nothing_binds(dates)
    if found.due < answer.today:
        return "All of these days are past."
    return f"Next: {found.clock.title}, {long_day(found.due)}, {days_left(found.due, answer.today)}."


def missing_line(answer: Answer) -> str:
    """The days that would give more dates, in one line."""
    asks = [fact.asks for fact in answer.sheet.missing]
    return f"More follows from: {'; '.join(asks)}." if asks else ""
