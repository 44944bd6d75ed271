"""The fields of one tie: the other person from the one box, what they are, and the three things to know."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.codes import Known, PersonKind
from ppsdesk.domain.families import Relationship, Tie
from ppsdesk.domain.finding import Found
from ppsdesk.domain.vocabulary import TermCode, Vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker, CodePicker, DayEditor, TermPicker, TextEditor
from ui.kit.form import Field
from ui.people.parts import Shown
from ui.people.small_form import SmallForm
from ui.who.one_box import OneBox, Who

OTHER_IS, THIS_IS = "other", "this"


class TieForm(SmallForm):
    """`begin` opens it for a new tie or for one that is to be changed; `relationship` is what was entered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        super().__init__(
            lambda: (
                Field("other", "Other person", OneBox(desk, create=False), required=True, hint="Somebody on record."),
                Field("kind", "Relationship", TermPicker(Vocabulary.RELATIONSHIP), required=True),
                Field("way", "Who is what", ChoicePicker()),
                Field("responsibility", "Parental responsibility", CodePicker(Known)),
                Field("lives_with", "Live together", CodePicker(Known)),
                Field("may_know", "May be told", CodePicker(Known), hint="Whether one may be told about the other."),
                Field("valid_from", "Since", DayEditor(self._today)),
                Field("valid_to", "Until", DayEditor(self._today)),
                Field("note", "Note", TextEditor(limit=1_000), wide=True),
            ),
            "Add tie",
            parent,
        )  # fmt: skip
        self.before: Relationship | None = None
        self._shown: Shown | None = None

    @property
    def box(self) -> OneBox:
        """The field for the other person."""
        return self.form.editor("other")  # type: ignore[return-value]  # declared so above

    def begin(self, shown: Shown, tie: Tie | None = None) -> None:
        """Open it; what was half typed for another tie gives way."""
        before = tie.relationship if tie else None
        if before != self.before or self._shown is None or self._shown.record.person.key != shown.record.person.key:
            self.form.set_clean()
        self.before, self._shown = before, shown
        name = shown.record.person.given_names or shown.record.person.name
        way, kind = self.form.editor("way"), self.form.editor("kind")
        assert isinstance(way, ChoicePicker)
        assert isinstance(kind, TermPicker)
        way.offer([(OTHER_IS, f"The other one is the … of {name}"), (THIS_IS, f"{name} is the … of the other one")])
        kind.offer(shown.lists.offered(Vocabulary.RELATIONSHIP, on=shown.today), shown.today)
        self.box.chosen.connect(self._other_chosen, Qt.ConnectionType.UniqueConnection)
        self.box.finder.leave_out = frozenset({shown.record.person.key})
        self.open_form(_values(tie) if tie else _fresh(shown), "Save tie" if tie else "Add tie")

    def relationship(self) -> Relationship | None:
        """What was entered; None, with words at the fields, where something is missing."""
        values, shown = self.form.values(), self._shown
        who = values["other"]
        problems = {}
        if not isinstance(who, Who) or who.person is None:
            problems["other"] = "Choose the other person. Somebody new is put on record first, on the People page."
        if not values["kind"]:
            problems["kind"] = "Choose what one is to the other."
        if problems or shown is None or not isinstance(who, Who) or who.person is None:
            self.form.show_problems(problems)
            return None
        this, other = shown.record.person.key, who.person
        person, of = (this, other) if values["way"] == THIS_IS else (other, this)
        said = {name: values[name] for name in ("responsibility", "lives_with", "may_know", "valid_from", "valid_to")}
        return Relationship(
            key=self.before.key if self.before else uuid4(),
            person=person,
            other=of,
            kind=TermCode(str(values["kind"])),
            note=str(values["note"]),
            version=self.before.version if self.before else 1,
            **said,  # type: ignore[arg-type]  # the editors' own types
        )

    def _today(self) -> date:
        return local_day(self._desk.services.clock())

    def _other_chosen(self, found: Found) -> None:
        if self._shown is None or self.before is not None:
            return
        here = self._shown.record.person.kind
        adult_and_child = here is PersonKind.ADULT and found.kind is PersonKind.CHILD
        self.form.editor("way").set_value(THIS_IS if adult_and_child else OTHER_IS)


def _fresh(shown: Shown) -> dict[str, object]:
    way = THIS_IS if shown.record.person.kind is PersonKind.ADULT else OTHER_IS
    known = dict.fromkeys(("responsibility", "lives_with", "may_know"), Known.NOT_KNOWN)
    return {"other": None, "kind": None, "way": way, **known, "valid_from": None, "valid_to": None, "note": ""}


def _values(tie: Tie) -> dict[str, object]:
    held = tie.relationship
    return {
        "other": Who(person=tie.other, name=tie.other_name),
        "kind": held.kind,
        "way": THIS_IS if tie.outgoing else OTHER_IS,
        "responsibility": held.responsibility,
        "lives_with": held.lives_with,
        "may_know": held.may_know,
        "valid_from": held.valid_from,
        "valid_to": held.valid_to,
        "note": held.note,
    }
