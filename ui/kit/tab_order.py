"""The order in which Tab goes, where parts were not made in the order in which one reads them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_in_order(parts: Sequence[QWidget], *, at: QWidget | None = None) -> None:
    """Tab goes from part to part, and within a part as it was put together; all of them are in one window.

    `at` is what the parts were put into later than it was made: they come in its place, not at the window's end.
    """
    chain = [] if at is None else _before(at)
    for part in parts:
        chain += [widget for widget in (part, *part.findChildren(QWidget)) if _stops(widget)]
    window = parts[0].window() if parts else None
    for before, behind in pairwise([widget for widget in chain if widget.window() is window]):
        QWidget.setTabOrder(before, behind)


def _before(at: QWidget) -> list[QWidget]:
    """The stop before a place that may be none itself: Qt puts nothing behind what takes no keyboard.

    Looked for in the tree: asked for its neighbour in the order, PySide takes that one for a child of the other.
    """
    part, parent = at, at.parentWidget()
    while parent is not None and not part.isWindow():
        beside = [child for child in parent.children() if isinstance(child, QWidget)]
        for sibling in reversed(beside[: beside.index(part)]):
            inside = (*reversed(sibling.findChildren(QWidget)), sibling)
            if stop := next((widget for widget in inside if _stops(widget)), None):
                return [stop]
        if _stops(parent):
            return [parent]
        part, parent = parent, parent.parentWidget()
    return []


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
