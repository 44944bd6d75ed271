"""One bar chart for paper and screen: a drawing that goes into the PDF as it is, and to the window as SVG.

Bars lie, so that long labels read; the first series is solid and the second outlined and hatched, so that they are
told apart without colour; every bar has its figure at its end, so that no grid and no value axis is needed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from ppsdesk.domain.document import Bar, ChartSpec
from ppsdesk.domain.figures import Count
from ppsdesk.reports.house_style import REGULAR, STRONG, ChartLook, shown
from ppsdesk.reports.marks import Box, Hatching, Mark, Sheet, Stroke, Words, as_drawing
from ppsdesk.reports.typesetting import elided, plain, register_fonts, width_of

LABEL_SHARE = 0.4  # of the width, at most
LEAST_SPAN = 24.0
SEEN = 400  # characters of a label that could ever be shown
CAPITAL = 0.72  # height of a figure, in type sizes
CLIP_PATH = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)


def drawing(spec: ChartSpec, look: ChartLook, width: float, *, within: ChartSpec | None = None) -> Drawing:
    """The chart as a drawing of reportlab; otherwise as `laid_out`."""
    return as_drawing(laid_out(spec, look, width, within=within))


def laid_out(spec: ChartSpec, look: ChartLook, width: float, *, within: ChartSpec | None = None) -> Sheet:
    """The chart at that width, as high as its bars need, in the look's drawing units.

    `within` is the chart this one was cut from: axis and scale are then those of the whole. ValueError for more than
    two series, or a bar with another number of figures than there are series.
    """
    return _measured(spec, look, width, within or spec).drawn()


def svg(spec: ChartSpec, look: ChartLook, width: float) -> bytes:
    """The same drawing as SVG, without the clip path, which Qt fills with black. The fonts are named, not embedded."""
    made = renderSVG.drawToString(drawing(spec, look, width))
    text = made.decode() if isinstance(made, bytes) else str(made)
    text = CLIP_PATH.sub("", text).replace("clip-path: url(#clip)", "")
    for colour in (look.text, look.muted, look.now, look.before, look.axis, look.ground):
        text = text.replace(_in_whole_per_cent(colour), f": {colour};")
    return text.encode()


def _in_whole_per_cent(colour: str) -> str:
    """How the SVG writer puts a colour, cut to whole per cent and so a shade too dark."""
    red, green, blue = (int(part * 100) for part in HexColor(colour).rgb())
    return f": rgb({red}%,{green}%,{blue}%);"


def parts(spec: ChartSpec, look: ChartLook, width: float, height: float) -> tuple[ChartSpec, ...]:
    """The chart cut into pieces of about equal length, none higher than that unless one bar alone is."""
    number = math.ceil(_measured(spec, look, width, spec).height / height)
    if number <= 1:
        return (spec,)
    while number < len(spec.bars):
        each = math.ceil(len(spec.bars) / number)
        cut = tuple(replace(spec, bars=spec.bars[at : at + each]) for at in range(0, len(spec.bars), each))
        if all(_measured(piece, look, width, spec).height <= height for piece in cut):
            return cut
        number += 1
    return tuple(replace(spec, bars=(bar,)) for bar in spec.bars) or (spec,)


def _measured(spec: ChartSpec, look: ChartLook, width: float, whole: ChartSpec) -> _Chart:
    register_fonts()
    checked = _checked(spec)
    return _Chart(checked, look, width, checked if whole is spec else _checked(whole))


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a piece of text is set."""

    font: str
    points: float
    colour: str

    def width(self, text: str) -> float:
        return width_of(text, self.font, self.points)


class _Place(NamedTuple):
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
    if any(bar.marks and len(bar.marks) != len(spec.series) for bar in spec.bars):
        raise ValueError("Every bar of a chart has one mark for each series, or none.")
    bars = tuple(Bar(plain(bar.label), bar.values, tuple(map(plain, bar.marks))) for bar in spec.bars)
    return replace(spec, series=tuple(plain(name) for name in spec.series), bars=bars)


