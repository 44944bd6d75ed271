"""How wide the columns of figures have to be."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from ui.kit.theme import current

AROUND = 32  # pixels beside the words of a cell


def cell_width(words: str, step: str) -> int:
    """What a cell of these words, in one of the type sizes, takes at 100 % text, in pixels."""
    theme = current()
    return round(QFontMetrics(theme.font(step, strong=True)).horizontalAdvance(words) / theme.scale) + AROUND
