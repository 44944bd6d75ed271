"""The next step as fields of the pad: what, when, by whom; filled by the outcome, and anybody's to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from ppsdesk.domain.calendar import long_day
from ppsdesk.domain.codes import StepKind
from ppsdesk.domain.steps import StepFacts, proposed
from ppsdesk.domain.typed_dates import read_day
from ppsdesk.domain.vocabulary import Term, Vocabularies, Vocabulary
from ui.calls.wording import NOBODY_YET
from ui.kit.editors import ClockEditor, CodePicker, DayEditor, TextEditor
from ui.kit.form import Field, Form
from ui.kit.words import announce, label

COORDINATOR = "Coordinator"
NOTHING = "Nothing"
FRIDAY = 4  # what is set on one is for Monday
DETAILS = ("next_day", "next_owner", "next_from", "next_to", "next_words")


class StepPicker(CodePicker):
    """What happens next, "Nothing" first."""

    def __init__(self) -> None:
        super().__init__(StepKind, empty=True)
        self._offer([("", NOTHING), *((kind.value, kind.label) for kind in StepKind)])
        self.box.setCurrentIndex(0)

    def set_value(self, value: object) -> None:
        """Choose what is next; None is nothing."""
        self._choose(str(value or ""))


class OwnerEditor(TextEditor):
    """Whoever sees to it: any name; those known already are offered while one types, and taken by Down and Enter."""

    def __init__(self) -> None:
        super().__init__(placeholder="for whom")
        self._row.insertWidget(0, label("for", "muted"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)

    def know(self, names: Sequence[str]) -> None:
        """The names offered."""
        self._names.setStringList(list(dict.fromkeys(names)))


def step_fields(today: Callable[[], date]) -> list[Field]:
    """What next, and its details; `today` gives the day one counts from."""
    day = DayEditor(today, placeholder="fri, +1w", ahead=True)
    return [
        Field("next_kind", "Ne&xt", StepPicker()),
        Field("next_day", "Day of the next step", day, beside="next_kind"),
        Field("next_owner", "Next step is for", OwnerEditor(), beside="next_kind"),
        Field("next_from", "Between", ClockEditor(placeholder="from")),
        Field("next_to", "Until", ClockEditor(placeholder="to"), beside="next_from"),
        Field("next_words", "What for", TextEditor(limit=32_767)),
    ]


class NextStep:
    """Fills the fields by the outcome, and keeps them in step with each other.

    What somebody changed by hand is not filled over: only what was proposed last gives way to the next proposal.
    """

    def __init__(self, form: Form, *, me: str) -> None:
        self._form, self._me = form, me
        self._proposed: dict[str, object] = self._values()

    def begin(self) -> None:
        """The form was filled anew: what stands there now is nobody's proposal."""
        self._proposed = {} if self._form.editor("next_kind").value() else self._values()
        self.follow()

    def propose(self, outcome: object, lists: Vocabularies, today: date) -> None:
        """Another outcome was chosen: show what follows from it."""
        term = next((t for t in lists.of(Vocabulary.OUTCOME) if t.code == outcome), None)
        if self._values() != self._proposed:
            return
        step = _step(term, today, self._me)
        self._fill(step)
        if step is not None:
            owner = step.owner or NOBODY_YET
            announce(self._form, f"Next: {step.kind.label}, {long_day(step.due_on)}, for {owner}.")

    def follow(self) -> None:
        """Show the details while there is a step, with a day where it has none yet."""
        there = self._form.editor("next_kind").value() is not None
        for name in DETAILS:
            self._form.show_field(name, there)

    def chosen(self, today: date) -> None:
        """Somebody chose what is next by hand."""
        kind, day = self._form.editor("next_kind").value(), self._form.editor("next_day")
        if kind is not None and day.is_empty():
            day.set_value(read_day("+1" if today.weekday() < FRIDAY else "mon", today, ahead=True))
            if self._form.editor("next_owner").is_empty() and kind is not StepKind.REFER:
                self._form.editor("next_owner").set_value(self._me)
        elif kind is None:
            self._fill(None)
        self.follow()

    @property
    def refers(self) -> bool:
        """Whether the family is to be handed over."""
        return self._form.editor("next_kind").value() is StepKind.REFER

    def refer(self, today: date) -> None:
        """Hand the family over: to whom is asked."""
        if self._form.editor("next_kind").value() is not StepKind.REFER:
            owner = self._form.editor("next_owner")
            if owner.value() in (self._me, COORDINATOR):
                owner.set_value("")
            self._form.editor("next_kind").set_value(StepKind.REFER)
            self.chosen(today)

    def _fill(self, step: StepFacts | None) -> None:
        values = {
            "next_kind": step.kind if step else None,
            "next_day": step.due_on if step else None,
            "next_owner": step.owner if step else "",
            "next_from": step.not_before if step else None,
            "next_to": step.not_after if step else None,
            "next_words": step.words if step else "",
        }
        for name, value in values.items():
            self._form.editor(name).set_value(value)
        self._proposed = self._values()
        self.follow()

    def _values(self) -> dict[str, object]:
        return {name: self._form.editor(name).content() for name in ("next_kind", *DETAILS)}


def _step(term: Term | None, today: date, me: str) -> StepFacts | None:
    return proposed(term, on=today, me=me, coordinator=COORDINATOR) if term is not None else None
