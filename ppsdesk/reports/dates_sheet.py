"""The sheet for the parent: every date that follows from what was told, as a paper and as plain text.

Nobody is named on it, neither child nor parent nor who made it. Its sentences are short and its words plain, those of
the small print too: reading age 12 at most (tests/reports/test_dates_sheet.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ppsdesk.domain.calendar import WEEKDAYS, long_day, plain_day
from ppsdesk.domain.clock_rules import Owes, RuleBook
from ppsdesk.domain.clock_steps import days_left, steps
from ppsdesk.domain.clocks import Reckoned
from ppsdesk.domain.codes import Unit
from ppsdesk.domain.document import Block, Document, Facts, Heading, Note, Paragraph, Table
from ppsdesk.domain.figures import Column, FigureTable
from ppsdesk.domain.happenings import DatesSheet, FactWanted
from ppsdesk.reports.safe_text import one_line

SERVICE = "Helpline"  # where the service has no name yet
MARKING = "Our own view of the dates, not the local authority's record"
OUR_VIEW = (
    "We worked these dates out to help you. This is our own view. It is not the council's own record of the dates."
)
ASK_EARLY = "Do not wait for the last day. Ring us if you are not sure, or if a day here is wrong."
CHECK = "“Check this” means that we could not be sure of the law. Ask us before you rely on that date."
LIFTED = "The time limit does not count here, and no other day takes its place. It must still be done."
LIFTED_YOURS = "You do not have to do this here."
NO_DATES = "No dates follow from what we know so far."
CHECK_DAYS = "Please check these days"
MISSING = "What we do not know yet"
MISSING_WORDS = "With these days we could tell you more:"
DATES, EXPLAINED = "The dates", "How we worked them out"
HOW = "How this was worked out:"
WHO = {
    Owes.PARENT: "You",
    Owes.AUTHORITY: "The council",
    Owes.MEDIATOR: "The mediation adviser",
    Owes.TRIBUNAL: "The Tribunal",
    Owes.SCHOOL: "The school or college",
    Owes.HEALTH: "Health or social care",
    Owes.ADVISERS: "Those asked for advice",
    Owes.US: "We",
}
NO_DAY, NO_DAYS, DONE = "no fixed day", "–", "done"
FIXED = (
    MARKING,
    OUR_VIEW,
    ASK_EARLY,
    CHECK,
    LIFTED,
    LIFTED_YOURS,
    NO_DATES,
    MISSING_WORDS,
    f"{CHECK_DAYS}.",
    f"{MISSING}.",
    f"{EXPLAINED}.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is needed to write a sheet: the law it was asked by, the service's name, the day it is made."""

    sheet: DatesSheet
    book: RuleBook
    service: str
    today: date

    @property
    def title(self) -> str:
        """What the sheet is about, in plain words."""
        what = one_line(self.sheet.happening.title)
        return f"Your dates: {what[:1].lower()}{what[1:]}"

    @property
    def by(self) -> str:
        """The service's name."""
        return one_line(self.service) or SERVICE

    @property
    def day(self) -> str:
        """The day it was made."""
        return plain_day(self.today)


def document(told: Told) -> Document:
    """The sheet as a paper."""
    return Document(
        title=told.title,
        service=told.by,
        marking=MARKING,
        printed=f"Made on {told.day}",
        blocks=tuple(_blocks(told)),
    )


def _blocks(told: Told) -> Iterator[Block]:
    sheet = told.sheet
    yield Facts(rows=tuple(_facts(told)))
    yield Paragraph(f"{OUR_VIEW} {ASK_EARLY}")
    if questions := [*sheet.questions, *sheet.unknown]:
        yield Heading(CHECK_DAYS)
        yield from (Paragraph(one_line(words)) for words in questions)
    yield Heading(DATES)
    if sheet.dates:
        yield _table(told)
    else:
        yield Paragraph(NO_DATES)
    if sheet.missing:
        yield Heading(MISSING)
        yield Paragraph(f"{MISSING_WORDS} {_asked(sheet.missing)}")
    if sheet.dates:
        yield Heading(EXPLAINED)
        for one in sheet.dates:
            yield from _explained(one, told)


