"""The paper: read back by another library, and with texts nobody should have typed."""

from __future__ import annotations

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from ppsdesk.domain.breakdowns import CallVolumes
from ppsdesk.domain.codes import Unit
from ppsdesk.domain.document import Bar, ChartSpec, Document, Facts, Heading, Note, Paragraph, Table
from ppsdesk.domain.figures import Column, Count, FigureTable
from ppsdesk.reports import call_volumes, pdf
from ppsdesk.reports.house_style import MARKING, PRINT_LOOK, SIDE, TEXT_WIDTH
from ppsdesk.reports.suppression import suppressed
from ppsdesk.reports.typesetting import plain
from tests.reports import reading
from tests.reports.by_hand import LABELS, PRINTED, SERVICE, breakdown, full, hertfordshire, many, paper, volumes

HOSTILE = {
    "an image": "<img src='/etc/hostname'> <img src=\"http://127.0.0.1:9/x.png\">",
    "an unclosed tag": "Mum said <b>urgent and </i> left",
    "a formula": '=HYPERLINK("http://127.0.0.1:9","click")',
    "an ampersand": "Smith & Jones &amp; &lt; &#0; &nosuch;",
    "a colour": '<font color="[[].append(1)]">x</font>',
    "a name": "Mrs <O'Brien> <3",
    "a bullet": "<bullet>x</bullet><seq id='x'/><onDraw name='x'/>",
}


def written(figures_of: Document) -> str:
    return " ".join(reading.pages(pdf.write(figures_of)))


def with_text(text: str) -> Document:
    """A paper with this text in every place a text can be."""
    columns = (Column(head=text, kind="text"), Column(head=text), Column(head=text, kind="change"))
    table = FigureTable(
        id="x",
        title=text,
        unit=Unit.CALLS,
        definition=text,
        columns=columns,
        rows=((text, Count(1), Count(None, why=text)),) * 2,
        notes=(text,),
    )
    chart = ChartSpec(caption=text, series=(text, text), bars=(Bar(text, (1, 2)),), alternative=text)
    blocks = (Facts(rows=((text, text),)), Heading(text), Paragraph(text), Note(text), Table(text, table), chart)
    return Document(title=text, service=text, marking=text, printed=text, blocks=blocks)


def test_the_three_printed_totals_stand_on_the_paper_with_their_comparisons() -> None:
    text = written(paper(hertfordshire()))
    assert "1999-00 1,249 –¹ –¹ –¹" in text
    assert "2000-01 2,647 1,249 +1,398 +111.9 %" in text
    assert "2001-02 to March 2,402 1,650 +752 +45.6 %" in text
    assert "2001-02 stops at 31 March 2002 and is compared with September 2000 to March 2001." in text


def test_the_definition_stands_directly_under_its_table_and_the_footnote_after_it() -> None:
    text = written(paper(hertfordshire()))
    assert "+45.6 % A call is one conversation" in text
    assert "¹ Nothing is on record for then." in text
    assert text.index("+45.6 %") < text.index("A call is one") < text.index("¹ Nothing") < text.index("Figure 1:")


def test_sections_tables_and_figures_are_numbered() -> None:
    text = written(paper(hertfordshire()))
    for words in ("1 In short", "2 Figures", "Table 1: Calls by year (unit: calls)", "Figure 1:", "Table 2: Left out"):
        assert words in text


def test_every_page_has_service_title_marking_who_printed_it_and_its_number() -> None:
    content = reading.pages(pdf.write(paper(many(40))))
    assert len(content) >= 4
    for at, page in enumerate(content, start=1):
        for words in (SERVICE, "Call volumes", PRINTED, MARKING, f"Page {at} of {len(content)}"):
            assert words in page


def test_table_heads_are_repeated_and_every_year_is_printed_once() -> None:
    first, second, *_rest = reading.pages(pdf.write(paper(many(40))))
    assert "Year before, same days" in first
    assert "Year before, same days" in second
    rows = [f"{y}-{(y + 1) % 100:02} {1000 + 37 * (y - 1900):,}" for y in range(1962, 2001)]
    table = f"{first} {second}".partition("Figure 1:")[0]
    assert [table.count(row) for row in rows] == [1] * len(rows)


