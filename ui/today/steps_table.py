"""Next steps as a table whose digits say how an attempt went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import Safety
from ppsdesk.domain.phones import shown
from ppsdesk.domain.steps import Step
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.words import apart
from ui.today import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class DueStep:
    """A step with what must be known before anybody rings: whether the number is safe, its note, alerts of today."""

    step: Step
    safety: Safety = Safety.NOT_ASKED
    phone_note: str = ""
    alerts: tuple[str, ...] = ()

    @property
    def warned(self) -> bool:
        """Whether to stop and read before ringing."""
        return bool(self.alerts) or self.safety in (Safety.NOT_SAFE, Safety.CAREFUL)


class StepsTable(ShortTable):
    """`digit` carries a number key that was pressed on a row."""

    digit = Signal(int)

    def __init__(self, model: RecordsModel[DueStep], parent: QWidget | None = None) -> None:
        super().__init__(model, "Call-backs and next steps", parent, most=12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits only act while the keyboard is on a row."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        if held == Qt.KeyboardModifier.NoModifier and len(text) == 1 and text in "123456789":
            self.digit.emit(int(text))
        else:
            super().keyPressEvent(event)


def step_columns(today: Callable[[], date]) -> tuple[Column[DueStep], ...]:
    """From the left: when, who, on which number, why, what was tried, for whom."""

    def due(line: DueStep) -> tuple[str, str]:
        return wording.due_words(line.step.due_on, today())

    def before(line: DueStep) -> tuple[str, str] | None:
        if line.alerts:
            return line.alerts[0].partition(":")[0], "danger" if line.safety is Safety.NOT_SAFE else "warning"
        if not line.step.phone:
            return None
        return line.safety.label, wording.SAFETY_SIGNS[line.safety]

    return (
        Column("Due", lambda line: "", state=due, width=136),
        Column("When", lambda line: wording.when_words(line.step, today()), width=168),
        Column("Who", lambda line: wording.who_words(line.step), least=120),
        Column("Phone", lambda line: apart(shown(line.step.phone)) or wording.NOTHING, width=125),
        Column("Before you ring", lambda line: "", state=before, width=146),
        Column("What", lambda line: wording.why_words(line.step), least=160),
        Column("Tried", lambda line: wording.attempts_words(line.step, today()), width=130),
        Column("For", lambda line: apart(line.step.owner) or "nobody yet", width=120),
    )
