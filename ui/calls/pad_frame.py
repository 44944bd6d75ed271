"""What the call pad is made of: the form, one row of buttons with clock and state, and how it takes its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.calls.call_form import CallForm
from ui.calls.call_timer import CallTimer
from ui.calls.caller_side import CallerSide
from ui.calls.side_panel import SidePanel
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.field_box import FieldBox
from ui.kit.flow import Flow
from ui.kit.save_state import SaveState
from ui.kit.surfaces import Bar, page_scroll, scroll_to
from ui.kit.theme import current
from ui.kit.words import spaced

_NARROW, _LOW = 700, 320  # pixels at 100 % text


class _Inner(QWidget):
    """What scrolls: as high as the width makes it, where Qt would take the height of the narrowest."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)

    def height_at(self, width: int) -> int:
        """Pixels it needs."""
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()


class PadFrame(QFrame):
    """The parts, and nothing of what they do. The one box is there at once, the other fields after the first paint.

    `grown` when the form would take more room or less, not counting the notes: these take what there is.
    """

    grown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "dock")
        self.setAccessibleName("Call pad")
        self.timer = CallTimer(desk.services.clock)
        self.state = SaveState()
        self.mind, self.trouble, self.question = Bar("warning"), Bar("danger"), Bar("warning")
        self.side = CallerSide(desk.rights)
        self.form = CallForm(desk, when="Another da&y", always_dated=False, pad=True, beside=self.side)
        self.save_button = KeyButton("Save and finish", "Ctrl+Enter", "primary", "check")
        self.refer_button = KeyButton("Save and refer", "Ctrl+R")
        self.late_button = KeyButton("Another day", "Ctrl+Shift+L", "quiet")
        self.discard_button = KeyButton("Discard", "", "quiet")
        self.close_button = KeyButton("Close", "Esc", "quiet")
        self._inner, self._foot = _Inner(), QFrame()
        column = QVBoxLayout(self._inner)
        spaced(column, around=("l", "xs", "l", "xs"), gap="s")
        column.addWidget(self.form, 1)
        self._foot.setProperty("role", "footer")
        row = Flow(self._foot, gap="s")
        spaced(row, around=("l", "xs", "l", "xs"), gap="s")
        for part in (self.save_button, self.refer_button, self.timer, self.state, *self._others()):
            row.addWidget(part)
        outer = QVBoxLayout(self)
        spaced(outer, gap="")
        for bar in (self.mind, self.trouble, self.question):
            outer.addWidget(bar)  # above what scrolls: always in sight, and it takes no room from the notes
        across = QHBoxLayout()
        spaced(across, gap="")
        area = page_scroll(self._inner, rows=1)
        across.addWidget(area, 1)
        outer.addLayout(across, 1)
        self.panel = SidePanel(self, area, across, self.focus_first)
        outer.addWidget(self._foot)
        self.form.completed.connect(self._completed)
        self._tall = 0
        self._inner.installEventFilter(self)

    def hold(self, held: bool) -> None:
        """While a call is on its way nothing can be typed that would not be part of it."""
        self.form.hold(held)
        for button in self._buttons():
            button.setEnabled(not held)

    def focus_first(self) -> None:
        """The keyboard into the first field."""
        self.form.focus_first()

    def sizeHint(self) -> QSize:
        """As tall as the whole form with its buttons: where there is less, it scrolls."""
        inner, foot = self._inner.sizeHint(), self._foot.sizeHint()
        width = self.width() if self.isVisible() else max(inner.width(), foot.width())
        return QSize(max(inner.width(), foot.width()), self._inner.height_at(width) + foot.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the fields need it more."""
        super().resizeEvent(event)
        wide = self.width() >= _NARROW * current().scale
        self.timer.show_since(wide)
        for button in (self.refer_button, self.late_button, self.close_button):
            button.setVisible(wide)  # each has its key, and stands in the menu
        self.panel.fit()
        self.say_what_to_mind()

    def say_what_to_mind(self) -> None:
        """Where the banner scrolls out of sight as soon as one is in the next field, its warnings stand above."""
        low = self.height() < _LOW * current().scale
        words = " ".join(f"{words.rstrip('.')}." for words in self.side.warnings()) if low else ""
        if words != self.mind.text:
            self.mind.say(words)

    def showEvent(self, event: QShowEvent) -> None:
        """What is not there yet follows when this has been painted, and what was typed meanwhile stays."""
        super().showEvent(event)
        self.form.build_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fields come and go: whoever shares out the room hears of it."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            tall = self._inner.height_at(self._inner.width())
            if self.form.is_complete:
                tall -= self.form.editor("notes").sizeHint().height()
            if tall != self._tall:
                self._tall = tall
                QTimer.singleShot(0, self, self._has_grown)
        return super().eventFilter(watched, event)

    def _has_grown(self) -> None:
        """Chips or an answer that came late are seen: the whole field one is in, and first of all where one types."""
        self.grown.emit()
        focus = QApplication.focusWidget()
        if focus is None or not self._inner.isAncestorOf(focus):
            return
        field: QWidget | None = focus
        while field is not None and not isinstance(field, FieldBox):
            field = field.parentWidget()
        scroll_to(field)
        scroll_to(focus)

    def _completed(self) -> None:
        self.form.order_tabs(self._buttons())
        self.updateGeometry()

    def _buttons(self) -> tuple[KeyButton, ...]:
        return self.save_button, self.refer_button, *self._others()

    def _others(self) -> tuple[KeyButton, ...]:
        return self.late_button, self.discard_button, self.close_button
