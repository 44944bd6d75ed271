"""Keeping what one types into in sight, where a page that scrolls has just grown."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit.surfaces import area_around, scroll_to


def keep_in_sight(part: QWidget) -> None:
    """Scroll to the keyboard as soon as it is known how high everything above it is."""
    QTimer.singleShot(0, part, lambda: _show_keyboard(part))


def _show_keyboard(part: QWidget) -> None:
    area = area_around(part)
    while area is not None:
        held = area.widget()
        layout = held.layout() if held is not None else None
        if layout is not None:
            layout.activate()
        area = area_around(area)
    scroll_to(QApplication.focusWidget())
