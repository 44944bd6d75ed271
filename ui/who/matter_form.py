"""The days of a matter on record, opened in their card to be corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.happenings import Happening
from ppsdesk.domain.matters import Matter
from ui.kit.editors import ChoicePicker, DayEditor
from ui.kit.form import Field, Form
from ui.kit.parts import Bar, Flow, KeyButton, label, no_access_key, spaced
from ui.kit.tab_order import tab_in_order
from ui.who.matter_words import KIND, KIND_NOT_GIVEN


class MatterForm(QWidget):
    """`wanted` carries the matter as it is to be, `closed` when it is away. Escape closes it, and drops what was typed.

    `before` is the matter it was opened with.
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.before: Matter | None = None
        self.form = Form([])
        self.trouble, self.unsaved = Bar("danger"), Bar("warning")
        self.title = label("", "strong", wrap=True)
        self.save_button = KeyButton("Save the dates", "Ctrl+Enter", icon="check").when_pressed(self.save)
        self.close_button = KeyButton("Close", "Esc", "quiet").when_pressed(self.put_away)
        self._column = QVBoxLayout(self)
        spaced(self._column, gap="s")
        for part in (self.trouble, self.unsaved, self.title, self.form):
            self._column.addWidget(part)
        row = Flow(gap="s")
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        self._column.addLayout(row)
        self.hide()

    @property
    def has_unsaved(self) -> bool:
        """Whether it is open with something typed into it."""
        return not self.isHidden() and self.form.dirty

    def open_form(self, matter: Matter, happening: Happening) -> None:
        """Open with what was told."""
        self.before = matter
        self.trouble.clear()
        self.unsaved.clear()
        self.title.setText(f"Correct: {happening.title}")
        self._build(happening)
        self.form.set_values({KIND: matter.kind, **{f.name: matter.facts.get(f.name) for f in happening.facts}})
        self.show()
        tab_in_order((self.form, self.save_button, self.close_button), at=self)
        self.form.focus_field(happening.facts[0].name)

    def save(self) -> None:
        """Tell what is to be kept; a day that cannot be read is told beside it."""
        if self.before is None:
            return
        self.trouble.clear()
        self.unsaved.clear()
        try:
            values = self.form.values()
        except Invalid as error:
            self.refuse(error)
            return
        self.form.clear_problems()
        facts = {name: value for name, value in values.items() if isinstance(value, date)}
        self.wanted.emit(replace(self.before, kind=str(values.get(KIND) or ""), facts=facts))

    def refuse(self, error: DeskError) -> None:
        """It could not be saved: words beside the fields, or above them."""
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        else:
            self.trouble.say(f"Not saved. {error.sentence}", "danger")

    def put_away(self) -> None:
        """Leave it, and what was typed with it."""
        if self.isHidden():
            return
        self.form.set_clean()
        self.before = None
        self.hide()
        self.closed.emit()

    def leave(self, go: Callable[[], None]) -> None:
        """Go away by `go`: at once where nothing is typed, otherwise when the person has said what to do."""
        if not self.has_unsaved:
            go()
            return

        def stay() -> None:
            self.unsaved.clear()
            self.form.focus_first()

        def drop() -> None:
            self.unsaved.clear()
            self.put_away()
            go()

        self.unsaved.say("What you typed into the dates is not saved yet.", "warning")
        self.unsaved.add_button("Stay here", stay, kind="").setFocus(Qt.FocusReason.OtherFocusReason)
        self.unsaved.add_button("Leave it", drop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _build(self, happening: Happening) -> None:
        place = self._column.indexOf(self.form)
        self._column.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        fields = []
        if happening.kinds:
            kind = ChoicePicker()
            none = [("", KIND_NOT_GIVEN)] if happening.rules else []
            kind.offer([*none, *((one.code, one.title) for one in happening.kinds)])
            fields.append(Field(KIND, "Which kind", kind))
        for fact in happening.facts:
            day = DayEditor(self._today, ahead=fact.ahead, placeholder="3/9, fri, +2w" if fact.ahead else "3/9, yest")
            fields.append(Field(fact.name, no_access_key(fact.asks), day, required=not fact.optional))
        self.form = Form(fields)
        self.form.submitted.connect(self.save)
        self._column.insertWidget(place, self.form)
        self.form.show()
