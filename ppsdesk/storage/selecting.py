"""A `Selection` as a WHERE clause. The only place that does it, so a figure and the list behind it cannot differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, bindparam, exists, false, or_, select, union_all

from ppsdesk.domain.codes import CallerState
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage.call_backs import promised
from ppsdesk.storage.call_links import CHILD_STAGE, ORGANISATION, PERSON
from ppsdesk.storage.call_links import SEVERAL as SEVERAL_OF_A_CALL
from ppsdesk.storage.rows import CallChildRow, CallOrganisationRow, CallRow, TermRow

# plain columns: an attribute of a row class is twice as slow to make a condition of
CALL: Table = CallRow.__table__  # type: ignore[assignment]
ONE = {
    Vocabulary.LINE: CALL.c.line_id,
    Vocabulary.METHOD: CALL.c.method_id,
    Vocabulary.CALLER_KIND: CALL.c.caller_kind_id,
    Vocabulary.LEVEL: CALL.c.level_id,
    Vocabulary.OUTCOME: CALL.c.outcome_id,
    Vocabulary.HOW_HEARD: CALL.c.how_heard_id,
    Vocabulary.AREA: CALL.c.area_id,
}
SEVERAL: dict[Vocabulary, tuple[Table, ...]] = {
    vocabulary: (link,) if vocabulary is not Vocabulary.STAGE else (link, CHILD_STAGE)  # stages: of children on record
    for vocabulary, link in SEVERAL_OF_A_CALL.values()
}
SEARCHED = (CALL.c.caller_name, CALL.c.child_name, CALL.c.phone, CALL.c.reference, CALL.c.notes, CALL.c.taken_by)


def where(selection: Selection, *, days: str = "") -> ColumnElement[bool]:
    """The condition on `call` that this selection means.

    With `days`, its days are left to the parameters `first_{days}` and `last_{days}`: a question that was put together
    once can then be asked again for other days.
    """
    parts: list[ColumnElement[bool]] = [
        CALL.c.removed_at.is_not(None) if selection.removed else CALL.c.removed_at.is_(None)
    ]
    first = first_day(selection, days)
    if first is not None:
        parts.append(CALL.c.taken_on >= first)
    if selection.last is not None:
        parts.append(CALL.c.taken_on <= (bindparam(f"last_{days}") if days else selection.last))
    parts += [_chosen(chosen) for chosen in selection.chosen]
    if selection.taken_by:
        parts.append(CALL.c.taken_by == selection.taken_by)
    if selection.to_complete:
        parts.append(_to_complete())
    if selection.batch_id is not None:
        parts.append(CALL.c.import_batch_id == selection.batch_id)
    if selection.caller_state is not None:
        parts.append(_of_callers(selection.caller_state, first))
    if selection.waited is not None or selection.attempts is not None:
        parts.append(promised(CALL.c.id, selection.waited, selection.attempts))
    parts += _of_records(selection)
    parts += [_says(word) for word in selection.words.split()]
    return and_(*parts)


def asked(selections: Sequence[Selection]) -> tuple[tuple[Selection, ...], dict[str, date | None]]:
    """The selections apart from their days, and those days as the parameters `first_0`, `last_0`, `first_1`…

    A question made of the first part, with `days` the place of each, is the same for the same figures of other days.
    """
    days = {f"first_{n}": selection.first for n, selection in enumerate(selections)}
    days |= {f"last_{n}": selection.last for n, selection in enumerate(selections)}
    return tuple(map(_on_any_days, selections)), days


def _on_any_days(selection: Selection) -> Selection:
    """The selection apart from its days: it still says whether it has a first and a last one."""
    return replace(selection, first=selection.first and date.min, last=selection.last and date.max)


def first_day(selection: Selection, days: str) -> ColumnElement[date] | date | None:
    """The day its days begin with, or the parameter for it; None where they are open."""
    if selection.first is None or not days:
        return selection.first
    return bindparam(f"first_{days}", type_=CALL.c.taken_on.type)


def _of_callers(state: CallerState, first: ColumnElement[date] | date | None) -> ColumnElement[bool]:
    """Calls of people who were new to the service in the days from `first` on: with no call before it, ever."""
    if state is CallerState.NOT_KNOWN:
        return CALL.c.caller_id.is_(None)
    known = CALL.c.caller_id.is_not(None)
    if first is None:  # the days begin with the first call of all
        return known if state is CallerState.NEW else false()
    before = rang_before(CALL.c.caller_id, first)
    return and_(known, ~before if state is CallerState.NEW else before)


def rang_before(caller: ColumnElement[Any], first: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Whether a caller made a call before that day, ever: they are not new to the service on it."""
    earlier = CALL.alias("earlier")
    # not “*”: an analyst's login may not read every column of a call
    found = exists(earlier.c.id).where(
        earlier.c.caller_id == caller, earlier.c.taken_on < first, earlier.c.removed_at.is_(None)
    )
    return found.correlate_except(earlier)


