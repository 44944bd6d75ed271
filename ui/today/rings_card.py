"""The non-data calls behind their figure: silent, hung up, wrong number. Opened by the figure, put away by Escape."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock, long_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.non_data import NonDataCall
from ppsdesk.domain.periods import Span
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.surfaces import Card
from ui.kit.words import apart, label

NOTHING = "No non-data call this term. Rings closed by the pad's quick close are counted here, apart from calls."


class RingsCard(Card):
    """Not there until `open_list`. `span` says of which days."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Non-data calls this term", parent)
        self._desk = desk
        self.span: Span | None = None
        self._lists = Vocabularies(())
        columns = (
            Column[NonDataCall]("When", lambda ring: f"{long_day(ring.taken_on)} {local_clock(ring.at)}", width=170),
            Column[NonDataCall]("Kind", lambda ring: ring.kind.label, least=120),
            Column[NonDataCall]("Line", lambda ring: self._lists.label(Vocabulary.LINE, ring.line), width=140),
            Column[NonDataCall]("Taken by", lambda ring: apart(ring.taken_by), width=150),
        )
        self.model: RecordsModel[NonDataCall] = RecordsModel(columns, self)
        self.table = ShortTable(self.model, "Non-data calls", self, most=10)
        self.nothing = label(NOTHING, "muted", wrap=True)
        self.remove = KeyButton("Remove", "Del").when_pressed(self.remove_current)
        self.away = KeyButton("Put away", "Esc", "quiet").when_pressed(self.put_away)
        buttons = QWidget(self)
        row = Flow(buttons, gap="s")
        row.addWidget(self.remove.needs(desk.rights, Subject.RINGS, Action.CHANGE))
        row.addWidget(self.away)
        for part in (self.nothing, self.table, buttons):
            self.add(part)
        self._came_from: QWidget | None = None
        self.hide()

    def open_list(self) -> None:
        """Show them, with the keyboard in them."""
        self._came_from = self.window().focusWidget()
        self.show()
        self.refresh()
        self.away.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read them again, if they are shown."""
        span, services = self.span, self._desk.services
        if self.isHidden() or span is None:
            return

        def read() -> tuple[Vocabularies, tuple[NonDataCall, ...]]:
            return services.vocabularies.all(), services.non_data.list(span)

        self._desk.latest(self, "rings", read, self._show)

    def put_away(self) -> None:
        """The keyboard goes back to the figure."""
        before, self._came_from = self._came_from, None
        self.hide()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_current(self) -> None:
        """Take out one that was an enquiry after all, with an undo."""
        ring = self.table.current_record()
        if ring is None:
            return
        desk = self._desk

        def removed(done: Done[NonDataCall]) -> None:
            desk.notices.undoable(done.said, partial(desk.change, desk, _putting_back(desk, done.value), put_back))

        def put_back(done: Done[NonDataCall]) -> None:
            desk.notices.inform(done.said)

        desk.change(desk, partial(desk.services.non_data.remove, ring.id, ring.version), removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away, Delete removes the row the keyboard is on."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove.click()
        else:
            super().keyPressEvent(event)

    def _show(self, read: tuple[Vocabularies, tuple[NonDataCall, ...]]) -> None:
        self._lists, rings = read
        row = max(self.table.currentIndex().row(), 0)
        self.model.show(rings)
        self.table.setVisible(bool(rings))
        self.nothing.setVisible(not rings)
        self.remove.setVisible(bool(rings))
        if rings:
            self.table.choose_row(min(row, len(rings) - 1))
            if self.away.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _putting_back(desk: Desk, ring: NonDataCall) -> Callable[[], Done[NonDataCall]]:
    return partial(desk.services.non_data.put_back, ring.id, ring.version)
