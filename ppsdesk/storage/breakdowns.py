"""Figures by the entries of a list, by day, by caller and by call-back: one query a table, whatever the number of days.

Every condition on a call is `selecting.where`, so that a figure here and the list it opens cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Join,
    Select,
    Table,
    exists,
    func,
    literal_column,
    select,
    union_all,
)

from ppsdesk.domain.codes import NonDataKind, StepState, Waited
from ppsdesk.domain.periods import Span
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ppsdesk.storage.call_backs import DAYS_WAITED, IS_ONE, REACHED, REACHED_BY, STEP, at_attempt, how_long
from ppsdesk.storage.call_links import CHILD_STAGE
from ppsdesk.storage.non_data import RING, counted
from ppsdesk.storage.plain_words import stored_values
from ppsdesk.storage.rows import TermRow
from ppsdesk.storage.selecting import CALL, ONE, SEVERAL, asked, first_day, rang_before, where
from ppsdesk.storage.vocabularies import TermIds

TERM: Table = TermRow.__table__  # type: ignore[assignment]
CALL_STAGE: Table = SEVERAL[Vocabulary.STAGE][0]
Counts = tuple[int, ...]


class Breakdowns:
    """Counting by something, on one unit of work's connection. A tuple holds one count for each selection."""

    def __init__(self, connection: Connection, terms: TermIds) -> None:
        self._connection = connection
        self._terms = terms

    @stored_values()
    def of_list(
        self, by: Vocabulary, selections: Sequence[Selection], lists: Vocabularies
    ) -> dict[TermCode | None, Counts]:
        """Calls by an entry of a list; None: nothing was entered. A merged entry counts as the one it was merged into.

        Where a call may have several, it counts once under each. Entries nobody used are not among them. Stages are
        those of children: `of_stages`.
        """
        what, days = asked(selections)
        rows = self._connection.execute(_by_list(by, what, _merges(lists, by)), days)
        counts = _Tally(len(selections))
        counts_as = self._counting_as(lists, by)
        for place, number, found in rows:
            counts.add(counts_as(number), place, found)
        return counts.found

    @stored_values()
    def of_areas_and_topics(
        self, selections: Sequence[Selection], lists: Vocabularies
    ) -> dict[tuple[TermCode | None, TermCode | None], Counts]:
        """Calls by area and topic; a call counts once under each of its topics."""
        what, days = asked(selections)
        merged = _merges(lists, Vocabulary.TOPIC)
        counts = _Tally(len(selections))
        as_area, as_topic = (self._counting_as(lists, by) for by in (Vocabulary.AREA, Vocabulary.TOPIC))
        for place, area, topic, found in self._connection.execute(_by_area_and_topic(what, merged), days):
            counts.add((as_area(area), as_topic(topic)), place, found)
        return counts.found

    @stored_values()
    def of_stages(
        self, selections: Sequence[Selection], lists: Vocabularies
    ) -> tuple[dict[TermCode | None, Counts], Counts]:
        """Children by stage, and how many children: each that a call gives a stage to, one for a call that gives none.

        A child on record counts once in a call for each of its stages, and once among all.
        """
        what, days = asked(selections)
        rows = self._connection.execute(_by_stage(what, _merges(lists, Vocabulary.STAGE)), days)
        counts, children = _Tally(len(selections)), _Tally(len(selections))
        counts_as = self._counting_as(lists, Vocabulary.STAGE)
        for place, number, at_stage, different in rows:
            if at_stage:
                counts.add(counts_as(number), place, at_stage)
            children.add(None, place, different)
        return counts.found, children.of(None)

    def callers(self, selections: Sequence[Selection]) -> tuple[tuple[int, int], ...]:
        """The people on record who made the calls of each selection, each once; and how many of them are new."""
        what, days = asked(selections)
        found = self._connection.execute(_callers(what), days)
        return tuple((callers, new) for _, callers, new in sorted(tuple(row) for row in found))

    @stored_values()
    def call_backs(self, selections: Sequence[Selection]) -> dict[tuple[Waited, int | None], Counts]:
        """Call-backs promised on the calls, by how long was waited and the attempt that reached them (3: or later)."""
        what, days = asked(selections)
        every = _Tally(len(selections))
        for place, state, attempt, waited, found in self._connection.execute(_call_backs(what), days):
            every.add((how_long(waited, StepState(state)), at_attempt(attempt)), place, found)
        return every.found

    @stored_values()
    def by_day(self, spans: Iterable[Span], *, removed: bool = False) -> Mapping[date, int]:
        """Calls of each day of any of these spans; a day without any is not there."""
        selections = [Selection(first=first, last=last, removed=removed) for first, last in _apart(spans)]
        if not selections:
            return {}
        what, days = asked(selections)
        return {day: number for day, number in self._connection.execute(_by_day(what), days)}  # noqa: C416  # rows

    @stored_values()
    def non_data(self, spans: Sequence[Span]) -> dict[NonDataKind, Counts]:
        """Rings that were no enquiry, by kind; a kind without any is 0."""
        each = (
            select(literal_column(str(n)), RING.c.kind, func.count()).where(counted(span)).group_by(RING.c.kind)
            for n, span in enumerate(spans)
        )
        every = _Tally(len(spans))
        for place, kind, found in self._connection.execute(union_all(*each)):
            every.add(NonDataKind(kind), place, found)
        return {kind: every.of(kind) for kind in NonDataKind}

    def _counting_as(self, lists: Vocabularies, by: Vocabulary) -> Callable[[int | None], TermCode | None]:
        """What turns an entry's number into the code it counts as."""
        stands = {term.code: term.merged_into or term.code for term in lists.of(by)}

        def counts_as(number: int | None) -> TermCode | None:
            return None if number is None else stands[self._terms.code(self._connection, number)]

        return counts_as


