"""Reads the figures of every kind of report file back, each with a library that had no part in writing it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from ppsdesk.domain.figures import Report
from ppsdesk.reports.footnotes import heads, row_label, value
from tests.reports import reading

Grid = list[list[float | None]]  # a row's cells without its texts; None where no figure is given
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FIGURE = re.compile(rf"(?:(?:–|1 to \d+)[{RAISED}]*|[+−]?\d[\d,]*(?:\.\d+)?(?: %)?)(?=\s|$)")


def expected(report: Report) -> dict[str, Grid]:
    """What the report holds itself."""
    return {
        table.id: [[value(cell) for cell in row if not isinstance(cell, str)] for row in table.rows]
        for table in report.tables
    }


def number(printed: str) -> float | None:
    """A figure as it is printed; None for a dash or a mark."""
    plain = printed.strip().removesuffix(" %").replace(",", "").replace("−", "-").lstrip("+")
    try:
        return float(plain)
    except ValueError:
        assert re.fullmatch(rf"(–|1 to \d+)[{RAISED}]*", printed), printed
        return None


def of_json(content: bytes, _report: Report) -> dict[str, Grid]:
    """Rows as they are."""
    return {
        table["id"]: [[cell for cell in row if not isinstance(cell, str)] for row in table["rows"]]
        for table in json.loads(content)["tables"]
    }


def csv_lines(content: bytes) -> list[dict[str, str]]:
    """The lines under their heads."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def of_csv(content: bytes, report: Report) -> dict[str, Grid]:
    """Every cell looked up by table, row and column."""
    found = {(line["table"], line["row"], line["column"]): line["value"] for line in csv_lines(content)}
    assert len(found) == len(csv_lines(content)), "a line cannot be told from another"
    grids: dict[str, Grid] = {}
    for table in report.tables:
        names = heads(table)
        grids[table.id] = [
            [
                float(text) if (text := found[table.id, row_label(row), names[at]]) else None
                for at, cell in enumerate(row)
                if not isinstance(cell, str)
            ]
            for row in table.rows
        ]
    return grids


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def of_xlsx(content: bytes, report: Report) -> dict[str, Grid]:
    """The rows under the head row of each sheet."""
    grids: dict[str, Grid] = {}
    for table in report.tables:
        rows = sheets(content)[table.id]
        head = next(at for at, row in enumerate(rows) if row[: len(table.columns)] == heads(table))
        texts = [at for at, column in enumerate(table.columns) if column.kind == "text"]
        body = rows[head + 1 : head + 1 + len(table.rows)]
        grids[table.id] = [[_cell(cell) for at, cell in enumerate(row) if at not in texts] for row in body]
    return grids


def _cell(cell: Any) -> float | None:
    return cell if isinstance(cell, float) else number(cell)


def part(content: bytes, name: str) -> ElementTree.Element:
    """One XML part of a Word or Excel file."""
    with ZipFile(BytesIO(content)) as held:
        return ElementTree.fromstring(held.read(name))


def words(element: ElementTree.Element) -> str:
    """The text of a Word element, with its breaks and tabs."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    pieces = [(found.text or "") if found.tag == f"{W}t" else signs.get(found.tag, "") for found in element.iter()]
    return "".join(pieces)


def of_docx(content: bytes, report: Report) -> dict[str, Grid]:
    """Every table of the document by its title; the parts of a wide one are put together again."""
    parts: dict[str, list[list[str]]] = {}
    for table in part(content, "word/document.xml").iter(f"{W}tbl"):
        [caption] = [found.get(f"{W}val", "") for found in table.iter(f"{W}tblCaption")]
        title = caption.partition(" (unit")[0].partition(" (part")[0]
        rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        parts[title] = [
            [*before, *row[1:]] for before, row in zip(parts.get(title, [[] for _ in rows]), rows, strict=True)
        ]
    return _of_papers(report, parts)


def _of_papers(report: Report, parts: dict[str, list[list[str]]]) -> dict[str, Grid]:
    """Rows without their first text, the head row first, by the title of their table."""
    grids: dict[str, Grid] = {}
    for table in report.tables:
        kinds = [column.kind for column in table.columns[1:]]
        body = parts[table.title][1:]
        grids[table.id] = [
            [number(text) for text, kind in zip(row, kinds, strict=True) if kind != "text"] for row in body
        ]
    return grids


class Page(HTMLParser):
    """What a browser would see of a page: its tables, its tags with their attributes, its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it, and begin what is collected."""
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.texts.append("")
        if tag == "table":
            self.tables.append(("", []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        while self._open and self._open.pop() != tag:
            pass
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        """Text goes where it stands."""
        self.texts[-1:] = [f"{self.texts[-1] if self.texts else ''}{data}"]
        inside = self._open[-1] if self._open else ""
        if inside == "caption":
            self.tables[-1] = (self.tables[-1][0] + data, self.tables[-1][1])
        elif inside in ("td", "th"):
            self.tables[-1][1][-1][-1] += data


def of_html(content: bytes, report: Report) -> dict[str, Grid]:
    """The tables that have a number, by their captions."""
    parts = {
        caption.partition(": ")[2].partition(" (unit")[0]: [row[1:] for row in rows]
        for caption, rows in Page(content).tables
        if caption.startswith("Table ")
    }
    return _of_papers(report, parts)


def of_pdf(content: bytes, report: Report) -> dict[str, Grid]:
    """What stands behind each label between the table's caption and its definition."""
    text = " ".join(reading.pages(content))
    grids: dict[str, Grid] = {}
    for at, table in enumerate(report.tables, start=1):
        inside = text[text.index(f"Table {at}: ") : text.index(table.definition)]
        grids[table.id] = [
            [number(figure) for run in _runs(inside, row_label(row).replace(", ", " ")) for figure in run]
            for row in table.rows
        ]
    return grids


def _runs(text: str, label: str) -> list[list[str]]:
    """The figures directly behind each place where the label stands."""
    found = []
    for place in re.finditer(rf"(?<!\S){re.escape(label)} ", text):
        run, at = [], place.end()
        while figure := FIGURE.match(text, at):
            run.append(figure[0])
            at = figure.end() + 1
        found.append(run)
    return found


READERS: dict[str, Callable[[bytes, Report], dict[str, Grid]]] = {
    ".pdf": of_pdf,
    ".docx": of_docx,
    ".xlsx": of_xlsx,
    ".csv": of_csv,
    ".json": of_json,
    ".html": of_html,
}