class _Chart:
    """Measures once, then draws from the top down."""

    def __init__(self, spec: ChartSpec, look: ChartLook, width: float, whole: ChartSpec) -> None:
        self._spec, self._look, self._width = spec, look, width
        self._size = look.points
        self._label = _Ink(REGULAR, self._size, look.text)
        self._inks = (
            _Ink(STRONG, self._size, look.text),
            _Ink(REGULAR, self._size * 0.9, look.muted),
        )
        self._heights = (self._size * 0.95, self._size * 0.7)
        self._gap, self._leading, self._head = self._size * 0.8, self._size * 1.2, self._size * 2.2
        self._lay_out(whole)
        self._labels = [_wrapped(bar.label, self._label, self._label_room) for bar in spec.bars]
        self._steps = [self._step(lines) for lines in self._labels]
        self.height = math.ceil(self._head + sum(self._steps))

    def _lay_out(self, whole: ChartSpec) -> None:
        """Where the axis stands and how long the longest bar may be, by the whole chart's labels and figures."""
        values = [value for bar in whole.bars for value in bar.values]
        self._longest = max((value for value in values if value is not None), default=0)
        figures = max((self._inks[0].width(words) for bar in whole.bars for words in _words(bar)), default=0.0)
        beside = figures + self._size * 0.6
        most = min(self._width * LABEL_SHARE, self._width - beside - LEAST_SPAN - self._size)
        self._label_room = max(most, self._size * 2)
        labels = (_wrapped(bar.label, self._label, self._label_room) for bar in whole.bars)
        widest = max((self._label.width(line) for lines in labels for line in lines), default=0.0)
        self._axis = round(widest + self._size * 0.9)
        self._span = max(self._width - self._axis - beside, LEAST_SPAN)

    def drawn(self) -> Sheet:
        made: list[Mark] = []
        top = y = self.height - self._head
        self._key(made)
        for bar, lines, step in zip(self._spec.bars, self._labels, self._steps, strict=True):
            self._group(made, bar, lines, y)
            y -= step
        made.append(Stroke((self._axis, y + self._gap * 0.4, self._axis, top + 2), self._look.axis, 1))
        return Sheet(round(self._width), self.height, made)

    def _step(self, lines: list[str]) -> float:
        bars = sum(self._heights[: len(self._spec.series)]) + len(self._spec.series) - 1
        return max(bars, len(lines) * self._leading) + self._gap

    def _key(self, made: list[Mark]) -> None:
        x, y = float(self._axis), self.height - self._size * 1.1
        inks = [replace(ink, points=self._size * 0.9) for ink in self._inks]
        for series, (name, ink) in enumerate(zip(self._key_words(inks), inks, strict=False)):
            self._pattern(made, series, _Place(x, y - 1, self._size, self._size))
            made.append(_text(x + self._size * 1.5, y, name, ink))
            x += self._size * 2.8 + ink.width(name)

    def _key_words(self, inks: list[_Ink]) -> list[str]:
        """The names of the series, whole where they fit beside each other, else each cut to an equal part."""
        names = self._spec.series
        room = self._width - self._axis - self._size * 2.8 * len(names)
        if sum(ink.width(name) for name, ink in zip(names, inks, strict=False)) <= room:
            return list(names)
        each = max(room / len(names), self._size * 2)
        return [elided(name, ink.font, ink.points, each) for name, ink in zip(names, inks, strict=False)]

    def _group(self, made: list[Mark], bar: Bar, lines: list[str], top: float) -> None:
        baseline = top - (self._heights[0] + self._size * CAPITAL) / 2
        for at, line in enumerate(lines):
            made.append(_text(0, baseline - at * self._leading, line, self._label))
        y = top
        for series, (value, words) in enumerate(zip(bar.values, _words(bar), strict=True)):
            y -= self._heights[series]
            self._one(made, series, value, words, y)
            y -= 1

    def _one(self, made: list[Mark], series: int, value: int | None, words: str, y: float) -> None:
        """Nought has its figure but no bar; a hidden figure has its mark alone, nothing to show a dash."""
        long, high, ink = 0.0, self._heights[series], self._inks[series]
        if value and value > 0:
            long = max(self._span * min(value / self._longest, 1.0), 1.0)
            self._pattern(made, series, _Place(self._axis, y, long, high))
        baseline = y + (high - ink.points * CAPITAL) / 2
        made.append(_text(self._axis + long + self._size * 0.5, baseline, words, ink))

    def _pattern(self, made: list[Mark], series: int, place: _Place) -> None:
        if series == 0:
            made.append(Box(*place, self._look.now))
            return
        made.append(Box(*place, self._look.ground, self._look.before, 0.8))
        made.append(_hatching(place, self._size * 0.55, self._look.before))


def _words(bar: Bar) -> list[str]:
    """What stands at the end of each bar."""
    marks = bar.marks or ("",) * len(bar.values)
    return [shown(Count(value, mark=mark)) for value, mark in zip(bar.values, marks, strict=True)]


def _hatching(place: _Place, step: float, colour: str) -> Hatching:
    """Slanting strokes, each cut to the bar, so that no clip path is needed."""
    strokes: list[tuple[float, float, float, float]] = []
    start = step / 2 - place.high
    while start < place.long:
        left, right = max(start, 0.0), min(start + place.high, place.long)
        if right > left:
            strokes.append((place.x + left, place.y + left - start, place.x + right, place.y + right - start))
        start += step
    return Hatching(strokes, colour, 0.8)


def _wrapped(label: str, ink: _Ink, room: float) -> list[str]:
    """The label on one or two lines, cut where it is longer."""
    if ink.width(label) <= room:
        return [label]
    first, *_rest = simpleSplit(label[:SEEN], ink.font, ink.points, room)
    if ink.width(first) > room:  # one word wider than the room
        return [elided(label, ink.font, ink.points, room)]
    remaining = label.strip()[len(first) :].strip()
    return [first, elided(remaining, ink.font, ink.points, room)] if remaining else [first]


def _text(x: float, y: float, text: str, ink: _Ink) -> Words:
    """On half points, which is as fine as the SVG writer places a text."""
    return Words(x, round(y * 2) / 2, text, ink.font, ink.points, ink.colour)
