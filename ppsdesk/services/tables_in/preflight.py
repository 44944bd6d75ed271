"""What an .xlsx file really is, before anything that parses it is believed.

An .xlsx is a zip archive. Its own figures about sizes are not trusted: everything is inflated here once, in pieces,
and counted. Source of the limits: reliability reference, catalogue I2.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.imports import not_imported

LARGEST_INFLATED = 100_000_000  # bytes; 100,000 calls with notes take 70 to 90 million
HIGHEST_RATIO = 200
MOST_ENTRIES = 2_000

_PIECE = 1 << 18
_NO_RATIO_BELOW = 1_000_000  # small parts of blanks compress further than any bomb, and do no harm
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office 97 to 2003, and of encrypted newer files
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = 16  # longer than any of them, so that none hides between two pieces

NOT_A_WORKBOOK = "it is not an Excel workbook, although its name says so; save it again as .xlsx or .csv"
DAMAGED = "the workbook is damaged; open it in a spreadsheet program and save it again"
TOO_LARGE = "the workbook unpacks to more than a call log can be; divide it, or save it as .csv"
UNSAFE = "the workbook holds definitions that no spreadsheet program writes, so it was not opened"


def inspect_workbook(path: Path) -> None:
    """Return when the file is a workbook of bearable size, else raise `Refused`; `OSError` passes through."""
    with path.open("rb") as file:
        start = file.read(8)
        if start == _OLE:
            raise not_imported(path.name, _old_or_locked(file))
        if not start.startswith(b"PK"):
            raise not_imported(path.name, NOT_A_WORKBOOK)
        try:
            _inspect_archive(path.name, file)
        except (Refused, OSError):
            raise
        except Exception as error:  # broken archives raise a dozen kinds; all mean the same to a person
            raise not_imported(path.name, DAMAGED) from error


def _old_or_locked(file: IO[bytes]) -> str:
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        return "the workbook is protected by a password; save a copy without one"
    return "it is a workbook of the old kind (.xls); open it and save it as .xlsx"


def _inspect_archive(name: str, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise not_imported(name, TOO_LARGE)
        if "xl/workbook.xml" not in archive.namelist():
            raise not_imported(name, NOT_A_WORKBOOK)
        packed = file.seek(0, 2)
        allowed = min(LARGEST_INFLATED, max(_NO_RATIO_BELOW, packed * HIGHEST_RATIO))
        for entry in entries:
            if entry.flag_bits & 1:
                raise not_imported(name, "the workbook is protected by a password; save a copy without one")
            allowed = _inspect_part(name, archive, entry, allowed)


def _inspect_part(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int) -> int:
    """How many bytes are still allowed after this part."""
    claimed, entry.file_size = (
        entry.file_size,
        allowed + 2 * _PIECE,
    )  # reading would stop at the claim, wherever the part ends
    before = allowed
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            allowed -= len(piece)
            if allowed < 0:
                raise not_imported(name, TOO_LARGE)
            if is_xml:
                if not tail and b"\x00" in piece[:4]:
                    raise not_imported(name, UNSAFE)
                joined = tail + piece
                if any(word in joined for word in _FORBIDDEN):
                    raise not_imported(name, UNSAFE)
                tail = joined[-_OVERLAP:]
    if before - allowed != claimed:
        raise not_imported(name, DAMAGED)
    return allowed
