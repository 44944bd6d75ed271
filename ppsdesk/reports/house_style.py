"""How our papers look and how their figures read: fonts, colours, measures, number formats. Needs no PDF library.

A percentage of a whole is set without decimals on a base under 100 and with one above; `figures.share` rounds so.
"""

from __future__ import annotations

from dataclasses import dataclass

from ppsdesk.domain.figures import Cell, Column, Count, Share, places
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


def per_cent_words(share: Share) -> str:
    """ "+111.9 %", "−12.0 %", "−12 %" on a base under 100; nothing to show is an en dash."""
    if share.per_cent is None:
        return MISSING
    return f"{_signed(share.per_cent, f'{abs(share.per_cent):,.{places(share.base)}f}')} %"


def share_words(share: Share) -> str:
    """ "45.6 %", "33 %" of a base under 100; nothing to show is an en dash."""
    if share.per_cent is None:
        return MISSING
    return f"{share.per_cent:,.{places(share.base)}f} %"


def cell_words(cell: Cell, column: Column) -> str:
    """A cell as every page and screen writes it; a figure that is hidden because it is small has its mark."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Share):
        return share_words(cell) if column.kind == "share" else per_cent_words(cell)
    if cell.value is None and cell.mark:
        return cell.mark
    return change_words(cell.value) if column.kind == "change" else count_words(cell.value)


def shown(count: Count) -> str:
    """A count in a sentence: its figure, or the mark that stands for it."""
    return cell_words(count, Column(head=""))


def hidden_words(least: int) -> str:
    """Which counts are hidden below `least`: "1 to 4", or "1"."""
    return "1" if least <= 2 else f"1 to {least - 1}"


def marking(least_published: int | None) -> str:
    """The words at the foot of every page: what may be in the figures, or what was taken out of them."""
    if least_published is None:
        return MARKING
    if least_published <= 1:
        return "For publication: no count is hidden"
    return f"Counts of {hidden_words(least_published)} hidden; some could be worked out"


def calls_words(value: int) -> str:
    """ "1 call", "1,249 calls"."""
    return count_of(value, "call")


def listed(words: tuple[str, ...]) -> str:
    """ "1999-00, 2000-01 and 2001-02"."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _signed(value: float, digits: str) -> str:
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{digits}"
