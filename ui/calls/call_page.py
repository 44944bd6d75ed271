"""One call on record: read, put right, taken out, with its history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import clock_to_the_second, local_clock, local_day, long_day
from ppsdesk.domain.calls import Call, CallFacts, checked, facts_of
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Conflict, DeskError, Invalid
from ppsdesk.domain.history import Change
from ui.calls import fields
from ui.calls.call_form import CallForm
from ui.calls.conflict import ConflictDialog
from ui.calls.history_panel import HistoryPanel
from ui.calls.save_state import SaveState
from ui.calls.trail import steps_of
from ui.calls.wording import apart, length_words
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.page import Page
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.theme import current
from ui.kit.words import spaced

_ROOM_FOR_BOTH = 640  # pixels at 100 % text


class CallPage(Page):
    """`open_call` shows a call; `back_wanted` asks for the page before.

    `leave` is how one goes away: what is not saved is asked about in a bar, never dropped in silence.
    """

    back_wanted = Signal()

    shows = frozenset({Topic.CALLS})
    title = "Call"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.call: Call | None = None
        self._before: fields.Values = {}
        self._saving = False
        self._go: Callable[[], None] | None = None
        self.form = CallForm(desk, when="Da&y", always_dated=True)
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self.on_save)
        self.trouble, self.unsaved, self.removed = Bar("danger"), Bar("warning"), Bar("warning")
        self.state = SaveState()
        self.history = HistoryPanel()
        self._lay_out()
        self._switch(False)

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether the form differs from the record."""
        return self.call is not None and (self._saving or self.form.dirty)

    def open_call(self, call_id: int) -> None:
        """Read a call and show it. What is unsaved of another one is asked about first."""
        self.leave(lambda: self._read(call_id))

    def leave(self, go: Callable[[], None]) -> None:
        """Go away by `go`: at once if all is saved, otherwise when the person has said what to do."""
        if not self.has_unsaved:
            go()
            return
        self._go = go
        self.unsaved.say("What you changed in this call is not saved yet.", "warning")
        self.unsaved.add_button("Save", self.on_save, "Ctrl+Enter", kind="")
        self.unsaved.add_button("Leave it", self._leave_it)
        self.unsaved.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the call again; what is being written stays, and the two versions meet when it is saved."""
        if self.call is not None and not self.has_unsaved:
            self._read(self.call.id)

    def focus_first(self) -> None:
        """The keyboard into the form."""
        self.form.focus_first()

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def on_history(self) -> None:
        """Ctrl+H: who changed this call; once more puts it away."""
        if self.history.isHidden():
            self._ask_history(show=True)
        else:
            self.history.hide()
            self._share_room()
            self.form.focus_first()

    def on_save(self) -> None:
        """Ctrl+Enter."""
        call = self.call
        if call is None or self._saving:
            return
        if not self.form.dirty:
            self._go_now()
            return
        try:
            yours = fields.amended(call, self._before, self.form.values())
            checked(yours, now=self.desk.services.clock())
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        self.form.clear_problems()
        self._amend(call, facts_of(yours))

    # -- changing ------------------------------------------------------------------------------------------------------

    def _amend(self, before: Call, wanted: CallFacts) -> None:
        services = self.desk.services

        def not_saved(error: DeskError) -> None:
            self._busy(False)
            if isinstance(error, Conflict) and isinstance(error.theirs, Call):
                self._meet(error, error.theirs, wanted)
            else:
                self._say_not_saved(error)

        def amended(done: Done[Call]) -> None:
            self._busy(False)
            self._show_anyway(done.value)
            self.state.saved(clock_to_the_second(self.desk.services.clock()))
            self.desk.notices.undoable(done.said, self._restoring(facts_of(before), done.value))
            self._go_now()

        self._busy(True)
        self.desk.change(self, lambda: services.calls.amend(before.id, before.version, wanted), amended, not_saved)

    def _restoring(self, before: CallFacts, now: Call) -> Callable[[], None]:
        services, desk = self.desk.services, self.desk

        def restored(done: Done[Call]) -> None:
            desk.notices.inform("The change was taken back.")

        return lambda: desk.change(desk, lambda: services.calls.amend(now.id, now.version, before), restored)

    def _meet(self, error: Conflict, theirs: Call, yours: CallFacts) -> None:
        assert self.call is not None
        self.state.failed("Not saved yet")
        self.trouble.say(f"{error.message} Your version is still here, not saved yet.", "danger")
        self.trouble.add_button("Compare again", self.on_save, "Ctrl+Enter", kind="")
        dialog = ConflictDialog(
            facts_of(self.call), facts_of(theirs), yours, who=error.message, lists=self.form.lists, parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._amend(theirs, dialog.facts()))
        dialog.open()

    def _say_not_saved(self, error: DeskError) -> None:
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
            return
        self.state.failed("Not saved")
        self.trouble.say(f"Not saved. {error.sentence}", "danger")
        self.trouble.add_button("Try now", self.on_save, "Ctrl+Enter", kind="")

    def _remove(self) -> None:
        call = self.call
        if call is not None:
            self.leave(lambda: self._mark(call, removed=True))

    def _put_back(self) -> None:
        if self.call is not None:
            self._mark(self.call, removed=False)

    def _mark(self, call: Call, *, removed: bool) -> None:
        services, desk = self.desk.services, self.desk

        def work() -> Done[Call]:
            mark = services.calls.remove if removed else services.calls.put_back
            return mark(call.id, call.version)

        def done(answer: Done[Call]) -> None:
            desk.notices.undoable(answer.said, lambda: self._mark(answer.value, removed=not removed))

        desk.change(desk, work, done)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _read(self, call_id: int) -> None:
        services = self.desk.services
        self.desk.latest(self, "call", lambda: services.calls.get(call_id), self._show, self._not_read)

    def _show(self, call: Call) -> None:
        if self.has_unsaved and self.call is not None and self.call.id == call.id:
            return  # somebody began to type while it was being read
        other = self.call is None or self.call.id != call.id
        self.call = call
        self.trouble.clear()
        self.unsaved.clear()
        self.form.fill(fields.values_of(call))
        self._before = self.form.values()
        if other:
            self.state.clear()
            self.history.hide()
            self._share_room()
        self._say_what_it_is(call)
        self._switch(call.removed_at is None)
        if not self.history.isHidden():
            self._ask_history(show=False)

    def _say_what_it_is(self, call: Call) -> None:
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
            self.removed.add_button("Put back", self._put_back, kind="")

    def _not_read(self, error: DeskError) -> None:
        self.trouble.say(f"This call could not be read. {error.sentence}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    def _ask_history(self, *, show: bool) -> None:
        call, services = self.call, self.desk.services
        if call is None:
            return

        def came(changes: tuple[Change, ...]) -> None:
            self.history.show_steps(steps_of(changes, self.form.lists))
            self._share_room()
            if show:
                self.history.focus_first()

        self.desk.latest(self, "history", lambda: services.calls.history(call.id), came)

    # -- leaving -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        self.leave(self.back_wanted.emit)

    def _leave_it(self) -> None:
        call, content = self.call, self.form.content()
        assert call is not None
        self._show_anyway(call)
        self.desk.notices.undoable("Your changes to the call were left unsaved.", lambda: self._take_up(call, content))
        self._go_now()

    def _take_up(self, call: Call, content: dict[str, object]) -> None:
        self._show_anyway(call)
        self.form.put_back(content)
        self.state.not_saved()

    def _show_anyway(self, call: Call) -> None:
        self.form.set_clean()
        self._show(call)

    def _go_now(self) -> None:
        go, self._go = self._go, None
        self.unsaved.clear()
        if go is not None:
            go()

    def minimumSizeHint(self) -> QSize:
        """The form scrolls, so the page can be low."""
        return QSize(super().minimumSizeHint().width(), round(240 * current().scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window shows the form or its history."""
        super().resizeEvent(event)
        self._share_room()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        if self.form.dirty:
            self.state.not_saved()
        else:
            self.state.clear()
            self.unsaved.clear()

    def _busy(self, busy: bool) -> None:
        self._saving = busy
        self.form.setEnabled(not busy)
        self._save.setEnabled(not busy)
        if busy:
            self.trouble.clear()
            self.state.saving()

    def _switch(self, on: bool) -> None:
        self.form.setEnabled(on)
        for button in (self._save, self._remove_button):
            button.setVisible(on)

    def _share_room(self) -> None:
        room = self.height() >= _ROOM_FOR_BOTH * current().scale
        self._card.setVisible(room or self.history.isHidden())

    def _lay_out(self) -> None:
        self._save = KeyButton("Save", "Ctrl+Enter", "primary", "check").when_pressed(self.on_save)
        self._remove_button = KeyButton("Remove call", kind="quiet").when_pressed(self._remove)
        self.add_action(KeyButton("History", "Ctrl+H", "quiet", "history").when_pressed(self.on_history))
        self.add_action(KeyButton("Back", "Esc", "quiet").when_pressed(self._back))
        for bar in (self.trouble, self.unsaved, self.removed):
            self.body.addWidget(bar)
        card = self._card = Card()
        inner = QWidget()
        column = QVBoxLayout(inner)
        spaced(column, gap="")
        column.addWidget(self.form, 1)
        card.add(page_scroll(inner), 1)
        self.body.addWidget(card, 3)
        self.body.addWidget(self.history, 2)
        foot = Flow(gap="m")
        for part in (self._save, self.state, self._remove_button):
            foot.addWidget(part)
        self.body.addLayout(foot)
