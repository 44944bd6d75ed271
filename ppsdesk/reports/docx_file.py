"""A document as a Word file: the twin of the PDF that can be edited, with real headings, captions and table heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from ppsdesk.domain.document import Block, ChartSpec, Document, Facts, Heading, Note, Paragraph, Table
from ppsdesk.domain.figures import FigureTable
from ppsdesk.reports import house_style
from ppsdesk.reports.docx_parts import (
    add_field,
    add_row,
    describe,
    mark_table,
    set_font,
    set_language,
    without_times,
)
from ppsdesk.reports.footnotes import Footnotes, heads, small_print
from ppsdesk.reports.house_style import INK, PRINT_LOOK, QUIET, TEXT_HEIGHT, TEXT_WIDTH
from ppsdesk.reports.safe_text import clean, one_line

FONT = "Arial"  # on every computer a council has
SMALL_PRINT = "Small print"
HEAD, HEAD_RIGHT, CELL, CELL_RIGHT = "Table head", "Table head right", "Table text", "Table figure"
LONGEST_LABEL, LONGEST_PROPERTY, LONGEST_ABOUT = 300, 250, 2_000
REPEATED, ARABIC = "\\c ", "\\* ARABIC"  # how Word's own counter is told: the same number again, in figures
MOST_FIGURES = 7  # columns beside the labels; more go into a further table with the labels again
WIDE_FROM = 6  # figures that leave the labels less room
WIDEST, COUNT_PART = 80.0, 1.4  # points of a figure's column; a count's beside one of any other kind
LABEL_SHARE, LABEL_SHARE_WIDE = 0.34, 0.26  # of the width, at least, where no figure needs it
LABEL_SHARE_LEAST = 0.2
HEAD_POINTS, CELL_POINTS = 9, 9.5
BESIDE = 12.0  # points: the margins of a cell, and a little


def write(document: Document, as_of: date) -> bytes:
    """The whole file. `as_of` dates it, so that the same report always gives the same bytes."""
    file = docx.Document()
    set_language(file)
    _set_styles(file)
    _set_page(file, document)
    _set_properties(file, document, as_of)
    _Story(file, document).tell()
    held = BytesIO()
    file.save(held)
    return without_times(held.getvalue())


def _set_styles(file: Any) -> None:
    styles = file.styles
    for name in (SMALL_PRINT, HEAD, HEAD_RIGHT, CELL, CELL_RIGHT):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    looks = {  # size, bold, colour, above, below
        "Normal": (11, False, INK, 0, 6),
        "Heading 1": (20, True, INK, 0, 8),
        "Heading 2": (14, True, INK, 16, 4),
        "Heading 3": (12, True, INK, 12, 4),
        "Caption": (10, True, INK, 8, 4),
        SMALL_PRINT: (9, False, QUIET, 3, 3),
        HEAD: (HEAD_POINTS, True, QUIET, 2, 2),
        HEAD_RIGHT: (HEAD_POINTS, True, QUIET, 2, 2),
        CELL: (CELL_POINTS, False, INK, 2, 2),
        CELL_RIGHT: (CELL_POINTS, False, INK, 2, 2),
        "Header": (9, False, QUIET, 0, 0),
        "Footer": (9, False, QUIET, 0, 0),
    }
    for name, (points, bold, colour, above, below) in looks.items():
        style = styles[name]
        set_font(style, FONT)
        style.font.size, style.font.bold = Pt(points), bold
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()  # else a title stands in the middle, not at the right
    for name in (HEAD_RIGHT, CELL_RIGHT):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for level in range(4, 7):
        set_font(styles[f"Heading {level}"], FONT)


def _set_page(file: Any, document: Document) -> None:
    """A4; service and title above, who printed it, the marking and the page below."""
    page = file.sections[0]
    page.page_width, page.page_height = Pt(house_style.PAGE_WIDTH), Pt(house_style.PAGE_HEIGHT)
    page.left_margin = page.right_margin = Pt(house_style.SIDE)
    page.top_margin, page.bottom_margin = Pt(house_style.ABOVE + 12), Pt(house_style.BELOW)
    page.header_distance = page.footer_distance = Pt(28)
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    head.text = f"{_label(document.service)}\t{_label(document.title)}"
    foot.text = f"{_label(document.printed)}\n{_label(document.marking)}\tPage "
    for paragraph in (head, foot):
        stops = paragraph.paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Pt(TEXT_WIDTH), 2)
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def _set_properties(file: Any, document: Document, as_of: date) -> None:
    told = file.core_properties
    told.title = one_line(document.title, limit=LONGEST_PROPERTY)
    told.author = told.last_modified_by = one_line(document.service, limit=LONGEST_PROPERTY)
    told.comments = one_line(document.marking, limit=LONGEST_PROPERTY)
    told.language = house_style.LANGUAGE
    told.created = told.modified = datetime.combine(as_of, time())


def _label(text: str) -> str:
    return one_line(text, limit=LONGEST_LABEL)


class _Story:
    """The document's blocks, tables and figures numbered as on paper, small print under each table."""

    def __init__(self, file: Any, document: Document) -> None:
        self._file, self._document = file, document
        self._footnotes = Footnotes()
        self._tables = self._figures = 0

    def tell(self) -> None:
        self._file.add_heading(clean(self._document.title), level=1)
        for block in self._document.blocks:
            self._writer(block)(block)

    def _writer(self, block: Block) -> Callable[[Any], None]:
        writers: dict[type, Callable[[Any], None]] = {
            Heading: lambda made: self._file.add_heading(clean(made.text), level=min(max(made.level, 2), 6)),
            Paragraph: lambda made: self._file.add_paragraph(clean(made.text)),
            Note: lambda made: self._small(made.text),
            Facts: self._facts,
            Table: self._table,
            ChartSpec: self._chart,
        }
        return writers[type(block)]

    def _small(self, text: str) -> None:
        self._file.add_paragraph(clean(text), style=SMALL_PRINT)

    def _facts(self, block: Facts) -> None:
        """Lines, not a table: a voice reads “From: …” without counting rows and columns."""
        for label, text in block.rows:
            line = self._file.add_paragraph()
            line.paragraph_format.space_after = Pt(1)
            line.add_run(f"{clean(label)}: ").bold = True
            line.add_run(clean(text))

    def _table(self, block: Table) -> None:
        self._tables += 1
        table = block.figures
        words = [[self._footnotes.cell(*pair) for pair in zip(row, table.columns, strict=True)] for row in table.rows]
        groups = _groups(len(table.columns))
        for at, columns in enumerate(groups, start=1):
            part = f" (part {at} of {len(groups)})" if len(groups) > 1 else ""
            self._caption("Table", self._tables, f"{block.caption}{part}", again=at > 1)
            self._grid(table, words, columns, f"{block.caption}{part}")
        for text in (*small_print(table), *self._footnotes.take()):
            self._small(text)

    def _grid(self, table: FigureTable, words: list[list[str]], columns: list[int], caption: str) -> None:
        made = self._file.add_table(rows=0, cols=len(columns))
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        names = [clean(name).replace(" %", "\u00a0%") for name in heads(table)]
        least = [_least(names[at], (line[at] for line in words)) for at in columns]
        wide = _widths([table.columns[column].kind for column in columns], least)
        for at, width in enumerate(wide):
            made.columns[at].width = Pt(width)
        is_text = [table.columns[column].kind == "text" for column in columns]
        styles = self._file.styles
        head = [styles[HEAD if text else HEAD_RIGHT].style_id for text in is_text]
        cell = [styles[CELL if text else CELL_RIGHT].style_id for text in is_text]
        add_row(made, [names[at] for at in columns], wide, head, is_head=True)
        for line in words:
            add_row(made, [clean(line[at]) for at in columns], wide, cell, is_head=False)
        about = one_line(f"{table.title}. {table.definition}", limit=LONGEST_ABOUT)
        mark_table(made, title=one_line(caption, limit=LONGEST_PROPERTY), about=about)

    def _chart(self, block: ChartSpec) -> None:
        from ppsdesk.reports import charts
        from ppsdesk.reports.pictures import png

        self._figures += 1
        pieces = charts.parts(block, PRINT_LOOK, TEXT_WIDTH, TEXT_HEIGHT - 120)
        for at, piece in enumerate(pieces, start=1):
            part = f" (part {at} of {len(pieces)})" if len(pieces) > 1 else ""
            self._caption("Figure", self._figures, f"{block.caption}{part}", again=at > 1)
            picture = BytesIO(png(piece, PRINT_LOOK, TEXT_WIDTH, within=block))
            shape = self._file.add_picture(picture, width=Pt(TEXT_WIDTH))
            title = f"Figure {self._figures}{part}"
            describe(shape, title=title, about=one_line(block.alternative, limit=LONGEST_ABOUT))

    def _caption(self, kind: str, number: int, text: str, *, again: bool) -> None:
        """“Table 1: …”, counted by Word, so that a list of tables can be made; a further part has the same number."""
        caption = self._file.add_paragraph(f"{kind} ", style="Caption")
        add_field(caption, f"SEQ {kind} {REPEATED if again else ''}{ARABIC}", str(number))
        caption.add_run(f": {clean(text)}")


