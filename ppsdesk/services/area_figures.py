"""The figures for the meeting with area staff: topics by area, one term against the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ppsdesk.domain.breakdowns import ALL_AREAS, NOT_ENTERED, AreaTrends, TrendRow
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.figures import Count
from ppsdesk.domain.periods import Period
from ppsdesk.domain.progress import Progress
from ppsdesk.domain.selection import Chosen, Selection
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ppsdesk.services.call_figures import compared
from ppsdesk.storage.breakdowns import Counts
from ppsdesk.storage.work import UnitOfWork

Entry = TermCode | None
STEPS = 3


def area_trends(
    work: UnitOfWork, period: Period, against: Period, *, year_ends: YearEnds, as_of: date, progress: Progress
) -> AreaTrends:
    """Every topic of every area that has calls in either term, and of all areas: the largest changes first."""
    sheet = _Sheet(work, period, against)
    progress(0, STEPS)
    areas = work.breakdowns.of_list(Vocabulary.AREA, sheet.days, sheet.lists)
    progress(1, STEPS)
    topics = work.breakdowns.of_list(Vocabulary.TOPIC, sheet.days, sheet.lists)
    progress(2, STEPS)
    both = work.breakdowns.of_areas_and_topics(sheet.days, sheet.lists)
    rows = [sheet.row(ALL_AREAS, topic, numbers, *_of(Vocabulary.TOPIC, topic)) for topic, numbers in topics.items()]
    rows += [
        sheet.row(
            sheet.label(Vocabulary.AREA, area), topic, numbers, *_of(Vocabulary.AREA, area),
            *_of(Vocabulary.TOPIC, topic),
        )
        for (area, topic), numbers in both.items()
    ]  # fmt: skip
    progress(STEPS, STEPS)
    return AreaTrends(
        as_of=as_of,
        year_ends=year_ends,
        period=period,
        against=against,
        rows=tuple(sorted(rows, key=_largest_change_first)),
        bases=sheet.bases(areas),
    )


class _Sheet:
    """The two terms, and how a figure of them is written down."""

    def __init__(self, work: UnitOfWork, period: Period, against: Period) -> None:
        self.lists = work.vocabularies.all()
        self.days = (Selection.of(period.span), Selection.of(against.span))
        self._against = against.span
        self._earliest = work.figures.first_day()

    def row(self, area: str, topic: Entry, numbers: Counts, *chosen: Chosen) -> TrendRow:
        """One topic in an area."""
        now, before = self._counts(numbers, *chosen)
        return TrendRow(area=area, topic=self.label(Vocabulary.TOPIC, topic), now=now, before=before)

    def bases(self, areas: Mapping[Entry, Counts]) -> tuple[tuple[str, Count, Count], ...]:
        """All calls, and those of each area in the list's own order."""
        every = tuple(sum(numbers[place] for numbers in areas.values()) for place in range(len(self.days)))
        order: list[Entry] = [*(term.code for term in self.lists.of(Vocabulary.AREA) if term.code in areas), None]
        return (
            (ALL_AREAS, *self._counts(every)),
            *(
                (self.label(Vocabulary.AREA, area), *self._counts(areas[area], *_of(Vocabulary.AREA, area)))
                for area in order
                if area in areas
            ),
        )

    def label(self, vocabulary: Vocabulary, code: Entry) -> str:
        """The words of an entry."""
        return self.lists.label(vocabulary, code) or NOT_ENTERED

    def _counts(self, numbers: Counts, *chosen: Chosen) -> tuple[Count, Count]:
        now, before = (replace(selection, chosen=chosen) for selection in self.days)
        earlier = compared(numbers[1], self._against, self._earliest)
        return Count(numbers[0], now), replace(earlier, selection=before)


def _of(vocabulary: Vocabulary, code: Entry) -> tuple[Chosen, ...]:
    if code is None:
        return (Chosen(vocabulary=vocabulary, none=True),)
    return (Chosen(vocabulary=vocabulary, codes=frozenset({code})),)


def _largest_change_first(row: TrendRow) -> tuple[int, int, bool, str, str]:
    now = row.now.value or 0
    return -abs(now - (row.before.value or 0)), -now, row.area != ALL_AREAS, row.area, row.topic
