"""A report into a file: the suffix says how, and a file that is there already is replaced whole or left as it was."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from ppsdesk.domain.document import Document
from ppsdesk.domain.errors import Refused
from ppsdesk.domain.figures import Report

SAFE = "Choose another place or name. Nothing was saved; a file that was there before is unchanged."


def write(report: Report, document: Document, path: Path) -> None:
    """Write by suffix, one of `SUFFIXES` in any case. Refused, in one sentence, when it cannot be done."""
    check(path)
    replace(path, WRITERS[path.suffix.lower()](report, document))


def check(path: Path, suffixes: Sequence[str] = (), what: str = "reports are") -> None:
    """Refuse a suffix we do not write and a folder that is not there, before any figure has been counted.

    `suffixes` are the ones that can be written, `what` says of which paper; of reports unless others are named.
    """
    suffixes = suffixes or SUFFIXES
    if path.suffix.lower() not in suffixes:
        raise Refused(
            f"“{path.name}” cannot be written: {what} saved as {', '.join(suffixes[:-1])} or {suffixes[-1]}.",
            hint="Choose a name that ends in one of these.",
        )
    try:
        _check_place(Path(os.path.realpath(path)))
    except (OSError, ValueError) as error:
        raise Refused(_words(error, path), hint=SAFE) from error


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise Refused(f"“{path}” is a folder.", hint="Give the name of a file.")
    if not path.parent.is_dir():
        raise Refused(
            f"There is no folder “{path.parent}”.", hint="Make it first, or choose another. Nothing was saved."
        )
    if path.exists() and not os.access(path, os.W_OK):
        raise Refused(f"“{path}” may not be changed.", hint=SAFE)


def _pdf(_report: Report, document: Document) -> bytes:
    from ppsdesk.reports import pdf

    return pdf.write(document)


def _docx(report: Report, document: Document) -> bytes:
    from ppsdesk.reports import docx_file

    return docx_file.write(document, report.as_of)


def _xlsx(report: Report, document: Document) -> bytes:
    from ppsdesk.reports import xlsx_file

    return xlsx_file.write(report, document)


def _csv(report: Report, document: Document) -> bytes:
    from ppsdesk.reports import csv_file

    return csv_file.write(report, marking=document.marking)


def _json(report: Report, _document: Document) -> bytes:
    from ppsdesk.reports import json_file

    return json_file.write(report)


def _html(_report: Report, document: Document) -> bytes:
    from ppsdesk.reports import html_file

    return html_file.write(document)


# each loads its library only when it is asked: a JSON file waits for no PDF library
WRITERS: dict[str, Callable[[Report, Document], bytes]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
    ".html": _html,
}
SUFFIXES = tuple(WRITERS)


def replace(path: Path, content: bytes) -> None:
    """Beside it first, on disk, then in its place in one step; to where a link leads. `Refused` when it cannot be."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{uuid4().hex}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except (OSError, ValueError) as error:
        raise Refused(_words(error, target), hint=SAFE) from error
    finally:
        _forget(beside)


def _forget(beside: Path) -> None:
    """Also after an interruption; a folder that has gone away takes the file with it."""
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        return


def _words(error: OSError | ValueError, target: Path) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"You may not save files in the folder “{target.parent}”."
    if number in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: “{target.name}” could not be saved."
    if number == errno.ENAMETOOLONG:
        return "The name of the file is too long."
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"“{target.name}” could not be saved: {why[:1].lower()}{why[1:]}."
