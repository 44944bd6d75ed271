"""The calls by or about a person, newest first, and what is to happen next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.lists import CallLine
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.row_list import RowList
from ui.kit.surfaces import Bar, Card
from ui.kit.words import WrappedLabel
from ui.people.parts import Shown, Tab
from ui.people.steps_card import StepsCard
from ui.who.call_rows import call_rows
from ui.who.matters_card import MattersCard

MOST = 50  # more are in the list of calls


class CallsTab(Tab):
    """`call_wanted` carries the id of a call to open, `calls_wanted` a `Selection` of all of them."""

    call_wanted = Signal(int)
    calls_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.card = Card("Calls by or about this person")
        self.all_button = KeyButton("Show all in Calls", kind="quiet", icon="phone").when_pressed(self._show_all)
        self.card.add_action(self.all_button.needs(desk.rights, Subject.CALLS, Action.READ))
        self.trouble = Bar("danger")
        self.words = WrappedLabel("", "muted")
        self.rows = RowList("Calls by or about this person", fitting=True)
        self.rows.opened.connect(self._opened)
        for part in (self.trouble, self.words, self.rows):
            self.card.add(part)
        self.steps, self.dates = StepsCard(desk), MattersCard(desk, of_call=False)
        self.column.addWidget(self.steps)
        self.column.addWidget(self.dates)
        self.column.addWidget(self.card)

    def show_record(self, shown: Shown) -> None:
        """Ask for the newest calls."""
        self._shown = shown
        self.steps.show_record(shown)
        person = shown.record.person
        self.dates.show_person(person.key, open_=person.kind is PersonKind.CHILD and person.removed_at is None)
        calls, chosen = self._desk.services.calls, self._selection(shown)

        def read() -> list[CallLine]:
            ids = calls.ids(chosen, limit=MOST)
            lines = calls.lines(ids)
            return [lines[id_] for id_ in ids if id_ in lines]

        self._desk.latest(self, "calls", read, self._show, self._failed)

    def focus_first(self) -> None:
        """The keyboard into the list."""
        (self.rows if self.rows.rows.rows else self.all_button).setFocus()

    def _show(self, lines: list[CallLine]) -> None:
        assert self._shown is not None
        shown, count = self._shown, self._shown.record.calls
        self.trouble.clear()
        self.rows.show_rows(call_rows(lines, shown.lists, shown.today), keep=True)
        self.rows.setHidden(not lines)
        self.all_button.setHidden(not lines)
        if not lines:
            self.words.setText("No call yet. Calls this person makes, or that are about them, appear here.")
        elif count > len(lines):
            self.words.setText(f"The newest {len(lines)} of {count_of(count, 'call')}.")
        else:
            self.words.setText(count_of(len(lines), "call"))

    def _opened(self, call_id: int) -> None:
        self.call_wanted.emit(call_id)

    def _failed(self, error: DeskError) -> None:
        self.trouble.say(f"The calls could not be read. {error.message} They are safe.", "danger")

    def _show_all(self) -> None:
        if self._shown is not None:
            self.calls_wanted.emit(self._selection(self._shown))

    @staticmethod
    def _selection(shown: Shown) -> Selection:
        person = shown.record.person
        return Selection(person=person.key, person_name=person.name)
