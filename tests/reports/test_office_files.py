"""The Word file, the workbook and the page: what each has to have so that people and their aids find their way."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from PIL import Image

from ppsdesk.domain.document import Bar, Block, ChartSpec, Heading, Note, Table
from ppsdesk.domain.figures import Column, Count, Share
from ppsdesk.reports import csv_file, docx_file, html_file, writing, xlsx_file
from ppsdesk.reports.house_style import TEXT_WIDTH
from ppsdesk.reports.suppression import suppressed
from tests.reports import files_read, handmade
from tests.reports.files_read import W, part, words

REPORT, PUBLIC = handmade.report(), suppressed(handmade.report(), 5)
PAPER = handmade.paper(REPORT)
WORD = docx_file.write(PAPER, REPORT.as_of)
BODY = part(WORD, "word/document.xml")
PAGE = files_read.Page(html_file.write(PAPER))
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
def test_the_same_report_always_gives_the_same_bytes(suffix: str) -> None:
    assert writing.WRITERS[suffix](REPORT, PAPER) == writing.WRITERS[suffix](REPORT, PAPER)


def test_every_file_carries_the_marking() -> None:
    for report in (REPORT, PUBLIC):
        paper = handmade.paper(report)
        marking = paper.marking
        assert marking in words(part(docx_file.write(paper, report.as_of), "word/footer1.xml"))
        book = xlsx_file.write(report, paper)
        assert all(any(marking in row for row in rows) for rows in files_read.sheets(book).values())
        assert files_read.csv_lines(csv_file.write(report, marking=marking))[0]["note"] == marking
        assert marking in files_read.Page(html_file.write(paper)).texts


def test_what_is_said_of_a_chart_stands_beside_it_in_the_workbook_and_not_on_its_first_sheet() -> None:
    note = "2 of 5 entries are drawn; the table has the others."
    blocks: list[Block] = []
    for block in PAPER.blocks:
        blocks += [block, Note(note)] if isinstance(block, ChartSpec) else [block]
    book = files_read.sheets(xlsx_file.write(REPORT, replace(PAPER, blocks=tuple(blocks))))
    with_note = [
        name for name, rows in book.items() if any(str(cell).endswith(f". {note}") for row in rows for cell in row)
    ]
    assert with_note == ["by-year", "by-topic"]


def test_a_workbook_has_its_tables_even_where_the_paper_has_none() -> None:
    book = files_read.sheets(xlsx_file.write(REPORT, replace(PAPER, blocks=())))
    assert ["About", *(table.id for table in REPORT.tables)] == list(book)


# Word


def test_the_title_above_and_the_number_below_a_page_stand_at_its_right_side() -> None:
    styles = part(WORD, "word/styles.xml")
    named = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    for name, place in (("Header", "word/header1.xml"), ("Footer", "word/footer1.xml")):
        assert list(named[name].iter(f"{W}tab")) == []
        stops = [tab.get(f"{W}val") for tabs in part(WORD, place).iter(f"{W}tabs") for tab in tabs]
        assert stops == ["right"]


def test_the_ground_of_a_chart_is_as_white_as_the_page() -> None:
    with ZipFile(BytesIO(WORD)) as file:
        pictures = [file.read(name) for name in file.namelist() if name.startswith("word/media/")]
    assert pictures
    for picture in pictures:
        assert Image.open(BytesIO(picture)).convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_a_word_files_headings_and_captions_are_real_ones() -> None:
    styled = [
        (style.get(f"{W}val"), words(paragraph))
        for paragraph in BODY.iter(f"{W}p")
        for style in paragraph.iter(f"{W}pStyle")
    ]
    assert styled[0] == ("Heading1", "Call volumes")
    assert [text for style, text in styled if style == "Heading2"] == [
        "In short", "Calls by year", "Calls by topic", "Largest changes",
    ]  # fmt: skip
    assert [text for style, text in styled if style == "Caption"] == [
        "Table 1: Calls by year", "Figure 1: Calls by year", "Table 2: Calls by topic", "Figure 2: Calls by topic",
        "Table 3: Largest changes",
    ]  # fmt: skip


def test_a_deeper_heading_is_a_heading_too() -> None:
    paper = replace(PAPER, blocks=(Heading("Inside", 3), Heading("Deep", 9)))
    body = part(docx_file.write(paper, REPORT.as_of), "word/document.xml")
    assert [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")] == ["Heading1", "Heading3", "Heading6"]


def test_every_table_of_a_word_file_repeats_its_heads_and_says_what_it_is() -> None:
    tables = list(BODY.iter(f"{W}tbl"))
    assert len(tables) == 3
    for table in tables:
        first, *rest = table.iter(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rest)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *rest))
        [look] = table.iter(f"{W}tblLook")
        assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
        assert next(table.iter(f"{W}tblDescription")).get(f"{W}val")
    order = [child.tag.removeprefix(W) for child in next(tables[0].iter(f"{W}tblPr"))]
    assert order == ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"]


def test_no_word_of_a_head_is_broken_in_a_word_file_however_many_terms_stand_side_by_side() -> None:
    """ "November" once stood as "Novembe" and "r"."""
    heads = ("Autumn 2025-26", "Summer 2025-26", "Autumn 2026-27 to 22 November", "Same days, year before")
    columns = (Column(head="Topic", kind="text"), *(Column(head=head) for head in heads), Column(head="Change"),
               Column(head="Change, %", kind="per_cent"), Column(head="Share", kind="share"))  # fmt: skip
    row = ("Annual review", *(Count(1_234),) * 5, Share(-100.0, 100), Share(55.4, 1_000))
    table = replace(REPORT.table("by-year"), columns=columns, rows=(row,), notes=())
    paper = replace(PAPER, blocks=(Table("Terms", table),))
    grid = part(docx_file.write(paper, REPORT.as_of), "word/document.xml").iter(f"{W}gridCol")
    labels, *wide = (int(column.get(f"{W}w", "")) / 20 for column in grid)
    longest = (33.0, 36.0, 44.0, 27.5, 33.0, 35.5, 25.0)  # points of 2025-26, Summer, November … in Arial Bold of 9
    margins = 2 * 5.4  # of a cell in Word
    assert all(column >= word + margins for column, word in zip(wide, longest, strict=True)), wide
    assert labels >= 0.2 * TEXT_WIDTH
    assert labels + sum(wide) == pytest.approx(TEXT_WIDTH, abs=1)


def test_a_word_files_charts_are_pictures_with_their_words() -> None:
    told = [found.get("descr") for found in BODY.iter() if found.tag.endswith("}docPr")]
    assert told == ["Bar chart, Calls by year.", "Bar chart, Calls by topic."]
    with ZipFile(BytesIO(WORD)) as held:
        pictures = [held.read(name) for name in held.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_a_word_file_is_a4_in_british_english_with_title_author_and_page_numbers() -> None:
    [size] = BODY.iter(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    styles = part(WORD, "word/styles.xml")
    assert {found.get(f"{W}val") for found in styles.iter(f"{W}lang")} == {"en-GB"}
    told = {child.tag.partition("}")[2]: child.text for child in part(WORD, "docProps/core.xml")}
    assert (told["title"], told["creator"], told["language"]) == ("Call volumes", handmade.SERVICE, "en-GB")
    foot = part(WORD, "word/footer1.xml")
    assert [(found.text or "").strip() for found in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert words(foot).endswith("Page 1 of 1")


# Excel


def book_parts(report: object = REPORT) -> dict[str, ElementTree.Element]:
    assert report in (REPORT, PUBLIC)
    shown = REPORT if report is REPORT else PUBLIC
    content = xlsx_file.write(shown, handmade.paper(shown))
    with ZipFile(BytesIO(content)) as held:
        return {name: ElementTree.fromstring(held.read(name)) for name in held.namelist() if name.endswith(".xml")}


@pytest.fixture(params=[True, False], ids=["cleared by itself", "cleared by the window"])
def cleared_by_itself(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether Python looks for cycles whenever it likes, as for a command, or leaves that to the window."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_after_a_workbook_memory_is_cleared_as_before_also_where_it_could_not_be_made(cleared_by_itself: bool) -> None:
    xlsx_file.write(REPORT, PAPER)
    assert gc.isenabled() is cleared_by_itself
    with pytest.raises(TypeError):
        xlsx_file.write(REPORT, replace(PAPER, blocks=None))  # type: ignore[arg-type]  # what no builder hands over
    assert gc.isenabled() is cleared_by_itself


def test_a_workbook_says_first_what_it_is_and_has_a_sheet_for_each_table() -> None:
    sheets = files_read.sheets(xlsx_file.write(REPORT, PAPER))
    assert list(sheets) == ["About", "by-year", "by-topic", "changes"]
    cover = sheets["About"]
    assert cover[0][0] == "Call volumes"
    assert ["As of", "31 March 2002"] in cover
    assert ["by-topic", "Calls by topic"] in cover
    above = [row[0] for row in sheets["by-topic"]]
    assert above.index("Topic") > above.index("2001-02 stops at 31 March 2002.") > 0
    assert above.index("Topic") > [line.startswith("Base: 1,249 calls in 1999-00") for line in above].index(True)


def test_the_heads_of_a_sheet_stay_in_sight_repeat_on_paper_and_are_known_as_heads() -> None:
    parts = book_parts()
    sheet = parts["xl/worksheets/sheet2.xml"]
    space = sheet.tag.partition("}")[0] + "}"
    [pane] = sheet.iter(f"{space}pane")
    head = 8  # title, marking, definition, note, two reasons and an empty row above it
    assert (pane.get("state"), pane.get("xSplit"), pane.get("ySplit")) == ("frozen", "1", str(head))
    [setup] = sheet.iter(f"{space}pageSetup")
    assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
    names = [found.text for found in parts["xl/workbook.xml"].iter() if found.tag.endswith("definedName")]
    assert f"'by-year'!${head}:${head}" in names
    table = parts["xl/tables/table1.xml"]
    assert (table.get("ref"), table.get("headerRowCount")) == (f"A{head}:E{head + 3}", None)
    assert next(found.get("name") for found in table.iter() if found.tag.endswith("tableColumn")) == "Year"


def test_the_heads_of_two_terms_do_not_touch_in_a_workbook() -> None:
    assert len("Summer 2025-26") + 1 < xlsx_file.FIGURE_WIDTH


def test_figures_have_formats_that_show_them_as_on_paper() -> None:
    shapes = {found.get("formatCode") for found in book_parts()["xl/styles.xml"].iter() if found.get("formatCode")}
    assert '+#,##0;"−"#,##0;0' in shapes
    assert '+#,##0.0" %";"−"#,##0.0" %";0.0" %"' in shapes


def test_a_chart_stands_over_the_cells_of_its_table_in_two_patterns_with_its_words() -> None:
    parts = book_parts()
    charts = [found for name, found in parts.items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    references = [[found.text for found in chart.iter(f"{C}f")] for chart in charts]
    assert references[0] == [
        "'by-year'!$B$8", "'by-year'!$A$9:$A$11", "'by-year'!$B$9:$B$11",
        "'by-year'!$C$8", "'by-year'!$A$9:$A$11", "'by-year'!$C$9:$C$11",
    ]  # fmt: skip
    for chart in charts:
        [first, second] = chart.iter(f"{C}ser")
        assert first.find(f"{C}spPr/{A}solidFill") is not None
        assert second.find(f"{C}spPr/{A}pattFill") is not None
    told = [
        found.get("descr")
        for name, drawing in parts.items()
        if name.startswith("xl/drawings/drawing")
        for found in drawing.iter()
        if found.get("descr")
    ]
    assert told == ["Bar chart, Calls by year.", "Bar chart, Calls by topic."]


def test_a_hidden_figure_has_its_mark_in_the_chart_too_and_no_nought() -> None:
    charts = [found for name, found in book_parts(PUBLIC).items() if name.startswith("xl/charts/chart")]
    written = [found.text for found in charts[1].iter(f"{A}t")]
    assert written.count("1 to 4") == 3
    assert [found.text for found in charts[0].iter(f"{A}t")] == ["–"]


def test_a_chart_of_anything_else_has_its_figures_below_it() -> None:
    other = ChartSpec(
        caption="Whole", series=("Calls",), bars=(Bar("All", (77,)), Bar("Few", (None,))), alternative="x"
    )
    paper = replace(PAPER, blocks=(*PAPER.blocks, other))
    rows = files_read.sheets(xlsx_file.write(REPORT, paper))["changes"]
    assert rows[-2:] == [["All", 77.0, ""], ["Few", "–", ""]]


def test_bars_in_another_order_than_the_rows_are_taken_cell_by_cell() -> None:
    chart = next(block for block in PAPER.blocks if isinstance(block, ChartSpec))
    turned = replace(chart, bars=(chart.bars[2], chart.bars[0]))
    blocks = tuple(turned if block is chart else block for block in PAPER.blocks)
    with ZipFile(BytesIO(xlsx_file.write(REPORT, replace(PAPER, blocks=blocks)))) as held:
        made = held.read("xl/charts/chart1.xml").decode()
    assert "<c:f>('by-year'!$B$11,'by-year'!$B$9)</c:f>" in made


def test_heads_that_are_alike_are_told_apart() -> None:
    [line] = [
        line
        for line in files_read.csv_lines(csv_file.write(REPORT, marking=""))
        if line["row"] == "Exclusions" and line["column"] == "2001-02 to March: Share, %"
    ]
    assert (line["value"], line["unit"]) == ("9.6", "per cent")


def test_two_sheets_never_have_one_name() -> None:
    tables = tuple(replace(REPORT.tables[0], id=name) for name in ("a/b", "A:b", "About", "x" * 40, "x" * 41))
    made = files_read.sheets(xlsx_file.write(replace(REPORT, tables=tables), PAPER))
    assert len({name.casefold() for name in made}) == 6


# the page


def tags(*names: str) -> list[dict[str, str | None]]:
    return [named for tag, named in PAGE.tags if tag in names]


def test_a_page_says_its_language_and_title_and_has_one_first_heading() -> None:
    assert tags("html") == [{"lang": "en-GB"}]
    assert f"Call volumes – {handmade.SERVICE}" in PAGE.texts
    assert len(tags("h1")) == len(tags("main")) == 1
    assert len(tags("h2")) == 4


def test_every_table_of_a_page_has_a_caption_and_scopes() -> None:
    assert len(PAGE.tables) == len(tags("caption")) == 5
    assert {head["scope"] for head in tags("th")} == {"col", "row"}
    rows = sum(len(rows) for _caption, rows in PAGE.tables)
    assert len([head for head in tags("th") if head["scope"] == "row"]) == rows - len(PAGE.tables)


def test_a_chart_of_a_page_has_title_description_and_its_figures_as_a_table() -> None:
    [first, second] = tags("svg")
    ids = {named.get("id"): tag for tag, named in PAGE.tags}
    for drawn in (first, second):
        assert drawn["role"] == "img"
        assert (ids[drawn["aria-labelledby"]], ids[drawn["aria-describedby"]]) == ("title", "desc")
    assert "Bar chart, Calls by topic." in PAGE.texts
    [twin] = [rows for caption, rows in PAGE.tables if caption == "The figures of figure 1"]
    assert twin == [["", "Calls", "Year before, same days"], ["1999-00", "1,249", "–"], ["2000-01", "2,647", "1,249"],
                    ["Later", "9", "7"]]  # fmt: skip


def test_a_page_needs_nothing_else_and_lets_nothing_else_in() -> None:
    text = html_file.write(PAPER).decode()
    assert not {tag for tag, _named in PAGE.tags} & {"script", "link", "img", "iframe", "object", "a", "form"}
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert "url(" not in text
    assert "@import" not in text
    [policy] = [named["content"] or "" for named in tags("meta") if named.get("http-equiv")]
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)
    assert not [named for _tag, named in PAGE.tags if "style" in named]


def test_a_page_is_light_and_dark_and_prints_on_a4() -> None:
    text = html_file.write(PAPER).decode()
    for rule in ("prefers-color-scheme: dark", "@media print", "size: A4"):
        assert rule in text
    drawn = text[text.index("<svg") : text.index("</svg>")]
    shapes = re.findall(r"<(?:rect|path|text)[^>]*>", drawn)
    assert shapes
    assert all('class="' in shape for shape in shapes)


@pytest.mark.parametrize("least", [1, 5])
def test_a_table_without_rows_is_still_a_file(least: int) -> None:
    table = replace(REPORT.tables[0], rows=(), columns=(Column(head="Only", kind="text"),), bases=(("x", Count(3)),))
    empty = suppressed(replace(REPORT, tables=(table,)), least)
    paper = replace(PAPER, blocks=(Table(table.title, table),))
    assert all(make(empty, paper) for make in writing.WRITERS.values())


def test_a_word_table_of_too_many_periods_goes_on_in_a_second_with_its_labels_and_number_again() -> None:
    columns = (Column(head="Topic", kind="text"), *(Column(head=str(year)) for year in range(1990, 1999)))
    table = replace(REPORT.tables[0], columns=columns, rows=(("Transport", *(Count(60 + at) for at in range(9))),))
    made = docx_file.write(replace(PAPER, blocks=(Table(table.title, table),)), REPORT.as_of)
    body = part(made, "word/document.xml")
    rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in body.iter(f"{W}tr")]
    assert rows == [
        ["Topic", "1990", "1991", "1992", "1993", "1994"], ["Transport", "60", "61", "62", "63", "64"],
        ["Topic", "1995", "1996", "1997", "1998"], ["Transport", "65", "66", "67", "68"],
    ]  # fmt: skip
    fields = [(found.text or "").strip() for found in body.iter(f"{W}instrText")]
    assert fields == ["SEQ Table \\* ARABIC", "SEQ Table \\c \\* ARABIC"]
    assert files_read.of_docx(made, replace(REPORT, tables=(table,)))["by-year"] == [[60 + at for at in range(9)]]
