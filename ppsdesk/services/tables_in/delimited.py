"""CSV files as people have them: any of four separators, four encodings, quoted line breaks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ppsdesk.domain.imports import Row, Table, column_names, not_imported
from ppsdesk.domain.progress import Progress
from ppsdesk.services.tables_in.encodings import Unreadable, decoded

SEPARATORS = ",;\t|"
EVERY = 5_000  # rows between two reports of progress

_DECLARED = re.compile(r'\A"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)
_HEAD = 100_000  # characters in which a header is looked for


def read_delimited(path: Path, progress: Progress) -> Table:
    """Read a CSV file. Rows are numbered as a spreadsheet would show them: a quoted line break starts no new row.

    The separator is the one a first line `sep=;` names, else the one that divides the header into most columns. What
    was assumed about the encoding is in the notes. `Refused` for bytes that are no text, and, naming the row, for a NUL
    and for quotation marks that do not close; `OSError` passes through.
    """
    text, notes = _text_of(path)
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared[1] if declared else _separator(text[:_HEAD])
    # the default is 131,072 characters; the file's size is the limit here
    csv.field_size_limit(2**31 - 1)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    of = text.count("\n") + 1
    number, rows = 0, []
    header: tuple[str, ...] = ()
    try:
        header = column_names(next(records, []))
        for number, cells in enumerate(records, start=2):
            if any(cells):
                rows.append(Row(number, _filled(cells, len(header))))
            if number % EVERY == 0:
                progress(min(number, of), of)
    except csv.Error as error:
        raise not_imported(path.name, f"row {max(number, 1) + bool(number)} {_quote_trouble(error)}") from error
    return Table(header=header, rows=rows, notes=notes)


def _text_of(path: Path) -> tuple[str, tuple[str, ...]]:
    try:
        text, notes = decoded(path.read_bytes())
    except Unreadable as why:
        raise not_imported(path.name, str(why)) from why
    if "\x00" in text:
        row = sum(1 for _ in _records(text[: text.index("\x00") + 1], ","))
        raise not_imported(path.name, f"row {row} holds a NUL byte, so the file is damaged or not a table")
    return text, notes


def _separator(text: str) -> str:
    """The one that makes most columns of the first row; a comma where there is only one column."""
    widths = {separator: len(next(_records(text, separator), [])) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: widths[separator])


def _records(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _filled(cells: list[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _quote_trouble(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "opens a quotation mark that is never closed"
    return "has a quotation mark in the wrong place; inside a quoted cell it is written twice"
