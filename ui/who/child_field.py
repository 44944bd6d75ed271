"""The field of the children: numbered chips, "not about one child", then the line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.kit.flow import Flow
from ui.who.number_chip import NumberChip

NO_CHILD = "Not about one child"


class ChildChip(NumberChip):
    """A chip that knows its child."""

    def __init__(self, key: UUID, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key


class ChildField(QFrame):
    """`toggled` carries the key of a child whose chip was clicked or pressed."""

    toggled = Signal(UUID)
    no_child_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.line = QLineEdit()
        self.line.setProperty("role", "bare")
        self.line.setMinimumWidth(90)
        self._children: tuple[tuple[UUID, str], ...] = ()
        self._chosen: frozenset[UUID] = frozenset()
        self._is_no_child = False
        self._pointed: int | None = None
        self._chips: list[ChildChip] = []
        self._flow = Flow(self, gap="xs", fill=True)
        self.no_child = NumberChip(self)
        self.no_child.show_choice(0, NO_CHILD)
        self.no_child.when_pressed(self.no_child_toggled.emit)
        self._flow.addWidget(self.no_child)
        self._flow.addWidget(self.line)

    def chips(self) -> tuple[ChildChip, ...]:
        """The children's chips, in order."""
        return tuple(self._chips)

    def show_chips(self, children: Sequence[tuple[UUID, str]]) -> None:
        """One chip for each child: key and words."""
        if tuple(children) != self._children:
            self._children = tuple(children)
            self._pointed = None
            self._renew()
        self.line.setPlaceholderText("Or another child's name" if children else "Child's name")

    def show_choice(self, chosen: frozenset[UUID], *, no_child: bool) -> None:
        """Which of them are chosen."""
        self._chosen, self._is_no_child = chosen, no_child
        self._show_states()

    def point_at(self, place: int | None) -> None:
        """Ring one chip, or none."""
        self._pointed = place
        self._show_states()

    def walk(self, step: int) -> str:
        """The ring one chip on, past the last into the line; what the chip says, "" in the line."""
        every = self._every()
        at = len(every) if self._pointed is None else self._pointed
        at = max(0, min(at + step, len(every)))
        self.point_at(at if at < len(every) else None)
        if self._pointed is None:
            return ""
        chip = every[self._pointed]
        return f"{chip.words}, {'chosen' if chip.isChecked() else 'not chosen'}, {at + 1} of {len(every)}."

    def spoken(self) -> str:
        """The children's chips for those who listen, "" where there are none."""
        states = (f"{'chosen' if chip.isChecked() else 'not chosen'}" for chip in self._chips)
        numbered = zip(range(1, 10), self._chips, states, strict=False)
        return " ".join(f"{number} {chip.words}, {state}." for number, chip, state in numbered)

    def press_pointed(self) -> None:
        """As if the ringed chip were clicked."""
        if self._pointed is not None:
            self._every()[self._pointed].click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the field goes to its line."""
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    def _every(self) -> tuple[NumberChip, ...]:
        return (*self._chips, self.no_child)

    def _renew(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, (key, words) in enumerate(self._children):
            chip = ChildChip(key, self)
            chip.show_choice(place + 1 if place < 9 else None, words)
            chip.when_pressed(partial(self.toggled.emit, key))
            self._flow.insert(place, chip)
            chip.show()
            self._chips.append(chip)
        self.updateGeometry()

    def _show_states(self) -> None:
        for at, chip in enumerate(self._chips):
            chip.show_state(chosen=chip.key in self._chosen, pointed=at == self._pointed)
        self.no_child.show_state(chosen=self._is_no_child, pointed=self._pointed == len(self._chips))
        names = [chip.words for chip in self._chips if chip.isChecked()]
        said = NO_CHILD if self._is_no_child else f"Chosen: {', '.join(names)}" if names else "No child chosen"
        self.setAccessibleName(said)
