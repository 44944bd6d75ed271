"""A chart straight onto a page: its boxes, strokes and texts in their order, in a fraction of the time that reportlab's
own way takes, which keeps and restores the whole state of the page around each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from ppsdesk.reports.marks import Box, Hatching, Sheet, Stroke, Words


def put(sheet: Sheet, canvas: Canvas) -> None:
    """With its lower left corner where the canvas stands."""
    pen = _Pen(canvas)
    for mark in sheet.marks:
        match mark:
            case Words():
                pen.words(mark)
            case Box():
                pen.box(mark)
            case Stroke(ends, colour, wide):
                pen.stroked(colour, wide)
                canvas.line(*ends)
            case Hatching(strokes, colour, wide):
                pen.stroked(colour, wide)
                canvas.lines(strokes)


class _Pen:
    """Tells the page a colour, a width or a type only when it changes."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._set: dict[Callable[..., None], tuple[Any, ...]] = {}

    def stroked(self, colour: str, wide: float) -> None:
        self._now(self._canvas.setStrokeColor, _colour(colour))
        self._now(self._canvas.setLineWidth, wide)

    def box(self, box: Box) -> None:
        if box.edge:
            self.stroked(box.edge, box.wide)
        self._now(self._canvas.setFillColor, _colour(box.fill))
        self._canvas.rect(box.x, box.y, box.long, box.high, stroke=int(bool(box.edge)), fill=1)

    def words(self, words: Words) -> None:
        self._now(self._canvas.setFont, words.font, words.points)
        self._now(self._canvas.setFillColor, _colour(words.colour))
        self._canvas.drawString(words.x, words.y, words.text)

    def _now(self, setting: Callable[..., None], *wanted: Any) -> None:
        if self._set.get(setting) != wanted:
            setting(*wanted)
            self._set[setting] = wanted


@lru_cache(maxsize=64)
def _colour(written: str) -> Color:
    return HexColor(written)
