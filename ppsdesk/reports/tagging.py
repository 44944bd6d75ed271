"""A PDF that can be read aloud: headings, paragraphs, tables with row and column heads, figures with words for them.

The open-source reportlab writes no structure tree, so this module adds one: it marks pieces of the page while they are
drawn and hangs them into a tree under the file's catalogue. It leans on names private to reportlab 5
(`Canvas._code`, `Table._renderCB`, `Table._splitRows`, `pdfdoc.PDFPage.__NoDefault__`, `ttfonts.makeToUnicodeCMap`);
tests/reports/test_tagging.py guards them. The shape follows ISO 32000-1, 14.7 and 14.8, and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table
from reportlab.platypus.flowables import Flowable

from ppsdesk.reports import figure_on_page
from ppsdesk.reports.house_style import PAGE_HEIGHT, PAGE_WIDTH
from ppsdesk.reports.marks import Sheet

PAGE_KEYS = ("StructParents", "Tabs")  # keys of a page that reportlab does not write by itself

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""

_ZERO = re.compile(r"<[0-9A-F]{2}> <0000>")


def _prepare() -> None:
    """Teach reportlab two page keys, to leave U+0000 out of the map from glyphs to text (PDF/UA-1, 7.21.7), and to
    write what it has compressed as it is: as text it is a quarter longer, and takes longer to make.
    """
    rl_config.useA85 = 0
    known = pdfdoc.PDFPage.__NoDefault__
    pdfdoc.PDFPage.__NoDefault__ = [*known, *(key for key in PAGE_KEYS if key not in known)]
    original = ttfonts.makeToUnicodeCMap

    def without_zero(font_name: str, subset: list[int]) -> str:
        lines = original(font_name, subset).split("\n")
        kept = [line for line in lines if not _ZERO.fullmatch(line)]
        was, now = len(subset), len(subset) - (len(lines) - len(kept))
        return "\n".join(f"{now} beginbfchar" if line == f"{was} beginbfchar" else line for line in kept)

    ttfonts.makeToUnicodeCMap = without_zero  # type: ignore[assignment]  # the stubs name its parameters otherwise


_prepare()


@dataclass(slots=True, eq=False)
class _Piece:
    """A stretch of one page's content that belongs to an element; the page is known once it is finished."""

    number: int
    page: Any = None


@dataclass(eq=False)
class Element(pdfdoc.PDFObject):
    """One element of the structure tree: its role, where it hangs, what it holds, and its attributes as a PDF has them.

    A paper has one for every cell, so each writes its own bytes: reportlab's dictionaries take five times as long.
    """

    role: str
    parent: Any
    attributes: str = ""
    alternative: str = ""
    kids: list[Element | _Piece] = field(default_factory=list)
    number: bytes = b""

    __RefOnly__ = 1  # always written as an object of its own

    def format(self, document: Any) -> bytes:
        """The element as a PDF dictionary."""
        page = next((kid.page for kid in self.kids if isinstance(kid, _Piece)), None)
        kids = b" ".join([_kid(document, kid, page) for kid in self.kids])
        parent = _number(document, self.parent)
        made = [b"<< /Type /StructElem /S /", self.role.encode(), b" /P ", parent, b" /K [", kids, b"]"]
        if page is not None:
            made += [b" /Pg ", _number(document, page)]
        if self.alternative:
            made += [b" /Alt ", pdfdoc.PDFString(self.alternative).format(document)]
        if self.attributes:
            made += [b" /A << ", self.attributes.encode(), b" >>"]
        return b"".join([*made, b" >>"])


