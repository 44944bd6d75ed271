"""The one chart drawing as a picture, for files that cannot hold a drawing."""

from __future__ import annotations

from io import BytesIO
from threading import Lock

from ppsdesk.domain.document import ChartSpec
from ppsdesk.reports.house_style import ChartLook

SHARP = 3.0  # dots for each point: 216 to the inch
FASTEST = 2  # of the ways in which pillow finds the few colours of a picture
WHITE, NEARLY_WHITE = 255, 248  # that way makes white a shade of grey, which shows on a white page

DRAWING = Lock()  # PDFium may be at work in one thread only; whoever uses it takes this


def png(piece: ChartSpec, look: ChartLook, width: float, *, within: ChartSpec) -> bytes:
    """The piece of the chart `within`, at that width in points, on white."""
    import pypdfium2
    from reportlab.graphics import renderPDF

    from ppsdesk.reports import charts

    page = renderPDF.drawToString(charts.drawing(piece, look, width, within=within))
    held = BytesIO()
    with DRAWING:
        document = pypdfium2.PdfDocument(page)
        try:
            picture = document[0].render(scale=SHARP).to_pil()
        finally:
            document.close()
    few = picture.quantize(64, method=FASTEST, dither=0)
    few.putpalette([WHITE if part >= NEARLY_WHITE else part for part in few.getpalette() or []])
    few.save(held, "PNG")
    return held.getvalue()
