"""A document as one web page that needs nothing else: no script, no font, no picture from anywhere.

For reading on a screen of any width, light or dark, aloud, or printed. Every text is escaped in one place.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from typing import Any
from xml.etree import ElementTree

from ppsdesk.domain.document import Bar, Block, ChartSpec, Document, Facts, Heading, Note, Paragraph, Table
from ppsdesk.domain.figures import Cell, Column
from ppsdesk.reports.footnotes import Footnotes, small_print
from ppsdesk.reports.house_style import ACCENT, INK, LANGUAGE, PAPER, PRINT_LOOK, QUIET, STRONG, count_words
from ppsdesk.reports.html_style import STYLE
from ppsdesk.reports.safe_text import clean, one_line

CHART_WIDTH = 740.0  # as wide as the column of text, so that the words of a chart are as large as those beside it
LOOK = replace(PRINT_LOOK, points=14.0)
SVG = "http://www.w3.org/2000/svg"
COLOURS = {INK: "ink", QUIET: "quiet", ACCENT: "accent", PAPER: "paper"}  # as the style sheet calls them


def write(document: Document) -> bytes:
    """The whole page in UTF-8; the same document always gives the same bytes."""
    return _Page(document).whole().encode()


def _element(name: str, *inner: str, **attributes: str) -> str:
    """An element around what is HTML already; attributes are plain text (`class_` for class, `aria_label`…)."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(clean(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{named}>{''.join(inner)}</{name}>"


def _words(text: str) -> str:
    """The only way of a text onto the page."""
    return escape(clean(text), quote=False)


class _Page:
    """The document's blocks as HTML, tables and figures numbered as on paper."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._footnotes = Footnotes()
        self._tables = self._figures = 0

    def whole(self) -> str:
        document = self._document
        top = (
            _element("p", _words(document.service), class_="of"),
            _element("h1", _words(document.title)),
            _element("p", _words(document.marking), class_="marking"),
        )
        body = (
            _element("header", *top),
            _element("main", *(self._block(block) for block in document.blocks)),
            _element(
                "footer",
                *(_element("p", _words(text), class_="small") for text in (document.printed, document.marking) if text),
            ),
        )
        return "\n".join(
            ("<!DOCTYPE html>", f'<html lang="{LANGUAGE}">', self._head(), "<body>", *body, "</body>", "</html>", "")
        )

    def _head(self) -> str:
        """The policy lets the page's own style in and nothing else, whatever it may hold."""
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'"
        lines = (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f'<meta name="author" content="{escape(one_line(self._document.service))}">',
            _element("title", _words(one_line(f"{self._document.title} – {self._document.service}"))),
            f"<style>{STYLE}</style>",
        )
        return _element("head", "\n", "\n".join(lines), "\n")

    def _block(self, block: Block) -> str:
        writers: dict[type, Callable[[Any], str]] = {
            Heading: _heading,
            Paragraph: lambda made: _element("p", _words(made.text)),
            Note: lambda made: _element("p", _words(made.text), class_="small"),
            Facts: _facts,
            Table: self._table,
            ChartSpec: self._chart,
        }
        return f"\n{writers[type(block)](block)}"

    def _table(self, block: Table) -> str:
        self._tables += 1
        name, table = f"table-{self._tables}", block.figures
        caption = f"Table {self._tables}: {block.caption}"
        rows = [
            [self._cell(at, cell, column) for at, (cell, column) in enumerate(zip(row, table.columns, strict=True))]
            for row in table.rows
        ]
        heads = [(column.head, column.kind == "text") for column in table.columns]
        made = _framed(caption, heads, rows, aria_describedby=f"{name}-notes")
        notes = "".join(
            _element("p", _words(text), class_="small") for text in (*small_print(table), *self._footnotes.take())
        )
        return made + _element("div", "\n", notes, id=f"{name}-notes")

    def _cell(self, at: int, cell: Cell, column: Column) -> str:
        words = _words(self._footnotes.cell(cell, column))
        if at == 0:
            return _element("th", words, scope="row")
        return _element("td", words, class_="text") if isinstance(cell, str) else _element("td", words)

    def _chart(self, block: ChartSpec) -> str:
        self._figures += 1
        name = f"figure-{self._figures}"
        caption = f"Figure {self._figures}: {block.caption}"
        rows = [
            [_element("th", _words(bar.label), scope="row"), *(_element("td", _words(text)) for text in _figures(bar))]
            for bar in block.bars
        ]
        heads = [("", True), *((series, False) for series in block.series)]
        twin = _framed(f"The figures of figure {self._figures}", heads, rows)
        return _element(
            "figure",
            _element("figcaption", _words(caption)),
            _drawing(block, name),
            _element("details", _element("summary", "The figures of this chart as a table"), twin),
        )


def _heading(block: Heading) -> str:
    return _element(f"h{min(max(block.level, 2), 6)}", _words(block.text))


def _facts(block: Facts) -> str:
    pairs = (_element("dt", _words(label)) + _element("dd", _words(value)) for label, value in block.rows)
    return _element("dl", *pairs)


def _framed(caption: str, heads: Iterable[tuple[str, bool]], rows: list[list[str]], **attributes: str) -> str:
    """A table that scrolls by itself where the screen is narrow, and can be reached by keyboard for that."""
    head = [
        _element("th", _words(text), scope="col", class_="text")
        if is_text
        else _element("th", _words(text), scope="col")
        for text, is_text in heads
    ]
    body = "\n".join(_element("tr", *row) for row in rows)
    table = _element(
        "table",
        _element("caption", _words(caption)),
        _element("thead", _element("tr", *head)),
        "\n",
        _element("tbody", "\n", body, "\n"),
        **attributes,
    )
    return _element("div", table, class_="wide", role="region", tabindex="0", aria_label=caption)


def _figures(bar: Bar) -> list[str]:
    """Of one bar, as the chart prints them."""
    marks = bar.marks or ("",) * len(bar.values)
    return [
        (mark if value is None and mark else count_words(value)) for value, mark in zip(bar.values, marks, strict=True)
    ]


def _drawing(block: ChartSpec, name: str) -> str:
    """The one chart drawing, in the page's own colours and font, with its words for those who do not see it."""
    from ppsdesk.reports import charts

    drawn = charts.svg(block, LOOK, CHART_WIDTH).decode()
    root = ElementTree.fromstring(drawn)  # noqa: S314  our own drawing, made one line above
    for child in [child for child in root if child.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc")]:
        root.remove(child)
    for part in root.iter():
        _in_the_pages_look(part)
    for at, (tag, text) in enumerate((("title", block.caption), ("desc", block.alternative))):
        told = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        told.text = clean(text)
        root.insert(at, told)
    root.attrib.update({"role": "img", "aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-desc"})
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _in_the_pages_look(part: ElementTree.Element) -> None:
    """Attributes instead of a style, which the page's policy would not let in, and classes for what dark changes."""
    classes = []
    for rule in part.attrib.pop("style", "").split(";"):
        key, _colon, value = (piece.strip() for piece in rule.partition(":"))
        if key == "font-family":
            classes += ["strong"] if value == STRONG else []
        elif key:
            part.set(key, value)
            classes += [f"{key}-{COLOURS[value]}"] if value in COLOURS else []
    if classes:
        part.set("class", " ".join(classes))
