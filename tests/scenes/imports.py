"""Bringing in a call log: before, rehearsed in three ways, under way, and done."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QScrollArea, QWidget

from ppsdesk.assembly import Services
from tests.scenes._stage import desk_on, empty_services, settled, until
from ui.imports.import_page import ImportPage

HEADER = ("reference", "taken_at", "line", "caller_kind", "topics", "shoe size")
LONG = "Moon phases and their long influence on the timetable of the school bus <b>in winter"


def start(services: Services) -> ImportPage:
    """Nothing chosen, nothing imported yet."""
    page = ImportPage(desk_on(empty_services()))
    settled(page)
    page.focus_first()
    return page


def ready(services: Services) -> ImportPage:
    """A file that can be imported."""
    return _rehearsed(_row(n) for n in range(1_249))


def unknown(services: Services) -> QWidget:
    """Values on no list."""
    return settled(_rehearsed(_row(n, topic="annual-review" if n % 9 else LONG) for n in range(200)))


def problems(services: Services) -> QWidget:
    """More problems than the table shows at once."""
    page = _rehearsed(_row(n, day="2001-09-03" if n % 3 else "31/02/2001") for n in range(60))
    bar = page.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    return settled(page)


def under_way(services: Services) -> QWidget:
    """So many of so many rows."""
    page = start(services)
    page.progress.begin("Importing")
    page.progress.show_progress(12_000, 50_000)
    page.progress.show()
    return settled(page)


def journal(services: Services) -> QWidget:
    """One import on record and one taken back."""
    page = ready(services)
    until(page.imported, page.on_save)
    settled(page)
    until(page.desk.touched, page.journal.undo.click)
    until(page.rehearsed, lambda: page.rehearse(_log(_row(n) for n in range(12))))
    until(page.imported, page.on_save)
    return settled(page)


def _rehearsed(rows: Iterable[tuple[str, ...]]) -> ImportPage:
    page = ImportPage(desk_on(empty_services()))
    settled(page)
    until(page.rehearsed, lambda: page.rehearse(_log(rows)))
    settled(page)
    return page


def _row(number: int, *, day: str = "2001-09-03", topic: str = "annual-review") -> tuple[str, ...]:
    return (f"H{number}", day, "Central", "PARENT", topic, "42")


def _log(rows: Iterable[tuple[str, ...]]) -> Path:
    path = Path(tempfile.mkdtemp(prefix="ppsdesk-scene-")) / "calls of the central line, 1999 & 2000 <b>.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


SCENES: dict[str, Callable[[Services], QWidget]] = {
    "import_start": start,
    "import_ready": ready,
    "import_unknown": unknown,
    "import_problems": problems,
    "import_under_way": under_way,
    "import_journal": journal,
}
