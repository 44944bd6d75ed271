"""Figures that are links: each opens exactly what it counted, and says how it was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.surfaces import Card
from ui.kit.theme import current
from ui.kit.words import explain, label, spaced

MISSING = "–"
TILE = 165  # pixels at 100 % text: the least width of a large figure with its words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure as it stands on the page. `pressed` opens what it counted, None where nothing can be opened; `note` is
    a quiet line below."""

    words: str
    label: str
    definition: str
    note: str = ""
    pressed: Callable[[], None] | None = None


class FigureButton(KeyButton):
    """The figure itself, large; as a link it leads to its rows."""

    def __init__(self, figure: ShownFigure, parent: QWidget | None = None, *, large: bool) -> None:
        super().__init__(figure.words, kind="link", parent=parent)
        if large:
            self.setProperty("role", "figure")
        self.setAccessibleName(f"{figure.label}: {figure.words}")
        if figure.pressed is None:
            self.switch_off(figure.definition)
        else:
            explain(self, figure.definition)
            self.when_pressed(figure.pressed)

    def sizeHint(self) -> QSize:
        """Never too small to point at."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), current().px("size_target")), hint.height())


class FigureTile(QWidget):
    """The figure, what it counts, and a quiet line; a figure that opens nothing is a label."""

    def __init__(self, figure: ShownFigure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = FigureButton(figure, self, large=True) if figure.pressed is not None else None
        column = QVBoxLayout(self)
        spaced(column, gap="")
        if self.button is not None:
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            missing = label(figure.words, "figure")
            missing.setMinimumHeight(FigureButton(figure, large=True).sizeHint().height())
            missing.setIndent(current().px("space_xs") + 2)
            explain(missing, figure.definition)
            column.addWidget(missing)
        below = QVBoxLayout()
        spaced(below, around=("s", "", "", ""), gap="")
        below.addWidget(label(figure.label))
        below.addWidget(label(figure.note or " ", "caption"))
        column.addLayout(below)

    def minimumSizeHint(self) -> QSize:
        """Figures of several rows stand below each other."""
        hint = super().minimumSizeHint()
        return QSize(max(hint.width(), round(TILE * current().scale)), hint.height())

    def sizeHint(self) -> QSize:
        """As wide as the widest of a usual row."""
        return super().sizeHint().expandedTo(self.minimumSizeHint())


class FiguresCard(Card):
    """Large figures side by side, wrapping where there is less room."""

    def __init__(self, title: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.as_of = label("", "caption")
        self.add_action(self.as_of)
        self._nothing = label(nothing, "muted", wrap=True)
        self._holder = QWidget(self)
        self._flow = Flow(self._holder, gap="l")
        self.add(self._nothing)
        self._nothing.hide()
        self.add(self._holder)
        self._tiles: list[QWidget] = []
        self._seen: list[object] | None = None
        self.buttons: tuple[FigureButton, ...] = ()

    def show_figures(self, figures: Sequence[ShownFigure], as_of: str) -> None:
        """These figures, counted at that moment; the keyboard stays on the figure of the same place."""
        self.as_of.setText(as_of)
        seen = [_seen(figure) for figure in figures]
        if seen == self._seen:
            return
        self._seen = seen
        place = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        self._holder.hide()  # the page is laid out once, not for every figure
        for old in self._tiles:
            _drop(self._flow, old)
        self._tiles = []
        buttons = []
        for figure in figures:
            tile = FigureTile(figure, self._holder)
            buttons += [tile.button] if tile.button is not None else []
            self._flow.addWidget(tile)
            self._tiles.append(tile)
        self.buttons = tuple(buttons)
        self._nothing.setHidden(bool(figures))
        self._holder.setVisible(bool(figures))
        if place is not None and place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)


class FigureRows(QWidget):
    """Small figures below each other: words at the left, the figure at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        spaced(self._column, gap="xs")
        self._lines: list[QWidget] = []
        self.buttons: tuple[FigureButton, ...] = ()

    def show_figures(self, figures: Sequence[ShownFigure]) -> None:
        """These instead."""
        place = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        self.hide()
        for old in self._lines:
            _drop(self._column, old)
        self._lines = []
        buttons = []
        for figure in figures:
            line = QWidget(self)
            row = QHBoxLayout(line)
            spaced(row, gap="m")
            row.addWidget(label(figure.label, wrap=True), 1)
            button = FigureButton(figure, line, large=False)
            buttons.append(button)
            row.addWidget(button)
            self._column.addWidget(line)
            self._lines.append(line)
        self.buttons = tuple(buttons)
        self.setVisible(bool(figures))
        if place is not None and place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)


class TwoColumns(QWidget):
    """Two parts side by side, one below the other where there is less room than `least` pixels at 100 % text."""

    def __init__(self, left: QWidget, right: QWidget, parent: QWidget | None = None, *, least: int = 900) -> None:
        super().__init__(parent)
        self._parts, self._least = (left, right), least
        self._grid = QGridLayout(self)
        spaced(self._grid, gap="m")
        self._beside: bool | None = None
        self._arrange(True)

    def fit(self, width: int) -> None:
        """Side by side or not, as that width allows."""
        self._arrange(width >= self._least * current().scale)

    def _arrange(self, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for part in self._parts:
            self._grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._parts[0], 0, 0, top)
        self._grid.addWidget(self._parts[1], 0 if beside else 1, 1 if beside else 0, top)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2 if beside else 0)


def _seen(figure: ShownFigure) -> object:
    """What a figure looks like and opens; one that stays the same need not be drawn anew."""
    opens = figure.pressed.args if isinstance(figure.pressed, partial) else figure.pressed is not None
    return figure.words, figure.label, figure.note, figure.definition, opens


def _drop(layout: QLayout, widget: QWidget) -> None:
    # Not `takeAt`: an item that Python clears after its widget has gone ends the program.
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()
