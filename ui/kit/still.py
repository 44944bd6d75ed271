"""Many parts of a widget come, go or change at once: it is laid out when all of them have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """Lay the widget out at the end of the block, where Qt would do so, up to its window, for each part that comes."""
    layout = widget.layout()
    if layout is None or not layout.isEnabled():  # somebody around this waits already
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.invalidate()
        if widget.isVisible():
            layout.activate()
        widget.updateGeometry()
