"""A document as a tagged PDF in the look of the house: the same document always gives the same bytes.

Everything needed is inside the file: both fonts are embedded, nothing is loaded from anywhere, and no text is ever
read as markup.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, KeepTogether, PageTemplate, Spacer
from reportlab.platypus.flowables import Flowable, HRFlowable

from ppsdesk.domain.document import Block, ChartSpec, Document, Facts, Heading, Note, Paragraph, Table
from ppsdesk.reports import charts, house_style, typesetting
from ppsdesk.reports.flow import TableOnPages, height
from ppsdesk.reports.footnotes import Footnotes
from ppsdesk.reports.house_style import MILLIMETRE, SIDE, TEXT_HEIGHT, TEXT_WIDTH
from ppsdesk.reports.pdf_tables import facts_table, figure_tables
from ppsdesk.reports.tagging import TaggedCanvas, TaggedFigure
from ppsdesk.reports.typesetting import LABEL_LIMIT, elided, paragraph, plain, width_of

BEGUN = 90  # points running text must find below its heading to begin on this page


def write(document: Document) -> bytes:
    """The whole file. Fails for no text, however long or strange: a label too long to print is cut with an ellipsis."""
    return drawn(document, Paper)


def drawn(document: Document, paper: type[Paper]) -> bytes:
    """The file as that kind of paper draws it."""
    typesetting.register_fonts()
    target = BytesIO()
    template = BaseDocTemplate(
        target,
        pagesize=(house_style.PAGE_WIDTH, house_style.PAGE_HEIGHT),
        title=plain(document.title, limit=LABEL_LIMIT),
        author=plain(document.service, limit=LABEL_LIMIT),
        lang=house_style.LANGUAGE,
        initialFontName=house_style.REGULAR,
        invariant=1,
    )
    frame = Frame(SIDE, house_style.BELOW, TEXT_WIDTH, TEXT_HEIGHT, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate("paper", [frame])])
    template.build(_Story(document).flowables(), canvasmaker=partial(paper, document=document))
    return target.getvalue()


class Paper(TaggedCanvas):
    """The page's head and foot."""

    def __init__(self, *arguments: Any, document: Document, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._document = document

    def margins(self, page: int, pages: int) -> None:
        """Service and title above; who printed it, the marking and the page below."""
        self._draw_head(plain(self._document.service), plain(self._document.title))
        self._draw_foot(plain(self._document.printed), plain(self._document.marking), f"Page {page} of {pages}")

    def _draw_head(self, service: str, title: str) -> None:
        left, right, y = SIDE, SIDE + TEXT_WIDTH, house_style.PAGE_HEIGHT - 13 * MILLIMETRE
        self._type(house_style.STRONG, 8.5, house_style.ACCENT)
        service = elided(service, house_style.STRONG, 8.5, TEXT_WIDTH * 0.6)
        self.drawString(left, y, service)
        self._type(house_style.REGULAR, 8.5, house_style.QUIET)
        room = TEXT_WIDTH - width_of(service, house_style.STRONG, 8.5) - TEXT_WIDTH * 0.04
        self.drawRightString(right, y, elided(title, house_style.REGULAR, 8.5, room))
        self._rule(y - 6, house_style.ACCENT, 1.2)

    def _draw_foot(self, printed: str, marking: str, page: str) -> None:
        left, right, y = SIDE, SIDE + TEXT_WIDTH, 10 * MILLIMETRE
        font, gap = house_style.REGULAR, 12.0
        self._rule(y + 11, house_style.RULE, 0.5)
        self._type(font, 8, house_style.QUIET)
        self.drawRightString(right, y, page)
        room = TEXT_WIDTH - width_of(page, font, 8) - gap
        marking = elided(marking, font, 8, room * 0.6)
        printed = elided(printed, font, 8, room - width_of(marking, font, 8) - gap)
        self.drawString(left, y, printed)
        self.drawString(left + width_of(printed, font, 8) + (gap if printed else 0), y, marking)

    def _type(self, font: str, points: float, colour: str) -> None:
        self.setFont(font, points)
        self.setFillColor(HexColor(colour))

    def _rule(self, y: float, colour: str, wide: float) -> None:
        self.setStrokeColor(HexColor(colour))
        self.setLineWidth(wide)
        self.line(SIDE, y, SIDE + TEXT_WIDTH, y)


class _Rule(HRFlowable):
    """The short rule above footnotes, which no voice reads."""

    canv: TaggedCanvas

    def draw(self) -> None:
        with self.canv.artifact():
            super().draw()


class _Story:
    """The document's blocks as flowables: sections, tables and figures numbered, small print under each table."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: list[Flowable] = []
        self._pending: list[Flowable] = []  # a heading waits for what follows it
        self._footnotes = Footnotes()
        self._sections: list[int] = []
        self._tables = self._figures = 0

    def flowables(self) -> list[Flowable]:
        self._made.append(paragraph(self._document.title, typesetting.TITLE, "H1", limit=LABEL_LIMIT))
        rest = deque(self._document.blocks)
        while rest:
            block = rest.popleft()
            if isinstance(block, ChartSpec) and rest and isinstance(note := rest[0], Note):
                rest.popleft()
                self._chart(block, note)
            else:
                self._writer(block)(block)
        self._keep([])
        return self._made

    def _writer(self, block: Block) -> Callable[[Any], None]:
        writers: dict[type, Callable[[Any], None]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Note: self._note,
            Facts: self._facts,
            Table: self._table,
            ChartSpec: self._chart,
        }
        return writers[type(block)]

    def _heading(self, block: Heading) -> None:
        depth = min(max(block.level, 2), 6) - 1
        self._sections = [*self._sections, *([0] * depth)][:depth]
        self._sections[-1] += 1
        number = ".".join(str(part) for part in self._sections)
        self._pending.append(
            paragraph(f"{number}\u00a0\u00a0{block.text}", typesetting.SECTION, f"H{depth + 1}", limit=LABEL_LIMIT)
        )

    def _paragraph(self, block: Paragraph) -> None:
        self._flow(paragraph(block.text, typesetting.BODY))

    def _note(self, block: Note) -> None:
        self._flow(paragraph(block.text, typesetting.NOTE))

    def _facts(self, block: Facts) -> None:
        if block.rows:
            self._keep([facts_table(block), Spacer(1, 4)])

    def _table(self, block: Table) -> None:
        self._tables += 1
        made = figure_tables(block.figures, self._footnotes)
        for at, table in enumerate(made, start=1):
            part = f" (part {at} of {len(made)})" if len(made) > 1 else ""
            caption = self._caption(f"Table {self._tables}: {block.caption}{part}")
            below = self._small_print(block) if at == len(made) else []
            self._made.append(TableOnPages([*self._pending, caption], table, below))
            self._pending = []

    def _small_print(self, block: Table) -> list[Flowable]:
        """What was counted, then the notes, then under a short rule why figures are missing."""
        texts = [text for text in (block.figures.definition, " ".join(block.figures.notes)) if text.strip()]
        made: list[Flowable] = [paragraph(text, typesetting.DEFINITION) for text in texts]
        if reasons := self._footnotes.take():
            grey = HexColor(house_style.RULE)
            made.append(
                _Rule(width=40 * MILLIMETRE, thickness=0.5, color=grey, hAlign="LEFT", spaceBefore=5, spaceAfter=2)
            )
            made += [paragraph(text, typesetting.SMALL) for text in reasons]
        return made

    def _chart(self, block: ChartSpec, note: Note | None = None) -> None:
        self._figures += 1
        room = TEXT_HEIGHT / 2 - 24  # so that of many bars two pieces stand on a page
        pieces = charts.parts(block, house_style.PRINT_LOOK, TEXT_WIDTH, room)
        for at, piece in enumerate(pieces, start=1):
            part = f" (part {at} of {len(pieces)})" if len(pieces) > 1 else ""
            drawn = charts.laid_out(piece, house_style.PRINT_LOOK, TEXT_WIDTH, within=block)
            caption = self._caption(f"Figure {self._figures}: {block.caption}{part}")
            last = [paragraph(note.text, typesetting.NOTE)] if note and at == len(pieces) else []
            self._keep([caption, TaggedFigure(drawn, plain(block.alternative)), *last, Spacer(1, 4)])

    def _caption(self, text: str) -> Flowable:
        return paragraph(text, typesetting.CAPTION, limit=LABEL_LIMIT)

    def _flow(self, flowable: Flowable) -> None:
        """Running text may be parted by a page end, but not from its heading."""
        if self._pending:
            self._made.append(CondPageBreak(BEGUN))
        self._made += [*self._pending, flowable]
        self._pending = []

    def _keep(self, group: list[Flowable]) -> None:
        """On one page where it fits on one; else begun only where a good piece of it finds room."""
        whole, self._pending = [*self._pending, *group], []
        if not whole:
            return
        if height(whole) <= TEXT_HEIGHT:
            self._made.append(KeepTogether(whole))
        else:
            self._made += [CondPageBreak(BEGUN), *whole]
