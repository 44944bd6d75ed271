"""Call logs that were damaged: half in their bytes, half in what these mean, which then are a good file again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from tests.samples import hertfordshire
from tests.services.some_files import as_csv, write_bytes, write_workbook

CORE = ("sheet", "haredStrings", "workbook", "styles")
NASTY_BYTES = (b"\x00", b"99999999", b'"', b"<", b"\xff\xfe", b"-1", b"&#0;")
NASTY_CELLS = (
    "", "\x00", "=1+1", "-1", "99999999999999999999", "31/02/2001", "29/02/2001 24:61", "1e400", "nan", "\u202e",
    "x" * 40_000, '"', "a\nb\r\nc", ";;;", "Parent;Parent", "\U0001f600", "0", "True", "2001-09-03T10:30:00+25:00",
    "'; DROP TABLE call; --", "<b>", "{0}", "%s", "\ufeff",
)  # fmt: skip
NASTY_VALUES = (b"", b"0", b"-1", b"1048577", b"99999999999", b"1e400", b"NaN", b"XFD1048576", b"s", b"\xc3", b"&lt;")


def seeds(folder: Path, *, rows: int = 30) -> list[Path]:
    """Good call logs with every column, small and larger, as workbooks and as text in two encodings."""
    every = [[row[name] for name in hertfordshire.HEADER] for row in islice(hertfordshire.rows(), rows)]
    typed = [[_as_typed(cell) for cell in row] for row in every]
    head = list(hertfordshire.HEADER)
    return [
        write_workbook(folder / "seed.xlsx", [head, *every]),
        write_bytes(folder / "seed.csv", as_csv([head, *typed])),
        write_workbook(folder / "small.xlsx", [head, *every[:2]]),
        write_bytes(folder / "wide.csv", as_csv([head, *typed[:9]], ";").encode("utf-16")),
    ]


def _as_typed(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if hasattr(cell, "year") else cell


def mutants(good: list[Path], count: int, *, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """So many damaged files, the same ones for the same seed: (what was damaged, suffix, content)."""
    chance = Random(seed)
    for number in range(count):
        path = good[number // 2 % len(good)]
        content = path.read_bytes()
        if number % 2 == 0:
            yield "bytes", path.suffix, damaged(content, chance)
        elif path.suffix == ".xlsx":
            yield "parts", path.suffix, _other_parts(content, chance)
        else:
            yield "cells", path.suffix, _other_cells(content, chance)


def damaged(content: bytes, chance: Random) -> bytes:
    """Bytes changed, turned, left out, put in, or cut off."""
    spoiled = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8, 40])):
        place = chance.randrange(len(spoiled) or 1)
        match chance.randrange(5):
            case 0:
                spoiled[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoiled[place : place + chance.choice([1, 3, 50])]
            case 2:
                spoiled[place:place] = chance.choice(NASTY_BYTES)
            case 3:
                spoiled[place : place + 1] = bytes([spoiled[place] ^ 1 << chance.randrange(8)]) if spoiled else b""
            case _:
                if chance.random() < 0.2:
                    del spoiled[place:]
    return bytes(spoiled)


def _other_parts(content: bytes, chance: Random) -> bytes:
    """One part of the archive damaged, given another value, left out, or put in the place of another."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = [name for name in parts if any(word in name for word in CORE)]
    hit = chance.choice(core if chance.random() < 0.85 else list(parts))
    match chance.randrange(8):
        case 0:
            del parts[hit]
        case 1:
            parts[hit] = parts[chance.choice(list(parts))]
        case 2 | 3 | 4:
            parts[hit] = _other_value(parts[hit], chance)
        case _:
            parts[hit] = damaged(parts[hit], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _other_value(part: bytes, chance: Random) -> bytes:
    """One attribute or one text between tags, so that the part is still well formed as a rule."""
    mark = chance.choice((b'"', b">"))
    places = [place for place in range(len(part)) if part[place : place + 1] == mark]
    if not places:
        return part
    begin = chance.choice(places) + 1
    end = part.find(b'"' if mark == b'"' else b"<", begin)
    return part if end < 0 else part[:begin] + chance.choice(NASTY_VALUES) + part[end:]


def _other_cells(content: bytes, chance: Random) -> bytes:
    """Cells, rows and columns changed, and written as a table again."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    table = list(csv.reader(io.StringIO(content.decode("utf-16" if wide else "utf-8")), delimiter=";" if wide else ","))
    for _ in range(chance.choice((1, 1, 2, 6))):
        row = chance.choice(table)
        match chance.randrange(8):
            case 0:
                del row[chance.randrange(len(row) or 1) :]
            case 1:
                row.insert(chance.randrange(len(row) + 1), chance.choice(NASTY_CELLS))
            case 2:
                table.insert(chance.randrange(len(table) + 1), list(chance.choice(table)))
            case 3:
                table[0] = chance.choice((table[0] * 2, table[0][::-1], [], [name + " " for name in table[0]]))
            case _ if row:
                row[chance.randrange(len(row))] = chance.choice(NASTY_CELLS)
    text = as_csv(table, chance.choice((",", ";", "\t", "|")))
    return text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace")
