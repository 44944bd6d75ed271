"""How our papers look and how their figures read: fonts, colours, measures, number formats. Needs no PDF library."""

from __future__ import annotations

from dataclasses import dataclass

from ppsdesk.domain.words import count_of

REGULAR = "Noto Sans"  # the families' own names, so that the screen finds the same fonts for a chart
STRONG = "Noto Sans SemiBold"
FONT_FILES = {REGULAR: "NotoSans-Regular.ttf", STRONG: "NotoSans-SemiBold.ttf"}

LANGUAGE = "en-GB"

# points; A4 upright
MILLIMETRE = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MILLIMETRE, 297 * MILLIMETRE
SIDE, ABOVE, BELOW = 22 * MILLIMETRE, 20 * MILLIMETRE, 22 * MILLIMETRE
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT = PAGE_HEIGHT - ABOVE - BELOW

INK, QUIET, RULE, ACCENT, PAPER = "#111B20", "#45545C", "#9AA7AD", "#0B4F5C", "#FFFFFF"

MARKING = "Internal: may contain small numbers"

MINUS, MISSING = "\u2212", "\u2013"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLook:
    """Colours of a chart as #rrggbb, and its type size in drawing units (points on paper, pixels on screen).

    `now` fills the first series, `before` draws outline and hatching of the second on `ground`.
    """

    text: str
    muted: str
    now: str
    before: str
    axis: str
    ground: str
    points: float = 10.0


PRINT_LOOK = ChartLook(text=INK, muted=QUIET, now=ACCENT, before=QUIET, axis=QUIET, ground=PAPER, points=8.8)


def count_words(value: int | None) -> str:
    """1249 is "1,249"; nothing to show is an en dash."""
    return MISSING if value is None else f"{value:,}".replace("-", MINUS)


def change_words(value: int | None) -> str:
    """ "+16", "−3" with a true minus, "0"; nothing to show is an en dash."""
    return MISSING if value is None else _signed(value, f"{abs(value):,}")


def per_cent_words(value: float | None) -> str:
    """ "+111.9 %", "−12.0 %", "0.0 %"; nothing to show is an en dash."""
    return MISSING if value is None else f"{_signed(round(value, 1), f'{abs(value):,.1f}')} %"


def calls_words(value: int) -> str:
    """ "1 call", "1,249 calls"."""
    return count_of(value, "call")


def listed(words: tuple[str, ...]) -> str:
    """ "1999-00, 2000-01 and 2001-02"."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _signed(value: float, digits: str) -> str:
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{digits}"
