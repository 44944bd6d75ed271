"""Files for the tests of importing: good ones, and what a refusal has to look like."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from ppsdesk.domain.errors import Refused
from ppsdesk.services.tables_in import read_table

Rows = Sequence[Sequence[object]]

HEADER = ["reference", "taken_at", "line", "caller_kind", "topics", "notes"]
CALLS = [
    ["R1", "03/09/2001 10:30", "Central", "Parent", "tribunal", "a first call"],
    ["R2", "04/09/2001", "North area", "Parent", "transport; mediation", "Zoë’s mother, café, £12"],
]
HALF_PAST_TEN = datetime(2001, 9, 3, 10, 30, tzinfo=UTC).replace(tzinfo=None)  # a cell knows no zone
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def as_csv(rows: Rows, separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def write_bytes(path: Path, content: str | bytes) -> Path:
    """A file with exactly this in it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_workbook(path: Path, rows: Rows, sheets: tuple[str, ...] = ("Calls",)) -> Path:
    """A workbook with the same rows on each sheet; dates and times are dates and times there."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = {
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        for sheet_name in sheets:
            sheet = book.add_worksheet(sheet_name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if type(cell) in formats:
                        sheet.write_datetime(number, place, cell, formats[type(cell)])
                    else:
                        sheet.write(number, place, cell)
    return path


def rezipped(path: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> Path:
    """The same archive with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(extra or {})}.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    """The sentence a file is refused with; checks that it is one, names the file and says what is safe."""
    with pytest.raises(Refused) as refused:
        read_table(path)
    sentence = refused.value.sentence
    assert sentence.startswith(f"Nothing was imported from “{path.name}”: ")
    assert_one_sentence(sentence, path.name)
    return sentence


def assert_one_sentence(sentence: str, name: str) -> None:
    rest = sentence.replace(name, "FILE").replace(".csv", "").replace(".xlsx", "").replace(".xls", "")
    assert rest.endswith(".")
    assert ". " not in rest
    assert "\n" not in rest
    assert len(sentence) < 500
