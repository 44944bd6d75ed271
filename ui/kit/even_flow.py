"""Parts of one width side by side, as many as there is room for: what keeps several of the same kind in columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from ui.kit.flow import Flow, Line
from ui.kit.theme import current


class EvenFlow(Flow):
    """A `Flow` whose items share the width evenly, none of them below `narrowest` pixels (at 100 %) but where one alone
    has less. The lines are filled alike: four that do not fit stand two by two. The tops of a line are level.
    """

    def __init__(self, narrowest: int, parent: QWidget | None = None, gap: str = "s") -> None:
        super().__init__(parent, gap)
        self._narrowest = narrowest

    def _break(self, width: int) -> list[Line]:
        shown = self._shown()
        if not shown:
            return [[]]
        gap = self._gap()
        narrowest = max(round(self._narrowest * current().scale), *(item.minimumSize().width() for item in shown))
        room = min(max((width + gap) // (narrowest + gap), 1), len(shown))
        lines = -(-len(shown) // room)
        columns = -(-len(shown) // lines)
        each = max((width - gap * (columns - 1)) // columns, 1)
        sized = [(item, QSize(each, _height(item, each))) for item in shown]
        return [sized[start : start + columns] for start in range(0, len(sized), columns)]

    def _place(self, line: Line, room: QRect) -> None:
        x = room.x()
        for item, size in line:
            item.setGeometry(QRect(QPoint(x, room.y()), size))
            x += size.width() + self._gap()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
