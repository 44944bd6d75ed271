"""Where the pages of a paper end: tables are parted between rows, and no page is left half empty for a table's sake."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import product

import pypdfium2
import pytest
from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from ppsdesk.domain.codes import Unit
from ppsdesk.domain.document import Bar, Block, ChartSpec, Document, Heading, Note, Paragraph, Table
from ppsdesk.domain.figures import Column, Count, FigureTable
from ppsdesk.reports import charts, figure_on_page, pdf
from ppsdesk.reports.house_style import PRINT_LOOK, TEXT_WIDTH
from tests.reports import reading
from tests.reports.by_hand import PRINTED, SERVICE

DEFINITION = "Each row counts the calls of that topic."
LINES = "A line above the table that says what it shows and why it is of use to those who read it. "


def calls_by_topic(rows: int) -> Table:
    columns = (Column(head="Topic", kind="text"), Column(head="Calls"))
    labelled = tuple((f"Topic {at:03}", Count(at)) for at in range(rows))
    figures = FigureTable(
        id="by-topic", title="Calls", unit=Unit.CALLS, definition=DEFINITION, columns=columns, rows=labelled
    )
    return Table("Calls by topic", figures)


def chart(bars: int) -> ChartSpec:
    drawn = tuple(Bar(f"Bar {at:03} of <the> calls & more", (at, bars - at)) for at in range(bars))
    return ChartSpec(caption="Calls", series=("Now", "Before"), bars=drawn, alternative="Bar chart.")


def pages(*blocks: Block) -> list[str]:
    made = Document(title="Calls", service=SERVICE, marking="Internal", printed=PRINTED, blocks=blocks)
    return reading.pages(pdf.write(made))


@pytest.mark.parametrize("lines", range(20, 60, 3))
def test_wherever_a_long_table_begins_its_heading_has_rows_below_and_its_definition_rows_above(lines: int) -> None:
    made = pages(Paragraph(LINES * lines), Heading("What people asked about"), calls_by_topic(30))
    begun = next(page for page in made if "What people asked about" in page)
    assert begun.partition("Calls by topic")[2].count("Topic 0") >= 3
    ended = next(page for page in made if DEFINITION in page)
    assert ended.partition(DEFINITION)[0].count("Topic 0") >= 3
    assert [" ".join(made).count(f"Topic {at:03} {at} ") for at in range(30)] == [1] * 30


def test_a_short_table_is_not_parted() -> None:
    for lines in range(36, 60, 3):
        made = pages(Paragraph(LINES * lines), calls_by_topic(5))
        assert [page.count("Topic 00") for page in made if "Topic 00" in page] == [5]


@pytest.mark.parametrize("rows", [5, 9, 30])
def test_the_base_and_the_footnotes_of_a_table_stand_below_its_last_rows(rows: int) -> None:
    base, why = "Base: 435 calls in Autumn 2026-27.", "Nobody was asked before this term."
    table = calls_by_topic(rows)
    lines = (*table.figures.rows[:-1], (f"Topic {rows - 1:03}", Count(None, why=why)))
    noted = replace(table, figures=replace(table.figures, rows=lines, notes=(base,)))
    for lines, paragraphs in product(range(20, 56, 2), range(1, 4)):
        made = pages(*[Paragraph(LINES * (lines // paragraphs))] * paragraphs, noted)
        [page] = [page for page in made if why in page]
        assert base in page
        assert page.partition(base)[0].count("Topic 0") >= 3


def test_small_print_of_great_length_goes_on_over_the_page() -> None:
    table = calls_by_topic(9)
    noted = replace(table, figures=replace(table.figures, notes=(LINES * 90,)))
    made = pages(noted, Paragraph("What follows it."))
    assert made[0].count("Topic 0") == 9
    assert "What follows it." in made[-1]
    assert len(made) == 2


def test_long_tables_one_after_the_other_leave_no_page_half_empty() -> None:
    made = pages(*(calls_by_topic(28) for _ in range(6)))
    assert all(page.count("Topic 0") >= 24 for page in made[:-1])


def test_what_is_said_of_a_chart_stands_on_its_page() -> None:
    for lines in range(20, 60, 3):
        made = pages(Paragraph(LINES * lines), chart(12), Note("12 of 40 entries are drawn."))
        [page] = [page for page in made if "Figure 1" in page]
        assert "12 of 40 entries are drawn." in page


def test_a_chart_put_straight_onto_the_page_looks_as_the_library_draws_it() -> None:
    sheet = charts.laid_out(chart(9), PRINT_LOOK, TEXT_WIDTH)
    drawing = charts.drawing(chart(9), PRINT_LOOK, TEXT_WIDTH)

    def dots(put: bool) -> bytes:
        target = BytesIO()
        canvas = Canvas(target, pagesize=(drawing.width, drawing.height))
        figure_on_page.put(sheet, canvas) if put else renderPDF.draw(drawing, canvas, 0, 0)
        canvas.save()
        document = pypdfium2.PdfDocument(target.getvalue())
        try:
            return bytes(document[0].render(scale=2).buffer)
        finally:
            document.close()

    assert dots(put=True) == dots(put=False)
