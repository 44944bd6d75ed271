"""Schools and other organisations: found, added, edited, closed with a successor, merged when two are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields as fields_of
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day, plain_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.organisations import NewOrganisation, Organisation, OrganisationFacts
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Vocabularies, Vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker, DayEditor, NotesEditor, TermPicker, TextEditor
from ui.kit.form import Field
from ui.kit.records import Column
from ui.kit.words import apart
from ui.lists.ask_card import Values
from ui.lists.panel import ListPanel, no_entry

NOTHING = "No school or organisation is on record yet. Those typed in a call, and those you add, appear here."
FACTS = tuple(field.name for field in fields_of(OrganisationFacts))


class OrganisationsPanel(ListPanel[Organisation]):
    """Those to check on top, then by name. `calls_wanted` is asked of the page."""

    subject = Subject.ORGANISATIONS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._lists = Vocabularies(())
        self._names: dict[UUID, str] = {}
        super().__init__(desk, "Schools and organisations", self._columns(), NOTHING, parent)
        self.add = self.add_button("Add", None, icon="plus", action=Action.ADD).when_pressed(self.ask_new)
        self.change_it = self.add_button("Edit", self.edit, "F2", "pencil")
        self.merge = self.add_button("Merge into…", self.ask_merge, "Ctrl+M")
        self.apart = self.add_button("Take apart", self._unmerge)
        self.close_it = self.add_button("Closed on…", self._ask_close)
        self.again = self.add_button("Open again", self._reopen)
        self.show_organisations((), self._lists)

    def show_organisations(self, organisations: Sequence[Organisation], lists: Vocabularies) -> None:
        """Show these."""
        self._lists = lists
        self._names = {one.key: one.name for one in organisations}
        self.show_records(sorted(organisations, key=lambda one: (not self.to_check(one), one.name.casefold())))

    def identity(self, record: Organisation) -> object:
        """Its key."""
        return record.key

    def searched(self, record: Organisation) -> str:
        """Name, town, postcode, URN."""
        return f"{record.name} {record.town} {record.postcode} {record.urn}"

    def to_check(self, record: Organisation) -> bool:
        """Typed during a call because it was not in the list."""
        return record.to_check and record.merged_into is None

    def follow(self, record: Organisation | None) -> str:
        """What can be done with this one."""
        buttons = (self.change_it, self.merge, self.apart, self.close_it, self.again)
        if no_entry(buttons, record) or record is None:
            return ""
        merged, closed = record.merged_into is not None, record.closed_on is not None
        self.merge.setVisible(not merged)
        self.apart.setVisible(merged)
        self.close_it.setVisible(not merged and not closed)
        self.again.setVisible(not merged and closed)
        return self._sentence(record)

    # -- what people do ------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Add one."""
        self.asking.ask("Add a school or organisation", "Add", self._fields(), {"name": self.filter.text()}, self._add)

    def edit(self, record: Organisation) -> None:
        """Change what is known of it; saving says that somebody has checked it."""
        note = "Saving says that it was checked." if record.to_check else ""
        values = {name: getattr(record, name) for name in FACTS}
        self.asking.ask(
            f"Edit “{record.name}”", "Save", self._fields(), values, partial(self._amend, record), note=note
        )

    def ask_merge(self, record: Organisation) -> None:
        """Ask which one it is in truth, and say what that means before it is done."""
        if record.merged_into is not None:
            return
        into = self._others(record)
        field = Field("into", "Is the same as", into, hint="Type to find it.", required=True)
        form = self.asking.ask(f"Merge “{record.name}” into another", "Merge", (field,), {},
                               partial(self._merge, record), note=" ")  # fmt: skip
        form.edited.connect(lambda _: self._tell_merge(record, into.value()))

    def _add(self, values: Values) -> None:
        desk = self.desk.services.organisations
        added = NewOrganisation(key=uuid4(), **_typed(values))

        def undo(done: Done[Organisation]) -> Callable[[], Done[Organisation]]:
            # nothing is deleted: it is offered to nobody from today on
            return partial(desk.close, done.value.key, done.value.version, _before(done.value, self._today()))

        self.change(partial(desk.add, added), undo, on=lambda done: done.value.key)

    def _amend(self, record: Organisation, values: Values) -> None:
        desk = self.desk.services.organisations
        facts = OrganisationFacts(**({name: getattr(record, name) for name in FACTS} | _typed(values)))
        before = facts_of(record)

        def undo(done: Done[Organisation]) -> Callable[[], Done[Organisation]]:
            return partial(desk.amend, record.key, done.value.version, before)

        self.change(partial(desk.amend, record.key, record.version, facts), undo)

    def _ask_close(self, record: Organisation) -> None:
        fields = (
            Field("closed_on", "Last day", DayEditor(self._today), required=True),
            Field("successor", "Taken over by", self._others(record), hint="May stay empty."),
        )
        note = "Old records keep it; calls after that day are not offered it."
        self.asking.ask(f"“{record.name}” closed", "Close", fields, {"closed_on": self._today()},
                        partial(self._close, record), note=note)  # fmt: skip

    def _close(self, record: Organisation, values: Values) -> None:
        desk, day, after = self.desk.services.organisations, values["closed_on"], str(values["successor"] or "")
        if not isinstance(day, date):
            if self.asking.form is not None:
                self.asking.form.show_problems({"closed_on": "Enter the last day it was open."})
            return

        def undo(done: Done[Organisation]) -> Callable[[], Done[Organisation]]:
            return partial(desk.reopen, record.key, done.value.version)

        work = partial(desk.close, record.key, record.version, day, UUID(after) if after else None)
        self.change(work, undo)

    def _reopen(self, record: Organisation) -> None:
        desk, day = self.desk.services.organisations, record.closed_on
        assert day is not None

        def undo(done: Done[Organisation]) -> Callable[[], Done[Organisation]]:
            return partial(desk.close, record.key, done.value.version, day, record.successor)

        self.change(partial(desk.reopen, record.key, record.version), undo)

    def _merge(self, record: Organisation, values: Values) -> None:
        desk, into = self.desk.services.organisations, str(values["into"] or "")
        if not into:
            if self.asking.form is not None:
                self.asking.form.show_problems({"into": "Choose which one it is."})
            return

        def undo(done: Done[Organisation]) -> Callable[[], Done[Organisation]]:
            return partial(desk.unmerge, record.key, done.value.version)

        self.change(partial(desk.merge, record.key, record.version, UUID(into)), undo)

    def _unmerge(self, record: Organisation) -> None:
        desk, into = self.desk.services.organisations, record.merged_into
        assert into is not None

        def undo(done: Done[Organisation]) -> Callable[[], Done[Organisation]]:
            return partial(desk.merge, record.key, done.value.version, into)

        self.change(partial(desk.unmerge, record.key, record.version), undo)

    def _tell_merge(self, record: Organisation, into: str) -> None:
        if not into:
            self.asking.say(" ")
            return
        other = self._names.get(UUID(into), "the other")
        services, selection = self.desk.services, Selection(organisation=record.key)
        after = f"are found under “{other}”. It is offered no more; this can be taken back at any time."
        if not self.desk.rights.may(Subject.CALLS):
            self.asking.say(f"From then on calls that name “{record.name}” {after}")
            return

        def said(count: int) -> None:
            calls = "1 call names" if count == 1 else f"{count:,} calls name"
            self.asking.say(f"{calls} “{record.name}”; from then on they {after}")

        self.desk.latest(self, "meaning", lambda: services.calls.count(selection), said)

    # -- fields and words ----------------------------------------------------------------------------------------------

    def _fields(self) -> tuple[Field, ...]:
        kind = TermPicker(Vocabulary.ORGANISATION_KIND)
        kind.offer(self._lists.offered(Vocabulary.ORGANISATION_KIND, on=self._today()))
        return (
            Field("name", "Name", TextEditor(limit=1_000), required=True),
            Field("kind", "Kind", kind),
            Field("urn", "URN", TextEditor(limit=20), hint="A school's five or six digits."),
            Field("phone", "Phone", TextEditor()),
            Field("email", "E-mail", TextEditor()),
            Field("town", "Town", TextEditor()),
            Field("postcode", "Postcode", TextEditor(limit=20)),
            Field("opened_on", "Opened on", DayEditor(self._today)),
            Field("note", "Note", NotesEditor(rows=2, most=6), wide=True),
        )

    def _others(self, record: Organisation) -> ChoicePicker:
        picker = ChoicePicker()
        others = [one for one in self.records() if one.key != record.key and one.merged_into is None]
        picker.offer([("", ""), *((str(one.key), _named(one)) for one in others)])
        return picker

    def _columns(self) -> tuple[Column[Organisation], ...]:
        return (
            Column("Name", lambda one: apart(one.name), least=240),
            Column("Kind", self._kind, width=150),
            Column("URN", lambda one: one.urn, width=80),
            Column("Town", lambda one: apart(one.town), width=130),
            Column("State", lambda one: "", state=self._state, width=110),
            Column("Counts as", self._counts_as, width=170),
        )

    def _kind(self, one: Organisation) -> str:
        return self._lists.label(Vocabulary.ORGANISATION_KIND, one.kind)

    def _counts_as(self, one: Organisation) -> str:
        return self._names.get(one.merged_into, "") if one.merged_into else ""

    def _state(self, one: Organisation) -> tuple[str, str] | None:
        if one.merged_into is not None:
            return "Merged", "neutral"
        if one.to_check:
            return "To check", "warning"
        return None if one.open_on(self._today()) else ("Closed", "neutral")

    def _sentence(self, one: Organisation) -> str:
        parts = [_named(one)]
        if one.phone or one.email:
            parts.append(" ".join(apart(part) for part in (one.phone, one.email) if part))
        if one.merged_into is not None:
            parts.append(f"Counts as {self._counts_as(one)}")
        if one.closed_on is not None:
            after = f", taken over by {self._names.get(one.successor, 'another')}" if one.successor else ""
            parts.append(f"Closed on {plain_day(one.closed_on)}{after}")
        if self.to_check(one):
            parts.append("Typed during a call: merge it into the right one, or edit it to say that it is right")
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


def facts_of(one: OrganisationFacts) -> OrganisationFacts:
    """Only what is known of it, without key and version."""
    return OrganisationFacts(**{name: getattr(one, name) for name in FACTS})


def _typed(values: Values) -> dict[str, Any]:
    typed: dict[str, Any] = {name: value for name, value in values.items() if name in FACTS}
    return typed | {"to_check": False}


def _named(one: Organisation) -> str:
    return ", ".join(apart(part) for part in (one.name, one.town, one.postcode) if part)


def _before(one: Organisation, today: date) -> date:
    return max(one.opened_on, today) if one.opened_on else today
