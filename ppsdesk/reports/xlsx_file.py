"""A report as an Excel workbook: a first sheet that says what it is, and a sheet for each table, named by its id.

Figures are numbers and texts are texts: no text is ever a formula or a link. Percentages are written as they are
printed, 45.6 under a head that says per cent, so that every format of a report gives the same number.
"""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from ppsdesk.domain.document import ChartSpec, Document, Facts, Note, Paragraph, Table
from ppsdesk.domain.figures import Count, FigureTable, Report, Share, places
from ppsdesk.reports.footnotes import Footnotes, heads, small_print, value
from ppsdesk.reports.house_style import ACCENT, INK, QUIET, RULE
from ppsdesk.reports.safe_text import clean, one_line
from ppsdesk.reports.xlsx_chart import chart_height, chart_key, chart_width, insert_chart
from ppsdesk.reports.xlsx_page import POINT, ROW, PrintedSheet, column_pixels, lines_of

COVER = "About"
A4 = 9
LONGEST_CELL, LONGEST_NAME, LONGEST_HEAD, LONGEST_MARGIN = 32_000, 31, 250, 50
WIDE_FROM = 7  # columns of a sheet that is printed on its side
LABEL_WIDTH, FIGURE_WIDTH, TEXT_WIDTH = 58, 16, 90
# Of every cell, also those nobody wrote to: the width of a column is told in its figures.
FONT = {"font_name": "Arial", "font_size": 11, "font_scheme": "none"}
TITLE_LINE = 24.0  # points
LINE, MOST_LINES = 14.25, 25  # points of one of several lines; a row can be no higher than 409

_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_PICTURE = re.compile(r"&(?=[G\[])")
_CODED = re.compile(r"_x[0-9A-Fa-f]{4}_")  # what Excel reads as one character in the head of a table

NUMBERS = {
    "count": "#,##0",
    "change": '+#,##0;"−"#,##0;0',
    "per_cent": '+#,##0.0" %";"−"#,##0.0" %";0.0" %"',
    "whole per_cent": '+#,##0" %";"−"#,##0" %";0" %"',
    "share": '#,##0.0" %"',
    "whole share": '#,##0" %"',
}


def write(report: Report, document: Document) -> bytes:
    """The whole workbook, made in memory; the same report always gives the same bytes."""
    from xlsxwriter import Workbook

    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": FONT,
    }
    with _nothing_collected(), Workbook(target, options) as book:
        book.set_properties(
            {
                "title": one_line(document.title, limit=LONGEST_HEAD),
                "author": one_line(document.service, limit=LONGEST_HEAD),
                "comments": one_line(document.marking, limit=LONGEST_HEAD),
                "created": datetime.combine(report.as_of, time(), tzinfo=UTC),
            }
        )
        _Workbook(book, report, document).fill()
    return target.getvalue()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """While cells are gathered nobody looks for cycles among them: there are none, and looking costs a fifth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the cells."""

    title: Any
    plain: Any
    strong: Any
    quiet: Any
    label: Any
    head: Any
    head_right: Any
    mark: Any
    numbers: dict[str, Any]


def _looks(book: Any) -> _Looks:
    def look(**more: Any) -> Any:
        return book.add_format({**FONT, "font_color": INK, "valign": "top", **more})

    figures = {"valign": "vcenter", "bottom": 1, "bottom_color": RULE}  # at the top they would touch the rule above
    head = {"bold": True, "font_color": QUIET, "text_wrap": True, "valign": "bottom", "top": 2, "bottom": 1}
    return _Looks(
        title=look(bold=True, font_size=16, font_color=ACCENT),
        plain=look(text_wrap=True),
        strong=look(bold=True),
        quiet=look(font_color=QUIET, text_wrap=True),
        label=look(text_wrap=True, **figures),
        head=look(**head),
        head_right=look(**head, align="right"),
        mark=look(align="right", **figures),
        numbers={kind: look(num_format=shape, align="right", **figures) for kind, shape in NUMBERS.items()},
    )


