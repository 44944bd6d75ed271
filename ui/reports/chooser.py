"""What to count: years on record to tick, other periods as typed, and where a year ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.errors import Invalid
from ui.kit.editors import CodePicker
from ui.kit.form import Field, Form
from ui.kit.parts import Card, Flow, KeyButton
from ui.reports.periods_editor import PeriodsEditor
from ui.reports.year_ticks import YearTicks

HINT = "A term as 2001-02/autumn, months as 2001-09..2002-03; several with a blank between."
NONE_CHOSEN = "Tick at least one year, or write a period."


class PeriodChooser(Card):
    """`run_wanted` is Enter anywhere in it. `year_ends_chosen` carries the `YearEnds` a person turned to."""

    run_wanted = Signal()
    year_ends_chosen = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("What to count", parent)
        self._convention = CodePicker(YearEnds)
        self._convention.enter_moves_on = False
        self.years = YearTicks()
        self._offering = False
        self.form = Form(
            [
                Field("years", "&Years", self.years, wide=True),
                Field("others", "Other &periods", PeriodsEditor(self.year_ends, today), hint=HINT),
                Field("year_ends", "A year &runs", self._convention),
            ],
            goal="this can be counted",
        )
        self.form.submitted.connect(self.run_wanted)
        self.form.edited.connect(self._edited)
        self.add(self.form)
        row = Flow()
        self.run = KeyButton("Run", "Enter", "primary", icon="chart-column").when_pressed(self.run_wanted.emit)
        row.addWidget(self.run)
        self.body.addLayout(row)

    def year_ends(self) -> YearEnds:
        """The convention chosen."""
        return YearEnds(str(self._convention.content()))

    def offer(self, years: Sequence[str], year_ends: YearEnds) -> None:
        """Years to tick, oldest first, and the convention they are named by."""
        self._offering = True
        self._convention.set_value(year_ends)
        self._offering = False
        self.years.offer(years)

    def periods(self) -> tuple[str, ...]:
        """Every period chosen. `Invalid` where there is none or one cannot be read."""
        values = self.form.values()
        years, others = values["years"], values["others"]
        assert isinstance(years, tuple)
        assert isinstance(others, tuple)
        if not years + others:
            raise Invalid({"years": NONE_CHOSEN})
        return years + others

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter counts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self, name: str) -> None:
        if name == "year_ends" and not self._offering:
            self.year_ends_chosen.emit(self.year_ends())
