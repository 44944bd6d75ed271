"""What every format needs of a table: cells as they are printed, raised figures for why one is missing, small print."""

from __future__ import annotations

from ppsdesk.domain.figures import Cell, Column, Count, FigureTable
from ppsdesk.reports.definitions import base_words
from ppsdesk.reports.house_style import cell_words
from ppsdesk.reports.safe_text import one_line

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
GAP = "\u2002"
LONGEST_HEAD = 300


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

    def cell(self, cell: Cell, column: Column) -> str:
        """A cell as it is printed; "–¹" or "1 to 4²" where there is no figure to give."""
        words = cell_words(cell, column)
        return f"{words}{self.mark(why_none(cell))}"

    def take(self) -> list[str]:
        """The notes of the table that ends here, each with its raised figure."""
        notes = [f"{raised}{GAP}{why[:1].upper()}{why[1:].rstrip('.')}." for why, raised in self._table.items()]
        self._table = {}
        return notes


def value(cell: Cell) -> int | float | None:
    """The number of a cell; None for a text and where no figure is given."""
    if isinstance(cell, str):
        return None
    return cell.value if isinstance(cell, Count) else cell.per_cent


def why_none(cell: Cell) -> str:
    """Why a cell has no figure; nothing where it has one."""
    return "" if isinstance(cell, str) or value(cell) is not None else cell.why


def small_print(table: FigureTable) -> list[str]:
    """What stands beside a table: its definition, its base where no note says it yet, its notes."""
    base = base_words(table.bases, table.unit)
    said = (table.definition, base if base not in table.notes else "", *table.notes)
    return [words for words in said if words]


def heads(table: FigureTable) -> list[str]:
    """The heads of the columns on one line each; one that occurs again has the head of its count before it."""
    plain = [one_line(column.head, limit=LONGEST_HEAD) for column in table.columns]
    counts = ""
    made = []
    for head, column in zip(plain, table.columns, strict=True):
        made.append(f"{counts}: {head}" if plain.count(head) > 1 and column.kind != "count" and counts else head)
        counts = head if column.kind == "count" else counts
    return made


def row_label(row: tuple[Cell, ...]) -> str:
    """What names a row: its first text, and those that follow it directly."""
    label = ""
    for cell in row:
        if not isinstance(cell, str):
            break
        label = f"{label}, {cell}" if label else cell
    return label
