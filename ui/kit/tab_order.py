"""The order in which Tab goes, where parts were not made in the order in which one reads them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_in_order(parts: Sequence[QWidget], *, at: QWidget | None = None) -> None:
    """Tab goes from part to part, and within a part as it did; parts of another window than the first's are left out.

    `at` is what the parts were put into later than it was made: they come in its place, not at the window's end. An
    editor stands in the order twice, itself and the widget it hands the keyboard to: one without the other would lead
    the keyboard back to it for ever.
    """
    if not parts:
        return
    places = _round(parts[0].window())
    chain = [] if at is None else _before(at, places)
    for part in parts:
        inside = [widget for widget in (part, *part.findChildren(QWidget)) if widget in places]
        chain += sorted((widget for widget in inside if _stops(widget)), key=lambda widget: places[widget])
    for before, behind in pairwise(chain):
        QWidget.setTabOrder(before, behind)


def _before(at: QWidget, places: dict[QWidget, int]) -> list[QWidget]:
    """The stop before a place that may be none itself: Qt puts nothing behind what takes no keyboard."""
    found = [widget for widget, place in places.items() if place < places.get(at, 0) and _stops(widget)]
    return found[-1:]


def _round(window: QWidget) -> dict[QWidget, int]:
    """Every widget of a window with its place in the order of Tab."""
    found, widget = {window: 0}, window.nextInFocusChain()
    while widget is not None and widget not in found:
        found[widget] = len(found)
        widget = widget.nextInFocusChain()
    return found


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