class Root(pdfdoc.PDFObject):
    """The head of the tree, and the way back from each page's marked pieces to their elements."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.number = b""
        self.top = Element("Document", self)
        self.pages: list[list[Element]] = []

    def format(self, document: Any) -> bytes:
        """The root as a PDF dictionary."""
        numbers: list[Any] = []
        for at, elements in enumerate(self.pages):
            back = pdfdoc.PDFArray([_number(document, element) for element in elements])
            numbers += [at, document.Reference(back)]
        entries = {
            "Type": pdfdoc.PDFName("StructTreeRoot"),
            "K": document.Reference(self.top),
            "ParentTree": pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}),
        }
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


class TaggedCanvas(Canvas):
    """Draws as ever, keeps the tree beside it, and writes heads and feet when the number of pages is known."""

    _code: list[str]
    _doc: Any
    _startPage: Callable[[], None]  # noqa: N815  # reportlab's own

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._root = Root()
        self._open: list[Element] = [self._root.top]
        self._marked: list[tuple[Element, _Piece]] = []
        self._held: list[dict[str, Any]] = []

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What a reading voice passes over: rules, heads and feet of the page, repeated table heads."""
        self.begin_artifact()
        yield
        self.end_marked()

    @contextmanager
    def element(self, role: str, attributes: str = "", *, alternative: str = "") -> Iterator[Element]:
        """An element that holds whatever is marked inside."""
        yield self.begin_element(role, attributes, alternative=alternative)
        self.end_element()

    @contextmanager
    def content(self) -> Iterator[None]:
        """What is drawn inside belongs to the innermost element."""
        self.begin_content()
        yield
        self.end_marked()

    def begin_artifact(self) -> None:
        """Until `end_marked`."""
        self._code.append("/Artifact BMC")

    def begin_element(
        self, role: str, attributes: str = "", *, alternative: str = "", into: Element | None = None
    ) -> Element:
        """Until `end_element`; `into` continues one begun on an earlier page."""
        made = into or Element(role, self._open[-1], attributes, alternative)
        if into is None:
            self._open[-1].kids.append(made)
        self._open.append(made)
        return made

    def end_element(self) -> None:
        """The innermost that is open."""
        self._open.pop()

    def begin_content(self) -> None:
        """Until `end_marked`."""
        owner, piece = self._open[-1], _Piece(len(self._marked))
        owner.kids.append(piece)
        self._marked.append((owner, piece))
        self._code.append(f"/{owner.role} <</MCID {piece.number}>> BDC")

    def end_marked(self) -> None:
        """Of content or of what is passed over."""
        self._code.append("EMC")

    def showPage(self) -> None:
        """Hold the finished page back: its foot needs the number of pages."""
        self._held.append(dict(self.__dict__))
        self._startPage()
        self._marked = []

    def margins(self, page: int, pages: int) -> None:
        """Heads and feet, all of them artifacts; pages count from 1."""

    def save(self) -> None:
        """Finish every page, then the tree."""
        for page, state in enumerate(held := self._held, start=1):
            self.__dict__.update(state)
            with self.artifact():
                self.margins(page, len(held))
            super().showPage()
            self._close(self._doc.Pages.pages[-1])
        self._describe()
        super().save()

    def _close(self, page: Any) -> None:
        page.StructParents, page.Tabs = len(self._root.pages), pdfdoc.PDFName("S")
        self._root.pages.append([element for element, _piece in self._marked])
        for _element, piece in self._marked:
            piece.page = page

    def _describe(self) -> None:
        catalogue = self._doc.Catalog
        catalogue.StructTreeRoot = self._root
        catalogue.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self.setViewerPreference("DisplayDocTitle", "true")
        text = _METADATA.format(title=escape(self._doc.info.title)).encode()
        catalogue.Metadata = pdfdoc.XMP(creator=lambda _document: text)


class TaggedParagraph(Paragraph):
    """A paragraph with its role; cut by a page end it becomes two elements. Made by `typesetting.paragraph` only."""

    canv: TaggedCanvas

    def __init__(self, text: str, style: ParagraphStyle, role: str = "P", **options: Any) -> None:
        super().__init__(text, style, **options)
        self.role = role
        self._wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size in points; measured once for a width, as every paragraph is asked several times."""
        if self._wrapped is None or self._wrapped[0] != available_width or not hasattr(self, "blPara"):
            self._wrapped = available_width, super().wrap(available_width, available_height)
        return self._wrapped[1]

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """Both parts keep the role."""
        parts: list[Any] = super().split(available_width, available_height)
        for part in parts:
            part.role = self.role
        return parts

    def draw(self) -> None:
        """Marked with its role; inside a table's cell (no role) the cell marks it."""
        if not self.role:
            super().draw()
            return
        with self.canv.element(self.role), self.canv.content():
            super().draw()


