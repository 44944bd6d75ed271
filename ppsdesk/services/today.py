"""The figures and lists the day begins with, all of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median

from ppsdesk.domain.calendar import Clock, bounds, local_day, plain_day
from ppsdesk.domain.codes import StepKind
from ppsdesk.domain.periods import Period, Span, term_of
from ppsdesk.domain.school_terms import TermCalendar, calendar_of
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.steps import Step
from ppsdesk.domain.today import Opens, Today, TodayFigure, week_of
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage.work import Storage, UnitOfWork

OLD_DRAFT = timedelta(days=7)
MOST_PAIRS = 100  # perhaps-duplicates that are looked for; more are said to be more
LEFT_OPEN = (("stage", Vocabulary.STAGE), ("advice", Vocabulary.ADVICE), ("level", Vocabulary.LEVEL),
             ("outcome", Vocabulary.OUTCOME))  # fmt: skip


class TodayDesk:
    """What the first page asks for."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def today(self) -> Today:
        """The page of whoever is at the desk."""
        now = self._clock()
        day = local_day(now)
        with self._storage.reading() as work:
            calendar = calendar_of(work.school_terms.all())
            term = term_of(day, calendar).up_to(day)
            open_steps = work.steps.due()
            due = [step for step in open_steps if step.due_on <= day]
            return Today(
                as_of=now,
                day=day,
                term=term,
                week=week_of(term, day),
                figures=(*_calls(work, term), _non_data(work, term), *_call_backs(work, term, open_steps)),
                to_complete=(*_left_open(work, term, calendar), *_to_check(work, now)),
                mine=tuple(step for step in due if step.owner == work.person),
                nobodys=tuple(step for step in due if not step.owner),
            )


def _counted(name: str, label: str, value: int, definition: str, selection: Selection) -> TodayFigure:
    return TodayFigure(name=name, label=label, value=value, shown=f"{value:,}", definition=definition,
                       opens=Opens.CALLS, selection=selection)  # fmt: skip


def _number(name: str, label: str, value: int, definition: str, opens: Opens) -> TodayFigure:
    return TodayFigure(name=name, label=label, value=value, shown=f"{value:,}", definition=definition, opens=opens)


def _calls(work: UnitOfWork, term: Period) -> tuple[TodayFigure, ...]:
    day = term.span.last
    this_week = Span(first=day - timedelta(days=day.weekday()), last=day)
    days = (term.span, term.before, this_week)
    selections = [Selection.of(span) for span in days]
    so_far, before, week = work.figures.counts(selections)
    earliest = work.figures.first_day()
    figures = [
        _counted("calls", "Calls this term so far", so_far, f"Calls taken {days[0].words}.", selections[0]),
        _counted("calls_before", "The same days a year before", before, f"Calls taken {days[1].words}.", selections[1]),
        _counted("calls_week", "Calls this week", week, f"Calls taken {days[2].words}.", selections[2]),
    ]
    if earliest is None or earliest > term.before.last:
        none = f"No calls are on record for {days[1].words}."
        figures[1] = replace(figures[1], value=None, shown="none on record", definition=none)
    return tuple(figures)


def _non_data(work: UnitOfWork, term: Period) -> TodayFigure:
    number = sum(work.non_data.counts(term.span).values())
    means = f"Silent, hung up or wrong number, {term.span.words}. They are not among the calls."
    return _number("non_data", "Non-data calls this term", number, means, Opens.NON_DATA)


def _call_backs(work: UnitOfWork, term: Period, open_steps: Sequence[Step]) -> tuple[TodayFigure, ...]:
    waiting = sum(step.kind is StepKind.CALL_BACK for step in open_steps)
    waited = [step.days_waited for step in work.steps.reached(*bounds(term.span.first, term.span.last))]
    days = [number for number in waited if number is not None]
    middle = float(median(days)) if days else None
    means = (
        f"Half of the callers who were rung back and reached, {term.span.words}, had waited so many days or fewer "
        "since they asked; 0 is the same day. Those not reached yet are not among them."
    )
    return (
        _number("call_backs", "Call-backs open", waiting, "Call-backs of everybody that are not done.", Opens.STEPS),
        TodayFigure(
            name="call_back_wait",
            label="Median wait for a call-back",
            value=middle,
            shown=_days(middle, len(days)),
            definition=means,
            opens=Opens.STEPS,
            base=len(days),
        ),
    )


def _days(middle: float | None, base: int) -> str:
    if middle is None:
        return "nobody rung back yet"
    return f"{middle:g} {'day' if middle == 1 else 'days'} (of {base:,})"


def _left_open(work: UnitOfWork, term: Period, calendar: TermCalendar) -> tuple[TodayFigure, ...]:
    """Of this term and the one before, so that what a paper is being written about is among them."""
    since = term_of(term.whole.first - timedelta(days=1), calendar).whole.first
    recent = Selection(first=since, last=term.span.last)
    asked: list[tuple[str, str, str, Selection]] = []
    for whose, person in (("my_", work.person), ("", "")):
        mine = "My calls" if person else "All calls"
        taken = f"Calls{f' taken by {person}' if person else ''} since {plain_day(since)}"
        asked += [
            (f"{whose}calls_without_{what}", f"{mine} without {what}", f"{taken} with no {what} entered.",
             replace(recent, taken_by=person, chosen=(Chosen(vocabulary=of, none=True),)))
            for what, of in LEFT_OPEN
        ]  # fmt: skip
    counts = work.figures.counts([selection for *_, selection in asked])
    return tuple(
        _counted(name, label, count, definition, selection)
        for (name, label, definition, selection), count in zip(asked, counts, strict=True)
    )


def _to_check(work: UnitOfWork, now: datetime) -> tuple[TodayFigure, ...]:
    drafts = sum(draft.kept_at < now - OLD_DRAFT for draft in work.drafts.of(work.person))
    pairs = len(work.people_search.perhaps_same(today=local_day(now), limit=MOST_PAIRS))
    terms = sum(term.to_check for term in work.vocabularies.all().terms)
    schools = len(work.organisations.all(to_check=True))
    perhaps = _number("perhaps_same", "Perhaps the same person", pairs,
                      "Pairs of people who share a phone, or a name and more.", Opens.PERHAPS_SAME)  # fmt: skip
    if pairs == MOST_PAIRS:
        perhaps = replace(perhaps, shown=f"{pairs} or more")
    return (
        _number("old_drafts", "Unfinished for over a week", drafts,
                "Calls of mine that were begun and touched last more than seven days ago.", Opens.DRAFTS),
        perhaps,
        _number("terms_to_check", "Entries to check in lists", terms,
                "Entries that were typed during a call or came with an import.", Opens.LISTS),
        _number("organisations_to_check", "Schools and organisations to check", schools,
                "Schools and organisations that were typed during a call.", Opens.ORGANISATIONS),
    )  # fmt: skip
