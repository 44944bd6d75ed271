"""Figures in columns on paper: three strong rules, hairlines between rows, figures on the right, heads on each page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import TableStyle

from ppsdesk.domain.document import Facts
from ppsdesk.domain.figures import Cell, Column, Count, FigureTable
from ppsdesk.reports import house_style, typesetting
from ppsdesk.reports.footnotes import Footnotes
from ppsdesk.reports.house_style import INK, MILLIMETRE, REGULAR, RULE, STRONG, TEXT_WIDTH
from ppsdesk.reports.tagging import TaggedParagraph, TaggedTable
from ppsdesk.reports.typesetting import LABEL_LIMIT, paragraph, plain, width_of

FACT_LABEL = 20 * MILLIMETRE
LABEL_LEAST = 56 * MILLIMETRE
LABEL_SHORT, LABEL_NARROW = 22 * MILLIMETRE, 42 * MILLIMETRE  # where many columns leave little room
COLUMN_WISH, COLUMN_MOST = 25 * MILLIMETRE, 40 * MILLIMETRE
HEAD_LIMIT = 80
FACT_LIMIT = 1500
PADDING = 12.0  # points, both sides of a cell together
ABOVE_CELL, BELOW_CELL = 2.6, 3.4


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
    """The table; or several, each with the labels again, when its columns are too many for the page.

    The figures of the last period stay beside their comparison.
    """
    texts = [[_text(cell, column, footnotes) for cell, column in _paired(row, table)] for row in table.rows]
    heads = [plain(column.head, limit=HEAD_LIMIT).replace(" %", "\u00a0%") for column in table.columns]
    room = _Room(heads, texts)
    return [_one_table(table, heads, texts, part) for part in room.parts(_kinds(table))]


@dataclass(frozen=True, slots=True)
class _Part:
    """Column numbers from 1, and the width of each; what is left of the line is the labels'."""

    columns: range
    widths: tuple[float, ...]


class _Room:
    """Shares the width of the page out among the labels and the columns of figures."""

    def __init__(self, heads: list[str], texts: list[list[str]]) -> None:
        figures = [
            max((width_of(row[at], STRONG, typesetting.CELL.fontSize) for row in texts), default=0.0)
            for at in range(1, len(heads))
        ]
        words = [[width_of(word, STRONG, typesetting.HEAD.fontSize) for word in head.split(" ")] for head in heads[1:]]
        longest = [max(widths, default=0.0) for widths in words]
        self._least = [_bounded(max(pair)) for pair in zip(figures, longest, strict=True)]
        two_lines = [max(_on_two_lines(widths), figure) for widths, figure in zip(words, figures, strict=True)]
        self._wish = [max(_bounded(wide), least) for wide, least in zip(two_lines, self._least, strict=True)]
        labels = max((width_of(row[0], REGULAR, typesetting.CELL.fontSize) for row in texts), default=0.0)
        own = max(labels, width_of(heads[0], STRONG, typesetting.HEAD.fontSize)) + PADDING
        self._label, self._narrow = (min(max(own, LABEL_SHORT), most) for most in (LABEL_LEAST, LABEL_NARROW))
        words_of_labels = {word for row in texts for word in row[0].split()}
        word = max((width_of(one, REGULAR, typesetting.CELL.fontSize) for one in words_of_labels), default=0.0)
        self._narrow = max(self._narrow, min(word + PADDING, LABEL_LEAST))  # else it would be parted within

    def parts(self, kinds: tuple[str, ...]) -> list[_Part]:
        """All columns side by side, of one width if they can be; else in groups that fit."""
        every = range(1, len(self._least) + 1)
        last = kinds.index("change") - 2 if "change" in kinds else 0
        if self._fits(every):
            groups = [every]
        elif last > 1 and self._fits(compared := range(last, every.stop)):
            groups = [*self._groups(range(1, last)), compared]
        else:
            groups = self._groups(every)
        return [_Part(columns, self._widths(columns)) for columns in groups]

    def _fits(self, columns: range) -> bool:
        return self._equal(columns) or self._narrow + sum(_of(self._least, columns)) <= TEXT_WIDTH

    def _equal(self, columns: range) -> bool:
        """Whether columns of one width find room beside labels that have plenty."""
        return max(_of(self._wish, columns), default=0.0) * len(columns) <= TEXT_WIDTH - self._label

    def _groups(self, columns: range) -> list[range]:
        """Groups of about equal size that fit the page."""
        most = max(int((TEXT_WIDTH - self._narrow) / max(_of(self._least, columns), default=1.0)), 1)
        each = math.ceil(len(columns) / math.ceil(len(columns) / most))
        return [columns[at : at + each] for at in range(0, len(columns), each)]

    def _widths(self, columns: range) -> tuple[float, ...]:
        if not columns:
            return ()
        least, wish = _of(self._least, columns), _of(self._wish, columns)
        if self._equal(columns):
            return (max(*wish, min(COLUMN_WISH, (TEXT_WIDTH - self._label) / len(columns))),) * len(columns)
        for label in (self._label, self._narrow):
            if (slack := TEXT_WIDTH - label - sum(wish)) >= 0:
                return tuple(min(wide + slack / len(wish), max(wide, COLUMN_WISH)) for wide in wish)
        slack = max(TEXT_WIDTH - self._narrow - sum(least), 0.0)
        missing = sum(wish) - sum(least)
        return tuple(low + slack * (high - low) / missing for low, high in zip(least, wish, strict=True))


