"""What is said about a fault of the program: enough to mend it, nothing about a family.

An exception's message may hold what somebody typed, and a path the name of a person: neither is kept.
"""

from __future__ import annotations

import logging
import platform
import traceback
from pathlib import Path

import PySide6

import ppsdesk

log = logging.getLogger("ppsdesk.fault")

_ROOTS = ("ui", "ppsdesk", "site-packages")


def details_of(error: BaseException) -> str:
    """Kinds of error, the places in the code, and versions. No messages, no values, no folders of this computer."""
    lines = [
        f"ppsdesk {ppsdesk.__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        f"{platform.system()} {platform.machine()}"
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {short_path(frame.filename)}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def short_path(path: str) -> str:
    """The path from the program's own folder on, or the bare file name."""
    parts = Path(path).parts
    for root in _ROOTS:
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) - 1 :])
    return parts[-1] if parts else path


def keep(error: BaseException) -> None:
    """Write the details to the log."""
    log.error("%s", details_of(error))
