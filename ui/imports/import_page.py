"""Bringing in a call log: rehearse, then keep all of it or nothing; and take it back again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.batches import Batch
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, Interrupted
from ppsdesk.domain.imports import COLUMNS, REQUIRED
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.services.importing import ImportOutcome
from ui.imports.job import ImportJob
from ui.imports.journal_card import JournalCard
from ui.imports.plan_card import PlanCard, refused, why_not
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.kit.page import Needs, Page
from ui.kit.page_body import PageBody
from ui.kit.parts import Bar, Card, Flow, KeyButton, announce, label, page_scroll, say
from ui.kit.progress_card import ProgressCard

FILTERS = "Call logs (*.csv *.xlsx);;All files (*)"
LINE = "Rehearsed first; then all of it or nothing."
ABOUT = "A .csv or .xlsx file with the names of the columns in its first row, in any order."


class ImportPage(Page):
    """`rehearsed`, `imported` and `stopped` tell how a job ended; the last two when nothing is under way any more."""

    needs: ClassVar[Needs] = {"save": (Subject.IMPORTS, Action.ADD)}
    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.IMPORTS})
    title: ClassVar[str] = "Bring in a call log"

    rehearsed = Signal()
    imported = Signal()
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path: Path | None = None
        self._outcome: ImportOutcome | None = None
        self.job: ImportJob | None = None
        self.choose = KeyButton("Choose a file", kind="primary", icon="folder-open").when_pressed(self.choose_file)
        self.said = Bar("danger")
        self.plan = PlanCard()
        self.plan.import_wanted.connect(self.on_save)
        self.plan.add_unknown_changed.connect(self._add_unknown_changed)
        self.progress = ProgressCard("Reading the file", "rows")
        self.progress.cancel_wanted.connect(self.cancel)
        self.journal = JournalCard()
        for button in (self.choose, self.plan.go):
            button.needs(desk.rights, Subject.IMPORTS, Action.ADD)
        self.journal.undo.needs(desk.rights, Subject.IMPORTS, Action.CHANGE)
        self.journal.undo_wanted.connect(self._undo)
        parts = (self.said, self._choose_card(), self.progress, self.plan, self.journal)
        self.body.addWidget(page_scroll(PageBody(*parts)))
        self.progress.hide()
        self._show_plan(False)
        self.set_line(LINE)

    def focus_first(self) -> None:
        """On the button that chooses a file."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """The journal as it stands."""
        self.desk.latest(self, "journal", self.desk.services.importing.batches, self.journal.show_batches)

    def on_refresh(self) -> None:
        """Read again: the journal, and the file that is rehearsed, which may have been corrected."""
        self.refresh()
        if self._path is not None and self.job is None:
            self.rehearse(self._path)

    def choose_file(self) -> None:
        """Ask which file, then rehearse it."""
        folder = self._path.parent if self._path else None
        path = Dialogs.ask_file_to_open(self, "Choose a call log", folder, FILTERS)
        if path is not None:
            self._outcome = None
            self.plan.add_unknown.setChecked(False)
            self.rehearse(path)

    def rehearse(self, path: Path) -> None:
        """See what importing the file would do. Nothing is kept."""
        self._path, self._outcome = path, None
        job = self._begin("Reading the file")
        work = partial(
            self.desk.services.importing.calls,
            path,
            dry_run=True,
            add_unknown=self.plan.add_unknown.isChecked(),
            progress=job.progress,
        )
        self.desk.ask(self, work, self._rehearsed, self._failed)

    def on_save(self) -> None:
        """Import the file that was rehearsed."""
        if self._path is None or self._outcome is None or self.job is not None or why_not(self._outcome):
            return
        job = self._begin("Importing")
        work = partial(
            self.desk.services.importing.calls,
            self._path,
            add_unknown=self.plan.add_unknown.isChecked(),
            progress=job.progress,
        )
        self.desk.change(self, work, self._imported, self._failed)

    def cancel(self) -> None:
        """Stop what is under way."""
        if self.job is not None:
            self.job.stop()
            self.progress.stopping()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops a job, Ctrl+Enter imports."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and self.job is not None:
            self.cancel()
        elif ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_save()
        else:
            super().keyPressEvent(event)

    def _choose_card(self) -> Card:
        card = Card("Choose the file")
        card.add(label(ABOUT, wrap=True))
        others = ", ".join(name for name in COLUMNS if name not in REQUIRED)
        card.add(label(f"Needed: {', '.join(REQUIRED)}. Taken in where they are there: {others}.", "muted", wrap=True))
        row = Flow()
        row.addWidget(self.choose)
        card.body.addLayout(row)
        return card

    def _begin(self, what: str) -> ImportJob:
        self.job = ImportJob(self)
        self.job.moved.connect(self.progress.show_progress)
        self.said.clear()
        self.progress.begin(what)
        self._show_plan(False)
        self.progress.show()
        self.choose.switch_off("One file at a time; this one is being read.")
        self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.job

    def _end(self) -> None:
        if self.job is not None:
            self.job.deleteLater()
        self.job = None
        self.progress.hide()
        self.choose.switch_on()

    def _rehearsed(self, done: Done[ImportOutcome]) -> None:
        self._end()
        self._outcome = done.value
        self.plan.show_outcome(done.value)
        self._show_plan(True)
        self._focus_on_outcome(done.value)
        announce(self, self.plan.lines.lines()[0].words)
        self.rehearsed.emit()

    def _focus_on_outcome(self, outcome: ImportOutcome) -> None:
        if not why_not(outcome):
            self.plan.go.setFocus(Qt.FocusReason.OtherFocusReason)
        elif outcome.plan.problems:
            self.plan.problems.setFocus(Qt.FocusReason.OtherFocusReason)
        elif outcome.plan.unknown:
            self.plan.add_unknown.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _show_plan(self, shown: bool) -> None:
        self.plan.setVisible(shown)
        say(self.choose, kind="" if shown else "primary")  # one thing to do next

    def _add_unknown_changed(self) -> None:
        if self._path is not None and self.job is None and self._outcome is not None:
            self.rehearse(self._path)

    def _imported(self, done: Done[ImportOutcome]) -> None:
        self._end()
        outcome = done.value
        if outcome.plan.refusal:  # the file was changed since it was rehearsed
            self.said.say(refused(outcome.plan), "danger")
            self._rehearsed(done)
            return
        self._path = self._outcome = None
        if outcome.batch_id is None:
            self.desk.notices.inform("Every call of this file is on record already. Nothing was added.")
        else:
            self.desk.notices.undoable(done.said, partial(self._take_back, outcome.batch_id))
        self.focus_first()
        self.imported.emit()

    def _failed(self, error: DeskError) -> None:
        self._end()
        kind = "info" if isinstance(error, Interrupted) else "danger"
        self.said.say(error.sentence, kind)
        announce(self.said, error.sentence)
        if self._outcome is None:
            self._path = None
        self._show_plan(self._outcome is not None)
        self.focus_first()
        self.stopped.emit()

    def _undo(self, batch: Batch) -> None:
        self._take_back(batch.id)

    def _take_back(self, batch_id: int) -> None:
        self.desk.notices.forget_undo()
        self.desk.change(self, partial(self.desk.services.importing.undo, batch_id), self._taken_back)

    def _taken_back(self, done: Done[tuple[int, int]]) -> None:
        self.desk.notices.inform(done.said)
