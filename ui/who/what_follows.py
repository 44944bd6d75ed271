"""What follows from what is being told: asked behind whoever types, and shown below the days in a line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.clock_steps import days_left
from ppsdesk.domain.clocks import Reckoned
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.happenings import DatesSheet, Happening
from ppsdesk.domain.matters import TYPE_IT
from ppsdesk.domain.words import count_of
from ui.kit.desk import Desk
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.words import announce, explain

NOT_SHOWN = "What follows cannot be shown now. The day is kept with the call."
CHOOSE_KIND = "Choose which kind it is."
NO_DATES = "No date follows from that."
CHECK = "check this"
IN_SIGHT = 2  # dates of the line; the others are in its tooltip


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesTold:
    """What happened, which kind, its days, and what lifts a limit. `children` are those it is told of, where a call is
    about several."""

    happening: str
    kind: str = ""
    facts: Mapping[str, date] = field(default_factory=dict)
    lifted: tuple[str, ...] = ()
    children: tuple[UUID, ...] = ()


def fitting(happenings: Collection[Happening], topics: Sequence[str]) -> tuple[Happening, ...]:
    """What can have happened in a call about these topics, that of the main topic first."""
    found = {one.code: one for topic in topics for one in happenings if topic in one.topics}
    return tuple(found.values())


class WhatFollows(SignedLines):
    """One line of the earliest dates, and questions about days that are unlikely; all dates are in its tooltip.

    `said` carries the sentences, "" for none.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._asked: DatesTold | None = None
        self._speaks = False

    def ask(self, told: DatesTold | None) -> None:
        """Show what follows from this as soon as it is known; nothing for None."""
        if told == self._asked:
            return
        self._asked = told
        if told is None:
            self._say(())
            return
        work = partial(self._desk.services.dates.ask, told.happening, told.facts, kind=told.kind, lifted=told.lifted)
        self._desk.latest(self, "dates", work, partial(self._answered, told), partial(self._not_answered, told))

    def speak(self, on: bool = True) -> None:
        """Speak it once, when the day is complete: now, or when it is known."""
        self._speaks = on
        if on and self.lines():
            self._speaks = False
            announce(self, " ".join(line.words for line in self.lines()))

    def _answered(self, told: DatesTold, sheet: DatesSheet) -> None:
        if told != self._asked:
            return  # the call was saved, or another day typed
        today = self._today()
        doubts = [SignedLine(words, "warning") for words in (*sheet.questions, *sheet.unknown)]
        line = SignedLine(follows_line(sheet, today), icon="calendar-clock")
        self._say((line, *doubts), follows_in_full(sheet, today))
        self.speak(self._speaks)

    def _not_answered(self, told: DatesTold, error: DeskError) -> None:
        if told == self._asked:
            self._asked = None  # asked again with the next key
            self._say((SignedLine(f"{NOT_SHOWN} {error.sentence}", "info"),))

    def _say(self, lines: Sequence[SignedLine], in_full: str = "") -> None:
        self.show_lines(lines)
        explain(self, in_full)
        self.said.emit(" ".join(line.words for line in lines))


def lacking(happening: Happening, kind: str, days: Collection[str]) -> tuple[str, str]:
    """The field that something is still needed in and one sentence, two times "" where the dates can be told."""
    if not days:
        return "", ""
    for fact in happening.facts:
        if not fact.optional and fact.name not in days:
            return fact.name, f"{fact.asks} is needed. {TYPE_IT}"
    if happening.kinds and not happening.rules and not kind:
        return "kind", CHOOSE_KIND
    return "", ""


def follows_line(sheet: DatesSheet, today: date) -> str:
    """The earliest dates still to come in one line; where there is none, what became of them."""
    hold = [found for found in sheet.dates if found.binds]
    coming = [found for found in hold if found.due >= today]
    if not sheet.dates:
        return NO_DATES
    if not hold:
        return nothing_binds(sheet.dates)
    if not coming:
        return f"All of these days are past. The last was: {date_words(hold[-1], today)}."
    shown = "; ".join(date_words(found, today) for found in coming[:IN_SIGHT])
    more = len(coming) - IN_SIGHT
    return f"{shown}; {count_of(more, 'later date')}." if more > 0 else f"{shown}."


def follows_in_full(sheet: DatesSheet, today: date) -> str:
    """Every date, one a line."""
    return "\n".join(
        f"{date_words(found, today)}; {found.clock.owes.label.lower()}{_mark(found)}" for found in sheet.dates
    )


def _mark(found: Reckoned) -> str:
    return "; lifted" if found.lifted else "; done" if found.done else ""


def nothing_binds(dates: Sequence[Reckoned]) -> str:
    """Why no date has to be kept any more."""
    return (
        "Every time limit here is lifted." if all(found.lifted for found in dates) else "No day is left to keep here."
    )


def date_words(found: Reckoned, today: date) -> str:
    """ "Last day to appeal: Tue 1 Dec 2026, in 11 days"."""
    doubt = "" if found.certain else f", {CHECK}"
    return f"{found.clock.title}: {long_day(found.due)}, {days_left(found.due, today)}{doubt}"
