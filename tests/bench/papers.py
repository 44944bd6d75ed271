"""The paper of one term as a PDF file, and 100,000 rows as a workbook, beside the libraries alone on the same cells.

Both only compute, so what is measured is the time of the processor. Each pays for clearing away what it leaves behind,
and for nothing else: one clearing of all that lies about takes as long as a third of a paper, and used to fall on
whichever of the two was just at work. They take turns paper by paper, so that what else the computer does slows both.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from ppsdesk.domain import document as blocks
from ppsdesk.domain.codes import Unit, YearEnds
from ppsdesk.domain.document import ChartSpec, Document
from ppsdesk.domain.figures import Column, Count, FigureTable, Report, change, change_per_cent, share
from ppsdesk.domain.periods import parse
from ppsdesk.reports import call_volumes, pdf, xlsx_file
from ppsdesk.reports.house_style import (
    ABOVE,
    BELOW,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    SIDE,
    STRONG,
    TEXT_WIDTH,
    cell_words,
)
from ppsdesk.reports.tagging import Element
from ppsdesk.reports.typesetting import register_fonts
from tests.bench.counting import AS_OF, TERM
from tests.bench.files import Files, services
from tests.bench.measuring import Outcome, Scale, side_by_side

PDF_GOAL, XLSX_GOAL = 1.3, 1.1
PAPERS = 3  # of a few hundred milliseconds each, in what is one round of longer work
SERVICE = "Anytown SENDIASS"
LABEL, FIGURE = 150.0, 58.0  # points of a column of the bare tables
BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9.5, leading=12)
SMALL = ParagraphStyle("small", fontName=REGULAR, fontSize=8, leading=10.8)
TITLE = ParagraphStyle("title", fontName=STRONG, fontSize=12, leading=15, spaceBefore=10)


def pdf_paper(files: Files, scale: Scale) -> Outcome:
    """Every table and chart of one term: our writer without the marks that let it be read aloud, beside reportlab alone
    with the same texts, tables and charts. What the marks cost is told apart, from rounds of their own.
    """
    opened = services(files.holding(scale.ordinary))
    report = opened.reporting.call_volumes([TERM], year_ends=YearEnds.JULY, as_of=AS_OF)
    opened.close()
    document = call_volumes.document(report, service=SERVICE, printed="Printed for the meeting")
    ours, floor = _pages(pdf.drawn(document, _Unmarked)), _pages(_bare_pdf(document))
    assert abs(ours - floor) <= max(2, floor // 5), (ours, floor)
    pair = side_by_side(
        lambda: _computing(lambda: pdf.drawn(document, _Unmarked)),
        lambda: _computing(lambda: _bare_pdf(document)),
        rounds=PAPERS * scale.rounds,
    )
    marked = side_by_side(
        lambda: _computing(lambda: pdf.write(document)),
        lambda: _computing(lambda: _bare_pdf(document)),
        rounds=PAPERS * scale.rounds,
    )
    notes = (
        f"{len(report.tables)} tables, {sum(isinstance(block, ChartSpec) for block in document.blocks)} charts,"
        f" {ours} pages; {floor} pages of the floor",
        marked.words("read aloud (tagged), as it is handed out", "ms"),
    )
    return Outcome(name="pdf", unit="ms", pair=pair, goal=PDF_GOAL, notes=notes)


def xlsx_rows(_files: Files, scale: Scale) -> Outcome:
    """A table of so many rows through the writer of workbooks, beside XlsxWriter writing them row by row."""
    report = _many_rows(scale.rows)
    document = Document(title=report.title, service=SERVICE, marking="Internal", printed="", blocks=())
    pair = side_by_side(
        lambda: _computing(lambda: xlsx_file.write(report, document)),
        lambda: _computing(lambda: _bare_xlsx(report)),
        rounds=scale.rounds,
    )
    [table] = report.tables
    return Outcome(
        name="xlsx",
        unit="ms",
        pair=pair,
        goal=XLSX_GOAL,
        notes=(f"{len(table.rows):,} rows of {len(table.columns)} cells",),
    )


class _Unmarked(pdf.Paper):
    """The same paper as a picture only: nothing in it says what is a heading, a table or a figure."""

    def begin_element(
        self, role: str, attributes: str = "", *, alternative: str = "", into: Element | None = None
    ) -> Element:
        """One and the same, which is never written."""
        return self._root.top

    def end_element(self) -> None:
        """Nothing."""

    def begin_artifact(self) -> None:
        """Nothing."""

    def begin_content(self) -> None:
        """Nothing."""

    def end_marked(self) -> None:
        """Nothing."""

    def _describe(self) -> None:
        """No tree, so that none of its elements is written."""


def _computing(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, with the clearing of what the work leaves behind and of nothing from before."""
    gc.collect()
    gc.freeze()
    try:
        start = time.process_time()
        work()
        gc.collect()
        return (time.process_time() - start) * 1000
    finally:
        gc.unfreeze()