def test_a_table_of_too_many_periods_is_printed_in_parts_with_its_labels_again() -> None:
    text = written(paper(many(14)))
    assert "Table 2: Left out of the count (unit: calls) (part 1 of 2)" in text
    assert "Table 2: Left out of the count (unit: calls) (part 2 of 2)" in text
    assert text.count("Removed as entered by") == 2


WIDE = {
    "one year": full(volumes(("2000-01", 2647, 1249))),
    "three years": full(hertfordshire()),
    "seven figures": full(volumes(("2000-01", 9_876_543, 1_234_567), ("2001-02", 8_765_432, 9_999_999))),
    "a term": full(volumes(("2001-02/spring", 214, 198), as_of=date(2002, 3, 20))),
    "twelve years": full(many(12)),
}


@pytest.mark.parametrize("figures", WIDE.values(), ids=WIDE.keys())
def test_no_column_runs_into_another_however_many_periods_there_are(figures: CallVolumes) -> None:
    content = pdf.write(paper(figures))
    assert reading.overlaps(content) == []
    assert reading.right_edge(content) <= SIDE + TEXT_WIDTH + 1


def test_no_word_of_a_label_is_parted_because_there_are_many_columns() -> None:
    columns = (Column(head="Stage", kind="text"), *(Column(head=f"Autumn {year} to November") for year in range(6)))
    row = ("Apprenticeship/supported internship", *(Count(1_249) for _ in range(6)))
    table = FigureTable(
        id="x", title="Calls by stage", unit=Unit.CALLS, definition="Calls.", columns=columns, rows=(row,), notes=()
    )
    document = Document(title="x", service=SERVICE, marking=MARKING, printed=PRINTED, blocks=(Table("x", table),))
    assert "Apprenticeship/supported internship" in written(document)
    assert reading.overlaps(pdf.write(document)) == []


def test_figures_that_overlap_would_be_noticed() -> None:
    target = BytesIO()
    canvas = Canvas(target)
    for x in (100, 130, 300):
        canvas.drawString(x, 500, "9,876,543")
    canvas.save()
    assert len(reading.overlaps(target.getvalue())) == 1


def test_the_last_period_stays_beside_its_comparison_when_a_table_is_parted() -> None:
    text = written(paper(full(many(12))))
    assert "by line (unit: calls) (part 3 of 3) Line 2001-02 to March Year before, same days Change" in text
    compared = text.count("Year before, same days Change Change, % Share")
    assert text.count("2001-02 to March Year before, same days Change Change, % Share") == compared >= len(LABELS)


def test_hidden_figures_have_their_mark_in_table_and_chart_and_no_footnote_of_their_own() -> None:
    figures = volumes(("2000-01", 300, 200))
    counted = breakdown("by-line", (("Central", (290,), 198), ("North", (3,), 12)), (300,), 200)
    report = suppressed(call_volumes.report(replace(figures, breakdowns=(counted,))), 5)
    text = written(call_volumes.document(report, service=SERVICE, printed=PRINTED))
    assert "North 1 to 4 12 –" in text
    assert "North 1 to 4 12" in text.partition("Figure 2: Calls by line")[2]


def test_the_parts_of_a_long_chart_are_drawn_on_one_scale() -> None:
    content = pdf.write(paper(many(40)))
    drawn = [at for at, text in enumerate(reading.pages(content)) if "Figure 1:" in text]
    longest = [max(reading.widths(content, page, PRINT_LOOK.points * 0.95)) for page in (drawn[0], drawn[-1])]
    years = [_last_year_drawn(reading.pages(content)[page]) for page in (drawn[0], drawn[-1])]
    assert years[0] < years[1] == 2001
    assert longest[0] / longest[1] == pytest.approx((1000 + 37 * (years[0] - 1900)) / 4737, rel=0.005)