def _of_records(selection: Selection) -> list[ColumnElement[bool]]:
    """What is asked of the people and organisations a call names, and of what its caller may quote."""
    parts: list[ColumnElement[bool]] = []
    if selection.person is not None:
        parts.append(_by_or_about(selection.person))
    if selection.organisation is not None:
        parts.append(_about_organisation(selection.organisation))
    if selection.reference:
        parts.append(false() if "\x00" in selection.reference else CALL.c.reference == selection.reference)
    return parts


def _says(word: str) -> ColumnElement[bool]:
    if "\x00" in word:  # no text holds it, and PostgreSQL would not even be asked for it
        return false()
    # autoescape: a per cent sign somebody types is a per cent sign
    return or_(*(c.icontains(way, autoescape=True) for way in _ways_to_write(word) for c in SEARCHED))


def _ways_to_write(word: str) -> tuple[str, ...]:
    """The word in every mixture of capitals that SQLite does not see through, which knows only those of English."""
    letters = [{sign} if sign.isascii() else {sign, sign.lower(), sign.upper()} for sign in word]
    if sum(len(forms) > 1 for forms in letters) > 4:
        return tuple(dict.fromkeys((word, word.lower(), word.upper(), word.title())))
    return tuple("".join(signs) for signs in product(*letters))


def _chosen(chosen: Chosen) -> ColumnElement[bool]:
    named = select(TermRow.id).where(
        TermRow.vocabulary == chosen.vocabulary.value, TermRow.code.in_(sorted(chosen.codes))
    )
    # a term that was merged into a chosen one counts as that one; merging leaves no chains
    terms = select(TermRow.id).where(or_(TermRow.id.in_(named), TermRow.merged_into_id.in_(named)))
    either: list[ColumnElement[bool]] = []
    if chosen.vocabulary in ONE:
        column = ONE[chosen.vocabulary]
        if chosen.codes:
            either.append(column.in_(terms))
        if chosen.none:
            either.append(column.is_(None))
        return or_(false(), *either)
    links = SEVERAL[chosen.vocabulary]
    if chosen.codes:
        either += [CALL.c.id.in_(select(link.c.call_id).where(link.c.term_id.in_(terms))) for link in links]
    if chosen.none:
        either.append(nothing_entered(chosen.vocabulary))
    return or_(false(), *either)


def nothing_entered(vocabulary: Vocabulary) -> ColumnElement[bool]:
    """Calls with no term of a list that may hold several."""
    return and_(*(~exists().where(link.c.call_id == CALL.c.id).correlate(CALL) for link in SEVERAL[vocabulary]))


def _by_or_about(key: UUID) -> ColumnElement[bool]:
    # found from the person's side, by index: an OR over the calls would look at all of them
    person = select(PERSON.c.id).where(PERSON.c.key == key).scalar_subquery()
    rang = CALL.alias("rang")
    by = select(rang.c.id).where(rang.c.caller_id == person)
    about = select(CallChildRow.call_id).where(CallChildRow.person_id == person)
    return CALL.c.id.in_(union_all(by, about))


def _about_organisation(key: UUID) -> ColumnElement[bool]:
    """Calls about any that counts as the same: up to the one that stands, and down to all merged into it."""
    named = select(ORGANISATION.c.id, ORGANISATION.c.merged_into_id).where(ORGANISATION.c.key == key)
    up = named.cte(recursive=True)
    into = select(ORGANISATION.c.id, ORGANISATION.c.merged_into_id).where(ORGANISATION.c.id == up.c.merged_into_id)
    up = up.union(into)
    down = select(up.c.id).where(up.c.merged_into_id.is_(None)).cte(recursive=True)
    down = down.union(select(ORGANISATION.c.id).where(ORGANISATION.c.merged_into_id == down.c.id))
    link = CallOrganisationRow
    return CALL.c.id.in_(select(link.call_id).where(link.organisation_id.in_(select(down.c.id))))


def _to_complete() -> ColumnElement[bool]:
    """The same rule as `domain.calls.to_complete`."""
    return or_(
        CALL.c.level_id.is_(None),
        CALL.c.outcome_id.is_(None),
        nothing_entered(Vocabulary.STAGE),
        nothing_entered(Vocabulary.ADVICE),
    )
