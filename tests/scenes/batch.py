"""Several calls at once: as it opens, filled, and with cells that cannot be saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ppsdesk.assembly import Services
from tests.scenes._stage import desk_on, settled
from tests.scenes.calls import HOSTILE, LONG
from ui.calls.batch_lines import NAMES
from ui.calls.batch_page import BatchPage

ROWS = (
    ("18 Nov 2026", "09:30", "", "Parent", "Annual review; Draft plan", "12", "Information", "Asked about the date"),
    ("", "", "", "Health professional", "transport", "5", "", f"{LONG} {HOSTILE}"),
    ("", "25:00", "", "o", "", "", "", "Did not say who"),
)


def empty(services: Services) -> BatchPage:
    """As it opens."""
    services.settings.change(line="central", method="VOICEMAIL")
    page = BatchPage(desk_on(services))
    settled(settled(page))
    page.focus_first()
    settled(page)
    return page


def filled(services: Services) -> BatchPage:
    """A few lines, the keyboard in the next one with its list open."""
    page = empty(services)
    for row, cells in enumerate(ROWS):
        if row:
            page.lines.add_line()
        for name, text in zip(NAMES, cells, strict=True):
            if text:
                page.lines.setData(page.lines.index(row, NAMES.index(name)), text)
    page.lines.add_line()
    page.grid.open_cell(3, NAMES.index("topics"))
    editor = page.grid._delegate.editor
    assert editor is not None
    editor.setText("re")
    editor._typed("re")
    settled(page)
    return page


def wrong(services: Services) -> QWidget:
    """Nothing is saved: the summary leads to each cell."""
    page = filled(services)
    page.on_save()
    return settled(page)


SCENES: dict[str, Callable[[Services], QWidget]] = {"batch": empty, "batch_filled": filled, "batch_wrong": wrong}
