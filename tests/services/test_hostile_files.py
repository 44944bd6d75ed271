"""Files made or damaged so that reading them would fill the memory, never end, or crash."""

import io
import os
import random
import subprocess
import sys
import time as clock
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ppsdesk.domain.errors import Refused
from ppsdesk.domain.vocabulary import Vocabularies
from ppsdesk.services.call_rows import plan
from ppsdesk.services.starter_lists import starter_terms
from ppsdesk.services.tables_in import read_table
from tests.services.some_files import (
    CALLS,
    HALF_PAST_TEN,
    HEADER,
    NOW,
    as_csv,
    assert_one_sentence,
    refusal,
    rezipped,
    write_bytes,
    write_workbook,
)


def a_good_workbook(folder: Path) -> Path:
    return write_workbook(folder / "calls.xlsx", [HEADER, *CALLS])


BOMBS = {
    "one sheet of blanks": lambda: {"xl/worksheets/sheet1.xml": b" " * 150_000_000},
    "a part that is never parsed": lambda: {"xl/media/image1.png": bytes(150_000_000)},
    "too many parts": lambda: {f"xl/media/{number}.txt": b"" for number in range(2_100)},
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, what: str) -> None:
    parts = BOMBS[what]()
    path = rezipped(a_good_workbook(tmp_path), parts.get, parts)
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more" in refusal(path)


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path: Path) -> None:
    blanks = b" " * 150_000_000
    path = rezipped(a_good_workbook(tmp_path), lambda name, content: blanks if "sheet1" in name else content)
    honest = zlib.crc32(blanks).to_bytes(4, "little"), len(blanks).to_bytes(4, "little")
    lies = zlib.crc32(blanks[:4_000]).to_bytes(4, "little"), (4_000).to_bytes(4, "little")
    content = path.read_bytes()
    for truth, lie in zip(honest, lies, strict=True):
        assert content.count(truth) == 2  # before the part, and in the list of parts at the end
        content = content.replace(truth, lie)
    path.write_bytes(content)
    assert "unpacks to more" in refusal(path)


def test_a_sheet_with_one_cell_in_its_furthest_corner_does_not_eat_the_memory(tmp_path: Path) -> None:
    def far_away(name: str, content: bytes) -> bytes:
        return content.replace(b'r="F3"', b'r="XFD1048576"') if name.endswith("sheet1.xml") else content

    assert "unpacks to more" in refusal(rezipped(a_good_workbook(tmp_path), far_away))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit; preflight and time limit stand alone")
def test_the_process_that_parses_cannot_take_all_the_memory() -> None:
    program = (
        "from ppsdesk.services.tables_in import workbook_process as parser\n"
        "parser.limit_memory()\n"
        "try: bytearray(parser.MEMORY)\n"
        "except MemoryError: print('held')\n"
    )
    here = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=here)
    assert said.stdout == "held\n"


@pytest.mark.parametrize("declaration", [b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<!DOCTYPE a SYSTEM "http://x.test/a">'])
def test_a_workbook_with_definitions_of_its_own_is_refused(tmp_path: Path, declaration: bytes) -> None:
    def defining(name: str, content: bytes) -> bytes:
        head, mark, rest = content.partition(b"?>\n")
        return head + mark + b"<!--" + b"x" * 270_000 + b"-->" + declaration + rest if "shared" in name else content

    assert "definitions" in refusal(rezipped(a_good_workbook(tmp_path), defining))


def test_no_process_is_left_behind_after_a_refusal(tmp_path: Path) -> None:
    path = rezipped(a_good_workbook(tmp_path), lambda n, c: b" " * 150_000_000 if "sheet1" in n else c)
    program = (
        "import sys, os; from pathlib import Path; from ppsdesk.services.tables_in import read_table\n"
        "try: read_table(Path(sys.argv[1]))\n"
        "except Exception as e: print(type(e).__name__)\n"
        "try: os.waitpid(-1, os.WNOHANG); print('a child is left')\n"
        "except ChildProcessError: print('no child')\n"
    )
    here = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, cwd=here
    ).stdout
    assert said.split("\n")[:2] == ["Refused", "no child"]


def mutants(seeds: list[Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Half raw damage, half damage inside the parts of the archive, which then is a good archive again."""
    chance = random.Random(seed)
    for number in range(count):
        path = seeds[number % len(seeds)]
        content = path.read_bytes()
        if path.suffix == ".xlsx" and number % 4 >= 2:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
            hit = chance.choice(
                [n for n in parts if "sheet" in n or "haredStrings" in n or "workbook" in n or "styles" in n]
            )
            parts[hit] = damaged(parts[hit], chance)
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, part in parts.items():
                    archive.writestr(name, part)
            yield path.suffix, out.getvalue()
        else:
            yield path.suffix, damaged(content, chance)


def damaged(content: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8, 40])):
        place = chance.randrange(len(spoiled) or 1)
        match chance.randrange(5):
            case 0:
                spoiled[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoiled[place : place + chance.choice([1, 3, 50])]
            case 2:
                spoiled[place:place] = chance.choice([b"\x00", b"99999999", b'"', b"<", b"\xff\xfe", b"-1", b"&#0;"])
            case 3:
                spoiled[place : place + 1] = bytes([spoiled[place] ^ 1 << chance.randrange(8)]) if spoiled else b""
            case _:
                if chance.random() < 0.2:
                    del spoiled[place:]
    return bytes(spoiled)


def put_to_the_test(path: Path) -> None:
    """Reading and checking a file ends soon, with a plan or with one sentence."""
    started = clock.monotonic()
    try:
        table = read_table(path)
        made = plan(table, Vocabularies(starter_terms()), now=NOW, file_name=path.name)
        if made.refusal is not None:
            assert_one_sentence(made.refusal.sentence, path.name)
    except Refused as refused:
        assert_one_sentence(refused.sentence, path.name)
    assert clock.monotonic() - started < 20


def test_damaged_files_are_read_or_refused_but_never_crash_the_program(tmp_path: Path) -> None:
    dated: list[list[object]] = [[r[0], HALF_PAST_TEN + timedelta(minutes=n), *r[2:]] for n, r in enumerate(CALLS * 15)]
    seeds = [
        write_workbook(tmp_path / "seed.xlsx", [HEADER, *dated]),
        write_bytes(tmp_path / "seed.csv", as_csv([HEADER, *CALLS * 10])),
        write_workbook(tmp_path / "small.xlsx", [HEADER, *CALLS]),
        write_bytes(tmp_path / "wide.csv", as_csv([HEADER, *CALLS]).encode("utf-16")),
    ]
    count = int(os.environ.get("PPSDESK_TEST_MUTANTS", "300"))
    for number, (suffix, content) in enumerate(mutants(seeds, count, seed=20020619)):
        path = tmp_path / f"mutant{number}{suffix}"
        path.write_bytes(content)
        put_to_the_test(path)
        path.unlink()