class _Workbook:
    """Cover first, then the tables in their order."""

    def __init__(self, book: Any, report: Report, document: Document) -> None:
        self._book, self._report, self._document = book, report, document
        self._looks = _looks(book)
        self._names = _sheet_names(report)

    def fill(self) -> None:
        self._cover()
        for table in self._report.tables:
            self._table(table)

    def _sheet(self, name: str, *, wide: bool) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        if wide:
            sheet.set_landscape()
        sheet.set_header(f"&L{self._margin(self._document.service)}&R{self._margin(self._document.title)}")
        sheet.set_footer(f"&L{self._margin(self._document.marking)}&RPage &P of &N")
        return sheet

    def _margin(self, text: str) -> str:
        """A text at the head or foot of a page, where an ampersand begins a command and two are one; before what would
        be a picture it stands apart, as the library finds it in spite of the second.
        """
        return _PICTURE.sub("& ", one_line(text, limit=LONGEST_MARGIN)).replace("&", "&&")

    def _cover(self) -> None:
        sheet, looks = self._sheet(COVER, wide=False), self._looks
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, TEXT_WIDTH)
        sheet.set_row(0, TITLE_LINE)
        for at, (left, right, look) in enumerate(self._cover_lines()):
            _put(sheet, at, 0, left, look if right is None else looks.quiet)
            if right is not None:
                _make_room(sheet, at, right, TEXT_WIDTH)
                _put(sheet, at, 1, right, look)

    def _cover_lines(self) -> Iterator[tuple[str, str | None, Any]]:
        looks, document = self._looks, self._document
        yield document.title, None, looks.title
        yield "", document.marking, looks.strong
        yield "", None, looks.plain
        for block in document.blocks:
            if isinstance(block, Facts):
                yield from ((label, text, looks.plain) for label, text in block.rows)
            elif isinstance(block, Paragraph):
                yield "", block.text, looks.plain
        if document.printed:
            yield "", document.printed, looks.quiet
        yield "", None, looks.plain
        yield "Sheets", None, looks.strong
        for table in self._report.tables:
            yield self._names[table.id], table.title, looks.plain

    def _table(self, table: FigureTable) -> None:
        name, looks = self._names[table.id], self._looks
        sheet = self._sheet(name, wide=len(table.columns) >= WIDE_FROM)
        sheet.set_column(0, 0, LABEL_WIDTH)
        sheet.set_column(1, max(len(table.columns) - 1, 1), FIGURE_WIDTH)
        footnotes = Footnotes()  # every sheet numbers its own, as sheets are read and handed on by themselves
        numbers = [[value(cell) for cell in row] for row in table.rows]
        words = [
            footnotes.cell(cell, column)
            for row, line in zip(table.rows, numbers, strict=True)
            if None in line
            for cell, number, column in zip(row, line, table.columns, strict=True)
            if number is None
        ]
        _put(sheet, 0, 0, table.title, looks.title)
        sheet.set_row(0, TITLE_LINE)
        above_taller = 0.0
        above = [self._document.marking, *small_print(table), *footnotes.take()]
        for at, text in enumerate(above, start=1):
            _put(sheet, at, 0, text, looks.strong if at == 1 else looks.quiet)
            above_taller += _make_room(sheet, at, text, LABEL_WIDTH)
        top = len(above) + 2
        head = self._heads(sheet, table, top)
        taller = self._rows(sheet, table, top + 1, numbers, iter(words))
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        charts = _charts_of(self._document, table)
        if charts:
            across = column_pixels(LABEL_WIDTH) + max(len(table.columns) - 1, 1) * column_pixels(FIGURE_WIDTH)
            landscape = len(table.columns) >= WIDE_FROM
            page = PrintedSheet(sheet, across=max(across, chart_width(across)), landscape=landscape, head=ROW + head)
            page.goes_on(ROW * (top + len(table.rows) + 3) + TITLE_LINE * POINT + above_taller + head + taller)
            self._charts(sheet, name, table, top, charts=charts, page=page, width=chart_width(across))

    def _heads(self, sheet: Any, table: FigureTable, top: int) -> float:
        """The head row; in a table of Excel's own, which tells a screen reader its heads, where Excel takes them.

        By how many pixels it is higher than a line.
        """
        texts = [one_line(head, limit=LONGEST_HEAD) for head in heads(table)]
        looks = [self._looks.head if column.kind == "text" else self._looks.head_right for column in table.columns]
        for at, (text, look) in enumerate(zip(texts, looks, strict=True)):
            _put(sheet, top, at, text, look)
        longest = max((text for text in texts[1:]), key=len, default="")
        taller = _make_room(sheet, top, longest, FIGURE_WIDTH)
        alike = len({text.casefold() for text in texts}) < len(texts)
        if not table.rows or alike or not all(texts) or any(_CODED.search(text) for text in texts):
            return taller
        columns = [{"header": text, "header_format": look} for text, look in zip(texts, looks, strict=True)]
        sheet.add_table(
            top,
            0,
            top + len(table.rows),
            len(texts) - 1,
            {
                "columns": columns,
                "autofilter": False,
                "style": None,
                "description": one_line(f"{table.title}. {table.definition}", limit=LONGEST_HEAD),
            },
        )
        return taller

    def _rows(
        self, sheet: Any, table: FigureTable, top: int, numbers: list[list[int | float | None]], words: Iterator[str]
    ) -> float:
        """Every cell: its number, or the next of the words where it has none. By how many pixels long names make the
        rows higher."""
        taller = 0.0
        write, label, mark, looks = sheet.write_number, self._looks.label, self._looks.mark, self._looks.numbers
        kinds = [column.kind for column in table.columns]
        for at, (row, line) in enumerate(zip(table.rows, numbers, strict=True), start=top):
            for column, (cell, number) in enumerate(zip(row, line, strict=True)):
                if number is None or isinstance(cell, str):
                    if isinstance(cell, str) and len(cell) > LABEL_WIDTH:
                        taller += _make_room(sheet, at, cell, LABEL_WIDTH)
                    _put(sheet, at, column, next(words), label if isinstance(cell, str) else mark)
                else:
                    write(at, column, number, looks[_number_kind(cell, kinds[column])])
        return taller

    def _charts(
        self,
        sheet: Any,
        name: str,
        table: FigureTable,
        top: int,
        *,
        charts: list[tuple[ChartSpec, str]],
        page: PrintedSheet,
        width: int,
    ) -> None:
        """The charts of this table, one below the other, under it; each with its words on one printed page."""
        at = top + len(table.rows) + 3
        for spec, note in charts:
            begins, words = at, ROW
            _put(sheet, at, 0, spec.caption, self._looks.strong)
            at += 1
            said = f"{chart_key(spec)} {note}".rstrip()
            _put(sheet, at, 0, said, self._looks.quiet)
            words += ROW + math.ceil(_make_room(sheet, at, said, LABEL_WIDTH))
            size = (width, chart_height(spec, most=page.tallest - words))
            page.place(begins, words + size[1] + ROW)
            below = insert_chart(self._book, sheet, name, spec, table, top=top, at=at + 1, size=size)
            page.goes_on(ROW * (below - at - 1) - size[1])
            at = below
        page.finish()


