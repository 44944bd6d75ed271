"""A `Selection` as a WHERE clause. The only place that does it, so a figure and the list behind it cannot differ."""

from __future__ import annotations

from itertools import product

from sqlalchemy import ColumnElement, Table, and_, bindparam, exists, false, or_, select

from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import Vocabulary
from ppsdesk.storage.rows import CallAdviceRow, CallRow, CallStageRow, CallTopicRow, TermRow

# plain columns: an attribute of a row class is twice as slow to make a condition of
CALL: Table = CallRow.__table__  # type: ignore[assignment]
ONE = {
    Vocabulary.LINE: CALL.c.line_id,
    Vocabulary.METHOD: CALL.c.method_id,
    Vocabulary.CALLER_KIND: CALL.c.caller_kind_id,
    Vocabulary.LEVEL: CALL.c.level_id,
    Vocabulary.OUTCOME: CALL.c.outcome_id,
    Vocabulary.HOW_HEARD: CALL.c.how_heard_id,
}
SEVERAL: dict[Vocabulary, type[CallTopicRow] | type[CallAdviceRow] | type[CallStageRow]] = {
    Vocabulary.TOPIC: CallTopicRow,
    Vocabulary.ADVICE: CallAdviceRow,
    Vocabulary.STAGE: CallStageRow,
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
    if selection.first is not None:
        parts.append(CALL.c.taken_on >= (bindparam(f"first_{days}") if days else selection.first))
    if selection.last is not None:
        parts.append(CALL.c.taken_on <= (bindparam(f"last_{days}") if days else selection.last))
    parts += [_chosen(chosen) for chosen in selection.chosen]
    if selection.taken_by:
        parts.append(CALL.c.taken_by == selection.taken_by)
    if selection.to_complete:
        parts.append(_to_complete())
    if selection.batch_id is not None:
        parts.append(CALL.c.import_batch_id == selection.batch_id)
    parts += [_says(word) for word in selection.words.split()]
    return and_(*parts)


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
        either.append(CALL.c.id.in_(select(link.call_id).where(link.term_id.in_(terms))))
    if chosen.none:
        either.append(~exists().where(link.call_id == CALL.c.id))
    return or_(false(), *either)


def _to_complete() -> ColumnElement[bool]:
    """The same rule as `domain.calls.to_complete`."""
    return or_(
        CALL.c.level_id.is_(None),
        CALL.c.outcome_id.is_(None),
        ~exists().where(CallStageRow.call_id == CALL.c.id),
        ~exists().where(CallAdviceRow.call_id == CALL.c.id),
    )
