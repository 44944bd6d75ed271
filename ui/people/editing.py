"""The record of a person while it is being changed, in place: nothing typed is lost, nothing of others overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import clock_to_the_second, local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.errors import Conflict, DeskError, Invalid
from ppsdesk.domain.people import Person, PersonFacts, check_person, facts_of_person, questions
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.vocabulary import Vocabularies
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.form import Form
from ui.kit.in_sight import keep_in_sight
from ui.kit.page_body import PageBody
from ui.kit.save_state import SaveState
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.two_versions import TwoVersionsDialog
from ui.kit.words import spaced
from ui.people import fields
from ui.people.question_bar import QuestionBar
from ui.people.versions import choices_of, chosen_facts


class PersonEditing(QWidget):
    """`saved` carries the person as they now are; `closed` when the form is put away; `taken_up` the key of the person
    whose unsaved changes somebody wants back.

    `leave` is how one goes away: what is not saved is asked about in a bar, never dropped in silence.
    """

    saved = Signal(object)
    closed = Signal()
    taken_up = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.person: Person | None = None
        self._before: fields.Values = {}
        self._lists = Vocabularies(())
        self._saving = False
        self._go: Callable[[], None] | None = None
        self.form = Form(fields.person_fields(self._today))
        self.trouble, self.unsaved, self.question = Bar("danger"), Bar("warning"), QuestionBar()
        self.state = SaveState()
        self.save_button = KeyButton("Save", "Ctrl+Enter", "primary", "check").when_pressed(self.save)
        self.stop_button = KeyButton("Stop editing", "Esc", "quiet").when_pressed(self.stop)
        column = QVBoxLayout(self)
        spaced(column, gap="m")
        for bar in (self.trouble, self.unsaved, self.question):
            column.addWidget(bar)
        card, top = Card(), QWidget()
        self.above = QVBoxLayout(top)  # the banner's place in a low window
        spaced(self.above, gap="")
        below = QWidget()
        self._below = QVBoxLayout(below)
        spaced(self._below, gap="")
        card.add(page_scroll(PageBody(top, self.form, below)), 1)
        column.addWidget(card, 1)
        self._column = column
        self.remove_button = KeyButton("Remove record", kind="quiet")
        for button in (self.save_button, self.remove_button):
            button.needs(desk.rights, Subject.PEOPLE, Action.CHANGE)
        self._foot = QWidget()
        foot = Flow(self._foot, gap="m")
        for part in (self.save_button, self.stop_button, self.state, self.remove_button):
            foot.addWidget(part)
        column.addWidget(self._foot)
        self.form.edited.connect(self._edited)
        self.form.submitted.connect(self.save)
        self.question.accepted.connect(self.save)
        self.state.clear()

    @property
    def has_unsaved(self) -> bool:
        """Whether the form differs from the record."""
        return self.person is not None and (self._saving or self.form.dirty)

    def begin(self, person: Person, lists: Vocabularies, *, at: str = "") -> None:
        """Show the person to be changed, with the keyboard in a field."""
        self.person, self._lists = person, lists
        fields.offer_lists(self.form, lists, self._today())
        self._show(person)
        self.form.focus_field(at or "given_names")
        keep_in_sight(self.form)

    def save(self) -> None:
        """Ctrl+Enter."""
        person = self.person
        if person is None or self._saving:
            return
        if not self.form.dirty:
            self._close()
            return
        try:
            yours = fields.amended(facts_of_person(person), self._before, self.form.values())
            check_person(yours, now=self._desk.services.clock())
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        self.form.clear_problems()
        today = self._today()
        known = questions(facts_of_person(person), today=today)  # as it is on record: said before
        asked = {name: words for name, words in questions(yours, today=today).items() if words != known.get(name)}
        if not self.question.ask(asked, yours):
            self._amend(person, yours)

    def stop(self) -> None:
        """Esc: put the form away."""
        self.leave(lambda: None)

    def leave(self, go: Callable[[], None]) -> None:
        """Put the form away and go: at once if all is saved, otherwise when the person has said what to do."""
        self._go = go
        if not self.has_unsaved:
            self._close()
            return
        self.unsaved.say("What you changed in this record is not saved yet.", "warning")
        self.unsaved.add_button("Save", self.save, "Ctrl+Enter", kind="")
        self.unsaved.add_button("Leave it", self._leave_it)
        self.unsaved.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_foot(self, *, fixed: bool) -> None:
        """The buttons always in sight, or at the end of the form where the window is low."""
        (self._column if fixed else self._below).addWidget(self._foot)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _amend(self, before: Person, wanted: PersonFacts) -> None:
        services = self._desk.services

        def not_saved(error: DeskError) -> None:
            self._busy(False)
            if isinstance(error, Conflict) and isinstance(error.theirs, Person):
                self._meet(error, error.theirs, wanted)
            elif isinstance(error, Invalid):
                self.form.show_problems(error.problems)
            else:
                self.state.failed("Not saved")
                self.trouble.say(f"Not saved. {error.sentence}", "danger")
                self.trouble.add_button("Try now", self.save, "Ctrl+Enter", kind="")

        def amended(done: Done[Person]) -> None:
            self._busy(False)
            self.state.saved(clock_to_the_second(services.clock()))
            self._desk.notices.undoable(done.said, restoring(self._desk, facts_of_person(before), done.value))
            self._show(done.value)
            self.saved.emit(done.value)
            self._close()

        self._busy(True)
        self._desk.change(self, lambda: services.people.amend(before.key, before.version, wanted), amended, not_saved)

    def _meet(self, error: Conflict, theirs: Person, yours: PersonFacts) -> None:
        assert self.person is not None
        self.state.failed("Not saved yet")
        self.trouble.say(f"{error.message} Your version is still here, not saved yet.", "danger")
        self.trouble.add_button("Compare again", self.save, "Ctrl+Enter", kind="")
        before, saved = facts_of_person(self.person), facts_of_person(theirs)
        dialog = TwoVersionsDialog(
            choices_of(before, saved, yours, self._lists), thing="record", who=error.message, parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._amend(theirs, chosen_facts(saved, yours, dialog.mine())))
        dialog.open()

    def _leave_it(self) -> None:
        person, content, lists = self.person, self.form.content(), self._lists
        assert person is not None

        def take_up() -> None:
            self.begin(person, lists)
            self.form.restore(content)
            self.state.not_saved()
            self.show()
            self.taken_up.emit(person.key)

        self._show(person)
        self._desk.notices.undoable("Your changes to the record were left unsaved.", take_up)
        self._close()

    def _show(self, person: Person) -> None:
        self.person = person
        self.trouble.clear()
        self.unsaved.clear()
        self.question.clear()
        self.form.set_values(fields.values_of(person))
        self._before = self.form.values()

    def _close(self) -> None:
        go, self._go = self._go, None
        self.unsaved.clear()
        self.state.clear()
        self.person = None
        self.closed.emit()
        if go is not None:
            go()

    def _edited(self, name: str) -> None:
        if self.form.dirty:
            self.state.not_saved()
        else:
            self.state.clear()
            self.unsaved.clear()

    def _busy(self, busy: bool) -> None:
        self._saving = busy
        self.form.setEnabled(not busy)
        self.save_button.setEnabled(not busy)
        if busy:
            self.trouble.clear()
            self.state.saving()

    def _today(self) -> date:
        return local_day(self._desk.services.clock())


def restoring(desk: Desk, before: PersonFacts, now: Person) -> Callable[[], None]:
    """What takes a change back; refused where somebody else went on from it."""
    services = desk.services

    def restored(done: Done[Person]) -> None:
        desk.notices.inform("The change was taken back.")

    return lambda: desk.change(desk, lambda: services.people.amend(now.key, now.version, before), restored)
