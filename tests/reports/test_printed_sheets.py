"""A workbook on paper: every sheet fits the width of the page, and no chart is cut by the end of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.utils import simpleSplit

from ppsdesk.assembly import Services
from ppsdesk.domain.codes import YearEnds
from ppsdesk.domain.document import Bar, ChartSpec, Document, Note, Table
from ppsdesk.domain.figures import Column, Count, FigureTable, Report
from ppsdesk.reports import writing, xlsx_file
from ppsdesk.reports.xlsx_page import lines_of
from ppsdesk.storage.work import Storage
from tests.conftest import DATABASES
from tests.reports import handmade

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LINE, POINT, EMU = 15.0, 96 / 72, 9_525  # points of a row, pixels of a point, parts of a pixel
OTHERS = 64  # pixels of a column nobody gave a width
LONG = "Everything around a plan that was promised and not kept, and what to say to the school about it this term; " * 3


@dataclass
class Anchor:
    """Where a chart begins and ends, in rows and pixels into the row, and the last column it reaches."""

    first: int
    last: int
    into_last: float
    column: int


@dataclass
class Sheet:
    """What a sheet says of its printed pages."""

    heights: dict[int, float]  # pixels, of rows that are not as high as a line
    widths: dict[int, float]
    used: int
    breaks: list[int]
    across: int
    down: int
    landscape: bool
    anchors: list[Anchor]
    head: int | None

    def high(self, row: int) -> float:
        return self.heights.get(row, LINE * POINT)

    def room(self) -> float:
        """Pixels of rows that fit on a page when it is as wide as the paper: A4 without its margins."""
        wide, high = ((11.69, 8.27) if self.landscape else (8.27, 11.69))  # fmt: skip
        columns = max([self.used, *(anchor.column for anchor in self.anchors)])
        across = sum(self.widths.get(column, OTHERS) for column in range(columns + 1))
        return (high - 1.5) * 96 / min((wide - 1.4) * 96 / across, 1.0)

    def cut(self) -> list[Anchor]:
        """The charts that the end of a page goes through."""
        if self.down == 1:
            return []
        return [anchor for anchor in self.anchors if self._is_cut(anchor)]

    def _is_cut(self, anchor: Anchor) -> bool:
        if any(anchor.first < row <= anchor.last for row in self.breaks):
            return True
        begins = max((row for row in self.breaks if row <= anchor.first), default=0)
        repeated = self.high(self.head) if begins and self.head is not None else 0.0
        above = sum(self.high(row) for row in range(begins, anchor.last))
        return repeated + above + anchor.into_last > self.room()


def sheets(content: bytes) -> Iterator[Sheet]:
    """Every sheet of a workbook, from its own XML."""
    with ZipFile(BytesIO(content)) as held:
        book = ElementTree.fromstring(held.read("xl/workbook.xml"))
        heads = {
            int(name.get("localSheetId", "")): int((name.text or "").rpartition("$")[2]) - 1
            for name in book.iter(f"{S}definedName")
            if name.get("name") == "_xlnm.Print_Titles"
        }
        for number, _ in enumerate(book.iter(f"{S}sheet")):
            yield _sheet(held, number, heads.get(number))


def _sheet(held: ZipFile, number: int, head: int | None) -> Sheet:
    xml = ElementTree.fromstring(held.read(f"xl/worksheets/sheet{number + 1}.xml"))
    [page] = xml.iter(f"{S}pageSetup")
    fits = any(found.get("fitToPage") == "1" for found in xml.iter(f"{S}pageSetUpPr"))
    widths = {
        column - 1: float(cols.get("width", "0")) * 7
        for cols in xml.iter(f"{S}col")
        for column in range(int(cols.get("min", "")), int(cols.get("max", "")) + 1)
    }
    cells = [str(cell.get("r")) for cell in xml.iter(f"{S}c")]
    return Sheet(
        heights={int(row.get("r", "")) - 1: float(row.get("ht", LINE)) * POINT for row in xml.iter(f"{S}row")},
        widths=widths,
        used=max((ord(cell[0]) - ord("A") for cell in cells if cell[1].isdigit()), default=0),
        breaks=[int(found.get("id", "")) for found in xml.iter(f"{S}brk")],
        across=int(page.get("fitToWidth", "1")) if fits else 0,
        down=int(page.get("fitToHeight", "1")) if fits else 0,
        landscape=page.get("orientation") == "landscape",
        anchors=[_anchor(found) for found in _drawing(held, number, xml)],
        head=head,
    )


def _drawing(held: ZipFile, number: int, xml: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for drawing in xml.iter(f"{S}drawing"):
        links = ElementTree.fromstring(held.read(f"xl/worksheets/_rels/sheet{number + 1}.xml.rels"))
        [target] = [link.get("Target", "") for link in links if link.get("Id") == drawing.get(f"{R}id")]
        yield from ElementTree.fromstring(held.read(target.replace("..", "xl"))).iter(f"{D}twoCellAnchor")


def _anchor(found: ElementTree.Element) -> Anchor:
    begin, end = found.find(f"{D}from"), found.find(f"{D}to")
    assert begin is not None
    assert end is not None
    first, last, into = (
        int(place.findtext(f"{D}{name}", "")) for place, name in ((begin, "row"), (end, "row"), (end, "rowOff"))
    )
    return Anchor(first, last, into / EMU, int(end.findtext(f"{D}col", "")))


def a_report(
    rows: int, periods: int, bars: int, *, name: str = "Topic", charts: int = 1, notes: int = 1
) -> tuple[Report, Document]:
    """One table of so many rows and periods, with its charts."""
    heads = tuple(str(1990 + at) for at in range(periods))
    table = FigureTable(
        id="by-topic",
        title="Calls by topic",
        unit=handmade.report().tables[0].unit,
        definition=LONG,
        columns=(Column(head="Topic", kind="text"), *(Column(head=head) for head in heads)),
        rows=tuple((f"{row} {name}", *(Count(row + at) for at in range(periods))) for row in range(rows)),
        notes=(LONG,) * notes,
    )
    report = replace(handmade.report(), tables=(table,))
    series = heads[:2]
    chart = ChartSpec(
        caption="Calls by topic",
        series=series,
        bars=tuple(Bar(f"{bar} {name}", (bar,) * len(series)) for bar in range(bars)),
        alternative="Bar chart.",
    )
    said = (chart, Note(LONG))
    return report, replace(handmade.paper(handmade.report()), blocks=(Table(table.title, table), *said * charts))


reports = st.fixed_dictionaries(
    {
        "rows": st.integers(1, 120),
        "periods": st.integers(1, 14),
        "bars": st.integers(1, 60),
        "name": st.sampled_from(("Topic", LONG[:70], LONG)),
        "charts": st.integers(1, 3),
        "notes": st.integers(0, 4),
    }
)


@settings(max_examples=40)
@given(asked=reports)
def test_no_chart_is_cut_however_long_the_table_and_its_names(asked: dict[str, Any]) -> None:
    _, sheet = sheets(xlsx_file.write(*a_report(**asked)))
    assert len(sheet.anchors) == asked["charts"]
    assert sheet.cut() == []
    assert sheet.across == 1
    assert sheet.landscape is (asked["periods"] + 1 >= xlsx_file.WIDE_FROM)


def test_a_short_sheet_is_one_page_and_a_long_one_begins_a_page_for_its_chart() -> None:
    _, short = sheets(xlsx_file.write(*a_report(4, 2, 4, notes=0)))
    assert (short.breaks, short.down) == ([], 0)
    _, squeezed = sheets(xlsx_file.write(*a_report(8, 2, 4, notes=0)))
    assert (squeezed.breaks, squeezed.down) == ([], 1)
    _, long = sheets(xlsx_file.write(*a_report(90, 2, 12)))
    [chart] = long.anchors
    assert long.breaks == [chart.first - 2]  # its caption and what is said of it come along
    assert long.head is not None


def test_without_its_break_or_with_a_break_inside_the_chart_would_be_found_cut() -> None:
    _, long = sheets(xlsx_file.write(*a_report(70, 2, 12)))
    [chart] = long.anchors
    assert replace(long, breaks=[]).cut() == [chart]
    assert replace(long, breaks=[chart.first + 3]).cut() == [chart]
    assert replace(long, breaks=[chart.last]).cut() == [chart]
    assert replace(long, breaks=[chart.last + 1, *long.breaks]).cut() == []


TEXTS = (
    "Each call is counted under the area that was entered for it. The share is of all calls of the period. Not counted:"
    " unfinished drafts, calls removed as entered by mistake, and rings of the phone that were no enquiry.",
    "Autumn 2026-27 stops at 20 November 2026 and is compared with 1 September 2025 to 20 November 2025.",
    "Each call-back is counted under the working days from the call to the day its caller was reached.",
    "IN CAPITALS: WHAT WAS PROMISED, WHAT WAS KEPT, AND WHAT TO SAY TO THE SCHOOL.",
    "Short.",
    LONG,
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_has_room_for_the_lines_of_its_text_and_no_line_more(text: str) -> None:
    as_drawn = simpleSplit(text, "Helvetica", 1000, xlsx_file.LABEL_WIDTH * 556)  # it is as wide as Arial
    assert lines_of(text, xlsx_file.LABEL_WIDTH) == len(as_drawn)


def test_a_word_longer_than_the_column_takes_as_many_lines_as_it_needs() -> None:
    assert [lines_of("8" * signs, 20) for signs in (19, 21, 59, 61)] == [1, 2, 3, 4]


def styles(report: Report, document: Document) -> tuple[ElementTree.Element, dict[str, ElementTree.Element]]:
    """The styles of a workbook, and of every cell of its second sheet its own."""
    with ZipFile(BytesIO(xlsx_file.write(report, document))) as held:
        all_styles = ElementTree.fromstring(held.read("xl/styles.xml"))
        sheet = ElementTree.fromstring(held.read("xl/worksheets/sheet2.xml"))
    kinds = all_styles.findall(f"{S}cellXfs/{S}xf")
    return all_styles, {str(cell.get("r")): kinds[int(cell.get("s", "0"))] for cell in sheet.iter(f"{S}c")}


def test_figures_and_their_names_do_not_hang_on_the_rule_above() -> None:
    report, paper = a_report(4, 2, 4)
    _, cells = styles(report, paper)
    _, sheet = sheets(xlsx_file.write(report, paper))
    assert sheet.head is not None
    held = [cells[f"{column}{sheet.head + 2 + row}"] for row in range(4) for column in "ABC"]
    assert [found.get("vertical") for cell in held for found in cell.iter(f"{S}alignment")] == ["center"] * 12


def test_a_column_is_as_wide_in_every_program_as_its_figures_are_of_a_type_that_all_have() -> None:
    made, cells = styles(*a_report(4, 2, 4))
    fonts = made.findall(f"{S}fonts/{S}font")
    assert [name.get("val") for name in fonts[0].iter(f"{S}name")] == ["Arial"]
    assert list(fonts[0].iter(f"{S}scheme")) == []
    assert cells


@pytest.mark.parametrize(
    ("periods", "key"), [(1, "Bars: 1990."), (2, "Solid: 1990. Hatched: 1991.")], ids=["one series", "two"]
)
def test_a_chart_says_in_words_which_bars_are_which_and_has_no_legend_of_another_order(periods: int, key: str) -> None:
    with ZipFile(BytesIO(xlsx_file.write(*a_report(4, periods, 4)))) as held:
        chart = ElementTree.fromstring(held.read("xl/charts/chart1.xml"))
        texts = [text.text or "" for text in ElementTree.fromstring(held.read("xl/sharedStrings.xml")).iter(f"{S}t")]
    assert [text for text in texts if text.startswith(key)] == [f"{key} {LONG}".rstrip()]
    assert list(chart.iter(f"{C}legend")) == []


@pytest.mark.parametrize("make_storage", DATABASES[:1], indirect=True)
@pytest.mark.parametrize("periods", [["2026-27/autumn"], ["2025-26", "2025-26/spring", "2026-27/autumn"]])
def test_no_chart_of_the_call_report_is_cut(storage: Storage, desk: Services, periods: list[str]) -> None:
    desk.practice.fill(years=2, calls_per_year=200)
    with storage.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE term SET label = label || ' {LONG[:140]}' WHERE id % 3 = 0")
    report = desk.reporting.call_volumes(periods, year_ends=YearEnds.AUGUST)
    made = writing.WRITERS[".xlsx"](report, desk.reporting.document(report, service="A service"))
    found = list(sheets(made))
    assert sum(len(sheet.anchors) for sheet in found) > 8
    assert [sheet.cut() for sheet in found] == [[]] * len(found)
    assert {sheet.across for sheet in found} == {1}
