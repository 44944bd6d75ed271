"""The paper read aloud, and a guard for the names of reportlab that this leans on."""

from __future__ import annotations

import inspect
import re

import page as pdf_rules
import pytest
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from ppsdesk.domain.document import Document
from ppsdesk.reports import area_trends, call_volumes, pdf, tagging
from ppsdesk.reports.suppression import suppressed
from tests.reports import reading
from tests.reports.by_hand import LABELS, PRINTED, SERVICE, full, hertfordshire, many, paper, trends, volumes

HOSTILE = ("W" * 10_000, "word " * 400, "<b>&amp;=1+1 <img src='x'>", "\x00\x1b\u202egnp", "", "Other", "Not entered")

PAPERS = {
    "every table of three years": paper(full(hertfordshire())),
    "labels nobody should have typed": paper(full(hertfordshire(), labels=dict.fromkeys(LABELS, HOSTILE))),
    "small numbers hidden": call_volumes.document(
        suppressed(call_volumes.report(full(volumes(("2001-02", 34, 28)))), 5), service=SERVICE, printed=PRINTED
    ),
    "the trend sheet": area_trends.document(
        area_trends.report(trends("", "North", "<East> & Co")), service=SERVICE, printed=PRINTED
    ),
    "three years": paper(hertfordshire()),
    "forty years": paper(many(40)),
    "a title in Greek": paper(volumes(("2000-01", 5, 4)), service="Ελλάδα & <sons>"),
}


@pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS.keys())
def test_no_rule_for_accessible_papers_is_broken(document: Document) -> None:
    result = pdf_rules.validate_pdf_bytes(pdf.write(document), profile=pdf_rules.ValidationProfile.PDF_UA_1)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.rules.total > 100


def test_headings_paragraphs_tables_and_the_figure_are_read_in_the_order_of_the_page() -> None:
    [tree] = reading.trees(pdf.write(paper(hertfordshire())))
    spoken = [role for role in reading.roles(tree) if role in ("H1", "H2", "Table", "Figure")]
    assert spoken == ["H1", "Table", "H2", "H2", "Table", "Figure", "H2", "Table"]


def test_a_table_has_column_heads_and_in_each_row_one_row_head() -> None:
    [tree] = reading.trees(pdf.write(paper(hertfordshire())))
    _facts, by_year, _excluded = reading.found(tree, "Table")
    rows = [[cell[0] for cell in row[2]] for row in by_year[2]]
    assert rows == [["TH"] * 5, *[["TH", "TD", "TD", "TD", "TD"]] * 3]


def test_heads_say_whether_they_head_a_column_or_a_row() -> None:
    content = pdf.write(paper(hertfordshire()))
    assert content.count(b"/Scope /Column") == 5 + 4
    assert content.count(b"/Scope /Row") == 5 + 3 + 3


def test_the_figure_has_words_for_those_who_cannot_see_it() -> None:
    [tree] = reading.trees(pdf.write(paper(hertfordshire())))
    [figure] = reading.found(tree, "Figure")
    assert figure[1].startswith("Bar chart, calls by year. 1999-00: 1,249; 2000-01: 2,647 against 1,249")


def test_a_table_over_two_pages_is_one_table_whose_heads_are_read_once() -> None:
    content = pdf.write(paper(many(40)))
    rows = [row for tree in reading.trees(content) for table in reading.found(tree, "Table") for row in table[2]]
    assert [cell[0] for row in rows for cell in row[2]].count("TD") >= 40 * 4
    parts = content.count(b"/S /Table") - 2  # without the facts and the calls by year
    assert parts == 5
    assert content.count(b"/Scope /Column") == 5 + 40 + parts


def test_the_rule_above_footnotes_is_not_read() -> None:
    assert reading.loose(pdf.write(paper(hertfordshire()))) == 0


def test_heads_feet_and_rules_of_the_page_are_passed_over() -> None:
    canvas = tagging.TaggedCanvas(inspect.getfile(tagging) + ".never-written", pageCompression=0)
    with canvas.element("P"), canvas.content():
        canvas.drawString(10, 10, "read")
    with canvas.artifact():
        canvas.drawString(10, 20, "not read")
    code = " ".join(canvas._code)
    assert re.search(r"/P <</MCID 0>> BDC .*read.* EMC /Artifact BMC .*not read.* EMC", code)


@pytest.mark.parametrize("name", ["_code", "_doc", "_startPage"])
def test_reportlab_still_has_what_the_tagged_canvas_uses(name: str) -> None:
    assert hasattr(Canvas(tagging.__name__), name), "TaggedCanvas marks what is drawn through this private name"


def test_reportlab_still_tells_a_listener_what_it_draws_of_a_table() -> None:
    drawing = inspect.getsource(Table.draw)
    for event in ("startTable", "startBG", "startRow", "startCell", "endCell", "endRow", "startLines", "endTable"):
        assert f"'{event}'" in drawing, "TaggedTable opens and closes its elements on these events"
    assert "_splitRows" in vars(Table), "TaggedTable stays one table over a page end through this private name"


def test_reportlab_still_takes_page_keys_and_a_map_to_unicode() -> None:
    assert set(tagging.PAGE_KEYS) <= set(pdfdoc.PDFPage.__NoDefault__)
    assert "makeToUnicodeCMap(" in inspect.getsource(ttfonts.TTFont.addObjects), "the map without U+0000 replaces this"
    lines = ttfonts.makeToUnicodeCMap("F", [0, 65, 66]).split("\n")
    assert "2 beginbfchar" in lines
    assert "<01> <0041>" in lines
    assert "<00> <0000>" not in lines
