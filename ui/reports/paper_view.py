"""A report's document on the screen: what it says in short, the names of its tables, and one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ppsdesk.domain.document import Document
from ui.kit.desk import Desk
from ui.kit.editors import ChoicePicker
from ui.kit.parts import Card, announce, label, spaced
from ui.kit.row_list import Row, RowList
from ui.kit.still import laid_out_once
from ui.kit.surfaces import scroll_to
from ui.kit.theme import current, theme_box
from ui.reports.chart_view import ChartView
from ui.reports.figures_view import FiguresView
from ui.reports.section_card import SectionCard
from ui.reports.sections import Section, sections

BESIDE = 860  # pixels at 100 % text from which the names of the tables stand beside the table
NAMES_WIDTH = 220
SHORT = {"how-heard": "How callers heard of us", "by-level": "Calls by level of help given"}  # names too long for it


class PaperView(QWidget):
    """Draws a `Document`, one table at a time. `calls_wanted` carries the `Selection` behind a figure."""

    calls_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: tuple[Section, ...] = ()
        self._beside: bool | None = None
        self.lead = Card("In short")
        self._lead_words = label("", wrap=True)
        self.lead.add(self._lead_words)
        self.names = RowList("Tables of the report", self, fitting=True)
        self.names.chosen.connect(self._chosen)
        self.names.opened.connect(self._into_figures)
        self.picker = ChoicePicker(self)
        self.picker.enter_moves_on = False
        self.picker.name("table", "Table of the report")
        self.picker.edited.connect(self._picked)
        self.card = SectionCard(desk)
        self.card.calls_wanted.connect(self.calls_wanted)
        box = QVBoxLayout(self)
        spaced(box, gap="m")
        box.addWidget(self.lead)
        self._grid = QGridLayout()
        spaced(self._grid, gap="m")
        box.addLayout(self._grid)
        for key, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.next_section if step > 0 else self.section_before)
        theme_box().changed.connect(self._fit)
        self._fit()

    @property
    def figures(self) -> FiguresView:
        """The table that is shown."""
        return self.card.figures

    @property
    def charts(self) -> tuple[ChartView, ...]:
        """The charts that are shown."""
        return self.card.charts

    @property
    def in_short(self) -> str:
        """The running text that the paper begins with."""
        return self._lead_words.text()

    @property
    def shown(self) -> str:
        """The name of the section that is shown, "" before there is one."""
        return self.card.section.name if self.card.section is not None else ""

    def show_document(self, document: Document) -> None:
        """Another paper. The table that was looked at stays, if the paper has it."""
        before = self.shown
        cut = sections(document)
        with laid_out_once(self):
            lead = next((section for section in cut if not section.has_figures), None)
            self._lead_words.setText("\n".join(lead.words) if lead else "")
            self.lead.setVisible(lead is not None)
            self.sections = tuple(section for section in cut if section.has_figures)
            names = [section.name for section in self.sections]
            self.picker.offer([(section.name, _short(section)) for section in self.sections])
            self.names.show_rows([Row(key=section.name, words=_short(section)) for section in self.sections])
            if names:
                self.show_section(before if before in names else names[0])

    def show_section(self, name: str) -> None:
        """The table of that id, or the charts under that heading. KeyError for none."""
        found = {section.name: section for section in self.sections}[name]
        self.names.choose(name)
        self.picker.set_value(name)
        if self.card.section is not found:
            self.card.show_section(found)

    def next_section(self) -> None:
        """The table after this one."""
        self._step(1)

    def section_before(self) -> None:
        """The table before this one."""
        self._step(-1)

    def focus_names(self) -> None:
        """The keyboard to the names of the tables."""
        (self.names if self._beside else self.picker.keys).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the names become a drop-down list."""
        super().resizeEvent(event)
        self._fit()

    def _step(self, by: int) -> None:
        names = [section.name for section in self.sections]
        if self.shown in names:
            place = names.index(self.shown) + by
            self.show_section(names[max(0, min(place, len(names) - 1))])
            scroll_to(self.card)
            announce(self, self.card.accessibleName())

    def _chosen(self, name: object) -> None:
        if isinstance(name, str) and name in [section.name for section in self.sections]:
            self.show_section(name)

    def _picked(self) -> None:
        self._chosen(self.picker.value())

    def _into_figures(self, name: object) -> None:
        if not self.figures.isHidden():
            self.figures.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        beside = self.width() / current().scale >= BESIDE
        self.names.setFixedWidth(round(NAMES_WIDTH * current().scale))
        if beside == self._beside:
            return
        had = self.names.hasFocus() or self.picker.keys.hasFocus()
        self._beside = beside
        with laid_out_once(self):
            for part in (self.names, self.picker, self.card):
                self._grid.removeWidget(part)
            if beside:
                self._grid.addWidget(self.names, 0, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(self.card, 0, 1, Qt.AlignmentFlag.AlignTop)
            else:
                self._grid.addWidget(self.picker, 0, 0)
                self._grid.addWidget(self.card, 1, 0)
            self._grid.setColumnStretch(0, 0 if beside else 1)
            self._grid.setColumnStretch(1, 1 if beside else 0)
            self.names.setVisible(beside)
            self.picker.setVisible(not beside)
        if had:
            self.focus_names()


def _short(section: Section) -> str:
    """As short as stands in the narrow list of names."""
    if section.table is None:
        return section.title
    figures = section.table.figures
    return SHORT.get(figures.id, figures.title)
