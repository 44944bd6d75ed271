"""The printed pages of a sheet: on A4, as wide as the page, and no chart cut by the end of one.

A sheet that is little more than a page is printed on one. In a longer one a new page begins before a chart which the
page it would stand on may not hold. How wide a column is drawn differs from program to program, and so by how much the
sheet is made smaller; so much room is taken for granted as there is at the least.
"""

from __future__ import annotations

from typing import Any

DOTS = 96  # pixels of an inch, as a workbook counts them
A4_WIDE, A4_HIGH = 8.27, 11.69  # inches
MARGINS_WIDE, MARGINS_HIGH = 1.4, 1.5  # both sides together
ROW = 20  # pixels of a row of cells
POINT = DOTS / 72
SPARE = 0.95  # of a page, for a hair more or less
SURE = 0.8  # of a page: nobody knows for certain how many lines a long text takes
SQUEEZED = 1.15  # pages that are made one
FIGURE = 0.556  # the width of a figure, in parts of the size of the type, as below
WIDTHS = {
    **dict.fromkeys("ijl'’", 0.222),
    **dict.fromkeys(" .,:;!/ftI|[]", 0.278),
    **dict.fromkeys("r()-", 0.333),
    **dict.fromkeys("cksvxyzJ", 0.5),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZw&", 0.7),
    **dict.fromkeys("mMW%@—", 0.9),
}


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes, broken between its words, in a column so many figures wide."""
    room, lines, used = width * FIGURE, 1, 0.0
    for word in text.split(" "):
        wide = sum(WIDTHS.get(letter, FIGURE) for letter in word)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        over = int((used + wide) / room)  # a word longer than a line
        lines, used = lines + over, used + wide - over * room + WIDTHS[" "]
    return lines


def column_pixels(width: float) -> int:
    """How wide a column of so many figures is drawn."""
    return int(width * 7 + 5)


class PrintedSheet:
    """`across` are the pixels that have to fit; `head` those of the row that is repeated on every page."""

    def __init__(self, sheet: Any, *, across: int, landscape: bool, head: float) -> None:
        self._sheet = sheet
        wide, high = (A4_HIGH, A4_WIDE) if landscape else (A4_WIDE, A4_HIGH)
        smaller = min((wide - MARGINS_WIDE) * DOTS / across, 1.0)  # nothing is made larger
        self._room = (high - MARGINS_HIGH) * DOTS / smaller * SPARE
        self._head = head
        self._whole = self._used = 0.0
        self._breaks: list[int] = []

    @property
    def tallest(self) -> int:
        """Pixels of the highest thing that a page holds below the repeated row."""
        return int(self._room - self._head)

    def goes_on(self, pixels: float) -> None:
        """So much follows that may be cut anywhere."""
        self._whole += pixels
        self._used += pixels

    def place(self, row: int, pixels: float) -> None:
        """Something so high begins at that row and must not be cut."""
        if self._used + pixels > self._room * SURE:
            self._breaks.append(row)
            self._used = self._head
        self.goes_on(pixels)

    def finish(self) -> None:
        """Tell the sheet."""
        if self._breaks and self._whole <= self._room * SQUEEZED:
            self._sheet.fit_to_pages(1, 1)
        elif self._breaks:
            self._sheet.set_h_pagebreaks(self._breaks)
