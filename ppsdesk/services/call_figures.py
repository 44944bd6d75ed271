"""The figures of the call report, gathered in one unit of work: by period, by the entries of lists, by caller."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

from ppsdesk.domain import periods as of_periods
from ppsdesk.domain.breakdowns import (
    BY_MONTH,
    BY_TERM,
    LISTS,
    NEW_AND_RETURNING,
    NOT_CLASSIFIED,
    NOT_ENTERED,
    TABLES,
    WAITING,
    Breakdown,
    BreakdownRow,
    CallVolumes,
    PeriodVolume,
)
from ppsdesk.domain.codes import CallerState, NonDataKind, Unit, Waited, YearEnds
from ppsdesk.domain.figures import Count
from ppsdesk.domain.periods import Period, Span
from ppsdesk.domain.progress import Progress
from ppsdesk.domain.school_terms import TermCalendar
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ppsdesk.storage.work import UnitOfWork

# every call names a line and a kind of caller
ALWAYS_ENTERED = frozenset({Vocabulary.LINE, Vocabulary.CALLER_KIND})
SEVERAL = frozenset({Vocabulary.TOPIC, Vocabulary.ADVICE})
NO_CALLS = "these rings were no enquiry, so no list of calls has them"
ATTEMPTS = {1: "Reached at attempt 1", 2: "Reached at attempt 2", 3: "Reached at attempt 3 or later"}
Many = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the report was asked for: periods oldest first, none later than `as_of`."""

    periods: tuple[Period, ...]
    year_ends: YearEnds
    as_of: date
    tables: Collection[str]
    calendar: TermCalendar


class CallFigures:
    """Gathers one report; everything it reads is of one moment."""

    def __init__(self, work: UnitOfWork, wanted: Wanted) -> None:
        self._work = work
        self._wanted = wanted
        self._earliest = work.figures.first_day()

    def gather(self, progress: Progress) -> CallVolumes:
        """The figures of every table that was wanted. `progress` may raise `Interrupted` between two tables."""
        wanted = self._wanted
        ahead = [table for table in TABLES if table in wanted.tables and (table in LISTS or table in _OTHERS)]
        done, total = len(wanted.tables) - len(ahead), len(wanted.tables)
        progress(0, total)
        figures = self._by_period()
        breakdowns: list[Breakdown] = []
        if ahead:
            lists = self._work.vocabularies.all({LISTS[table] for table in ahead if table in LISTS} or LISTS.values())
            frame = Frame(self._work, figures.volumes, lists)
            for table in ahead:
                progress(done + len(breakdowns), total)
                breakdowns.append(frame.of_list(table, LISTS[table]) if table in LISTS else _OTHERS[table](frame))
        progress(total, total)
        return replace(figures, breakdowns=tuple(breakdowns))

    def _by_period(self) -> CallVolumes:
        wanted = self._wanted
        terms = self._parts(BY_TERM, lambda p: of_periods.terms_in(p, wanted.year_ends, wanted.calendar))
        months = self._parts(BY_MONTH, of_periods.months_in)
        left_out = {period: _left_out(period, wanted) for period in wanted.periods}
        spans = [span for period in (*wanted.periods, *terms, *months) for span in (period.span, period.before)]
        spans += [span for two in left_out.values() for span in two if span is not None]
        days = ByDay(self._work.breakdowns.by_day(spans))
        own = [period.span for period in wanted.periods]
        removed = ByDay(self._work.breakdowns.by_day(own, removed=True))
        rings = self._work.breakdowns.non_data(own)
        volumes = tuple(
            replace(
                self._volume(period, days),
                august=self._august(period, left_out[period][0], days),
                later=_counted(left_out[period][1], days) or Count(0),
                removed=Count(removed.of(period.span), replace(Selection.of(period.span), removed=True)),
                non_data=_rings(rings, place),
            )
            for place, period in enumerate(wanted.periods)
        )
        return CallVolumes(
            as_of=wanted.as_of,
            year_ends=wanted.year_ends,
            volumes=volumes,
            terms=tuple(self._volume(term, days) for term in terms),
            months=tuple(self._volume(month, days) for month in months),
            earliest=self._earliest,
        )

    def _parts(self, table: str, divided: Callable[[Period], tuple[Period, ...]]) -> tuple[Period, ...]:
        """The terms or months of all periods, oldest first, each once."""
        if table not in self._wanted.tables:
            return ()
        once = {(part.name, part.span.first, part.span.last): part for p in self._wanted.periods for part in divided(p)}
        return tuple(sorted(once.values(), key=lambda part: (part.span.first, part.span.last)))

    def _volume(self, period: Period, days: ByDay) -> PeriodVolume:
        return PeriodVolume(
            period=period,
            now=Count(days.of(period.span), Selection.of(period.span)),
            before=compared(days.of(period.before), period.before, self._earliest),
        )

    def _august(self, period: Period, august: Span | None, days: ByDay) -> Count | None:
        if of_periods.left_out_of(period, self._wanted.year_ends) is None:
            return None
        return _counted(august, days) or Count(0)