def _number_kind(cell: Count | Share, kind: str) -> str:
    if isinstance(cell, Count):
        return "change" if kind == "change" else "count"
    return kind if places(cell.base) else f"whole {kind}"


def _charts_of(document: Document, table: FigureTable) -> list[tuple[ChartSpec, str]]:
    """The charts that follow the table on the paper, before the next table, and what is said under each."""
    found: list[tuple[ChartSpec, str]] = []
    last = ""
    for block, after in zip(document.blocks, (*document.blocks[1:], None), strict=False):
        if isinstance(block, Table):
            last = block.figures.id
        elif isinstance(block, ChartSpec) and last == table.id:
            found.append((block, after.text if isinstance(after, Note) else ""))
    return found


def _sheet_names(report: Report) -> dict[str, str]:
    names: dict[str, str] = {}
    for at, table in enumerate(report.tables, start=1):
        name = _NAME.sub("-", table.id)[:LONGEST_NAME] or f"table {at}"
        taken = {other.casefold() for other in (COVER, *names.values())}
        names[table.id] = name if name.casefold() not in taken else f"{name[: LONGEST_NAME - 4]} {at}"
    return names


def _make_room(sheet: Any, row: int, text: str, wide: int) -> float:
    """As many lines as the text takes in a column so wide: not every program finds that out by itself. By how many
    pixels the row is higher than a line."""
    lines = sum(lines_of(line, wide) for line in text.split("\n"))
    if lines <= 1:
        return 0.0
    lines = min(lines, MOST_LINES)
    sheet.set_row(row, LINE * lines)
    return LINE * lines * POINT - ROW


def _put(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """A text, as a text, whatever it looks like."""
    sheet.write_string(row, column, clean(text, limit=LONGEST_CELL), look)
