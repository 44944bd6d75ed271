"""What moved: dates of families that are others than they were, because a holiday, a rule or a fact changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.matters import Moved
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.words import count_of
from ui.kit.desk import Desk
from ui.kit.parts import Card, Flow, KeyButton, label
from ui.kit.row_list import Row
from ui.kit.words import apart
from ui.kit.wrapped_rows import WrappedList

NO_DATE = "No date now"


class MovedCard(Card):
    """`call_wanted` carries the number of the call a date belongs to, `person_wanted` the key of whose it is where it
    was told in no call; `changed` tells how many nobody has seen yet."""

    call_wanted = Signal(int)
    person_wanted = Signal(object)
    changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What moved", parent)
        self._desk = desk
        self._moved: tuple[Moved, ...] = ()
        self.rows = WrappedList("Dates that moved")
        self.rows.opened.connect(self._open)
        self.seen = KeyButton("Seen", icon="check").when_pressed(self.see_one)
        self.all_seen = KeyButton("All seen", icon="check").when_pressed(self.see_all)
        self.add(self.rows)
        buttons = Flow()
        for button in (self.seen, self.all_seen):
            buttons.addWidget(button.needs(desk.rights, Subject.DATES, Action.CHANGE))
        self.body.addLayout(buttons)
        self.add(label("Up and Down choose a date · Enter opens where it is kept", "caption", wrap=True))
        self.hide()

    def refresh(self) -> None:
        """Read what nobody has seen yet; nothing for whoever may not look at the dates of families."""
        if self._desk.rights.may(Subject.DATES):
            self._desk.latest(self, "moved", self._desk.services.dates.moved, self._show)

    def focus_rows(self) -> None:
        """The keyboard into the list."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def see_one(self) -> None:
        """Take note of the date one is on."""
        key = self.rows.current_key()
        if isinstance(key, UUID):
            self._see((key,))

    def see_all(self) -> None:
        """Take note of every date that is listed."""
        self._see([moved.key for moved in self._moved])

    def _see(self, keys: Sequence[UUID]) -> None:
        self._desk.change(self, partial(self._desk.services.dates.seen, tuple(keys)), self._noted, self._not_noted)

    def _noted(self, done: Done[int]) -> None:
        self._desk.notices.inform(done.said)

    def _not_noted(self, error: DeskError) -> None:
        self._desk.notices.show_error(error)
        self.refresh()

    def _show(self, moved: tuple[Moved, ...]) -> None:
        held = self.rows.hasFocus()
        place = self.rows.currentIndex().row()
        self._moved = moved
        self.title.setText(f"What moved ({len(moved)})")
        self.setHidden(not moved)
        self.rows.show_rows([_row(one) for one in moved], keep=True)
        if moved and self.rows.current_key() is None:  # the next one comes in the place of one that was seen
            self.rows.choose_row(max(0, min(place, len(moved) - 1)))
        if held and moved:
            self.focus_rows()
        self.changed.emit(len(moved))

    def _open(self, key: object) -> None:
        found = next((one for one in self._moved if one.key == key), None)
        if found is not None and found.call_id is not None:
            self.call_wanted.emit(found.call_id)
        elif found is not None and found.child is not None:
            self.person_wanted.emit(found.child)


def moved_line(many: int) -> str:
    """How many there are, in one sentence; "" for none."""
    have = "has" if many == 1 else "have"
    return f"{count_of(many, 'date')} {have} moved since somebody last looked." if many else ""


def _row(moved: Moved) -> Row:
    was = f"Was {long_day(moved.was)}" if moved.was else "New"
    return Row(
        key=moved.key,
        words=moved.title,
        beside=apart(moved.name),
        right=long_day(moved.now) if moved.now else NO_DATE,
        chip=(was, "info"),
        under=f"{moved.because.rstrip('.')}. Noticed on {long_day(local_day(moved.noticed_at))}.",
    )