def _groups(columns: int) -> list[list[int]]:
    """Column numbers, the labels in each group and not too many figures."""
    figures = list(range(1, columns))
    number = max(-(-len(figures) // MOST_FIGURES), 1)
    each = -(-len(figures) // number) if figures else 1
    return [[0, *figures[at : at + each]] for at in range(0, len(figures), each)] or [[0]]


def _least(head: str, figures: Iterable[str]) -> float:
    """Points that break no word of a head and no figure. Arial is as wide as Helvetica, whose widths every PDF has."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    widest = max(stringWidth(word, "Helvetica-Bold", HEAD_POINTS) for word in head.split(" "))
    return float(max([widest, *(stringWidth(words, "Helvetica", CELL_POINTS) for words in figures)])) + BESIDE


def _widths(kinds: list[str], least: list[float]) -> list[float]:
    """Points of each column: the rest for the labels; of few figures counts have more, as their heads name periods.

    None is narrower than its `least` while there is room; what that takes the others give, and then the labels.
    """
    figures = kinds[1:]
    wide = len(figures) >= WIDE_FROM
    parts = [1.0 if wide or kind != "count" else COUNT_PART for kind in figures]
    room = TEXT_WIDTH * (1 - (LABEL_SHARE_WIDE if wide else LABEL_SHARE))
    each = [min(room * part / sum(parts), WIDEST) for part in parts]
    lows = [min(low, WIDEST) for low in least[1:]]
    if any(low > width for low, width in zip(lows, each, strict=True)):
        spare = max(sum(each) - sum(lows), 0) / len(each)
        shrunk = min(TEXT_WIDTH * (1 - LABEL_SHARE_LEAST) / (sum(lows) + spare * len(lows)), 1)
        each = [(low + spare) * shrunk for low in lows]
    return [TEXT_WIDTH - sum(each), *each]
