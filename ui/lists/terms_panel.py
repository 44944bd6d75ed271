"""One list of words people choose from: added to, renamed, ended, put in order, merged; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.codes import StepKind, StepOwner
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.selection import Selection
from ppsdesk.domain.vocabulary import Term, TermCode, Vocabularies, Vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker, CodePicker, DayEditor, NumberEditor, TextEditor
from ui.kit.form import Field
from ui.kit.theme import current
from ui.lists.ask_card import Values
from ui.lists.panel import ListPanel, no_entry
from ui.lists.term_words import meaning_words, term_columns, term_sentence

CODE, GROUP, FOLLOWS, COUNTS_AS = 1, 2, 5, 6  # columns that are not there where they would be empty
NOTHING = "This list is empty. Add the words people shall choose from."
# lists whose entries stand on calls: how many calls have one can be said
OF_PEOPLE = frozenset({Vocabulary.RELATIONSHIP, Vocabulary.LANGUAGE, Vocabulary.FORMAT, Vocabulary.ORGANISATION_KIND})


class TermsPanel(ListPanel[Term]):
    """The entries of one vocabulary, those to check on top, then in people's own order."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.vocabulary = Vocabulary.TOPIC
        self._lists = Vocabularies(())
        super().__init__(desk, "Entries", term_columns(lambda: self._lists, self._today), NOTHING, parent)
        self.add = self.add_button("Add", None, icon="plus", action=Action.ADD).when_pressed(self.ask_new)
        self.rename = self.add_button("Rename", self.edit, "F2", "pencil")
        self.right = self.add_button("It is right", self._accept, icon="check")
        self.merge = self.add_button("Merge into…", self.ask_merge, "Ctrl+M")
        self.apart = self.add_button("Take apart", self._unmerge)
        self.end = self.add_button("Last day…", self._ask_end)
        self.again = self.add_button("Offer again", self._reopen)
        self.step = self.add_button("What follows…", self._ask_step)
        self.up = self.add_button("Up", lambda _: self.move_by(-1), "Alt+Up", "arrow-up", "quiet")
        self.down = self.add_button("Down", lambda _: self.move_by(1), "Alt+Down", "arrow-down", "quiet")
        self.show_list(self._lists, self.vocabulary)

    def show_list(self, lists: Vocabularies, vocabulary: Vocabulary) -> None:
        """Show this list."""
        if vocabulary is not self.vocabulary and not self.asking.isHidden():
            self.asking.put_away()
        self._lists, self.vocabulary = lists, vocabulary
        self.table.setAccessibleName(vocabulary.label)
        self.filter.setAccessibleName(f"Find in {vocabulary.label}")
        self.show_records(sorted(lists.of(vocabulary), key=lambda term: not term.to_check))
        self._share_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window code and group give way; the line above the table tells them."""
        super().resizeEvent(event)
        self._share_columns()

    def _share_columns(self) -> None:
        terms, width = self._lists.of(self.vocabulary), self.width() / current().scale
        for column, wanted in (
            (CODE, width >= 560),
            (GROUP, width >= 660 and any(term.group for term in terms)),
            (FOLLOWS, self.vocabulary is Vocabulary.OUTCOME),
            (COUNTS_AS, any(term.merged_into for term in terms)),
        ):
            self.table.setColumnHidden(column, not wanted)
        self.table.fit_height()

    def identity(self, record: Term) -> object:
        """List and code."""
        return record.vocabulary, record.code

    def searched(self, record: Term) -> str:
        """Words, code and group."""
        return f"{record.label} {record.code} {record.group}"

    def to_check(self, record: Term) -> bool:
        """Added by a call or an import, and nobody looked at it yet."""
        return record.to_check and record.merged_into is None

    def follow(self, record: Term | None) -> str:
        """What can be done with this entry."""
        buttons = (self.rename, self.right, self.merge, self.apart, self.end, self.again, self.step, self.up, self.down)
        self.step.setVisible(self.vocabulary is Vocabulary.OUTCOME)
        if no_entry(buttons, record) or record is None:
            return ""
        merged, ended = record.merged_into is not None, record.valid_to is not None
        self.right.setVisible(record.to_check and not merged)
        self.apart.setVisible(merged)
        self.merge.setVisible(not merged)
        self.end.setVisible(not merged and not ended)
        self.again.setVisible(not merged and ended)
        return term_sentence(record, self._lists)

    # -- what people do ------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Add an entry."""
        fields = (
            Field("label", "Words", TextEditor(limit=1_000), hint="As people choose it.", required=True),
            Field("group", "Group", TextEditor(), hint="May stay empty. Entries of a group stand together."),
            Field("code", "Code", TextEditor(), hint="May stay empty: one is made of the words. It never changes."),
            Field("valid_from", "Offered from", DayEditor(self._today), hint="Empty: for records of any day."),
        )
        self.asking.ask(f"Add to {self.vocabulary.label}", "Add", fields, {}, self._add)

    def edit(self, record: Term) -> None:
        """Rename an entry."""
        note = "The new words stand on old records too. For another meaning end this entry and add a new one."
        field = Field("label", "Words", TextEditor(limit=1_000), required=True)
        self.asking.ask(f"Rename “{record.shown}”", "Rename", (field,), {"label": record.label},
                        partial(self._rename, record), note=note)  # fmt: skip

    def ask_merge(self, record: Term) -> None:
        """Ask which entry this one counts as, and say what that means before it is done."""
        if record.merged_into is not None:
            return
        into = ChoicePicker()
        others = [term for term in self._lists.of(self.vocabulary) if term != record and term.merged_into is None]
        into.offer([("", ""), *((str(term.code), term.shown) for term in others)])
        field = Field("into", "Counts as", into, hint="Type to find an entry.", required=True)
        form = self.asking.ask(f"Merge “{record.shown}” into another entry", "Merge", (field,), {},
                               partial(self._merge, record), note=" ")  # fmt: skip
        form.edited.connect(lambda _: self._tell_merge(record, into.value()))

    def move_by(self, step: int) -> None:
        """Carry the entry up or down by one place among those shown."""
        record = self.current()
        shown = [term.code for term in self.model.records()]
        if record is None or record.to_check:
            return
        at = shown.index(record.code)
        if not 0 <= at + step < len(shown) or self.model.records()[at + step].to_check:
            return
        before = [term.code for term in self._lists.of(self.vocabulary)]
        after = list(before)
        one, other = before.index(record.code), before.index(shown[at + step])
        after.insert(other, after.pop(one))
        desk, vocabulary = self.desk.services.vocabularies, self.vocabulary

        def reorder(codes: Sequence[TermCode], seen: Sequence[TermCode]) -> Done[Vocabularies]:
            return desk.reorder(vocabulary, codes, seen=seen)

        self.change(partial(reorder, after, before), lambda done: partial(reorder, before, after))

    def _add(self, values: Values) -> None:
        term = Term(
            vocabulary=self.vocabulary,
            code=TermCode(str(values["code"])),
            label=str(values["label"]),
            group=str(values["group"]),
            valid_from=_day(values["valid_from"]),
        )
        desk, yesterday = self.desk.services.vocabularies, self._today() - timedelta(days=1)

        def undo(done: Done[Term]) -> Callable[[], Done[Term]]:
            added = done.value  # nothing is deleted: it is offered to nobody
            last = max(yesterday, added.valid_from) if added.valid_from else yesterday
            return partial(desk.end, added.vocabulary, added.code, added.version, last)

        self.change(partial(desk.add, term), undo, on=lambda done: self.identity(done.value))

    def _rename(self, term: Term, values: Values) -> None:
        desk = self.desk.services.vocabularies
        self._changing(term, partial(desk.rename, term.vocabulary, term.code, term.version, str(values["label"])))

    def _accept(self, term: Term) -> None:
        self._changing(term, partial(self.desk.services.vocabularies.accept, term.vocabulary, term.code, term.version))

    def _ask_end(self, term: Term) -> None:
        field = Field(
            "day", "Last day", DayEditor(self._today), hint="The last day it may be chosen for.", required=True
        )
        note = "Records up to that day keep it and are still offered it; later ones are not."
        self.asking.ask(f"Last day of “{term.shown}”", "End", (field,), {"day": self._today()},
                        partial(self._end, term), note=note)  # fmt: skip

    def _end(self, term: Term, values: Values) -> None:
        day = _day(values["day"]) or self._today()
        desk = self.desk.services.vocabularies
        self._changing(term, partial(desk.end, term.vocabulary, term.code, term.version, day))

    def _reopen(self, term: Term) -> None:
        self._changing(term, partial(self.desk.services.vocabularies.reopen, term.vocabulary, term.code, term.version))

    def _ask_step(self, term: Term) -> None:
        fields = (
            Field("next_step", "Next step", CodePicker(StepKind, empty=True), hint="Empty: nothing follows."),
            Field("next_days", "After days", NumberEditor(maximum=366), hint="Weekends go on to the Monday."),
            Field("next_owner", "Done by", CodePicker(StepOwner, empty=True)),
        )
        values = {name: getattr(term, name) for name in ("next_step", "next_days", "next_owner")}
        self.asking.ask(f"What follows from “{term.shown}”", "Save", fields, values, partial(self._set_step, term))

    def _set_step(self, term: Term, values: Values) -> None:
        days = values["next_days"]
        work = partial(
            self.desk.services.vocabularies.set_next_step,
            term.vocabulary,
            term.code,
            term.version,
            next_step=str(values["next_step"] or ""),
            next_days=days if isinstance(days, int) else None,
            next_owner=str(values["next_owner"] or ""),
        )
        self._changing(term, work)

    def _merge(self, term: Term, values: Values) -> None:
        desk, into = self.desk.services.vocabularies, TermCode(str(values["into"] or ""))
        if not into:
            if self.asking.form is not None:
                self.asking.form.show_problems({"into": "Choose the entry it counts as."})
            return

        def undo(done: Done[Term]) -> Callable[[], Done[Term]]:
            return partial(desk.unmerge, term.vocabulary, term.code, version=done.value.version)

        self.change(partial(desk.merge, term.vocabulary, term.code, into, version=term.version), undo)

    def _unmerge(self, term: Term) -> None:
        desk, into = self.desk.services.vocabularies, term.merged_into
        assert into is not None

        def undo(done: Done[Term]) -> Callable[[], Done[Term]]:
            return partial(desk.merge, term.vocabulary, term.code, into, version=done.value.version)

        self.change(partial(desk.unmerge, term.vocabulary, term.code, version=term.version), undo)

    def _changing(self, before: Term, work: Callable[[], Done[Term]]) -> None:
        desk = self.desk.services.vocabularies
        self.change(work, lambda done: partial(desk.put_back, before, done.value.version))

    def _tell_merge(self, term: Term, into: str) -> None:
        if not into:
            self.asking.say(" ")
            return
        other = self._lists.label(self.vocabulary, TermCode(into))
        if self.vocabulary in OF_PEOPLE or not self.desk.rights.may(Subject.CALLS):
            self.asking.say(f"Records keep the word “{term.shown}” and count as “{other}”. It is offered no more.")
            return
        services, selection = self.desk.services, Selection().narrowed(self.vocabulary, term.code)

        def counted(count: int) -> None:
            self.asking.say(meaning_words(term, other, count))

        self.desk.latest(self, "meaning", lambda: services.calls.count(selection), counted)

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
