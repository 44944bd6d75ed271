"""The people of a call in the pad: who it is, what to mind with them, what is known, and who may be the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.errors import DeskError
from ppsdesk.domain.families import PersonRecord
from ppsdesk.domain.finding import Found, Typed
from ppsdesk.domain.names import split_name
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import TermCode
from ui.calls import fields
from ui.calls.alike_search import AlikeSearch
from ui.calls.brought import kind_of_caller, relation_of
from ui.calls.call_form import CallForm
from ui.calls.caller_facts import is_to_be_recorded, reference_of
from ui.calls.caller_side import CallerSide
from ui.calls.caller_wishes import CallerWishes
from ui.calls.known_caller import Before, children_of, phone_of, read_before
from ui.calls.presets import Presets
from ui.kit.desk import Desk
from ui.kit.enter import ENTER
from ui.who.who import Who

if TYPE_CHECKING:
    from ui.calls.stages_editor import ChildStages
    from ui.who.child_chips import ChildChips
    from ui.who.organisation_tokens import OrganisationTokens


class PadPeople(QObject):
    """Listens to the form's one box, fills what is known, and moves the keyboard on.

    `key` gives the key of the call. `known` when something is known of a person, or no longer.
    """

    known = Signal()

    def __init__(self, desk: Desk, form: CallForm, side: CallerSide, key: Callable[[], UUID]) -> None:
        super().__init__(form)
        self._desk, self._form, self._side, self._key = desk, form, side, key
        self._presets = Presets(form)
        self.record: PersonRecord | None = None
        self.before: Before | None = None
        self._split: tuple[str, str] = ("", "")
        self.alike = AlikeSearch(desk, form, side, key)
        self.alike.use_wanted.connect(self.call_about)
        self._wishes = CallerWishes(desk, side, self._whose)
        self._wishes.changed.connect(self._read_again)
        form.box.chosen.connect(self._chosen)
        form.box.typed_new.connect(self._typed_new)
        form.box.cleared.connect(self._cleared)
        form.edited.connect(self._edited)
        self._children.keys.installEventFilter(self)
        who = form.box.value()
        if who is not None and who.typed is not None and not form.box.keys.hasFocus():
            self._typed_new(who.typed)  # left before the other fields were there

    # -- what the pad asks of it ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Nobody: an empty pad."""
        self._presets.forget()
        self._forget_person()
        self.alike.not_same = set()
        self._split = ("", "")
        self.alike.clear()
        self._show_new(False)
        self._show_reference()

    def rest(self) -> None:
        """Look for nobody any more."""
        self.alike.clear()

    def put_back(self, not_same: set[UUID]) -> None:
        """A draft was put back into an empty pad: show what belongs to whom it names; nothing is filled or emptied."""
        self._presets.forget()
        self.alike.not_same = not_same
        self._show_new(False)
        who = self._form.box.value()
        if isinstance(who, Who) and who.person is not None:
            self._look(who.person, fill=False)
        elif isinstance(who, Who) and who.is_new:
            self._split = tuple(str(self._form.editor(name).value()) for name in fields.NEW_CALLER[:2])  # type: ignore[assignment]  # two names
            self._show_new(True)
            self.alike.soon(0)
        self._show_reference()

    def call_about(self, person: UUID, name: str) -> None:
        """Put somebody on record into the box, as if they had been taken from the list."""
        self._form.box.choose(Found(person=person, kind=PersonKind.ADULT, name=name))

    # -- who it is -----------------------------------------------------------------------------------------------------

    def _chosen(self, found: Found) -> None:
        self._form.complete()
        self._presets.take_back()
        self._show_new(False)
        self.alike.clear()
        if found.person is not None:
            self._look(found.person, fill=True)
            self._form.focus_field("children")
            return
        self._forget_person()
        self._form.editor("anonymous").set_value(True)
        self._look_up_reference(found.reference)
        self._form.focus_field("topics")

    def _typed_new(self, typed: Typed) -> None:
        self._form.complete()
        self._presets.take_back()
        self._forget_person()
        given, family = split_name(typed.name)
        for name, before, now in zip(fields.NEW_CALLER, self._split, (given, family), strict=False):
            editor = self._form.editor(name)
            if editor.value() in ("", before):
                editor.set_value(now)
        self._split = (given, family)
        for name, value in (("phone", typed.phone), ("new_postcode", typed.postcode)):
            self._presets.put(name, value)
        self._show_new(True)
        self.alike.soon(0)

    def _cleared(self) -> None:
        self._form.complete()
        self._presets.take_back()
        self._forget_person()
        for name in fields.NEW_CALLER:
            self._form.editor(name).set_value(None)
        self._split = ("", "")
        self._show_new(False)
        self.alike.clear()

    def _forget_person(self) -> None:
        self.record, self.before = None, None
        self._desk.latest(self, "person", _nothing, _ignore)  # an answer on its way is nobody's any more
        if self._form.is_complete:
            self._children.offer((), self._form.today())
            self._schools.suggest(())
        self._side.show_record(None, self._form.today())
        self.known.emit()

    # -- what is known -------------------------------------------------------------------------------------------------

    def _look(self, person: UUID, *, fill: bool) -> None:
        services = self._desk.services

        def read() -> PersonRecord:
            return services.people.record(person)

        def came(record: PersonRecord) -> None:
            self._came(record, fill=fill)

        self._desk.latest(self, "person", read, came)

    def _came(self, record: PersonRecord, *, fill: bool) -> None:
        today, services = self._form.today(), self._desk.services
        self.record = record
        self._side.banner.know(self._form.lists)
        self._side.show_record(record, today)
        self._form.order_tabs()
        if fill:
            self._children.offer(children_of(record), today)
            self._presets.put("phone", phone_of(record.person, today))
            self._presets.put("area", record.person.area)
            self._presets.put("caller_kind", kind_of_caller(record.person, record.ties, None, today))

        def read() -> Before:
            return read_before(services, record, today)

        def came(before: Before) -> None:
            self._before_came(record, before, fill=fill)

        self.known.emit()
        self._desk.latest(self, "person", read, came)

    def _before_came(self, record: PersonRecord, before: Before, *, fill: bool) -> None:
        self.before = before
        if fill:
            last = before.kind_of(record.person.key)
            self._presets.put("caller_kind", kind_of_caller(record.person, record.ties, last, self._form.today()))
            self._fill_schools()
            self._stages.know(before.stages(self._form.lists))
        self.known.emit()

    def _fill_schools(self) -> None:
        """The school of the children it is about, and of the caller who works there."""
        if self.before is None or self.record is None:
            return
        keys = self._children.value().keys
        people = (self.record.person.key, *keys) if self.record.person.kind is PersonKind.PROFESSIONAL else keys
        schools = {school.key: school for person in people for school in self.before.schools.get(person, ())}
        self._schools.suggest(tuple(schools.values()))
        self._presets.put("organisations", tuple(schools))

    def _look_up_reference(self, reference: str) -> None:
        """Somebody quoted it: their kind is as in the call before."""
        services = self._desk.services

        def read() -> TermCode | None:
            ids = services.calls.ids(Selection(reference=reference), limit=1)
            return services.calls.get(ids[0]).caller_kind if ids else None

        def came(kind: TermCode | None) -> None:
            self._presets.put("caller_kind", kind or fields.ANONYMOUS)

        self._desk.latest(self, "person", read, came)

    # -- somebody new --------------------------------------------------------------------------------------------------

    def _show_new(self, shown: bool) -> None:
        if self._form.is_complete:
            for name in fields.NEW_CALLER:
                self._form.show_field(name, shown)
            self._follow_relation()

    def _follow_relation(self) -> None:
        """What the caller is to a new child: asked only where both will be on record."""
        who, children = self._form.box.value(), self._children.value()
        values = {name: self._form.editor(name).value() for name in (*fields.NEW_CALLER, "phone", "anonymous")}
        values["caller"] = who
        there = (isinstance(who, Who) and who.person is not None) or is_to_be_recorded(values)
        shown = bool(children.new) and there
        if shown:
            self._presets.put("relation", relation_of(self._form.editor("caller_kind").value()))
        self._form.show_field("relation", shown)

    # -- without a name ------------------------------------------------------------------------------------------------

    def _show_reference(self) -> None:
        if not self._form.is_complete:
            return
        values = {name: self._form.editor(name).value() for name in ("caller", "anonymous")}
        reference = reference_of(values, self._key())
        if not reference and not self._side.is_made:
            return
        who = values["caller"]
        self._side.reference.show_reference(reference, quoted=isinstance(who, Who) and bool(who.reference))

    def _anonymous_ticked(self) -> None:
        """By the key: nobody has a name to give, and what the call is about comes next."""
        self._show_reference()
        tick = self._form.editor("anonymous")
        if not tick.value():
            self._presets.take_back()
            return
        self._presets.put("caller_kind", fields.ANONYMOUS)
        if tick.keys.hasFocus():
            self._form.focus_field("topics")

    # -- inside --------------------------------------------------------------------------------------------------------

    @property
    def _children(self) -> ChildChips:
        return self._form.editor("children")  # type: ignore[return-value]  # declared so in `fields`

    @property
    def _schools(self) -> OrganisationTokens:
        return self._form.editor("organisations")  # type: ignore[return-value]  # declared so in `fields`

    @property
    def _stages(self) -> ChildStages:
        return self._form.editor("stages")  # type: ignore[return-value]  # declared so in `fields`

    def _whose(self) -> PersonRecord | None:
        return self.record

    def _read_again(self, person: UUID) -> None:
        if self.record is not None and self.record.person.key == person:
            self._look(person, fill=False)

    def _edited(self, name: str) -> None:
        if not self._form.is_complete:
            return
        if name in (*fields.NEW_CALLER, "phone") and self._form.box.value():
            self.alike.soon()
        if name == "children":
            self._fill_schools()
        if name in ("children", "caller_kind", "caller"):
            self._follow_relation()
        if name == "anonymous":
            self._anonymous_ticked()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter after the children of somebody on record goes to the topics: their school is known."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in ENTER
            if enter and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier:
                children, who = self._children, self._form.box.value()
                known = isinstance(who, Who) and who.person is not None and not children.value().new
                if known and not children.line.text():
                    self._form.focus_field("topics")
                    return True
        return super().eventFilter(watched, event)


def _nothing() -> None:
    return None


def _ignore(error: DeskError | None) -> None:
    """Nobody waits for it: people who may be the same are a help, never a hindrance."""
