"""What importing a file would do: a rehearsal, shown before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ppsdesk.domain.imports import ImportPlan, Problem, UnknownValue
from ppsdesk.domain.words import count_of
from ppsdesk.services.importing import ImportOutcome
from ui.kit.parts import Card, Flow, KeyButton, label
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.signed_lines import SignedLine, SignedLines

PROBLEMS = (
    Column[Problem]("Row", lambda p: f"{p.row:,}", numeric=True, width=70, key="row", order=lambda p: p.row),
    Column[Problem]("Column", lambda p: p.column, width=130, key="column"),
    Column[Problem]("Value", lambda p: p.value, width=210, key="value"),
    Column[Problem]("Why it cannot be taken in", lambda p: p.why, key="why"),
)
UNKNOWN = (
    Column[UnknownValue]("Column", lambda u: u.column, width=130, key="column"),
    Column[UnknownValue]("Value on no list", lambda u: u.value, key="value"),
    Column[UnknownValue]("Rows", lambda u: f"{u.count:,}", numeric=True, width=90, key="rows", order=lambda u: u.count),
    Column[UnknownValue]("First in row", lambda u: f"{u.first_row:,}", numeric=True, width=110),
)
ROWS_SHOWN = 8


class PlanCard(Card):
    """`import_wanted` and `add_unknown_changed` are wishes; the page acts."""

    import_wanted = Signal()
    add_unknown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What would happen", parent)
        self._unknown_model = RecordsModel[UnknownValue](UNKNOWN, self)
        self._problems_model = RecordsModel[Problem](PROBLEMS, self)
        self.file = label("", "strong", wrap=True)
        self.lines = SignedLines()
        self.unknown = ShortTable(self._unknown_model, "Values that are on no list yet", most=ROWS_SHOWN)
        self.add_unknown = QCheckBox("&Add unknown values to the lists")
        self.add_unknown.toggled.connect(self.add_unknown_changed)
        self.problems = ShortTable(self._problems_model, "Problems, row by row", most=ROWS_SHOWN)
        self.told = label("", wrap=True)
        self.problems.chosen.connect(self._tell)
        self.copying = label("Ctrl+C copies the rows chosen, Ctrl+A chooses all of them.", "caption", wrap=True)
        self.go = KeyButton("Import", "Ctrl+Enter", "primary", icon="check").when_pressed(self.import_wanted.emit)
        self.why_not = label("", "muted", wrap=True)
        for words in (self.file, self.told):
            words.setMinimumWidth(1)  # a long name must not make the page wider
        for part in (self.file, self.lines, self.unknown, self.add_unknown, self.problems, self.told, self.copying):
            self.add(part)
        row = Flow(gap="m", fill=True)
        row.addWidget(self.go)
        row.addWidget(self.why_not)
        self.body.addLayout(row)

    def show_outcome(self, outcome: ImportOutcome) -> None:
        """The rehearsal of one file."""
        plan = outcome.plan
        self.file.setText(plan.file)
        self.lines.show_lines(tuple(_lines(outcome)))
        self._unknown_model.show(plan.unknown)
        self._problems_model.show(plan.problems)
        self.unknown.setVisible(bool(plan.unknown))
        self.add_unknown.setVisible(bool(plan.unknown))
        for part in (self.problems, self.told, self.copying):
            part.setVisible(bool(plan.problems))
        self._open_or_close(outcome)

    def _tell(self, problem: object) -> None:
        """In full, where a cell may have cut it."""
        words = problem.words if isinstance(problem, Problem) else ""
        self.told.setText(f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else "")

    def _open_or_close(self, outcome: ImportOutcome) -> None:
        why = why_not(outcome)
        self.why_not.setText(why)
        if why:
            self.go.switch_off(why)
        else:
            self.go.switch_on()


def why_not(outcome: ImportOutcome) -> str:
    """Why nothing can be imported from this file now, "" when it can."""
    plan = outcome.plan
    if plan.problems:
        return "Import opens when every row can be taken in. Correct the file, save it, then choose it again."
    if not plan.ready:
        return "Import opens when the unknown values are added to the lists, or corrected in the file."
    return "" if outcome.added else "There is nothing new in this file."


def _lines(outcome: ImportOutcome) -> Iterator[SignedLine]:
    plan = outcome.plan
    if plan.problems:
        yield SignedLine(
            f"{_count(len(plan.problems), 'problem')} in {_count(plan.rows, 'row')}. Nothing was imported.", "danger"
        )
    elif not plan.ready:
        yield SignedLine(f"{_count(len(plan.unknown), 'value')} on no list yet. Nothing was imported.", "warning")
    else:
        yield SignedLine(f"{_count(outcome.added, 'call')} would be added. Nothing was imported yet.", "success")
        if outcome.known:
            yield SignedLine(f"{_are(outcome.known)} on record already and would not be added again.", "info")
        if plan.new_terms:
            yield SignedLine(f"{_count(len(plan.new_terms), 'value')} would be added to the lists.", "info")
    for note in plan.notes:
        yield SignedLine(note, "info")


def refused(plan: ImportPlan) -> str:
    """The refusal as a sentence, "" for none."""
    return plan.refusal.sentence if plan.refusal else ""


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _are(number: int) -> str:
    return count_of(number, "call is", "calls are")
