"""One call on record: read, put right, taken out, with its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import clock_to_the_second
from ppsdesk.domain.calls import Call, CallFacts, checked, facts_of
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import Conflict, DeskError, Invalid
from ppsdesk.domain.history import Change
from ppsdesk.domain.intake import NOTHING_NEW, Intake
from ui.calls.brought import brought_to
from ui.calls.call_form import CallForm
from ui.calls.call_frame import CHANGE, CallFrame
from ui.calls.call_people import CallRead, read_call
from ui.calls.call_values import Values, amended, values_of
from ui.calls.conflict import ConflictDialog
from ui.calls.saving import amending
from ui.calls.trail import steps_of
from ui.kit.desk import Desk
from ui.kit.page import Needs


class CallPage(CallFrame):
    """`open_call` shows a call; `back_wanted` asks for the page before.

    `leave` is how one goes away: what is not saved is asked about in a bar, never dropped in silence.
    """

    back_wanted = Signal()
    person_wanted = Signal(object)

    needs: ClassVar[Needs] = {"save": CHANGE}
    shows = frozenset({Topic.CALLS, Topic.STEPS, Topic.PEOPLE})
    title = "Call"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.call: Call | None = None
        self._before: Values = {}
        self._saving = False
        self._go: Callable[[], None] | None = None
        self._read_now: CallRead | None = None
        self._brings: Intake = NOTHING_NEW
        self.people.person_wanted.connect(self.person_wanted)
        self.people.attach_wanted.connect(self._attach)
        self.dates.shown.connect(self._ask_history)
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self.on_save)
        self.save_button.when_pressed(self.on_save)
        self.remove_button.when_pressed(self._remove)
        self.history_button.when_pressed(self.on_history)
        self.back_button.when_pressed(self._back)

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether the form, or what is open of its dates, differs from the record."""
        return self.call is not None and (self._saving or self.form.dirty or self.dates.has_unsaved)

    def open_call(self, call_id: int) -> None:
        """Read a call and show it. What is unsaved of another one is asked about first."""
        self.leave(lambda: self._read(call_id))

    def leave(self, go: Callable[[], None]) -> None:
        """Go away by `go`: at once if all is saved, otherwise when the person has said what to do."""
        if self.call is None or not (self._saving or self.form.dirty):
            self.dates.form.leave(go)
            return
        self._go = go
        self.unsaved.say("What you changed in this call is not saved yet.", "warning")
        self.unsaved.add_button("Save", self.on_save, "Ctrl+Enter", kind="")
        self.unsaved.add_button("Leave it", self._leave_it)
        self.unsaved.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the call again; what is being written stays, and the two versions meet when it is saved."""
        if self.call is not None and not (self._saving or self.form.dirty):
            self._read(self.call.id)

    on_refresh = refresh  # F5

    def on_history(self) -> None:
        """Ctrl+H: who changed this call; once more puts it away."""
        if self.history.isHidden():
            self._ask_history(show=True)
        else:
            self.history.hide()
            self.share_room()
            self.form.focus_first()

    def on_save(self) -> None:
        """Ctrl+Enter."""
        call = self.call
        if call is None or self._saving or self.dates.save_typed(always=not self.form.dirty):
            return
        if not self.form.dirty:
            self._go_now()
            return
        try:
            values = self.form.values()
            yours = amended(call, self._before, values)
            checked(yours, now=self.desk.services.clock())
            self._brings = brought_to(call, yours, self.form, values)
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        self.form.clear_problems()
        self._amend(call, facts_of(yours))

    # -- changing ------------------------------------------------------------------------------------------------------

    def _amend(self, before: Call, wanted: CallFacts) -> None:
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
            self.desk.notices.undoable(done.said, _restoring(self.desk, facts_of(before), done.value))
            self._go_now()

        self._busy(True)
        self.desk.change(self, amending(self.desk, before, wanted, self._brings), amended, not_saved)

    def _meet(self, error: Conflict, theirs: Call, yours: CallFacts) -> None:
        assert self.call is not None
        self.state.failed("Not saved yet")
        self.trouble.say(f"{error.message} Your version is still here, not saved yet.", "danger")
        self.trouble.add_button("Compare again", self.on_save, "Ctrl+Enter", kind="")
        dialog = ConflictDialog(
            facts_of(self.call), facts_of(theirs), yours, who=error.message, lists=self.form.lists,
            names=_names(self._read_now, self.form), parent=self,
        )  # fmt: skip
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

    def _attach(self, reference: str, person: UUID) -> None:
        self.leave(lambda: _attaching(self.desk, reference, person))

    def _remove(self) -> None:
        call = self.call
        if call is not None:
            self.leave(lambda: _mark(self.desk, call, removed=True))

    def _put_back(self) -> None:
        if self.call is not None:
            _mark(self.desk, self.call, removed=False)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _read(self, call_id: int) -> None:
        services = self.desk.services
        self.desk.latest(self, "call", lambda: read_call(services, call_id), self._show, self._not_read)

    def _show(self, read: CallRead) -> None:
        if not self.form.is_complete:  # the fields follow a few at a time, the call with the last of them
            self.when_complete(partial(self._show, read))
            return
        call = read.call
        if (self._saving or self.form.dirty) and self.call is not None and self.call.id == call.id:
            return  # somebody began to type while it was being read
        other = self.call is None or self.call.id != call.id
        self.call = call
        self.trouble.clear()
        self.unsaved.clear()
        self.form.fill(values_of(call))
        self.form.show_field("child_name", bool(call.child_name) and not call.children)
        with QSignalBlocker(self.form):  # nobody changed anything
            self.form.editor("children").restore(read.children_content())
        self.form.editor("organisations").suggest(read.organisations)  # type: ignore[attr-defined]  # OrganisationTokens
        self.form.set_clean()
        self.people.banner.know(self.form.lists)
        self.people.show_call(read, self.form.today())
        self._read_now = read
        names = {key: person.name for key, person in read.children.items()}
        self.dates.show_call(call.key, names, topics=call.topics, open_=call.removed_at is None)
        self._before = self.form.values()
        if other:
            self.state.clear()
            self.history.hide()
            self.share_room()
        self.say_what_it_is(call)
        if call.removed_at is not None:
            self.removed.add_button("Put back", self._put_back, kind="").needs(self.desk.rights, *CHANGE)
        self.focus_shown()
        self._ask_history()

    def _not_read(self, error: DeskError) -> None:
        self.trouble.say(f"This call could not be read. {error.sentence}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    def _ask_history(self, *, show: bool = False) -> None:
        """Where it is open, or is to be."""
        call, services = self.call, self.desk.services
        if call is None or (self.history.isHidden() and not show):
            return

        def came(changes: tuple[Change, ...]) -> None:
            self.history.show_steps(steps_of(changes, self.form.lists))
            self.share_room()
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

    on_back = _back  # Alt+Left

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
        """The call as it now is; whom it names is read again after it."""
        self.form.set_clean()
        before = self._read_now
        if before is not None:
            self._show(replace(before, call=call))
        self._read(call.id)

    def _go_now(self) -> None:
        go, self._go = self._go, None
        self.unsaved.clear()
        if go is not None:
            go()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        if self.form.dirty:
            self.state.not_saved()
        else:
            self.state.clear()
            self.unsaved.clear()

    def _busy(self, busy: bool) -> None:
        self._saving = busy
        self.form.hold(busy)
        self.save_button.setEnabled(not busy)
        if busy:
            self.trouble.clear()
            self.state.saving()


def _names(read: CallRead | None, form: CallForm) -> dict[UUID, str]:
    """Of the children the call was about when it was read, and of those it is about now."""
    before = {key: person.name for key, person in read.children.items()} if read is not None else {}
    return before | dict(form.editor("children").chosen())  # type: ignore[attr-defined]  # declared so in `fields`


def _attaching(desk: Desk, reference: str, person: UUID) -> None:
    """Make the person the caller of every call with that reference; taken back, they are anonymous again."""
    services = desk.services

    def attached(done: Done[int]) -> None:
        desk.notices.undoable(done.said, detach)

    def detach() -> None:
        desk.change(desk, lambda: services.calls.detach(reference, person), detached)

    def detached(done: Done[int]) -> None:
        desk.notices.inform(done.said)

    desk.change(desk, lambda: services.calls.attach(reference, person), attached)


def _restoring(desk: Desk, before: CallFacts, now: Call) -> Callable[[], None]:
    services = desk.services

    def restored(done: Done[Call]) -> None:
        desk.notices.inform("The change was taken back.")

    return lambda: desk.change(desk, lambda: services.calls.amend(now.id, now.version, before), restored)


def _mark(desk: Desk, call: Call, *, removed: bool) -> None:
    """Take the call out, or put it back; each undoes the other."""
    services = desk.services

    def work() -> Done[Call]:
        mark = services.calls.remove if removed else services.calls.put_back
        return mark(call.id, call.version)

    def done(answer: Done[Call]) -> None:
        desk.notices.undoable(answer.said, lambda: _mark(desk, answer.value, removed=not removed))

    desk.change(desk, work, done)
