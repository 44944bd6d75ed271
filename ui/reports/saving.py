"""Settings of a report under a name: saved, renamed, removed and put back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.saved_reports import EVERYBODY, SavedReport
from ui.kit.desk import Desk
from ui.kit.editors import TextEditor, TickEditor
from ui.kit.form import Field, Form
from ui.kit.parts import Flow, KeyButton, spaced
from ui.kit.tab_order import tab_in_order
from ui.reports.chooser import Chooser

CHOOSE_FIRST = "Choose the saved settings first."


class NameForm(QWidget):
    """Asks for a name and whose it is. `taken` when both can be read, `left` when it is put away."""

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        everybody = Field("shared", "For everybody who uses this database", TickEditor())
        self.form = Form([Field("name", "Name", TextEditor()), everybody], goal="this can be kept")
        self.form.submitted.connect(self.taken)
        self.save = KeyButton("Save", "Ctrl+Enter", icon="check").when_pressed(self.taken.emit)
        self.leave = KeyButton("Leave it", "Esc", "quiet").when_pressed(self.left.emit)
        box = QVBoxLayout(self)
        spaced(box, gap="s")
        box.addWidget(self.form)
        row = Flow()
        row.addWidget(self.save)
        row.addWidget(self.leave)
        box.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it; Enter saves, and does not count."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class Saving(QWidget):
    """The buttons for it, and the form that asks for a name, made when it is first needed. `kept` tells what was."""

    kept = Signal(object)

    def __init__(self, desk: Desk, chooser: Chooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._chooser = desk, chooser
        self._changing: SavedReport | None = None
        self._asking: NameForm | None = None
        self.save = KeyButton("Save these settings", icon="plus").when_pressed(self.ask_new)
        self.rename = KeyButton("Rename", icon="pencil").when_pressed(self.ask_rename)
        self.remove = KeyButton("Remove", icon="x").when_pressed(self.remove_chosen)
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="s")
        chooser.saved.edited.connect(self.show_state)
        desk.touched.connect(self._on_touched)
        self.show_state()

    def stand_in(self, chooser: Chooser) -> None:
        """The buttons beside the chooser's own, the form below them; none of it for whoever may not."""
        rights = self._desk.rights
        for button, action in ((self.save, Action.ADD), (self.rename, Action.CHANGE), (self.remove, Action.REMOVE)):
            chooser.row.addWidget(button.needs(rights, Subject.SAVED_REPORTS, action))
        rights.changed.connect(self._show_field)
        self._show_field()
        chooser.add(self)

    def _show_field(self) -> None:
        self._chooser.form.show_field("saved", self._desk.rights.may(Subject.SAVED_REPORTS))

    @property
    def asking(self) -> NameForm:
        """The form that asks for a name."""
        if self._asking is None:
            self._asking = NameForm(self)
            self._asking.hide()
            self._asking.taken.connect(self.take)
            self._asking.left.connect(self.put_away)
            self._box.addWidget(self._asking)
            tab_in_order((self._asking,), at=self)
        return self._asking

    def show_state(self) -> None:
        """What can be done with the settings that are chosen."""
        for button in (self.rename, self.remove):
            if self._chooser.chosen_saved() is None:
                button.switch_off(CHOOSE_FIRST)
            else:
                button.switch_on()

    def ask_new(self) -> None:
        """Under which name."""
        try:
            self._chooser.asked()
        except Invalid as invalid:
            self._chooser.form.show_problems(invalid.problems)
            return
        self._ask(None)

    def ask_rename(self) -> None:
        """Which name instead."""
        saved = self._chooser.chosen_saved()
        if saved is not None:
            self._ask(saved)

    def remove_chosen(self) -> None:
        """Take the chosen ones out; it can be taken back."""
        saved = self._chooser.chosen_saved()
        if saved is not None:
            work = partial(self._desk.services.saved_reports.remove, saved.key, saved.version)
            self._desk.change(self, work, self._removed)

    def take(self) -> None:
        """Save what was typed."""
        values = self.asking.form.values()
        name, shared = str(values["name"]), bool(values["shared"])
        changing = self._changing
        try:
            asked = changing.asked if changing is not None else self._chooser.asked()
        except Invalid as invalid:  # changed since the name was asked for
            self._chooser.form.show_problems(invalid.problems)
            return
        saved = changing or SavedReport(key=uuid4(), name=name, asked=asked)
        work = partial(self._desk.services.saved_reports.keep, replace(saved, name=name), shared=shared)
        self._desk.change(self, work, self._kept, self._not_kept)

    def put_away(self) -> None:
        """No name is asked for any more."""
        if self._asking is not None and not self._asking.isHidden():
            self._asking.hide()
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, changing: SavedReport | None) -> None:
        self._changing = changing
        shared = changing is not None and changing.owner == EVERYBODY
        self.asking.form.set_values({"name": changing.name if changing else "", "shared": shared})
        self.asking.show()
        self.asking.form.focus_first()

    def _kept(self, done: Done[SavedReport]) -> None:
        self.put_away()
        self._desk.notices.inform(done.said)
        self._chooser.take_saved(done.value)
        self.show_state()
        self.kept.emit(done.value)

    def _not_kept(self, error: DeskError) -> None:
        if isinstance(error, Invalid):
            self.asking.form.show_problems(error.problems)
        else:
            self._desk.notices.show_error(error)
            self._read()  # somebody was faster: what is there now

    def _removed(self, done: Done[SavedReport]) -> None:
        self._desk.notices.undoable(done.said, partial(self._put_back, done.value))
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, saved: SavedReport) -> None:
        self._desk.change(self, partial(self._desk.services.saved_reports.keep, saved), self._kept)

    def _on_touched(self, topics: frozenset[Topic]) -> None:
        if Topic.SAVED_REPORTS in topics:
            self._read()

    def _read(self) -> None:
        self._desk.latest(self, "saved", self._desk.services.saved_reports.list, self._show)

    def _show(self, saved: tuple[SavedReport, ...]) -> None:
        self._chooser.offer_saved(saved)
        self.show_state()