class TaggedTable(Table):
    """A table: repeated rows head its columns, the first column heads its rows; one element over all its pages."""

    canv: TaggedCanvas
    shared: dict[str, Element] | None = None
    continued = False
    _renderCB: Callable[..., None] | None = None  # noqa: N815  # reportlab's own
    _rowHeights: list[float]  # noqa: N815

    @property
    def row_heights(self) -> list[float]:
        """Of each row, the heads among them, in points."""
        self.wrap(PAGE_WIDTH, PAGE_HEIGHT)
        return list(self._rowHeights)

    def _splitRows(self, *arguments: Any, **options: Any) -> list[Any]:
        if self.shared is None:
            self.shared = {}
        parts: list[Any] = super()._splitRows(*arguments, **options)  # type: ignore[misc]  # private to reportlab
        for at, part in enumerate(parts):
            part.shared, part.continued = self.shared, self.continued or at > 0
        return parts

    def draw(self) -> None:
        """Drawn as ever, with a listener that opens and closes the elements."""
        self._renderCB = _Listener(self)
        super().draw()
        self._renderCB = None


class _Listener:
    """Told by the table what it is about to draw, and what it has drawn."""

    def __init__(self, table: TaggedTable) -> None:
        self._table = table
        self._canvas = table.canv
        self._heads = int(table.repeatRows)
        self._row = 0
        canvas = self._canvas
        self._told: dict[str, Callable[..., object]] = {
            "startTable": self._start_table, "endTable": canvas.end_element,
            "startBG": canvas.begin_artifact, "endBG": canvas.end_marked,
            "startRow": self._start_row, "endRow": self._end_row,
            "startCell": self._start_cell, "endCell": self._end_cell,
            "startLines": canvas.begin_artifact, "endLines": canvas.end_marked,
        }  # fmt: skip

    def __call__(self, _table: Table, event: str, *details: Any) -> None:
        self._told[event](*details)

    @property
    def _repeated(self) -> bool:
        return self._table.continued and self._row < self._heads

    def _start_table(self) -> None:
        shared = self._table.shared if self._table.shared is not None else {}
        shared["table"] = self._canvas.begin_element("Table", into=shared.get("table"))

    def _start_row(self, row: int) -> None:
        self._row = row
        if not self._repeated:
            self._canvas.begin_element("TR")

    def _end_row(self) -> None:
        if not self._repeated:
            self._canvas.end_element()

    def _start_cell(self, _row: int, column: int, *_drawn: Any) -> None:
        if self._repeated:
            self._canvas.begin_artifact()
            return
        scope = "Column" if self._row < self._heads else "Row" if column == 0 else ""
        self._canvas.begin_element("TH" if scope else "TD", f"/O /Table /Scope /{scope}" if scope else "")
        self._canvas.begin_content()

    def _end_cell(self) -> None:
        self._canvas.end_marked()
        if not self._repeated:
            self._canvas.end_element()


class TaggedFigure(Flowable):
    """A drawing with the words that stand for it."""

    canv: TaggedCanvas

    def __init__(self, sheet: Sheet, alternative: str) -> None:
        super().__init__()
        self._sheet, self._alternative = sheet, alternative
        self.width, self.height = sheet.width, sheet.height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Its own size, in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Marked as one figure."""
        x, y = self.canv.absolutePosition(0, 0)
        corners = (x, y, min(x + self.width, PAGE_WIDTH), min(y + self.height, PAGE_HEIGHT))
        layout = f"/O /Layout /BBox [{' '.join(f'{corner:.3f}' for corner in corners)}] /Placement /Block"
        with self.canv.element("Figure", layout, alternative=self._alternative), self.canv.content():
            figure_on_page.put(self._sheet, self.canv)


def _kid(document: Any, kid: Element | _Piece, page: Any) -> bytes:
    """A kid among the kids of an element that is mostly on that page."""
    if isinstance(kid, Element):
        return _number(document, kid)
    if kid.page is page:
        return b"%d" % kid.number
    return b"<< /Type /MCR /Pg %b /MCID %d >>" % (_number(document, kid.page), kid.number)


def _number(document: Any, thing: Any) -> bytes:
    """What refers to an object of the file; asked of the file once."""
    known: bytes = getattr(thing, "number", b"")
    if known:
        return known
    named: bytes = document.Reference(thing).format(document)
    if isinstance(thing, Element | Root):
        thing.number = named
    return named
