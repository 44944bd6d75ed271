"""What happens next for a person: open steps, and one more by Ctrl+D."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, long_day
from ppsdesk.domain.codes import ContactKind, Safety, StepKind, StepState
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.people import Person
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.steps import NewStep, Step
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import CodePicker, DayEditor, TextEditor
from ui.kit.form import Field
from ui.kit.surfaces import Bar, Card
from ui.kit.words import WrappedLabel, apart
from ui.people.doing import do
from ui.people.parts import Lines, Shown, line
from ui.people.small_form import SmallForm


class StepsCard(Card):
    """Read whenever the record is; a step is finished on Today."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Next steps", parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.add_button = KeyButton("Add next step", "Ctrl+D", "quiet", "plus").when_pressed(self.begin)
        self.add_action(self.add_button.needs(desk.rights, Subject.STEPS, Action.ADD))
        self.trouble = Bar("danger")
        self.nothing = WrappedLabel("Nothing open.", "muted")
        self.lines = Lines()
        self.form = SmallForm(
            lambda: (
                Field("kind", "Next", CodePicker(StepKind)),
                Field("due_on", "By", DayEditor(self._today, placeholder="fri, +1w", ahead=True), required=True),
                Field("owner", "For", TextEditor()),
                Field("words", "What", TextEditor(limit=1_000)),
            ),
            "Add next step",
        )
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self._closed)
        for part in (self.trouble, self.nothing, self.form, self.lines):
            self.add(part)

    def show_record(self, shown: Shown) -> None:
        """Ask for the open steps."""
        self._shown = shown
        self.form.belongs_to(shown.record.person.key)
        steps, key = self._desk.services.steps, shown.record.person.key

        def read() -> list[Step]:
            return [step for step in steps.of_person(key) if step.state is StepState.OPEN]

        self._desk.latest(self, "steps", read, self._show, self._failed)

    def begin(self) -> None:
        """The fields for one more."""
        self.form.open_form(
            {"kind": StepKind.CALL_BACK, "due_on": None, "owner": self._desk.services.person, "words": ""}
        )
        self.form.form.focus_field("due_on")

    def _show(self, steps: list[Step]) -> None:
        self.trouble.clear()
        today = self._today()
        self.nothing.setHidden(bool(steps))
        self.lines.show_lines([_line(step, today) for step in sorted(steps, key=lambda step: step.due_on)])

    def _failed(self, error: DeskError) -> None:
        self.trouble.say(f"The next steps could not be read. {error.message} They are safe.", "danger")

    def _save(self, values: dict[str, Any]) -> None:
        if self._shown is None:
            return
        if values["due_on"] is None:
            self.form.refuse(Invalid({"due_on": "Enter the day it is to be done by."}))
            return
        person, steps = self._shown.record.person, self._desk.services.steps
        step = NewStep(key=uuid4(), person=person.key, phone=_phone(person, self._today()), **values)
        do(
            self._desk,
            self,
            lambda: steps.add(step),
            lambda kept: steps.give_up(kept.key, kept.version),
            then=self.form.done,
            failed=self.form.refuse,
        )

    def _closed(self) -> None:
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _today(self) -> date:
        return local_day(self._desk.services.clock())


def _line(step: Step, today: date) -> QWidget:
    days = (step.due_on - today).days
    chip = (
        (f"Overdue {count_of(-days, 'day')}", "danger")
        if days < 0
        else ("Due today", "warning")
        if days == 0
        else (f"In {count_of(days, 'day')}", "neutral")
    )
    parts = (long_day(step.due_on), f"for {apart(step.owner)}" if step.owner else "for nobody yet", apart(step.words))
    return line(step.kind.label, ", ".join(part for part in parts if part), chip)


def _phone(person: Person, today: date) -> str:
    """The first number that may be rung."""
    phones = [p for p in person.contacts if p.kind is ContactKind.PHONE and p.current_on(today)]
    return next((p.value for p in phones if p.safety is not Safety.NOT_SAFE), "")
