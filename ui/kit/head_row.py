"""Words with buttons at their right; where the words would get too little, the buttons go below them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout

from ui.kit.flow import Flow, Line


class HeadRow(Flow):
    """Title and line of a page, and its buttons: beside each other while the words have half of the width, or need no
    more lines there than they would above."""

    def __init__(self, words: QLayout, buttons: QLayout, gap: str = "m") -> None:
        super().__init__(gap=gap)
        self._words, self._buttons = words, buttons
        for part in (words, buttons):
            self.addChildLayout(part)
            self.addItem(part)

    def sizeHint(self) -> QSize:
        """Beside each other."""
        words, buttons = self._words.sizeHint(), self._buttons.sizeHint()
        gap = 0 if self._buttons.isEmpty() else self._gap()
        return self._with_margins(words.width() + gap + buttons.width(), max(words.height(), buttons.height()))

    def _break(self, width: int) -> list[Line]:
        if self._buttons.isEmpty():
            return [[_sized(self._words, width)]]
        wanted = self._buttons.sizeHint().width()
        left = width - self._gap() - wanted
        above = _sized(self._words, width) if left * 2 < width else None
        if above is not None and self._needs_more_lines(left, above[1].height()):
            return [[above], [_sized(self._buttons, width)]]
        return [[_sized(self._words, left), _sized(self._buttons, wanted)]]

    def _needs_more_lines(self, width: int, height: int) -> bool:
        return width < self._words.minimumSize().width() or _sized(self._words, width)[1].height() > height


def _sized(part: QLayout, width: int) -> tuple[QLayout, QSize]:
    tall = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
    return part, QSize(width, tall)
