"""Where the side panel of a pad stands: beside the form, over it where there is less room, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui.kit.surfaces import PageScroll
from ui.kit.theme import current

if TYPE_CHECKING:  # a window that starts has no caller yet
    from collections.abc import Callable, Sequence
    from datetime import date

    from ppsdesk.domain.families import PersonRecord
    from ppsdesk.domain.lists import CallLine
    from ppsdesk.domain.vocabulary import Vocabularies
    from ui.calls.last_calls import LastCalls

WIDE, BESIDE = 320, 1200  # pixels at 100 % text: of the panel, and of a pad that has room for it


class SidePanel(QObject):
    """Built when it is first shown. A wide pad shows it by itself, until somebody puts it away.

    `focus_first` puts the keyboard into the pad's first field.
    """

    call_wanted = Signal(int)

    def __init__(self, pad: QWidget, area: PageScroll, across: QHBoxLayout, focus_first: Callable[[], None]) -> None:
        super().__init__(pad)
        self._pad, self._area, self._across, self._focus_first = pad, area, across, focus_first
        self._wanted: bool | None = None
        self._made: LastCalls | None = None
        self._before: QWidget | None = None
        self._said: tuple[PersonRecord | None, Sequence[CallLine], Vocabularies, date] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether it stands there."""
        return self._made is not None and not self._made.isHidden()

    @property
    def last_calls(self) -> LastCalls:
        """What it shows."""
        if self._made is None:
            from ui.calls.last_calls import LastCalls

            self._made = LastCalls(self._pad)
            self._made.hide()
            self._made.call_wanted.connect(self.call_wanted)
            self._made.left.connect(self._leave)
            self._say()
        return self._made

    def show_calls(
        self, record: PersonRecord | None, lines: Sequence[CallLine], lists: Vocabularies, today: date
    ) -> None:
        """The last calls of somebody, or of nobody."""
        self._said = (record, lines, lists, today)
        if self._made is not None:
            self._say()

    def turn(self) -> None:
        """F9: into the panel, wherever it was; from within it, away with it."""
        focus = QApplication.focusWidget()
        if self.is_shown and focus is not None and self.last_calls.isAncestorOf(focus):
            self._go_back()
            self._put_away()
            return
        self._before, self._wanted = focus, True
        self.fit()
        self.last_calls.focus_first()

    def fit(self) -> None:
        """Take the room there is now."""
        beside = self._pad.width() >= BESIDE * current().scale
        shown = beside if self._wanted is None else self._wanted
        if not shown:
            if self._made is not None:
                self._made.hide()
            return
        panel, wide = self.last_calls, round(WIDE * current().scale)
        if beside and self._across.indexOf(panel) < 0:
            self._across.addWidget(panel)
        elif not beside:
            self._across.removeWidget(panel)
        panel.setFixedWidth(min(wide, self._pad.width()))
        panel.show()
        if not beside:
            panel.raise_()
            QTimer.singleShot(0, self, self._lay_over)  # when the form has its place

    def _lay_over(self) -> None:
        if self._made is None or self._across.indexOf(self._made) >= 0:
            return
        place = QRect(self._area.geometry())
        place.setLeft(place.right() + 1 - self._made.width())
        self._made.setGeometry(place)

    def _leave(self) -> None:
        self._go_back()
        if self._across.indexOf(self.last_calls) < 0:  # it covers the form
            self._put_away()

    def _go_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and self._pad.isAncestorOf(before) and before.isVisible():
            before.setFocus()
        else:  # that field is gone, or it was in no field of this call
            self._focus_first()

    def _put_away(self) -> None:
        self._wanted = False
        self.fit()

    def _say(self) -> None:
        if self._made is None or self._said is None:
            return
        record, lines, lists, today = self._said
        name = record.person.name if record is not None else ""
        self._made.show_calls(name, lines, record.calls if record is not None else 0, lists, today)