def _of(widths: list[float], columns: range) -> list[float]:
    return [widths[at - 1] for at in columns]


def _bounded(width: float) -> float:
    return min(width + PADDING, COLUMN_MOST)


def _on_two_lines(words: list[float]) -> float:
    """How wide a head is that takes no more than two lines."""
    gap = width_of(" ", STRONG, typesetting.HEAD.fontSize)
    lines = [(sum(part) + gap * max(len(part) - 1, 0) for part in (words[:at], words[at:])) for at in range(len(words))]
    return min((max(line) for line in lines), default=0.0) + 0.5


def _one_table(table: FigureTable, heads: list[str], texts: list[list[str]], part: _Part) -> TaggedTable:
    right = (paragraph(heads[at], typesetting.HEAD_RIGHT, "") for at in part.columns)
    data: list[list[Any]] = [[paragraph(heads[0], typesetting.HEAD, ""), *right]]
    data += [
        [paragraph(row[0], typesetting.CELL, ""), *(_cell(row[at], table.columns[at]) for at in part.columns)]
        for row in texts
    ]
    widths = [TEXT_WIDTH - sum(part.widths), *part.widths]
    return TaggedTable(
        data,
        colWidths=widths,
        rowHeights=[_high(row, widths) for row in data],
        repeatRows=1,
        style=_style(strong=_strong(table, part.columns)),
    )


def _high(row: list[Any], widths: list[float]) -> float:
    """How high a row is by the words in it; a table that had to find out would measure them each time it is asked."""
    sides = [PADDING / 2 if at in (0, len(row) - 1) else PADDING for at in range(len(row))]
    sides = sides if len(row) > 1 else [0.0]
    words = [
        cell.wrap(width - side, TEXT_WIDTH)[1]
        for cell, width, side in zip(row, widths, sides, strict=True)
        if isinstance(cell, TaggedParagraph)
    ]
    return max([*words, 0.0 if len(words) == len(row) else typesetting.CELL.leading]) + ABOVE_CELL + BELOW_CELL


def _cell(text: str, column: Column) -> Any:
    """A figure stands on one line; words may take more."""
    return paragraph(text, typesetting.CELL_RIGHT, "") if column.kind == "text" else text


def _strong(table: FigureTable, columns: range) -> int | None:
    """Where the last period stands in this part; None where it is not in it."""
    kinds = _kinds(table)
    last = kinds.index("change") - 2 if "change" in kinds else 0
    return columns.index(last) + 1 if last > 0 and last in columns else None


def _kinds(table: FigureTable) -> tuple[str, ...]:
    return tuple(column.kind for column in table.columns)


def _paired(row: tuple[Cell, ...], table: FigureTable) -> list[tuple[Cell, Column]]:
    return list(zip(row, table.columns, strict=True))


def _text(cell: Cell, column: Column, footnotes: Footnotes) -> str:
    """The words of a cell; a figure that is missing has a footnote, one that is hidden says so itself."""
    words = house_style.cell_words(cell, column)
    if isinstance(cell, str):
        return plain(words, limit=LABEL_LIMIT)
    if isinstance(cell, Count):
        return words if cell.value is not None or cell.mark else words + footnotes.mark(cell.why)
    return words if cell.per_cent is not None else words + footnotes.mark(cell.why)


def _style(*, strong: int | None) -> TableStyle:
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
        ("TOPPADDING", (0, 0), (-1, -1), ABOVE_CELL),
        ("BOTTOMPADDING", (0, 0), (-1, -1), BELOW_CELL),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
    if strong is not None:
        commands.append(("FONT", (strong, 1), (strong, -1), STRONG, points, leading))
    return TableStyle(commands)