def _pages(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def _bare_pdf(document: Document) -> bytes:
    """The same texts in the same two fonts, each table as one of reportlab's with its heads repeated, each chart as
    bars drawn straight on the page.
    """
    register_fonts()
    target = BytesIO()
    paper = SimpleDocTemplate(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=SIDE,
        rightMargin=SIDE,
        topMargin=ABOVE,
        bottomMargin=BELOW,
        initialFontName=REGULAR,
    )
    story: list[Flowable] = [Paragraph(document.title, TITLE)]
    for block in document.blocks:
        story += _bare(block)
    paper.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return target.getvalue()


def _foot(canvas: Any, paper: Any) -> None:
    canvas.setFont(REGULAR, 8)
    canvas.drawString(SIDE, PAGE_HEIGHT - 37, SERVICE)
    canvas.line(SIDE, PAGE_HEIGHT - 43, SIDE + TEXT_WIDTH, PAGE_HEIGHT - 43)
    canvas.line(SIDE, 40, SIDE + TEXT_WIDTH, 40)
    canvas.drawRightString(SIDE + TEXT_WIDTH, 29, f"Page {paper.page}")


def _bare(block: blocks.Block) -> list[Flowable]:
    match block:
        case blocks.Heading(text):
            return [Paragraph(_escaped(text), TITLE)]
        case blocks.Paragraph(text) | blocks.Note(text):
            return [Paragraph(_escaped(text), SMALL)]
        case blocks.Facts(rows):
            return [Table([[label, Paragraph(_escaped(text), BODY)] for label, text in rows])]
        case blocks.Table(caption, figures):
            return [Paragraph(_escaped(caption), BODY), _bare_table(figures), *_bare_small_print(figures)]
        case ChartSpec():
            return [Paragraph(_escaped(block.caption), BODY), _BareChart(block)]


def _bare_table(figures: FigureTable) -> Table:
    """Labels as paragraphs, as they may take two lines; figures as they are."""
    texts = [[cell_words(*pair) for pair in zip(row, figures.columns, strict=True)] for row in figures.rows]
    rows: list[list[Any]] = [[Paragraph(_escaped(column.head), SMALL) for column in figures.columns]]
    rows += [[Paragraph(_escaped(label), BODY), *rest] for label, *rest in texts]
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 9.5, 12),
        ("FONT", (1, 1), (1, -1), STRONG, 9.5, 12),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEABOVE", (0, 0), (-1, 0), 1, HexColor("#111B20")),
        ("LINEBELOW", (0, 0), (-1, -1), 0.35, HexColor("#9AA7AD")),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
    ]
    widths = [TEXT_WIDTH - FIGURE * (len(figures.columns) - 1), *[FIGURE] * (len(figures.columns) - 1)]
    return Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))


def _bare_small_print(figures: FigureTable) -> list[Flowable]:
    texts = (figures.definition, " ".join(figures.notes))
    return [Paragraph(_escaped(text), SMALL) for text in texts if text]


class _BareChart(Flowable):
    """Bars drawn straight on the page, with their labels and figures; the second series outlined and hatched."""

    def __init__(self, spec: ChartSpec) -> None:
        super().__init__()
        self._spec = spec
        self._longest = max((value or 0 for bar in spec.bars for value in bar.values), default=0) or 1

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """As wide as the text, and as high as the bars need."""
        return TEXT_WIDTH, 20.0 + len(self._spec.bars) * (7.0 + 8.0 * len(self._spec.series))

    def draw(self) -> None:
        """From the top down."""
        canvas, y = self.canv, self.wrap(0, 0)[1] - 20
        canvas.setFont(REGULAR, 8.8)
        canvas.drawString(LABEL, y + 8, "  ".join(self._spec.series))
        for bar in self._spec.bars:
            canvas.drawString(0, y - 8, bar.label)
            for series, value in enumerate(bar.values):
                y -= 8
                long = (TEXT_WIDTH - LABEL - 40) * (value or 0) / self._longest
                canvas.rect(LABEL, y, long, 7, stroke=series, fill=not series)
                if series:
                    canvas.lines([(LABEL + x, y, LABEL + x + 5, y + 7) for x in range(0, int(long) - 5, 5)])
                canvas.drawString(LABEL + long + 4, y, str(value))
            y -= 7


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _many_rows(number: int) -> Report:
    """One table, with figures of every kind; no two labels alike."""
    base = Count(100 * number)
    rows = tuple(
        (
            f"Topic {at} of the service’s list",
            now := Count(at % 997),
            before := Count(at % 613),
            change(now, before),
            change_per_cent(now, before),
            share(now, base),
        )
        for at in range(number)
    )
    table = FigureTable(
        id="by-topic",
        title="Calls by topic",
        unit=Unit.CALLS,
        definition="Each row counts the calls that have this topic.",
        columns=(
            Column(head="Topic", kind="text"),
            Column(head="Spring"),
            Column(head="Same term, year before"),
            Column(head="Change", kind="change"),
            Column(head="Change, %", kind="per_cent"),
            Column(head="Share", kind="share"),
        ),
        rows=rows,
    )
    return Report(
        name="call-volumes",
        title="Call volumes",
        as_of=AS_OF,
        year_ends=YearEnds.JULY,
        periods=(parse(TERM, YearEnds.JULY),),
        tables=(table,),
    )


def _bare_xlsx(report: Report) -> bytes:
    """The cells alone: numbers as numbers in the same formats, texts as texts, each row on its way at once."""
    from xlsxwriter import Workbook

    target = BytesIO()
    [table] = report.tables
    with Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("by-topic")
        words = book.add_format({"font_name": "Arial", "font_size": 11, "text_wrap": True, "bottom": 4})
        formats = {
            kind: book.add_format({"font_name": "Arial", "font_size": 11, "num_format": shape, "bottom": 4})
            for kind, shape in xlsx_file.NUMBERS.items()
        }
        for column, head in enumerate(table.columns):
            sheet.write_string(0, column, head.head, words)
        for row, cells in enumerate(table.rows, start=1):
            for column, (cell, head) in enumerate(zip(cells, table.columns, strict=True)):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, words)
                    continue
                number = cell.value if isinstance(cell, Count) else cell.per_cent
                if number is None:
                    sheet.write_string(row, column, cell_words(cell, head), words)
                else:
                    sheet.write_number(row, column, number, formats[head.kind])
    return target.getvalue()
