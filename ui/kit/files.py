"""Files somebody saves: the kinds that are offered, and the name a file gets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths


def filters(formats: Sequence[tuple[str, str]]) -> str:
    """Suffixes and words as the system's dialog takes them."""
    return ";;".join(f"{words} (*{suffix})" for suffix, words in formats)


def suggested(name: str) -> Path:
    """Where a file is saved unless somebody says otherwise, as PDF."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) / f"{name}.pdf"
