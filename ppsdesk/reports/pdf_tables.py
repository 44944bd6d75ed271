"""Figures in columns on paper: three strong rules, hairlines between rows, figures on the right, heads on each page."""

from __future__ import annotations

import math
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import TableStyle

from ppsdesk.domain.document import Facts
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable
from ppsdesk.reports import house_style, typesetting
from ppsdesk.reports.house_style import INK, MILLIMETRE, REGULAR, RULE, STRONG, TEXT_WIDTH
from ppsdesk.reports.tagging import TaggedTable
from ppsdesk.reports.typesetting import LABEL_LIMIT, paragraph, plain, width_of

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FACT_LABEL = 20 * MILLIMETRE
LABEL_LEAST = 56 * MILLIMETRE
COLUMN_WISH, COLUMN_MOST = 25 * MILLIMETRE, 40 * MILLIMETRE
HEAD_LIMIT = 80
FACT_LIMIT = 1500
PADDING = 12.0  # points, both sides of a cell together


class Footnotes:
    """Numbers the reasons why figures are missing: the same reason once for a table, on through the document."""

    def __init__(self) -> None:
        self._given = 0
        self._table: dict[str, str] = {}

    def mark(self, why: str) -> str:
        """The raised figure for a reason; nothing where none is given."""
        if not why:
            return ""
        if why not in self._table:
            self._given += 1
            self._table[why] = str(self._given).translate(RAISED)
        return self._table[why]

    def take(self) -> list[str]:
        """The notes of the table that ends here, each with its raised figure."""
        notes = [f"{raised}\u2002{why[:1].upper()}{why[1:].rstrip('.')}." for why, raised in self._table.items()]
        self._table = {}
        return notes


def facts_table(facts: Facts) -> TaggedTable:
    """Labels and their values in two columns."""
    rows = [
        [
            paragraph(label, typesetting.HEAD, "", limit=HEAD_LIMIT),
            paragraph(value, typesetting.CELL, "", limit=FACT_LIMIT),
        ]
        for label, value in facts.rows
    ]
    commands: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, typesetting.CELL.fontSize),  # else the file names a font not embedded
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    return TaggedTable(rows, colWidths=[FACT_LABEL, TEXT_WIDTH - FACT_LABEL], style=TableStyle(commands))


def figure_tables(table: FigureTable, footnotes: Footnotes) -> list[TaggedTable]:
    """The table; or several, each with the labels again, when its columns are too many for the page."""
    texts = [[_text(cell, column, footnotes) for cell, column in _paired(row, table)] for row in table.rows]
    heads = [plain(column.head, limit=HEAD_LIMIT) for column in table.columns]
    need = min(max((_need(heads, texts, at) for at in range(1, len(heads))), default=0.0), COLUMN_MOST)
    return [_one_table(table, heads, texts, columns, need) for columns in _groups(len(heads) - 1, need)]


def _groups(columns: int, need: float) -> list[range]:
    """Column numbers from 1, in groups of about equal size that fit the page."""
    if columns < 1:
        return [range(1, 1)]
    most = max(int((TEXT_WIDTH - LABEL_LEAST) / max(need, 1.0)), 1)
    each = math.ceil(columns / math.ceil(columns / most))
    return [range(at, min(at + each, columns + 1)) for at in range(1, columns + 1, each)]


def _one_table(
    table: FigureTable, heads: list[str], texts: list[list[str]], columns: range, need: float
) -> TaggedTable:
    wide = _column_width(len(columns), need)
    data: list[list[Any]] = [
        [
            paragraph(heads[0], typesetting.HEAD, ""),
            *(paragraph(heads[at], typesetting.HEAD_RIGHT, "") for at in columns),
        ]
    ]
    data += [[paragraph(row[0], typesetting.CELL, ""), *(row[at] for at in columns)] for row in texts]
    return TaggedTable(
        data,
        colWidths=[TEXT_WIDTH - wide * len(columns), *(wide for _ in columns)],
        repeatRows=1,
        style=_style(strong=any(column.kind == "change" for column in table.columns)),
    )


def _column_width(number: int, need: float) -> float:
    """Wide columns where there is room for them, else what their figures need."""
    room = (TEXT_WIDTH - LABEL_LEAST) / max(number, 1)
    return max(need, min(COLUMN_WISH, room))


def _need(heads: list[str], texts: list[list[str]], at: int) -> float:
    words = max((width_of(word, STRONG, typesetting.HEAD.fontSize) for word in heads[at].split()), default=0.0)
    figures = max((width_of(row[at], STRONG, typesetting.CELL.fontSize) for row in texts), default=0.0)
    return max(words, figures) + PADDING


def _paired(row: tuple[Cell, ...], table: FigureTable) -> list[tuple[Cell, Column]]:
    return list(zip(row, table.columns, strict=True))


def _text(cell: Cell, column: Column, footnotes: Footnotes) -> str:
    if isinstance(cell, str):
        return plain(cell, limit=LABEL_LIMIT)
    if isinstance(cell, Count):
        words = house_style.change_words if column.kind == "change" else house_style.count_words
        return words(cell.value) + (footnotes.mark(cell.why) if cell.value is None else "")
    return house_style.per_cent_words(cell.per_cent) + (footnotes.mark(cell.why) if cell.per_cent is None else "")


def _style(*, strong: bool) -> TableStyle:
    ink, rule = HexColor(INK), HexColor(RULE)
    points, leading = typesetting.CELL.fontSize, typesetting.CELL.leading
    commands: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, points, leading),
        ("TEXTCOLOR", (0, 0), (-1, -1), ink),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), 1, ink),
        ("LINEBELOW", (0, 1), (-1, -2), 0.35, rule),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, ink),
        ("LINEBELOW", (0, -1), (-1, -1), 1, ink),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
    if strong:
        commands.append(("FONT", (1, 1), (1, -1), STRONG, points, leading))
    return TableStyle(commands)
