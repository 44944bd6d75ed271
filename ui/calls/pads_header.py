"""The row over the pad: one tab for each open call, the clock, and what is done with a call as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QTabBar, QWidget

from ui.calls.call_timer import CallTimer
from ui.kit.buttons import IconButton, PromptButton
from ui.kit.flow import Flow
from ui.kit.words import explain, spaced


class PadsHeader(QFrame):
    """`wanted` carries the number of the call whose tab was chosen."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Open calls")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.currentChanged.connect(self._chosen)
        self.pause_button = IconButton("pause", "Pause the clock (Ctrl+Shift+T)")
        self.park_button = PromptButton("&Park", "Ctrl+Shift+P", "quiet")
        self.quick_button = PromptButton("&Quick close", "", "quiet")
        explain(self.quick_button, "Silent, hung up or wrong number: counted apart from calls")
        self._row = Flow(self, gap="s")
        spaced(self._row, around=("l", "", "l", ""), gap="s")
        for part in (self.tabs, self.pause_button, self.park_button, self.quick_button):
            self._row.addWidget(part)
        self._numbers: list[int] = []
        self._filling = False

    def take_clock(self, timer: CallTimer) -> None:
        """The clock of a call stands beside the tabs, which say its length."""
        timer.show_length(False)
        self._row.insert(1, timer)

    def show_calls(self, calls: Sequence[tuple[int, str]], current: int, *, paused: bool, running: bool) -> None:
        """A tab for each call: its number and words."""
        numbers = [number for number, _ in calls]
        self._filling = True
        if numbers != self._numbers:
            while self.tabs.count():
                self.tabs.removeTab(0)
            for number, words in calls:
                self.tabs.addTab(words)
                self.tabs.setAccessibleTabName(self.tabs.count() - 1, f"Call {number}")
            self._numbers = numbers
        for place, (_, words) in enumerate(calls):
            if self.tabs.tabText(place) != words:
                self.tabs.setTabText(place, words)
        self.tabs.setCurrentIndex(numbers.index(current))
        self._filling = False
        name = "Let the clock go on (Ctrl+Shift+T)" if paused else "Pause the clock (Ctrl+Shift+T)"
        if self.pause_button.accessibleName() != name:
            self.pause_button.setAccessibleName(name)
            explain(self.pause_button, name)
        self.pause_button.setVisible(running)

    def _chosen(self, place: int) -> None:
        if not self._filling and 0 <= place < len(self._numbers):
            self.wanted.emit(self._numbers[place])
