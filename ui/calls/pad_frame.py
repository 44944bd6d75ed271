"""What the call pad is made of: the form, one row of buttons with clock and state, and how it takes its room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.calls.call_form import CallForm
from ui.calls.call_timer import CallTimer
from ui.calls.save_state import SaveState
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.surfaces import Bar, page_scroll
from ui.kit.theme import current
from ui.kit.words import spaced

_NARROW = 700  # pixels at 100 % text


class PadFrame(QFrame):
    """The parts, and nothing of what they do."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "dock")
        self.setAccessibleName("Call pad")
        self.timer = CallTimer(desk.services.clock)
        self.state = SaveState()
        self.trouble = Bar("danger")
        self.form = CallForm(desk, when="Another da&y", always_dated=False)
        self.save_button = KeyButton("Save and finish", "Ctrl+Enter", "primary", "check")
        self.late_button = KeyButton("Another day", "Ctrl+Shift+L", "quiet").when_pressed(self.form.ask_when)
        self.discard_button = KeyButton("Discard", "", "quiet")
        self.close_button = KeyButton("Close", "Esc", "quiet")
        late = QShortcut(QKeySequence("Ctrl+Shift+L"), self)
        late.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        late.activated.connect(self.form.ask_when)
        self._inner, self._foot = QWidget(), QFrame()
        column = QVBoxLayout(self._inner)
        spaced(column, around=("l", "s", "l", "s"), gap="s")
        column.addWidget(self.form, 1)
        self._foot.setProperty("role", "footer")
        row = Flow(self._foot, gap="m")
        spaced(row, around=("l", "xs", "l", "xs"), gap="m")
        for part in (self.save_button, self.timer, self.state, *self._others()):
            row.addWidget(part)
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        outer.addWidget(self.trouble)  # above what scrolls: always in sight, and it takes no room from the notes
        outer.addWidget(page_scroll(self._inner), 1)
        outer.addWidget(self._foot)

    def hold(self, held: bool) -> None:
        """While a call is on its way nothing can be typed that would not be part of it."""
        self.form.hold(held)
        for button in (self.save_button, *self._others()):
            button.setEnabled(not held)

    def focus_first(self) -> None:
        """The keyboard into the first field."""
        self.form.focus_first()

    def sizeHint(self) -> QSize:
        """As tall as the whole form with its buttons: where there is less, it scrolls."""
        inner, foot = self._inner.sizeHint(), self._foot.sizeHint()
        return QSize(max(inner.width(), foot.width()), inner.height() + foot.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the fields need it more."""
        super().resizeEvent(event)
        self.timer.show_since(self.width() >= _NARROW * current().scale)

    def _others(self) -> tuple[KeyButton, ...]:
        return self.late_button, self.discard_button, self.close_button
