"""Where a page may end: a short table stays whole, a long one begins where a few of its rows find room."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable, Spacer

from ppsdesk.reports.house_style import TEXT_HEIGHT, TEXT_WIDTH
from ppsdesk.reports.tagging import TaggedTable

SHORT = TEXT_HEIGHT / 4  # so much is moved to the next page rather than parted
FEWEST_ROWS = 3  # rows below a table's heads, on either side of a page end
LONGEST_SMALL_PRINT = TEXT_HEIGHT / 3  # what goes beyond may be parted from its table
GAP = 6  # points below the small print, where something follows on the page
AT_TOP = TEXT_HEIGHT - 1  # with so much room nothing stands on the page yet


def height(parts: Sequence[Flowable]) -> float:
    """Of parts one below the other, in points; space after one and before the next overlap, as they do on the page."""
    total = after = 0.0
    for part in parts:
        total += part.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] + max(part.getSpaceBefore(), after)
        after = part.getSpaceAfter()
    return total


class TableOnPages(Flowable):
    """A table with what stands above it (heading, caption) and below it (small print), parted only between rows.

    What stands above is never left alone at the foot of a page, nor the small print at the head of one.
    """

    def __init__(self, above: list[Flowable], table: TaggedTable, below: list[Flowable]) -> None:
        super().__init__()
        self._above, self._table, self._below = above, table, below

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Higher than any page, so that it is always asked for its parts."""
        return available_width, TEXT_HEIGHT * 100

    def split(self, _available_width: float, available_height: float) -> list[Flowable]:
        """What stands on this page, and the rest for the next."""
        whole = [*self._above, self._table, *self._below]
        needed = height([*self._above, self._table, *self._told()])
        at_top = available_height >= AT_TOP
        if needed <= available_height:
            return [*whole, Spacer(1, GAP)] if needed + GAP <= available_height else whole
        if needed <= SHORT and not at_top:
            return [FrameBreak(), self]
        if parts := self._parted(available_height):
            first, rest = parts
            assert isinstance(rest, TaggedTable)
            return [*self._above, first, FrameBreak(), TableOnPages([], rest, self._below)]
        return whole if at_top else [FrameBreak(), self]

    def _told(self) -> list[Flowable]:
        """What has to stand with the last rows: the small print, of great length only so much of it."""
        told = list(self._below)
        while told and height(told) > LONGEST_SMALL_PRINT:
            told.pop()
        return told

    def _parted(self, available_height: float) -> list[Flowable]:
        """The table in two; nothing where too few rows would stand on this page."""
        heads, heights = int(self._table.repeatRows), self._table.row_heights
        room = available_height - (height([*self._above, self._table]) - sum(heights))
        fitting = 0
        while fitting < len(heights) - FEWEST_ROWS and sum(heights[: fitting + 1]) <= room:
            fitting += 1
        if fitting < heads + FEWEST_ROWS:
            return []
        return self._table.split(TEXT_WIDTH, sum(heights[:fitting]) + 0.01)
