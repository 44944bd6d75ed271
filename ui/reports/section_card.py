"""One table of a report with its charts; another takes its place in the same parts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.kit.desk import Desk
from ui.kit.parts import Card, label
from ui.kit.still import laid_out_once
from ui.kit.tab_order import tab_in_order
from ui.reports.chart_view import ChartView
from ui.reports.figures_view import FiguresView
from ui.reports.sections import Section


class SectionCard(Card):
    """`calls_wanted` carries the `Selection` behind a figure."""

    calls_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.title.setWordWrap(True)
        self._desk = desk
        self.section: Section | None = None
        self._charts: list[ChartView] = []
        self.figures = FiguresView(desk)
        self.figures.calls_wanted.connect(self.calls_wanted)
        self._words = label("", wrap=True)
        self.add(self.figures)
        self.add(self._words)

    @property
    def charts(self) -> tuple[ChartView, ...]:
        """Those shown now, in the order of the paper."""
        return tuple(self._charts[: len(self.section.charts)] if self.section else ())

    def show_section(self, section: Section) -> None:
        """Another section, or the same one counted again: the keyboard stays on its figure then."""
        with laid_out_once(self):
            self.section = section
            self.title.setText(section.title)
            self.setAccessibleName(section.title)
            self.figures.setVisible(section.table is not None)
            if section.table is not None:
                self.figures.show_table(section.table.figures)
            self._words.setText("\n".join(section.words))
            self._words.setVisible(bool(section.words))
            self._show_charts(section)

    def _show_charts(self, section: Section) -> None:
        while len(self._charts) < len(section.charts):
            chart = ChartView(self._desk)
            self._charts.append(chart)
            self.add(chart)
            tab_in_order((chart,), at=chart)
        for place, chart in enumerate(self._charts):
            chart.setVisible(place < len(section.charts))
            if place < len(section.charts):
                chart.show_chart(section.charts[place])
