"""What the page of a call is made of: bars, form, history, buttons, and how they share the room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.calls import Call
from ppsdesk.domain.rights import Action, Subject
from ui.calls.call_form import CallForm
from ui.calls.call_people import CallPeople
from ui.calls.wording import length_words
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.history_panel import HistoryPanel
from ui.kit.page import Page
from ui.kit.save_state import SaveState
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current
from ui.kit.words import apart, spaced
from ui.who.matters_card import MattersCard

CHANGE = (Subject.CALLS, Action.CHANGE)  # a call that is removed is only changed
_ROOM_FOR_BOTH = 640  # pixels at 100 % text


class CallFrame(Page):
    """The parts, and nothing of what they do."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = CallForm(desk, when="Da&y", always_dated=True, pad=False)
        self._then: Callable[[], None] | None = None
        self._keys_wanted = False  # somebody came here before there was anything to stand in
        self.form.completed.connect(self._completed)
        self.form.build_on()
        self.people, self.dates = CallPeople(desk), MattersCard(desk)
        self.trouble, self.unsaved, self.removed = Bar("danger"), Bar("warning"), Bar("warning")
        self.state = SaveState()
        self.history = HistoryPanel("call")
        self.save_button = KeyButton("Save", "Ctrl+Enter", "primary", "check")
        self.remove_button = KeyButton("Remove call", kind="quiet")
        self.history_button = KeyButton("History", "Ctrl+H", "quiet", "history")
        self.back_button = KeyButton("Back", "Esc", "quiet")
        for button in (self.save_button, self.remove_button):
            button.needs(desk.rights, *CHANGE)
        self.add_action(self.history_button)
        self.add_action(self.back_button)
        for bar in (self.trouble, self.unsaved, self.removed):
            self.body.addWidget(bar)
        inner = QWidget()
        column = QVBoxLayout(inner)
        spaced(column, gap="s")
        column.addWidget(self.people)
        column.addWidget(self.form, 1)
        column.addWidget(self.dates)
        self._card = Card()
        self._card.add(page_scroll(inner), 1)
        self.body.addWidget(self._card, 3)
        self.body.addWidget(self.history, 2)
        foot = Flow(gap="m")
        for part in (self.save_button, self.state, self.remove_button):
            foot.addWidget(part)
        self.body.addLayout(foot)
        self._switch(False)

    def focus_first(self) -> None:
        """The keyboard into the form, as soon as the call is there."""
        self._keys_wanted = not self.form.isEnabled()
        if self._keys_wanted:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.focus_first()

    def focus_shown(self) -> None:
        """The call is there: into it, unless whoever waited for it went elsewhere. Where nothing can be changed, on
        what can be done."""
        wanted, self._keys_wanted = self._keys_wanted and self.hasFocus(), False
        if wanted and self.form.isEnabled():
            self.form.focus_first()
        elif wanted:
            there = next((button for button in self.removed.buttons() if button.isEnabled()), self.history_button)
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_call_dates(self) -> None:
        """Ctrl+L: add a date of the law to the call."""
        self.dates.begin()

    def when_complete(self, do: Callable[[], None]) -> None:
        """Do this when all fields are there; of several wishes the last one counts."""
        self._then = do

    def _completed(self) -> None:
        tab_in_order((self.form,), at=self.form)
        then, self._then = self._then, None
        if then is not None:
            then()

    def say_what_it_is(self, call: Call) -> None:
        """Title, the line under it, and whether the call was removed: then nothing can be changed."""
        day = long_day(call.taken_on)
        self.set_title(f"Call of {day}, {local_clock(call.started_at)}" if call.started_at else f"Call of {day}")
        parts = [length_words(call), f"number {call.id}"]
        if call.entered_late:
            parts.append("entered late")
        if call.provenance:
            parts.append(f"imported from {apart(call.provenance.file)}, row {call.provenance.row:,}")
        if call.reference:
            parts.append(f"reference {apart(call.reference)}")
        recorded = f"{long_day(local_day(call.recorded_at))} {local_clock(call.recorded_at)}"
        self.set_line(", ".join([*parts, f"recorded {recorded}"]))
        if call.removed_at is None:
            self.removed.clear()
        else:
            when = f"{long_day(local_day(call.removed_at))} {local_clock(call.removed_at)}"
            self.removed.say(f"This call was removed on {when}: it is in no list and no figure.", "warning")
        self._switch(call.removed_at is None)

    def share_room(self) -> None:
        """A low window shows the form or its history, a higher one both."""
        room = self.height() >= _ROOM_FOR_BOTH * current().scale
        self._card.setVisible(room or self.history.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for both may have come or gone."""
        super().resizeEvent(event)
        self.share_room()

    def _switch(self, on: bool) -> None:
        self.form.setEnabled(on and self.desk.rights.may(*CHANGE))
        for button in (self.save_button, self.remove_button):
            button.setVisible(on)