class _Tally:
    """Counts by anything, with a place for each selection."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._found: dict[Any, list[int]] = {}

    def add(self, key: Any, place: int, number: int) -> None:
        self._found.setdefault(key, [0] * self._places)[place] += number

    def of(self, key: Any) -> Counts:
        return tuple(self._found.get(key, [0] * self._places))

    @property
    def found(self) -> dict[Any, Counts]:
        return {key: tuple(counts) for key, counts in self._found.items()}


def _merges(lists: Vocabularies, by: Vocabulary) -> bool:
    """Whether anything in the list counts as something else: only then a call may have the same entry twice."""
    return any(term.merged_into is not None for term in lists.of(by))


def _apart(spans: Iterable[Span]) -> list[tuple[date, date]]:
    """The same days as spans that share none."""
    apart: list[tuple[date, date]] = []
    for span in sorted(spans, key=lambda span: span.first):
        if apart and span.first <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], span.last))
        else:
            apart.append((span.first, span.last))
    return apart


# Questions are put together once and asked again for other days: putting one together takes longer than a small answer.
# The first column is the place of the selection.


def _place(n: int) -> ColumnElement[int]:
    return literal_column(str(n))


@lru_cache(maxsize=64)
def _by_list(by: Vocabulary, selections: tuple[Selection, ...], merged: bool) -> CompoundSelect[Any]:
    each = enumerate(selections)
    if by in ONE:
        return union_all(*(_grouped(n, selection, ONE[by]) for n, selection in each))
    [link] = SEVERAL[by]
    return union_all(*(_linked(n, selection, link, merged) for n, selection in each))


def _grouped(n: int, selection: Selection, column: ColumnElement[Any]) -> Select[Any]:
    return select(_place(n), column, func.count()).where(where(selection, days=str(n))).group_by(column)


@lru_cache(maxsize=16)
def _by_stage(selections: tuple[Selection, ...], merged: bool) -> CompoundSelect[Any]:
    """By stage, how many are at it, and how many children are met there first."""
    parts: list[Any] = []
    nothing: ColumnElement[Any] = literal_column("NULL")
    for n, selection in enumerate(selections):
        meant = where(selection, days=str(n))
        stage, some = CALL_STAGE.c.term_id, _calls_with(CALL_STAGE)
        none = where(_without(Vocabulary.STAGE, selection), days=str(n))
        parts += [
            *(_of_children_merged(n, meant) if merged else [_of_children(n, meant)]),
            # of children not on record each entry is one child
            select(_place(n), stage, func.count(), func.count()).select_from(some).where(meant).group_by(stage),
            select(_place(n), nothing, func.count(), func.count()).select_from(CALL).where(none),
        ]
    return union_all(*parts)


def _of_children(n: int, meant: ColumnElement[bool]) -> Select[Any]:
    """Children on record; one of whom a call holds two stages is met first at the one with the smaller number."""
    one, other, on_record = CHILD_STAGE.c, CHILD_STAGE.alias("other"), _calls_with(CHILD_STAGE)
    met = exists().where(
        other.c.call_id == one.call_id, other.c.person_id == one.person_id, other.c.term_id < one.term_id
    )
    first = func.count().filter(~met.correlate_except(other))
    return select(_place(n), one.term_id, func.count(), first).select_from(on_record).where(meant).group_by(one.term_id)


def _of_children_merged(n: int, meant: ColumnElement[bool]) -> list[Select[Any]]:
    """The same where two stages may count as one: children by stage, and then all children."""
    on_record = _calls_with(CHILD_STAGE)
    at_stage = _once(on_record, CHILD_STAGE, False).where(meant).distinct().subquery()
    children = select(CALL.c.id, CHILD_STAGE.c.person_id).select_from(on_record).where(meant).distinct().subquery()
    zero: ColumnElement[Any] = literal_column("0")
    return [
        select(_place(n), at_stage.c.term, func.count(), zero).group_by(at_stage.c.term),
        select(_place(n), literal_column("NULL"), zero, func.count()).select_from(children),
    ]


def _calls_with(link: Table, *, or_none: bool = False) -> Join:
    return CALL.join(link, link.c.call_id == CALL.c.id, isouter=or_none)


def _without(by: Vocabulary, selection: Selection) -> Selection:
    """Of the same calls those with nothing entered there."""
    return replace(selection, chosen=(*selection.chosen, Chosen(vocabulary=by, none=True)))


def _linked(n: int, selection: Selection, link: Table, merged: bool) -> Select[Any]:
    """Calls by a term of a link, once however many entries count as the same; those without any under none."""
    linked = _calls_with(link, or_none=True)
    meant = where(selection, days=str(n))
    if not merged:
        return select(_place(n), link.c.term_id, func.count()).select_from(linked).where(meant).group_by(link.c.term_id)
    once = _once(linked, link, True).where(meant).distinct().subquery()
    return select(_place(n), once.c.term, func.count()).group_by(once.c.term)


def _once(linked: Any, link: Table, or_none: bool, *more: ColumnElement[Any]) -> Select[Any]:
    who = [link.c.person_id] if "person_id" in link.c else []
    counts_as = func.coalesce(TERM.c.merged_into_id, TERM.c.id).label("term")
    known = linked.join(TERM, TERM.c.id == link.c.term_id, isouter=or_none)
    return select(CALL.c.id, *who, *more, counts_as).select_from(known)


@lru_cache(maxsize=8)
def _by_area_and_topic(selections: tuple[Selection, ...], merged: bool) -> CompoundSelect[Any]:
    [link] = SEVERAL[Vocabulary.TOPIC]
    linked = _calls_with(link, or_none=True)
    parts: list[Select[Any]] = []
    for n, selection in enumerate(selections):
        meant = where(selection, days=str(n))
        by: tuple[ColumnElement[Any], ...] = (CALL.c.area_id, link.c.term_id)
        question = select(_place(n), *by, func.count()).select_from(linked).where(meant)
        if merged:
            once = _once(linked, link, True, CALL.c.area_id).where(meant).distinct().subquery()
            by = (once.c.area_id, once.c.term)
            question = select(_place(n), *by, func.count())
        parts.append(question.group_by(*by))
    return union_all(*parts)


@lru_cache(maxsize=16)
def _callers(selections: tuple[Selection, ...]) -> CompoundSelect[Any]:
    parts: list[Any] = []
    for n, selection in enumerate(selections):
        meant = where(selection, days=str(n))
        each = select(CALL.c.caller_id).where(meant, CALL.c.caller_id.is_not(None)).distinct().subquery()
        first = first_day(selection, str(n))
        # asked once for each caller, not for each call: the answer is the same
        new = func.count() if first is None else func.count().filter(~rang_before(each.c.caller_id, first))
        parts.append(select(_place(n), func.count(), new).select_from(each))
    return union_all(*parts)


@lru_cache(maxsize=16)
def _call_backs(selections: tuple[Selection, ...]) -> CompoundSelect[Any]:
    promised = CALL.join(STEP, STEP.c.call_id == CALL.c.id).outerjoin(REACHED, REACHED_BY)
    by = (STEP.c.state, REACHED.c.number, DAYS_WAITED)
    return union_all(
        *(
            select(_place(n), *by, func.count())
            .select_from(promised)
            .where(where(selection, days=str(n)), IS_ONE)
            .group_by(*by)
            for n, selection in enumerate(selections)
        )
    )


@lru_cache(maxsize=16)
def _by_day(selections: tuple[Selection, ...]) -> CompoundSelect[Any]:
    return union_all(
        *(
            select(CALL.c.taken_on, func.count()).where(where(selection, days=str(n))).group_by(CALL.c.taken_on)
            for n, selection in enumerate(selections)
        )
    )
