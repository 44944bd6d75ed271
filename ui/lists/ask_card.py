"""A small form below a list: asks what a change needs, keeps what was typed until it is taken or left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.errors import DeskError, Invalid
from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.form import Field, Form
from ui.kit.surfaces import Bar, Card
from ui.kit.tab_order import tab_in_order
from ui.kit.words import apart, label

Values = Mapping[str, object]
Take = Callable[[Values], None]
LONGEST = 90  # letters of a title; the name of an entry may be a thousand


class AskCard(Card):
    """Not there until `ask`, which tells it by `opened`. `closed` when it was put away again, taken or not."""

    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.title.setWordWrap(True)
        self.form: Form | None = None
        self._take: Take | None = None
        self._waiting = False
        self.trouble = Bar("danger", parent=self)
        self.note = label("", wrap=True)
        self._place = QWidget(self)
        self._holder = Flow(self._place, fill=True)
        self.taken = KeyButton("Save", "Ctrl+Enter", "primary", "check").when_pressed(self.take)
        self.left = KeyButton("Leave it", "Esc", "quiet").when_pressed(self.put_away)
        buttons = QWidget(self)
        row = Flow(buttons, gap="s")
        row.addWidget(self.taken)
        row.addWidget(self.left)
        for part in (self.trouble, self._place, self.note, buttons):
            self.add(part)
        self.hide()

    def ask(
        self, title: str, verb: str, fields: Sequence[Field], values: Values, take: Take, *, note: str = ""
    ) -> Form:
        """Ask for these fields, with these values to begin with; `verb` is on the button. `take` gets what was typed
        when it can be read."""
        self._drop_form()
        self.title.setText(_fitting(title))
        self.setAccessibleName(title)
        self.taken.setText(verb)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.trouble.clear()
        self._take = take
        self.form = Form(fields, goal="this can be kept")
        self.form.set_values(values)
        self.form.submitted.connect(self.take)
        self._holder.addWidget(self.form)
        tab_in_order((self.form, self.taken, self.left))
        self.form.show()
        self.show()
        self.opened.emit()
        self.form.focus_first()
        return self.form

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return not self.isHidden() and self.form is not None and self.form.dirty

    def say(self, note: str) -> None:
        """What the change would mean, below the fields."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def take(self) -> None:
        """Hand over what was typed, if it can be read."""
        if self.form is None or self._take is None or self.isHidden() or self._waiting:
            return
        try:
            values = self.form.values()
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        self.form.clear_problems()
        self._take(values)

    def wait(self) -> None:
        """What was handed over is on its way: it is not taken twice."""
        self._waiting = True

    def go_on(self) -> None:
        """It came back."""
        self._waiting = False

    def refused(self, error: DeskError) -> None:
        """It was not kept: words at the fields, or one sentence above them."""
        if isinstance(error, Invalid) and self.form is not None:
            self.form.show_problems(error.problems)
        else:
            self.trouble.say(error.sentence, "danger")

    def put_away(self) -> None:
        """Nothing (more) is asked."""
        self._take = None
        self.hide()
        self._drop_form()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it, Ctrl+Enter takes it, from its buttons too."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)

    def _drop_form(self) -> None:
        if self.form is not None:
            self._holder.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None


def _fitting(title: str) -> str:
    return apart(title if len(title) <= LONGEST else f"{title[:LONGEST]}…”")
