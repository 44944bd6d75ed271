"""The record of one person: read in tabs, changed in place, with family, calls, consent and history."""

from __future__ import annotations

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import ConsentSubject
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.people import Person
from ppsdesk.domain.rights import Action, Subject
from ui.kit.desk import Desk
from ui.kit.page import Needs
from ui.people.calls_tab import CallsTab
from ui.people.editing import PersonEditing
from ui.people.family_tab import FamilyTab
from ui.people.parts import Shown, Tab
from ui.people.person_frame import PersonFrame
from ui.people.person_tabs import CALLS, CONSENT, CONTACTS, HISTORY, OVERVIEW

_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class PersonPage(PersonFrame):
    """`open_person` shows somebody.

    Wishes: `person_wanted` (a relative), `call_wanted`, `calls_wanted` (a `Selection`), `call_about_wanted` (open the
    pad with this caller), `back_wanted`.

    What is not saved is asked about in a bar before one leaves, never dropped in silence.
    """

    person_wanted = Signal(object)
    calls_wanted = Signal(object)
    call_wanted = Signal(int)
    call_about_wanted = Signal(object)
    back_wanted = Signal()

    shows = frozenset({Topic.PEOPLE, Topic.CALLS, Topic.STEPS, Topic.ORGANISATIONS, Topic.VOCABULARIES})
    needs: ClassVar[Needs] = {"edit": (Subject.PEOPLE, Action.CHANGE), "next_step": (Subject.STEPS, Action.ADD)}
    title = "Person"
    unsaved_words = "This record is not saved yet."

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._key: UUID | None = None
        self._came_from: list[UUID] = []
        self.shown: Shown | None = None
        self.edit_button.when_pressed(self.on_edit)
        self.call_button.when_pressed(self._call)
        self.back_button.when_pressed(self._back)
        self.tab_row.shown.connect(self.show_tab)
        self.banner.renew_wanted.connect(self._renew)
        self.banner.show_hidden_wanted.connect(self._show_hidden)

    def _tab_built(self, tab: Tab) -> None:
        super()._tab_built(tab)
        if isinstance(tab, FamilyTab):
            tab.person_wanted.connect(self.person_wanted)
        elif isinstance(tab, CallsTab):
            tab.call_wanted.connect(self.call_wanted)
            tab.calls_wanted.connect(self.calls_wanted)

    def _editing_built(self, editing: PersonEditing) -> None:
        editing.remove_button.when_pressed(self.remove)
        editing.closed.connect(self._stop_editing)
        editing.taken_up.connect(self._take_up)

    # -- what the window asks of it ------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether something is written here that is not on record."""
        unsaved = self._editing is not None and self._editing.has_unsaved
        return unsaved or self.small_form() is not None

    def open_person(self, key: UUID) -> None:
        """Read somebody and show them. What is unsaved of another one is asked about first."""
        self.leave(lambda: self._go_to(key))

    def refresh(self) -> None:
        """Read the record again; what is being written stays, and the two versions meet when it is saved."""
        if self._key is not None:
            self._read(self._key)

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def on_save(self) -> None:
        """Ctrl+Enter."""
        if self.is_editing():
            self.editing.save()
        elif self.tab_row.current == CALLS:
            self.calls.dates.save_typed(always=True)

    def on_edit(self) -> None:
        """F2: the fields in place, at the part one was looking at."""
        if self.is_editing() or self.shown is None or self.shown.record.person.removed_at is not None:
            return
        at = "contacts" if self.tab_row.current == CONTACTS else "given_names"
        self.show_form(True)
        self.editing.begin(self.shown.record.person, self.shown.lists, at=at)

    def on_next_step(self) -> None:
        """Ctrl+D."""
        if self.shown is not None and not self.is_editing():
            self.tab_row.go(CALLS)
            self.calls.steps.begin()

    def on_history(self) -> None:
        """Ctrl+H."""
        self.tab_row.go(HISTORY)
        self.history.focus_first()

    # -- showing -------------------------------------------------------------------------------------------------------

    def _go_to(self, key: UUID) -> None:
        if self._key is not None and key != self._key:
            # from one relative to the next the way back leads through all of them
            self._came_from = [*self._came_from, self._key] if self.isVisible() else []
        self._open(key)

    def _open(self, key: UUID) -> None:
        if key != self._key:
            self._key, self.shown = key, None
            self.put_tabs_away()
            self.tab_row.go(OVERVIEW)
            self.scrolling.verticalScrollBar().setValue(0)
        self._read(key)

    def _read(self, key: UUID) -> None:
        services = self.desk.services

        def read() -> Shown:
            record, lists = services.people.record(key), services.vocabularies.all()
            return Shown(record=record, lists=lists, today=local_day(services.clock()))

        self.desk.latest(self, "record", read, self._show, self._not_read)

    def _show(self, shown: Shown) -> None:
        self.trouble.clear()
        if self.shown is None or self.shown.record.person.key != shown.record.person.key:
            self.unsaved.clear()
        self.shown = shown
        self.say_who_it_is(shown)
        self.place_head()
        if shown.record.person.removed_at is not None:
            back = partial(_mark, self.desk, shown.record.person, removed=False)
            self.removed.add_button("Put back", back, kind="").needs(self.desk.rights, Subject.PEOPLE, Action.CHANGE)
        self._inner.show_record(shown)

    def _not_read(self, error: DeskError) -> None:
        self.trouble.say(f"This record could not be read. {error.sentence}", "danger")
        self.trouble.add_button("Try again", self.refresh, "F5", kind="")

    # -- what people do ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops editing or goes back; Ctrl with the Page keys goes from tab to tab."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        by = _PAGES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            (self.editing.stop if self.is_editing() else self._back)()
        elif by is not None and held == Qt.KeyboardModifier.ControlModifier and not self.is_editing():
            self.tab_row.step(by)
            self.tab_row.focus_first()
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        self.leave(self._go_back)

    on_back = _back  # Alt+Left

    def _go_back(self) -> None:
        if self._came_from:
            key = self._came_from.pop()
            self._open(key)
            self.tab_row.focus_first()
        else:
            self.back_wanted.emit()

    def _stop_editing(self) -> None:
        was_editing = self.is_editing()
        self.show_form(False)
        if was_editing:
            self.tab_row.focus_first()

    def _take_up(self, key: UUID) -> None:
        self._key = key
        self.show_form(True)
        self.refresh()

    def _call(self) -> None:
        if self.shown is not None:
            self.call_about_wanted.emit(self.shown.record.person.key)

    def _renew(self) -> None:
        self.tab_row.go(CONSENT)
        self.consent.renew(ConsentSubject.RECORD)

    def _show_hidden(self) -> None:
        self.tab_row.go(CONTACTS)
        self.contacts.hidden.show_addresses()

    def remove(self) -> None:
        """Take out a record entered by mistake; undo puts it back."""
        if self.shown is not None:
            person = self.shown.record.person
            self.editing.leave(lambda: _mark(self.desk, person, removed=True))


def _mark(desk: Desk, person: Person, *, removed: bool) -> None:
    """Take the record out, or put it back; each undoes the other."""
    people = desk.services.people

    def work() -> Done[Person]:
        return (people.remove if removed else people.put_back)(person.key, person.version)

    def done(answer: Done[Person]) -> None:
        desk.notices.undoable(answer.said, lambda: _mark(desk, answer.value, removed=not removed))

    desk.change(desk, work, done)
