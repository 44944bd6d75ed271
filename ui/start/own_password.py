"""A password of one's own in place of a one-time one, asked for at a sign-in that is not the first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError
from ui.kit.buttons import KeyButton
from ui.kit.surfaces import page_scroll
from ui.kit.words import spaced
from ui.start.steps import OwnPasswordStep

WIDE, HIGH = 620, 520  # pixels


class OwnPassword(QDialog):
    """`chosen` carries the new password and whether the keyring is to keep it; then `done_with` or `refuse` follows."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, remember: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("Choose a password of your own")
        self.step = OwnPasswordStep()
        self.step.ask(one_time=True, remember=remember)
        self.step.submitted.connect(self.go_on)
        self._saving = False
        self.later = KeyButton("Not now", "Esc").when_pressed(self.reject)
        self.go = KeyButton("Change the password", "Ctrl+Enter", "primary").when_pressed(self.go_on)
        self.go.setDefault(True)
        row = QHBoxLayout()
        spaced(row, around=("xl", "s", "xl", "l"), gap="s")
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.go)
        outer = QVBoxLayout(self)
        spaced(outer, around=("", "l", "", ""), gap="")
        outer.addWidget(page_scroll(self.step), 1)
        outer.addLayout(row)
        self.step.form.show_field("own", False)
        self.step.take_keys("new")
        self.resize(WIDE, HIGH)

    def go_on(self) -> None:
        """Have it changed, where it is typed twice and the same."""
        if self._saving or not self.step.is_answered():
            return
        self._now_saving(True)
        self.chosen.emit(self.step.new, self.step.remember)

    def done_with(self) -> None:
        """It is changed."""
        self._now_saving(False)
        self.accept()

    def refuse(self, error: DeskError) -> None:
        """It is not: what was typed stays, with the reason."""
        self._now_saving(False)
        self.step.refuse(error)

    def reject(self) -> None:
        """Not now: it is asked for again at the next start. A change under way is waited for."""
        if not self._saving:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter anywhere goes on."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _now_saving(self, saving: bool) -> None:
        self._saving = saving
        self.go.setText("Saving…" if saving else "Change the password")
        if saving:
            self.go.switch_off("The server is asked.")
            self.later.switch_off("The server is asked.")
        else:
            self.go.switch_on()
            self.later.switch_on()
