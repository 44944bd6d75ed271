"""On the page of a call: what to mind with its caller, what was to happen next, and whose an anonymous call was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.calls import Call
from ppsdesk.domain.codes import StepState
from ppsdesk.domain.families import PersonRecord
from ppsdesk.domain.finding import Found
from ppsdesk.domain.organisations import Organisation
from ppsdesk.domain.people import Person
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.steps import Step
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.signed_lines import SignedLine, SignedLines
from ui.kit.words import apart, label, spaced
from ui.who.banner import PersonBanner
from ui.who.child_words import Child, child_to_json
from ui.who.one_box import OneBox

if TYPE_CHECKING:
    from ppsdesk.assembly import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRead:
    """A call with whom and what it names, read in one go."""

    call: Call
    caller: PersonRecord | None = None
    children: Mapping[UUID, Person] = field(default_factory=dict)
    organisations: tuple[Organisation, ...] = ()
    steps: tuple[Step, ...] = ()

    def children_content(self) -> dict[str, object]:
        """For the children's field: it knows their names at once, and nothing counts as changed when it does."""
        found = [self.children[key] for key in self.call.children if key in self.children]
        return {
            "chosen": [str(key) for key in self.call.children],
            "not_one_child": self.call.not_one_child,
            "others": [child_to_json(Child(key=p.key, name=p.name, born_on=p.born_on)) for p in found],
        }


def read_call(services: Services, call_id: int) -> CallRead:
    """Ask for the call and what belongs to it. Touches no widget. Raises `NotFound`."""
    call = services.calls.get(call_id)
    return CallRead(
        call=call,
        caller=services.people.record(call.caller) if call.caller else None,
        children=services.people.get_many(call.children) if call.children else {},
        organisations=tuple(services.organisations.get_many(call.organisations).values()) if call.organisations else (),
        steps=services.steps.of_call(call.id),
    )


def step_words(step: Step) -> SignedLine:
    """ "Call back on Mon 23 Nov 2026, for Hana; 2 attempts"."""
    owner = f", for {apart(step.owner)}" if step.owner else ", for somebody to be named"
    tries = f"; {count_of(len(step.attempts), 'attempt')}" if step.attempts else ""
    words = f"; {apart(' '.join(step.words.split()))}" if step.words else ""
    state = "" if step.state is StepState.OPEN else f": {step.state.label.lower()}"
    icon = "calendar-clock" if step.state is StepState.OPEN else "circle-check"
    return SignedLine(f"{step.kind.label} on {long_day(step.due_on)}{owner}{words}{tries}{state}", icon=icon)


class CallPeople(QWidget):
    """Takes no room while there is nothing to say.

    `attach_wanted` carries the reference and the key of whoever the anonymous caller turned out to be;
    `person_wanted` the key of somebody whose record is to be opened.
    """

    attach_wanted = Signal(str, object)
    person_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: CallRead | None = None
        self.banner = PersonBanner(self).guarded(desk.rights)
        for wish in (self.banner.renew_wanted, self.banner.show_hidden_wanted):
            wish.connect(self._open)  # both are done on the record
        self.person_button = KeyButton("Open the caller's record", kind="quiet", parent=self)
        self.person_button.when_pressed(self._open).needs(desk.rights, Subject.PEOPLE, Action.READ)
        self.banner.add_button(self.person_button)
        self.steps = SignedLines(self)
        self.box = OneBox(desk, create=False, parent=self)
        self.box.name("attach", "Attach to a person", "Every call with this reference becomes theirs")
        self._attach = QWidget(self)
        row = QHBoxLayout(self._attach)
        spaced(row, gap="s")
        self._words = label("")
        row.addWidget(self._words)
        row.addWidget(self.box, 1)
        column = QVBoxLayout(self)
        spaced(column, gap="xs")
        for part in (self.banner, self.steps, self._attach):
            column.addWidget(part)
            part.hide()
        self.box.chosen.connect(self._chosen)

    def show_call(self, read: CallRead, today: date) -> None:
        """What belongs to this call."""
        self._read = read
        call = read.call
        self.banner.show_record(read.caller, today)
        self.steps.show_lines([step_words(step) for step in read.steps])
        self.person_button.setVisible(call.caller is not None)
        unknown = call.anonymous and bool(call.reference) and call.caller is None and call.removed_at is None
        self._words.setText(f"Whose is {call.reference}?")
        self.box.set_value(None)
        self._attach.setVisible(unknown)

    def step_lines(self) -> Sequence[SignedLine]:
        """What was to happen next, as it reads."""
        return self.steps.lines()

    def _open(self) -> None:
        if self._read is not None and self._read.call.caller is not None:
            self.person_wanted.emit(self._read.call.caller)

    def _chosen(self, found: Found) -> None:
        if self._read is None or found.person is None:
            return
        self.attach_wanted.emit(self._read.call.reference, found.person)
