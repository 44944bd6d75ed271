"""One import under way."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.kit.job import Job

STOPPED = "The import was stopped."
SAFE = "Nothing was imported; everything is as it was before."


class ImportJob(Job):
    """`moved` carries (done, of) in rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(STOPPED, SAFE, parent)
