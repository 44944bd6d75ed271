"""The call pad: one key opens it over any page, and what is typed in it is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import clock_to_the_second
from ppsdesk.domain.calls import Call, NewCall, checked
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.drafts import Draft
from ppsdesk.domain.errors import DeskError, Invalid, StorageUnavailable
from ui.calls import fields
from ui.calls.call_form import CallForm
from ui.calls.draft_keeper import DraftKeeper
from ui.calls.pad_frame import PadFrame
from ui.kit.desk import Desk

WINDOW_ONLY = "Kept in this window only"


class CallPad(PadFrame):
    """One call at a time. `logged` carries the id of the saved call, `closed` asks to be put away.

    The form is cleared for the next call when one is saved; the clock then waits for F8 or the first key.
    """

    logged = Signal(int)
    closed = Signal()
    draft_kept = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._desk = desk
        self._window = uuid4().hex
        self._key = uuid4()
        self._saving = False
        self._then: Callable[[], None] | None = None
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self.save)
        self.form.lists_came.connect(self._lists_came)
        self._keeper = DraftKeeper(desk, self._draft, self)
        for name in self.form.names():
            self.form.editor(name).left.connect(self.keep_draft)
        self._keeper.kept.connect(self._draft_taken)
        self._keeper.refused.connect(self._draft_refused)
        self.save_button.when_pressed(self.save)
        self.discard_button.when_pressed(self.discard)
        self.close_button.when_pressed(self.close_pad)
        self._clear()

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether anything stands here that is not on record."""
        return self._saving or self.form.dirty

    def open_key(self) -> UUID | None:
        """The key of the call being written, None for an empty pad: its draft needs no offering."""
        return self._key if self.has_unsaved else None

    def start_new(self) -> None:
        """Begin a call: the clock starts. A call that is being written goes on as it is."""
        if not self.has_unsaved:
            self._clear()
            self.timer.start()
        self.form.focus_first()

    def resume(self, draft: Draft) -> None:
        """Go on with a draft. What stands here is kept as a draft of its own first."""
        if self.has_unsaved:
            self._when_kept(_then(self._put_back, draft))
        else:
            self._put_back(draft)

    def save(self) -> None:
        """Put the call on record. Invalid or not saved: everything stays as it was typed."""
        if self._saving:
            return
        self.timer.stop()
        try:
            call = self._call()
            checked(call, now=self._desk.services.clock())
        except Invalid as error:
            self._show_invalid(error)
            return
        self.form.clear_problems()
        self.trouble.clear()
        self._saving = True
        self._keeper.rest()
        self.hold(True)
        self.state.saving()
        self._desk.change(self, _logging(self._desk, call), self._saved, self._not_saved)

    def keep_draft(self) -> None:
        """Keep what stands here now, as before the program ends."""
        self._keeper.keep_now()

    def close_pad(self) -> None:
        """Put the pad away. An unfinished call stays as a draft; an untouched pad leaves nothing."""
        if self._saving:
            return
        if self.form.dirty:
            self._when_kept(self._put_away)
        else:
            self._put_away()

    def discard(self) -> None:
        """Give the call up. It can be taken back."""
        draft = self._draft()
        if draft is not None:
            discard_draft(self._desk, draft, self._bring_back)
        if not self._saving:
            self._put_away()

    # -- on record -----------------------------------------------------------------------------------------------------

    def _call(self) -> NewCall:
        started = self.timer.started_at or self._desk.services.clock()
        return fields.logged(
            self.form.values(), key=self._key, started_at=started, ended_at=started + self.timer.elapsed
        )

    def _saved(self, done: Done[int]) -> None:
        self._saving = False
        self.hold(False)
        self._clear()
        self.state.saved(clock_to_the_second(self._desk.services.clock()))
        self.form.focus_first()
        self._desk.notices.undoable(done.said, _removing(self._desk, done.value))
        self.logged.emit(done.value)

    def _not_saved(self, error: DeskError) -> None:
        self._saving = False
        self.hold(False)
        if isinstance(error, Invalid):
            self._show_invalid(error)
            return
        self.state.failed("Not saved")
        self.trouble.say(f"Not saved. {error.sentence}", "danger")
        if isinstance(error, StorageUnavailable):
            self.trouble.add_button("Try now", self.save, "Ctrl+Enter", kind="")
        self._keeper.typed()

    def _show_invalid(self, error: Invalid) -> None:
        self.timer.go_on()
        for name in ("taken_on", "started_at"):
            if name in error.problems:
                self.form.ask_when()
        self.form.show_problems(error.problems)

    # -- drafts --------------------------------------------------------------------------------------------------------

    def _draft(self) -> Draft | None:
        if self._saving or not self.form.dirty:
            return None
        now = self._desk.services.clock()
        return Draft(
            key=self._key,
            person=self._desk.services.person,
            window=self._window,
            started_at=self.timer.started_at or now,
            kept_at=now,
            content=self.form.content(),
        )

    def _edited(self, name: str) -> None:
        if self.timer.started_at is None:
            self.timer.start()
        self.timer.go_on()
        if self.form.dirty:
            self.state.not_saved()
            self._keeper.typed()

    def _draft_taken(self, draft: Draft) -> None:
        if not self.trouble.text:
            self.state.draft_kept(clock_to_the_second(draft.kept_at))
        self.draft_kept.emit()
        if self._then is not None:
            self._when_kept(self._then)  # unless something was typed meanwhile

    def _draft_refused(self, error: DeskError) -> None:
        self.state.failed(WINDOW_ONLY)
        if self._then is not None:
            self._then = None
            self.trouble.say(f"{error.message} This call is kept in this window only; leave it open.", "danger")
            self.trouble.add_button("Try now", self.close_pad, kind="")

    def _when_kept(self, then: Callable[[], None]) -> None:
        self._then = then
        if self._keeper.keep_now():
            self._then = None
            then()

    def _put_back(self, draft: Draft) -> None:
        self._clear()
        self._key = draft.key
        self.timer.start(draft.started_at, draft.kept_at - draft.started_at)
        self.form.put_back(draft.content)
        self._keeper.begin_with(replace(draft, window=self._window))
        self.state.draft_kept(clock_to_the_second(draft.kept_at))
        self.form.focus_first()

    def _bring_back(self, draft: Draft) -> None:
        # Into the pad if it is free; otherwise it is offered like any other draft.
        if not self.has_unsaved:
            self._put_back(draft)

    # -- inside --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the pad away, Ctrl+Enter saves from its buttons too."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_pad()
        elif ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another window comes to the front: what stands here is kept now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keep_draft()

    def _lists_came(self) -> None:
        if not self.has_unsaved and not self.form.problems():
            self.form.fill(_presets(self._desk, self.form))

    def _put_away(self) -> None:
        self._clear()
        self.closed.emit()
        self._desk.touch(frozenset({Topic.DRAFTS}))

    def _clear(self) -> None:
        self._keeper.rest()
        self._key, self._then = uuid4(), None
        self.timer.reset()
        self.trouble.clear()
        self.state.clear()
        self.form.fill(_presets(self._desk, self.form))


