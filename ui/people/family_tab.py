"""Who belongs to whom: several adults, several homes, each tie with what may be told; nothing is a household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import Known, PersonKind
from ppsdesk.domain.families import Relationship, Tie
from ppsdesk.domain.rights import Action, Subject
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.flow import Flow
from ui.kit.row_list import Row, RowList
from ui.kit.surfaces import Card
from ui.kit.tab_order import tab_in_order
from ui.kit.words import WrappedLabel, apart, no_access_key
from ui.people.doing import do
from ui.people.new_person import NewPersonForm
from ui.people.parts import Shown, Tab
from ui.people.tie_form import TieForm
from ui.people.wording import age_words, known_words, relation_words
from ui.who.one_box import Who


class FamilyTab(Tab):
    """The ties as a list; Enter opens the other person (`person_wanted`)."""

    person_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Shown | None = None
        self.card = Card("Family and others")
        self.add_button = KeyButton("Add tie", kind="quiet", icon="plus").when_pressed(self._add)
        self.new_button = KeyButton("New child", kind="quiet", icon="user-plus").when_pressed(self._new)
        self.card.add_action(self.add_button.needs(desk.rights, Subject.FAMILIES, Action.ADD))
        self.card.add_action(self.new_button.needs(desk.rights, Subject.PEOPLE, Action.ADD))
        self.nothing = WrappedLabel(
            "Nobody yet. A tie says who is what to whom, who lives with whom, and who may be told.", "muted"
        )
        self._form: TieForm | None = None
        self._new_form: NewPersonForm | None = None
        self.rows = RowList("Family and others", fitting=True)
        self.rows.opened.connect(self._open)
        self.rows.chosen.connect(self._chosen)
        self.doing = QWidget()
        flow = Flow(self.doing, gap="s")
        self.open_button = KeyButton("Open", "Enter").when_pressed(self._open_chosen)
        self.change_button = KeyButton("Change", kind="quiet").when_pressed(self._change)
        self.end_button = KeyButton("End today", kind="quiet").when_pressed(self._end)
        self.remove_button = KeyButton("Remove", kind="quiet").when_pressed(self._remove)
        for button in (self.open_button, self.change_button, self.end_button, self.remove_button):
            flow.addWidget(button)
            if button is not self.open_button:
                button.needs(desk.rights, Subject.FAMILIES, Action.CHANGE)
        for part in (self.nothing, self.rows, self.doing):
            self.card.add(part)
        self.column.addWidget(self.card)

    @property
    def form(self) -> TieForm:
        """One tie, built when it is first asked for."""
        if self._form is None:
            self._form = TieForm(self._desk)
            self._form.wanted.connect(self._save)
            self._form.closed.connect(self.focus_first)
            self._form.belongs_to(self._shown.record.person.key if self._shown else None)
            self._over_the_list(self._form)
        return self._form

    @property
    def new(self) -> NewPersonForm:
        """Somebody new, built when it is first asked for."""
        if self._new_form is None:
            self._new_form = NewPersonForm(self._desk)
            self._new_form.closed.connect(self.focus_first)
            self._new_form.existing_wanted.connect(self._tie_with)
            self._over_the_list(self._new_form)
        return self._new_form

    def _over_the_list(self, form: QWidget) -> None:
        self.card.body.insertWidget(self.card.body.indexOf(self.rows), form)
        form.stackUnder(self.rows)
        tab_in_order((form,), at=form)

    def show_record(self, shown: Shown) -> None:
        """As it now is."""
        other = self._shown is not None and self._shown.record.person.key != shown.record.person.key
        self._shown = shown
        if self._form is not None:
            self._form.belongs_to(shown.record.person.key)
        if other and self._new_form is not None:
            self._new_form.put_away()
        ties = sorted(shown.record.ties, key=lambda tie: _order(tie, shown.today))
        self.rows.show_rows([tie_row(tie, shown) for tie in ties], keep=True)
        self.nothing.setHidden(bool(ties))
        self.rows.setHidden(not ties)
        self.new_button.setText("New parent or carer" if self._is_child() else "New child")
        self._chosen(self.rows.current_key())

    def focus_first(self) -> None:
        """The keyboard into the list, or to what would fill it."""
        (self.rows if self.rows.rows.rows else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what people do ------------------------------------------------------------------------------------------------

    def _tie(self) -> Tie | None:
        key = self.rows.current_key()
        ties = self._shown.record.ties if self._shown else ()
        return next((tie for tie in ties if tie.relationship.key == key), None)

    def _chosen(self, key: object) -> None:
        tie = self._tie()
        self.doing.setHidden(tie is None)
        if tie is not None:
            name = no_access_key(tie.other_name)
            for button, verb in ((self.open_button, "Open"), (self.change_button, "Change the tie with"),
                                 (self.end_button, "End today the tie with"),
                                 (self.remove_button, "Remove the tie with")):  # fmt: skip
                button.setAccessibleName(f"{verb} {name}")
            ended = tie.relationship.valid_to is not None and tie.relationship.valid_to <= self._today()
            self.end_button.setHidden(ended)

    def _open(self, key: object) -> None:
        tie = self._tie()
        if tie is not None:
            self.person_wanted.emit(tie.other)

    def _open_chosen(self) -> None:
        self._open(self.rows.current_key())

    def _add(self) -> None:
        if self._shown is not None:
            self.form.begin(self._shown)

    def _change(self) -> None:
        tie = self._tie()
        if tie is not None and self._shown is not None:
            self.form.begin(self._shown, tie)

    def _save(self, values: object) -> None:
        tie = self.form.relationship()
        if tie is None:
            return
        families, before = self._desk.services.families, self.form.before

        def work() -> Done[Relationship]:
            return families.relate(tie) if before is None else families.amend_relationship(tie)

        def undo(kept: Relationship) -> Done[Relationship]:
            if before is None:
                return families.remove_relationship(kept.key, kept.version)
            return families.amend_relationship(replace(before, version=kept.version))

        do(self._desk, self, work, undo, then=self.form.done, failed=self.form.refuse)

    def _end(self) -> None:
        tie = self._tie()
        if tie is not None:
            families, ending = self._desk.services.families, tie.relationship
            do(
                self._desk,
                self,
                lambda: families.end_relationship(ending.key, ending.version),
                _back_to(self._desk, ending),
            )
            self.focus_first()

    def _remove(self) -> None:
        tie = self._tie()
        if tie is not None:
            families, gone = self._desk.services.families, tie.relationship
            do(
                self._desk,
                self,
                lambda: families.remove_relationship(gone.key, gone.version),
                lambda now: families.put_back_relationship(now.key, now.version),
            )
            self.focus_first()

    def _new(self) -> None:
        if self._shown is not None:
            kind = PersonKind.ADULT if self._is_child() else PersonKind.CHILD
            self.new.begin_tied(self._shown.record, kind, self._shown.lists)

    def _tie_with(self, key: object, name: str) -> None:
        """Somebody who was on record already: only the tie is new."""
        if self._shown is not None and isinstance(key, UUID):
            self.form.begin(self._shown)
            self.form.box.set_value(Who(person=key, name=name))
            self.form.form.focus_field("kind")

    def _is_child(self) -> bool:
        return self._shown is not None and self._shown.record.person.kind is PersonKind.CHILD

    def _today(self) -> date:
        return local_day(self._desk.services.clock())


def tie_row(tie: Tie, shown: Shown) -> Row:
    """Name and age, what the two are to each other, what is known about it; a chip where nothing may be told."""
    age = age_words(tie.other_born_on, shown.today)
    past = tie.relationship.valid_to is not None and tie.relationship.valid_to < shown.today
    secret = tie.relationship.may_know is Known.NO and not past
    return Row(
        key=tie.relationship.key,
        words=f"{apart(tie.other_name)}{f', {age}' if age else ''}",
        beside=relation_words(tie, shown.lists, shown.record.person.given_names or shown.record.person.name),
        under=known_words(tie.relationship, shown.today, told=secret),
        chip=("Not to be told", "danger") if secret else ("Ended", "neutral") if past else None,
        past=past,
    )


def _order(tie: Tie, today: date) -> tuple[bool, bool, date, str]:
    past = tie.relationship.valid_to is not None and tie.relationship.valid_to < today
    return past, tie.other_kind != PersonKind.CHILD, tie.other_born_on or date.max, tie.other_name


def _back_to(desk: Desk, before: Relationship) -> Callable[[Relationship], Done[Relationship]]:
    def back(now: Relationship) -> Done[Relationship]:
        return desk.services.families.amend_relationship(replace(before, version=now.version))

    return back
