"""Every file that was taken in, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.batches import Batch
from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ui.kit.parts import Card, Flow, KeyButton, label
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable

EMPTY = "Nothing has been imported yet. What is imported stands here, and can be taken back as a whole."
ABOUT = "Taking an import back removes its calls. Those somebody has changed since stay, and it is said how many."


def _when(instant: datetime) -> str:
    return f"{long_day(local_day(instant))}, {local_clock(instant)}"


def _state(batch: Batch) -> tuple[str, str]:
    if batch.undone_at is None:
        return "On record", "success"
    return f"Taken back {long_day(local_day(batch.undone_at))}", "neutral"


COLUMNS = (
    Column[Batch]("When", lambda b: _when(b.imported_at), width=180),
    Column[Batch]("File", lambda b: b.file_name, least=180),
    Column[Batch]("Calls added", lambda b: f"{b.rows_added:,}", numeric=True, width=110),
    Column[Batch]("Known already", lambda b: f"{b.rows_known:,}", numeric=True, width=120),
    Column[Batch]("By", lambda b: b.person, width=120),
    Column[Batch]("State", lambda b: "", state=_state, width=210),
)


class JournalCard(Card):
    """`undo_wanted` carries the `Batch` to take back."""

    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Imported before", parent)
        self._model = RecordsModel[Batch](COLUMNS, self)
        self.empty = label(EMPTY, "muted", wrap=True)
        self.table = ShortTable(self._model, "Imports, newest first", most=8)
        self.table.chosen.connect(self._chosen)
        self.undo = KeyButton("Take back this import", icon="undo-2").when_pressed(self._undo)
        self.about = label(ABOUT, "caption", wrap=True)
        self.add(self.empty)
        self.add(self.table)
        row = Flow(gap="m", fill=True)
        row.addWidget(self.undo)
        row.addWidget(self.about)
        self.body.addLayout(row)
        self.show_batches(())

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """Newest first; the keyboard stays on the row it was on."""
        row = max(self.table.currentIndex().row(), 0)
        self._model.show(batches)
        for part in (self.table, self.undo, self.about):
            part.setVisible(bool(batches))
        self.empty.setVisible(not batches)
        if batches:
            self.table.choose_row(min(row, len(batches) - 1))
        self._chosen(self.table.current_record())

    def _chosen(self, batch: object) -> None:
        if isinstance(batch, Batch) and batch.undone_at is None:
            self.undo.switch_on()
        else:
            self.undo.switch_off("This import was taken back already.")

    def _undo(self) -> None:
        batch = self.table.current_record()
        if isinstance(batch, Batch):
            self.undo_wanted.emit(batch)
