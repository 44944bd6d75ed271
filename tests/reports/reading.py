"""Reads a PDF back with a library that had no part in writing it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

Tree = tuple[str, str, list["Tree"]]  # role, alternative text, kids


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The document, closed afterwards."""
    document = pdfium.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def pages(content: bytes) -> list[str]:
    """The text of each page, lines joined, so that a wrapped sentence reads on."""
    with opened(content) as document:
        return [" ".join(_text(page).split()) for page in document]


def objects(content: bytes, kind: int) -> int:
    """How many page objects of a kind there are."""
    with opened(content) as document:
        return sum(1 for page in document for _found in page.get_objects(filter=[kind]))


def widths(content: bytes, page: int, height: float) -> list[float]:
    """Widths, in points, of the shapes of that height on a page, as the bars of a chart are."""
    with opened(content) as document:
        boxes = [found.get_bounds() for found in document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    return [right - left for left, bottom, right, top in boxes if abs(top - bottom - height) < 0.3]


def overlaps(content: bytes) -> list[tuple[int, tuple[float, ...], tuple[float, ...]]]:
    """Pieces of text that lie on each other by more than a point both ways: page, counted from 1, and their boxes."""
    with opened(content) as document:
        return [(at, *pair) for at, page in enumerate(document, start=1) for pair in _overlapping(page)]


def right_edge(content: bytes) -> float:
    """How far to the right any text reaches, in points."""
    with opened(content) as document:
        return max(
            found.get_bounds()[2] for page in document for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        )


def loose(content: bytes) -> int:
    """Pieces of a page that hang on the document itself and on no paragraph, table or figure."""
    with opened(content) as document:
        return sum(_loose(page) for page in document)


def metadata(content: bytes) -> dict[str, str]:
    """Title, author and so on."""
    with opened(content) as document:
        found: dict[str, str] = document.get_metadata_dict()
        return found


def trees(content: bytes) -> list[list[Tree]]:
    """The structure tree as each page sees it."""
    with opened(content) as document:
        return [_page_tree(page) for page in document]


def roles(tree: list[Tree]) -> Iterator[str]:
    """Every role, in reading order."""
    for role, _alternative, kids in tree:
        yield role
        yield from roles(kids)


def found(tree: list[Tree], role: str) -> Iterator[Tree]:
    """Every element of a role, in reading order."""
    for element in tree:
        if element[0] == role:
            yield element
        yield from found(element[2], role)


def _overlapping(page: Any) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    boxes = sorted(found.get_bounds() for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    for at, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            if other[0] > right - 1:
                break  # all others begin further to the right
            if min(right, other[2]) - max(left, other[0]) > 1 and min(top, other[3]) - max(bottom, other[1]) > 1:
                yield (left, bottom, right, top), other


def _text(page: Any) -> str:
    lines: str = page.get_textpage().get_text_range()
    return lines


def _page_tree(page: Any) -> list[Tree]:
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        return [_element(raw.FPDF_StructTree_GetChildAtIndex(tree, at)) for at in range(count)]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _element(element: Any) -> Tree:
    count = raw.FPDF_StructElement_CountChildren(element)
    kids = [raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)]
    role = _string(raw.FPDF_StructElement_GetType, element)
    return role, _string(raw.FPDF_StructElement_GetAltText, element), [_element(kid) for kid in kids if kid]


def _loose(page: Any) -> int:
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        top = raw.FPDF_StructTree_GetChildAtIndex(tree, 0)
        kids = range(raw.FPDF_StructElement_CountChildren(top))
        return sum(1 for at in kids if not raw.FPDF_StructElement_GetChildAtIndex(top, at))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _string(ask: Any, element: Any) -> str:
    size = ask(element, None, 0)
    held = ctypes.create_string_buffer(size)
    ask(element, held, size)
    return bytes(held).decode("utf-16-le").rstrip("\0")
