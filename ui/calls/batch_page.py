"""Several calls at once: a paper tally or a pile of voicemail, one line per call, saved together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.calendar import local_day
from ppsdesk.domain.calls import NewCall
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.errors import DeskError, Invalid
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.vocabulary import TermCode, Vocabularies, Vocabulary
from ui.calls.batch_grid import BatchGrid
from ui.calls.batch_lines import NAMES, Alike, call_of, call_problems
from ui.calls.batch_model import BatchModel
from ui.kit.buttons import KeyButton
from ui.kit.desk import Desk
from ui.kit.editors import TermPicker, TextEditor
from ui.kit.flow import Flow
from ui.kit.form import Field, Form
from ui.kit.page import Page
from ui.kit.problem_bar import ProblemBar
from ui.kit.surfaces import Bar, Card, page_scroll
from ui.kit.words import label, spaced

HOW = ("Tab or Enter goes on, Shift+Tab back; at the end of a line the next one begins, with the same day and line. "
       "Esc and then Tab leaves the table.")  # fmt: skip
NOT_YET = "Type the first line: then there is something to save."


class BatchPage(Page):
    """What is typed stays here until it is saved or cleared, whatever other page is shown meanwhile.

    `logged` carries the ids of the calls that were saved.
    """

    shows = frozenset({Topic.VOCABULARIES})
    title = "Several calls"

    back_wanted = Signal()
    logged = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lists = Vocabularies(())
        self._saving = False
        self.lines = BatchModel(self._today, self)
        self.lines.typed.connect(self._typed)
        self.grid = BatchGrid(self.lines)
        self.grid.selectionModel().currentChanged.connect(self._tell_cell)
        self.lines.dataChanged.connect(self._tell_cell)
        self.form = Form(
            [
                Field("method", "Method", TermPicker(Vocabulary.METHOD)),
                Field("taken_by", "Taken by", TextEditor()),
            ]
        )
        self.form.submitted.connect(self.on_save)
        self.problems = ProblemBar(goal="these calls can be saved")
        self.problems.wanted.connect(self._go_to)
        self.problems.setMinimumWidth(1)  # its words are cut before they push the table out of sight
        self.trouble = Bar("danger")
        self.told = label("", "muted", wrap=True)
        self.save = KeyButton("Save all", "Ctrl+Enter", "primary", "check").when_pressed(self.on_save)
        self.save.needs(desk.rights, Subject.CALLS, Action.ADD)
        self.clear = KeyButton("Clear", kind="quiet").when_pressed(self.clear_lines)
        self.add_action(KeyButton("Back", kind="quiet").when_pressed(self.back_wanted.emit))
        self._build()
        self._count()

    def _build(self) -> None:
        card = Card("The same for all of them")
        card.add(self.form)
        foot = Flow(gap="m")
        for part in (self.save, self.clear, label("All of them are marked as entered late.", "caption")):
            foot.addWidget(part)
        inner = QWidget()
        column = QVBoxLayout(inner)
        spaced(column, gap="m")
        above: tuple[QWidget, ...] = (self.trouble, self.problems, card)
        for shown in above:
            column.addWidget(shown)
        column.addWidget(self.grid, 1)
        column.addWidget(self.told)
        column.addLayout(foot)
        column.addWidget(label(HOW, "caption", wrap=True))
        self.body.addWidget(page_scroll(inner), 1)

    # -- what the window asks ------------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether lines stand here that are not on record."""
        return self._saving or bool(self.lines.filled())

    @property
    def unsaved_words(self) -> str:
        """What would be lost, in one sentence."""
        count = len(self.lines.filled())
        return f"{_many(count)} of the tally {'is' if count == 1 else 'are'} not saved yet."

    def focus_first(self) -> None:
        """Into the table, where one was."""
        here = self.grid.currentIndex()
        self.grid.open_cell(max(here.row(), 0), max(here.column(), 0))

    def refresh(self) -> None:
        """Read the lists again; what was typed stays."""
        services = self.desk.services

        def read() -> Vocabularies:
            return services.vocabularies.all()

        self.desk.latest(self, "lists", read, self._offer)

    def on_refresh(self) -> None:
        """F5."""
        self.refresh()

    def _offer(self, lists: Vocabularies) -> None:
        settings = self.desk.services.settings.read()
        self._lists = lists
        method = self.form.editor("method")
        assert isinstance(method, TermPicker)
        method.offer(lists.offered(Vocabulary.METHOD, on=self._today()))
        if not self.form.dirty and method.is_empty():
            self.form.set_values({"method": settings.method, "taken_by": self.desk.services.person})
        self.lines.take_lists(lists, lists.label(Vocabulary.LINE, TermCode(settings.line)))

    # -- saving --------------------------------------------------------------------------------------------------------

    def on_save(self) -> None:
        """Put all lines on record, or none of them."""
        self.grid.keep_open_cell()
        if self._saving or not self.lines.filled():
            return
        calls, problems = self._calls()
        if problems:
            self._show_problems(problems)
            return
        self.trouble.clear()
        self.problems.clear()
        self._saving = True
        self._hold(True)
        services = self.desk.services

        def log() -> Done[tuple[int, ...]]:
            return services.calls.log_many(calls)

        self.desk.change(self, log, self._saved, self._not_saved)

    def _calls(self) -> tuple[list[NewCall], dict[str, str]]:
        now, alike = self.desk.services.clock(), self._alike()
        calls: list[NewCall] = []
        problems: dict[str, str] = {}
        for row, line in self.lines.filled():
            try:
                calls.append(call_of(line, self.lines.reading(row), alike, now=now))
            except Invalid as error:
                problems |= call_problems(row + 1, error)
        return calls, problems

    def _alike(self) -> Alike:
        method, taken_by = self.form.editor("method"), self.form.editor("taken_by")
        assert isinstance(method, TermPicker)
        return Alike(method=method.value(), taken_by=str(taken_by.value()))

    def _show_problems(self, problems: Mapping[str, str]) -> None:
        cells: dict[tuple[int, str], str] = {}
        for place, words in problems.items():
            number, _, name = place.partition(".")
            # a field that has no column is told beside the day
            cells[int(number) - 1, name if name in NAMES else NAMES[0]] = words.partition(": ")[2] or words
        self.lines.show_problems(cells)
        self.problems.show_problems(problems, dict.fromkeys(problems, ""))
        self.problems.take_focus()

    def _saved(self, done: Done[tuple[int, ...]]) -> None:
        self._saving = False
        self._hold(False)
        self.lines.start_again()
        self._count()
        said = f"{_many(len(done.value))} logged, marked as entered late."
        self.desk.notices.undoable(said, self._taking_back(done.value))
        self.grid.open_cell(0, 0)
        self.logged.emit(done.value)

    def _not_saved(self, error: DeskError) -> None:
        self._saving = False
        self._hold(False)
        if isinstance(error, Invalid):
            self._show_problems(self._by_row(error))
            return
        self.trouble.say(f"Not saved, none of them. {error.sentence} The lines are still here.", "danger")
        self.trouble.add_button("Try again", self.on_save, "Ctrl+Enter", kind="")

    def _by_row(self, error: Invalid) -> dict[str, str]:
        """The service counts calls, the table rows."""
        rows = [row for row, _ in self.lines.filled()]
        problems: dict[str, str] = {}
        for place, words in error.problems.items():
            number, _, name = place.partition(".")
            at = rows[int(number) - 1] if number.isdecimal() and int(number) <= len(rows) else 0
            problems |= call_problems(at + 1, Invalid({name: words}))
        return problems

    def _taking_back(self, ids: tuple[int, ...]) -> Callable[[], None]:
        desk = self.desk

        def remove() -> Done[int]:
            done = [desk.services.calls.remove(call_id, desk.services.calls.get(call_id).version) for call_id in ids]
            touched = frozenset(topic for one in done for topic in one.touched)
            return Done(len(done), touched, said=f"{_many(len(done))} removed.")

        def removed(done: Done[int]) -> None:
            desk.notices.inform(done.said)

        return lambda: desk.change(desk, remove, removed)

    # -- what people do ------------------------------------------------------------------------------------------------

    def clear_lines(self) -> None:
        """Give the lines up. They can be brought back."""
        lines = list(self.lines.lines)
        count = len(self.lines.filled())
        if not count:
            return
        self.lines.start_again()
        self.problems.clear()
        self._count()

        def bring_back() -> None:
            self.lines.put_back(lines)
            self._count()

        self.desk.notices.undoable(f"{_many(count)} of the tally cleared.", bring_back)
        self.focus_first()

    def _go_to(self, place: str) -> None:
        number, _, name = place.partition(".")
        self.grid.open_cell(int(number) - 1, NAMES.index(name) if name in NAMES else 0)

    def _typed(self, row: int) -> None:
        for name in NAMES:
            if (row, name) not in self.lines.problems:
                self.problems.drop(f"{row + 1}.{name}")
        self._count()

    def _count(self) -> None:
        count = len(self.lines.filled())
        self.set_line(
            f"{_many(count)} typed, not saved yet" if count else "A tally or a pile of messages, typed in one go"
        )
        if count:
            self.save.switch_on()
            self.clear.switch_on()
        else:
            self.save.switch_off(NOT_YET)
            self.clear.switch_off(NOT_YET)

    def _tell_cell(self) -> None:
        self.told.setText(self.lines.problem(self.grid.currentIndex()) or " ")

    def _hold(self, held: bool) -> None:
        for part in (self.grid, self.form, self.save, self.clear):
            part.setEnabled(not held)

    def _today(self) -> date:
        return local_day(self.desk.services.clock())


def _many(count: int) -> str:
    return "1 call" if count == 1 else f"{count:,} calls"
