"""The parts of a Word file that its library has no words for: fields, table marks, alternative texts, the language."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ppsdesk.reports.house_style import INK, LANGUAGE, RULE

MODERN = "15"  # the Word this is written for; without it Word shows the file in a compatibility mode
BREAKS = {"\n": "w:br", "\t": "w:tab"}
OLDEST = (1980, 1, 1, 0, 0, 0)


def element(name: str, /, **attributes: str) -> Any:
    """An element of Word's own namespace: `element("w:jc", val="right")`."""
    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A number that Word works out itself: PAGE, NUMPAGES, SEQ; `shown` until it has."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            told = element("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {text} "
            run._r.append(told)


def mark_table(table: Any, *, title: str, about: str) -> None:
    """Its first row and first column are read as heads, and it says what it is."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    properties.find(qn("w:tblLayout")).addprevious(_borders())  # Word wants these in one order
    properties.append(_margins())
    properties.append(element("w:tblLook", val="06A0", **look))
    properties.append(element("w:tblCaption", val=title))
    properties.append(element("w:tblDescription", val=about))


def _borders() -> Any:
    """Strong above and below, hairlines between the rows, none upright."""
    made = element("w:tblBorders")
    for side, wide, colour in (("top", "8", INK), ("bottom", "8", INK), ("insideH", "3", RULE)):
        made.append(element(f"w:{side}", val="single", sz=wide, space="0", color=colour.lstrip("#")))
    return made


def _margins() -> Any:
    """Three points beside the figures, which stand close in a wide table."""
    made = element("w:tblCellMar")
    for side in ("left", "right"):
        made.append(element(f"w:{side}", w="60", type="dxa"))
    return made


def add_row(table: Any, texts: list[str], widths: list[float], styles: list[str], *, is_head: bool) -> None:
    """A row of texts, each in the style of its column; made by hand, as the library takes ten times as long."""
    row = element("w:tr")
    settings = element("w:trPr")
    settings.append(element("w:cantSplit"))
    if is_head:
        settings.append(element("w:tblHeader"))
    row.append(settings)
    for text, width, style in zip(texts, widths, styles, strict=True):
        cell, about, paragraph, look = (element(f"w:{name}") for name in ("tc", "tcPr", "p", "pPr"))
        about.append(element("w:tcW", w=str(round(width * 20)), type="dxa"))
        if is_head:
            about.append(_rule_below())
        look.append(element("w:pStyle", val=style))
        paragraph.append(look)
        paragraph.append(_run(text))
        cell.append(about)
        cell.append(paragraph)
        row.append(cell)
    table._tbl.append(row)


def _run(text: str) -> Any:
    made = element("w:r")
    for piece in re.split(r"([\n\t])", text):
        if piece in BREAKS:
            made.append(element(BREAKS[piece]))
        elif piece:
            told = element("w:t")
            told.set(qn("xml:space"), "preserve")
            told.text = piece
            made.append(told)
    return made


def _rule_below() -> Any:
    """The rule under the heads."""
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="single", sz="6", space="0", color=INK.lstrip("#")))
    return borders


def describe(picture: Any, *, title: str, about: str) -> None:
    """The words of a picture for those who do not see it."""
    told = picture._inline.docPr
    told.set("name", title)
    told.set("descr", about)


def set_language(document: Any) -> None:
    """British English for every word of the file, and the Word it is written for."""
    for fonts in document.styles.element.iter(qn("w:lang")):
        fonts.set(qn("w:val"), LANGUAGE)
        fonts.set(qn("w:eastAsia"), LANGUAGE)
    settings = document.settings.element
    for told in settings.iter(qn("w:themeFontLang")):
        told.set(qn("w:val"), LANGUAGE)
    for told in settings.iter(qn("w:compatSetting")):
        if told.get(qn("w:name")) == "compatibilityMode":
            told.set(qn("w:val"), MODERN)


def set_font(style: Any, name: str) -> None:
    """One font for every script of a style, instead of the theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), name)


def without_times(content: bytes) -> bytes:
    """The file again, every part dated alike, so that the same report always gives the same bytes."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(held, "w") as new:
        for part in old.infolist():
            new.writestr(ZipInfo(part.filename, OLDEST), old.read(part), compress_type=ZIP_DEFLATED)
    return held.getvalue()
