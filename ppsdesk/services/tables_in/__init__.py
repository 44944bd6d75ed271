"""Tables that come in from other programs: CSV and XLSX files read into rows, whatever is in the file.

Each reader either returns the whole table or raises `Refused` with one sentence. What the columns mean is not known
here: see `services/call_rows.py`.
"""

from __future__ import annotations

from pathlib import Path

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.imports import Table, not_imported
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.services.tables_in.delimited import read_delimited
from ppsdesk.services.tables_in.workbook import read_workbook

LARGEST = 100_000_000  # bytes: a million calls; a workbook is held to as much when unpacked

_READERS = {".csv": read_delimited, ".xlsx": read_workbook}


def read_table(path: Path, *, progress: Progress = silent) -> Table:
    """Read a .csv or .xlsx file into a header and its rows; `progress` counts rows.

    `Refused`, naming the file, when it is missing, not a file, not readable, empty, has no rows, is too large or
    damaged, or is not what its name says. `Interrupted` passes through from `progress`.
    """
    reader = _READERS.get(path.suffix.lower())
    try:
        size = _size(path)
        if reader is None:
            raise not_imported(path.name, "only .csv and .xlsx files can be read; save it as one of these")
        if not size:
            raise not_imported(path.name, "the file is empty")
        if size > LARGEST:
            raise not_imported(path.name, f"it is larger than {LARGEST // 1_000_000} MB; divide it by years")
        table = reader(path, progress)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not any(table.header):
        raise not_imported(path.name, "its first row is empty, where the names of the columns should be")
    if not table.rows:
        raise not_imported(path.name, "there is a header but no row below it")
    return table


def _size(path: Path) -> int:
    if path.is_dir():
        raise not_imported(path.name, "it is a folder; choose a file")
    size = path.stat().st_size
    if not path.is_file():
        raise not_imported(path.name, "it is not an ordinary file")
    return size


def _unreadable(path: Path, error: OSError) -> Refused:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return not_imported(path.name, "there is no such file")
    if isinstance(error, PermissionError):
        return not_imported(path.name, "you may not read this file, or another program holds it open")
    return not_imported(path.name, "the computer could not read it; copy it to this computer and choose the copy")
