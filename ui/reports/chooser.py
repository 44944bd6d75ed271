"""What to count: which report, which periods, which tables, for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Invalid
from ppsdesk.domain.saved_reports import Asked, ReportKind, SavedReport
from ui.kit.editors import ChoicePicker, CodePicker, TickEditor
from ui.kit.form import Field, Form
from ui.kit.parts import Card, Flow, KeyButton
from ui.kit.still import laid_out_once
from ui.reports.offer import Offer, table_choices
from ui.reports.periods_editor import PeriodsEditor
from ui.reports.ticks import Ticks

HINT = "Months as 2001-09..2002-03, an older term as autumn 2001."
NONE_CHOSEN = "Tick at least one year or term, or write a period."
NO_TERM = "Choose a term."
NO_TABLE = "Tick at least one table, or all of them."
NOT_SAVED = ("", "None")
OF_VOLUMES, OF_TRENDS = ("years", "terms", "others", "all_tables"), ("term",)
TERMS_TICKED = 4  # this one, the two before it, and the same a year before


class Chooser(Card):
    """`run_wanted` is Enter anywhere in it. `year_ends_chosen` carries the `YearEnds` a person turned to,
    `public_chosen` whether small numbers are to be hidden, `saved_chosen` the `SavedReport` taken from the list."""

    run_wanted = Signal()
    year_ends_chosen = Signal(object)
    public_chosen = Signal(bool)
    saved_chosen = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("What to count", parent)
        self._filling = False
        self._saved: dict[str, SavedReport] = {}
        self.years, self.terms = Ticks(), Ticks()
        self._others = PeriodsEditor(self.year_ends, today)
        self._convention, self._report = CodePicker(YearEnds), CodePicker(ReportKind)
        self.saved, self._term = ChoicePicker(), ChoicePicker()
        for picker in (self._convention, self._report, self.saved, self._term):
            picker.enter_moves_on = False
        self.tables = Ticks()
        self.form = Form(
            [
                Field("report", "Report", self._report),
                Field("saved", "Saved settings", self.saved),
                Field("years", "Years", self.years, wide=True),
                Field("terms", "Terms", self.terms, wide=True),
                Field("year_ends", "A year runs", self._convention),
                Field("others", "Other periods", self._others, hint=HINT),
                Field("public", "For readers outside: small numbers hidden", _tick(), wide=True),
            ],
            goal="this can be counted",
        )
        more = [
            Field("term", "Term", self._term, beside="report"),
            Field("all_tables", "All tables", _tick()),
            Field("tables", "Which tables", self.tables, wide=True),
        ]
        self.form.add(more, hidden=("term", "tables"))
        self.form.editor("all_tables").set_value(True)
        self.saved.offer([NOT_SAVED])
        self.form.submitted.connect(self.run_wanted)
        self.form.edited.connect(self._edited)
        self.add(self.form)
        self.row = Flow()
        self.run = KeyButton("Run", "Enter", "primary", icon="chart-column").when_pressed(self.run_wanted.emit)
        self.row.addWidget(self.run)
        self.body.addLayout(self.row)

    def year_ends(self) -> YearEnds:
        """The convention chosen."""
        return YearEnds(str(self._convention.content()))

    def report(self) -> ReportKind:
        """The report chosen."""
        return ReportKind(str(self._report.content()))

    def public(self) -> bool:
        """Whether small numbers are to be hidden."""
        return bool(self.form.editor("public").value())

    def chosen_saved(self) -> SavedReport | None:
        """The saved settings that were taken last and are still there."""
        return self._saved.get(self.saved.value())

    def offer(self, offer: Offer) -> None:
        """What there is to choose from; what was chosen stays chosen where it still is."""
        self._filling = True
        self._convention.set_value(offer.year_ends)
        self.years.offer([(year, year) for year in offer.years])
        self.terms.offer(tuple(reversed(offer.terms[:TERMS_TICKED])))
        self._term.offer(offer.terms)
        if not self._term.value() and offer.terms:
            self._term.set_value(offer.terms[0][0])
        self._others.calendar = offer.calendar
        self._filling = False
        self.offer_saved(offer.saved)

    def offer_saved(self, saved: Iterable[SavedReport]) -> None:
        """The settings that are kept under a name now."""
        self._filling = True
        self._saved = {str(one.key): one for one in saved}
        self.saved.offer([NOT_SAVED, *((key, _named(one)) for key, one in self._saved.items())])
        if not self.saved.content():
            self.saved.set_value("")
        self._filling = False

    def take_saved(self, saved: SavedReport) -> None:
        """These were just kept, and are the ones chosen."""
        self.offer_saved(sorted({**self._saved, str(saved.key): saved}.values(), key=lambda one: one.name.casefold()))
        self._filling = True
        self.saved.set_value(str(saved.key))
        self._filling = False

    def show_asked(self, asked: Asked) -> None:
        """Fill in this question."""
        self._filling = True
        offered = {box.objectName() for box in (*self.years.boxes(), *self.terms.boxes())}
        with laid_out_once(self.form):
            self._report.set_value(asked.report)
            self._convention.set_value(asked.year_ends)
            self.form.editor("public").set_value(asked.public)
            if asked.report is ReportKind.AREA_TRENDS:
                self._term.set_value(asked.periods[0] if asked.periods else "")
            else:
                self.years.set_value(asked.periods)
                self.terms.set_value(asked.periods)
                self._others.set_value(tuple(period for period in asked.periods if period not in offered))
            self.form.editor("all_tables").set_value(asked.tables is None)
            self._show_fields()
            if asked.tables is not None:
                self.tables.set_value(asked.tables)
        self._filling = False

    def asked(self) -> Asked:
        """The question as it stands. `Invalid` where nothing is chosen or a period cannot be read."""
        values = self.form.values()
        volumes = self.report() is ReportKind.CALL_VOLUMES
        tables = values["tables"]
        assert isinstance(tables, tuple)
        chosen = (period for name in ("years", "terms", "others") for period in _texts(values[name]))
        periods = tuple(dict.fromkeys(chosen)) if volumes else tuple(filter(None, (str(values["term"]),)))
        if not periods:
            raise Invalid({"years": NONE_CHOSEN} if volumes else {"term": NO_TERM})
        if volumes and not values["all_tables"] and not tables:
            raise Invalid({"tables": NO_TABLE})
        return Asked(
            report=self.report(),
            periods=periods,
            year_ends=self.year_ends(),
            tables=tables if volumes and not values["all_tables"] else None,
            public=bool(values["public"]),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter counts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self, name: str) -> None:
        if self._filling:
            return
        if name == "year_ends":
            self.year_ends_chosen.emit(self.year_ends())
        elif name in ("report", "all_tables"):
            with laid_out_once(self.form):
                self._show_fields()
        elif name == "public":
            self.public_chosen.emit(self.public())
        elif name == "saved" and (saved := self.chosen_saved()) is not None:
            self.saved_chosen.emit(saved)

    def _show_fields(self) -> None:
        volumes = self.report() is ReportKind.CALL_VOLUMES
        some = volumes and not self.form.editor("all_tables").value()
        if some and not self.tables.boxes():  # most people never choose among them
            self.tables.offer(table_choices())
            self.tables.set_value(tuple(code for code, _words in table_choices()))
        for name in OF_VOLUMES:
            self.form.show_field(name, volumes)
        for name in OF_TRENDS:
            self.form.show_field(name, not volumes)
        self.form.show_field("tables", some)


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value


def _tick() -> TickEditor:
    tick = TickEditor()
    tick.enter_moves_on = False  # Enter counts
    return tick


def _named(saved: SavedReport) -> str:
    return saved.name if saved.owner else f"{saved.name} (everybody’s)"
