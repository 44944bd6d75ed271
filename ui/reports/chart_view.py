"""The chart of a report, drawn as on paper in the colours of the window; and the same figures as a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ppsdesk.domain.document import Bar, ChartSpec
from ppsdesk.domain.figures import Column as FigureColumn
from ppsdesk.domain.figures import Count
from ppsdesk.services.reporting import cell_words
from ui.kit.desk import Desk
from ui.kit.parts import Flow, KeyButton, Svg, spaced
from ui.kit.records import Column, RecordsModel
from ui.kit.short_table import ShortTable
from ui.kit.theme import current, theme_box
from ui.reports.widths import cell_width

PIXELS_PER_POINT = 96 / 72
STEP = 8  # pixels; a chart is not drawn anew for less
EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'


class ChartView(QWidget):
    """A `ChartSpec`; Ctrl+T turns it into its table and back. `drawn` is told when the drawing stands."""

    drawn = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._spec: ChartSpec | None = None
        self._asked: object = None
        self.chart = Svg(EMPTY, "", self)
        self.twin = ShortTable(RecordsModel[Bar](()), "Chart as a table", self)
        self.twin.hide()
        self.swap = KeyButton("As a table", "Ctrl+T", "quiet", icon="table").when_pressed(self.turn)
        box = QVBoxLayout(self)
        spaced(box, gap="s")
        row = Flow()
        row.addWidget(self.swap)
        box.addLayout(row)
        box.addWidget(self.chart)
        box.addWidget(self.twin)
        theme_box().changed.connect(self._draw)

    def show_chart(self, spec: ChartSpec) -> None:
        """Another chart."""
        self._spec = spec
        self.twin.setAccessibleName(f"{spec.caption}, chart as a table")
        model = RecordsModel[Bar](_columns(spec), self)
        self.twin.show_columns(model)
        model.show(spec.bars)
        self._draw()

    def turn(self) -> None:
        """Chart into table, table into chart; the keyboard goes with it."""
        as_table = self.twin.isHidden()
        self.twin.setVisible(as_table)
        self.chart.setVisible(not as_table)
        self.swap.setText("As a chart" if as_table else "As a table")
        self.swap.show_icon("chart-column" if as_table else "table")
        if as_table:
            self.twin.setFocus()
        else:
            self.swap.setFocus()
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drawn for the width there is."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        theme = current()
        width = int(self.width() / theme.scale) // STEP * STEP
        wanted = (self._spec, theme.mode, width)
        if self._spec is None or width <= 0 or not self.isVisible() or wanted == self._asked:
            return
        self._asked = wanted
        draw = self._desk.services.reporting.chart
        points = theme.points["base"] * PIXELS_PER_POINT
        work = partial(draw, self._spec, _colours(), points=points, width=float(width))
        self._desk.latest(self, "chart", work, self._show)

    def _show(self, svg: bytes) -> None:
        assert self._spec is not None
        self.chart.show_drawing(svg, self._spec.alternative)
        self.drawn.emit()


def _colours() -> dict[str, str]:
    theme = current()
    taken = {"text": "text", "muted": "muted", "before": "neutral_mark", "axis": "border_strong", "ground": "surface"}
    return {"now": theme.series[0]} | {part: theme.colours[token] for part, token in taken.items()}


def _columns(spec: ChartSpec) -> tuple[Column[Bar], ...]:
    figures = (
        Column[Bar](name, partial(_figure, at), numeric=True, width=max(96, cell_width(name, "caption")))
        for at, name in enumerate(spec.series)
    )
    return (
        Column[Bar]("", _label, least=max((cell_width(bar.label, "base") for bar in spec.bars), default=90)),
        *figures,
    )


def _label(bar: Bar) -> str:
    return bar.label


def _figure(at: int, bar: Bar) -> str:
    mark = bar.marks[at] if bar.marks else ""  # stands for a figure that is hidden
    return cell_words(Count(bar.values[at], mark=mark), FigureColumn(head=""))
