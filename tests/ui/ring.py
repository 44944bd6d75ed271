"""Whether one sees where the keyboard is: the ring around what has it, in pixels (WCAG 2.4.7, 2.4.13)."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.walkers import told

AROUND = 3  # pixels
TIMES = 3.0  # contrast of a pixel with what it was


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, two: QColor) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def kind_of(widget: QWidget) -> tuple[str, ...]:
    """What makes it look as it does: controls of one kind have one ring."""
    roles = (str(widget.property(name) or "") for name in ("kind", "role", "chip", "state", "card"))
    names = [type(part).__name__ for part in (widget, widget.parentWidget()) if part is not None]
    return (*names, *roles, str(widget.property("checked") or ""))


def ringless(widget: QWidget, elsewhere: QWidget) -> str:
    """What is missing of the ring of a widget when the keyboard comes to it from elsewhere; "" for a whole ring.

    The ring may be drawn by the frame a field stands in.
    """
    still(widget)
    elsewhere.setFocus()
    candidates = _around(widget)
    before = [picture(part) for part in candidates]
    widget.setFocus()
    QApplication.processEvents()
    best = 0.0
    for part, was in zip(candidates, before, strict=True):
        best = max(best, changed(was, picture(part)) / needed(part))
    return "" if best >= 1 else f"{told(widget)}: {best:.0%} of a ring of two pixels"


def needed(widget: QWidget) -> float:
    """Pixels of a closed ring of two, its corners rounded."""
    corners = 4 * 4 + 4 * 6
    return 0.9 * (2 * 2 * (widget.width() + widget.height()) - corners)


def changed(before: QImage, after: QImage) -> int:
    """Pixels that changed by a contrast of 3 to 1 or more."""
    if before.size() != after.size():
        return 0
    return sum(one != other and _apart(one, other) for one, other in zip(_pixels(before), _pixels(after), strict=True))


def picture(widget: QWidget) -> QImage:
    """The widget as its window draws it, with a little around it."""
    QApplication.processEvents()
    window = widget.window()
    room = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    return window.grab(room).toImage().convertToFormat(QImage.Format.Format_RGB32)


def still(widget: QWidget) -> None:
    """No cursor that blinks between two pictures."""
    if isinstance(widget, QPlainTextEdit):
        widget.setCursorWidth(0)
    elif isinstance(widget, QLineEdit):
        widget.setCursorPosition(0)


def _around(widget: QWidget) -> list[QWidget]:
    """The widget, and frames around it that belong to it alone."""
    found, part = [widget], widget.parentWidget()
    while part is not None and len(found) < 3 and part.width() * part.height() < 6 * widget.width() * widget.height():
        found.append(part)
        part = part.parentWidget()
    return found


def _pixels(image: QImage) -> memoryview:
    return memoryview(image.constBits()).cast("I")


@lru_cache(maxsize=4096)
def _apart(one: int, other: int) -> bool:
    return contrast(QColor(one & 0xFFFFFF), QColor(other & 0xFFFFFF)) >= TIMES
