"""Who changed a record, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ui.kit.records import Column, RecordsModel
from ui.kit.surfaces import Card
from ui.kit.table import RecordsTable
from ui.kit.words import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One field that somebody changed, or one thing that was done to the record."""

    at: datetime
    person: str
    what: str
    before: str = ""
    after: str = ""


class HistoryPanel(Card):
    """The steps, newest first; the whole of a long text stands under the list. `thing` is what was changed ("call")."""

    def __init__(self, thing: str, parent: QWidget | None = None) -> None:
        super().__init__("History", parent)
        columns: tuple[Column[Step], ...] = (
            Column("When", _when, width=190),
            Column("Who", lambda step: step.person, width=130),
            Column("What", lambda step: step.what, width=170),
            Column("Before", lambda step: step.before),
            Column("After", lambda step: step.after),
        )
        self.model: RecordsModel[Step] = RecordsModel(columns, self)
        self.table = RecordsTable(self.model, f"History of this {thing}")
        self.table.chosen.connect(self._show_whole)
        self.whole = label("", "muted", wrap=True)
        self.add(self.table, 1)
        self.add(self.whole)
        self.hide()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these."""
        self.model.show(steps)
        self.show()

    def focus_first(self) -> None:
        """The keyboard into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_whole(self, step: Step | None) -> None:
        self.whole.setText(_sentence(step) if step else "")


def _when(step: Step) -> str:
    return f"{long_day(local_day(step.at))} {local_clock(step.at)}"


def _sentence(step: Step) -> str:
    if not (step.before or step.after):
        return step.what
    return f"{step.what}: {_cut(step.before)}  became  {_cut(step.after)}"


def _cut(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:400]}…"
