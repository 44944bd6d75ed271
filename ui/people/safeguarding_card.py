"""Notes for few eyes: shown only when asked for, and whoever asks is noted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.families import SafeguardingNote
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.words import count_of
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import NotesEditor
from ui.kit.form import Field
from ui.kit.rights import who_looks
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel, announce, apart
from ui.people.parts import Lines, Shown, line
from ui.people.small_form import SmallForm


class SafeguardingCard(Card):
    """How many there are; the notes themselves on request, until the tab is left; and one more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Safeguarding notes", parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.show_button = KeyButton("Show notes", kind="quiet", icon="eye").when_pressed(self._show_notes)
        self.add_button = KeyButton("Add note", kind="quiet", icon="plus").when_pressed(self._open)
        self.add_action(self.show_button.needs(desk.rights, Subject.SAFEGUARDING, Action.READ))
        self.add_action(self.add_button.needs(desk.rights, Subject.SAFEGUARDING, Action.ADD))
        self.words = WrappedLabel("", "muted")
        self.notes = Lines()
        self.form = SmallForm(
            lambda: (
                Field("words", "Note", NotesEditor(rows=3, most=8), hint="It cannot be changed later, only added to."),
            ),
            "Add note",
        )
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self.add_button.setFocus)
        for part in (self.words, self.notes, self.form):
            self.add(part)
        self.hide_notes()

    def show_record(self, shown: Shown) -> None:
        """How many there are now; notes that were shown stay while the record is the same."""
        if self._shown is None or self._shown.record.person.key != shown.record.person.key:
            self.hide_notes()
        self._shown = shown
        self.form.belongs_to(shown.record.person.key)
        self._say()

    def hide_notes(self) -> None:
        """Away with them."""
        self.notes.show_lines([])
        self._say()

    def _say(self) -> None:
        count = self._shown.record.safeguarding_notes if self._shown else 0
        shown = not self.notes.isHidden()
        if shown:
            self.words.setText("Shown until you leave this tab. That you looked is noted.")
        elif count:
            looks = who_looks(self._desk.rights, Subject.SAFEGUARDING)
            self.words.setText(f"{count_of(count, 'note')}, not shown. {looks}")
        else:
            self.words.setText("No safeguarding note.")
        self.show_button.setHidden(not count or shown)

    def _show_notes(self) -> None:
        if self._shown is None:
            return
        families, key = self._desk.services.families, self._shown.record.person.key

        def came(done: Done[tuple[SafeguardingNote, ...]]) -> None:
            self.notes.show_lines([line(apart(note.words), _written(note)) for note in reversed(done.value)])
            self._say()
            announce(self, self.words.text())
            self.add_button.setFocus()

        self._desk.change(self, lambda: families.show_safeguarding(key), came)

    def _open(self) -> None:
        self.form.open_form({"words": ""})

    def _save(self, values: dict[str, object]) -> None:
        if self._shown is None:
            return
        families, key, words = self._desk.services.families, self._shown.record.person.key, str(values["words"])

        def added(done: Done[SafeguardingNote]) -> None:
            self._desk.notices.inform(done.said)
            self.form.done()
            self.hide_notes()

        self._desk.change(self, lambda: families.safeguarding(key, words), added, self.form.refuse)


def _written(note: SafeguardingNote) -> str:
    return f"{apart(note.written_by)}, {long_day(local_day(note.written_at))} {local_clock(note.written_at)}"