def _facts(told: Told) -> Iterator[tuple[str, str]]:
    sheet = told.sheet
    yield "From", told.by
    yield "What", one_line(sheet.happening.title)
    if sheet.kind:
        yield "Which", one_line(sheet.kind.title)
    yield "You told us", "; ".join(_known(sheet))
    yield "Made on", f"{told.day}. The days left are counted from this day."


def _known(sheet: DatesSheet) -> Iterator[str]:
    for wanted in sheet.happening.facts:
        if wanted.name in sheet.facts:
            yield f"{one_line(wanted.asks)}: {_day(sheet.facts[wanted.name])}"


def _asked(missing: Iterable[FactWanted]) -> str:
    return "; ".join(one_line(wanted.asks) for wanted in missing) + "."


def _table(told: Told) -> Table:
    rows = tuple(
        (_what(one), WHO[one.clock.owes], NO_DAY if one.lifted else long_day(one.due), _left(one, told.today))
        for one in told.sheet.dates
    )
    columns = tuple(Column(head=head, kind="text") for head in ("What", "Who", "Last day", "Days left"))
    notes = (CHECK,) if any(not one.certain for one in told.sheet.dates) else ()
    figures = FigureTable(
        id="dates", title=DATES, unit=Unit.CALLS, definition="", columns=columns, rows=rows, notes=notes
    )
    return Table(f"What must be done, by whom and by when (days left as of {told.day})", figures)


def _what(one: Reckoned) -> str:
    return f"{one_line(one.clock.title)}{'' if one.certain else ' (check this)'}"


def _left(one: Reckoned, today: date) -> str:
    return NO_DAYS if one.lifted else DONE if one.done else days_left(one.due, today)


def _explained(one: Reckoned, told: Told) -> Iterator[Block]:
    last = NO_DAY if one.lifted else _day(one.due)
    yield Heading(f"{_what(one)}: {last}", level=3)
    yield Paragraph(_duty(one))
    yield Note(f"{HOW} {_steps(one, told)}")


def _duty(one: Reckoned) -> str:
    """What must be done. An exception leaves the council its duty; where no certificate is needed you have none.
    Of what is done it is said what shows that."""
    if one.done:
        return one_line(one.done)
    if not one.lifted:
        return one_line(one.clock.duty)
    return LIFTED_YOURS if one.clock.owes is Owes.PARENT else f"{one_line(one.clock.duty)} {LIFTED}"


def _steps(one: Reckoned, told: Told) -> str:
    return " ".join(one_line(step.words) for step in steps(one, told.book, told.sheet.asks))


def _day(day: date) -> str:
    """ "Wednesday 3 September 2025": spelt out, as a letter does."""
    names = dict(
        zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
    )
    return f"{names[WEEKDAYS[day.weekday()]]} {plain_day(day)}"


def plain_text(told: Told) -> str:
    """The sheet as text, to be copied into an e-mail: the dates first, and how each was worked out after them."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    sheet = told.sheet
    yield told.title
    yield ""
    yield from (f"{label}: {words}" for label, words in _facts(told))
    yield from ("", OUR_VIEW, ASK_EARLY)
    if questions := [*sheet.questions, *sheet.unknown]:
        yield from ("", f"{CHECK_DAYS}:", *(f"- {one_line(words)}" for words in questions))
    yield from ("", f"{DATES} (days left as of {told.day})") if sheet.dates else ("", NO_DATES)
    for one in sheet.dates:
        left = "" if one.done else f", {_left(one, told.today)}"
        last = NO_DAY if one.lifted else f"{_day(one.due)}{left}"
        yield f"- {_what(one)}: {last}. {_duty(one)}"
    if any(not one.certain for one in sheet.dates):
        yield CHECK
    if sheet.missing:
        yield from ("", MISSING, f"{MISSING_WORDS} {_asked(sheet.missing)}")
    if sheet.dates:
        yield from ("", EXPLAINED)
    for one in sheet.dates:
        yield f"- {_what(one)}: {_steps(one, told)}"
