"""A row that wraps: what lets a page stand 200 % text without scrolling sideways."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.kit.words import spaced

Line = list[tuple[QLayoutItem, QSize]]


class Flow(QLayout):
    """Left to right, then the next line; items of a line stand on one middle.

    Its size hint is the one-line width: a layout that hints its narrowest would be given the height of its narrowest.
    `fill` gives the last item of each line what is left of it; not a button, which has one size.
    """

    def __init__(self, parent: QWidget | None = None, gap: str = "s", *, fill: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._fill = fill
        self._broken: dict[int, list[Line]] = {}  # by width; what is asked for again and again, until it changes
        spaced(self, gap=gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt for every `addWidget`."""
        self._items.append(item)

    def insert(self, index: int, widget: QWidget) -> None:
        """Add a widget before the item at that place."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def invalidate(self) -> None:
        """What was measured no longer holds."""
        self._broken.clear()
        super().invalidate()

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item there, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item there."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in pixels of the lines that width gives."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        return self._height(self._lines(inner)) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        sizes = [self._wanted(item) for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap() * max(len(sizes) - 1, 0)
        return self._with_margins(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        shown = self._shown()
        wide = max((item.minimumSize().width() for item in shown), default=0)
        return self._with_margins(wide, max((item.minimumSize().height() for item in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Place every item; fewer lines than there is room for stand in its middle."""
        super().setGeometry(rect)
        margins = self.contentsMargins()
        inner = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        lines = self._lines(inner.width())
        y = inner.y() + max((inner.height() - self._height(lines)) // 2, 0)
        for line in lines:
            tall = max((size.height() for _, size in line), default=0)
            self._place(line, QRect(inner.x(), y, inner.width(), tall))
            y += tall + self._gap()

    def _place(self, line: Line, room: QRect) -> None:
        x = room.x()
        for position, (item, size) in enumerate(line):
            width = size.width()
            if self._fill and position == len(line) - 1 and _gives_way(item):
                width = max(room.right() + 1 - x, width)
            place = QPoint(x, room.y() + (room.height() - size.height()) // 2)
            item.setGeometry(QRect(place, QSize(width, size.height())))
            x += width + self._gap()

    def _lines(self, width: int) -> list[Line]:
        if width not in self._broken:
            self._broken[width] = self._break(width)
        return self._broken[width]

    def _break(self, width: int) -> list[Line]:
        lines: list[Line] = [[]]
        x = 0
        for item in self._shown():
            size = self._wanted(item)
            size.setWidth(min(size.width(), max(width, item.minimumSize().width(), 1)))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if lines[-1] and x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap()
        return lines

    def _height(self, lines: list[Line]) -> int:
        heights = [max((size.height() for _, size in line), default=0) for line in lines]
        return sum(heights) + self._gap() * max(len(heights) - 1, 0)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _gap(self) -> int:
        return max(self.spacing(), 0)

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    @staticmethod
    def _wanted(item: QLayoutItem) -> QSize:
        return item.sizeHint().expandedTo(item.minimumSize())


def _gives_way(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is None or bool(
        widget.sizePolicy().horizontalPolicy().value & QSizePolicy.PolicyFlag.ShrinkFlag.value
    )
