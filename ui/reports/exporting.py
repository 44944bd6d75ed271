"""Files of a report: the formats in plain words, and the name a file gets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

FORMATS = (
    (".pdf", "PDF, to print or send"),
    (".docx", "Word, to write on in"),
    (".xlsx", "Excel, to calculate with"),
    (".csv", "CSV, for other programs"),
    (".json", "JSON, for other programs"),
    (".html", "Web page"),
)
FILTERS = ";;".join(f"{words} (*{suffix})" for suffix, words in FORMATS)


def suggested(name: str) -> Path:
    """Where a file is saved unless somebody says otherwise, as PDF."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) / f"{name}.pdf"
