"""Reports: choose what to count, count it, look behind every figure, save the paper."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import DeskError, Interrupted, Invalid, Refused
from ppsdesk.domain.rights import Action, Subject
from ppsdesk.domain.saved_reports import Asked, ReportKind, SavedReport
from ppsdesk.services.settings import Settings
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.kit.files import suggested
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.parts import Card, Flow, KeyButton, announce, label, page_scroll
from ui.kit.print_preview import Preview
from ui.kit.rights import Rights
from ui.reports.answer import Answer, published
from ui.reports.chooser import Chooser
from ui.reports.counting import STOPPED, Counting
from ui.reports.exporting import FILTERS
from ui.reports.offer import Offer, read_offer, remember
from ui.reports.paper_view import PaperView
from ui.reports.saving import Saving

NO_CALLS = "No calls are on record yet, so there is nothing to count."
LOG_ONE, BRING_IN = "Log the first one with F8", "bring in a call log"
ROWS = 6  # of what scrolls below the title: less would show one field of what to count at a time
NOTHING_YET = "There is no report to save yet. Choose periods and press Run."


class ReportsPage(Page):
    """`calls_wanted` carries the `Selection` behind a figure. `import_wanted` is the way out of an empty database.

    `counted` and `stopped` tell how a count ended.
    """

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.CALLS, Topic.NON_DATA, Topic.SETTINGS, Topic.SCHOOL_TERMS})
    title: ClassVar[str] = "Reports"

    calls_wanted = Signal(object)
    import_wanted = Signal()
    counted = Signal()
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: Asked | None = None
        self._unkept: YearEnds | None = None
        self.answer: Answer | None = None
        self.pages: Preview | None = None
        self.export = KeyButton("Export", "Ctrl+E", icon="download").when_pressed(self.on_export)
        self.preview = KeyButton("Preview", "Ctrl+P").when_pressed(self.on_preview)
        self.add_action(self.preview)
        self.add_action(self.export)
        self.chooser = Chooser(desk.services.reporting.today)
        self.chooser.run_wanted.connect(self.run)
        self.chooser.year_ends_chosen.connect(self._keep_convention)
        self.chooser.public_chosen.connect(self._publish)
        self.chooser.saved_chosen.connect(self._ask_saved)
        self.saving = Saving(desk, self.chooser)
        self.saving.stand_in(self.chooser)
        self.counting = Counting(desk, self)
        self.counting.answered.connect(self._counted)
        self.counting.failed.connect(self._not_counted)
        self.paper = PaperView(desk)
        self.paper.calls_wanted.connect(self.calls_wanted)
        self._bring_in = KeyButton("Bring in a call log", icon="folder-open").when_pressed(self.import_wanted.emit)
        self._nothing = label("", wrap=True)
        self.empty = _empty_card(self._nothing, self._bring_in.needs(desk.rights, Subject.IMPORTS, Action.ADD))
        parts = PageBody(self.chooser, self.counting.card, self.empty, self.paper)
        self.body.addWidget(page_scroll(parts, rows=ROWS))
        self._show_state(any_calls=True)

    def focus_first(self) -> None:
        """On the years, or on the one thing to do in an empty database."""
        if self.chooser.isHidden() and self._bring_in.permitted:
            self._bring_in.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chooser.form.focus_field("years" if self.chooser.report() is ReportKind.CALL_VOLUMES else "term")

    def refresh(self) -> None:
        """Offer what is on record now, and count again what was counted last."""
        self.desk.latest(self, "offer", partial(read_offer, self.desk, self._unkept), self._offered)

    def run(self) -> None:
        """Count what is chosen."""
        try:
            asked = self.chooser.asked()
        except Invalid as invalid:
            self.chooser.form.show_problems(invalid.problems)
            return
        self.chooser.form.clear_problems()
        self._count(asked)

    def on_refresh(self) -> None:
        """Read again."""
        self.refresh()

    def on_filter(self) -> None:
        """To what is counted."""
        self.focus_first()

    def on_chart_as_table(self) -> None:
        """The charts as tables, and back."""
        for chart in self.paper.charts:
            chart.turn()

    def on_export(self) -> None:
        """Save what is shown: the file is made from the very figures on the screen."""
        answer = self.answer
        if answer is None:
            self.desk.notices.show_error(Refused(NOTHING_YET))
            return
        path = Dialogs.ask_file_to_save(self, "Save the report", suggested(answer.file_name), FILTERS)
        if path is None:
            return
        write = partial(self.desk.services.reporting.write, answer.report, path, service=answer.service)
        self.desk.ask(self, write, self._saved)

    def on_preview(self) -> None:
        """The pages of what is shown, to look at and to print."""
        if self.answer is None:
            self.desk.notices.show_error(Refused(NOTHING_YET))
            return
        self.pages = Preview(self.desk, self.answer.document, self.desk.services.reporting.pages, self)
        self.pages.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops a count."""
        if event.key() == Qt.Key.Key_Escape and self.counting.job is not None:
            self.counting.stop()
        else:
            super().keyPressEvent(event)

    # -- counting ------------------------------------------------------------------------------------------------------

    def _offered(self, offer: Offer) -> None:
        self.chooser.offer(offer)
        self.saving.show_state()
        self._show_state(any_calls=offer.any_calls)
        if not offer.any_calls:
            self.answer = None
            return
        asked = self._asked
        if asked is None:
            asked = offer.first_asked
            self.chooser.show_asked(asked)
        self._count(replace(asked, year_ends=offer.year_ends))

    def _count(self, asked: Asked) -> None:
        self.set_line("Counting…")
        self.counting.start(asked)

    def _counted(self, answer: Answer) -> None:
        self._asked = answer.asked
        self._show(answer)
        announce(self, f"Counted. {self.paper.in_short}")
        keep = partial(remember, self.desk, answer.asked)
        self.desk.change(self, keep, _nothing_more, _not_remembered)
        self.counted.emit()
        if (public := self.chooser.public()) != answer.asked.public:  # ticked while it was counted
            self._publish(public)

    def _not_counted(self, error: DeskError) -> None:
        self.set_line("Not counted." if self.answer is None else self.answer.line)
        if isinstance(error, Interrupted):
            self.desk.notices.inform(STOPPED if self.answer is None else error.sentence)
            self.stopped.emit()
        elif isinstance(error, Refused):
            field = "others" if self.chooser.report() is ReportKind.CALL_VOLUMES else "term"
            self.chooser.form.show_problems({field: error.sentence})
        else:
            self.desk.notices.show_error(error)

    def _show(self, answer: Answer) -> None:
        self.answer = answer
        self.set_line(answer.line)
        self.paper.show_document(answer.document)
        self._show_state(any_calls=True)

    def _publish(self, public: bool) -> None:
        """Hide small numbers or show them, in the report that is there."""
        if self.answer is not None:
            work = partial(published, self.desk, self.answer, public=public)
            self.desk.latest(self, "public", work, self._published)

    def _published(self, answer: Answer) -> None:
        if self.answer is not None and answer.true is self.answer.true:  # not counted again meanwhile
            self._asked = answer.asked
            self._show(answer)
            announce(self, "Small numbers hidden." if answer.asked.public else "All figures shown.")
            self.counted.emit()

    def _ask_saved(self, saved: SavedReport) -> None:
        self.chooser.show_asked(saved.asked)
        if self.answer is None or saved.asked.year_ends is not self.answer.asked.year_ends:
            self._asked = saved.asked
            self._keep_convention(saved.asked.year_ends)
        else:
            self.run()

    # -- state ---------------------------------------------------------------------------------------------------------

    def _show_state(self, *, any_calls: bool) -> None:
        nothing = _no_calls(self.desk.rights)
        self._nothing.setText(nothing)
        self.empty.setVisible(not any_calls)
        self.chooser.setVisible(any_calls)
        self.paper.setVisible(any_calls and self.answer is not None)
        for button in (self.export, self.preview):
            if any_calls and self.answer is not None:
                button.switch_on()
            else:
                button.switch_off(NOTHING_YET if any_calls else nothing)
        if not any_calls:
            self.set_line("")

    def _keep_convention(self, year_ends: YearEnds) -> None:
        self._unkept = year_ends
        work = partial(self.desk.services.settings.change, year_ends=year_ends)
        self.desk.change(self, work, self._convention_kept, self._convention_not_kept)

    def _convention_kept(self, done: Done[Settings]) -> None:
        if self._unkept is done.value.year_ends:
            self._unkept = None

    def _convention_not_kept(self, error: DeskError) -> None:
        self.desk.notices.show_error(error)
        self.refresh()

    def _saved(self, path: Path) -> None:
        self.desk.notices.inform(f"Saved to {path}")


def _nothing_more(done: Done[Settings]) -> None:
    """It is remembered."""


def _not_remembered(error: DeskError) -> None:
    """The next start begins with the newest years."""


def _no_calls(rights: Rights) -> str:
    """Why there is nothing, and what whoever is signed in can do about it."""
    ways = ((LOG_ONE, Subject.CALLS), (BRING_IN, Subject.IMPORTS))
    words = ", or ".join(words for words, subject in ways if rights.may(subject, Action.ADD))
    return f"{NO_CALLS} {words[:1].upper()}{words[1:]}." if words else NO_CALLS


def _empty_card(words: QWidget, button: KeyButton) -> Card:
    card = Card("Nothing to count yet")
    card.add(words)
    row = Flow()
    row.addWidget(button)
    card.body.addLayout(row)
    return card
