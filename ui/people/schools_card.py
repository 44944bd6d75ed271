"""Schools over time, or where a professional works: the present one first, those before it quietly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import PersonKind
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.families import Affiliation, Attendance
from ppsdesk.domain.organisations import NewOrganisation
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import DayEditor, TextEditor
from ui.kit.form import Field
from ui.kit.surfaces import Card
from ui.kit.words import WrappedLabel, apart
from ui.people.doing import do
from ui.people.parts import Lines, Shown, line
from ui.people.small_form import SmallForm
from ui.people.wording import span_words
from ui.who.organisation_tokens import OrganisationTokens


class SchoolsCard(Card):
    """Each with its days; one that ended is ended, not deleted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("School", parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.add_button = KeyButton("Add school", kind="quiet", icon="plus").when_pressed(self._open)
        self.add_action(self.add_button.needs(desk.rights, Subject.FAMILIES, Action.ADD))
        self.nothing = WrappedLabel("", "muted")
        self.form = SmallForm(
            lambda: (
                Field("organisation", "Name", OrganisationTokens(desk), required=True),
                Field("role", "As", TextEditor(placeholder="Year 3, SENCO")),
                Field("valid_from", "From", DayEditor(self._today)),
                Field("valid_to", "Until", DayEditor(self._today)),
            ),
            "Add",
        )
        self.form.wanted.connect(self._save)
        self.form.closed.connect(self._closed)
        self.lines = Lines()
        for part in (self.nothing, self.form, self.lines):
            self.add(part)

    def show_record(self, shown: Shown) -> None:
        """As it now is."""
        self._shown = shown
        self.form.belongs_to(shown.record.person.key)
        child = shown.record.person.kind is PersonKind.CHILD
        self.title.setText("School" if child else "Schools and organisations")
        self.add_button.setText("Add school" if child else "Add")
        self.add_button.setAccessibleName("Add school" if child else "Add school or organisation")
        self.nothing.setText("No school yet." if child else "None.")
        self.nothing.setHidden(bool(shown.record.attendances))
        held = sorted(shown.record.attendances, key=_order, reverse=True)
        self.lines.show_lines([self._line(attendance, shown.today) for attendance in held])

    def _line(self, attendance: Attendance, today: date) -> QWidget:
        held, organisation = attendance.affiliation, attendance.organisation
        past = held.valid_to is not None and held.valid_to < today
        when = span_words(held.valid_from, held.valid_to, today)
        check = "to check" if organisation.to_check else ""
        under = "; ".join(part for part in (apart(held.role), when, check) if part)
        if past:
            return line(apart(organisation.name), under, quiet=True)
        end = KeyButton("End", kind="quiet").needs(self._desk.rights, Subject.FAMILIES, Action.CHANGE)
        end.setAccessibleName(f"End {organisation.name} today")
        end.when_pressed(lambda: self._end(held))
        return line(apart(organisation.name), under, None, end)

    @property
    def box(self) -> OrganisationTokens:
        """The field for the organisation."""
        return self.form.form.editor("organisation")  # type: ignore[return-value]  # declared so above

    def _open(self) -> None:
        self.box.on(self._today())
        self.form.open_form({"organisation": (), "role": "", "valid_from": None, "valid_to": None})

    def _closed(self) -> None:
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, values: dict[str, Any]) -> None:
        keys: tuple[UUID, ...] = values["organisation"]
        if self._shown is None or len(keys) != 1:
            words = "Choose one school or organisation." if keys else "Choose the school or organisation."
            self.form.refuse(Invalid({"organisation": words}))
            return
        new, services = self.box.new_organisations(), self._desk.services
        held = Affiliation(
            key=uuid4(),
            person=self._shown.record.person.key,
            organisation=keys[0],
            role=values["role"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
        )
        do(
            self._desk,
            self,
            lambda: _attend(services, new, held),
            lambda kept: services.families.remove_affiliation(kept.key, kept.version),
            then=self.form.done,
            failed=self.form.refuse,
        )

    def _end(self, held: Affiliation) -> None:
        families, today = self._desk.services.families, self._today()
        do(
            self._desk,
            self,
            lambda: families.amend_affiliation(replace(held, valid_to=max(today, held.valid_from or today))),
            lambda now: families.amend_affiliation(replace(held, version=now.version)),
        )
        self._closed()

    def _today(self) -> date:
        return local_day(self._desk.services.clock())


def _attend(services: Any, new: tuple[NewOrganisation, ...], held: Affiliation) -> Done[Affiliation]:
    touched = frozenset().union(*(services.organisations.add(one).touched for one in new))
    done: Done[Affiliation] = services.families.attend(held)
    return Done(done.value, done.touched | touched, said=done.said)


def _order(attendance: Attendance) -> tuple[date, date]:
    held = attendance.affiliation
    return held.valid_to or date.max, held.valid_from or date.min
