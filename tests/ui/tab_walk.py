"""Tab all the way round a window, and Shift+Tab back: order, traps, what stays out of reach, what is out of sight.

WCAG 2.1.2, 2.4.3, 2.4.7, 2.4.11, 3.2.1. A table that uses Tab for its cells is left by Escape and then Tab, as it says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QTableView, QWidget

from tests.ui.walkers import stops, told, unseen
from tests.ui.windows import press

MOST = 300  # stops of a window


@dataclass
class TabWalk:
    """The stops in order, and what was wrong on the way."""

    there: list[QWidget] = field(default_factory=list)
    back: list[QWidget] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def findings(self, window: QWidget) -> dict[str, list[str]]:
        """By what is wrong; nothing where all is well."""
        found = {
            "on the way": self.wrong,
            "Tab never comes to": self.out_of_reach(window),
            "Shift+Tab goes another way": self.another_way_back(),
            "not in reading order": against_the_reading(self.there, window),
        }
        return {wrong: where for wrong, where in found.items() if where}

    def out_of_reach(self, window: QWidget) -> list[str]:
        """Controls that take the keyboard and that Tab does not come to; of a group of radio buttons one is enough."""
        been = set(self.there)
        groups = {widget.parentWidget() for widget in been if isinstance(widget, QRadioButton)}
        return [
            told(widget)
            for widget in stops(window)
            if widget not in been
            and not (isinstance(widget, QRadioButton) and widget.parentWidget() in groups)
            and _cells_of(widget) is None
        ]

    def another_way_back(self) -> list[str]:
        """Where the way back is not the way there."""
        if not self.back:
            return []
        expected, came = [*self.there[-1:], *self.there[:-1]], list(reversed(self.back))
        return [
            f"{told(one)} there, {told(other)} back"
            for one, other in zip(expected, came, strict=False)
            if one is not other
        ][:3]


def walk(start: QWidget) -> TabWalk:
    """From the widget that has the keyboard round to it again, and back."""
    walked = TabWalk()
    _round(start, "Tab", walked.there, walked.wrong)
    if not walked.wrong:
        _round(start, "Shift+Tab", walked.back, walked.wrong)
    return walked


def _round(start: QWidget, key: str, seen: list[QWidget], wrong: list[str]) -> None:
    for _ in range(MOST):
        before = _stop(QApplication.focusWidget())
        _press_on(key)
        QApplication.processEvents()  # nobody presses the next key before the window has taken its shape
        focus = QApplication.focusWidget()
        if focus is None:
            wrong.append(f"{key} leaves the keyboard nowhere after {told(before)}")
            return
        now = _stop(focus)
        if now is before and now is not start:
            wrong.append(f"{key} stays in {told(now)}")
            return
        seen.append(now)
        if reason := unseen(focus):
            wrong.append(f"out of sight by {key}: {reason}")
        if now is _stop(start):
            return
    wrong.append(f"{key} does not come back to {told(start)}")


def _press_on(key: str) -> None:
    """Once, and out of a table of cells altogether."""
    before = QApplication.focusWidget()
    cells = _cells_of(before)
    if cells is not None:
        press("Esc")
        press(key)
        after = QApplication.focusWidget()
        if _cells_of(after) is cells and after is not before:
            press("Esc")
            press(key)
        return
    press(key)


def _stop(widget: QWidget | None) -> QWidget:
    """The widget, or the table whose cell it is."""
    assert widget is not None, "nothing has the keyboard"
    return _cells_of(widget) or widget


def _cells_of(widget: QWidget | None) -> QTableView | None:
    """The table one types into that this is a cell of, or that itself opens a cell when the keyboard comes."""
    if isinstance(widget, QLineEdit) and widget.parentWidget() is not None:
        table = widget.parentWidget().parentWidget()
        return table if isinstance(table, QTableView) else None
    return None


# -- order -------------------------------------------------------------------------------------------------------------


def against_the_reading(order: list[QWidget], window: QWidget) -> list[str]:
    """Steps that go up, or to the left in a line; from the last to the first of the window is none."""
    first = _first_of(order, window)
    return [
        f"{told(one)} → {told(other)}"
        for one, other in pairwise([*order[-1:], *order])
        if other is not first and _goes_back(_place(one, window, other), _place(other, window, one))
    ]


def _first_of(order: list[QWidget], window: QWidget) -> QWidget | None:
    been = set(order)
    return next((widget for widget in window.findChildren(QWidget) if widget in been), None)


def _place(widget: QWidget, window: QWidget, other: QWidget) -> QRect:
    """Of the largest part of the window that holds this and not the other: they are compared as one reads them."""
    part = widget
    while part.parentWidget() is not None and part is not window and not part.parentWidget().isAncestorOf(other):
        if part.parentWidget() is other:
            break
        part = part.parentWidget()
    parent = part.parentWidget() or window
    return QRect(part.mapTo(parent, QPoint(0, 0)), part.size())


def _goes_back(one: QRect, other: QRect) -> bool:
    if other.bottom() <= one.top():
        return other.left() < one.right()  # up, unless into the next column
    return other.top() < one.bottom() and other.right() <= one.left()  # to the left in the same line
