"""The tabs of a record: a row of buttons that wraps at large text, one of them pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.words import announce, no_access_key

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class TabRow(QWidget):
    """One Tab stop: the arrow keys go from tab to tab, and the page's Ctrl+Page keys call `step`.

    `shown` carries the name of the tab somebody went to.
    """

    shown = Signal(str)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self, gap="xs")
        self._tabs = {name: _Tab(name, place, len(names), self) for place, name in enumerate(names)}
        for tab in self._tabs.values():
            self._flow.addWidget(tab)
            tab.clicked.connect(self._pressed)
        self._current = names[0]
        self._mark()

    @property
    def current(self) -> str:
        """The name of the tab that is open."""
        return self._current

    def go(self, name: str) -> None:
        """Open that tab."""
        if name != self._current:
            self._current = name
            self._mark()
            announce(self, f"{name} tab")
            self.shown.emit(name)

    def step(self, by: int) -> None:
        """The next tab, or the one before; not round."""
        names = list(self._tabs)
        place = max(0, min(names.index(self._current) + by, len(names) - 1))
        self.go(names[place])

    def count(self, name: str, number: int) -> None:
        """How many things a tab holds; 0 is not said."""
        self._tabs[name].setText(no_access_key(f"{name} {number:,}" if number else name))

    def focus_first(self) -> None:
        """The keyboard to the open tab."""
        self._tabs[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys."""
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        self.step(by)
        self.focus_first()

    def _pressed(self) -> None:
        tab = self.sender()
        assert isinstance(tab, _Tab)
        self.go(tab.name)
        self._mark()  # a second press must not lift it

    def _mark(self) -> None:
        for name, tab in self._tabs.items():
            here = name == self._current
            tab.setChecked(here)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)


class _Tab(KeyButton):
    def __init__(self, name: str, place: int, of: int, parent: QWidget) -> None:
        super().__init__(name, kind="quiet", parent=parent)
        self.name = name
        self.setCheckable(True)
        self.setAccessibleDescription(f"Tab {place + 1} of {of}. Arrow keys, or Ctrl+Page Down for the next.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys are the row's."""
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)
