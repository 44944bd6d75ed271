"""The pages as they will be printed: one at a time, larger or smaller, and on to the printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from ppsdesk.domain.document import Document
from ppsdesk.domain.errors import DeskError
from ppsdesk.services.reporting import PaperPages
from ui.kit.desk import Desk
from ui.kit.dialogs import Dialogs
from ui.kit.page_images import page_image, print_pages
from ui.kit.parts import Bar, Flow, KeyButton, announce, label, spaced
from ui.kit.picture import Picture
from ui.kit.theme import current

ZOOMS = (50, 75, 100, 125, 150, 200, 300)  # per cent
SCREEN_DOTS = 96  # to the inch at 100 %
POINTS_TO_THE_INCH = 72
USUAL = QSize(920, 780)
FIRST, LAST = "This is the first page.", "This is the last page."
SMALLEST, LARGEST = "It cannot be smaller.", "It cannot be larger."
NOT_YET = "The pages are being made."


class Sheet(QScrollArea):
    """One page. Page Up and Page Down turn the pages; the arrow keys move it where it is larger than the window."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = Picture()
        self.setWidget(self.picture)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, image: QImage, words: str) -> None:
        """Another page, from its top."""
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.show_image(image, words)
        self.setAccessibleName(words)
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages are turned here; all other keys as everywhere."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)


class Preview(QDialog):
    """`shown` carries the number of a page that stands on the screen, from 1; `printed` how many pages went out.

    `pages` makes the pages of the document; it touches no widget.
    """

    shown = Signal(int)
    printed = Signal(int)

    def __init__(
        self, desk: Desk, document: Document, pages: Callable[[Document], PaperPages], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Print preview: {document.title}")
        self._desk, self._title = desk, document.title
        self._pages: PaperPages | None = None
        self.page, self._zoom = 0, ZOOMS.index(100)
        self.trouble = Bar("danger")
        self.words = label("", "muted")
        self.sheet = Sheet()
        self.sheet.turned.connect(self.turn)
        self.before = KeyButton("Page before", "PgUp").when_pressed(partial(self.turn, -1))
        self.after = KeyButton("Next page", "PgDown").when_pressed(partial(self.turn, 1))
        self.smaller = KeyButton("Smaller", "Ctrl+-").when_pressed(partial(self.zoom, -1))
        self.larger = KeyButton("Larger", "Ctrl++").when_pressed(partial(self.zoom, 1))
        self.print = KeyButton("Print", "Ctrl+P", "primary").when_pressed(self.ask_printer)
        self.leave = KeyButton("Close", "Esc", icon="x").when_pressed(self.reject)
        row = Flow()
        for part in (self.before, self.after, self.words, self.smaller, self.larger, self.print, self.leave):
            row.addWidget(part)
        box = QVBoxLayout(self)
        spaced(box, around="m", gap="s")
        box.addLayout(row)
        box.addWidget(self.trouble)
        box.addWidget(self.sheet, 1)
        for keys, button in (("Ctrl+P", self.print), ("Ctrl++", self.larger), ("Ctrl+=", self.larger),
                             ("Ctrl+-", self.smaller)):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        self._show_state()
        self.resize((USUAL * current().scale).boundedTo(self.screen().availableSize() * 0.95))
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        desk.ask(self, partial(pages, document), self._made, self._failed)

    def turn(self, by: int) -> None:
        """So many pages on or back."""
        if self._pages is not None and 0 <= self.page + by < len(self._pages):
            self.page += by
            self._draw()

    def zoom(self, by: int) -> None:
        """So many steps larger, or smaller."""
        if self._pages is not None and 0 <= self._zoom + by < len(ZOOMS):
            self._zoom += by
            self._draw()

    def ask_printer(self) -> None:
        """Choose a printer, and print the very pages."""
        if self._pages is None:
            return
        printer = Dialogs.ask_printer(self, self._title, len(self._pages))
        if printer is not None:
            self.trouble.clear()
            self.print.switch_off("It is being printed.")
            self._desk.ask(self, partial(print_pages, self._pages, printer), self._printed, self._failed)

    def _made(self, pages: PaperPages) -> None:
        self._pages = pages
        self._zoom = self._fitting(pages)
        self._draw()

    def _fitting(self, pages: PaperPages) -> int:
        """The largest step, at most 100 %, at which a page is no wider than the window."""
        inches = max(width for width, _height in pages.sizes) / POINTS_TO_THE_INCH
        wide = inches * SCREEN_DOTS * current().scale
        fit = [step for step, zoom in enumerate(ZOOMS) if zoom <= 100 and wide * zoom / 100 <= self.sheet.width()]
        return max(fit, default=0)

    def _draw(self) -> None:
        assert self._pages is not None
        self._show_state()
        dots = SCREEN_DOTS * ZOOMS[self._zoom] / 100 * current().scale * self.devicePixelRatioF()
        work = partial(page_image, self._pages, self.page, dots)
        self._desk.latest(self, "page", work, partial(self._show, self.page), self._failed)

    def _show(self, page: int, image: QImage) -> None:
        assert self._pages is not None
        words = f"Page {page + 1} of {len(self._pages)}"
        self.sheet.show_page(image, words)
        announce(self.sheet, words)
        self.shown.emit(page + 1)

    def _printed(self, pages: int) -> None:
        self._show_state()
        said = "1 page was sent to the printer." if pages == 1 else f"{pages} pages were sent to the printer."
        self._desk.notices.inform(said)
        announce(self, said)
        self.printed.emit(pages)

    def _failed(self, error: DeskError) -> None:
        self._show_state()
        self.trouble.say(error.sentence, "danger")

    def _show_state(self) -> None:
        pages = self._pages
        last = 0 if pages is None else len(pages) - 1
        self.words.setText(NOT_YET if pages is None else f"Page {self.page + 1} of {last + 1}, {ZOOMS[self._zoom]} %")
        for button, why in (
            (self.before, FIRST if self.page <= 0 else ""),
            (self.after, LAST if self.page >= last else ""),
            (self.smaller, SMALLEST if self._zoom <= 0 else ""),
            (self.larger, LARGEST if self._zoom >= len(ZOOMS) - 1 else ""),
            (self.print, ""),
        ):
            if pages is None or why:
                button.switch_off(why if pages is not None else NOT_YET)
            else:
                button.switch_on()
