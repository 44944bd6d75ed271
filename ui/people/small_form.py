"""A few fields that open inside a card to add or change one thing, and close again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError, Invalid
from ui.kit.buttons import KeyButton
from ui.kit.flow import Flow
from ui.kit.form import Field, Form
from ui.kit.in_sight import keep_in_sight
from ui.kit.surfaces import Bar
from ui.kit.tab_order import tab_in_order
from ui.kit.words import spaced


class SmallForm(QWidget):
    """`wanted` carries the values when somebody saves; answer with `close_form` or `refuse`. `closed` when it is away.

    Escape closes it; what was typed is there again when it is opened next. Its `fields` are made when it is first
    opened: a record has many such forms, and hardly ever needs one.
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, fields: Callable[[], Sequence[Field]], verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self._form: Form | None = None
        self.trouble = Bar("danger")
        self.save_button = KeyButton(verb, "Ctrl+Enter", icon="check").when_pressed(self._save)
        self.close_button = KeyButton("Close", "Esc", "quiet").when_pressed(self.close_form)
        column = QVBoxLayout(self)
        spaced(column, gap="s")
        column.addWidget(self.trouble)
        row = Flow(gap="s")
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self._whose: object = None
        self.hide()

    @property
    def form(self) -> Form:
        """The fields."""
        if self._form is None:
            self._form = Form(self._fields())
            self._form.submitted.connect(self._save)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(1, self._form)  # under what went wrong
            tab_in_order((self,), at=self)
        return self._form

    @property
    def has_unsaved(self) -> bool:
        """Whether it is open with something typed into it."""
        return self._form is not None and not self.isHidden() and self._form.dirty

    def belongs_to(self, whose: object) -> None:
        """Whose record it is for: what was typed for somebody else never goes to them."""
        if self._whose is not None and self._whose != whose:
            self.done()
        self._whose = whose

    def open_form(self, values: Mapping[str, object], verb: str = "") -> None:
        """Open with these values, unless something typed before is still in it."""
        if verb:
            self.save_button.setText(verb)
        if not self.form.dirty:
            self.form.set_values(values)
        self.show()
        self.form.focus_first()
        keep_in_sight(self)

    def close_form(self) -> None:
        """Put it away."""
        if self.isHidden():
            return
        self.hide()
        self.closed.emit()

    def put_away(self) -> None:
        """Leave it, and what was typed with it."""
        if self._form is not None:
            self._form.set_clean()
        self.hide()

    def done(self) -> None:
        """It was saved: put it away, empty for the next time."""
        if self._form is not None:
            self._form.set_clean()
        self.trouble.clear()
        self.close_form()

    def refuse(self, error: DeskError) -> None:
        """It could not be saved: words beside the fields, or above them."""
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        else:
            self.trouble.say(f"Not saved. {error.sentence}", "danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        self.trouble.clear()
        try:
            values = self.form.values()
        except Invalid as error:
            self.refuse(error)
            return
        self.form.clear_problems()
        self.wanted.emit(values)