class ByDay:
    """Calls of each day, added up over any span of days."""

    def __init__(self, found: Mapping[date, int]) -> None:
        self._days = sorted(found)
        self._up_to = [0, *accumulate(found[day] for day in self._days)]

    def of(self, span: Span) -> int:
        """Calls of these days."""
        return self._up_to[bisect_right(self._days, span.last)] - self._up_to[bisect_left(self._days, span.first)]


def _counted(span: Span | None, days: ByDay) -> Count | None:
    return None if span is None else Count(days.of(span), Selection.of(span))


def compared(value: int, days: Span, earliest: date | None) -> Count:
    """A figure to compare with, or none where nothing is on record for its days."""
    if earliest is not None and earliest <= days.last:
        return Count(value, Selection.of(days))
    return Count(None, Selection.of(days), why=f"no calls are on record for {days.words}")


def _left_out(period: Period, wanted: Wanted) -> tuple[Span | None, Span | None]:
    """The August a year leaves out, and what comes after the day. Each call is in one of them, and counted once."""
    august = of_periods.left_out_of(period, wanted.year_ends)
    last = august.last if august else period.whole.last
    later = Span(first=of_periods.day_after(wanted.as_of), last=last) if last > wanted.as_of else None
    if august and august.last > wanted.as_of:
        august = Span(first=august.first, last=wanted.as_of) if august.first <= wanted.as_of else None
    return august, later


def _rings(found: Mapping[NonDataKind, Many], place: int) -> tuple[tuple[str, Count], ...]:
    return tuple((kind.label, Count(numbers[place], why=NO_CALLS)) for kind, numbers in found.items())


