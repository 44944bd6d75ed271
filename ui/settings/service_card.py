"""What holds for the whole service: how small a number may be in a report that leaves it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock
from ppsdesk.domain.changes import Done
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.rights import Action, Subject
from ui.kit.desk import Desk
from ui.kit.editors import NumberEditor
from ui.kit.form import Field, Form
from ui.kit.parts import Card, Flow, KeyButton, announce, label

NAME = "least_published"
WHY = (
    "A report for readers outside of the service shows no count below this number except nought, so that nobody can be"
    " recognised in it; 5 is usual, and 1 hides nothing."
)
EVERYBODY = "It holds for everybody who uses these records, from the next report on."
MISSING = "Enter a number."


class ServiceCard(Card):
    """For those who may change it, and for nobody else. Kept by a button: half of a typed number would be another one.

    `kept` is told when it is on record.
    """

    kept = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Small numbers in public reports", parent)
        self._desk = desk
        self._kept: int | None = None
        self._busy = False
        self.form = Form(
            [Field(NAME, "Least number shown", NumberEditor(), hint=EVERYBODY, required=True)],
            goal="this can be kept",
        )
        self.form.submitted.connect(self.keep)
        self.add(label(WHY, "muted", wrap=True))
        self.add(self.form)
        buttons = Flow()
        self.button = KeyButton("Keep this number", "Ctrl+Enter", icon="save").when_pressed(self.keep)
        buttons.addWidget(self.button)
        self.body.addLayout(buttons)
        self.state = label("", "muted", wrap=True)
        self.add(self.state)
        self.state.hide()
        desk.rights.changed.connect(self._offer)
        self._offer()

    def refresh(self) -> None:
        """Read it again; what was typed since stays."""
        if self._permitted:
            services = self._desk.services

            def read() -> int:
                return services.reporting.least_published()

            self._desk.latest(self, NAME, read, self._show)

    def keep(self) -> None:
        """Put it on record."""
        if self._busy or not self._permitted:
            return
        try:
            number = self.form.values()[NAME]
            if not isinstance(number, int):
                raise Invalid({NAME: MISSING})
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        self.form.clear_problems()
        self._busy = True
        services = self._desk.services
        self._desk.change(self, lambda: services.reporting.set_least_published(number), self._was_kept, self._failed)

    @property
    def _permitted(self) -> bool:
        return self._desk.rights.may(Subject.SERVICE, Action.CHANGE)

    def _offer(self) -> None:
        if not self._permitted:
            self.hide()
        elif self.parentWidget() is not None:  # without one it would open a window of its own
            self.show()

    def _show(self, number: int) -> None:
        typed = self.form.content()[NAME]
        if self._kept is None or typed == str(self._kept):
            self._kept = number
            self.form.set_values({NAME: number})
            self.form.set_clean()

    def _was_kept(self, done: Done[int]) -> None:
        self._busy = False
        self._kept = done.value
        words = f"Kept at {local_clock(self._desk.services.clock())}. {done.said}"
        self.state.setText(words)
        self.state.show()
        announce(self, words)
        self.kept.emit()

    def _failed(self, error: DeskError) -> None:
        self._busy = False
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        else:
            self._desk.notices.show_error(error)
