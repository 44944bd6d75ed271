"""Texts from callers, lists and the service's own name stay texts in every kind of file, and reach for nothing."""

from __future__ import annotations

import builtins
import io
import re
import socket
import unicodedata
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppsdesk.reports import csv_file, docx_file, html_file, pdf, writing, xlsx_file
from ppsdesk.reports.safe_text import clean, guarded
from tests.reports import files_read, handmade, reading
from tests.reports.files_read import W

HOSTILE = {
    "a formula": '=HYPERLINK("http://127.0.0.1:9/x","click")',
    "a command": "+cmd|' /C calc'!A0",
    "a minus": "-2+3+cmd|' /C calc'!A0",
    "an at": "@SUM(1+9)*cmd",
    "a full-width formula": "＝1+1",
    "a tab first": "\t=1+1",
    "a return first": "\r=1+1",
    "an apostrophe first": "'=1+1",
    "an image": "<img src='/etc/hostname'> <img src=\"http://127.0.0.1:9/x.png\" onerror=alert(1)>",
    "a tag": "Mum said <b>urgent and </i> left",
    "a script": "</style></title></table><script>alert(1)</script>",
    "an entity": "Smith & Jones &amp; &lt; &#0; &nosuch;",
    "the end of a section": "]]> <!-- --> <![CDATA[",
    "a per cent sign": "100 % %s %(x)s {0.__class__} {{ 7*7 }}",
    "quotes": "\"He said\" 'no' ,;\"",
    "lines": "one\r\ntwo\nthree\u2028four",
    "a turn": "turned \u202egnp.exe",
    "a nought": "half\x00way \x1b[31mred\x07 \x7f\x85 next",
    "half a character": "half \ud800 a character",
    "no character": "no \ufffe\uffff character",
    "coded": "_x0041_ and _x000D_",
    "a sheet": "by-year!A1",
    "page codes": "&P &[Page] &G && &\"Arial,Bold\"",
    "a name": "Mrs <O'Brien> <3, Łódź, Ångström, 🙂",
    "long": "word & <b> " * 9_000,
    "nothing": "",
}  # fmt: skip
SHORT = {name: text for name, text in HOSTILE.items() if name != "long"}
each = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


