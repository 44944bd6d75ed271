"""Reports ▸ Call volumes: choose periods, count, look behind every figure, save the paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.calendar import local_clock, local_day, long_day
from ppsdesk.domain.changes import Done, Topic
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.document import Document
from ppsdesk.domain.errors import DeskError, Invalid, Refused
from ppsdesk.domain.figures import Report
from ppsdesk.domain.selection import Selection
from ppsdesk.services.settings import Settings
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.kit.page import Page
from ui.kit.page_body import PageBody
from ui.kit.parts import Card, Flow, KeyButton, announce, label, page_scroll
from ui.reports.chooser import PeriodChooser
from ui.reports.paper_view import PaperView

AT_FIRST = 3  # years ticked when the page opens
NO_CALLS = (
    "No calls are on record yet, so there is nothing to count. Log the first one with F8, or bring in a call log."
)
NOTHING_YET = "There is no report to save yet. Choose periods and press Run."
FILTERS = "PDF, to print or send (*.pdf);;JSON, for other programs (*.json)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be counted: years on record, oldest first, under a convention."""

    years: tuple[str, ...]
    year_ends: YearEnds
    any_calls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A report with its paper, and when it was counted. Screen and file are both made from it."""

    report: Report
    document: Document
    service: str
    counted: str


class ReportsPage(Page):
    """`calls_wanted` carries the `Selection` behind a figure. `import_wanted` is the way out of an empty database."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.CALLS, Topic.SETTINGS})
    title: ClassVar[str] = "Reports"

    calls_wanted = Signal(object)
    import_wanted = Signal()
    counted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: tuple[str, ...] = ()
        self._unkept: YearEnds | None = None
        self.answer: Answer | None = None
        self.export = KeyButton("Export", "Ctrl+E", icon="download").when_pressed(self.on_export)
        self.add_action(self.export)
        self.chooser = PeriodChooser(desk.services.reporting.today)
        self.chooser.run_wanted.connect(self.run)
        self.chooser.year_ends_chosen.connect(self._keep_convention)
        self.paper = PaperView(desk)
        self.paper.calls_wanted.connect(self.calls_wanted)
        self._bring_in = KeyButton("Bring in a call log", icon="folder-open").when_pressed(self.import_wanted.emit)
        self.empty = _empty_card(self._bring_in)
        self.body.addWidget(page_scroll(PageBody(self.chooser, self.empty, self.paper)))
        self._show_state(any_calls=True)

    def focus_first(self) -> None:
        """On the years, or on the one thing to do in an empty database."""
        if self.chooser.isHidden():
            self._bring_in.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chooser.form.focus_first()

    def refresh(self) -> None:
        """Offer what is on record now, and count again what was counted last."""
        self.desk.latest(self, "offer", partial(_offer, self.desk, self._unkept), self._offered)

    def run(self) -> None:
        """Count the periods chosen."""
        try:
            periods = self.chooser.periods()
        except Invalid as invalid:
            self.chooser.form.show_problems(invalid.problems)
            return
        self.chooser.form.clear_problems()
        self._count(periods)

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
        suggested = _documents() / f"{answer.report.name} {answer.report.periods[-1].label}.pdf"
        path = Dialogs.ask_file_to_save(self, "Save the report", suggested, FILTERS)
        if path is None:
            return
        write = partial(self.desk.services.reporting.write, answer.report, path, service=answer.service)
        self.desk.ask(self, write, self._saved)

    def _offered(self, offer: Offer) -> None:
        self.chooser.offer(offer.years, offer.year_ends)
        self._show_state(any_calls=offer.any_calls)
        if not offer.any_calls:
            self.answer = None
            return
        if not self._asked:
            self.chooser.years.set_value(offer.years[-AT_FIRST:])
        self._count(self._asked or offer.years[-AT_FIRST:])

    def _count(self, periods: tuple[str, ...]) -> None:
        self.set_line("Counting…")
        work = partial(_answer, self.desk, periods, self.chooser.year_ends())
        self.desk.latest(self, "report", work, partial(self._show, periods), self._not_counted)

    def _show(self, periods: tuple[str, ...], answer: Answer) -> None:
        self._asked = periods
        self.answer = answer
        self.set_line(f"{answer.report.title}, {answer.report.year_ends.label}, as of {answer.counted}")
        self.paper.show_document(answer.document)
        self._show_state(any_calls=True)
        announce(self, f"Counted. {' '.join(self.paper.paragraphs)}")
        self.counted.emit()

    def _not_counted(self, error: DeskError) -> None:
        self.set_line("Not counted." if self.answer is None else f"As of {self.answer.counted}")
        if isinstance(error, Refused):
            self.chooser.form.show_problems({"others": error.sentence})
        else:
            self.desk.notices.show_error(error)

    def _show_state(self, *, any_calls: bool) -> None:
        self.empty.setVisible(not any_calls)
        self.chooser.setVisible(any_calls)
        self.paper.setVisible(any_calls and self.answer is not None)
        if any_calls and self.answer is not None:
            self.export.switch_on()
        else:
            self.export.switch_off(NOTHING_YET if any_calls else NO_CALLS)
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


def _offer(desk: Desk, unkept: YearEnds | None) -> Offer:
    services = desk.services
    year_ends = unkept or services.settings.read().year_ends
    years = services.reporting.years_on_record(year_ends)
    return Offer(years=tuple(reversed(years)), year_ends=year_ends, any_calls=services.calls.count(Selection()) > 0)


def _answer(desk: Desk, periods: tuple[str, ...], year_ends: YearEnds) -> Answer:
    services = desk.services
    now = services.clock()
    service = services.settings.read().service
    report = services.reporting.call_volumes(periods, year_ends=year_ends)
    return Answer(
        report=report,
        document=services.reporting.document(report, service=service),
        service=service,
        counted=f"{long_day(local_day(now))}, {local_clock(now)}",
    )


def _empty_card(button: KeyButton) -> Card:
    card = Card("Nothing to count yet")
    card.add(label(NO_CALLS, wrap=True))
    row = Flow()
    row.addWidget(button)
    card.body.addLayout(row)
    return card


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
