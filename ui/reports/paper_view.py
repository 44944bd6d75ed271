"""A report's document on the screen: one card per heading, the same blocks as on paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.document import Block, ChartSpec, Document, Facts, Heading, Note, Paragraph, Table
from ui.kit.desk import Desk
from ui.kit.parts import Card, PlainLabel, label, spaced
from ui.reports.chart_view import ChartView
from ui.reports.figures_view import FiguresView


class PaperView(QWidget):
    """Draws the blocks of a `Document`. `calls_wanted` carries the `Selection` behind a figure."""

    calls_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shape: tuple[type[Block], ...] = ()
        self._parts: list[QWidget] = []
        self._cards: list[Card] = []
        self._box = QVBoxLayout(self)
        spaced(self._box, gap="m")

    @property
    def tables(self) -> tuple[FiguresView, ...]:
        """The tables of figures, in the order of the paper."""
        return tuple(part for part in self._parts if isinstance(part, FiguresView))

    @property
    def charts(self) -> tuple[ChartView, ...]:
        """The charts, in the order of the paper."""
        return tuple(part for part in self._parts if isinstance(part, ChartView))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The running text."""
        return tuple(part.text() for part in self._parts if isinstance(part, PlainLabel))

    def show_document(self, document: Document) -> None:
        """Another paper. One of the same build is filled in place, so that the keyboard stays where it is."""
        blocks = tuple(block for block in document.blocks if not isinstance(block, Facts))
        shape = tuple(type(block) for block in blocks)
        if shape != self._shape:
            self._build(blocks)
            self._shape = shape
        headings = iter(self._cards)
        parts = iter(self._parts)
        for block in blocks:
            if isinstance(block, Heading):
                card = next(headings)
                card.title.setText(block.text)
                card.setAccessibleName(block.text)
            else:
                _fill(next(parts), block)

    def _build(self, blocks: tuple[Block, ...]) -> None:
        for old in self._cards:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards, self._parts = [], []
        for block in blocks:
            if isinstance(block, Heading) or not self._cards:
                card = Card(block.text if isinstance(block, Heading) else " ")
                self._cards.append(card)
                self._box.addWidget(card)
            if not isinstance(block, Heading):
                part = self._part(block)
                self._parts.append(part)
                self._cards[-1].add(part)

    def _part(self, block: Block) -> QWidget:
        if isinstance(block, Table):
            view = FiguresView()
            view.calls_wanted.connect(self.calls_wanted)
            return view
        if isinstance(block, ChartSpec):
            return ChartView(self._desk)
        return label("", "caption" if isinstance(block, Note) else "", wrap=True)


def _fill(part: QWidget, block: Block) -> None:
    if isinstance(part, FiguresView) and isinstance(block, Table):
        part.show_table(block.figures)
    elif isinstance(part, ChartView) and isinstance(block, ChartSpec):
        part.show_chart(block)
    elif isinstance(part, PlainLabel) and isinstance(block, Paragraph | Note):
        part.setText(block.text)
