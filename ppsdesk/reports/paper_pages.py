"""The pages of a paper as pictures, to be looked at before they are printed, and to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from ppsdesk.domain.document import Document
from ppsdesk.reports.pictures import DRAWING

POINTS_TO_THE_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Dots, row by row from the top: blue, green, red and one that means nothing, each a byte; `stride` bytes a row."""

    width: int
    height: int
    stride: int
    dots: bytes


class PaperPages:
    """The pages of one PDF file; `sizes` are width and height of each in points."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        self.pdf = pdf
        with DRAWING:
            document = pypdfium2.PdfDocument(pdf)
            try:
                self.sizes: tuple[tuple[float, float], ...] = tuple(
                    document.get_page_size(number) for number in range(len(document))
                )
            finally:
                document.close()

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, *, dots_to_the_inch: float) -> Picture:
        """One page, the first is 0. IndexError past the last."""
        import pypdfium2

        if not 0 <= page < len(self.sizes):
            raise IndexError(page)
        with DRAWING:
            document = pypdfium2.PdfDocument(self.pdf)
            try:
                drawn = document[page].render(scale=dots_to_the_inch / POINTS_TO_THE_INCH, force_bitmap_format=BGRX)
                return Picture(width=drawn.width, height=drawn.height, stride=drawn.stride, dots=bytes(drawn.buffer))
            finally:
                document.close()


BGRX = 3  # FPDFBitmap_BGRx: four bytes a dot, as windows and printers take them


def pages(document: Document) -> PaperPages:
    """The very pages of the PDF file."""
    from ppsdesk.reports import pdf

    return PaperPages(pdf.write(document))
