"""The call pad: one key opens it over any page, and what is typed in it is saved with everything it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import NonDataKind
from ui.calls.pad_drafts import WINDOW_ONLY
from ui.calls.pad_saving import SavingPad
from ui.kit.desk import Desk
from ui.kit.live_windows import LiveWindows

if TYPE_CHECKING:
    from ppsdesk.domain.errors import DeskError
    from ppsdesk.domain.one_line import OneLine
    from ppsdesk.domain.steps import Step
    from ui.calls.quick_close import QuickClose
    from ui.calls.snippets_menu import SnippetsMenu

__all__ = ["WINDOW_ONLY", "CallPad"]

OUTGOING = "PHONE_OUT"


class CallPad(SavingPad):
    """One call at a time, with its keys.

    The form is cleared for the next call when one is saved; the clock then waits for F8 or the first key.
    """

    def __init__(self, desk: Desk, windows: LiveWindows | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, windows, parent)
        self._texts: SnippetsMenu | None = None
        self._kinds: QuickClose | None = None
        self._ring = uuid4()
        self.late_button.when_pressed(self.form.ask_when)
        self.discard_button.when_pressed(self.discard)
        self.close_button.when_pressed(self.close_pad)
        self._clear()

    # -- beginning -----------------------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Begin a call: the clock starts. A call that is being written goes on as it is."""
        if not self.has_unsaved:
            self._clear()
            self.timer.start()
        self.form.focus_first()

    def call_about(self, person: UUID) -> None:
        """Begin a call with somebody on record as the caller."""
        self.start_new()
        services = self._desk.services

        def came(name: str) -> None:
            self.people.call_about(person, name)

        self._desk.latest(self, "caller", lambda: services.people.get(person).name, came)

    def ring(self, step: Step) -> None:
        """Begin a call to somebody whom one promised to ring; saved, it ends that next step."""
        self.start_new()
        self._returned = str(step.key)
        self.form.editor("method").set_value(OUTGOING)
        self.form.editor("phone").set_value(step.phone)
        if step.person is not None:
            self.people.call_about(step.person, step.caller)
        else:
            self.form.box.restore(step.caller)

    def fill_from_line(self, line: OneLine) -> None:
        """Begin a call with what one line said, to be looked at before it is saved; who it is, is chosen by hand."""
        self.start_new()
        for name in ("caller_kind", "topics", "notes", "minutes", "line", "method", "level", "outcome", "how_heard",
                     "area", "stages", "advice", "information", "signposted", "taken_on"):  # fmt: skip
            value = getattr(line, name)
            if value not in (None, "", ()):
                self.form.editor(name).set_value(value)
                self.form.edited.emit(name)
        self._propose_again = line.outcome is not None and not self.form.lists.terms
        if line.anonymous:
            self.form.editor("anonymous").set_value(True)
        self.form.show_all_of_it()
        self.form.focus_first()
        if line.who:
            self.form.box.line.setText(line.who)
            self.form.box.line.textEdited.emit(line.who)

    # -- keys ----------------------------------------------------------------------------------------------------------

    def texts(self) -> None:
        """The texts that can be put into the notes."""
        self.form.complete()
        self.form.focus_field("notes")
        assert self._texts is not None
        self._texts.open()

    def pause(self) -> None:
        """Let the clock stand, or go on."""
        self.timer.pause(not self.timer.paused)
        self._keeper.typed()

    def quick_close(self, under: QWidget | None = None) -> None:
        """Ask what kind of ring it was, one letter each."""
        from ui.calls.quick_close import QuickClose

        if self.is_sent:
            return
        if self._kinds is None:
            self._kinds = QuickClose(self.window())
            self._kinds.chosen.connect(self._close_as)
        self._kinds.open_under(under or self.save_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the pad away; the keys of the window's menus work where there is no window around it."""
        ctrl = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        keys = {Qt.Key.Key_Return: self.save, Qt.Key.Key_Enter: self.save, Qt.Key.Key_R: self.refer,
                Qt.Key.Key_J: self.texts}  # fmt: skip
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_pad()
        elif ctrl and event.key() in keys:
            keys[Qt.Key(event.key())]()
        elif event.key() == Qt.Key.Key_L and event.modifiers() == held:
            self.form.ask_when()
        else:
            super().keyPressEvent(event)

    # -- parking -------------------------------------------------------------------------------------------------------

    def park(self) -> None:
        """Another call has the keyboard: the clock stands, what was typed is kept."""
        self.timer.stop()
        self.keep_draft()

    def come_back(self) -> None:
        """On with it: the clock goes on, the keyboard is where it was."""
        self.timer.go_on()

    # -- no enquiry ----------------------------------------------------------------------------------------------------

    def _close_as(self, kind: NonDataKind) -> None:
        from ui.calls.quick_close import close_ring, ring_of

        services, draft = self._desk.services, self._draft()
        line = str(self.form.editor("line").value() or services.settings.read().line)
        ring = ring_of(
            kind, key=self._ring, line=line, at=self.timer.started_at or services.clock(), taken_by=services.person
        )
        self._keeper.rest()
        close_ring(
            self._desk,
            ring,
            draft,
            closed=self._ring_closed,
            failed=self._ring_not_closed,
            brought_back=self._bring_back,
        )

    def _ring_not_closed(self, error: DeskError) -> None:
        self.trouble.say(f"Not saved. {error.sentence}", "danger")
        self._keeper.typed()

    def _ring_closed(self) -> None:
        self._keeper.forget(self._key)
        self._clear()
        self.form.focus_first()

    def _with_all_fields(self) -> None:
        from ui.calls.snippets_menu import SnippetsMenu
        from ui.kit.text_editors import NotesEditor

        super()._with_all_fields()
        notes = self.form.editor("notes")
        assert isinstance(notes, NotesEditor)
        self._texts = SnippetsMenu(self._desk, notes.text)

    def _was_put_back(self) -> None:
        super()._was_put_back()
        self._ring = uuid4()
