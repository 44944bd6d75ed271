"""The side panel of the pad: the last calls by or about whoever is calling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.vocabulary import Vocabularies
from ppsdesk.domain.words import count_of
from ui.kit.page_body import PageBody
from ui.kit.row_list import RowList
from ui.kit.surfaces import page_scroll
from ui.kit.words import WrappedLabel, apart, label, spaced
from ui.who.call_rows import call_rows

NOBODY = "Once you have chosen who is calling, their last calls stand here."


class LastCalls(QFrame):
    """`call_wanted` carries the id of a call to open, `left` says that the keyboard goes back to the form."""

    call_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "popup")
        self.setAccessibleName("Last calls")
        self.title = label("Last calls", "h3")
        self.words = WrappedLabel(NOBODY, "muted")
        self.rows = RowList("Last calls", fitting=True)
        self.rows.opened.connect(self._opened)
        box = QVBoxLayout(self)
        spaced(box, around=("m", "s", "m", "s"), gap="s")
        box.addWidget(self.title)
        box.addWidget(page_scroll(PageBody(self.words, self.rows), rows=1), 1)
        self.show_calls("", (), 0, Vocabularies(()), date.min)

    def show_calls(self, name: str, lines: Sequence[CallLine], count: int, lists: Vocabularies, today: date) -> None:
        """The newest calls of somebody, and how many there are in all; "" for nobody."""
        self.rows.show_rows(call_rows(lines, lists, today))
        self.rows.setHidden(not lines)
        if not name:
            self.words.setText(NOBODY)
        elif not lines:
            self.words.setText(f"{apart(name)}: no call before this one.")
        elif count > len(lines):
            self.words.setText(f"{apart(name)}: the newest {len(lines)} of {count_of(count, 'call')}.")
        else:
            self.words.setText(f"{apart(name)}: {count_of(count, 'call')}.")

    def focus_first(self) -> None:
        """The keyboard into the list, or on the panel where there is none."""
        part = self.rows if not self.rows.isHidden() else self
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _opened(self, call_id: object) -> None:
        assert isinstance(call_id, int)
        self.call_wanted.emit(call_id)