def _last_year_drawn(page: str) -> int:
    chart = page.partition("Figure 1:")[2].partition("Table 2:")[0]
    return max(int(year) for year in re.findall(r"((?:19|20)\d\d)-\d\d\b", chart))


def test_the_file_says_what_it_is_and_in_which_language() -> None:
    content = pdf.write(paper(hertfordshire()))
    found = reading.metadata(content)
    assert (found["Title"], found["Author"]) == ("Call volumes", SERVICE)
    assert b"/Lang (en-GB)" in content
    assert b"/DisplayDocTitle true" in content


def test_only_our_own_two_fonts_are_named_and_both_are_embedded() -> None:
    content = pdf.write(paper(many(12)))
    assert {name.split(b"+")[-1] for name in _names(content, b"/BaseFont /")} == {
        b"NotoSans-Regular",
        b"NotoSans-SemiBold",
    }
    assert content.count(b"/FontFile2") == content.count(b"/Type /FontDescriptor") >= 2


def _names(content: bytes, key: bytes) -> list[bytes]:
    return [rest.split()[0] for rest in content.split(key)[1:]]


def test_the_same_paper_always_gives_the_same_bytes_even_side_by_side() -> None:
    document = paper(hertfordshire())
    expected = pdf.write(document)
    with ThreadPoolExecutor(3) as lanes:
        assert set(lanes.map(pdf.write, [document] * 9)) == {expected}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_markup_in_a_text_is_printed_as_it_was_typed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _socket, address: connected.append(address))
    content = pdf.write(with_text(text))
    assert written(with_text(text)).count(text) >= 3
    assert reading.objects(content, raw.FPDF_PAGEOBJ_IMAGE) == 0
    assert b"/Annot" not in content
    assert connected == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("bell\x07 and \x00 and \x1b[31m red", "bell and and [31m red"),
        ("turned \u202egnp.exe", "turned gnp.exe"),
        ("line\nbreak\tand\u2028more", "line break and more"),
        ("\u05d0\u05d1 and \U0001f600", "\ufffd\ufffd and \ufffd"),
        ("half \ud800 a character", "half \ufffd a character"),
        ("Łódź, Ångström, Ελλάδα, Жуков", "Łódź, Ångström, Ελλάδα, Жуков"),
    ],
)
def test_what_cannot_be_printed_is_left_out_or_shown_as_missing(typed: str, printed: str) -> None:
    assert " ".join(plain(typed).split()) == printed
    assert printed in written(with_text(typed))


@pytest.mark.parametrize("text", ["word " * 2_000, "W" * 10_000, "<b>" * 3_334], ids=["words", "one word", "tags"])
def test_ten_thousand_characters_in_every_place_still_make_a_paper(text: str) -> None:
    content = reading.pages(pdf.write(with_text(text)))
    assert all(f"Page {at} of {len(content)}" in page for at, page in enumerate(content, start=1))
    body = "".join(content).replace(" ", "")
    assert body.count(text.strip()[:3]) >= 2 * len(text.replace(" ", "")) / len(text.strip()[:3].strip()) / 2
    assert "…" in body


def test_a_paper_with_nothing_in_it_is_still_a_page() -> None:
    assert "Page 1 of 1" in written(replace(paper(hertfordshire()), blocks=()))


def test_seven_figures_fit_their_columns() -> None:
    text = written(paper(volumes(("2000-01", 9_876_543, 1_234_567), ("2001-02", 2, 9_999_999))))
    assert "2000-01 9,876,543 1,234,567 +8,641,976 +700.0 %" in text
    assert "2001-02 to March 2 9,999,999 −9,999,997 −100.0 %" in text


def test_deeper_headings_are_numbered_under_their_section() -> None:
    blocks = (Heading("First"), Heading("Inside", 3), Heading("Also", 3), Heading("Second"), Heading("Within", 3))
    text = written(replace(paper(hertfordshire()), blocks=blocks))
    for words in ("1 First", "1.1 Inside", "1.2 Also", "2 Second", "2.1 Within"):
        assert words in text
