"""A `Selection` as a WHERE clause. The only place that does it, so a figure and the list behind it cannot differ."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage.rows import CallAdviceRow, CallRow, CallStageRow, CallTopicRow, TermRow

ONE = {
    Vocabulary.LINE: CallRow.line_id,
    Vocabulary.METHOD: CallRow.method_id,
    Vocabulary.CALLER_KIND: CallRow.caller_kind_id,
    Vocabulary.LEVEL: CallRow.level_id,
    Vocabulary.OUTCOME: CallRow.outcome_id,
    Vocabulary.HOW_HEARD: CallRow.how_heard_id,
}
SEVERAL: dict[Vocabulary, type[CallTopicRow] | type[CallAdviceRow] | type[CallStageRow]] = {
    Vocabulary.TOPIC: CallTopicRow,
    Vocabulary.ADVICE: CallAdviceRow,
    Vocabulary.STAGE: CallStageRow,
}
SEARCHED = (CallRow.caller_name, CallRow.child_name, CallRow.phone, CallRow.reference, CallRow.notes, CallRow.taken_by)


def where(selection: Selection) -> ColumnElement[bool]:
    """The condition on `call` that this selection means."""
    parts: list[ColumnElement[bool]] = [
        CallRow.removed_at.is_not(None) if selection.removed else CallRow.removed_at.is_(None)
    ]
    if selection.first is not None:
        parts.append(CallRow.taken_on >= selection.first)
    if selection.last is not None:
        parts.append(CallRow.taken_on <= selection.last)
    parts += [_chosen(chosen) for chosen in selection.chosen]
    if selection.taken_by:
        parts.append(CallRow.taken_by == selection.taken_by)
    if selection.to_complete:
        parts.append(_to_complete())
    if selection.batch_id is not None:
        parts.append(CallRow.import_batch_id == selection.batch_id)
    # autoescape: a per cent sign somebody types is a per cent sign
    parts += [or_(*(c.icontains(word, autoescape=True) for c in SEARCHED)) for word in selection.words.split()]
    return and_(*parts)


def _chosen(chosen: Chosen) -> ColumnElement[bool]:
    terms = select(TermRow.id).where(
        TermRow.vocabulary == chosen.vocabulary.value, TermRow.code.in_(sorted(chosen.codes))
    )
    either: list[ColumnElement[bool]] = []
    if chosen.vocabulary in ONE:
        column = ONE[chosen.vocabulary]
        if chosen.codes:
            either.append(column.in_(terms))
        if chosen.none:
            either.append(column.is_(None))
        return or_(false(), *either)
    link = SEVERAL[chosen.vocabulary]
    if chosen.codes:
        either.append(CallRow.id.in_(select(link.call_id).where(link.term_id.in_(terms))))
    if chosen.none:
        either.append(~exists().where(link.call_id == CallRow.id))
    return or_(false(), *either)


def _to_complete() -> ColumnElement[bool]:
    """The same rule as `domain.calls.to_complete`."""
    return or_(
        CallRow.level_id.is_(None),
        CallRow.outcome_id.is_(None),
        ~exists().where(CallStageRow.call_id == CallRow.id),
        ~exists().where(CallAdviceRow.call_id == CallRow.id),
    )
