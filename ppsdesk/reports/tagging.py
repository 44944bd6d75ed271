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

from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table
from reportlab.platypus.flowables import Flowable

from ppsdesk.reports.house_style import PAGE_HEIGHT, PAGE_WIDTH

PAGE_KEYS = ("StructParents", "Tabs")  # keys of a page that reportlab does not write by itself

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""

_ZERO = re.compile(r"<[0-9A-F]{2}> <0000>")


def _prepare() -> None:
    """Teach reportlab two page keys, and to leave U+0000 out of the map from glyphs to text (PDF/UA-1, 7.21.7)."""
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
    """One element of the structure tree: its role, where it hangs, and what it holds."""

    role: str
    parent: Any
    attributes: dict[str, Any] = field(default_factory=dict)
    alternative: str = ""
    kids: list[Element | _Piece] = field(default_factory=list)

    __RefOnly__ = 1  # always written as an object of its own

    def format(self, document: Any) -> bytes:
        """The element as a PDF dictionary."""
        entries: dict[str, Any] = {
            "Type": pdfdoc.PDFName("StructElem"),
            "S": pdfdoc.PDFName(self.role),
            "P": document.Reference(self.parent),
            "K": pdfdoc.PDFArray([_kid(document, kid) for kid in self.kids]),
        }
        if self.alternative:
            entries["Alt"] = pdfdoc.PDFString(self.alternative)
        if self.attributes:
            entries["A"] = pdfdoc.PDFDictionary(self.attributes)
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


class Root(pdfdoc.PDFObject):
    """The head of the tree, and the way back from each page's marked pieces to their elements."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.top = Element("Document", self)
        self.pages: list[list[Element]] = []

    def format(self, document: Any) -> bytes:
        """The root as a PDF dictionary."""
        numbers: list[Any] = []
        for at, elements in enumerate(self.pages):
            back = pdfdoc.PDFArray([document.Reference(element) for element in elements])
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
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    @contextmanager
    def element(self, role: str, *, into: Element | None = None, **attributes: Any) -> Iterator[Element]:
        """An element that holds whatever is marked inside; `into` continues one begun on an earlier page."""
        made = into or self._hang(role, attributes)
        self._open.append(made)
        yield made
        self._open.pop()

    @contextmanager
    def content(self) -> Iterator[None]:
        """What is drawn inside belongs to the innermost element."""
        owner, piece = self._open[-1], _Piece(len(self._marked))
        owner.kids.append(piece)
        self._marked.append((owner, piece))
        self._code.append(f"/{owner.role} <</MCID {piece.number}>> BDC")
        yield
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

    def _hang(self, role: str, attributes: dict[str, Any]) -> Element:
        alternative = attributes.pop("alternative", "")
        made = Element(role, self._open[-1], attributes, alternative)
        self._open[-1].kids.append(made)
        return made

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
    """Told by the table what it is about to draw."""

    def __init__(self, table: TaggedTable) -> None:
        self._table = table
        self._canvas = table.canv
        self._entered: list[Any] = []
        self._row = 0

    def __call__(self, _table: Table, event: str, *details: Any) -> None:
        if event.startswith("end"):
            self._entered.pop().__exit__(None, None, None)
        elif event == "startTable":
            self._start_table()
        elif event == "startRow":
            self._row = details[0]
            self._enter(self._nothing() if self._repeated else self._canvas.element("TR"))
        elif event == "startCell":
            self._enter(self._canvas.artifact() if self._repeated else self._cell(details[1]))
        else:
            self._enter(self._canvas.artifact())

    @property
    def _repeated(self) -> bool:
        return self._table.continued and self._heads

    @property
    def _heads(self) -> bool:
        return self._row < int(self._table.repeatRows)

    def _start_table(self) -> None:
        shared = self._table.shared if self._table.shared is not None else {}
        whole = self._canvas.element("Table", into=shared.get("table"))
        shared["table"] = self._enter(whole)

    @contextmanager
    def _cell(self, column: int) -> Iterator[None]:
        scope = "Column" if self._heads else "Row" if column == 0 else ""
        named: dict[str, Any] = {"O": pdfdoc.PDFName("Table"), "Scope": pdfdoc.PDFName(scope)} if scope else {}
        with self._canvas.element("TH" if scope else "TD", **named), self._canvas.content():
            yield

    @contextmanager
    def _nothing(self) -> Iterator[None]:
        yield

    def _enter(self, manager: Any) -> Any:
        self._entered.append(manager)
        return manager.__enter__()


class TaggedFigure(Flowable):
    """A drawing with the words that stand for it."""

    canv: TaggedCanvas

    def __init__(self, drawing: Drawing, alternative: str) -> None:
        super().__init__()
        self._drawing, self._alternative = drawing, alternative
        self.width, self.height = drawing.width, drawing.height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        """Its own size, in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Marked as one figure."""
        x, y = self.canv.absolutePosition(0, 0)
        box = pdfdoc.PDFArray([x, y, min(x + self.width, PAGE_WIDTH), min(y + self.height, PAGE_HEIGHT)])
        layout: dict[str, Any] = {"O": pdfdoc.PDFName("Layout"), "BBox": box, "Placement": pdfdoc.PDFName("Block")}
        with self.canv.element("Figure", alternative=self._alternative, **layout), self.canv.content():
            self._drawing.drawOn(self.canv, 0, 0)


def _kid(document: Any, kid: Element | _Piece) -> Any:
    if isinstance(kid, Element):
        return document.Reference(kid)
    entries = {"Type": pdfdoc.PDFName("MCR"), "Pg": document.Reference(kid.page), "MCID": kid.number}
    return pdfdoc.PDFDictionary(entries)
