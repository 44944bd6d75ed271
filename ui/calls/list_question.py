"""The questions a long list asks: its first page, shown at once, then all its numbers with the rows in sight."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ppsdesk.domain.lists import CallLine, CallOrder
from ppsdesk.domain.school_terms import TermCalendar
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabularies
from ui.kit.paged import PAGE

if TYPE_CHECKING:
    from ppsdesk.assembly import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestion:
    """Which calls, in which order."""

    selection: Selection
    order: CallOrder = CallOrder.WHEN
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InSight:
    """Where the list stands: the row and call under the keyboard, and the rows from `top` that are seen."""

    row: int = 0
    call_id: int | None = None
    top: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAnswer:
    """Ids in order, the lines of some pages, and where the keyboard and the first row in sight now belong.

    `whole` is False while only the first page was asked for.
    """

    question: ListQuestion
    ids: array[int]
    lines: Mapping[int, CallLine]
    pages: range
    lists: Vocabularies
    terms: TermCalendar
    at: datetime
    row: int = 0
    top: int = 0
    whole: bool = True


def first_page(services: Services, question: ListQuestion) -> ListAnswer:
    """The first rows of the list: quick, however long it is."""
    ids = services.calls.ids(question.selection, order=question.order, descending=question.descending, limit=PAGE)
    return ListAnswer(
        question=question,
        ids=ids,
        lines=services.calls.lines(ids) if ids else {},
        pages=range(1 if ids else 0),
        lists=services.vocabularies.all(),
        terms=services.school_terms.calendar(),
        at=services.clock(),
        whole=len(ids) < PAGE,
    )


def whole_list(services: Services, question: ListQuestion, sight: InSight) -> ListAnswer:
    """All ids, and the lines of the rows that will be in sight: the same call stays under the keyboard."""
    ids = services.calls.ids(question.selection, order=question.order, descending=question.descending)
    row = _row_of(ids, sight)
    top = max(0, sight.top + (row - sight.row if sight.top else 0))
    pages = range(min(top, len(ids)) // PAGE, min(top + sight.seen, max(len(ids) - 1, 0)) // PAGE + 1)
    wanted = ids[pages.start * PAGE : pages.stop * PAGE]
    return ListAnswer(
        question=question,
        ids=ids,
        lines=services.calls.lines(wanted) if wanted else {},
        pages=pages,
        lists=services.vocabularies.all(),
        terms=services.school_terms.calendar(),
        at=services.clock(),
        row=row,
        top=top,
    )


def _row_of(ids: array[int], sight: InSight) -> int:
    if sight.call_id is not None:
        try:
            return ids.index(sight.call_id)
        except ValueError:
            pass
    return max(0, min(sight.row, len(ids) - 1))
