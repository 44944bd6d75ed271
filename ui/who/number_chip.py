"""A numbered choice in a field: "1 Tom (8)". The number is its key, the circle says whether it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit.buttons import KeyButton
from ui.kit.tokens import fitting
from ui.kit.words import explain, no_access_key, say


class NumberChip(KeyButton):
    """Chosen or not, by its digit in the field's line or by a click; the keyboard stays in the line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", kind="chip", icon="circle", parent=parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = ""

    def show_choice(self, number: int | None, words: str) -> None:
        """Its digit (None past nine) and its words."""
        self.words = words
        self.setText(no_access_key(fitting(f"{number} {words}" if number is not None else words)))
        self.setAccessibleName(words)
        explain(self, words if number is None else f"{words}. Key {number}")
        self.updateGeometry()

    def show_state(self, *, chosen: bool, pointed: bool) -> None:
        """Whether it is chosen, and whether the keyboard points at it."""
        self.setChecked(chosen)
        self.show_icon("circle-check" if chosen else "circle")
        say(self, state="focus" if pointed else "")