@pytest.fixture(autouse=True)
def _nothing_is_reached_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing connects, and no file but the program's own is opened, while a report is made."""

    def refuse(*_address: object) -> None:
        raise AssertionError("a report reached for the network")

    opened = io.open

    def only_our_own(file: object, mode: str = "r", *more: object, **named: object) -> object:
        assert set(mode) <= set("rbt"), f"{file} was opened for writing"
        assert "/etc/" not in str(file)
        return opened(file, mode, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for module in (builtins, io):
        monkeypatch.setattr(module, "open", only_our_own)


def test_the_guard_notices_who_connects_and_who_writes(tmp_path: Path) -> None:
    with pytest.raises(AssertionError), socket.socket() as held:
        held.connect(("127.0.0.1", 9))
    with pytest.raises(AssertionError):
        (tmp_path / "x").write_text("x")


def squeezed(text: str) -> str:
    return " ".join(text.split())


@each
def test_a_word_file_holds_it_as_it_is(text: str) -> None:
    report, paper = handmade.with_text(text)
    content = docx_file.write(paper, report.as_of)
    body = files_read.part(content, "word/document.xml")
    wanted = clean(text)
    paragraphs = [files_read.words(paragraph) for paragraph in body.iter(f"{W}p")]
    assert paragraphs.count(wanted) >= 6  # heading, running text, note, and cells of the table
    rows = [[files_read.words(cell) for cell in row.iter(f"{W}tc")] for row in body.iter(f"{W}tr")]
    assert [row[0] for row in rows[1:]] == [wanted, wanted]
    fields = {(found.text or "").split()[0] for found in body.iter(f"{W}instrText")}
    assert fields == {"SEQ"}
    targets = re.findall(r'TargetMode="External"', _all_of(content, "rels"))
    assert targets == []


@each
def test_a_workbook_holds_it_as_a_text(text: str) -> None:
    content = xlsx_file.write(*handmade.with_text(text))
    [(_about, cover), (_name, rows)] = files_read.sheets(content).items()
    wanted = clean(text, limit=32_000)
    assert cover[0][0] == rows[0][0] == wanted
    assert [row[0] for row in rows].count(wanted) >= 4
    everything = _all_of(content, "xml")
    for forbidden in ("<f>", "<f ", "hyperlink", "externalLink", "oleObject", "ddeLink"):
        assert forbidden not in everything
    assert 'TargetMode="External"' not in _all_of(content, "rels")


def _all_of(content: bytes, suffix: str) -> str:
    """All parts of that kind, each of them well-formed."""
    with ZipFile(BytesIO(content)) as held:
        parts = [held.read(name) for name in held.namelist() if name.endswith(suffix)]
    assert all(ElementTree.fromstring(part) is not None for part in parts)
    return "".join(part.decode() for part in parts)


@each
def test_a_csv_file_holds_it_where_no_spreadsheet_computes_it(text: str) -> None:
    report, paper = handmade.with_text(text)
    lines = files_read.csv_lines(csv_file.write(report, marking=paper.marking))
    [marking, *cells] = lines
    label = clean(text)
    assert _unguarded(marking["note"]) == label
    assert {_unguarded(line["row"]) for line in cells} == {label}
    assert [line["value"] for line in cells if line["unit"] == "calls"] == ["31", "", "31", ""]
    assert [_unguarded(line["value"]) for line in cells if line["unit"] == "text"] == [label, label]
    for line in lines:
        for name, field in line.items():
            computes = unicodedata.normalize("NFKC", field).lstrip(" \t\r\n\xa0").startswith(tuple("=+-@|%"))
            assert not computes or (name == "value" and line["unit"] != "text"), field


def _unguarded(field: str) -> str:
    return field[1:] if field.startswith("'") and guarded(field[1:]) == field else field


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="'=+-@\t\r\n x1＝", max_size=8))
def test_taking_the_apostrophe_away_always_gives_the_text_back(text: str) -> None:
    assert _unguarded(guarded(text)) == text


def test_a_number_below_nought_is_no_text_and_stays_a_number() -> None:
    lines = files_read.csv_lines(csv_file.write(handmade.report(), marking=""))
    assert {line["value"] for line in lines if line["column"] == "Change"} >= {"-9", "-4", "12"}


@each
def test_a_page_holds_it_and_nothing_of_it_becomes_a_tag(text: str) -> None:
    page = files_read.Page(html_file.write(handmade.with_text(text)[1]))
    harmless = files_read.Page(html_file.write(handmade.with_text("harmless")[1]))
    assert {tag for tag, _named in page.tags} == {tag for tag, _named in harmless.tags}
    wanted = clean(text)
    rows = [row for caption, found in page.tables if caption.startswith("Table") for row in found]
    assert [row[0] for row in rows] == [wanted] * 3
    for _tag, named in page.tags:
        assert not [name for name in named if name.startswith("on") or name in ("src", "href", "action", "style")]


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT.keys())
def test_a_pdf_holds_what_its_fonts_can_show(text: str) -> None:
    from ppsdesk.reports.typesetting import plain

    printed = " ".join(reading.pages(pdf.write(handmade.with_text(text)[1])))
    assert squeezed(printed).count(squeezed(plain(text))) >= 3


@pytest.mark.parametrize("suffix", writing.SUFFIXES)
def test_every_kind_of_file_is_made_of_all_of_them_together(suffix: str) -> None:
    for text in ("".join(SHORT.values()), HOSTILE["long"][:20_000]):
        assert writing.WRITERS[suffix](*handmade.with_text(text))