def discard_draft(desk: Desk, draft: Draft, brought_back: Callable[[Draft], None]) -> None:
    """Give a draft up, with an undo that keeps it again."""
    services = desk.services

    def given_up(done: Done[UUID]) -> None:
        desk.notices.undoable("Unfinished call discarded.", bring_back)

    def bring_back() -> None:
        desk.change(desk, lambda: services.drafts.keep(draft), kept)

    def kept(done: Done[Draft]) -> None:
        brought_back(done.value)

    desk.change(desk, lambda: services.drafts.discard(draft.key), given_up)


def _presets(desk: Desk, form: CallForm) -> Mapping[str, object]:
    """An empty form but for what the desk says: its line, its usual method, and who sits there."""
    settings = desk.services.settings.read()
    empty: dict[str, object] = dict.fromkeys(form.names())
    direction = fields.direction_of(form.lists, settings.method)
    return empty | {
        "line": settings.line,
        "method": settings.method,
        "direction": direction or "in",
        "taken_by": desk.services.person,
    }


def _logging(desk: Desk, call: NewCall) -> Callable[[], Done[int]]:
    services = desk.services

    def log() -> Done[int]:
        return services.calls.log(call)

    return log


def _removing(desk: Desk, call_id: int) -> Callable[[], None]:
    services = desk.services

    def remove() -> Done[Call]:
        return services.calls.remove(call_id, services.calls.get(call_id).version)

    def said(done: Done[Call]) -> None:
        desk.notices.inform(done.said)

    return lambda: desk.change(desk, remove, said)


def _then(handler: Callable[[Draft], None], draft: Draft) -> Callable[[], None]:
    return lambda: handler(draft)