class Frame:
    """The columns of the tables by entry: each period, and the days the last one is compared with."""

    def __init__(self, work: UnitOfWork, volumes: Sequence[PeriodVolume], lists: Vocabularies) -> None:
        self.work = work
        self.lists = lists
        self._volumes = volumes
        self._last_days = tuple(volume.period.span.last for volume in volumes)
        before = volumes[-1].before
        self._why = before.why if before.value is None else ""
        meant = [count.selection for count in (*(volume.now for volume in volumes), before)]
        self._columns = tuple(selection for selection in meant if selection is not None)
        # a year and the one it is compared with are often the same
        self.asked = tuple(dict.fromkeys(self._columns))
        self._places = tuple(self.asked.index(selection) for selection in self._columns)

    def of_list(self, table: str, by: Vocabulary) -> Breakdown:
        """The calls, or for stages the children, by the entries of a list."""
        unit, bases = Unit.CALLS, None
        if by is Vocabulary.STAGE:
            unit = Unit.CHILDREN
            found, bases = self.work.breakdowns.of_stages(self.asked, self.lists)
        else:
            found = self.work.breakdowns.of_list(by, self.asked, self.lists)
        rows = [self._entry(term, found.get(term.code), unit) for term in self.lists.of(by) if self._shown(term, found)]
        if by not in ALWAYS_ENTERED:
            rows.append(self.row(NOT_ENTERED, found.get(None), unit, chosen=(Chosen(vocabulary=by, none=True),)))
        return self.breakdown(table, unit, rows, bases, several=by in SEVERAL)

    def callers(self) -> Breakdown:
        """People on record who rang, new or not, each once; and the calls of which nobody on record is the caller."""
        found = self.work.breakdowns.callers(self.asked)
        numbers = {
            CallerState.NEW: [new for _, new in found],
            CallerState.RETURNING: [callers - new for callers, new in found],
        }
        rows = [self.row(state.label, each, Unit.CALLERS, caller_state=state) for state, each in numbers.items()]
        nobody = CallerState.NOT_KNOWN
        calls = self.work.figures.counts([replace(selection, caller_state=nobody) for selection in self.asked])
        rows.append(self.row(NOT_CLASSIFIED, calls, Unit.CALLS, caller_state=nobody))
        bases = [callers for callers, _ in found]
        return self.breakdown(NEW_AND_RETURNING, Unit.CALLERS, rows, bases, opens=False)

    def call_backs(self) -> Breakdown:
        """Call-backs by how long was waited for them, and by the attempt that reached the caller."""
        found = self.work.breakdowns.call_backs(self.asked)
        none = (0,) * len(self.asked)
        by_days = {w: _added([numbers for (waited, _), numbers in found.items() if waited is w], none) for w in Waited}
        by_attempt = {
            one: _added([numbers for (_, attempt), numbers in found.items() if attempt == one], none)
            for one in ATTEMPTS
        }
        rows = [self.row(w.label, numbers, Unit.CALL_BACKS, waited=w) for w, numbers in by_days.items()]
        rows += [self.row(ATTEMPTS[a], numbers, Unit.CALL_BACKS, attempts=a) for a, numbers in by_attempt.items()]
        bases = _added(list(found.values()), none)
        return self.breakdown(WAITING, Unit.CALL_BACKS, rows, bases, opens=False)

    def _entry(self, term: Term, numbers: Many | None, unit: Unit) -> BreakdownRow:
        chosen = Chosen(vocabulary=term.vocabulary, codes=frozenset({term.code}))
        row = self.row(term.shown, numbers, unit, chosen=(chosen,))
        return BreakdownRow(label=row.label, now=row.now, before=row.before, code=term.code, group=term.group)

    def row(self, label: str, numbers: Sequence[int] | None, unit: Unit, **only: Any) -> BreakdownRow:
        """One row, each of its figures opening what it counts: the calls of its days, and of them `only` such.

        `numbers` by place in `asked`, None for nought.
        """
        # made anew: `replace` takes ten times as long, and there are a thousand figures
        *now, before = self._counts(
            numbers, lambda days: Selection(unit=unit, first=days.first, last=days.last, **only)
        )
        return BreakdownRow(label=label, now=tuple(now), before=before)

    def breakdown(
        self,
        table: str,
        unit: Unit,
        rows: Iterable[BreakdownRow],
        bases: Sequence[int] | None,
        *,
        several: bool = False,
        opens: bool = True,
    ) -> Breakdown:
        """The table; `bases` by place in `asked`, None: the calls themselves. Not every base is all calls (`opens`)."""
        if bases is None:
            now, before = tuple(volume.now for volume in self._volumes), self._volumes[-1].before
        else:
            *some, before = self._counts(bases, lambda selection: replace(selection, unit=unit) if opens else None)
            now = tuple(some)
        return Breakdown(table=table, unit=unit, rows=tuple(rows), bases=now, base_before=before, several=several)

    def _counts(self, numbers: Sequence[int] | None, meant: Callable[[Selection], Selection | None]) -> list[Count]:
        counts = [
            Count(numbers[place] if numbers else 0, meant(selection))
            for place, selection in zip(self._places, self._columns, strict=True)
        ]
        if self._why:
            counts[-1] = replace(counts[-1], value=None, why=self._why)
        return counts

    def _shown(self, term: Term, found: Mapping[TermCode | None, Many]) -> bool:
        """Entries that were counted, and those a call of a period's last day could still be given."""
        return any(found.get(term.code, ())) or any(term.offered_on(day) for day in self._last_days)


def _added(each: Sequence[Many], none: Many) -> Many:
    return tuple(sum(numbers) for numbers in zip(*each, strict=True)) if each else none


_OTHERS: Mapping[str, Callable[[Frame], Breakdown]] = {NEW_AND_RETURNING: Frame.callers, WAITING: Frame.call_backs}
