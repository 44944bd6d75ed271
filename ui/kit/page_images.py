"""The pages of a paper as pictures, on the screen and on a printer. Nothing here touches a widget: it works behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.progress import Progress, silent
from ppsdesk.services.reporting import PaperPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SHARPEST = 300  # dots to the inch on paper: sharper is not seen, and a page would take half a gigabyte
INSTEAD = "Nothing more was printed. Choose another printer, or save it as PDF and print that."


def page_image(pages: PaperPages, page: int, dots_to_the_inch: float) -> QImage:
    """One page, the first is 0."""
    picture = pages.picture(page, dots_to_the_inch=dots_to_the_inch)
    drawn = QImage(picture.dots, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return drawn.copy()  # the dots above live no longer than this call


def print_pages(pages: PaperPages, printer: QPrinter, progress: Progress = silent) -> int:
    """The pages somebody chose, each as large as the paper; how many. `Refused` when the printer takes them not."""
    chosen = range((printer.fromPage() or 1) - 1, min(printer.toPage() or len(pages), len(pages)))
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused("The printer does not answer.", hint=INSTEAD)
    try:
        for done, page in enumerate(chosen):
            progress(done, len(chosen))
            if done and not printer.newPage():
                raise Refused("The printer takes no further page.", hint=INSTEAD)
            image = page_image(pages, page, min(printer.resolution(), SHARPEST))
            painter.drawImage(_room(printer, image), image)
    finally:
        painter.end()
    return len(chosen)


def _room(printer: QPrinter, image: QImage) -> QRectF:
    """Where on the paper, undistorted and in the middle."""
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    size = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    room = QRectF(paper.topLeft(), size)
    room.moveCenter(paper.center())
    return room
