"""People on record who may be one and the same, with what they share. Nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.changes import Done
from ppsdesk.domain.finding import Alike
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.surfaces import Card
from ui.kit.theme import current
from ui.kit.words import apart, label

NOTHING = "Nobody on record looks like somebody else. People who share a phone, or name and birthday, appear here."


class AlikeTable(ShortTable):
    """Digits act on the row the keyboard is on: 1 and 2 open one of the two, 3 says they are two people."""

    digit = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits only act while the keyboard is on a row."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and event.text() in ("1", "2", "3"):
            self.digit.emit(int(event.text()))
        else:
            super().keyPressEvent(event)


class AlikeCard(Card):
    """`person_wanted` carries the key of the person somebody opens; `answered` when a pair was decided on."""

    person_wanted = Signal(object)
    answered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Perhaps the same person", parent)
        self._desk = desk
        columns = (
            Column[Alike]("One", lambda pair: apart(pair.name), least=120),
            Column[Alike]("Other", lambda pair: apart(pair.other_name), least=120),
            Column[Alike]("Both have", lambda pair: ", ".join(pair.shared), least=160),
        )
        self.model: RecordsModel[Alike] = RecordsModel(columns, self)
        self.table = AlikeTable(self.model, "Perhaps the same person", self, most=6)
        self.table.opened.connect(self._open_first)
        self.table.chosen.connect(self._chosen)
        self.table.digit.connect(self._digit)
        self.nothing = label(NOTHING, "muted", wrap=True)
        self.told = label("", "muted", wrap=True)
        self._buttons = QWidget(self)
        row = Flow(self._buttons, gap="s")
        self.one = KeyButton("Open one", "1").when_pressed(partial(self._digit, 1))
        self.other = KeyButton("Open the other", "2").when_pressed(partial(self._digit, 2))
        self.not_same = KeyButton("Not the same", "3").when_pressed(partial(self._digit, 3))
        self.not_same.needs(desk.rights, Subject.PEOPLE, Action.CHANGE)
        for button in (self.one, self.other, self.not_same):
            row.addWidget(button)
        for part in (self.nothing, self.table, self.told, self._buttons):
            self.add(part)
        self.show_pairs(())

    def show_pairs(self, pairs: Sequence[Alike]) -> None:
        """These pairs; the keyboard stays in the table."""
        row = max(self.table.currentIndex().row(), 0)
        self.model.show(pairs)
        if pairs:
            self.table.choose_row(min(row, len(pairs) - 1))
        for part in (self.table, self.told, self._buttons):
            part.setVisible(bool(pairs))
        self.nothing.setVisible(not pairs)
        self._chosen(self.table.current_record())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What both have is told below the table where there is no room for it."""
        super().resizeEvent(event)
        self.table.setColumnHidden(2, self.width() < 560 * current().scale)

    def _digit(self, number: int) -> None:
        pair = self.table.current_record()
        if pair is None or pair.other is None:
            return
        if number == 3:
            if self.not_same.permitted:
                self._two_people(pair)
        else:
            self.person_wanted.emit(pair.person if number == 1 else pair.other)

    def _open_first(self, pair: Alike) -> None:
        self.person_wanted.emit(pair.person)

    def _two_people(self, pair: Alike) -> None:
        desk, people = self._desk, self._desk.services.people
        assert pair.other is not None
        first, second = pair.person, pair.other

        def answered(done: Done[None]) -> None:
            desk.notices.undoable(f"{pair.name} and {pair.other_name} are two people.", forget)
            self.answered.emit()

        def forget() -> None:
            desk.change(desk, lambda: people.forget_not_same(first, second), forgotten)

        def forgotten(done: Done[None]) -> None:
            desk.notices.inform("They are perhaps the same person again.")

        desk.change(desk, lambda: people.not_same(first, second), answered)

    def _chosen(self, pair: Alike | None) -> None:
        both = f"Both have: {', '.join(pair.shared)}." if pair else ""
        self.told.setText(f"{pair.about}. {both}" if pair and pair.about else both)
