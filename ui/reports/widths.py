"""How wide the columns of figures have to be."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from ui.kit.theme import current

AROUND = 28  # pixels beside the words of a cell
LONGEST_LINE = 12  # letters of a head that stays in one line


def cell_width(words: str, step: str) -> int:
    """What a cell of these words, in one of the type sizes, takes at 100 % text, in pixels."""
    theme = current()
    return round(QFontMetrics(theme.font(step, strong=True)).horizontalAdvance(words) / theme.scale) + AROUND


def in_two_lines(head: str) -> str:
    """A long head of a column broken at the blank nearest to its middle, so that all columns have room."""
    blanks = [place for place, letter in enumerate(head) if letter == " "]
    if len(head) <= LONGEST_LINE or not blanks:
        return head
    at = min(blanks, key=lambda place: abs(2 * place - len(head)))
    return f"{head[:at]}\n{head[at + 1 :]}"
