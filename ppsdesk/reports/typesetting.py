"""Text on paper: our two fonts, the styles of the house, and the one way any text gets there, as plain text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any, Literal

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from ppsdesk import resources
from ppsdesk.reports.house_style import FONT_FILES, INK, QUIET, REGULAR, STRONG
from ppsdesk.reports.tagging import TaggedParagraph

LABEL_LIMIT = 300  # characters of a heading, a label or a caption; running text is printed whole
UNKNOWN = "\ufffd"

_registering = Lock()


def register_fonts() -> None:
    """Make the embedded fonts known to the PDF library; as often as you like, from any thread."""
    with _registering:
        _register_once()


@lru_cache(maxsize=1)
def _register_once() -> None:
    folder = resources.folder() / "fonts"
    for name, file in FONT_FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    STATE_DEFAULTS["fontName"] = REGULAR  # else every drawing names Helvetica, which is not embedded


def plain(text: str, *, limit: int | None = None) -> str:
    """What can be printed of a text: line breaks and tabs become spaces; what has no shape of its own (control
    characters, marks that turn the direction of writing) is left out; a character our fonts lack is shown as one.
    """
    shown = "".join(_printable(character) for character in text) if not _simple(text) else text
    if limit is not None and len(shown) > limit:
        return f"{shown[: limit - 1].rstrip()}…"
    return shown


def paragraph(text: str, style: ParagraphStyle, role: str = "P", *, limit: int | None = None) -> TaggedParagraph:
    """The only way from a text to a paragraph: past reportlab's markup parser, so that nothing in it can be markup."""
    shown = plain(text, limit=limit).strip()
    return TaggedParagraph("", style, role=role, frags=[_fragment(style).clone(text=shown)] if shown else [])


@lru_cache(maxsize=32)
def _fragment(style: ParagraphStyle) -> Any:
    """What the markup parser makes of one plain word in this style."""
    [fragment] = Paragraph("x", style).frags
    return fragment


@lru_cache(maxsize=20_000)
def width_of(text: str, font: str, points: float) -> float:
    """Of one line, in points; kept, as the same figures and labels come again and again."""
    return float(pdfmetrics.stringWidth(text, font, points))


def elided(text: str, font: str, points: float, room: float) -> str:
    """As much of the text as fits the room, with an ellipsis where it was cut."""
    if width_of(text, font, points) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(f"{text[:middle].rstrip()}…", font, points) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{text[:low].rstrip()}…"


def _style(
    name: str,
    points: float,
    leading: float,
    *,
    strong: bool = False,
    colour: str = INK,
    before: float = 0,
    after: float = 0,
    alignment: Literal[0, 2] = TA_LEFT,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=STRONG if strong else REGULAR,
        fontSize=points,
        leading=leading,
        textColor=HexColor(colour),
        spaceBefore=before,
        spaceAfter=after,
        alignment=alignment,
        allowWidows=0,
        allowOrphans=0,
    )


TITLE = _style("title", 18, 23, strong=True, after=3)
SECTION = _style("section", 12, 15, strong=True, before=10, after=3)
BODY = _style("body", 10, 14, after=4)
CAPTION = _style("caption", 9, 12, strong=True, before=3, after=2)
CELL = _style("cell", 9.5, 12)
CELL_RIGHT = _style("cell right", 9.5, 12, alignment=TA_RIGHT)
HEAD = _style("head", 8.5, 11, strong=True, colour=QUIET)
HEAD_RIGHT = _style("head right", 8.5, 11, strong=True, colour=QUIET, alignment=TA_RIGHT)
SMALL = _style("small", 8, 10.8, colour=QUIET)
NOTE = _style("note", 8, 10.8, colour=QUIET, after=6)
DEFINITION = _style("definition", 8, 10.8, colour=QUIET, before=3)


@lru_cache(maxsize=1)
def _shapes() -> frozenset[int]:
    register_fonts()
    font = pdfmetrics.getFont(REGULAR)
    assert isinstance(font, TTFont)
    return frozenset(font.face.charToGlyph)


def _simple(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _printable(character: str) -> str:
    if character in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    return character if ord(character) in _shapes() else UNKNOWN
