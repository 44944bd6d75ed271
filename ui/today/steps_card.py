"""Call-backs and next steps that are due: rung, noted, handed over, done, each with one key and an undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import AttemptResult, StepKind, StepState
from ppsdesk.domain.errors import Conflict, DeskError
from ppsdesk.domain.phones import shown
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.steps import Step
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import CodePicker
from ui.kit.flow import Flow
from ui.kit.records import RecordsModel
from ui.kit.still import laid_out_once
from ui.kit.surfaces import Card
from ui.kit.tab_order import tab_in_order
from ui.kit.theme import current
from ui.kit.words import apart, label
from ui.today import wording
from ui.today.hand_over import HandOver
from ui.today.scope import NOTHING, Scope
from ui.today.steps_table import DueStep, StepsTable, step_columns

DONE, HAND_OVER, GIVE_UP = 7, 8, 9
ATTEMPTS = dict(enumerate(AttemptResult, start=1))

# Columns that give way where there is less room: below so many pixels at 100 % text, which column.
TRIED, FOR = 6, 7
_GIVE_WAY = ((1_240, FOR), (1_110, TRIED), (900, 1), (740, 3), (600, 5))


class StepsCard(Card):
    """`ring_wanted` carries the step to ring for, `call_wanted` and `person_wanted` what it came from.

    `scope_changed` when somebody switches between their own steps and everybody's.
    """

    ring_wanted = Signal(object)
    call_wanted = Signal(int)
    person_wanted = Signal(object)
    scope_changed = Signal()

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("Call-backs and next steps", parent)
        self._desk, self._today = desk, today
        self.model: RecordsModel[DueStep] = RecordsModel(step_columns(today), self)
        self.table = StepsTable(self.model, self)
        self.table.opened.connect(self._opened)
        self.table.chosen.connect(self._chosen)
        self.table.digit.connect(self._digit)
        self.scope = CodePicker(Scope)
        self.scope.name("scope", "Which next steps")
        self.scope.box.setMinimumContentsLength(30)
        self.scope.edited.connect(self.scope_changed)
        self.add_action(self.scope)
        self.nothing = label("", "muted", wrap=True)
        self.told = label("", "muted", wrap=True)
        self.ring = KeyButton("Ring", "Enter", icon="phone-call").when_pressed(self.open_current)
        self.done = KeyButton("Done", str(DONE), icon="check").when_pressed(partial(self._digit, DONE))
        self.hand = KeyButton("Hand over", str(HAND_OVER)).when_pressed(partial(self._digit, HAND_OVER))
        self.give_up = KeyButton("Give up", str(GIVE_UP), "quiet").when_pressed(partial(self._digit, GIVE_UP))
        self.attempts = [
            KeyButton(result.label, str(number), "quiet").when_pressed(partial(self._digit, number))
            for number, result in ATTEMPTS.items()
        ]
        self.handing = HandOver(desk, self)
        self.handing.chosen.connect(self._hand_over)
        self.handing.closed.connect(self.focus_table)
        for button in (self.done, self.hand, self.give_up, *self.attempts):
            button.needs(desk.rights, Subject.STEPS, Action.CHANGE)
        self._steps, self._tried = QWidget(self), QWidget(self)
        row, tried = Flow(self._steps, gap="s"), Flow(self._tried, gap="xs")
        for button in (self.ring, self.done, self.hand, self.give_up):
            row.addWidget(button)
        self._attempt_words = label("This attempt:", "muted")
        tried.addWidget(self._attempt_words)
        for button in self.attempts:
            tried.addWidget(button)
        for part in (self.nothing, self.table, self.told, self._steps, self._tried, self.handing):
            self.add(part)
        tab_in_order((self.scope, self.table))
        self.show_steps(())

    @property
    def showing(self) -> Scope:
        """Which steps are shown."""
        scope = self.scope.value()
        return scope if isinstance(scope, Scope) else Scope.MINE

    def show_scope(self, scope: Scope) -> None:
        """Show other steps, with the keyboard in them."""
        self.scope.set_value(scope.value)
        self.focus_table()

    def show_steps(self, steps: Sequence[DueStep]) -> None:
        """These steps; the keyboard stays on the one it was on, or goes to the one that took its place."""
        with laid_out_once(self):
            self._show_steps(steps)

    def _show_steps(self, steps: Sequence[DueStep]) -> None:
        here, row = self.table.current_record(), max(self.table.currentIndex().row(), 0)
        had_keys = self.table.hasFocus()
        self.model.show(steps)
        keys = [line.step.key for line in steps]
        if keys:
            at = keys.index(here.step.key) if here and here.step.key in keys else min(row, len(keys) - 1)
            self.table.choose_row(at)
        for part in (self.table, self.told, self._steps, self._tried):
            part.setVisible(bool(steps))
        self.nothing.setText(NOTHING[self.showing])
        self.nothing.setVisible(not steps)
        self.handing.keep_for(keys)
        self._chosen(self.table.current_record())
        if had_keys and not steps:
            self.scope.keys.setFocus(Qt.FocusReason.OtherFocusReason)
        self._share_columns()

    def focus_table(self) -> None:
        """The keyboard onto the steps, if there are any."""
        target = self.table if self.table.isVisibleTo(self) else self.scope.keys
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_current(self) -> None:
        """Ring, or open what the step came from."""
        line = self.table.current_record()
        if line is not None:
            self._opened(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the less telling columns give way; the line below tells everything."""
        super().resizeEvent(event)
        self._share_columns()

    def _share_columns(self) -> None:
        for least, column in _GIVE_WAY:
            self.table.setColumnHidden(column, self.width() < least * current().scale)
        if self.showing is Scope.MINE:
            self.table.setColumnHidden(FOR, True)
        self.table.fit_height()

    # -- what people do ------------------------------------------------------------------------------------------------

    def _opened(self, line: DueStep) -> None:
        step = line.step
        if step.kind is StepKind.CALL_BACK:
            self.ring_wanted.emit(step)
        elif step.call_id is not None:
            self.call_wanted.emit(step.call_id)
        elif step.person is not None:
            self.person_wanted.emit(step.person)

    def _digit(self, number: int) -> None:
        line = self.table.current_record()
        if line is None or line.step.state is not StepState.OPEN or not self.done.permitted:
            return
        step, steps = line.step, self._desk.services.steps
        if number in ATTEMPTS:
            if step.kind is StepKind.CALL_BACK:
                self._change(partial(steps.attempt, step.key, step.version, ATTEMPTS[number]), self._undo_attempt)
        elif number == DONE:
            self._change(partial(steps.finish, step.key, step.version), self._undo_end)
        elif number == GIVE_UP:
            self._change(partial(steps.give_up, step.key, step.version), self._undo_end)
        else:
            self.handing.ask(step)

    def _hand_over(self, step: Step, owner: str) -> None:
        steps = self._desk.services.steps
        self._change(partial(steps.hand_over, step.key, step.version, owner), partial(self._undo_hand, step.owner))

    def _change(self, work: Callable[[], Done[Step]], undo: Callable[[Done[Step]], Callable[[], Done[Step]]]) -> None:
        desk = self._desk

        def changed(done: Done[Step]) -> None:
            desk.notices.undoable(done.said, partial(self._take_back, undo(done)))

        desk.change(desk, work, changed, self._failed)

    def _take_back(self, work: Callable[[], Done[Step]]) -> None:
        desk = self._desk

        def taken_back(done: Done[Step]) -> None:
            desk.notices.inform(done.said)

        desk.change(desk, work, taken_back, self._failed)

    def _undo_attempt(self, done: Done[Step]) -> Callable[[], Done[Step]]:
        step = done.value
        return partial(self._desk.services.steps.take_back_attempt, step.key, step.version, step.attempts[-1].number)

    def _undo_end(self, done: Done[Step]) -> Callable[[], Done[Step]]:
        return partial(self._desk.services.steps.reopen, done.value.key, done.value.version)

    def _undo_hand(self, owner: str, done: Done[Step]) -> Callable[[], Done[Step]]:
        return partial(self._desk.services.steps.hand_over, done.value.key, done.value.version, owner)

    def _failed(self, error: DeskError) -> None:
        self._desk.notices.show_error(error)
        if isinstance(error, Conflict):  # somebody else was quicker: show what they did
            self.scope_changed.emit()

    def _chosen(self, line: DueStep | None) -> None:
        if line is None:
            self.told.setText("")
            return
        back, over = line.step.kind is StepKind.CALL_BACK, line.step.state is not StepState.OPEN
        self._tried.setVisible(back and not over)
        for button in (self.done, self.hand, self.give_up):
            button.setVisible(not over)
        self.ring.setText("Ring" if back else "Open")
        self.ring.show_icon("phone-call" if back else "chevron-right")
        self._attempt_words.setText(f"Attempt {len(line.step.attempts) + 1}:")
        self.told.setText(_told(line, self._today()))


def _told(line: DueStep, today: date) -> str:
    """Everything about a step, in the order one needs it before ringing."""
    step = line.step
    asked = wording.day_words(local_day(step.asked_at), today)
    phone = f"{apart(shown(step.phone))}: {line.safety.label.lower()}" if step.phone else ""
    note = f" ({apart(line.phone_note)})" if line.phone_note else ""
    owner = f"for {apart(step.owner)}" if step.owner else "for nobody yet"
    parts = [*(apart(alert) for alert in line.alerts), f"{phone}{note}" if phone else "",
             f"{wording.when_words(step, today)}, {owner}", f"Asked for on {asked}", apart(step.words),
             wording.all_attempts(step, today)]  # fmt: skip
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
