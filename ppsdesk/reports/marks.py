"""What a chart is made of: texts, boxes and strokes, measured in the chart's own units from its lower left corner."""

from __future__ import annotations

from typing import Any, NamedTuple

from reportlab.graphics.shapes import Drawing, Line, Path, Rect, String
from reportlab.lib.colors import HexColor


class Words(NamedTuple):
    """One line of text; colours here and below are #rrggbb."""

    x: float
    y: float
    text: str
    font: str
    points: float
    colour: str


class Box(NamedTuple):
    """A filled rectangle, with an edge or without."""

    x: float
    y: float
    long: float
    high: float
    fill: str
    edge: str | None = None
    wide: float = 1.0


class Stroke(NamedTuple):
    """From point to point: x and y of both."""

    ends: tuple[float, float, float, float]
    colour: str
    wide: float


class Hatching(NamedTuple):
    """Many strokes of one kind."""

    ends: list[tuple[float, float, float, float]]
    colour: str
    wide: float


Mark = Words | Box | Stroke | Hatching


class Sheet(NamedTuple):
    """A chart laid out: its size, and its marks in the order in which they are drawn."""

    width: float
    height: float
    marks: list[Mark]


def as_drawing(sheet: Sheet) -> Drawing:
    """The same as a drawing of reportlab, for pictures and SVG."""
    made = Drawing(sheet.width, sheet.height)
    for mark in sheet.marks:
        made.add(_shape(mark))
    return made


def _shape(mark: Mark) -> Line | Path | Rect | String:
    look: dict[str, Any]
    if isinstance(mark, Words):
        look = {"fontName": mark.font, "fontSize": mark.points, "fillColor": HexColor(mark.colour)}
        return String(mark.x, mark.y, mark.text, **look)
    if isinstance(mark, Box):
        edge = HexColor(mark.edge) if mark.edge else None
        look = {"fillColor": HexColor(mark.fill), "strokeColor": edge, "strokeWidth": mark.wide}
        return Rect(mark.x, mark.y, mark.long, mark.high, **look)
    look = {"strokeColor": HexColor(mark.colour), "strokeWidth": mark.wide}
    if isinstance(mark, Stroke):
        return Line(*mark.ends, **look)
    move_and_draw: list[float] = [0, 1] * len(mark.ends)
    return Path(points=[part for ends in mark.ends for part in ends], operators=move_and_draw, fillColor=None, **look)
