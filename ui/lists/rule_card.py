"""One rule whole: every version and part with its law and source, what lifts it, what the service decided about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kit.surfaces import Card
from ui.kit.words import label
from ui.kit.wrapped_rows import DetailRows
from ui.lists.rule_words import RuleEntry, entry_rows


class RuleCard(Card):
    """Not there while no rule is chosen. `left` when the keyboard goes back to the list."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = label("", "h3", wrap=True)
        self.add(self.title)
        self.rows = DetailRows("The rule whole", self)
        self.rows.left.connect(self.left)
        self.rows.left_upwards.connect(self.left)
        self.add(self.rows)
        self.hide()

    def show_entry(self, entry: RuleEntry | None) -> None:
        """Show this rule; None puts the card away."""
        if entry is not None:
            name = f"{entry.rule.code}: {entry.rule.title}"
            same = self.title.text() == name
            self.title.setText(name)
            self.setAccessibleName(name)
            self.rows.setAccessibleName(f"{name}, whole")
            self.rows.show_rows(entry_rows(entry), keep=same)
        self.setVisible(entry is not None)

    def focus_rows(self) -> None:
        """The keyboard into it, row by row."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
