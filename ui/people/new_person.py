"""Somebody new: a few fields, who on record may be the same shown while one types, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import ContactKind, Known, PersonKind
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.families import PersonRecord, Relationship
from ppsdesk.domain.finding import Alike, Typed
from ppsdesk.domain.names import split_name
from ppsdesk.domain.people import (
    PERSON_FACTS,
    Address,
    ContactPoint,
    NewPerson,
    Person,
    PersonFacts,
    check_person,
    questions,
)
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import TermPicker
from ui.kit.flow import Flow
from ui.kit.form import Field, Form
from ui.kit.in_sight import keep_in_sight
from ui.kit.surfaces import Bar
from ui.kit.words import spaced
from ui.people import fields
from ui.people.question_bar import QuestionBar
from ui.who.alike_panel import AlikePanel

_ASKED = (
    "kind",
    "given_names",
    "family_name",
    "born_on",
    "known_as",
    "area",
    "language",
    "contacts",
    "addresses",
    "note",
)
_TELLING = {"given_names", "family_name", "known_as", "born_on", "contacts", "addresses"}
_PAUSE = 250  # milliseconds without a key


class NewPersonForm(QWidget):
    """`added` carries the key of who was put on record, `existing_wanted` key and name of somebody who was there.

    With a relative given, somebody new is tied to them in the same save. Escape closes; what was typed stays for the
    next time.
    """

    added = Signal(object)
    existing_wanted = Signal(object, str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._relative: PersonRecord | None = None
        self._key, self._tie_key = uuid4(), uuid4()
        self._different: set[UUID] = set()
        self._saving = False
        every = {field.name: field for field in fields.person_fields(self._today)}
        self.tie = TermPicker(Vocabulary.RELATIONSHIP)
        self.form = Form((Field("tie", "Relationship", self.tie, wide=True), *(every[name] for name in _ASKED)))
        self.trouble, self.question, self.alike = Bar("danger"), QuestionBar(), AlikePanel(self)
        self.alike.keys_in(self)
        self.alike.use_wanted.connect(self._use)
        self.alike.different_wanted.connect(self._different.add)
        self.save_button = KeyButton("Put on record", "Ctrl+Enter", "primary", "check").when_pressed(self.save)
        self.close_button = KeyButton("Close", "Esc", "quiet").when_pressed(self.close_form)
        column = QVBoxLayout(self)
        spaced(column, gap="m")
        for part in (self.trouble, self.question, self.alike, self.form):
            column.addWidget(part)
        row = Flow(gap="m")
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.form.submitted.connect(self.save)
        self.form.edited.connect(self._edited)
        self.question.accepted.connect(self.save)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._look_for_alike)
        self.hide()

    @property
    def has_unsaved(self) -> bool:
        """Whether it is open with something typed into it."""
        return not self.isHidden() and (self._saving or self.form.dirty)

    def begin(self, typed: Typed, lists: Vocabularies) -> None:
        """Open with what was typed into the box: digits to phone, a postcode to the address, the rest to the name."""
        self._open(_facts_of(typed), None, lists)

    def begin_tied(self, relative: PersonRecord, kind: PersonKind, lists: Vocabularies) -> None:
        """Open for somebody new who belongs to this person."""
        person = relative.person
        homes = [address for address in person.addresses if address.current_on(self._today())]
        same_home = kind is PersonKind.CHILD and len(homes) == 1
        facts = PersonFacts(
            kind=kind,
            family_name=person.family_name,
            area=person.area,
            language=person.language,
            addresses=tuple(_again(home) for home in homes) if same_home else (),
        )
        self._open(facts, relative, lists)

    def save(self) -> None:
        """Ctrl+Enter."""
        if self._saving:
            return
        try:
            new, tie = self._entered()
        except Invalid as error:
            self.form.show_problems(error.problems)
            return
        self.form.clear_problems()
        if not self.question.ask(questions(new, today=self._today()), new):
            self._add(new, tie)

    def close_form(self) -> None:
        """Put it away; what was typed is there again next time."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def put_away(self) -> None:
        """Put it away empty, for somebody else."""
        self._key, self._tie_key = uuid4(), uuid4()
        self._different.clear()
        self.alike.show_alike(())
        self.trouble.clear()
        self.question.clear()
        self.form.set_clean()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is looked for any more."""
        super().hideEvent(event)
        self._soon.stop()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _open(self, facts: PersonFacts, relative: PersonRecord | None, lists: Vocabularies) -> None:
        same = (relative.person.key if relative else None) == (self._relative.person.key if self._relative else None)
        self._relative = relative
        for name, vocabulary in (("area", Vocabulary.AREA), ("language", Vocabulary.LANGUAGE),
                                 ("tie", Vocabulary.RELATIONSHIP)):  # fmt: skip
            editor = self.form.editor(name)
            assert isinstance(editor, TermPicker)
            editor.offer(lists.offered(vocabulary, on=self._today()), self._today())
        self.form.show_field("tie", relative is not None)
        if not (same and self.form.dirty):
            self.put_away()
            held = {name: getattr(facts, name) for name in _ASKED}
            self.form.set_values({**dict.fromkeys(self.form.names()), **held, "tie": None})
        self.show()
        self.form.focus_field("tie" if relative else "given_names")
        keep_in_sight(self)
        self._look_for_alike()

    def _entered(self) -> tuple[NewPerson, Relationship | None]:
        """Who was typed, and their tie. Raises `Invalid` with words for each field."""
        values = self.form.values()
        tie = values.pop("tie")
        said: dict[str, Any] = {name: value for name, value in values.items() if name in PERSON_FACTS}
        new = NewPerson(key=self._key, **said)
        if self._relative is not None and not tie:
            raise Invalid({"tie": f"Choose what {_tied_words(self._relative, new)}."})
        check_person(new, now=self._desk.services.clock())
        return new, _tie_of(self._relative, new, str(tie), self._tie_key) if self._relative else None

    def _add(self, new: NewPerson, tie: Relationship | None) -> None:
        services, different = self._desk.services, tuple(self._different)

        def work() -> Done[Person]:
            # each has its key from the beginning: done again after half of it failed, nothing is there twice
            done = services.people.add(new)
            touched = done.touched
            if tie is not None:
                touched |= services.families.relate(tie).touched
            for other in different:
                touched |= services.people.not_same(new.key, other).touched
            return Done(done.value, touched, said=done.said)

        def added(done: Done[Person]) -> None:
            self._busy(False)
            self._desk.notices.undoable(done.said, self._removing(done.value))
            self.put_away()
            self.closed.emit()
            self.added.emit(done.value.key)

        def refused(error: DeskError) -> None:
            self._busy(False)
            if isinstance(error, Invalid):
                self.form.show_problems(error.problems)
            else:
                self.trouble.say(f"Not saved. {error.sentence}", "danger")

        self._busy(True)
        self._desk.change(self, work, added, refused)

    def _removing(self, person: Person) -> Callable[[], None]:
        desk, people = self._desk, self._desk.services.people
        return lambda: desk.change(desk, lambda: people.remove(person.key, person.version), _said(desk))

    def _use(self, key: UUID) -> None:
        name = next((one.name for one in self.alike.alike() if one.person == key), "")
        self.put_away()
        self.closed.emit()
        self.existing_wanted.emit(key, name)

    def _edited(self, name: str) -> None:
        if name in _TELLING:
            self._soon.start()

    def _look_for_alike(self) -> None:
        self._soon.stop()
        facts = self._readable()
        if not (facts.given_names or facts.family_name or facts.contacts):
            self.alike.show_alike(())
            return
        people = self._desk.services.people
        self._desk.latest(self, "alike", lambda: people.alike(facts), self._show_alike, lambda error: None)

    def _readable(self) -> PersonFacts:
        """What can be read already."""
        held = {name: self.form.editor(name) for name in _TELLING}
        said: dict[str, Any] = {name: editor.value() for name, editor in held.items() if not editor.trouble()}
        return PersonFacts(**said)

    def _show_alike(self, alike: tuple[Alike, ...]) -> None:
        if not self.isHidden():
            self.alike.show_alike([one for one in alike if one.person not in self._different])

    def _busy(self, busy: bool) -> None:
        self._saving = busy
        self.form.setEnabled(not busy)
        self.save_button.setEnabled(not busy)
        if busy:
            self.trouble.clear()

    def _today(self) -> date:
        return local_day(self._desk.services.clock())


def _facts_of(typed: Typed) -> PersonFacts:
    given, family = split_name(typed.name)
    contacts = [(ContactKind.PHONE, typed.phone), (ContactKind.EMAIL, typed.email)]
    return PersonFacts(
        given_names=given,
        family_name=family,
        born_on=typed.born_on,
        contacts=tuple(ContactPoint(key=uuid4(), kind=kind, value=value) for kind, value in contacts if value),
        addresses=(Address(key=uuid4(), postcode=typed.postcode),) if typed.postcode else (),
    )


def _again(address: Address) -> Address:
    """The same address, for somebody else who lives there."""
    return Address(key=uuid4(), lines=address.lines, town=address.town, postcode=address.postcode,
                   no_fixed_address=address.no_fixed_address)  # fmt: skip


def _tied_words(relative: PersonRecord, new: PersonFacts) -> str:
    if new.kind is PersonKind.CHILD and relative.person.kind is not PersonKind.CHILD:
        return f"{relative.person.name} is to this child"
    return f"this person is to {relative.person.name}"


def _tie_of(relative: PersonRecord, new: NewPerson, kind: str, key: UUID) -> Relationship:
    grown_up = new.kind is PersonKind.CHILD and relative.person.kind is not PersonKind.CHILD
    person, other = (relative.person.key, new.key) if grown_up else (new.key, relative.person.key)
    lives = Known.YES if grown_up and new.addresses else Known.NOT_KNOWN
    return Relationship(key=key, person=person, other=other, kind=TermCode(kind), lives_with=lives)


def _said(desk: Desk) -> Callable[[Done[Any]], None]:
    return lambda done: desk.notices.inform(done.said)
