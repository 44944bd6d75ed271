"""Rules of the law: read whole, suspended or corrected with a reason, and what was decided taken back again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.changes import Done
from ppsdesk.domain.clock_rules import Clock, RuleBook
from ppsdesk.domain.rights import Action
from ppsdesk.domain.rule_changes import LAW_LIMIT, REASON_LIMIT, RuleChange
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker, DayEditor, NotesEditor, TextEditor
from ui.kit.form import Field
from ui.lists.ask_card import Values
from ui.lists.law_panel import LawPanel
from ui.lists.panel import no_entry
from ui.lists.rule_card import RuleCard
from ui.lists.rule_words import (
    RuleEntry,
    counted_words,
    entries,
    entry_sentence,
    law_words,
    marks,
    owes_words,
    rule_columns,
)

NOTHING = "The rules are on their way."
LINE = "The rules come with the program. The service may suspend or correct one, with a reason, and take that back."
NEEDED = {"first": "Enter the first day.", "reason": "Say why: everybody who sees the change will ask."}
NEAREST = "A day typed without a year is the nearest one, past or to come."
OPEN = "Empty: until further notice."
NOTHING_DECIDED = "The service decided nothing about this rule."


class RulesPanel(LawPanel[RuleEntry]):
    """In the order of the book; the rule under the keyboard stands whole below the list, where Enter leads."""

    most_rows = 8

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Rules of the law", rule_columns(), NOTHING, parent)
        self.card = RuleCard(self)
        self.card.left.connect(self.focus_table)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, self.card)  # above what is left of the room
        self.suspend = self.add_button("Suspend…", self.ask_suspend, icon="clock", action=Action.ADD)
        self.correct = self.add_button("Correct…", self.edit, "F2", "pencil", action=Action.ADD)
        self.amend = self.add_button("Change…", self.ask_change)
        self.withdraw = self.add_button("Withdraw", self.ask_withdraw, "Del", action=Action.REMOVE)
        self.show_records(())

    # -- what the list says of itself ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the rules and the decisions again."""
        services = self.desk.services

        def read() -> tuple[RuleBook, tuple[RuleChange, ...]]:
            return services.dates.book(), services.rules.changes()

        self.desk.latest(self, "rules", read, self._show, self.read_failed.emit)

    def identity(self, record: RuleEntry) -> object:
        """Its code."""
        return record.rule.code

    def searched(self, record: RuleEntry) -> str:
        """Code, title, who owes it, how it is counted, law, marks."""
        words = (record.rule.title, owes_words(record), counted_words(record), law_words(record), *marks(record))
        return " ".join((record.rule.code, *words, *(clock.duty for clock in record.present)))

    def to_check(self, record: RuleEntry) -> bool:
        """Whether the source of what is law now could not be verified."""
        return any(not clock.certain for clock in record.present)

    def follow(self, record: RuleEntry | None) -> str:
        """Show it whole, and what can be done with it."""
        self.card.show_entry(record)
        if no_entry((self.suspend, self.correct, self.amend, self.withdraw), record) or record is None:
            return ""
        for button in (self.amend, self.withdraw):
            button.setVisible(bool(record.decisions))
        words = entry_sentence(record)
        if not record.alone:
            for button in (self.suspend, self.correct):
                button.switch_off(words)
        return words

    def _edit_opened(self, record: RuleEntry) -> None:
        """Enter reads it row by row."""
        self.card.focus_rows()

    def _show(self, read: tuple[RuleBook, tuple[RuleChange, ...]]) -> None:
        self.show_records(entries(*read, self._today()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete withdraws what was decided about the rule the keyboard is on."""
        record = self.current()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and record is not None and record.decisions:
            self.withdraw.click()
        else:
            super().keyPressEvent(event)

    # -- what people do ------------------------------------------------------------------------------------------------

    def ask_suspend(self, record: RuleEntry) -> None:
        """Lift a rule for some days."""
        note = "It changes no date: what falls under it is marked, with your reason."
        self.asking.ask(f"Suspend {record.rule.code}: {record.rule.title}", "Suspend", self._days_and_why(), {},
                        partial(self._suspend, record), note=note)  # fmt: skip

    def edit(self, record: RuleEntry) -> None:
        """Count a rule otherwise from a day on."""
        if not record.alone or not self.may(Action.ADD):
            return
        fields: tuple[Field, ...] = (self._counts(), *self._days_and_why())
        values: dict[str, object] = {"counts": _lines(record.present[0])}
        if len(record.parts) > 1:
            part = ChoicePicker()
            part.offer([(clock.part, f"{clock.part}: {clock.title}") for clock in record.parts])
            fields = (Field("part", "Part", part, required=True), *fields)
            values = {"part": record.parts[0].part, "counts": _lines(record.parts[0])}
        note = "Counts for whatever starts within these days; what started before is counted as it was."
        form = self.asking.ask(f"Correct {record.rule.code}: {record.rule.title}", "Correct", fields, values,
                               partial(self._correct, record), note=note)  # fmt: skip
        form.edited.connect(partial(self._other_part, record))

    def ask_change(self, record: RuleEntry) -> None:
        """Change what was decided, as when a suspension gets its last day."""
        self._one_of(record, "Change a decision", "Go on", self._ask_change)

    def ask_withdraw(self, record: RuleEntry) -> None:
        """Take a decision back; of several, ask which."""
        self._one_of(record, "Withdraw a decision", "Withdraw", self._withdraw)

    def _one_of(self, record: RuleEntry, title: str, verb: str, then: Callable[[RuleChange], None]) -> None:
        if len(record.decisions) <= 1:
            for one in record.decisions:
                then(one)
            return
        which = ChoicePicker()
        which.offer([(str(one.key), one.words) for one in record.decisions])
        held = self.card.rows.current_key()
        chosen = next((one for one in record.decisions if one.key == held), record.decisions[-1])

        def take(values: Values) -> None:
            then(next(one for one in record.decisions if str(one.key) == values["which"]))

        field = Field("which", "Decision", which, required=True, wide=True)
        self.asking.ask(f"{title} about {record.rule.code}", verb, (field,), {"which": str(chosen.key)}, take)

    def _ask_change(self, one: RuleChange) -> None:
        values = {
            "first": one.change.first,
            "last": one.change.last,
            "law": one.change.law,
            "reason": one.change.reason,
            "counts": "\n".join(one.change.counts),
        }
        fields = self._days_and_why() if one.suspends else (self._counts(), *self._days_and_why())
        form = self.asking.ask(f"Change: {one.words}", "Save", fields, values, partial(self._change, one))
        form.focus_field("last" if one.suspends else "counts")

    # -- changes -------------------------------------------------------------------------------------------------------

    def _suspend(self, record: RuleEntry, values: Values) -> None:
        first = values["first"]
        if self.missing(_lacking(values)) or not isinstance(first, date):
            return
        work = partial(self.desk.services.rules.suspend, record.rule.code, first, _day(values["last"]),
                       str(values["reason"]), str(values["law"]))  # fmt: skip
        self.change(work, self._withdrawing)

    def _correct(self, record: RuleEntry, values: Values) -> None:
        first = values["first"]
        if self.missing(_lacking(values)) or not isinstance(first, date):
            return
        work = partial(
            self.desk.services.rules.correct,
            record.rule.code,
            str(values.get("part", "")),
            _counts_of(values),
            first=first,
            last=_day(values["last"]),
            law=str(values["law"]),
            reason=str(values["reason"]),
        )
        self.change(work, self._withdrawing)

    def _change(self, one: RuleChange, values: Values) -> None:
        first = values["first"]
        if self.missing(_lacking(values)) or not isinstance(first, date):
            return
        counts = one.change.counts if one.suspends else _counts_of(values)
        if self.missing(
            {} if one.suspends or counts else {"counts": "Write how it is counted, as “6 weeks after start”."}
        ):
            return
        desk = self.desk.services.rules
        change = replace(one.change, first=first, last=_day(values["last"]), counts=counts,
                         law=str(values["law"]), reason=str(values["reason"]))  # fmt: skip

        def undo(done: Done[RuleChange]) -> Callable[[], Done[RuleChange]]:
            return partial(desk.amend, replace(one, version=done.value.version))

        self.change(partial(desk.amend, replace(one, change=change)), undo)

    def _withdraw(self, one: RuleChange) -> None:
        desk = self.desk.services.rules
        self.change(partial(desk.withdraw, one.key, one.version), lambda done: partial(desk.keep_change, done.value))

    def _withdrawing(self, done: Done[RuleChange]) -> Callable[[], Done[RuleChange]]:
        return partial(self.desk.services.rules.withdraw, done.value.key, done.value.version)

    # -- fields --------------------------------------------------------------------------------------------------------

    def _counts(self) -> Field:
        hint = "One line for each counting, as “6 weeks after start” or “15 days beginning with start”."
        return Field("counts", "Counted", NotesEditor(rows=2, most=4), hint=hint, required=True, wide=True)

    def _days_and_why(self) -> tuple[Field, ...]:
        first = DayEditor(self._today, placeholder="1/9/2026", nearest=True)
        last = DayEditor(self._today, placeholder="1/9/2026", ahead=True, since=first.value)
        return (
            Field("first", "From", first, hint=NEAREST, required=True),
            Field("last", "To", last, hint=OPEN),
            Field("law", "Law", TextEditor(limit=LAW_LIMIT), hint="May stay empty. The regulation that says so."),
            Field("reason", "Reason", TextEditor(limit=REASON_LIMIT), required=True, wide=True),
        )

    def _other_part(self, record: RuleEntry, field: str) -> None:
        """Another part: its own present line, unless another was typed already."""
        form = self.asking.form
        if field != "part" or form is None:
            return
        ours = {_lines(clock): clock for clock in record.parts}
        if str(form.editor("counts").value()) in ours:
            chosen = next(clock for clock in record.parts if clock.part == form.editor("part").value())
            form.editor("counts").set_value(_lines(chosen))

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


def _lines(clock: Clock) -> str:
    return "\n".join(limit.words for limit in clock.limits)


def _counts_of(values: Values) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(values["counts"]).splitlines() if line.strip())


def _lacking(values: Values) -> dict[str, str]:
    return {name: words for name, words in NEEDED.items() if values[name] in (None, "")}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
