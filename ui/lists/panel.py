"""What every list on the page has: a filter, the table, its actions, and the small form below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ppsdesk.domain.changes import Done
from ppsdesk.domain.errors import Conflict, DeskError
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk, Failed
from ui.kit.flow import Flow
from ui.kit.matching import plain
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.tab_order import tab_in_order
from ui.kit.words import announce, label, spaced
from ui.lists.ask_card import AskCard

R = TypeVar("R")
T = TypeVar("T")
FILTER = 260  # pixels: enough for a long name at any text size


class ListTable(ShortTable):
    """`moved` is Alt+Up (-1) or Alt+Down (1) on a row."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Alt the arrows carry the row along."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ListPanel(QWidget, Generic[R]):
    """One list. `refresh_wanted` after somebody else was quicker; a change of our own is heard of anyway.

    Its buttons need rights to `subject`.
    """

    subject: ClassVar[Subject] = Subject.LISTS
    most_rows: ClassVar[int] = 200  # more scroll within the table
    refresh_wanted = Signal()

    def __init__(
        self, desk: Desk, name: str, columns: Sequence[Column[R]], nothing: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._all: tuple[R, ...] = ()
        self._nothing = nothing
        self.filter = QLineEdit(self)
        self.filter.setAccessibleName(f"Find in {name}")
        self.filter.setPlaceholderText("Find in this list   Ctrl+F")
        self.filter.textChanged.connect(self._show_filtered)
        self.filter.setMinimumWidth(FILTER)
        self.only = QCheckBox("Only those to check", self)
        self.only.toggled.connect(self._show_filtered)
        self.model: RecordsModel[R] = RecordsModel(columns, self)
        self.table = ListTable(self.model, name, self, most=self.most_rows)
        self.table.opened.connect(self._edit_opened)
        self.table.chosen.connect(self._follow)
        self.table.moved.connect(self._moved)
        self.empty = label("", "muted", wrap=True)
        self.told = label("", "muted", wrap=True)
        self.asking = AskCard(self)
        self.asking.closed.connect(self.focus_table)
        self.asking.opened.connect(self._order_tabs)
        self._keep_on: object = None
        top, self._buttons = QWidget(self), QWidget(self)
        self._top, self._row = Flow(top, gap="s"), Flow(self._buttons, gap="s")
        self._top.addWidget(self.filter)
        self._top.addWidget(self.only)
        column = QVBoxLayout(self)
        spaced(column, gap="s")
        for part in (top, self._buttons, self.told, self.asking, self.empty, self.table):
            column.addWidget(part)
        column.addStretch(1)

    # -- what a list says of itself ------------------------------------------------------------------------------------

    def identity(self, record: R) -> object:
        """What tells an entry apart from all others, whatever is changed in it."""
        raise NotImplementedError

    def searched(self, record: R) -> str:
        """The words the filter looks through."""
        raise NotImplementedError

    def to_check(self, record: R) -> bool:
        """Whether somebody should look at it."""
        return False

    def edit(self, record: R) -> None:
        """F2."""
        raise NotImplementedError

    def ask_merge(self, record: R) -> None:
        """Ctrl+M, where entries can count as others."""

    def move_by(self, step: int) -> None:
        """Alt+Up and Alt+Down, where the order is people's own."""

    def follow(self, record: R | None) -> str:
        """Switch the buttons for the entry under the keyboard; a sentence about it."""
        raise NotImplementedError

    # -- shared --------------------------------------------------------------------------------------------------------

    def add_button(
        self,
        words: str,
        pressed: Callable[[R], None] | None,
        key: str = "",
        icon: str = "",
        kind: str = "",
        *,
        action: Action = Action.CHANGE,
    ) -> KeyButton:
        """A button above the table that acts on the entry under the keyboard; a quiet one stands beside the filter.
        It is there for whoever has the right to that action."""
        button = KeyButton(words, key, kind, icon, self).needs(self.desk.rights, self.subject, action)
        if pressed is not None:
            button.when_pressed(partial(self._on_current, pressed))
        (self._top if kind == "quiet" else self._row).addWidget(button)
        self._order_tabs()
        return button

    def show_records(self, records: Sequence[R]) -> None:
        """These entries; the keyboard stays on the one it was on."""
        self._all = tuple(records)
        waiting = sum(self.to_check(record) for record in self._all)
        self.only.setText(f"Only those to check ({waiting})")
        self.only.setVisible(bool(waiting) or self.only.isChecked())
        self._show_filtered()

    def records(self) -> tuple[R, ...]:
        """All entries, whatever the filter."""
        return self._all

    def current(self) -> R | None:
        """The entry under the keyboard."""
        record: R | None = self.table.current_record()
        return record

    def may(self, action: Action = Action.CHANGE) -> bool:
        """Whether whoever is signed in may do that with these entries."""
        return self.desk.rights.may(self.subject, action)

    def focus_table(self) -> None:
        """The keyboard into the list; where it is empty, into its filter."""
        target = self.table if self.model.size() else self.filter
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_on(self, identity: object) -> None:
        """The next time the list is shown the keyboard is on this entry."""
        self._keep_on = identity

    def change(
        self,
        work: Callable[[], Done[T]],
        undo: Callable[[Done[T]], Callable[[], Done[Any]]] | None = None,
        *,
        on: Callable[[Done[T]], object] | None = None,
    ) -> None:
        """Make a change, with its undo; the form is put away when it was kept, else it says why not. `on` gives the
        identity of the entry the keyboard goes to."""
        desk = self.desk

        def changed(done: Done[T]) -> None:
            if on is not None:
                self.keep_on(on(done))
            if undo is None or not self.may():  # who may only add cannot take it back
                desk.notices.inform(done.said)
            else:
                desk.notices.undoable(done.said, partial(self._take_back, undo(done)))
            self.kept(done.said)
            if not self.asking.isHidden():
                self.asking.put_away()

        desk.change(self, work, changed, self._failed)

    def kept(self, said: str) -> None:
        """What a list adds beside the notice of a change, or of one that was taken back."""

    def _take_back(self, work: Callable[[], Done[Any]], failed: Failed | None = None) -> None:
        desk = self.desk

        def taken_back(done: Done[Any]) -> None:
            desk.notices.inform(done.said)
            self.kept(done.said)

        desk.change(desk, work, taken_back, failed)

    def _failed(self, error: DeskError) -> None:
        if self.asking.isHidden():
            self.desk.notices.show_error(error)
        else:
            self.asking.refused(error)
        if isinstance(error, Conflict):
            self.refresh_wanted.emit()

    def _on_current(self, pressed: Callable[[R], None]) -> None:
        record = self.current()
        if record is not None:
            pressed(record)

    def _edit_opened(self, record: R) -> None:
        if self.may():
            self.edit(record)

    def _moved(self, step: int) -> None:
        if self.may():
            self.move_by(step)

    def _show_filtered(self) -> None:
        here = self.current()
        wanted, self._keep_on = self._keep_on, None
        if wanted is None and here is not None:
            wanted = self.identity(here)
        row = max(self.table.currentIndex().row(), 0)
        words = plain(self.filter.text()).split()
        shown = [
            record for record in self._all
            if (not self.only.isChecked() or self.to_check(record))
            and all(word in plain(self.searched(record)) for word in words)
        ]  # fmt: skip
        self.model.show(shown)
        names = [self.identity(record) for record in shown]
        if shown:
            self.table.choose_row(names.index(wanted) if wanted in names else min(row, len(shown) - 1))
        self.table.setVisible(bool(shown))
        filtered = bool(words) or self.only.isChecked()
        self.empty.setText("Nothing in this list fits what is looked for." if filtered else self._nothing)
        self.empty.setVisible(not shown)
        if self.sender() is self.filter:
            announce(self.filter, f"{len(shown)} shown.")
        self._follow(self.current())

    def _order_tabs(self) -> None:
        """As one reads: what is above the table comes before it."""
        tab_in_order([self.filter, *_parts_of(self._top), *_parts_of(self._row), self.asking, self.table])

    def _follow(self, record: R | None) -> None:
        self.told.setText(self.follow(record))


def _parts_of(row: Flow) -> list[QWidget]:
    items = (row.itemAt(place) for place in range(row.count()))
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def no_entry(buttons: Sequence[KeyButton], record: object) -> bool:
    """Switch buttons off where no entry is chosen, and say so; True then."""
    for button in buttons:
        if record is None:
            button.switch_off("Choose an entry first.")
        else:
            button.switch_on()
    return record is None
