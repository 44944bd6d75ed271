"""One bar chart for paper and screen: a drawing that goes into the PDF as it is, and to the window as SVG.

Bars lie, so that long labels read; the first series is solid and the second outlined and hatched, so that they are
told apart without colour; every bar has its figure at its end, so that no grid and no value axis is needed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit

from ppsdesk.domain.document import Bar, ChartSpec
from ppsdesk.reports.house_style import REGULAR, STRONG, ChartLook, count_words
from ppsdesk.reports.typesetting import elided, plain, register_fonts, width_of

LABEL_SHARE = 0.4  # of the width, at most
LEAST_SPAN = 24.0
SEEN = 400  # characters of a label that could ever be shown
CAPITAL = 0.72  # height of a figure, in type sizes
CLIP_PATH = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)


def drawing(spec: ChartSpec, look: ChartLook, width: float, *, longest: int | None = None) -> Drawing:
    """The chart at that width, as high as its bars need, in the look's drawing units.

    `longest` is the figure that fills the width; without it, the largest one shown. ValueError for more than two
    series or a bar with another number of figures than there are series.
    """
    register_fonts()
    made = _Chart(_checked(spec), look, width, max(longest if longest is not None else largest(spec), 1))
    return made.drawn()


def svg(spec: ChartSpec, look: ChartLook, width: float) -> bytes:
    """The same drawing as SVG, without the clip path, which Qt fills with black. The fonts are named, not embedded."""
    made = renderSVG.drawToString(drawing(spec, look, width))
    text = made.decode() if isinstance(made, bytes) else str(made)
    return CLIP_PATH.sub("", text).replace("clip-path: url(#clip)", "").encode()


def largest(spec: ChartSpec) -> int:
    """The largest figure of all bars; nought where there is none."""
    return max((value for bar in spec.bars for value in bar.values if value is not None), default=0)


def parts(spec: ChartSpec, look: ChartLook, width: float, height: float) -> tuple[ChartSpec, ...]:
    """The chart cut into pieces of about equal length, none higher than that."""
    whole = float(drawing(spec, look, width).height)
    number = math.ceil(whole / height)
    while number < len(spec.bars):
        each = math.ceil(len(spec.bars) / number)
        cut = tuple(replace(spec, bars=spec.bars[at : at + each]) for at in range(0, len(spec.bars), each))
        if all(drawing(piece, look, width).height <= height for piece in cut):
            return cut
        number += 1
    return tuple(replace(spec, bars=(bar,)) for bar in spec.bars)


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a piece of text is set."""

    font: str
    points: float
    colour: Color

    def width(self, text: str) -> float:
        return width_of(text, self.font, self.points)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one bar goes: its left and lower edges, length and height."""

    x: float
    y: float
    long: float
    high: float


def _checked(spec: ChartSpec) -> ChartSpec:
    if not 1 <= len(spec.series) <= 2:
        raise ValueError(f"A chart has one or two series, not {len(spec.series)}.")
    if any(len(bar.values) != len(spec.series) for bar in spec.bars):
        raise ValueError("Every bar of a chart has one figure for each series.")
    bars = tuple(Bar(plain(bar.label), bar.values) for bar in spec.bars)
    return replace(spec, series=tuple(plain(name) for name in spec.series), bars=bars)


class _Chart:
    """Measures once, then draws from the top down."""

    def __init__(self, spec: ChartSpec, look: ChartLook, width: float, longest: int) -> None:
        self._spec, self._look, self._width, self._longest = spec, look, width, longest
        self._size = look.points
        self._label = _Ink(REGULAR, self._size, HexColor(look.text))
        self._inks = (
            _Ink(STRONG, self._size, HexColor(look.text)),
            _Ink(REGULAR, self._size * 0.9, HexColor(look.muted)),
        )
        self._heights = (self._size * 0.95, self._size * 0.7)
        self._gap, self._leading, self._head = self._size * 0.8, self._size * 1.2, self._size * 2.2
        figures = (count_words(value) for bar in spec.bars for value in bar.values)
        beside = max((self._inks[0].width(text) for text in figures), default=0.0) + self._size * 0.6
        self._labels = self._split_labels(most=min(width * LABEL_SHARE, width - beside - LEAST_SPAN - self._size))
        self._span = max(width - self._axis - beside, LEAST_SPAN)

    def drawn(self) -> Drawing:
        steps = [self._step(lines) for lines in self._labels]
        made = Drawing(round(self._width), math.ceil(self._head + sum(steps)))
        top = y = made.height - self._head
        self._key(made)
        for bar, lines, step in zip(self._spec.bars, self._labels, steps, strict=True):
            self._group(made, bar, lines, y)
            y -= step
        made.add(_line((self._axis, y + self._gap * 0.4), (self._axis, top + 2), HexColor(self._look.axis), 1))
        return made

    def _split_labels(self, most: float) -> list[list[str]]:
        most = max(most, self._size * 2)
        lines = [_wrapped(bar.label, self._label, most) for bar in self._spec.bars]
        widest = max((self._label.width(line) for label in lines for line in label), default=0.0)
        self._axis = round(widest + self._size * 0.9)
        return lines

    def _step(self, lines: list[str]) -> float:
        bars = sum(self._heights[: len(self._spec.series)]) + len(self._spec.series) - 1
        return max(bars, len(lines) * self._leading) + self._gap

    def _key(self, made: Drawing) -> None:
        x, y = float(self._axis), made.height - self._size * 1.1
        room = (self._width - x) / len(self._spec.series) - self._size * 2.8
        for series, name in enumerate(self._spec.series):
            ink = replace(self._inks[series], points=self._size * 0.9)
            shown = elided(name, ink.font, ink.points, max(room, self._size * 2))
            self._pattern(made, series, _Place(x, y - 1, self._size, self._size))
            made.add(_text(x + self._size * 1.5, y, shown, ink))
            x += self._size * 2.8 + ink.width(shown)

    def _group(self, made: Drawing, bar: Bar, lines: list[str], top: float) -> None:
        baseline = top - (self._heights[0] + self._size * CAPITAL) / 2
        for at, line in enumerate(lines):
            made.add(_text(0, baseline - at * self._leading, line, self._label))
        y = top
        for series, value in enumerate(bar.values):
            y -= self._heights[series]
            self._one(made, series, value, y)
            y -= 1

    def _one(self, made: Drawing, series: int, value: int | None, y: float) -> None:
        """Nought has its figure but no bar; nothing to show has a dash."""
        long, high, ink = 0.0, self._heights[series], self._inks[series]
        if value and value > 0:
            long = max(self._span * min(value / self._longest, 1.0), 1.0)
            self._pattern(made, series, _Place(self._axis, y, long, high))
        baseline = y + (high - ink.points * CAPITAL) / 2
        made.add(_text(self._axis + long + self._size * 0.5, baseline, count_words(value), ink))

    def _pattern(self, made: Drawing, series: int, place: _Place) -> None:
        if series == 0:
            made.add(_rectangle(place, fillColor=HexColor(self._look.now), strokeColor=None))
            return
        edge = HexColor(self._look.before)
        made.add(_rectangle(place, fillColor=HexColor(self._look.ground), strokeColor=edge, strokeWidth=0.8))
        for stroke in _hatching(place, self._size * 0.55, edge):
            made.add(stroke)


def _hatching(place: _Place, step: float, colour: Color) -> list[Line]:
    """Slanting strokes, each cut to the bar, so that no clip path is needed."""
    strokes = []
    start = step / 2 - place.high
    while start < place.long:
        left, right = max(start, 0.0), min(start + place.high, place.long)
        if right > left:
            low, high = place.y + left - start, place.y + right - start
            strokes.append(_line((place.x + left, low), (place.x + right, high), colour, 0.8))
        start += step
    return strokes


def _wrapped(label: str, ink: _Ink, room: float) -> list[str]:
    """The label on one or two lines, cut where it is longer."""
    if ink.width(label) <= room:
        return [label]
    first, *_rest = simpleSplit(label[:SEEN], ink.font, ink.points, room)
    if ink.width(first) > room:  # one word wider than the room
        return [elided(label, ink.font, ink.points, room)]
    remaining = label.strip()[len(first) :].strip()
    return [first, elided(remaining, ink.font, ink.points, room)] if remaining else [first]


def _text(x: float, y: float, text: str, ink: _Ink) -> String:
    """On half points, which is as fine as the SVG writer places a text."""
    return String(x, round(y * 2) / 2, text, fontName=ink.font, fontSize=ink.points, fillColor=ink.colour)


def _line(start: tuple[float, float], end: tuple[float, float], colour: Color, wide: float) -> Line:
    return Line(*start, *end, strokeColor=colour, strokeWidth=wide)


def _rectangle(place: _Place, **look: Any) -> Rect:
    return Rect(place.x, place.y, place.long, place.high, **look)
