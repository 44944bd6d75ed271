"""A long job in words: how many of how many, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.kit.parts import Card, Flow, KeyButton, label


class ProgressCard(Card):
    """`cancel_wanted` is the wish to stop. `unit` names what is counted, in the plural."""

    cancel_wanted = Signal()

    def __init__(self, title: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._unit = unit
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.words = label("", "muted", wrap=True)
        self.cancel = KeyButton("Cancel", "Esc", icon="x").when_pressed(self.cancel_wanted.emit)
        self.add(self.bar)
        row = Flow(gap="m", fill=True)
        row.addWidget(self.cancel)
        row.addWidget(self.words)
        self.body.addLayout(row)

    def begin(self, what: str) -> None:
        """Something started; how much there is to do is not known yet."""
        self.title.setText(what)
        self.setAccessibleName(what)
        self.bar.setRange(0, 0)
        self.words.setText("")
        self.cancel.switch_on()

    def show_progress(self, done: int, of: int) -> None:
        """So many of so many."""
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)
        self.words.setText(f"{done:,} of {of:,} {self._unit}")

    def stopping(self) -> None:
        """The wish was heard."""
        self.words.setText("Stopping…")
        self.cancel.switch_off("It is being stopped.")
